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
_TIMES = {"番": 100, "一番": 100, "两番": 300}  # growth in per cent of what doubles, or doubles twice
_NARROW = {"本级", "同口径", "自然口径", "实际", "财政总收入口径"}
_DOLLARS = {"亿美元": 1, "万美元": 1e-4}
_BY_INDICATOR = {
    "fdi_used": {"亿美元": 1e4, "万美元": 1},
    **dict.fromkeys(("trade_total_usd", "exports", "imports"), _DOLLARS),
}


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
    doubled = re.fullmatch(r"翻了?(一番|两番|番)", term)
    if doubled:
        term, unit = str(_TIMES[doubled.group(1)]), "%"
    name, _, definition = name.lstrip("!").partition("#")
    name, _, time = name.partition("@")
    when, _, period = time.partition(":")
    number = re.match(r"±?(-?[\d,]*\.?\d+)", term)
    assert number, term
    unit = (unit if unit is not None else term[number.end() :]).strip()
    factor = _BY_INDICATOR.get(name, _FACTORS).get(unit, _FACTORS[unit])
    value = sign * float(number.group(1).replace(",", "")) * factor
    return Gold(name, value, int(when) if when else year, period or "year", definition)


# Families of indicators, by the first pattern that fits the name; growth, shares and points go with their level.
FAMILIES: tuple[tuple[str, str], ...] = (
    ("GDP per head", r"gdp_per_capita"),
    ("GDP and sectors", r"gdp|value_added|private_economy|nonpublic_economy"),
    ("prices", r"cpi"),
    ("agriculture and grain", r"agricultural|grain"),
    ("industry, construction, electricity", r"industry|construction|electricity"),
    ("investment and housing", r"fixed_inv|\w*investment|housing|real_estate"),
    ("retail, online, tourism", r"retail|online|ecommerce|tour|market_turnover|express"),
    ("trade and foreign investment", r"trade|exports|imports|fdi"),
    ("transfers", r"transfers|fund_transfers"),
    ("funds, state capital, insurance", r"fund_|land_|state_capital|social_insurance"),
    ("debt", r"debt|special_debt"),
    ("general budget", r"fiscal|tax_|nontax|vat|corporate|personal|livelihood"),
    ("deposits, loans, insurance", r"\w*deposits|loan|insurance_premiums"),
    ("income and consumption", r"income|net_income|consumption"),
    ("population and employment", r"population|urbani|birth|death|natural|household|new_urban|unemployment"),
    ("firms", r"firms|market_entities|individual|farmer|high_tech"),
)
EDGES = (0.98, 0.95, 0.9, 0.8, 0.0)
"""Lower edges of the classes of confidence."""


def family(indicator: str) -> str:
    """Return the family of an indicator."""
    return next(name for name, pattern in FAMILIES if re.match(pattern, indicator))


@dataclass
class Score:
    """Counts of one text or one indicator."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def add(self, other: Score) -> None:
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong

    def line(self) -> str:
        return f"precision {self.precision:.3f} recall {self.recall:.3f} ({self.right} right, {self.wrong} wrong, {self.missed} missed)"

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


Curve = dict[float, list[bool]]
"""Whether the readings of each class of confidence were right, by its lower edge."""


def score_text(marked: str, stem: str = "", curve: Curve | None = None) -> tuple[dict[str, Score], list[str]]:
    """Read one marked text; return counts by indicator and a line for every error; add to the curve."""
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
        if curve is not None:
            curve[next(edge for edge in EDGES if reading.confidence >= edge)].append(match is not None)
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
    """Score the texts of one folder, or all of them, by text, indicator, family and class of confidence."""
    indicators: dict[str, Score] = defaultdict(Score)
    families: dict[str, Score] = defaultdict(Score)
    curve: Curve = {edge: [] for edge in EDGES}
    for path in sorted(CORPUS.rglob(f"{folder}*/*.txt" if folder else "*.txt")):
        scores, errors = score_text(path.read_text(encoding="utf-8"), path.stem, curve)
        text = Score()
        for name, score in scores.items():
            for target in (indicators[name], families[family(name)], text):
                target.add(score)
        print(f"{path.parent.name}/{path.stem}: {text.line()}")
        for error in errors:
            print("   ", error)
    total = Score()
    for title, table in (("indicator", indicators), ("family", families)):
        print(f"\n{title}")
        for name in sorted(table):
            print(f"{name:36} {table[name].line()}")
    for score in families.values():
        total.add(score)
    print(f"{'all':36} {total.line()}\n\nconfidence at least")
    for edge in EDGES:
        right = curve[edge]
        print(f"{edge:.2f} {sum(right)} right of {len(right)}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
