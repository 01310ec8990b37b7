"""Typst forgets a document when the next one comes: one report does not wait for it, many do not grow."""

from datetime import date
from types import SimpleNamespace

import pytest

from bolang.render import pdf


def test_the_first_document_waits_for_no_forgetting_and_later_ones_do(monkeypatch):
    typst = pytest.importorskip("typst")
    made = []
    monkeypatch.setattr(typst, "compile", lambda source, **options: made.append(source) or b"%PDF")
    monkeypatch.setattr(pdf, "_inputs", lambda *given: {})
    monkeypatch.setattr(pdf, "_EARLIER", [])
    document = SimpleNamespace(date=date(2026, 1, 1))
    pdf.render_pdf(document, "zh", "analyst")
    assert len(made) == 1
    pdf.render_pdf(document, "zh", "analyst")
    assert made[1:11] == [b""] * 10
    assert len(made) == 12
