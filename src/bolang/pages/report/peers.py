"""The county against its peers and the benchmark."""

from __future__ import annotations

from bolang.document.model import Block, Section, Sentence
from bolang.foundation.text import Text
from bolang.pages.report import notes, tables
from bolang.pages.report.context import Context
from bolang.pages.report.phrases import (
    listed,
    lower,
    paragraph,
    say,
    tell,
)


def peers(context: Context) -> Section:
    """Peers, and the distance to the benchmark."""
    blocks: list[Block] = [paragraph(*_peer_sentences(context)), tables.peer_table(context)]
    if not context.is_benchmark:
        blocks.append(paragraph(*_benchmark_sentences(context)))
    title = (
        Text("与对标县的比较", "Against the peers")
        if context.is_benchmark
        else Text(
            f"与对标县和{context.diagnosis.benchmark.name}的距离",
            f"Distance to the peers and to {context.diagnosis.benchmark.name}",
        )
    )
    return Section("peers", title, tuple(blocks))


def _peer_sentences(context: Context) -> list[Sentence | None]:
    names = [p.county.name for p in context.diagnosis.peers[:5]]
    first = say(
        f"按就业结构、规模、收入和区位综合距离选出{len(context.diagnosis.peers)}个对标县，最接近的是{'、'.join(names)}，见[[peers]]。",
        f"{len(context.diagnosis.peers)} peers were chosen by distance in structure, size, income and location; the nearest are {', '.join(names)}; see [[peers]].",
    )
    judged = [d for d in context.diagnosis.dimensions if "peers" in d.standing]
    better = [lower(d.label) for d in judged if d.standing["peers"].rank <= max(1, d.standing["peers"].count // 4)]
    worse = [
        lower(d.label)
        for d in judged
        if d.standing["peers"].rank > d.standing["peers"].count - max(1, d.standing["peers"].count // 4)
    ]
    second = (
        say(
            f"在对标组中，{listed(better).zh}居前四分之一。",
            f"Among them it is in the top quarter on {listed(better).en}.",
        )
        if better
        else None
    )
    third = (
        say(
            f"{listed(worse).zh}居后四分之一，差距不能用规模或区位不同来解释。",
            f"It is in the bottom quarter on {listed(worse).en}, a gap that size and location do not explain.",
        )
        if worse
        else None
    )
    return [first, second, third]


def _benchmark_sentences(context: Context) -> list[Sentence]:
    lines = [line for line in context.diagnosis.benchmark_lines if line.gap is not None]
    ordered = sorted(lines, key=lambda line: line.gap or 0.0)
    chosen = [*ordered[:2], *(line for line in ordered[-1:] if (line.gap or 0.0) > 0 and line not in ordered[:2])]
    return [tell(line.sentence, notes.INDEX) for line in chosen]
