"""Everything that the user imported for a topic stands under that topic."""

import pytest
from sample_report import DAY

from bolang.atlas import Atlas
from bolang.diagnosis import Diagnostician
from bolang.document.model import Number
from bolang.intake import Workspace
from bolang.intake.vocabulary import vocabulary
from bolang.intake.workspace import FactRow
from bolang.publish import report

YEAR = 2024


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    path = tmp_path_factory.mktemp("w") / "w.duckdb"
    rows = [
        FactRow(
            "130534",
            name,
            90000.0 - i,
            entry.unit.name,
            YEAR,
            "year",
            "公报",
            "读取",
            "",
            (),
            str(90000 - i),
            "",
            "1",
            1.0,
        )
        for i, (name, entry) in enumerate(vocabulary().indicators.items())
    ]
    Workspace(path).add(rows, "公报.docx", "x", "公报", "130534", "清河县", YEAR)
    atlas = Atlas(workspace=path)
    return report("清河县", diagnostician=Diagnostician(atlas), day=DAY).document


def test_every_imported_figure_stands_somewhere(imported):
    shown = set()
    for table in imported.tables():
        for row in table.rows:
            for cell in row.cells:
                if isinstance(cell, Number) and cell.value is not None:
                    shown.add(round(cell.value, 6))
    missing = [
        name
        for i, name in enumerate(vocabulary().indicators)
        if round(90000.0 - i, 6) not in shown and not name.startswith("policy_")
    ]
    assert missing == []
