"""How the solver walks: each step against its definition, what it reports on the way, and what it blames."""

import numpy as np
import pytest
from industries import HOME, country

from bolang.economy.core.acceleration import Anderson
from bolang.economy.core.coarse import CoarseStep
from bolang.economy.core.equilibrium import Economy, Shock
from bolang.economy.core.migration import NationalMigration, ProvincialMigration, check_closure
from bolang.economy.core.solver import Options, System, solve
from bolang.economy.core.technology import Elasticities, Technology
from bolang.economy.core.trade import DenseTrade
from bolang.economy.core.uniqueness import search
from bolang.foundation.errors import BadInputError, ConvergenceError, ParameterError

TIGHT = Options(tolerance=1e-12)


# -- blocks ----------------------------------------------------------------------------------------


def blocks_economy(rng, count=3, sectors=2):
    """Places with fixed transfers between them: flows that add up, and what they imply."""
    flows = rng.uniform(0.2, 1, (count, count, sectors)) + 2 * np.eye(count)[:, :, None]
    sales, spending = flows.sum(axis=0), flows.sum(axis=1)
    gamma = rng.uniform(0.6, 0.9, sectors)
    links = rng.uniform(0.5, 1, (sectors, sectors))
    links *= (1 - gamma) / links.sum(axis=0)
    income = (gamma * sales).sum(axis=1)
    return flows, sales, spending, gamma, links, income, spending.sum(axis=1) - (sales @ links.T).sum(axis=1)


def once_round(state, flows, sales, spending, gamma, links, income, theta, psi):
    """The map of (log wage, sales, price) of places onto itself, one place and one sector at a time."""
    count, sectors = sales.shape
    w, y, p = state[:count], *np.split(state[count:], 2)
    y, p = y.reshape(count, sectors), p.reshape(count, sectors)
    new_y, new_p, new_w = np.zeros_like(y), np.zeros_like(p), np.zeros_like(w)
    cost = [
        [gamma[s] * w[i] + sum(links[k, s] * p[i, k] for k in range(sectors)) for s in range(sectors)]
        for i in range(count)
    ]
    a = [[theta[s] * (psi[s] * (y[i, s] - w[i]) - cost[i][s]) for s in range(sectors)] for i in range(count)]
    sold = np.zeros_like(y)
    for n in range(count):
        for s in range(sectors):
            used = [links[s, k] * sales[n, k] for k in range(sectors)]
            final = spending[n, s] - sum(used)
            spent = sum(u * np.exp(y[n, k]) for k, u in enumerate(used)) + final * (
                1 + income[n] / FINAL[n] * (np.exp(w[n]) - 1)
            )
            index = sum(flows[n, i, s] * np.exp(a[i][s]) for i in range(count)) / spending[n, s]
            new_p[n, s] = -np.log(index) / theta[s]
            for i in range(count):
                sold[i, s] += flows[n, i, s] * np.exp(a[i][s]) / index * spent / spending[n, s]
    new_y = np.log(sold / sales)
    new_w = np.log((sold * gamma).sum(axis=1) / income)
    return np.concatenate([new_w, new_y.ravel(), new_p.ravel()])


FINAL = np.empty(3)


def coarse_of(rng, blocks=None):
    flows, sales, spending, gamma, links, income, final = blocks_economy(rng)
    FINAL[:] = final
    elasticities = Elasticities.from_values(np.array([4.0, 5.0]), np.array([0.08, 0.02]), sectors=2)
    step = CoarseStep(
        np.arange(3) if blocks is None else blocks, flows, numeraires=np.array([2]), sales=sales, spending=spending,
        income=income, final_spending=final, value_added=gamma, links=links, elasticities=elasticities,
    )  # fmt: skip
    args = (flows, sales, spending, gamma, links, income, elasticities.trade[:, 0], elasticities.scale[:, 0])
    return step, args


