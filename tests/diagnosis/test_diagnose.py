"""The diagnosis on real data: known figures, and every unit of the country."""

import math

import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.diagnosis import Diagnostician
from bolang.diagnosis.data_quality import GdpEstimated
from bolang.diagnosis.ranking import ranking
from bolang.foundation.errors import UnknownIndicatorError, UnknownPlaceError
from bolang.pages.diagnosis.growth import growth_sentence
from bolang.pages.diagnosis.sentences import reading_sentence, verdict


@pytest.fixture(scope="module")
def diagnostician():
    return Diagnostician(Atlas(workspace=False))


@pytest.fixture(scope="module")
def yiwu(diagnostician):
    return diagnostician.diagnose("义乌市")


def test_yiwus_quotients_are_the_published_ones(yiwu):
    trade = yiwu.dimension("circulation").reading("wholesale_retail_lq")
    workshop = yiwu.dimension("industry_level").reading("manufacturing_lq")
    assert round(trade.value, 2) == 2.12
    assert round(workshop.value, 2) == 1.99
    assert trade.low < trade.value < trade.high


def test_yiwus_shift_share_against_the_printed_national_totals(yiwu):
    # National sample without international organisations, as printed: 71,547,331 (2010) and 65,631,224 (2020).
    parts = [
        sum(getattr(line, effect) for line in yiwu.industries)
        for effect in ("national_effect", "mix_effect", "regional_effect")
    ]
    assert parts[0] == pytest.approx(86_000 * (65_631_224 / 71_547_331 - 1))
    assert sum(parts) == pytest.approx(123_564 - 86_000)
    assert sum(line.employed_earlier for line in yiwu.industries) == 86_000
    assert sum(line.employed for line in yiwu.industries) == 123_564


def test_the_source_reports_gaps_of_2025_come_out(yiwu):
    line = next(line for line in yiwu.growth if line.last_year == 2025 and line.kind == "real")
    assert (line.growth, round(line.gap_to_province, 1), round(line.gap_to_prefecture, 1)) == (7.9, 2.4, 1.6)
    assert "高于浙江省 2.4 个百分点" in growth_sentence(line, yiwu.county).zh


def test_no_growth_is_told_across_any_revision(diagnostician):
    """Output stands on a new base from 2018 and from 2024; a pair of years is told once."""
    for county in diagnostician.atlas.counties[::150]:
        lines = [x for x in diagnostician.diagnose(county).growth if x.kind == "nominal"]
        assert not any(x.first_year < base <= x.last_year for x in lines for base in (2018, 2024))
        assert len({(x.first_year, x.last_year) for x in lines}) == len(lines)


def test_no_growth_is_told_across_the_revision_and_nominal_stands_apart_from_real(yiwu):
    assert not any(line.first_year < 2024 <= line.last_year for line in yiwu.growth if line.kind == "nominal")
    nominal = next(line for line in yiwu.growth if line.kind == "nominal" and line.last_year == 2025)
    assert nominal.growth == pytest.approx(100 * (2693.26 / 2503.5 - 1), abs=0.01)


def test_no_growth_is_told_across_a_change_of_territory(diagnostician):
    yuhang = diagnostician.diagnose("余杭区")
    assert not any(line.first_year < 2021 <= line.last_year for line in yuhang.growth)


def test_what_rests_on_a_small_sample_is_neither_ranked_nor_judged(diagnostician):
    small = [c for c in diagnostician.atlas.counties if diagnostician.panel.evidence.small_sample[c.index]]
    assert small
    for county in (*small[:10], diagnostician.atlas.county("三沙市"), diagnostician.atlas.county("漠河市")):
        for dimension in diagnostician.diagnose(county).dimensions:
            assert (dimension.index, dimension.rank_low, dict(dimension.standing)) == (None, None, {})
            for reading in dimension.readings:
                if "长表" in reading.source:
                    assert not reading.standing


def test_no_rank_among_many_ties(diagnostician):
    """Most counties have no Taobao village at all: being one of them is no rank."""
    for county in diagnostician.atlas.counties[::200]:
        for dimension in diagnostician.diagnose(county).dimensions:
            for reading in dimension.readings:
                if reading.value == 0 and "taobao" in reading.key:
                    assert "nation" not in reading.standing


