"""Cross-border risk as plain text."""

from __future__ import annotations

from bolang.foundation.text import Lang
from bolang.pages.risk.sentences import headline, signal_name, signal_sentence
from bolang.pathway.risk import CrossBorderRisk
from bolang.wording import load

WORDS = load("risk_signals")


def explain(found: CrossBorderRisk, lang: Lang) -> str:
    """Write the answer, then what each signal says that is not calm."""
    said = [
        WORDS("explained", signal=signal_name(signal, found), sentence=signal_sentence(signal, found))
        for signal in found.warnings
    ]
    return "\n".join(text.in_(lang) for text in (headline(found), *said))
