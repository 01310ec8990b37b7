"""A deliberately naive equilibrium in levels: every array dense, every market a loop, nothing shared with the package.

It solves the model as it is written down, from primitives to quantities, by damped repetition. The package solves the
same model in changes, with kernels and low-rank hubs; tests compare the two.
"""

from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Primitives:
    """Everything that is not an outcome. M places (the last `foreign` abroad), S sectors, H hubs selling good 0."""

    technology: np.ndarray  # Tbar (M, S)
    people: np.ndarray  # (M,) where nobody moves, otherwise people by origin for the home places
    tau: np.ndarray  # closeness tau^-theta of direct trade (M, M, S)
    tariffs: np.ndarray  # 1 + t (M, M, S)
    gamma: np.ndarray  # (S,)
    links: np.ndarray  # (S, S)
    alpha: np.ndarray  # (S,)
    theta: np.ndarray  # (S,)
    psi: np.ndarray  # (S,)
    transfers: np.ndarray  # share of world income (M,); with a pool, the receivers' claims on it
    foreign: int
    hubs: np.ndarray  # places (H,)
    worth: np.ndarray  # (H,)
    into: np.ndarray  # (M, H)
    outof: np.ndarray  # (H, M)
    margin: float
    mu: float
    service: int
    housing: float
    attachment: np.ndarray | None  # weight of residence n for people from o (N, N); None: nobody moves
    kappa: float
    pool: bool = False
    tied: np.ndarray | None = None  # wages of foreign places relative to one another that they keep; None: all are free
    rates: np.ndarray | float = 0.0  # with a pool, what givers give of their income (negative)


@dataclass
class Outcome:
    wage: np.ndarray
    price: np.ndarray
    sales: np.ndarray
    people: np.ndarray
    labour: np.ndarray
    final: np.ndarray
    income: np.ndarray
    flows: np.ndarray  # people by origin and residence
    supply: np.ndarray
    rate: np.ndarray
    throughput: np.ndarray
    size: np.ndarray


def solve_naively(p: Primitives, damping: float = 0.25, steps: int = 40_000, tolerance: float = 2e-14) -> Outcome:
    """Repeat all equations with damping until nothing moves."""
    places, sectors = p.technology.shape
    home = places - p.foreign
    wage, price = np.ones(places), np.ones((places, sectors))
    people = p.people.astype(float).copy()
    labour = np.outer(people, np.full(sectors, 1 / sectors))
    sales = labour / p.gamma
    size = np.ones(len(p.hubs))
    flows = np.diag(people[:home])
    for _ in range(steps):
        cost = np.empty((places, sectors))
        for i in range(places):
            for s in range(sectors):
                cost[i, s] = wage[i] ** p.gamma[s] * np.prod(price[i] ** p.links[:, s])
        supply = p.technology * labour ** (p.psi * p.theta) * cost**-p.theta
        closeness = p.tau * p.tariffs**-p.theta
        rate = np.zeros(len(p.hubs))
        via = np.zeros((len(p.hubs), places, places))
        for h, place in enumerate(p.hubs):
            hub_price = (p.outof[h] @ supply[:, 0]) ** (-1 / p.theta[0])
            service_price = supply[place, p.service] ** (-1 / p.theta[p.service])
            markup = (service_price / hub_price) ** p.margin
            rate[h] = p.worth[h] * markup ** -p.theta[0] * size[h] ** p.mu
            duty = p.tariffs[:, place, 0] ** -p.theta[0]
            via[h] = np.outer(p.into[:, h] * duty, p.outof[h]) * rate[h]
        total = closeness.copy()
        total[:, :, 0] += via.sum(axis=0)
        phi = np.einsum("nis,is->ns", total, supply)
        shares = total * supply[None] / phi[:, None]
        world = (wage * people).sum()
        new_price = phi ** (-1 / p.theta)
        duty_share = np.einsum("nis,nis->ns", 1 - 1 / p.tariffs, closeness * supply[None] / phi[:, None])
        for h, place in enumerate(p.hubs):
            through = via[h] @ supply[:, 0] / phi[:, 0]
            duty_share[:, 0] += through * (1 - 1 / p.tariffs[:, place, 0])
        inputs = sales @ p.links.T
        own = wage * people
        if p.pool:
            given = np.where(p.transfers < 0, p.rates * own, 0.0)
            income = own + given - given.sum() * np.maximum(p.transfers, 0) / np.maximum(p.transfers, 0).sum()
        else:
            income = own + p.transfers * world
        final = (income + (duty_share * inputs).sum(axis=1)) / (1 - duty_share @ p.alpha)
        spending = inputs + np.outer(final, p.alpha)
        new_sales = np.einsum("nis,nis,ns->is", closeness * supply[None] / phi[:, None], 1 / p.tariffs, spending)
        throughput = np.zeros(len(p.hubs))
        for h, place in enumerate(p.hubs):
            bought = via[h] * supply[None, :, 0] / phi[:, :1] * spending[:, :1] / p.tariffs[:, place, :1]
            throughput[h] = bought.sum()
            new_sales[:, 0] += (1 - p.margin) * bought.sum(axis=0)
            new_sales[place, p.service] += p.margin * throughput[h]
        new_wage = (p.gamma * new_sales).sum(axis=1) / people
        if p.tied is not None:
            new_wage[home:] = p.tied * (p.gamma * new_sales[home:]).sum() / (p.tied * people[home:]).sum()
        new_wage /= new_wage[-1]
        rent = final**p.housing
        real = final / people / (np.prod(new_price**p.alpha, axis=1) ** (1 - p.housing) * rent)
        if p.attachment is not None:
            pull = p.attachment * real[:home] ** p.kappa
            flows = p.people[:home, None] * pull / pull.sum(axis=1, keepdims=True)
        new_people = people.copy()
        new_people[:home] = flows.sum(axis=0)
        service_price = supply[p.hubs, p.service] ** (-1 / p.theta[p.service])
        new_size = throughput / service_price if len(p.hubs) else size
        new_labour = p.gamma * new_sales / new_wage[:, None]
        old = np.concatenate([np.ravel(a) for a in (wage, price, sales, people, labour, size)])
        new = np.concatenate([np.ravel(a) for a in (new_wage, new_price, new_sales, new_people, new_labour, new_size)])
        move = np.abs(new / old - 1).max()
        step = lambda a, b: a ** (1 - damping) * b**damping  # noqa: E731
        wage, price, sales = step(wage, new_wage), step(price, new_price), step(sales, new_sales)
        people, labour, size = step(people, new_people), step(labour, new_labour), step(size, new_size)
        if move < tolerance:
            break
    else:
        raise AssertionError(f"the naive solver did not settle: {move}")
    assert not np.isnan(shares).any()
    return Outcome(wage, price, sales, people, labour, final, real, flows, supply, rate, throughput, size)


