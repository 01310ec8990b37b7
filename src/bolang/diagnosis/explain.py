"""A diagnosis as plain text."""

from __future__ import annotations

from bolang.atlas.romanize import romanize
from bolang.diagnosis.result import Diagnosis
from bolang.foundation.text import Lang, Text

HEADINGS = {
    "quality": Text("数据说明", "Data quality"),
    "shortcoming": Text("四个短板", "Four shortcomings"),
    "advantage": Text("三项优势", "Three advantages"),
    "growth": Text("增长", "Growth"),
    "peers": Text("对标县", "Peers"),
    "benchmark": Text("与义乌的差距", "Distance to Yiwu"),
}


def explain(diagnosis: Diagnosis, lang: Lang) -> str:
    """Write a diagnosis as plain text, quality notes first."""
    lines = [f"{diagnosis.county}", diagnosis.headline.in_(lang), ""]

    def section(key: str, content: list[str]) -> None:
        if content:
            lines.extend([f"== {HEADINGS[key].in_(lang)}", *content, ""])

    section("quality", [f"- {note.text.in_(lang)}" for note in diagnosis.quality])
    for kind, dimensions in (("shortcoming", diagnosis.shortcomings), ("advantage", diagnosis.advantages)):
        content: list[str] = []
        for dimension in dimensions:
            content.append(f"- {dimension.verdict.in_(lang)}")
            content.extend(f"  · {reading.sentence.in_(lang)}" for reading in dimension.readings)
        section(kind, content)
    section("growth", [f"- {line.sentence.in_(lang)}" for line in diagnosis.growth])
    section("peers", [f"- {peer.county.full_name}: {peer.reason.in_(lang)}" for peer in diagnosis.peers])
    section("benchmark", [f"- {line.sentence.in_(lang)}" for line in diagnosis.benchmark_lines])
    text = "\n".join(lines).rstrip() + "\n"
    return text if lang == "zh" else romanize(text)
