"""An economy of the package with the naive solver's outcome as its baseline."""

import numpy as np
from naive import Outcome, Primitives

from bolang.economy.core.equilibrium import Economy
from bolang.economy.core.hubs import Hubs
from bolang.economy.core.kernels import Kernel, KernelTrade
from bolang.economy.core.migration import NationalMigration
from bolang.economy.core.technology import Elasticities, Technology


def economy_from(p: Primitives, base: Outcome, *, tied: bool = False) -> Economy:
    places, sectors = p.technology.shape
    home = places - p.foreign
    kernels = tuple(Kernel(np.array([s]), p.tau[:home, :home, s]) for s in range(1, sectors))
    kernels += (Kernel(np.array([0]), p.tau[:home, :home, 0].copy()),)
    hubs = None
    if len(p.hubs):
        hubs = Hubs(
            places=p.hubs,
            goods=np.array([0]),
            service=p.service,
            worth=base.rate[:, None],
            into=p.into[None],
            outof=p.outof[None, :, :home],
            margin=p.margin,
            reference=base.throughput,
        )
    income = base.wage * base.people
    transfers = p.transfers * income.sum()
    if p.pool:
        given = np.where(p.transfers < 0, p.rates * income, 0.0)
        claims = np.maximum(p.transfers, 0)
        transfers = given - given.sum() * claims / claims.sum()
    elasticities = Elasticities.from_values(
        p.theta, p.psi, sectors=sectors, migration=p.kappa, housing=p.housing, market_size=p.mu
    )
    return Economy(
        places=tuple(f"place {i}" for i in range(places)),
        sectors=tuple(f"sector {s}" for s in range(sectors)),
        technology=Technology(p.gamma, p.links, p.alpha),
        elasticities=elasticities,
        trade=KernelTrade(
            kernels=kernels,
            supply=base.supply,
            outward=p.tau[home:, :home],
            inward=p.tau[:home, home:],
            abroad=p.tau[home:, home:],
            hubs=hubs,
        ),
        sales=base.sales,
        transfers=transfers,
        transfer_rule="pool" if p.pool else "world",
        common_wage=tied,
        migration={} if p.attachment is None else {"national": NationalMigration(base.flows)},
    )
