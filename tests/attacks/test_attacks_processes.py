"""Using bolang twice, from copies of a process, and beside its own modules of the same name."""

import importlib
import multiprocessing
import pkgutil
import types

import pytest

import bolang as bl
from bolang.foundation.forks import ForkedError


def load(name):
    """Import a module; one whose extra is not installed here is passed over."""
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("bolang"):
            raise


def test_public_names_stay_functions_and_classes_after_their_modules_are_loaded():
    before = {name: getattr(bl, name) for name in bl._PUBLIC}
    for module in pkgutil.iter_modules(bl.__path__, "bolang."):
        if not module.name.endswith("__main__"):
            load(module.name)
    assert not [name for name in bl._PUBLIC if isinstance(getattr(bl, name), types.ModuleType)]
    assert {name: getattr(bl, name) for name in bl._PUBLIC} == before
    assert not {module.name for module in pkgutil.iter_modules(bl.__path__)} & bl._PUBLIC.keys()


@pytest.mark.slow
def test_two_reports_in_one_process():
    atlas = bl.Atlas(False)
    first, second = (bl.report(name, atlas) for name in ("义乌市", "漠河市"))
    assert (first.county.name, second.county.name) == ("义乌市", "漠河市")


def counted(_):
    return len(bl.Atlas(False).counties)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="forks of POSIX")
def test_a_fork_after_use_is_told_so_instead_of_waiting_for_ever():
    assert counted(0) > 0
    with multiprocessing.get_context("fork").Pool(1) as pool, pytest.raises(ForkedError):
        pool.map_async(counted, [0]).get(60)


def test_processes_started_anew_answer():
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map_async(counted, range(2)).get(120) == [counted(0)] * 2
