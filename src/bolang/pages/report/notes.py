"""The numbered notes that several chapters share."""

from __future__ import annotations

from bolang.atlas.model import County, Fact
from bolang.atlas.provenance import Provenance
from bolang.diagnosis.result import Reading
from bolang.document.model import Note
from bolang.foundation.text import Text
from bolang.pages.report.source_names import source_name
from bolang.wording import load

WORDS = load("report_notes")


def reading_note(county: County, reading: Reading) -> Note:
    """Trace an indicator that bolang computed: its name, its year and its inputs."""
    source = source_name(reading.source)
    text = WORDS("reading", label=reading.label, year=reading.year, source=source)
    facts: tuple[Fact, ...] = ()
    if reading.value is not None:
        facts = (
            Fact(
                code=county.code,
                indicator=reading.key,
                label=reading.label,
                value=reading.value,
                unit=reading.unit.zh,
                year=reading.year,
                period="year",
                status="estimated" if reading.status == "estimated" else "measured",
                provenance=Provenance(source, WORDS("computed")),
            ),
        )
    return Note(f"{county.code}-{reading.key}", text, facts)


CENSUS = Note(
    "census",
    Text(
        "全国人口普查分县资料。人口为普查时点常住人口；行业来自10%抽样的长表，区位商附95%抽样区间。区划变动按新单元归并，不能归并的不作比较。",
        "County tables of the population censuses. Population is resident population; industry comes from the 10% long form, and quotients carry "
        "95% sampling intervals. Boundary changes are aligned on the units of today; where that is not possible, nothing is compared.",
    ),
)
SOURCE_REPORT = Note(
    "source-report",
    Text(
        "大公国际关于义乌县域经济的研究报告（2026年6月）；分类由本报告数据独立得出。",
        "Research report of Dagong Global on the county economy of Yiwu (June 2026); the class is drawn from the data of this report.",
    ),
)
