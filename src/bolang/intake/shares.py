"""Figures that say what part one thing is of another: structure of output, contributions, points of growth, shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bolang.intake import phrases
from bolang.intake.around import is_fiscal
from bolang.intake.discourse import UNDATED, Discourse, Found, Left
from bolang.intake.figures import Numeral, last_digit
from bolang.intake.readings import Reason
from bolang.intake.scope.grounds import Grounds, ParentRule
from bolang.intake.scope.parent import structure_of_gdp
from bolang.intake.subjects import Subject, phrase_before
from bolang.intake.times import Time
from bolang.intake.vocabulary import TermMatch, vocabulary

_SECTORS = ("gdp_primary", "gdp_secondary", "gdp_tertiary")
_PARTS_OF_GDP = (*_SECTORS, "value_added_industry", "private_economy", "nonpublic_economy")
_STRUCTURE = re.compile(r"产业结构|三次产业|三产|结构比|产业比|(?:一|三)、?二?、?三?产业比|构成")


class ShareReader(Discourse):
    """Reads parts of a whole, and puts down what was found; see `Discourse` for the parameters."""

    found: list[Found]
    left: list[Left]
    share_of = ""  # the share whose earlier value the last figure gave: 由38.9%提高到|40.7%

    # ------------------------------------------------------------ kinds of figures
    def _structure(self, before: str, group: list[Numeral]) -> bool:
        """Read the shares of the three sectors: 3.1:45.2:51.7, also 由上年的…调整为…."""
        terms = group[0].ratio or tuple(figure.value for figure in group)
        percent = bool(group[0].ratio) or all(f.unit and f.unit.dimension == "percent" for f in group)
        if len(terms) != 3 or not percent or abs(sum(terms, Decimal(-100))) > Decimal("0.6"):
            return False
        if re.search(r"贡献|拉动|增长|下降", phrases.last_clause(before)):
            return False
        if not self.memory.shares and not structure_of_gdp(phrases.last_clause(before), self.memory.head):
            self._leave(group, before, "share")
            return True
        if not (
            _STRUCTURE.search(before)
            or self.memory.shares
            or (group[0].ratio and self.memory.head in ("gdp", *_SECTORS))
        ):
            return False
        if UNDATED.search(before):
            self._leave(group, before, "undated")
            self.memory.shares = True
            return True
        time, remarks = self.earlier(before)
        for name, term, figure in zip(_SECTORS, terms, group if not group[0].ratio else [group[0]] * 3, strict=True):
            digit = last_digit(term)
            grounds = self._grounds((), remarks)
            self.found.append(Found(f"{name}_share", term, "%", time, (), figure, digit, remarks, grounds))
        self.memory.subjects = [Subject("", (TermMatch(vocabulary()[name], False),)) for name in _SECTORS]
        self.memory.shares = True
        return True

    def _points(self, before: str, group: list[Numeral], nested: bool) -> None:
        pull = phrases.PULL.search(before)
        if pull and group[0].unit and group[0].unit.dimension == "points":
            head = re.sub(r"(?:对|使|给)[^，]{0,14}$", "", before[: pull.start()])
            subjects = self.note_subject(head, len(group), nested)
            if phrases.pulls_down(pull.group()):
                group = [replace(figure, value=-abs(figure.value)) for figure in group]
            if self._attach(subjects, group, "_pull", "百分点"):
                return
            return self._leave(group, before, "outside")
        reason: Reason = (
            "comparison" if re.search(r"高于|低于|快于|慢于|高出|低出|平均|快|慢|领先", before) else "change"
        )
        return self._leave(group, before, reason)

    def _part(self, before: str, group: list[Numeral], nested: bool) -> bool:
        """Read contributions and shares; leave fulfilments of a budget. False if the figure is none of these."""
        contribution = phrases.CONTRIBUTION.search(before)
        if contribution:
            head = re.sub(r"(?:对|使|给)[^，]{0,14}$", "", before[: contribution.start()])
            subjects = self.note_subject(head, len(group), nested)
            if not self._attach(subjects, group, "_contribution", "%"):
                self._leave(group, before, "outside")
            return True
        weight = phrases.WEIGHT.search(before)
        if weight:
            return self._share(before, weight, group, nested)
        taxed = [subject.first and subject.first.name for subject in self.memory.subjects] == ["tax_revenue"]
        if taxed and self.memory.head == "fiscal_revenue" and re.fullmatch(r"，占比?(?:为|达到?)?", before):
            self._add("tax_share", group[0], "%", (), ())
            return True
        share = phrases.SHARE.search(before)
        if share and "占比" not in share.group():
            return self._share(before, share, group, nested)
        if phrases.COMPLETION.search(before) or before.strip() in ("的", "的比例", "，的"):
            self._leave(group, before, "target" if before.strip() != "的" else "share")
            return True
        return False

    def _share(self, before: str, share: re.Match[str], group: list[Numeral], nested: bool) -> bool:
        of = share.groupdict().get("of", "地区生产总值")
        whole = phrases.strip_phrase(of) or self.memory.whole
        self.memory.whole = whole
        if re.search(r"预算(?:数|的)?$|任务|目标|计划", of):
            self._leave(group, before, "target")
            return True
        subjects = self.note_subject(before[: share.start()], len(group), nested)
        kept = self._kept_share(subjects, whole, before)
        if not kept:
            self._leave(group, before, "share")
            return True
        self.memory.shares = False
        time, remarks = self.earlier(share.group())
        if share.group("start"):
            self.share_of = kept[-1]
        if UNDATED.search(share.group()):
            self._leave(group, before, "undated")
            return True
        for name, figure in zip(kept, group, strict=True):
            self._add(name, figure, "%", (), (*remarks, *self._distribution(subjects)), time)
        return True

    def _kept_share(self, subjects: Sequence[Subject], whole: str, before: str) -> list[str]:
        """Return the indicators of these shares of a whole; none if one of them is not kept."""
        of = {match.indicator.name for match in vocabulary().find(whole)}
        names = [subject.first.name if subject.first else "" for subject in subjects]
        if of & {"gdp"} and all(name in _PARTS_OF_GDP for name in names):
            return [f"{name}_share" for name in names]
        if names == ["tax_revenue"] and (
            of & {"fiscal_revenue"} or (whole == "收入" and self.memory.head != "fiscal_total_revenue")
        ):
            return ["tax_share"]
        if names == ["population_resident_urban"] and re.fullmatch(
            r"(?:全[县市区旗])?(?:总|常住)?(?:人口)?(?:总数)?", whole
        ):
            return ["urbanisation"]
        if len(subjects) == 1 and re.search(r"城镇化率", before):
            return ["urbanisation_registered" if "户籍" in before else "urbanisation"]
        return []

    def _replacing(self, before: str, group: list[Numeral]) -> bool:
        """Read the value that replaces an earlier share: 占比由38.9%|提高到40.7%."""
        name, self.share_of = self.share_of, ""
        if not name or len(group) > 1 or not phrases.LEVEL_AFTER_CHANGE.fullmatch(before.strip("，")):
            return False
        self._add(name, group[0], "%", (), ("inherited",))
        return True

    def _attach(self, subjects: Sequence[Subject], group: list[Numeral], suffix: str, unit_name: str) -> bool:
        names = [subject.first.name if subject.first else "" for subject in subjects]
        if not all(name in _PARTS_OF_GDP for name in names):
            return False
        for name, figure in zip(names, group, strict=True):
            self._add(name + suffix, figure, unit_name, (), self._distribution(subjects))
        return True

    def _distribution(self, subjects: Sequence[Subject]) -> tuple[str, ...]:
        return ("distributed",) if len(subjects) > 1 else ()

    def _definition(self, stated: tuple[str, ...], subject: Subject) -> tuple[str, ...]:
        parts = list(stated)
        indicator = subject.first
        if indicator and self.scope == "本级" and is_fiscal(indicator.name):
            parts.append("本级")
        if (
            indicator
            and indicator.name in ("tax_revenue", "nontax_revenue")
            and self.memory.head == "fiscal_total_revenue"
        ):
            parts.append("财政总收入口径")
        return tuple(parts)

    def _add(
        self,
        name: str,
        figure: Numeral,
        unit_name: str,
        definition: tuple[str, ...],
        remarks: tuple[str, ...],
        time: Time | None = None,
        digit: Decimal | None = None,
    ) -> None:
        spaced = ("spaced",) if figure.spaced else ()
        self.found.append(
            Found(
                name,
                figure.value,
                unit_name,
                time or self.now,
                definition,
                figure,
                digit or figure.digit,
                remarks + spaced,
                self._grounds(definition, remarks),
            )
        )

    def _grounds(self, definition: tuple[str, ...], remarks: tuple[str, ...]) -> Grounds:
        parent: ParentRule = (
            "context" if "contextual" in remarks else "earlier clause" if "inherited" in remarks else "named"
        )
        carried = bool(definition) and "inherited" in remarks
        return Grounds(
            "stated" if "from year" in remarks else self.rule,
            "title",
            parent,
            "carried" if carried else "stated" if definition else "plain",
        )

    def _leave(self, group: list[Numeral], before: str, reason: Reason) -> None:
        phrase = phrase_before(before, self.memory.own)
        self.left.extend(Left(figure.printed, phrase, reason) for figure in group)

    def _why(self, subject: Subject) -> Reason:
        if subject.elsewhere or phrases.of_higher_area(subject.phrase):
            return "other area"
        return "unclear" if subject.phrase and vocabulary().mentions(subject.phrase) else "outside"
