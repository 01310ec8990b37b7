"""What is made of an atlas is made once for each, however many there are, and goes with it."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from time import sleep

from bolang.atlas import Atlas
from bolang.atlas.kept import kept
from bolang.diagnosis.desk import _reader
from bolang.pathway.shared import national


def test_many_atlases_each_keep_their_own():
    made = []

    @kept
    def first(atlas):
        made.append(atlas)
        return [atlas]

    @kept
    def second(atlas):
        return (*first(atlas), "second")

    atlases = [Atlas(workspace=False) for _ in range(9)]
    for _ in range(3):
        assert [first(atlas) for atlas in atlases] == [[atlas] for atlas in atlases]
        assert [second(atlas)[0] for atlas in atlases] == atlases
    assert made == atlases


def test_two_threads_do_not_make_it_twice():
    made = []

    @kept
    def slow(atlas):
        made.append(atlas)
        sleep(0.05)
        return object()

    atlas = Atlas(workspace=False)
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(slow, [atlas] * 4))
    assert (len(found), made) == (1, [atlas])


def test_what_was_made_goes_with_the_atlas():
    class Thing:
        pass

    @kept
    def thing(atlas):
        return Thing()

    atlas = Atlas(workspace=False)
    seen = weakref.ref(thing(atlas))
    assert seen() is not None
    del atlas
    gc.collect()
    assert seen() is None


def test_what_answers_for_an_atlas_is_built_once():
    atlases = [Atlas(workspace=False) for _ in range(3)]
    for make in (national, _reader):
        built = [make(atlas) for atlas in atlases]
        assert [make(atlas) for atlas in atlases] == built
        assert len(set(map(id, built))) == 3
