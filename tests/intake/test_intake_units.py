"""Every unit that is read, in the first unit of its kind, as the metric system and the law of the land have it."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from bolang.foundation.errors import BadInputError
from bolang.intake.checks import _groups
from bolang.intake.readings import APART, FigureReading
from bolang.intake.units import convert, parse_unit, unit

SIZES = {
    "元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8, "万亿元": 10**12, "人民币元": 1,
    "美元": 1, "万美元": 10**4, "亿美元": 10**8, "人": 1, "万人": 10**4, "万人次": 10**4, "万户": 10**4, "户": 1, "家": 1, "个": 1,
    "件": 1, "万件": 10**4, "亿件": 10**8, "吨": 1, "万吨": 10**4, "公斤": "0.001", "千克": "0.001", "斤": "0.0005",
    "平方米": 1, "㎡": 1, "万平方米": 10**4, "平方公里": 10**6, "公顷": 10**4, "千公顷": 10**7, "万公顷": 10**8,
    "千瓦时": 1, "万千瓦时": 10**4, "亿千瓦时": 10**8, "度": 1, "万度": 10**4, "%": 1, "‰": 1, "倍": 1,
}  # fmt: skip


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_a_unit_has_the_size_it_has(name, size):
    found = parse_unit(name)
    assert found is not None
    assert found.factor == Decimal(size)


def test_conversion_is_exact_and_only_within_a_kind():
    assert convert(Decimal("123.45"), unit("亿元"), unit("万元")) == Decimal(1_234_500)
    assert convert(Decimal(3), unit("公顷"), unit("平方公里")) == Decimal("0.03")
    assert convert(Decimal(2), unit("斤"), unit("公斤")) == 1
    for other in ("美元", "人", "平方米"):
        with pytest.raises(BadInputError):
            convert(Decimal(1), unit("元"), unit(other))
    for nothing in ("亩", "万", "亿", "元万", "公"):
        assert parse_unit(nothing) is None


def reading(value, *definition):
    place = SimpleNamespace()
    return FigureReading(
        "fiscal_revenue", value, "亿元", 2024, "year", definition, f"{value}亿元", 0.1, "", place, 0.9  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_ordinary_definition_stands_for_an_indicator_and_wider_ones_behind_it():
    """By how far they stand behind: as published; residents alone; all revenue; comparable; own level; total revenue."""
    order = ["", "自然口径", "全口径", "同口径", "本级", "财政总收入口径"]
    ranks = [reading(1.0, *([name] if name else [])).rank for name in order]
    assert ranks == sorted(set(ranks))
    assert ranks[0] == 0
    assert reading(1.0, "全口径", "同口径").rank == APART["全口径"] + APART["同口径"]
    wide, plain = reading(30.0, "全口径"), reading(20.0, "决算")
    for both in ([wide, plain], [plain, wide]):
        (group,) = _groups(both).values()
        assert group["fiscal_revenue"] is plain
    assert plain.scope == ()
    assert wide.scope == ("全口径",)
