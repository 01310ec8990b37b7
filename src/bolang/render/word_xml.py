"""Word's own building blocks that python-docx has no call for: fields, bookmarks, numbering, borders."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

Element = Any
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NEVER_FIRST = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
"""Word's own list for simplified Chinese."""


def element(tag: str, **attributes: object) -> Element:
    """Make an element of the word-processing namespace: ``element('fldChar', fldCharType='begin')``."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def style_id(name: str) -> str:
    """Return the identifier of a style by its name (python-docx searches all styles for it every time)."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def set_style(paragraph: Any, name: str) -> None:
    """Put a paragraph into a style."""
    paragraph._p.style = style_id(name)


def add_field(paragraph: Any, instruction: str, shown: str, style: str | None = None) -> None:
    """Append a field with the text it shows until Word computes it."""
    for child in _field_parts(instruction, shown):
        run = paragraph.add_run()
        if style:
            run._r.style = style_id(style)
        run._r.append(child)


def _field_parts(instruction: str, shown: str) -> list[Element]:
    code = element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    text = element("t")
    text.text = shown
    return [
        element("fldChar", fldCharType="begin"),
        code,
        element("fldChar", fldCharType="separate"),
        text,
        element("fldChar", fldCharType="end"),
    ]


class Bookmarks:
    """Hands out bookmark numbers, which must differ in one document."""

    def __init__(self) -> None:
        self._next = 1

    def around(self, paragraph: Any, name: str, start: int) -> None:
        """Bookmark the children of a paragraph from position `start` to the end."""
        number, self._next = self._next, self._next + 1
        paragraph._p.insert(start, element("bookmarkStart", id=number, name=name))
        paragraph._p.append(element("bookmarkEnd", id=number))


def anchor(key: str, kind: str = "item") -> str:
    """Name a bookmark; Word allows 40 characters."""
    return f"_{kind}_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in key)[:30]


def anchor_link(paragraph: Any, anchor: str) -> Element:
    """Append a hyperlink to a bookmark and return it; runs go inside."""
    link = element("hyperlink", anchor=anchor, history=1)
    paragraph._p.append(link)
    return link


def move_into(target: Element, paragraph: Any, start: int) -> None:
    """Move the children of a paragraph from position `start` into another element of it."""
    for child in list(paragraph._p)[start:]:
        if child is not target:
            target.append(child)


def shade(properties: Element, fill: str) -> None:
    """Give a cell or a paragraph a background."""
    properties.append(element("shd", val="clear", color="auto", fill=fill))


def borders(tag: str, **sides: tuple[int, str] | None) -> Element:
    """Make a border element: each side is (eighths of a point, colour), or None for no line."""
    made = element(tag)
    for side, line in sides.items():
        if line is None:
            made.append(element(side, val="nil"))
        else:
            made.append(element(side, val="single", sz=line[0], space=4 if tag == "pBdr" else 0, color=line[1]))
    return made


def chapter_numbering(document: Any, lang: str) -> int:
    """Define the numbering 一、（一）1. (or 1, 1.1, 1.1.1) bound to the heading styles; return its id."""
    levels = (
        [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")]
        if lang == "zh"
        else [("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")]
    )
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    body = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{i + 1}"/>'
        f'<w:suff w:val="{"nothing" if lang == "zh" else "space"}"/><w:lvlText w:val="{pattern}"/>'
        '<w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for i, (form, pattern) in enumerate(levels)
    )
    bullet = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="420" w:hanging="300"/></w:pPr></w:lvl>'
    )
    note = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr></w:lvl>'
    )
    for number, inside in ((1, body), (2, bullet), (3, note)):
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
                f"{inside}</w:abstractNum>"
            )
        )
    for number in (1, 2, 3):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
    return 1


def set_numbering(properties: Element, number: int, level: int) -> None:
    """Bind a paragraph or style to a level of a numbering; number 0 takes the numbering away."""
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    made = element("numPr")
    made.append(element("ilvl", val=level))
    made.append(element("numId", val=number))
    properties._insert_numPr(made)


def keep_marks(settings: Element) -> None:
    """Let no line of Chinese begin with the mark of a note, besides the signs with which none ever begins."""
    before = element("noLineBreaksBefore", lang="zh-CN", val=_NEVER_FIRST + "[")
    settings.find(qn("w:characterSpacingControl")).addnext(before)


def set_compatibility(settings: Element) -> None:
    """Ask for the layout of current Word, not for the compatibility mode of an old one."""
    for old in list(settings):
        settings.remove(old)
    uri = "http://schemas.microsoft.com/office/word"
    for name in (
        "compatibilityMode",
        "overrideTableStyleFontSizeAndJustification",
        "enableOpenTypeFeatures",
        "doNotFlipMirrorIndents",
    ):
        settings.append(element("compatSetting", name=name, uri=uri, val=15 if name == "compatibilityMode" else 1))


def set_fonts_table(document: Any, fallbacks: dict[str, str]) -> None:
    """Name a substitute for each font, for machines that lack it (``w:altName``)."""
    part = next(p for p in document.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(other)}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in fallbacks.items()
    )
    part._blob = f"{_DECLARATION}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def package_bytes(document: Any, day: date) -> bytes:
    """Save the document with the day of the report in place of the clock, so that equal input gives equal bytes."""
    raw = io.BytesIO()
    document.save(raw)
    stable = io.BytesIO()
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return stable.getvalue()
