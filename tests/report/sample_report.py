"""A small document that uses every block of the model."""

from datetime import date

from bolang.atlas.model import Fact
from bolang.atlas.provenance import Provenance
from bolang.document.model import (
    Box,
    Column,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    Note,
    Number,
    Paragraph,
    Row,
    Section,
    Sentence,
    Table,
)
from bolang.foundation.text import Text, same
from bolang.foundation.units import MONEY_WAN, PERCENT

GDP_LABEL = Text("地区生产总值", "GDP")
FACT = Fact(
    "330782",
    "gdp",
    GDP_LABEL,
    14856000.0,
    "万元",
    2020,
    "year",
    "measured",
    Provenance(same("浙江统计年鉴"), same("年鉴刊载")),
)
GUESS = Fact(
    "330782", "gdp", GDP_LABEL, 123.25, "万元", 2021, "year", "estimated", Provenance(same("推算"), same("余额分摊"))
)
GDP_NOTE = Note("gdp", Text("地区生产总值（2020）：浙江统计年鉴。", "GDP of 2020: Zhejiang yearbook."), (FACT, GUESS))
CENSUS_NOTE = Note("census", Text("第七次人口普查。", "Seventh census."))
SOURCE = Text("统计年鉴 & <普查>", "Yearbook & <census>")
GDP = Number(14856000.0, 1, MONEY_WAN, 2020, source=SOURCE)

DAY = date(2026, 11, 23)
"""Date of every report that the tests write."""


def say(zh, en, *notes):
    return Sentence(Text(zh, en), tuple(notes))


def draw(lang):
    from bolang.figures.canvas import house_style, new_drawing

    with house_style():
        drawing = new_drawing(40)
        axes = drawing.subplots()
        axes.bar([0, 1], [1.0, -2.0])
        axes.set_xlabel("份额" if lang == "zh" else "Share")
    return drawing


COLUMNS = (
    Column(Text("指标", "Item"), "left"),
    Column(Text("数值", "Value")),
    Column(Text("省内", "Province"), group=Text("位次", "Rank")),
    Column(Text("市内", "Prefecture"), group=Text("位次", "Rank")),
)
ROWS = (
    Row((GDP_LABEL, GDP, same("3/90"), same("1/9")), strong=True),
    Row(
        (
            Text("增速", "Growth"),
            Number(-7.94, 1, PERCENT, 2021, "estimated", low=-9.0, high=-6.0),
            same("—"),
            same("—"),
        )
    ),
    Row((Text("债务率", "Debt rate"), Number(None, 1, PERCENT), same("—"), same("—"))),
)
TABLE = Table("desk", Text("常用指标", "Desk table"), COLUMNS, ROWS, SOURCE, (GDP_NOTE,))
DATA = Table("profile-data", Text("数据", "Data"), COLUMNS[:2], (Row((GDP_LABEL, GDP)),), SOURCE)
FIGURE = Figure("profile", Text("区位商", "Quotients"), Text("两根柱", "Two bars"), SOURCE, draw, (CENSUS_NOTE,), DATA)


def sample_document():
    first = Paragraph(
        (
            say("生产总值见[[desk]]。", "See [[desk]].", GDP_NOTE),
            say("行业见[[profile]]。", "And [[profile]].", CENSUS_NOTE),
        )
    )
    again = Paragraph(
        (say("再引一次 <&>。", "Once more <&>.", GDP_NOTE),), lead=Text("要点。", "Point."), role="bullet"
    )
    inner = Section("inner", Text("行业", "Industry"), (TABLE, FIGURE, again))
    return Document(
        title=Text("义乌市县域经济报告", "Yiwu: a county economy"),
        subtitle=Text("副题", "Subtitle"),
        kicker=Text("县域经济", "County economies"),
        authors=Text("拨浪", "bolang"),
        date=date(2026, 3, 1),
        front=(
            Section("summary", Text("摘要", "Summary"), (first,), numbered=False),
            KeyFigures((KeyFigure(GDP_LABEL, GDP, Text("省内第3位", "3rd in the province"), (GDP_NOTE,)),)),
            Box(Text("数据质量", "Data quality"), (again,)),
        ),
        sections=(
            Section("course", Text("历程", "Course"), (inner,)),
            Section(
                "disclaimer",
                Text("免责声明", "Disclaimer"),
                (Paragraph((say("仅供参考。", "For information."),)),),
                numbered=False,
            ),
        ),
        keywords=(Text("义乌", "Yiwu"),),
    )
