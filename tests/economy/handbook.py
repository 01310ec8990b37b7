"""Holds tables of the handbook to what the code gives."""

import re
from pathlib import Path

import numpy as np

DOCS = Path(__file__).parents[2] / "docs"
NUMBER = re.compile(r"[-−+]?\d[\d,]*\.?\d*(?:e-?\d+)?")


def numbers(table):
    return [
        float(text.replace(",", "").replace("−", "-"))
        for line in table.splitlines()[2:]
        for text in NUMBER.findall(line)
    ]


def assert_on_page(page, grid):
    """The page shows the grid under its title, up to the last digit of rounding."""
    text = (DOCS / page).read_text(encoding="utf-8")
    title = f"**{grid.title.en}**\n\n"
    assert title in text, f"{page} lacks the table {grid.title.en!r}"
    shown = text[text.index(title) + len(title) :].split("\n\n", maxsplit=1)[0]
    made = grid.markdown("en")
    assert [line.split("|")[1] for line in shown.splitlines()] == [line.split("|")[1] for line in made.splitlines()]
    np.testing.assert_allclose(numbers(shown), numbers(made), rtol=3e-3, atol=0.011)
