"""The position in words says what the table of access says."""

import numpy as np
import pytest

from bolang.pages.access.sentences import WORDS, position_sentences
from bolang.space import position
from bolang.space.position import ASPECTS, GRADES


def words(found):
    return " ".join(sentence.zh for sentence in position_sentences(found))


def test_yiwu_is_well_placed_and_not_unique(atlas):
    found = position(atlas, atlas.county("义乌市"))
    text = words(found)
    assert "宁波舟山港（北仑）" in text
    assert "杭州市车程1.5小时" in text
    assert "区位好，但不独特" in text
    assert 50 < found.as_good < 300
    assert all(75 < value < 95 for value in found.percentiles.values())


def test_percentiles_and_the_number_as_good_are_those_of_the_table(atlas):
    county = atlas.county("永康市")
    found, access = position(atlas, county), atlas.table("access")
    harris = access["harris_all"].to_numpy()
    assert found.percentiles["harris_all"] == pytest.approx(100 * np.mean(harris < harris[county.index]))
    as_good = np.ones(len(access), dtype=bool)
    for name in ASPECTS:
        values = access[name].to_numpy() * (-1 if name in ("port_cost", "metropolis_hours") else 1)
        as_good &= values >= values[county.index]
    assert found.as_good == as_good.sum() - 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("墨脱县", "区位偏远"), ("北仑区", "以公路最省"), ("上海市浦东新区", "本县属于城区人口500万以上的上海市")],
)
def test_other_places(atlas, name, said):
    assert said in words(position(atlas, atlas.county(name)))


def test_grades_cover_every_percentile():
    assert [least for least, _ in GRADES] == sorted((least for least, _ in GRADES), reverse=True)
    assert GRADES[-1][0] == 0
    assert all(f"grade.{grade}" in WORDS for _, grade in GRADES)


def test_both_languages_carry_the_same_figures(atlas):
    for sentence in position_sentences(position(atlas, atlas.county("威宁"))):
        assert sentence.en.strip()
        assert sentence.zh.count("%") == sentence.en.count("%")
