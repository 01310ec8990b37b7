"""A small country of the nineteen industries, with the naive solver's outcome as its baseline."""

from dataclasses import dataclass

import naive
import numpy as np

from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.hubs import Hubs
from bolang.economy.core.industries import AT_HOME, BULK, GOODS, LOCAL_SERVICES, MANUFACTURING, WHOLESALE
from bolang.economy.core.kernels import Kernel, KernelTrade
from bolang.economy.core.migration import NationalMigration
from bolang.economy.core.technology import Elasticities, Technology

HOME, REGIONS, INDUSTRIES = 4, 2, 19
# The naive solver sells its first good through hubs and pays them with its last.
ORDER = np.array([GOODS, *(s for s in range(INDUSTRIES) if s not in (GOODS, WHOLESALE)), WHOLESALE])
PLACE = np.argsort(ORDER)


@dataclass
class Country:
    """The economy, and every flow of it written out: value that n pays for what i makes, [n, i, s]."""

    economy: Economy
    direct: np.ndarray  # (M, M, S)
    through: np.ndarray  # (H, M, M), of goods sold by hubs: what buyers pay for each maker's goods
    margin: float


def country(seed=1, *, hubs=2, scale=0.05):
    rng = np.random.default_rng(seed)
    p = naive.draw(rng, home=HOME, foreign=REGIONS, sectors=INDUSTRIES, hubs=hubs, scale=scale)
    tau = p.tau.copy()
    for members in (MANUFACTURING, BULK, LOCAL_SERVICES):
        tau[:HOME, :HOME, PLACE[members]] = tau[:HOME, :HOME, PLACE[members][:1]]
    off = ~np.eye(len(tau), dtype=bool)
    for s in PLACE[AT_HOME]:
        tau[:, :, s] = np.where(off, 0.0, 1.0)
    p = naive.shocked(p, tau=tau)
    base = naive.solve_naively(p)
    back = lambda a: a[..., PLACE]  # noqa: E731
    supply, sales = back(base.supply), back(base.sales)
    final = np.tile(back(p.alpha), (HOME + REGIONS, 1))
    technology = Technology(back(p.gamma), p.links[np.ix_(PLACE, PLACE)], final)
    trade = KernelTrade(
        kernels=(
            Kernel(MANUFACTURING, tau[:HOME, :HOME, PLACE[GOODS]]),
            Kernel(BULK, tau[:HOME, :HOME, PLACE[BULK[0]]]),
            Kernel(LOCAL_SERVICES, tau[:HOME, :HOME, PLACE[LOCAL_SERVICES[0]]]),
            Kernel(AT_HOME, None),
        ),
        supply=supply,
        outward=back(tau[HOME:, :HOME]),
        inward=back(tau[:HOME, HOME:]),
        abroad=back(tau[HOME:, HOME:]),
        hubs=Hubs(
            places=p.hubs, goods=MANUFACTURING, service=WHOLESALE, worth=base.rate[:, None], into=p.into[None],
            outof=p.outof[None, :, :HOME], margin=p.margin, reference=base.throughput,
        ) if hubs else None,
    )  # fmt: skip
    economy = Economy(
        places=tuple(f"place {i}" for i in range(HOME + REGIONS)),
        sectors=tuple(f"industry {s}" for s in range(INDUSTRIES)),
        technology=technology,
        elasticities=Elasticities.from_values(
            back(p.theta), back(p.psi), sectors=INDUSTRIES, migration=p.kappa, housing=p.housing, market_size=p.mu
        ),
        trade=trade,
        sales=sales,
        transfers=p.transfers * (base.wage * base.people).sum(),
        migration={"national": NationalMigration(base.flows)},
    )
    spent = sales @ technology.links.T + base.final[:, None] * final
    closeness = back(tau)
    through = np.array([np.outer(p.into[:, h], p.outof[h]) * base.rate[h] * supply[:, GOODS] for h in range(hubs)])
    index = np.einsum("nis,is->ns", closeness, supply)
    index[:, GOODS] += through.sum(axis=(0, 2)) if hubs else 0
    direct = closeness * supply * (spent / index)[:, None]
    through = through * (spent / index)[None, :, GOODS, None] if hubs else np.zeros((0, *off.shape))
    return Country(economy, direct, through, p.margin)
