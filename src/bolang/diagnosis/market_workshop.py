"""Market-plus-workshop counties: trade and manufacturing both clearly above the nation's share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bolang.atlas.model import County
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.sentences import number
from bolang.foundation.parameters import load_parameters
from bolang.foundation.text import Text

MANUFACTURING, TRADE = "C", "F"


@dataclass(frozen=True, slots=True)
class MarketWorkshop:
    """Both quotients of every unit, and which units pass the threshold.

    Attributes
    ----------
    estimate : ndarray of bool, shape (n,)
        Both quotients reach the threshold.
    sure : ndarray of bool, shape (n,)
        Both sampling intervals lie wholly above it.
    possible : ndarray of bool, shape (n,)
        Neither sampling interval lies wholly below it.
    """

    threshold: float
    estimate: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    possible: NDArray[np.bool_]


def find_market_workshops(evidence: Evidence) -> MarketWorkshop:
    """Compare both location quotients of the census, with their intervals, with the cited threshold."""
    threshold = load_parameters("bolang.diagnosis").number("market_workshop_lq")
    columns = [evidence.industry(section) for section in (MANUFACTURING, TRADE)]
    interval = evidence.intervals(evidence.census)

    def reach(part: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray((part[:, columns] >= threshold).all(axis=1))

    return MarketWorkshop(
        threshold, estimate=reach(interval.quotient), sure=reach(interval.low), possible=reach(interval.high)
    )


def market_workshop_text(found: MarketWorkshop, evidence: Evidence, county: County) -> Text:
    """Say whether the county is one, how sure that is, and how many there are."""
    i = county.index
    if np.isnan(evidence.quotients(evidence.census)[i]).any():
        return Text(
            "普查未公布该单元的行业就业，无法判断是否属于“市场＋工厂”型县。",
            "The census published no employment by industry here: whether it is a market-plus-workshop county is unknown.",
        )
    quotients = evidence.quotients(evidence.census)[i]
    workshop, trade = (number(float(quotients[evidence.industry(s)]), 2) for s in (MANUFACTURING, TRADE))
    limit = number(found.threshold, 1)
    if found.sure[i]:
        finding = Text("属于“市场＋工厂”型县", "It is a market-plus-workshop county")
        caveat = Text("两个区位商的抽样区间都在门槛之上", "both sampling intervals lie above the threshold")
    elif found.estimate[i]:
        finding = Text("点估计达到“市场＋工厂”型门槛", "Its estimates reach the market-plus-workshop threshold")
        caveat = Text("但抽样区间跨越门槛，不能确定", "but a sampling interval crosses it, so this is not certain")
    elif found.possible[i]:
        finding = Text("未达到“市场＋工厂”型门槛", "It does not reach the market-plus-workshop threshold")
        caveat = Text("但抽样误差内仍有可能", "though within sampling error it might")
    else:
        finding = Text("不属于“市场＋工厂”型县", "It is not a market-plus-workshop county")
        caveat = Text("至少一个区位商明显低于门槛", "at least one quotient lies clearly below the threshold")
    return Text(
        f"{finding.zh}（制造业区位商 {workshop}，批发零售业 {trade}，门槛 {limit}）：{caveat.zh}。"
        f"全国共有 {int(found.estimate.sum())} 个单元达到门槛，其中 {int(found.sure.sum())} 个可以确定。",
        f"{finding.en} (manufacturing quotient {workshop}, wholesale and retail {trade}, threshold {limit}): {caveat.en}. "
        f"Nationally {int(found.estimate.sum())} units reach it, {int(found.sure.sum())} of them with certainty.",
    )
