"""The policy register: what is in place in a county, since when, who decides, and what nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from bolang.atlas import store
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr

if TYPE_CHECKING:
    from bolang.atlas.atlas import Atlas
    from bolang.atlas.model import County

State = Literal["in_place", "absent", "unknown", "not_applicable"]
Decider = Literal["county", "prefecture", "province", "state"]
ANSWER = "policy_"
"""A figure ``policy_<key>`` in the workspace is the user's answer: 0 for not in place, otherwise in place since its year."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy of the register.

    Attributes
    ----------
    decider : str
        Who decides on it.
    inherits : bool
        Whether a row of the prefecture or province holds for its counties.
    complete : bool
        Whether not being on the list is a fact, outside the provinces `unlisted`.
    unlisted : tuple of str
        Two-digit codes of provinces on which the list says nothing.
    counties_only : bool
        Whether the policy does not concern urban districts.
    gateways : tuple of str
        Kinds of gateway of the network that put it in place in the county where they lie.
    since, source
        Of a national policy that is in place everywhere.
    """

    key: str
    label: Text
    decider: Decider
    inherits: bool = False
    complete: bool = False
    unlisted: tuple[str, ...] = ()
    counties_only: bool = False
    gateways: tuple[str, ...] = ()
    since: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class PolicyState:
    """One policy in one county.

    Attributes
    ----------
    state : {'in_place', 'absent', 'unknown', 'not_applicable'}
    since : int or None
        First year, where the list has it.
    since_verified : bool
        Whether the year was read on a page; a recalled one is unverified.
    details : tuple of str
        What the list says: name of the zone, of the market.
    source : str
    verified : bool
        Whether the entry was read on a page. An entry that was only recalled shows as unverified.
    list_complete : bool
        Whether the list covers this county, so that an absence is a fact.
    origin : {'built-in', 'workspace'}
        Whether the state is the user's own answer.
    level : {'county', 'prefecture', 'province', 'nation'}
        For whom the entry was made.
    around : str
        What the prefecture or province has, where the list does not say which of its counties it reaches: the name of a zone.
    around_since : int or None
        Its first year.
    """

    policy: Policy
    state: State
    since: int | None = None
    since_verified: bool = False
    details: tuple[str, ...] = ()
    source: str = ""
    verified: bool = True
    list_complete: bool = False
    origin: Literal["built-in", "workspace"] = "built-in"
    level: Literal["county", "prefecture", "province", "nation"] = "county"
    around: str = ""
    around_since: int | None = None

    @property
    def key(self) -> str:
        """Key of the policy."""
        return self.policy.key

    @property
    def decider(self) -> Decider:
        """Who decides."""
        return self.policy.decider


@cache
def policies() -> Mapping[str, Policy]:
    """Return the policies of the register by key."""
    import yaml

    text = resources.files("bolang.atlas").joinpath("policies.yaml").read_text(encoding="utf-8")
    return {key: _policy(key, spec) for key, spec in yaml.safe_load(text).items()}


def _policy(key: str, spec: Mapping[str, Any]) -> Policy:
    national = spec.get("national", {})
    return Policy(
        key=key,
        label=Text(spec["zh"], spec["en"]),
        decider=spec["decider"],
        inherits=spec.get("inherits", False),
        complete=spec.get("complete", False),
        unlisted=tuple(spec.get("except", ())),
        counties_only=spec.get("counties_only", False),
        gateways=tuple(spec.get("gateways", ())),
        since=national.get("since"),
        source=national.get("source", ""),
    )


class Register:
    """The policy register of an atlas; the user's own answers win.

    Parameters
    ----------
    atlas : Atlas
        Its workspace may hold answers.
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    def of(self, county: str | County) -> Mapping[str, PolicyState]:
        """Return the state of every policy in a county, by key."""
        place = self.atlas.county(county)
        return {key: self._state(policy, place) for key, policy in policies().items()}

    def state(self, county: str | County, key: str) -> PolicyState:
        """Return the state of one policy in a county.

        Raises
        ------
        BadInputError
            If the register has no such policy.
        """
        if key not in policies():
            known = ", ".join(policies())
            raise BadInputError(
                tr(f"登记册中没有政策 {key!r}。", f"The register has no policy {key!r}."),
                tr(f"现有：{known}。", f"Known: {known}."),
            )
        return self._state(policies()[key], self.atlas.county(county))

    def _state(self, policy: Policy, place: County) -> PolicyState:
        answer = self._answer(policy, place)
        if answer is not None:
            return answer
        if policy.since is not None:
            return PolicyState(
                policy,
                "in_place",
                policy.since,
                since_verified=True,
                source=policy.source,
                list_complete=True,
                level="nation",
            )
        if policy.counties_only and place.kind == "district":
            return PolicyState(policy, "not_applicable")
        gate = self._gates.get(place.code)
        if gate is not None and gate["kind"] in policy.gateways:
            return PolicyState(policy, "in_place", details=(gate["name_zh"],), source=gate["source"])
        covered = policy.complete and place.code[:2] not in policy.unlisted
        codes = (place.code, place.prefecture_code, place.province_code) if policy.inherits else (place.code,)
        for level, code in zip(("county", "prefecture", "province"), codes, strict=False):
            rows = self._rows.get((code, policy.key))
            if rows:
                return _in_place(policy, rows, covered, level)  # type: ignore[arg-type]
        return PolicyState(policy, "absent", list_complete=True) if covered else self._unknown(policy, place)

    def _unknown(self, policy: Policy, place: County) -> PolicyState:
        """Return the state of a county on which the list says nothing, with what it says of the area around."""
        areas: tuple[tuple[Literal["prefecture", "province"], str], ...] = (
            ("prefecture", place.prefecture_code),
            ("province", place.province_code),
        )
        for level, code in areas:
            rows = self._rows.get((code, policy.key))
            if rows:
                found = _in_place(policy, rows, False, level)
                name, since = next(iter(found.details), ""), found.since
                return PolicyState(policy, "unknown", source=found.source, around=name, around_since=since, level=level)
        return PolicyState(policy, "unknown")

    def _answer(self, policy: Policy, place: County) -> PolicyState | None:
        own = self.atlas.workspace.figures(place.code, ANSWER + policy.key) if self.atlas.workspace else []
        if not own:
            return None
        figure = own[0]
        since = figure.year if figure.value else None
        return PolicyState(
            policy,
            "in_place" if figure.value else "absent",
            since,
            since_verified=True,
            source=figure.source,
            list_complete=True,
            origin="workspace",
        )

    @cached_property
    def _gates(self) -> Mapping[str, dict[str, Any]]:
        kinds = {kind for policy in policies().values() for kind in policy.gateways}
        return {row["code"]: row for row in store.load("gateways").iter_rows(named=True) if row["kind"] in kinds}

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], list[dict[str, Any]]]:
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in store.load("policies").iter_rows(named=True):
            found.setdefault((row["code"], row["policy"]), []).append(row)
        return found


def _in_place(
    policy: Policy,
    rows: list[dict[str, Any]],
    covered: bool,
    level: Literal["county", "prefecture", "province"],
) -> PolicyState:
    """Put the rows of one place together: what was read on a page wins, then the earliest year."""
    verified = any(row["verified"] for row in rows)
    kept = [row for row in rows if row["verified"] or not verified]
    dated = sorted((row for row in rows if row["year"]), key=lambda r: (not r["year_verified"], r["year"]))
    first = dated[0] if dated else None
    return PolicyState(
        policy,
        "in_place",
        since=first["year"] if first else None,
        since_verified=bool(first and first["year_verified"]),
        details=tuple(dict.fromkeys(row["detail"] for row in kept if row["detail"])),
        source=kept[0]["source"],
        verified=verified,
        list_complete=covered,
        level=level,
    )