def test_the_step_on_blocks_is_newtons():
    """``(I - J) step = residual`` with J the slopes of the map written out, the numeraire's wage held."""
    step, args = coarse_of(np.random.default_rng(0))
    size, h = 15, 1e-6
    slopes = np.empty((size, size))
    for column in range(size):
        move = np.zeros(size)
        move[column] = h
        slopes[:, column] = (once_round(move, *args) - once_round(-move, *args)) / (2 * h)
    residual = np.random.default_rng(1).normal(size=size)
    wage, sales, price = residual[:3, None], residual[3:9].reshape(3, 2, 1), residual[9:].reshape(3, 2, 1)
    found = np.concatenate([part.ravel() for part in step.correct(wage, sales, price, 0.6)])
    system, right = np.eye(size) - slopes, residual.copy()
    system[2], system[2, 2], right[2] = 0.0, 1.0, 0.0
    np.testing.assert_allclose(found, np.linalg.solve(system, right), rtol=1e-5, atol=1e-8)


def test_deviations_within_a_block_are_kept_and_those_of_wages_damped():
    economy = country(hubs=1).economy
    coarse, blocks = economy.coarse, economy.trade.blocks
    assert blocks.tolist() == [0, 0, 0, 0, 1, 2]
    rng = np.random.default_rng(2)
    wage, (sales, price) = rng.normal(size=(6, 1)), rng.normal(size=(2, 6, 19, 1))
    whole = economy.sales[:HOME]
    spending = economy.spending_and_income(economy.income[:, None], economy.sales[..., None], economy.baseline_market)[
        0
    ][:HOME, :, 0]
    means = [
        np.average(wage[:HOME, 0], weights=economy.income[:HOME]),
        np.average(sales[:HOME, :, 0], axis=0, weights=whole),
        np.average(price[:HOME, :, 0], axis=0, weights=spending),
    ]
    found = coarse.correct(wage, sales, price, 0.6)
    for share, value, mean, moved in zip((0.6, 1.0, 1.0), (wage, sales, price), means, found, strict=True):
        shift = moved[:HOME, ..., 0] - share * (value[:HOME, ..., 0] - mean)
        np.testing.assert_allclose(shift, np.broadcast_to(shift[0], shift.shape), atol=1e-10)


# -- acceleration ----------------------------------------------------------------------------------


def test_a_linear_map_is_solved_in_as_many_steps_as_it_has_dimensions():
    rng = np.random.default_rng(3)
    matrices, right = rng.normal(size=(2, 5, 5)) * 0.3, rng.normal(size=(2, 5))
    exact = np.array([np.linalg.solve(np.eye(5) - m, r) for m, r in zip(matrices, right, strict=True)])
    for depth, left in ((6, 1e-7), (1, np.inf)):
        anderson, x = Anderson(depth), np.zeros((2, 5))
        for _ in range(8):
            x = anderson.step(x, np.einsum("bij,bj->bi", matrices, x) + right - x)
        assert np.abs(x - exact).max() < left
        if depth == 1:
            assert np.abs(x - exact).max() > 1e-7


def test_the_second_step_is_the_one_that_kills_the_residual_along_the_first():
    """By hand: f falls from 1 to 0.5 over a step of 1, so that the zero is one more step of 1 away."""
    anderson = Anderson(3)
    assert anderson.step(np.array([[0.0]]), np.array([[1.0]])) == pytest.approx(1.0)
    assert anderson.step(np.array([[1.0]]), np.array([[0.5]]))[0, 0] == pytest.approx(2.0, rel=1e-8)


@pytest.mark.parametrize(("grown", "found"), [(1.9, 1 - 1.9 / 0.9), (2.1, 1 + 2.1)])
def test_a_scenario_whose_residual_more_than_doubles_forgets_and_the_others_do_not(grown, found):
    """Below twice, the line through both residuals is followed to its zero; beyond, the plain step is taken."""
    anderson = Anderson(3)
    anderson.step(np.array([[0.0], [0.0]]), np.array([[1.0], [1.0]]))
    second = anderson.step(np.array([[1.0], [1.0]]), np.array([[grown], [0.5]]))
    assert second[1, 0] == pytest.approx(2.0, rel=1e-8)
    assert second[0, 0] == pytest.approx(found, rel=1e-8)


