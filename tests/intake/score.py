"""Score intake on the composed texts: ``python -m tests.intake.score [folder]`` prints precision and recall by indicator."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bolang.foundation.errors import BadInputError
from bolang.intake.blocks import SourceText, blocks_of_lines, find_title
from bolang.intake.bulletin import document_time, name_of_title, read_document

CORPUS = Path(__file__).parent / "corpus"
_MARK = re.compile(r"\{(?P<names>[^{}|]+)\|(?P<printed>[^{}|]*)(?:\|(?P<unit>[^{}|]*))?\}")
# Factors to the units of the vocabulary, kept apart from the package's own table so that an error there shows.
_FACTORS = {
    "万元": 1, "亿元": 1e4, "元": 1, "亿美元": 1, "万美元": 1, "美元": 1, "人": 1, "万人": 1e4, "户": 1, "万户": 1e4, "万件": 1, "万元pc": 1e4, "家": 1,
    "%": 1, "‰": 1, "倍": 100, "百分点": 1, "个百分点": 1, "万人次": 1, "万吨": 1e4, "吨": 1, "亿斤": 5e4, "万平方米": 1,
    "亿千瓦时": 1e4, "万千瓦时": 1, "比值": 1, "指数": 1, "": 1,
}  # fmt: skip
_NARROW = {"本级", "同口径", "自然口径", "实际", "财政总收入口径"}
_BY_INDICATOR = {"fdi_used": {"亿美元": 1e4, "万美元": 1}}


@dataclass(frozen=True)
class Gold:
    """A figure that must be read."""

    indicator: str
    value: float
    year: int
    period: str
    definition: str


def plain(text: str) -> str:
    """Return the text without its marks, as a reader would meet it."""
    return _MARK.sub(lambda mark: "" if mark.group("printed") == "0" else mark.group("printed"), text)


def gold(text: str, year: int) -> list[Gold]:
    """Return the figures that the marks name."""
    figures = []
    for mark in _MARK.finditer(text):
        names = mark.group("names").split(",")
        printed = mark.group("printed").translate(str.maketrans("０１２３４５６７８９．％，：∶︰", "0123456789.%,:::"))
        terms = printed.split(":") if len(names) > 1 else [printed.split(":")[0]]
        for name, term in zip(names, terms, strict=True):
            figures.append(_one(name, term, mark.group("unit"), year))
    return list(dict.fromkeys(figures))


def _one(name: str, term: str, unit: str | None, year: int) -> Gold:
    sign = -1 if name.startswith("!") else 1
    name, _, definition = name.lstrip("!").partition("#")
    name, _, time = name.partition("@")
    when, _, period = time.partition(":")
    number = re.match(r"±?(-?[\d,]*\.?\d+)", term)
    assert number, term
    unit = (unit if unit is not None else term[number.end() :]).strip()
    factor = _BY_INDICATOR.get(name, _FACTORS).get(unit, _FACTORS[unit])
    value = sign * float(number.group(1).replace(",", "")) * factor
    return Gold(name, value, int(when) if when else year, period or "year", definition)


@dataclass
class Score:
    """Counts of one text or one indicator."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def score_text(marked: str, stem: str = "") -> tuple[dict[str, Score], list[str]]:
    """Read one marked text; return counts by indicator and a line for every error."""
    text = plain(marked)
    blocks = blocks_of_lines(text.splitlines())
    document = SourceText(find_title(blocks, stem), blocks)
    try:
        time = document_time(document)
    except BadInputError:  # a year that cannot be told loses every figure
        time = None
    name = name_of_title(document.title)
    readings = read_document(document, time, name)[0] if time else []
    wanted = gold(marked, time.year if time else int(stem[-4:]))
    scores: dict[str, Score] = defaultdict(Score)
    errors = []
    open_ = list(wanted)
    for reading in readings:
        match = next((g for g in open_ if _same(g, reading)), None)
        if match:
            open_.remove(match)
            scores[reading.indicator].right += 1
        else:
            scores[reading.indicator].wrong += 1
            errors.append(
                f"wrong  {reading.indicator} {reading.value:g} {reading.year} {reading.period} {reading.definition} <- {reading.printed} | {reading.sentence[:60]}"
            )
    for g in open_:
        if any(
            g.indicator == o.indicator
            and g.year == o.year
            and g.period == o.period
            and g.definition == o.definition
            and _near(g, o)
            for o in wanted
            if o not in open_
        ):
            continue  # another wording of a figure that was read more exactly
        scores[g.indicator].missed += 1
        errors.append(f"missed {g}")
    return scores, errors


def _same(g: Gold, reading) -> bool:
    return (
        g.indicator == reading.indicator
        and g.year == reading.year
        and g.period == reading.period
        and abs(g.value - reading.value) <= 1e-9 * max(1, abs(g.value))
        and (not g.definition or g.definition in reading.definition)
        and (g.definition in _NARROW or not _NARROW & set(reading.definition))
    )


def _near(g: Gold, o: Gold) -> bool:
    return abs(g.value - o.value) <= 0.006 * max(abs(g.value), abs(o.value))


def main(folder: str = "") -> None:
    total: dict[str, Score] = defaultdict(Score)
    for path in sorted(CORPUS.rglob(f"{folder}*/*.txt" if folder else "*.txt")):
        scores, errors = score_text(path.read_text(encoding="utf-8"), path.stem)
        text = Score()
        for name, score in scores.items():
            for target in (total[name], text):
                target.right += score.right
                target.missed += score.missed
                target.wrong += score.wrong
        print(
            f"{path.parent.name}/{path.stem}: precision {text.precision:.3f} recall {text.recall:.3f} ({text.right} right, {text.wrong} wrong, {text.missed} missed)"
        )
        for error in errors:
            print("   ", error)
    print(f"\n{'indicator':34} {'right':>5} {'wrong':>5} {'missed':>6} precision recall")
    for name in sorted(total):
        score = total[name]
        print(f"{name:34} {score.right:5} {score.wrong:5} {score.missed:6} {score.precision:9.3f} {score.recall:6.3f}")
    everything = Score(
        *(sum(getattr(score, field) for score in total.values()) for field in ("right", "missed", "wrong"))
    )
    print(
        f"{'all':34} {everything.right:5} {everything.wrong:5} {everything.missed:6} {everything.precision:9.3f} {everything.recall:6.3f}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:2])
