"""The numbered notes that several chapters share."""

from __future__ import annotations

from bolang.atlas.model import County, Fact
from bolang.atlas.provenance import Provenance
from bolang.diagnosis.result import Reading
from bolang.document.model import Note
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


def census() -> Note:
    """Say what the census counts and how."""
    return Note("census", WORDS("census"))


def source_report() -> Note:
    """Name the report whose classes of counties are used."""
    return Note("source-report", WORDS("source_report"))
