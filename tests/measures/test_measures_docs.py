"""The worked examples of the handbook give what they say."""

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "methods").glob("*.md"))


@pytest.mark.parametrize("page", [p for p in PAGES if ">>>" in p.read_text(encoding="utf-8")], ids=lambda p: p.stem)
def test_examples(page):
    outcome = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_every_page_is_in_the_index_and_every_public_name_on_a_page():
    import bolang.measures as measures

    index = (PAGES[0].parent / "README.md").read_text(encoding="utf-8")
    for page in PAGES:
        assert page.name == "README.md" or f"({page.name})" in index
    functions = [n for n in measures.__all__ if n[0].islower()]
    everything = "".join(p.read_text(encoding="utf-8") for p in PAGES)
    assert [n for n in functions if f"`{n}`" not in everything and f"{n}" not in everything] == []
