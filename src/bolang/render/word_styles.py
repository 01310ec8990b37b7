"""The two page layouts of Word: the analyst's report and the official document of GB/T 9704-2012."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bolang.document.model import Style
from bolang.foundation.text import Lang
from bolang.render.note_columns import NOTE_POINTS
from bolang.render.word_xml import style_id

INK = "1F2933"
ACCENT = "1F4E79"
GREY = "5F6B76"
RULE = "C9D1D9"
TINT = "F3F6F9"

FALLBACKS = {
    "宋体": "SimSun,Songti SC,Noto Serif SC,Source Han Serif SC",
    "黑体": "SimHei,Heiti SC,Noto Sans SC,Source Han Sans SC",
    "仿宋": "仿宋_GB2312,FangSong,STFangsong,Noto Serif SC",
    "楷体": "楷体_GB2312,KaiTi,STKaiti,Noto Serif SC",
    "方正小标宋简体": "方正小标宋_GBK,FZXiaoBiaoSong-B05S,宋体,Noto Serif SC",
    "Times New Roman": "Liberation Serif",
    "Arial": "Liberation Sans",
}


@dataclass(frozen=True, slots=True)
class Face:
    """A paragraph style: fonts, sizes and spacing in points, indents of the first line and from the right in characters.

    Lines have an exact height (0 lets the line grow with a picture), so that Word, WPS, LibreOffice and the PDF
    break pages at nearly the same places, whichever font a machine puts in.
    """

    name: str
    east: str
    latin: str
    size: float
    line: float
    color: str = INK
    bold: bool = False
    before: float = 0
    after: float = 0
    align: str = "left"
    indent: int = 0
    right: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    numbering: int | None = None
    based_on: str | None = "Normal"
    following: str | None = None

    @property
    def id(self) -> str:
        """Identifier of the style inside the file."""
        return style_id(self.name)


@dataclass(frozen=True, slots=True)
class PageMargins:
    """Margins of an A4 page in millimetres, and how the page number is written."""

    top: float
    bottom: float
    left: float
    right: float
    official_number: bool

    @property
    def text_width(self) -> float:
        """Width of the text in millimetres."""
        return 210 - self.left - self.right


def page(style: Style) -> PageMargins:
    """Return the page of a layout."""
    return PageMargins(37, 35, 28, 26, True) if style == "official" else PageMargins(25, 22, 25, 25, False)


def faces(style: Style, lang: Lang) -> tuple[Face, ...]:
    """Return the styles of a layout in a language."""
    made = _official() if style == "official" else _analyst()
    return made if lang == "zh" else tuple(_english(face) for face in made)


def _english(face: Face) -> Face:
    """Latin text has no two-character indent; paragraphs are set apart by space, lines stand closer."""
    if face.name in {"Body Text", "List Bullet"}:
        return replace(face, indent=0, after=max(face.after, 5), line=face.line - 2)
    return face


def _analyst() -> tuple[Face, ...]:
    song, hei, times, arial = "宋体", "黑体", "Times New Roman", "Arial"
    chapter = Face("heading 1", hei, arial, 15, 20, ACCENT, before=18, after=7, keep_next=True, following="BodyText")
    return (
        Face("Normal", song, times, 10.5, 16, based_on=None),
        Face("Body Text", song, times, 10.5, 18, indent=2, align="both", after=3),
        Face("List Bullet", song, times, 10.5, 17, align="both", after=2, numbering=2),
        Face("Small Text", song, times, 9, 13, GREY, align="both", after=2),
        Face("Title", hei, arial, 22, 30, ACCENT, before=2, after=4, keep_next=True, following="Subtitle"),
        Face("Subtitle", song, times, 12, 18, INK, after=5, keep_next=True),
        Face("Kicker", hei, arial, 9, 13, GREY, after=4),
        Face("Byline", song, times, 9.5, 14, GREY, after=6),
        replace(chapter, outline=0),
        replace(chapter, name="heading 2", size=12, line=17, color=INK, before=11, after=5, outline=1),
        replace(chapter, name="heading 3", size=10.5, line=15, color=INK, before=8, after=3, outline=2),
        Face("Front Heading", hei, arial, 12, 17, ACCENT, before=6, after=3, keep_next=True),
        Face("Box Heading", hei, arial, 9.5, 15, ACCENT, before=4, keep_next=True),
        Face("Box Text", song, times, 9, 13.5, INK, keep_lines=True, align="both", after=1),
        Face("Address", song, times, 10.5, 18, after=3, keep_next=True),
        Face("Signature", song, times, 10.5, 18, align="right", keep_lines=True, right=4),
        *_common(song, hei, times, arial),
    )


def _official() -> tuple[Face, ...]:
    fang, hei, kai, song, times, black = "仿宋", "黑体", "楷体", "宋体", "Times New Roman", "000000"
    text = Face("Body Text", fang, times, 16, 28, black, indent=2, align="both")
    head = replace(text, align="left", keep_next=True, following="BodyText")
    middle = Face("Byline", kai, times, 16, 28, black, after=14, align="center")
    return (
        Face("Normal", fang, times, 16, 28, black, based_on=None),
        text,
        replace(text, name="List Bullet"),
        Face("Small Text", fang, times, 12, 18, black, align="both"),
        Face("Title", "方正小标宋简体", times, 22, 34, black, after=14, align="center", keep_next=True),
        replace(middle, name="Subtitle", keep_next=True),
        replace(middle, name="Kicker", east=song, size=14),
        middle,
        replace(head, name="heading 1", east=hei, outline=0),
        replace(head, name="heading 2", east=kai, outline=1),
        replace(head, name="heading 3", bold=True, outline=2),
        replace(head, name="Front Heading", east=hei),
        replace(head, name="Box Heading", east=hei),
        replace(text, name="Box Text"),
        replace(text, name="Address", indent=0, align="left", keep_next=True),
        replace(text, name="Signature", indent=0, align="right", keep_lines=True, right=4),
        *(replace(face, color=black) for face in _common(song, hei, times, times)),
    )


def _common(song: str, hei: str, times: str, arial: str) -> tuple[Face, ...]:
    return (
        Face("caption", hei, arial, 9, 13, INK, before=8, after=3, keep_next=True),
        Face("Figure", song, times, 9, 0, before=6, keep_next=True),
        Face("Spacer", song, times, 4, 6),
        Face("Source", song, times, 8, 11.5, GREY, before=3, after=9),
        Face("Table Text", song, times, 9, 12, INK, before=2, after=2),
        Face("Table Head", hei, arial, 8.5, 12, INK, before=2.5, after=2.5, keep_next=True),
        Face("Key Label", hei, arial, 8.5, 12, GREY, before=3, keep_next=True),
        Face("Key Value", hei, arial, 15, 20, ACCENT, keep_next=True),
        Face("Key Remark", song, times, 8.5, 12, INK, after=3),
        Face("toc 1", hei, arial, 10, 14, INK, before=3, after=1),
        Face("Contents", hei, arial, 9, 15, INK, before=4, after=2),
        Face("Note Text", song, times, NOTE_POINTS, 11, INK, after=1.5, numbering=3),
        Face("header", song, times, 8.5, 12, GREY),
        Face("footer", song, times, 9, 13, GREY, align="center"),
    )


def styles_xml(style: Style, lang: Lang) -> str:
    """Write the styles part of the document."""
    listed = faces(style, lang)
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(listed[0])}{_size(listed[0].size)}{language}"
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    characters = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="character" w:styleId="NoteMark"><w:name w:val="Note Mark"/>'
        f'<w:rPr><w:color w:val="{ACCENT}"/><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr>'
        f'<w:rFonts w:eastAsia={quoteattr("黑体")} w:hint="eastAsia"/><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="KeyUnit"><w:name w:val="Key Unit"/><w:rPr>'
        f"<w:color w:val={quoteattr(GREY)}/>{_size(9)}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return f"<w:styles {nsdecls('w')}>{defaults}{''.join(map(_style_xml, listed))}{characters}</w:styles>"


def styles_element(style: Style, lang: Lang) -> Any:
    """Return the styles as the element that python-docx works on."""
    return parse_xml(styles_xml(style, lang))


def _style_xml(face: Face) -> str:
    head = f"<w:name w:val={quoteattr(face.name)}/>"
    if face.based_on:
        head += f'<w:basedOn w:val="{face.based_on}"/>'
    if face.following:
        head += f'<w:next w:val="{face.following}"/>'
    default = ' w:default="1"' if face.based_on is None else ""
    weight = "<w:b/>" if face.bold else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{face.id}">{head}<w:qFormat/>'
        f"<w:pPr>{_paragraph_xml(face)}</w:pPr>"
        f'<w:rPr>{_fonts(face)}{weight}<w:color w:val="{face.color}"/>{_size(face.size)}</w:rPr></w:style>'
    )


def _paragraph_xml(face: Face) -> str:
    """Write paragraph properties in the order that the schema asks for.

    No sign hangs over the end of a line: the mark of a note behind it would begin the next one.
    """
    line = f'w:line="{round(face.line * 20)}" w:lineRule="exact"' if face.line else 'w:line="240" w:lineRule="auto"'
    far = f'<w:ind w:rightChars="{face.right * 100}" w:right="{round(face.right * face.size * 20)}"/>'
    indent = f'<w:ind w:firstLineChars="{face.indent * 100}" w:firstLine="{round(face.indent * face.size * 20)}"/>'
    parts = [
        "<w:keepNext/>" if face.keep_next else "",
        "<w:keepLines/>" if face.keep_lines else "",
        "<w:widowControl/>",
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{face.numbering}"/></w:numPr>' if face.numbering else "",
        '<w:overflowPunct w:val="0"/>',
        f'<w:spacing w:before="{round(face.before * 20)}" w:after="{round(face.after * 20)}" {line}/>',
        indent if face.indent else far if face.right else "",
        f'<w:jc w:val="{face.align}"/>',
        f'<w:outlineLvl w:val="{face.outline}"/>' if face.outline is not None else "",
    ]
    return "".join(parts)


def _fonts(face: Face) -> str:
    latin, east = escape(face.latin), escape(face.east)
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
