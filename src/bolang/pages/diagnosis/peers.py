"""Why a county is a peer, in words."""

from __future__ import annotations

from bolang.diagnosis.result import AlikeBlock, Peer
from bolang.foundation.text import Text, join
from bolang.foundation.units import number_text
from bolang.wording import load

WORDS = load("diagnosis")
SHOWN: dict[str, tuple[float, int]] = {
    "structure": (1.0, 1),
    "size": (1e-4, 1),
    "income": (1e-4, 2),
    "location": (1.0, 1),
    "fiscal": (1.0, 0),
}
"""Scale and decimals of the figures that a reason quotes."""


def peer_reason(peer: Peer) -> Text:
    """Say in which respects a county is most alike."""
    return join([_statement(alike) for alike in peer.alike], "；", "; ")


def _statement(alike: AlikeBlock) -> Text:
    block = WORDS(f"block.{alike.block}")
    if alike.own is None or alike.other is None:
        return WORDS("peer.alike", block=block)
    scale, digits = SHOWN[alike.block]
    own, other = (number_text(value * scale, digits) for value in (alike.own, alike.other))
    return WORDS("peer.figures", block=block, figures=WORDS(f"peer.figures.{alike.block}", own=own, other=other))