def test_only_the_last_steps_are_remembered():
    """A kink: after as many steps as are kept, the slope of before the kink is gone and the new one is exact."""
    anderson, x = Anderson(2), np.array([[0.0, 0.0]])
    for slope in ([3.0, 1.0], [3.0, 1.0], [3.0, 1.0]):
        x = anderson.step(x, np.array([slope]) - 0.5 * x)
    target = np.array([[1.0, 8.0]])
    for _ in range(5):
        x = anderson.step(x, target - [[0.5, 0.8]] * x)
    np.testing.assert_allclose(x, [[2.0, 10.0]], rtol=1e-5)


def test_history_in_single_precision_leads_to_the_same_point():
    rng = np.random.default_rng(4)
    matrix, right = rng.normal(size=(4, 4)) * 0.3, rng.normal(size=4)
    anderson, x = Anderson(5, np.float32), np.zeros((1, 4))
    for _ in range(12):
        x = anderson.step(x, x @ matrix.T + right - x)
    assert x.dtype == np.float64
    np.testing.assert_allclose(x[0], np.linalg.solve(np.eye(4) - matrix, right), rtol=1e-10)


# -- the solver ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def economy():
    return country(hubs=2).economy


def strong(economy):
    gain = np.ones((*economy.sales.shape, 1))
    gain[1, 3] = 1.5
    return Shock(productivity=gain)


def test_progress_is_told_and_a_large_shock_needs_fewer_digits(economy):
    seen = []
    exact = solve(economy, strong(economy), options=TIGHT, progress=lambda k, worst: seen.append((k, worst)))
    assert [k for k, _ in seen] == list(range(1, exact.iterations + 1))
    assert seen[-1][1] <= 1e-12
    told = []
    rough = solve(
        economy, strong(economy), options=Options(tolerance=1e-12, relative=0.01), progress=lambda k, w: told.append(w)
    )
    assert told[-1] <= 0.01 * told[0]
    assert all(worst > 0.01 * told[0] for worst in told[:-1])
    assert rough.iterations < exact.iterations
    # A hundredth of the first residual stays a hundredth of the first.
    assert told[0] == pytest.approx(seen[0][1])


def test_the_walk_is_short(economy):
    """The step on blocks and the memory of steps are there to save passes: a hundred were needed without."""
    assert solve(economy, strong(economy), options=Options(tolerance=1e-9)).iterations <= 25


def test_the_last_iteration_counts(economy):
    need = solve(economy, strong(economy), options=TIGHT).iterations
    solve(economy, strong(economy), options=Options(tolerance=1e-12, iterations=need))
    with pytest.raises(ConvergenceError):
        solve(economy, strong(economy), options=Options(tolerance=1e-12, iterations=need - 1))


def test_residuals_are_those_of_the_markets_and_walras_that_of_the_numeraire(economy):
    system = System(economy, strong(economy), "national", economy.elasticities, 1)
    rng = np.random.default_rng(5)
    state = system.start() + rng.normal(0, 0.05, system.start().shape)
    at = system.evaluate(state)
    found = system.solution(at, 7)
    places, sectors = economy.sales.shape
    income = economy.income * np.exp(at.log_wage[:, 0] + at.log_people[:, 0])
    earned = (economy.technology.value_added * at.flows.sales[..., 0]).sum(axis=1)
    gap = np.log(earned / income)
    np.testing.assert_allclose(found.walras, gap[-1], rtol=1e-12)
    assert abs(gap[0] - gap[-1]) > 1e-6
    moved = at.state[0, places : places + places * sectors] - at.log_sales.transpose(2, 0, 1).reshape(1, -1)[0]
    assert found.residual[0] == pytest.approx(max(np.abs(moved).max(), np.abs(gap).max()))
    assert found.iterations == 7
    world = income.sum() / economy.income.sum()
    np.testing.assert_allclose(found.wage, np.exp(at.log_wage) / world)
    np.testing.assert_allclose(found.final_spending[:, 0], at.final[:, 0] / economy.final_spending / world)


