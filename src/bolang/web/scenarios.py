"""A scenario as an address holds it: `sea_rail:10,tariff:north_america:25,closure:province`; up to four, apart by `;`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from bolang.economy.core.migration import Closure
from bolang.economy.levers.catalogue import levers
from bolang.foundation.text import Text, join, same
from bolang.foundation.units import exact_digits, exact_text, number_text
from bolang.web.fields import Form, number, one, several
from bolang.web.refusals import refuse
from bolang.wording import load

if TYPE_CHECKING:
    from bolang.atlas import Atlas, County
    from bolang.economy import Scenario

WORDS = load("web_scenario")
CHANGES = ("tariff", "own_tariff", "foreign_demand", "sea_freight")
"""Shocks of a size, from one region abroad or from all of them."""
CLOSED = ("port_closed", "market_closed")
"""Shocks at a place."""
LINES = ("road", "rail", "faster_road", "faster_rail")
"""Changes of the network between two places; the size is the length in km, or what is saved in %."""
STATIONS = ("terminal", "dry_port", "terminal_closed")
"""Changes of the network at one place."""
AROUND = "around_africa"
CLOSURES: tuple[str, ...] = get_args(Closure)
DRAWS = (0, 8, 16, 32)
EVERYWHERE = "all"
MOST_PARTS, MOST_SCENARIOS, LONGEST = 16, 4, 900
_RESERVED = ":,;"


@dataclass(frozen=True)
class ScenarioPart:
    """One lever, shock or change of the network, with its place or places and its size."""

    kind: str
    places: tuple[str, ...] = ()
    size: float | None = None

    @property
    def text(self) -> str:
        """As it stands in an address."""
        sized = () if self.size is None else (f"{self.size:g}",)
        return ":".join((self.kind, *self.places, *sized))

    @property
    def label(self) -> Text:
        """What a reader is told that happens."""
        size = same("" if self.size is None else exact_text(self.size))
        if self.kind in levers():
            name = levers()[self.kind].label.text
            return name if self.size is None else WORDS("lever.sized", lever=name, size=size)
        if self.kind in CHANGES:
            signed = same(number_text(self.size or 0, exact_digits(self.size or 0), signed=True))
            return WORDS(f"part.{self.kind}", region=region_label(self.places[0]), size=signed)
        known = dict(zip(("first", "second"), map(same, self.places), strict=False))
        key = f"part.{self.kind}" + (".sized" if self.kind in LINES and self.size is not None else "")
        return WORDS(key, **known, **({"size": size} if self.size is not None else {}))


@dataclass(frozen=True)
class AskedScenario:
    """A scenario that somebody asked for: checked, and the same text for the same wish."""

    parts: tuple[ScenarioPart, ...]
    closure: str = "national"
    draws: int = 16

    @property
    def text(self) -> str:
        """As it stands in an address."""
        listed = [part.text for part in self.parts]
        listed += [] if self.closure == "national" else [f"closure:{self.closure}"]
        listed += [] if self.draws == 16 else [f"draws:{self.draws}"]
        return ",".join(listed)

    @property
    def label(self) -> Text:
        """What a reader is told that happens, parts joined."""
        said = join([part.label for part in self.parts], "、", ", ")
        if self.closure == "national":
            return said
        return WORDS("label.closure", parts=said, closure=WORDS(f"closure.{self.closure}"))

    @classmethod
    def from_text(cls, text: str) -> AskedScenario:
        """Read a scenario from an address.

        Raises
        ------
        BadInputError
            If a part is not known or lacks its place or size.
        """
        if len(text) > LONGEST:
            raise refuse("scenario.long")
        parts, closure, draws = [], "national", 16
        for piece in filter(None, (piece.strip() for piece in text.split(","))):
            kind, *rest = [item.strip() for item in piece.split(":")]
            if kind == "closure" and len(rest) == 1 and rest[0] in CLOSURES:
                closure = rest[0]
            elif kind == "draws" and len(rest) == 1:
                draws = int(_size(rest[0], 0, max(DRAWS), kind) or 0)
            else:
                parts.append(_part(kind, rest))
        return cls(_checked(parts), closure, draws)

    @classmethod
    def from_form(cls, form: Form) -> AskedScenario:
        """Read a scenario from the form; what is left empty does not happen."""
        parts = [_part(key, [size] if (size := one(form, f"size_{key}")) else []) for key in several(form, "lever")]
        for kind in CHANGES:
            pairs = zip(several(form, f"{kind}_region"), several(form, kind), strict=False)
            parts += [_part(kind, [region or EVERYWHERE, change]) for region, change in pairs if change]
        for kind in CLOSED:
            parts += [_part(kind, [place]) for place in several(form, kind) if place]
        columns = (several(form, f"edit{field}") for field in ("", "_first", "_second", "_size"))
        for kind, first, second, size in zip(*columns, strict=False):
            if kind:
                parts.append(_part(kind, [item for item in (first, second, size) if item]))
        closure = one(form, "closure") or "national"
        if closure not in CLOSURES:
            raise refuse("scenario.closure")
        draws = number(one(form, "draws") or "16", 0, max(DRAWS), "draws")
        return cls(_checked(parts), closure, int(draws or 0))

    def of(self, kind: str) -> list[ScenarioPart]:
        """Return the parts of a kind."""
        return [part for part in self.parts if part.kind == kind]

    def check(self, atlas: Atlas) -> None:
        """Find every place before any long work starts.

        Raises
        ------
        UnknownPlaceError, AmbiguousPlaceError, BadInputError
            If a place or a size is not usable.
        """
        from bolang.space.gateways import find_gateway

        for part in self.parts:
            if part.kind == "port_closed":
                find_gateway(atlas, part.places[0])
            elif part.kind in ("market_closed", *STATIONS):
                atlas.county(part.places[0])

    def scenario(self, county: County) -> Scenario:
        """Return the scenario of a county."""
        from bolang.economy import Scenario

        return Scenario(county, **self._fields())

    def _fields(self) -> dict[str, Any]:
        return {
            "levers": [_use(part) for part in self.parts if part.kind in levers()],
            "shocks": [shock for part in self.parts if (shock := _shock(part))],
            "edits": [edit for part in self.parts if (edit := _edit(part))],
            "closure": self.closure,
            "draws": self.draws,
        }

    def command(self, code: str) -> str:
        """Return the command that gives the same result; empty where the terminal has no option for a part."""
        flags = {"tariff": "tariff", "foreign_demand": "demand", "sea_freight": "freight"}
        said = [f"bolang simulate {code}"]
        for part in self.parts:
            if part.kind in levers():
                said.append(f"--lever {part.kind}" + ("" if part.size is None else f"={part.size:g}%"))
            elif part.kind in flags:
                said.append(f"--{flags[part.kind]} {part.places[0]}={part.size:g}%")
            elif part.kind in CLOSED:
                said.append(f"--{'close' if part.kind == 'port_closed' else 'close-market'} '{part.places[0]}'")
            else:
                return ""
        return " ".join([*said, f"--closure {self.closure}", f"--draws {self.draws}"])

    def python(self, code: str) -> str:
        """Return the Python that gives the same result."""
        fields = self._fields()
        kinds = sorted({type(edit).__name__ for edit in fields["edits"]})
        head = [f"from bolang.space import {', '.join(kinds)}"] if kinds else []
        named = "".join(f", {key}={value!r}" for key, value in fields.items() if value != [])
        return "\n".join([*head, f'found = bl.simulate(bl.Scenario("{code}"{named}))', "print(found.explain())"])


def scenarios_of(text: str) -> list[AskedScenario]:
    """Read the scenarios of an address, in order, none twice.

    Raises
    ------
    BadInputError
        If there are more than can be compared.
    """
    found = list(dict.fromkeys(AskedScenario.from_text(piece) for piece in text.split(";") if piece.strip()))
    if len(found) > MOST_SCENARIOS:
        raise refuse("scenario.many", most=MOST_SCENARIOS)
    return found


def joined(found: Iterable[AskedScenario]) -> str:
    """Return scenarios as one address."""
    return ";".join(scenario.text for scenario in found)


def regions() -> dict[str, Text]:
    """Return the regions abroad by key, all of them first."""
    from bolang.economy.calibration.calibration import parameters

    listed: Any = parameters()["foreign_regions"].value
    return {EVERYWHERE: WORDS("region.all"), **{key: Text(item["zh"], item["en"]) for key, item in listed.items()}}


def region_label(key: str) -> Text:
    """Return the name of a region abroad."""
    return regions()[key]


def _checked(parts: list[ScenarioPart]) -> tuple[ScenarioPart, ...]:
    found = tuple(dict.fromkeys(parts))
    if not found:
        raise refuse("scenario.empty")
    if len(found) > MOST_PARTS:
        raise refuse("scenario.parts", most=MOST_PARTS)
    return found


def _part(kind: str, rest: list[str]) -> ScenarioPart:
    """Read one part from its pieces."""
    for item in rest:
        if any(sign in item for sign in _RESERVED) or len(item) > 60:
            raise refuse("scenario.part", part=kind[:40])
    if kind in levers() and len(rest) <= 1:
        return ScenarioPart(kind, (), _size(rest[0], -90, 500, kind) if rest else None)
    if kind in CHANGES and len(rest) == 2 and rest[0] in regions():
        return ScenarioPart(kind, (rest[0],), _size(rest[1], -90, 500, kind))
    if kind in (*CLOSED, *STATIONS) and len(rest) == 1 and rest[0]:
        return ScenarioPart(kind, (rest[0],))
    if kind in LINES and len(rest) in (2, 3):
        low, high = (1, 3000) if kind in ("road", "rail") else (1, 80)
        size = _size(rest[2], low, high, kind) if len(rest) == 3 else None
        return ScenarioPart(kind, (rest[0], rest[1]), size if size or kind in ("road", "rail") else 20.0)
    if kind == AROUND and not rest:
        return ScenarioPart(kind)
    raise refuse("scenario.part", part=kind[:40])


def _size(given: str, low: float, high: float, kind: str) -> float | None:
    return number(given, low, high, kind)


def _use(part: ScenarioPart) -> dict[str, Any]:
    return {"lever": part.kind} if part.size is None else {"lever": part.kind, "effect": part.size / 100}


def _shock(part: ScenarioPart) -> dict[str, Any] | None:
    if part.kind in CHANGES:
        region = None if part.places[0] == EVERYWHERE else part.places[0]
        return {"kind": part.kind, "region": region, "change": (part.size or 0.0) / 100}
    return {"kind": part.kind, "place": part.places[0]} if part.kind in CLOSED else None


def _edit(part: ScenarioPart) -> Any:
    from bolang import space

    if part.kind in LINES:
        first, second = part.places
        layer: Any = "rail" if part.kind.endswith("rail") else "road"
        if part.kind in ("road", "rail"):
            return space.AddLink(first, second, layer, part.size)
        return space.UpgradeLink(first, second, layer, 1 - (part.size or 0.0) / 100)
    if part.kind == AROUND:
        return space.AvoidSuez()
    makers = {
        "terminal": space.OpenSeaRailTerminal,
        "dry_port": space.OpenDryPort,
        "terminal_closed": space.CloseTerminal,
    }
    return makers[part.kind](part.places[0]) if part.kind in makers else None
