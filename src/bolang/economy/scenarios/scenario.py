"""Scenarios: which levers are pulled where, which shocks arrive, who may move; from Python or from a YAML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator, model_validator

from bolang.atlas import Atlas, County
from bolang.economy.core.migration import Closure
from bolang.economy.levers.catalogue import lever
from bolang.foundation import checks
from bolang.foundation.errors import BadInputError
from bolang.foundation.plain import line
from bolang.foundation.text import Text, tr
from bolang.foundation.yaml_door import read_yaml_file

LARGEST_EFFECT = 0.9
LARGEST_MARKET = 5.0
LARGEST_CHANGE = 5.0
LARGEST_SCALE = 100.0
LONGEST_NAME = 200
"""Ends of what a scenario may ask for; beyond them a figure is more likely a slip (15 for 15 %) than a question."""


class _ScenarioModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False)

    def __init__(self, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise _unusable(error, type(self)) from error


class LeverUse(_ScenarioModel):
    """A lever pulled in one county, or in all counties of a province.

    Attributes
    ----------
    lever : str
        Key or label.
    county, province : str, optional
        Where; the scenario's county if both are left out.
    effect : float, optional
        Size of the effect instead of the lever's distribution, as a fraction.
    scale : float
        Multiplies effect and cost.
    """

    lever: str
    county: str | None = None
    province: str | None = None
    effect: float | None = None
    scale: float = Field(default=1.0, ge=0, le=LARGEST_SCALE)

    @field_validator("lever")
    @classmethod
    def _known(cls, name: str) -> str:
        return lever(name).key

    @model_validator(mode="after")
    def _sensible(self) -> LeverUse:
        size = 0.0 if self.effect is None else self.effect * self.scale
        if lever(self.lever).mechanism == "hub":
            if not 0 <= size <= LARGEST_MARKET:
                raise ValueError(
                    tr(
                        f"市场规模应在 0 至 {LARGEST_MARKET:g} 倍义乌之间",
                        f"a market has 0 to {LARGEST_MARKET:g} times Yiwu's size",
                    )
                )
        elif not -LARGEST_EFFECT <= size <= LARGEST_EFFECT:
            raise ValueError(
                tr(f"效应 {size:g} 过大；10% 应写作 0.1 或 10%", f"an effect of {size:g} is too large; 10 % is 0.1")
            )
        if self.county is not None and self.province is not None:
            raise ValueError(tr("county 与 province 只能给一个", "give a county or a province, not both"))
        return self


class TradeShock(_ScenarioModel):
    """A shock from outside.

    Attributes
    ----------
    kind : {'tariff', 'own_tariff', 'foreign_demand', 'sea_freight', 'port_closed', 'market_closed'}
        Tariff of a region on our goods, or ours on its goods; foreign demand; international freight cost; a closed port
        or crossing; a closed wholesale market.
    region : str, optional
        Foreign region (key or name); all of them if left out.
    change : float
        Rate of the tariff, or relative change.
    place : str, optional
        The port or crossing, or the county of the market, that closes.
    """

    kind: Literal["tariff", "own_tariff", "foreign_demand", "sea_freight", "port_closed", "market_closed"]
    region: str | None = None
    change: float = 0.0
    place: str | None = None

    @model_validator(mode="after")
    def _sensible(self) -> TradeShock:
        if self.kind in ("port_closed", "market_closed"):
            if not self.place:
                raise ValueError(tr(f"{self.kind} 需要给出 place", f"{self.kind} needs a place"))
        elif not -1 < self.change <= LARGEST_CHANGE:
            raise ValueError(
                tr(
                    f"change 应大于 -1、不超过 {LARGEST_CHANGE:g}（25% 写作 0.25），现为 {self.change:g}",
                    f"change must be above -1 and at most {LARGEST_CHANGE:g} (25 % is 0.25), not {self.change:g}",
                )
            )
        return self


class Scenario(_ScenarioModel):
    """What happens, and under which assumptions.

    Parameters
    ----------
    county : str or County
        The county that results are reported for; the first argument may be given by position.
    levers : list of LeverUse, or of lever names
    shocks : list of TradeShock
    edits : list of network edits
        From `bolang.space`: roads, railways, terminals, ports; only in Python.
    closure : {'national', 'province', 'fixed'}
        Who may move.
    draws : int
        Draws of effects and parameters for the intervals; 0 for none.
    seed : int
    name : str
        Title of the scenario.

    Examples
    --------
    >>> Scenario("义乌市", levers=["sea_rail"], closure="fixed", draws=0).levers[0].lever
    'sea_rail'
    """

    county: str
    levers: tuple[LeverUse, ...] = ()
    shocks: tuple[TradeShock, ...] = ()
    edits: tuple[Any, ...] = ()
    closure: Closure = "national"
    draws: int = Field(default=16, ge=0, le=200)
    seed: int = Field(default=0, ge=0, lt=2**32)
    name: str = ""
    _atlas: Atlas | None = PrivateAttr(default=None)

    def __init__(self, county: str | County | None = None, /, **fields: Any) -> None:
        if county is not None:
            fields["county"] = county
        carried = fields["county"].atlas if isinstance(fields.get("county"), County) else None
        if isinstance(fields.get("county"), County):
            fields["county"] = fields["county"].code
        for name in ("levers", "shocks", "edits"):
            fields[name] = _listed(fields.get(name))
        fields["levers"] = tuple({"lever": use} if isinstance(use, str) else use for use in fields["levers"])
        if fields.get("county") is not None:
            fields["county"] = checks.text(fields["county"], Text("县", "The county"), longest=checks.NAME)
        if fields.get("name"):
            fields["name"] = line(checks.text(fields["name"], Text("情景名", "The name"), longest=LONGEST_NAME))
        super().__init__(**fields)
        self._atlas = carried

    @property
    def atlas(self) -> Atlas | None:
        """The atlas that the county was taken from; None where the county was given by name."""
        return self._atlas

    @field_validator("edits")
    @classmethod
    def _of_the_network(cls, edits: tuple[Any, ...]) -> tuple[Any, ...]:
        if not all(callable(getattr(edit, "apply", None)) for edit in edits):
            raise ValueError(
                tr(
                    "应为 bolang.space 的路网改动对象，只能在 Python 中给出",
                    "edits are objects of bolang.space, in Python only",
                )
            )
        return edits

    def changed(self, **fields: Any) -> Scenario:
        """Return a scenario with other fields, checked like a new one.

        Examples
        --------
        >>> Scenario("义乌市", levers=["sea_rail"]).changed(draws=0).draws
        0
        """
        known = {name: getattr(self, name) for name in type(self).model_fields}
        return Scenario(**{**known, **fields})

    @classmethod
    def from_file(cls, path: str | Path) -> Scenario:
        """Read a YAML file.

        Raises
        ------
        BadInputError
            If the file cannot be read, is not a mapping, or has a field that a scenario does not know.
        """
        content = read_yaml_file(path)
        if not isinstance(content, dict):
            raise BadInputError(
                tr(f"{path} 应为“字段: 值”的形式。", f"{path} must be a mapping of fields."),
                tr("至少需要 county 与 levers 或 shocks。", "It needs county, and levers or shocks."),
            )
        return cls(**{str(key): value for key, value in content.items()})


def _listed(value: object) -> tuple[object, ...]:
    """Take one object for a list of one; None for none."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


