"""Charts that Word draws itself: DrawingML with the workbook of their numbers embedded, so that they can be edited."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from bolang.document.chart import Chart
from bolang.figures.chart import DARK, SHADES, lightness
from bolang.foundation.text import Lang

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU = 36000
HEIGHT_MM = 54.0
_INK, _GREY = "1F2933", "D5DBE1"
_FACES = '<a:latin typeface="Arial"/><a:ea typeface="黑体"/>'
"""The faces of captions and heads of tables."""
_DASHES = ("solid", "dash", "sysDot", "dashDot")


def add_chart(
    document: Any,
    paragraph: Any,
    chart: Chart,
    lang: Lang,
    number: int,
    width_mm: float,
    words: tuple[str, str],
    day: date,
) -> None:
    """Append a chart to a paragraph.

    Parameters
    ----------
    document, paragraph
        Of python-docx.
    chart : Chart
    lang : {'zh', 'en'}
    number : int
        Running number of the chart in the document.
    width_mm : float
    words : tuple of str
        Title and replacement text.
    day : date
        Stamp of the embedded workbook, so that equal input gives equal bytes.
    """
    package = document.part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, _workbook(chart, lang, day), package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    inside = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    part._blob = _chart_xml(chart, lang, inside).encode()
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = paragraph.add_run()
    run._r.append(parse_xml(_inline(relation, number, width_mm, words)))


def _inline(relation: str, number: int, width_mm: float, words: tuple[str, str]) -> str:
    title, text = words
    return (
        f'<w:drawing xmlns:w="{_W}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}" xmlns:r="{_R}">'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{round(width_mm * _EMU)}" cy="{round(HEIGHT_MM * _EMU)}"/>'
        f'<wp:docPr id="{1000 + number}" name="Chart {number}" descr={quoteattr(text)} title={quoteattr(title)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def _workbook(chart: Chart, lang: Lang, day: date) -> bytes:
    import xlsxwriter

    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True})
    book.set_properties({"created": datetime(day.year, day.month, day.day, tzinfo=UTC)})
    sheet = book.add_worksheet("Sheet1")
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, series.name.in_(lang))
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, category.in_(lang))
    for column, values in enumerate(chart.shown(lang), 1):
        for row, value in enumerate(values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    book.close()
    return raw.getvalue()


def _chart_xml(chart: Chart, lang: Lang, relation: str) -> str:
    body = "".join(_series(chart, lang, place, values) for place, values in enumerate(chart.shown(lang)))
    if chart.form == "line":
        plot = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{body}<c:marker val="1"/>{_AXES}</c:lineChart>'
    else:
        grouping, overlap = ("stacked", 100) if chart.form == "stacked" else ("clustered", -5)
        plot = (
            f'<c:barChart><c:barDir val="col"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{body}'
            f'<c:gapWidth val="60"/><c:overlap val="{overlap}"/>{_AXES}</c:barChart>'
        )
    legend = (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_text(800)}</c:legend>' if len(chart.series) > 1 else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}{_category_axis()}{_value_axis(chart, lang)}</c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:externalData r:id="{relation}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


_AXES = '<c:axId val="111111"/><c:axId val="222222"/>'


def _series(chart: Chart, lang: Lang, place: int, values: Sequence[float | None]) -> str:
    column, last = chr(ord("B") + place), len(chart.categories) + 1
    names = [category.in_(lang) for category in chart.categories]
    color = SHADES[place % len(SHADES)].removeprefix("#").upper()
    if chart.form == "line":
        dash = _DASHES[place % len(_DASHES)]
        look = (
            f'<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:prstDash val="{dash}"/></a:ln></c:spPr>'
            f'<c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></c:spPr></c:marker>'
        )
    else:
        look = f'<c:spPr><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
    smooth = '<c:smooth val="0"/>' if chart.form == "line" else ""
    number_format = "#,##0" + ("." + "0" * chart.digits_in(lang) if chart.digits_in(lang) else "")
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>'
        f"{_strings([chart.series[place].name.in_(lang)])}</c:strRef></c:tx>{look}{_labels(chart, place, number_format)}"
        f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>{_strings(names)}</c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>{_numbers(values, number_format)}</c:numRef></c:val>"
        f"{smooth}</c:ser>"
    )


def _labels(chart: Chart, place: int, number_format: str) -> str:
    """Write the labels: at the marks, in white inside the dark parts of a stack."""
    position = {"bar": "outEnd", "stacked": "ctr", "line": "t" if place == 0 else "b"}[chart.form]
    dark = lightness(SHADES[place % len(SHADES)]) < DARK
    color = "FFFFFF" if chart.form == "stacked" and dark else _INK
    return (
        f'<c:dLbls>{_hidden(chart, place)}<c:numFmt formatCode="{number_format}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_text(700, color)}'
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _hidden(chart: Chart, place: int) -> str:
    """Leave out the labels of parts of a stack too thin to hold one."""
    return "".join(f'<c:dLbl><c:idx val="{i}"/><c:delete val="1"/></c:dLbl>' for i in sorted(chart.thin(place)))


def _strings(values: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{escape(value)}</c:v></c:pt>' for i, value in enumerate(values))
    return f'<c:strCache><c:ptCount val="{len(values)}"/>{points}</c:strCache>'


def _numbers(values: Sequence[float | None], number_format: str) -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value!r}</c:v></c:pt>' for i, value in enumerate(values) if value is not None
    )
    return (
        f'<c:numCache><c:formatCode>{number_format}</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache>'
    )


def _text(size: int, color: str = _INK) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}" b="0"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
        f'{_FACES}</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )


def _line(color: str) -> str:
    return f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill></a:ln></c:spPr>'


def _category_axis() -> str:
    return (
        '<c:catAx><c:axId val="111111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_line("8A949E")}{_text(800)}'
        '<c:crossAx val="222222"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/></c:catAx>'
    )


def _value_axis(chart: Chart, lang: Lang) -> str:
    unit = escape(chart.unit.label.in_(lang).strip())
    title = (
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:p><a:pPr><a:defRPr sz="800" b="0"/></a:pPr>'
        f'<a:r><a:rPr lang="{"zh-CN" if lang == "zh" else "en-US"}" sz="800" b="0">{_FACES}</a:rPr><a:t>{unit}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    )
    return (
        '<c:valAx><c:axId val="222222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:majorGridlines>{_line(_GREY)}</c:majorGridlines>{title}'
        '<c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text(800)}'
        '<c:crossAx val="111111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )
