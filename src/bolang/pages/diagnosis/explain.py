"""A diagnosis as plain text."""

from __future__ import annotations

from bolang.atlas.romanize import place
from bolang.diagnosis.result import Diagnosis
from bolang.foundation.text import Lang, Text
from bolang.pages.diagnosis.benchmark import benchmark_sentence
from bolang.pages.diagnosis.growth import growth_sentence
from bolang.pages.diagnosis.headline import headline
from bolang.pages.diagnosis.peers import peer_reason
from bolang.pages.diagnosis.quality import quality_sentence
from bolang.pages.diagnosis.sentences import reading_sentence, verdict
from bolang.wording import load

WORDS = load("diagnosis")


def explain(found: Diagnosis, lang: Lang) -> str:
    """Write a diagnosis as plain text, quality notes first."""
    lines = [f"{place(found.county.full_name).in_(lang)} ({found.county.code})", headline(found).in_(lang), ""]

    def section(title: Text, content: list[str]) -> None:
        if content:
            lines.extend([f"== {title.in_(lang)}", *content, ""])

    section(WORDS("section.quality"), [f"- {quality_sentence(note.finding).in_(lang)}" for note in found.quality])
    for title, dimensions in (
        (WORDS("section.shortcoming"), found.shortcomings),
        (WORDS("section.advantage"), found.advantages),
    ):
        content: list[str] = []
        for dimension in dimensions:
            content.append(f"- {verdict(dimension).in_(lang)}")
            content.extend(f"  · {reading_sentence(r, found.county).in_(lang)}" for r in dimension.readings)
        section(title, content)
    growth = [f"- {growth_sentence(line, found.county).in_(lang)}" for line in found.growth]
    section(WORDS("section.growth"), growth)
    peers = [f"- {place(peer.county.full_name).in_(lang)}: {peer_reason(peer).in_(lang)}" for peer in found.peers]
    section(WORDS("section.peers"), peers)
    gaps = [f"- {benchmark_sentence(line, found).in_(lang)}" for line in found.benchmark_lines]
    section(WORDS("section.benchmark"), gaps)
    return "\n".join(lines).rstrip() + "\n"