@pytest.mark.parametrize("group", ["fiscal", "product"])
def test_peers_by_public_finances_and_by_product(diagnostician, group):
    peers = diagnostician.diagnose("清河县", peer_group=group, peer_count=5).peers
    assert peers
    assert "清河县" not in {peer.county.name for peer in peers}


def test_peers_that_the_user_names(diagnostician):
    peers = diagnostician.diagnose("清河县", peer_group="义乌市，昆山市", peer_count=5).peers
    assert {peer.county.name for peer in peers} == {"义乌市", "昆山市"}


def test_yiwu_is_the_market_plus_workshop_county(diagnostician, yiwu):
    assert yiwu.market_and_workshop
    legs = ranking("weaker_leg", panel=diagnostician.panel)
    assert "330782" in legs["代码"].to_list()[:3]


def test_yiwu_has_no_distance_to_itself(yiwu):
    assert all(line.gap == 0.0 for line in yiwu.benchmark_lines)


def test_growth_gaps_are_differences_of_the_rates_shown(yiwu):
    assert yiwu.growth
    for line in yiwu.growth:
        if line.province_growth is not None:
            assert line.gap_to_province == pytest.approx(line.growth - line.province_growth)


def test_average_growth_compounds_to_the_published_levels(diagnostician, yiwu):
    line = next(line for line in yiwu.growth if (line.first_year, line.last_year) == (2010, 2017))
    start, end = (diagnostician.panel.evidence.column("gdp", y)[yiwu.county.index] for y in (2010, 2017))
    assert start * (1 + line.growth / 100) ** 7 == pytest.approx(end)


def test_one_export_ratio_on_all_pages(diagnostician, yiwu):
    """Yiwu 2023: exports of 500.57 billion yuan over GDP of 205.562."""
    from bolang.diagnosis.exports import export_ratio, export_ratios

    reading = yiwu.dimension("opening").reading("exports_to_gdp")
    assert (reading.year, reading.value) == (2023, pytest.approx(243.51, abs=0.01))
    values, years = export_ratios(diagnostician.atlas)
    for county in diagnostician.atlas.counties[::20]:
        found = export_ratio(county)
        assert np.isnan(values[county.index]) == (found is None)
        if found is not None:
            assert (years[county.index], values[county.index]) == (found.year, pytest.approx(found.value))


def test_one_manufacturing_quotient_on_all_pages(diagnostician, yiwu):
    from bolang.pathway.types.parts import industry_values

    atlas = diagnostician.atlas
    values = industry_values(atlas.employment(2020), atlas.national_employment(2020))
    assert values[yiwu.county.index, 0] == pytest.approx(
        yiwu.dimension("industry_level").reading("manufacturing_lq").value
    )


def test_public_finances_enter_the_diagnosis(yiwu, diagnostician):
    means = yiwu.dimension("attraction").reading("self_sufficiency")
    assert (means.year, means.value) == (2023, pytest.approx(88.28, abs=0.01))
    debt = diagnostician.diagnose("昆山市").dimension("attraction").reading("debt_to_gdp")
    assert debt.direction == -1
    assert debt.value is not None


def test_accounts_of_another_territory_are_not_read(diagnostician):
    """余杭 gave 临平 away in 2021: its reading is of 2020, on the territory of the census."""
    assert diagnostician.diagnose("余杭区").dimension("attraction").reading("self_sufficiency").year == 2020


def test_weights_add_to_one_over_the_parts_that_have_a_value(yiwu):
    for dimension in yiwu.dimensions:
        assert sum(dimension.weights.values()) == pytest.approx(1.0)
        known = {r.key for r in dimension.readings if r.value is not None}
        assert set(dimension.weights) == known
        shown = sum(
            dimension.weights[r.key] * r.standing["nation"].percentile for r in dimension.readings if r.key in known
        )
        assert dimension.index == pytest.approx(shown)


def test_the_rank_range_holds_the_rank_for_nearly_every_county(diagnostician):
    for panel in diagnostician.panel.dimensions:
        rank = panel.standings["nation"].rank
        known = ~np.isnan(panel.score)
        inside = (panel.rank_low[known] <= rank[known] + 60) & (rank[known] - 60 <= panel.rank_high[known])
        assert inside.mean() > 0.95
        assert (panel.rank_low[known] <= panel.rank_high[known]).all()


