"""Scenarios: which levers are pulled where, which shocks arrive, who may move; from Python or from a YAML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bolang.atlas import County
from bolang.economy.lever_catalogue import lever
from bolang.economy.migration import Closure
from bolang.errors import BadInputError
from bolang.text import tr


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class LeverUse(_Model):
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
    scale: float = Field(default=1.0, ge=0)

    @field_validator("lever")
    @classmethod
    def _known(cls, name: str) -> str:
        return lever(name).key


class TradeShock(_Model):
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


class Scenario(_Model):
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
    seed: int = 0
    name: str = ""

    def __init__(self, county: str | County | None = None, /, **fields: Any) -> None:
        if county is not None:
            fields["county"] = county
        if isinstance(fields.get("county"), County):
            fields["county"] = fields["county"].code
        fields["levers"] = tuple(_as_use(use) for use in fields.get("levers", ()))
        fields["county"] = str(fields["county"]) if "county" in fields else None
        try:
            super().__init__(**fields)
        except ValidationError as error:
            raise _unusable(error) from error

    @classmethod
    def from_file(cls, path: str | Path) -> Scenario:
        """Read a YAML file.

        Raises
        ------
        BadInputError
            If the file cannot be read, is not a mapping, or has a field that a scenario does not know.
        """
        import yaml

        try:
            content = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise BadInputError(
                tr(f"无法读取情景文件 {path}：{error.strerror}。", f"Cannot read {path}: {error}.")
            ) from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise BadInputError(tr(f"{path} 不是有效的 YAML：{error}", f"{path} is not valid YAML: {error}")) from error
        if not isinstance(content, dict):
            raise BadInputError(
                tr(f"{path} 应为“字段: 值”的形式。", f"{path} must be a mapping of fields."),
                tr("至少需要 county 与 levers 或 shocks。", "It needs county, and levers or shocks."),
            )
        return cls(**{str(key): value for key, value in content.items()})


def _as_use(use: object) -> object:
    return {"lever": use} if isinstance(use, str) else use


def _unusable(error: ValidationError) -> BadInputError:
    problems = "; ".join(
        f"{'.'.join(str(part) for part in e['loc']) or '-'}: {e['msg'].removeprefix('Value error, ')}"
        for e in error.errors()
    )
    known = ", ".join(Scenario.model_fields)
    return BadInputError(
        tr(f"情景设定有误：{problems}。", f"The scenario is not usable: {problems}."),
        tr(f"可用字段：{known}。", f"Known fields: {known}."),
    )


def showcases() -> Sequence[str]:
    """Return the names of the scenarios that ship with the package."""
    from importlib import resources

    folder = resources.files("bolang.economy").joinpath("showcases")
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
    text = resources.files("bolang.economy").joinpath("showcases", f"{name}.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    return Scenario(**{**content, **({"county": county} if county else {})})