def draw(
    rng: np.random.Generator,
    *,
    home: int = 4,
    foreign: int = 2,
    sectors: int = 3,
    hubs: int = 2,
    scale: float = 0.1,
    moves: bool = True,
    tariffs: bool = False,
    pool: bool = False,
) -> Primitives:
    """A random economy: sector 0 is what hubs sell, the last sector is the wholesale trade that they live on."""
    places = home + foreign
    gamma = rng.uniform(0.3, 0.8, sectors)
    links = rng.uniform(0.1, 1, (sectors, sectors))
    links *= (1 - gamma) / links.sum(axis=0)
    alpha = rng.dirichlet(np.full(sectors, 5.0))
    theta = rng.uniform(3, 6, sectors)
    tau = rng.uniform(0.05, 0.4, (places, places, 1)) * np.ones(sectors)
    for n in range(places):
        tau[n, n] = 1.0
    duties = np.ones((places, places, sectors))
    if tariffs:
        duties[home:, :home] += rng.uniform(0, 0.3, (foreign, 1, sectors))
    surplus = rng.uniform(-0.02, 0.02, places)
    return Primitives(
        technology=rng.uniform(0.5, 2, (places, sectors)),
        people=rng.uniform(0.5, 2, places),
        tau=tau,
        tariffs=duties,
        gamma=gamma,
        links=links,
        alpha=alpha,
        theta=theta,
        psi=scale * rng.uniform(0.5, 1, sectors),
        transfers=surplus - surplus.mean(),
        foreign=foreign,
        hubs=rng.choice(home, hubs, replace=False),
        worth=rng.uniform(0.2, 0.6, hubs),
        into=rng.uniform(0.3, 1, (places, hubs)),
        outof=np.concatenate([rng.uniform(0.3, 1, (hubs, home)), np.zeros((hubs, foreign))], axis=1),
        margin=0.1 if hubs else 0.0,
        mu=0.2 if hubs else 0.0,
        service=sectors - 1,
        housing=0.13,
        attachment=rng.uniform(0.02, 0.2, (home, home)) + np.eye(home) if moves else None,
        kappa=1.5 if moves else 0.0,
        pool=pool,
        rates=np.where(surplus < surplus.mean(), rng.uniform(-0.2, -0.05, places), 0.0),
    )


def shocked(p: Primitives, **changes: np.ndarray | float) -> Primitives:
    """The same economy with other primitives."""
    return replace(p, **changes)