def test_poor_and_remote_counties_are_not_flattered(diagnostician):
    weining = diagnostician.diagnose("威宁彝族回族苗族自治县")
    assert weining.dimension("industry_level").standing["nation"].percentile < 25
    assert weining.dimension("attraction").standing["nation"].percentile < 40


def test_an_estimate_is_marked_wherever_it_shows(diagnostician):
    evidence = diagnostician.panel.evidence
    estimated = np.flatnonzero(evidence.gdp_estimated(2020) & ~np.isnan(evidence.gdp_per_head(2020)))
    assert estimated.size > 0
    d = diagnostician.diagnose(diagnostician.atlas.counties[int(estimated[0])])
    reading = d.dimension("industry_level").reading("gdp_per_head")
    assert reading.status == "estimated"
    assert "估计" in reading_sentence(reading, d.county).zh
    assert "estimated" in reading_sentence(reading, d.county).en
    assert GdpEstimated(2020) in [note.finding for note in d.quality]


def test_a_unit_with_a_new_territory_is_not_compared_with_2010(diagnostician):
    evidence = diagnostician.panel.evidence
    changed = int(np.flatnonzero(~evidence.comparable)[0])
    d = diagnostician.diagnose(diagnostician.atlas.counties[changed])
    census = [r for dim in d.dimensions for r in dim.readings if not r.key.startswith(("gdp", "neighbour"))]
    assert all(r.earlier is None for r in census)
    assert d.dimension("attraction").reading("population_change").value is None
    assert any(note.severity == "caution" for note in d.quality)


def test_both_languages_say_everything(yiwu):
    for lang in ("zh", "en"):
        text = yiwu.explain(lang)
        assert len(text) > 3000
        assert "nan" not in text.lower().replace("finance", "").replace("nanjing", "")
    assert not any("一" <= ch <= "鿿" for label in yiwu.to_frame("en")["label"] for ch in label)


def test_the_frame_has_a_row_for_each_reading(yiwu):
    frame = yiwu.to_frame()
    assert frame.height == sum(len(d.readings) for d in yiwu.dimensions)
    assert frame["value"].null_count() < frame.height


@pytest.mark.slow
def test_every_unit_goes_through(diagnostician):
    count = 0
    for d in diagnostician.diagnose_all():
        count += 1
        assert len(d.dimensions) == 7
        assert d.quality
        assert len(d.peers) == 10
        for dimension in d.dimensions:
            assert verdict(dimension).zh
            for reading in dimension.readings:
                assert reading.value is None or math.isfinite(reading.value)
                said = reading_sentence(reading, d.county)
                assert said.zh
                assert said.en
    assert count == 2853


def test_a_ranking_is_ordered_and_bounded_to_its_province(diagnostician):
    table = ranking("farm_share", province="浙江省", lang="en", panel=diagnostician.panel)
    assert table.height == 88
    assert table["value"].is_sorted()
    assert table["county"].str.starts_with("浙江省").all()


def test_an_unknown_ranking_names_what_there_is(diagnostician):
    with pytest.raises(UnknownIndicatorError, match="wholesale_retail_lq"):
        ranking("happiness", panel=diagnostician.panel)
    with pytest.raises(UnknownPlaceError, match="浙江省"):
        ranking("farm_share", province="火星", panel=diagnostician.panel)


@pytest.mark.parametrize("key", ["wholesale_retail_lq", "exports_to_gdp"])
def test_an_indicator_ranked_alone_is_ranked_as_in_the_whole(diagnostician, key):
    assert ranking(key, atlas=diagnostician.atlas).equals(ranking(key, panel=diagnostician.panel))


def test_a_reading_without_a_value_has_no_weight_and_leaves_the_others_alike(diagnostician):
    """The index is the plain mean of the known percentiles: with n known readings each weighs 1/n."""
    gaps = 0
    for county in diagnostician.atlas.counties[::400]:
        for dimension in diagnostician.diagnose(county).dimensions:
            known = [r for r in dimension.readings if r.value is not None]
            gaps += len(known) < len(dimension.readings)
            assert dimension.weights == pytest.approx({r.key: 1 / len(known) for r in known})
            if known and all("nation" in r.standing for r in known):
                mean = sum(r.standing["nation"].percentile for r in known) / len(known)
                assert dimension.index == pytest.approx(mean)
    assert gaps
