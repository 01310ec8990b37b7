"""Names of keys in both languages, as registry data: read from a package's ``names.yaml`` when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from bolang.foundation.text import Text


class Names(Mapping[str, Text]):
    """One group of names, such as the units.

    Parameters
    ----------
    package : str
        Dotted name of the package that holds ``names.yaml``.
    group : str
        Key of the group in it.
    """

    def __init__(self, package: str, group: str) -> None:
        self._package, self._group = package, group

    def __getitem__(self, key: str) -> Text:
        return self._names[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @property
    def _names(self) -> Mapping[str, Text]:
        return _groups(self._package)[self._group]


@cache
def _groups(package: str) -> Mapping[str, Mapping[str, Text]]:
    import yaml

    text = resources.files(package).joinpath("names.yaml").read_text(encoding="utf-8")
    read = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {group: {key: Text(**said) for key, said in names.items()} for group, names in read.items()}
