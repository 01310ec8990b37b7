"""The digest of the source: of a layer and of those below it, whole files under their names, and of nothing else."""

import hashlib
import sys

import pytest

from bolang.foundation import source


@pytest.fixture
def layers(monkeypatch):
    monkeypatch.setattr(source, "_folder_digest", lambda folder: f"<{folder.name}>")
    return lambda *names: hashlib.sha256("".join(f"<{name}>" for name in names).encode())


@pytest.mark.parametrize("position", range(len(source.MAKERS)))
def test_a_layer_stands_on_those_before_it(layers, position):
    names = [name.split("/")[-1] for name in source.MAKERS[: position + 1]]
    module = "bolang." + source.MAKERS[position].replace("/", ".")
    for name in (module, f"{module}.inner", f"{module}.inner.most"):
        assert source.source_digest.__wrapped__(name) == layers(*names).hexdigest()[:24]


@pytest.mark.parametrize("module", ["no.such.module", "nosuchmodule", "bolang.economy.corex", "__main__"])
def test_a_module_that_cannot_be_found_stands_for_its_name_on_all_layers(layers, module, monkeypatch):
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    whole = layers(*(name.split("/")[-1] for name in source.MAKERS))
    whole.update(module.encode())
    assert source.source_digest.__wrapped__(module) == whole.hexdigest()[:24]


@pytest.mark.parametrize("module", ["sys", "bolang.pages.report.say", "wave"])
def test_a_module_outside_the_layers_stands_for_its_own_text(layers, module):
    whole = layers(*(name.split("/")[-1] for name in source.MAKERS))
    found = __import__(module, fromlist=["x"])
    file = getattr(found, "__file__", None)
    if file is None:
        whole.update(module.encode())
    else:
        with open(file, "rb") as text:
            whole.update(text.read())
    assert source.source_digest.__wrapped__(module) == whole.hexdigest()[:24]


def test_a_folder_is_its_sources_under_their_names(tmp_path):
    def digest():
        return source._folder_digest.__wrapped__(tmp_path)

    empty = digest()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.yaml").write_bytes(b"1")
    (tmp_path / "a.py").write_bytes(b"2")
    both = digest()
    (tmp_path / "c.txt").write_bytes(b"3")
    (tmp_path / "d.pyc").write_bytes(b"3")
    assert digest() == both != empty
    whole = hashlib.sha256(b"a.py" + b"2" + b"in/b.yaml" + b"1")
    assert both == whole.hexdigest()
    (tmp_path / "a.py").rename(tmp_path / "z.py")
    assert digest() != both
