"""What is given to a measure that is no array of real numbers, or no option of it: an error that says what was expected."""

import inspect

import numpy as np
import pytest

from bolang import measures
from bolang.foundation.errors import BolangError
from bolang.measures import topsis

RANDOM = np.random.default_rng(0)
TABLE = RANDOM.uniform(0.1, 1.0, (8, 4))
LABELS = [0, 1] * 4
PLAIN = [TABLE, TABLE[:, 0], TABLE[:4, :4], TABLE[:4, 0], 2, 0.5, LABELS]
NO_NUMBERS = {
    "text": "abc",
    "texts of numbers": [["1", "2"], ["3", "4"]],
    "bytes": b"x",
    "complex": TABLE + 1j,
    "object": object(),
    "mapping": {"a": 1},
    "ragged": [[1], [1, 2]],
    "dates": np.array([["2020-01-01"] * 4] * 8, dtype="M8[D]"),
    "texts": np.array([["a"] * 4] * 8),
}
ODD = {
    "3d": np.zeros((2, 2, 2)), "empty": np.empty((0, 4)), "float": 2.5, "negative": -1, "nan": float("nan"), "huge": 10**30, "beyond floats": 10**400,
    "all nan": np.full((8, 4), np.nan), "inf": np.full((8, 4), np.inf), "large": np.full((8, 4), 1e308),
    "zero": np.zeros((8, 4)), "vector": TABLE[:, 0], "none": None,
}  # fmt: skip
FUNCTIONS = {name: f for name in measures.__all__ if inspect.isfunction(f := getattr(measures, name))}


def base_of(function):
    """Return arguments with which the function answers, found by trying."""
    import itertools

    needed = [p.name for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    for values in itertools.product(PLAIN, repeat=len(needed)):
        try:
            function(**dict(zip(needed, values, strict=True)))
        except (BolangError, TypeError, ValueError, IndexError, AttributeError):
            continue
        return dict(zip(needed, values, strict=True))
    return None


BASES = {name: base for name, f in FUNCTIONS.items() if (base := base_of(f)) is not None}


def test_most_measures_are_tried():
    assert len(BASES) >= 0.8 * len(FUNCTIONS)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", BASES)
def test_no_argument_of_any_measure_ends_in_a_foreign_error(name):
    function, base = FUNCTIONS[name], BASES[name]
    for argument in inspect.signature(function).parameters:
        for value in (NO_NUMBERS | ODD).values():
            try:
                function(**{**base, argument: value})
            except BolangError:
                continue


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", NO_NUMBERS)
def test_what_is_no_array_of_numbers_is_never_taken_for_one(kind):
    for name, base in BASES.items():
        first = next(iter(base))
        with pytest.raises(BolangError):
            FUNCTIONS[name](**{**base, first: NO_NUMBERS[kind]})


def test_topsis_by_either_norm_against_a_case_worked_by_hand():
    # Two benefits, equal weights. By min-max: (0, 1), (1, 0), (1/2, 1/2), so all are equally far from best and worst.
    values = [[0.0, 10.0], [4.0, 0.0], [2.0, 5.0]]
    np.testing.assert_allclose(topsis(values, [1, 1], norm="minmax").score, [0.5, 0.5, 0.5])
    # By the vector norm the columns are divided by sqrt(20) and sqrt(125).
    a, b = np.array([0.0, 4.0, 2.0]) / np.sqrt(20) / 2, np.array([10.0, 0.0, 5.0]) / np.sqrt(125) / 2
    worst = np.hypot(a, b)
    best = np.hypot(a - a.max(), b - b.max())
    np.testing.assert_allclose(topsis(values, [1, 1]).score, worst / (worst + best))


def test_topsis_by_min_max_does_not_depend_on_units():
    scaled = TABLE * [1.0, 100.0, 1e4, 1e-3] + [5.0, 0.0, 7.0, 1.0]
    np.testing.assert_allclose(
        topsis(scaled, [1, 2, 3, 4], norm="minmax").score, topsis(TABLE, [1, 2, 3, 4], norm="minmax").score
    )
    with pytest.raises(BolangError):
        topsis(TABLE, [1, 1, 1, 1], norm="euclid")