@pytest.mark.parametrize("which", range(5))
def test_what_misses_most_is_named(economy, which):
    system = System(economy, Shock(), "national", economy.elasticities, 2)
    places, sectors = economy.sales.shape
    starts = np.cumsum([0, places, places * sectors, places * sectors, HOME])
    hub_place = int(economy.trade.hub_places[1])
    offset, name = {
        0: (3, "place 3"),
        1: (2 * sectors + 7, "place 2 / industry 7"),
        2: (1 * sectors + 18, "place 1 / industry 18"),
        3: (3, "place 3"),
        4: (1, f"place {hub_place}"),
    }[which]
    residual = np.full((2, int(starts[-1]) + 2), 0.1)
    residual[1, starts[which] + offset] = -0.5
    said = str(system.lost(residual, 9))
    assert f"{name} " in said
    assert "0.5" in said
    assert "9" in said
    residual[0, starts[which] + offset] = np.nan
    assert f"{name} " in str(system.lost(residual, 9))


def test_a_start_elsewhere_leads_to_the_same_equilibrium(economy):
    one = solve(economy, strong(economy), options=TIGHT)
    begin = System(economy, Shock(), "fixed", economy.elasticities, 1).start() + 0.05
    other = solve(economy, strong(economy), options=TIGHT, start=begin)
    np.testing.assert_allclose(one.wage, other.wage, rtol=1e-9)
    found = search(economy, strong(economy), starts=3, spread=0.1, options=TIGHT)
    assert (found.unique, found.starts, found.lost) == (True, 4, 0)
    sales = np.log(one.sales[..., 0][economy.sales > 0])
    np.testing.assert_allclose(found.equilibria[0, : len(sales)], sales, atol=1e-9)


def test_starts_that_lead_nowhere_are_counted(economy):
    few = Options(tolerance=1e-12, iterations=solve(economy, Shock(), options=TIGHT).iterations)
    found = search(economy, Shock(), starts=3, spread=0.3, options=few)
    assert (found.starts, found.lost) == (1, 3)
    with pytest.raises(ConvergenceError, match="No start"):
        search(economy, strong(economy), starts=1, options=Options(iterations=1))


# -- doors -----------------------------------------------------------------------------------------


def test_the_bounds_of_the_elasticities_are_where_they_are_said_to_be():
    ones = np.ones((1, 1))

    def at(theta=4.0, psi=0.1, kappa=1.0, housing=0.1, mu=0.1):
        return Elasticities(ones * theta, ones * psi, np.array([kappa]), np.array([housing]), np.array([mu]))

    for edge in (
        {"psi": 0.0},
        {"kappa": 0.0},
        {"housing": 0.0},
        {"mu": 0.0},
        {"psi": 0.2499},
        {"mu": 0.999},
        {"housing": 0.999},
    ):
        at(**edge)
    for beyond in (
        {"theta": 0.0}, {"theta": -1.0}, {"psi": 0.25}, {"psi": -0.01}, {"kappa": -0.1}, {"housing": -0.1},
        {"housing": 1.0}, {"mu": -0.1}, {"mu": 1.0},
    ):  # fmt: skip
        with pytest.raises(ParameterError):
            at(**beyond)


def test_technology_adds_up_and_is_nowhere_negative():
    with pytest.raises(BadInputError):
        Technology(np.array([0.5]), np.array([[0.5]]), np.array([0.9]))
    for gamma, links, final in (
        ([1.2, 1.0], [[-0.2, 0.0], [0.0, 0.0]], [0.5, 0.5]),
        ([1.0, 1.0], [[0.0, 0.0], [0.0, 0.0]], [1.5, -0.5]),
    ):
        with pytest.raises(BadInputError, match=r"negative|负"):
            Technology(*(np.array(x, dtype=float) for x in (gamma, links, final)))