_PROBLEMS_ZH = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这个字段",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "literal_error": "应为 {expected} 之一",
    "model_type": "应为“字段: 值”的形式",
    "model_attributes_type": "应为“字段: 值”的形式",
}


def _unusable(error: ValidationError, kind: type[_ScenarioModel]) -> BadInputError:
    found = error.errors()
    zh = "；".join(_problem(e, _problem_zh(e)) for e in found)
    en = "; ".join(_problem(e, e["msg"].removeprefix("Value error, ")) for e in found)
    unknown = any(e["type"] in ("extra_forbidden", "missing") for e in found)
    known = ", ".join(kind.model_fields)
    called = {"LeverUse": Text("抓手", "lever"), "TradeShock": Text("冲击", "shock")}.get(
        kind.__name__, Text("情景", "scenario")
    )
    return BadInputError(
        tr(f"{called.zh}设定有误：{zh}。", f"The {called.en} is not usable: {en}."),
        tr(f"{called.zh}的字段：{known}。", f"Fields of a {called.en}: {known}.") if unknown else "",
    )


def _problem(error: Any, said: str) -> str:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
    return f"{where}: {said}" if where else said


def _problem_zh(error: Any) -> str:
    template = _PROBLEMS_ZH.get(error["type"])
    if template is None:
        return str(error["msg"]).removeprefix("Value error, ")
    return template.format(**error.get("ctx", {})).replace(" or ", "、")


def showcases() -> Sequence[str]:
    """Return the names of the scenarios that ship with the package."""
    from importlib import resources

    folder = resources.files("bolang.economy.scenarios").joinpath("showcases")
    return sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml"))


def showcase(name: str, county: str | None = None) -> Scenario:
    """Return a scenario that ships with the package, for another county if one is given.

    Raises
    ------
    BadInputError
        If there is no such scenario.
    """
    from importlib import resources

    import yaml

    if name not in showcases():
        listed = ", ".join(showcases())
        raise BadInputError(
            tr(f"没有名为 {name!r} 的示例情景。", f"No showcase {name!r}."), tr(f"可选：{listed}", f"Choose: {listed}")
        )
    text = resources.files("bolang.economy.scenarios").joinpath("showcases", f"{name}.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    scenario = Scenario(**content)
    return scenario.changed(county=county) if county else scenario
