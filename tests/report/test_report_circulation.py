"""The section on location and routes says what the network says."""

from datetime import date

import pytest

from bolang.atlas import Atlas
from bolang.document.model import Figure, Number, Section, Table
from bolang.publish import report
from bolang.space import TransportSystem, find_routes


def find(sections, key):
    for section in sections:
        if section.key == key:
            return section
        inner = find([b for b in section.blocks if isinstance(b, Section)], key)
        if inner is not None:
            return inner
    return None


@pytest.fixture(scope="module")
def yiwu():
    atlas = Atlas(workspace=False)
    return atlas, find(report("义乌市", atlas, day=date(2026, 1, 1), model=False).document.sections, "location")


def test_the_table_holds_the_routes_that_the_network_gives(yiwu):
    atlas, section = yiwu
    table = next(block for block in section.blocks if isinstance(block, Table))
    found = find_routes(atlas, "330782", "rotterdam", cargo="container", system=TransportSystem.standard(atlas))
    best = next(row for row in table.rows if "鹿特丹" in row.cells[0].zh)
    numbers = [cell.value for cell in best.cells if isinstance(cell, Number)]
    assert numbers == pytest.approx([found.best.km, found.best.hours, found.best.money, found.best.cost])
    assert best.cells[1] == found.best.label


def test_madrid_is_reached_by_rail_and_every_second_way_is_dearer(yiwu):
    _, section = yiwu
    table = next(block for block in section.blocks if isinstance(block, Table))
    madrid = next(row for row in table.rows if "马德里" in row.cells[0].zh)
    assert "铁路" in madrid.cells[1].zh
    assert "海运" not in madrid.cells[1].zh
    seconds = [row.cells[-1].zh for row in table.rows if "次优" in row.cells[0].zh]
    assert seconds
    assert all(text.startswith("+") for text in seconds)


def test_the_map_can_be_drawn_in_both_languages(yiwu):
    _, section = yiwu
    figure = next(block for block in section.blocks if isinstance(block, Figure))
    for lang in ("zh", "en"):
        assert figure.draw(lang).axes


def test_estimates_and_the_licence_of_the_network_are_said(yiwu):
    _, section = yiwu
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert "估计" in table.caption.zh
    assert "ODbL" in table.source.zh
    assert "估计" in table.notes[0].text.zh