def test_names_sales_and_trade_must_be_of_one_size():
    shares = np.full((2, 2, 1), 0.5)
    good = {
        "places": ("a", "b"), "sectors": ("x",), "technology": Technology(np.ones(1), np.zeros((1, 1)), np.ones(1)),
        "elasticities": Elasticities.from_values(4.0), "trade": DenseTrade(shares, np.ones_like(shares)),
        "sales": np.ones((2, 1)), "transfers": np.zeros(2),
    }  # fmt: skip
    Economy(**good)
    for wrong in ({"places": ("a",)}, {"sectors": ("x", "y")}, {"sales": np.ones((3, 1))}):
        with pytest.raises(BadInputError):
            Economy(**(good | wrong))
    with pytest.raises(BadInputError, match="sum to 1"):
        DenseTrade(shares * 1.01, np.ones_like(shares))
    found = solve(Economy(**good), Shock(), options=TIGHT)
    assert found.exports.direct.shape[:2] == (0, 0)
    assert found.throughput.shape[:2] == (0, 0)


def test_a_closure_has_one_of_three_names():
    assert [check_closure(name) for name in ("fixed", "province", "national")] == ["fixed", "province", "national"]
    with pytest.raises(BadInputError, match="everywhere"):
        check_closure("everywhere")


# -- migration -------------------------------------------------------------------------------------


def test_people_choose_by_the_share_of_the_pull_person_by_person():
    rng = np.random.default_rng(6)
    flows, income, kappa = rng.uniform(1, 5, (3, 3)), rng.normal(0, 0.2, (3, 1)), np.array([1.7])
    moved, welfare = NationalMigration(flows).settle(income, kappa)
    pull = np.exp(1.7 * income[:, 0])
    new = [sum(flows[o].sum() * flows[o, n] * pull[n] / (flows[o] @ pull) for o in range(3)) for n in range(3)]
    np.testing.assert_allclose(flows.sum(axis=0) * np.exp(moved[:, 0]), new)
    np.testing.assert_allclose(welfare[:, 0], np.log(flows @ pull / flows.sum(axis=1)) / 1.7)
    province, people = np.array([0, 1, 0]), np.array([3.0, 2.0, 5.0])
    moved, welfare = ProvincialMigration(province, people).settle(income, kappa)
    mean = (3 * pull[0] + 5 * pull[2]) / 8
    np.testing.assert_allclose(moved[:, 0], np.log([pull[0] / mean, 1.0, pull[2] / mean]), atol=1e-12)
    np.testing.assert_allclose(welfare[:, 0], [np.log(mean) / 1.7, income[1, 0], np.log(mean) / 1.7])


@pytest.mark.parametrize("kind", ["national", "province"])
def test_slopes_of_migration_are_finite_differences(kind):
    rng = np.random.default_rng(7)
    flows, income, kappa = rng.uniform(1, 5, (4, 4)), rng.normal(size=(4, 2)), np.array([1.5, 2.5])
    moves = (
        NationalMigration(flows)
        if kind == "national"
        else ProvincialMigration(np.array([0, 0, 1, 1]), flows.sum(axis=0))
    )
    ends = [moves.settle(sign * 1e-5 * income, kappa)[0] for sign in (1, -1)]
    np.testing.assert_allclose(moves.slope(income, kappa), (ends[0] - ends[1]) / 2e-5, atol=1e-8)


def test_nobody_moves_without_an_elasticity():
    income = np.array([[0.3], [-0.2]])
    moved, welfare = NationalMigration(np.ones((2, 2))).settle(income, np.zeros(1))
    np.testing.assert_allclose(moved, 0, atol=1e-12)
    np.testing.assert_array_equal(welfare, income)
