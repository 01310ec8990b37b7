"""The advice on neighbours as plain text."""

from __future__ import annotations

from bolang.foundation.text import Lang
from bolang.pages.join.sentences import caveat, cluster_sentence, headline, missing_sentence, opportunity_sentence
from bolang.pathway.neighbours import Neighbours


def explain(found: Neighbours, lang: Lang) -> str:
    """Write the answer, what to supply, what is missing, the clusters nearby, and what the figures cannot tell."""
    said = [headline(found), *(opportunity_sentence(item, found.pulls[0].city) for item in found.opportunities)]
    said += [missing_sentence(item) for item in found.missing]
    said += [cluster_sentence(item) for item in found.clusters]
    return "\n".join(text.in_(lang) for text in (*said, caveat(found)))
