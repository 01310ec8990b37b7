"""Errors are what they are called, travel whole between processes, and are caught by those who know only Python's own."""

import copy
import pickle

import pytest

from bolang.foundation import errors
from bolang.foundation.errors import AmbiguousPlaceError, BadInputError, BolangError

KINDS = {
    errors.BadInputError: ValueError,
    errors.ParameterError: ValueError,
    errors.ConvergenceError: ArithmeticError,
    errors.ScarceMemoryError: MemoryError,
    errors.OutputError: OSError,
    errors.MissingFactError: BolangError,
    errors.UnknownPlaceError: BolangError,
    errors.UnknownIndicatorError: BolangError,
}


@pytest.mark.parametrize(("kind", "known"), KINDS.items(), ids=lambda kind: kind.__name__)
def test_an_error_is_the_one_that_python_knows_and_comes_back_whole(kind, known):
    made = kind("Wrong.", "Do this.")
    assert isinstance(made, known)
    assert isinstance(made, BolangError)
    for back in (pickle.loads(pickle.dumps(made)), copy.copy(made)):
        assert (type(back), back.message, back.hint, str(back), back.args) == (
            kind,
            "Wrong.",
            "Do this.",
            str(made),
            made.args,
        )
    made.note = "more"
    assert pickle.loads(pickle.dumps(made)).note == "more"


def test_the_units_that_share_a_name_travel_with_the_error():
    back = pickle.loads(pickle.dumps(AmbiguousPlaceError("Which?", "Name one.", iter(["a", "b"]))))
    assert (back.candidates, back.message, back.hint) == (("a", "b"), "Which?", "Name one.")
    assert AmbiguousPlaceError("Which?").candidates == ()
    assert AmbiguousPlaceError("Which?").hint == ""


def test_an_error_says_its_hint_behind_its_message():
    assert str(BadInputError("Wrong.", "Do this.")) == "Wrong. Do this."
    assert str(BadInputError("Wrong.")) == "Wrong."
