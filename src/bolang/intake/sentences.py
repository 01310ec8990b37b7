"""Read one sentence: every figure is given to what it is about, or listed as not taken, with the reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bolang.intake import phrases
from bolang.intake.around import growth_definition, is_about, is_bound, is_fiscal, reason_after, steady
from bolang.intake.discourse import Discourse, Found, Left
from bolang.intake.figures import Numeral, find_figures, groups, last_digit
from bolang.intake.readings import Reason
from bolang.intake.scope.grounds import Grounds, ParentRule
from bolang.intake.scope.parent import structure_of_gdp
from bolang.intake.subjects import Subject, phrase_before
from bolang.intake.times import Time, is_long, is_span, stated_time
from bolang.intake.units import convert
from bolang.intake.vocabulary import TermMatch, vocabulary

_SECTORS = ("gdp_primary", "gdp_secondary", "gdp_tertiary")
_PARTS_OF_GDP = (*_SECTORS, "value_added_industry", "private_economy", "nonpublic_economy")
_STRUCTURE = re.compile(r"产业结构|三次产业|三产|结构比|产业比|(?:一|三)、?二?、?三?产业比|构成")
_FROM = re.compile(
    r"(?:由|从)(?P<when>上年(?:同期|末)?|去年(?:同期)?|(?P<year>(?:19|20)\d{2})年(?:末)?)(?:的)?(?:分别)?(?:为)?$"
)
_LAST_YEAR = re.compile(
    r"^[（(，]?(?:较|比|与)?(?:上年|去年)(?:同期)?(?:决算|完成|执行|实际|实绩|实现)*数?(?:为|是|的)?$"
)
_HIGH_CHANGE = re.compile(
    r"(?:比|较)(?:上年|去年|上年同期|年初|上年末)?(?:末)?(?:多|少)[^，]{0,3}$|相差|差额|净(?:投放|回笼)"
)


class SentenceReader(Discourse):
    """Reads the sentences of one paragraph in order; see `Discourse` for the parameters."""

    def read(self, sentence: str) -> tuple[list[Found], list[Left]]:
        """Read one cleaned sentence."""
        self.found: list[Found] = []
        self.left: list[Left] = []
        self.begin(sentence)
        figures, broken = find_figures(sentence)
        self.left.extend(Left(piece.printed, "", "malformed") for piece in broken)
        figures = sorted([*figures, *steady(sentence)], key=lambda figure: figure.start)
        end = 0
        for group in groups(sentence, figures):
            before = sentence[end : group[0].start]
            end = group[-1].end
            following = re.match(r"\([^()]*\)", sentence[end:])
            after = following.group() if following else sentence[end : end + 14]
            self.rest = sentence[end:]
            self.enter_brackets(before)
            self.settle_context(before)
            self._read_group(before, group, after)
        self.settle_context(sentence[end:])
        return self.found, self.left

    # ------------------------------------------------------------ one group of figures
    def _read_group(self, before: str, group: list[Numeral], after: str) -> None:
        if "(下同)" in before and re.search(r"[比较](?:19|20)\d{2}年", before):
            self.base_governs = True
            before = before.replace("(下同)", "")
        apart = self._apart(before)
        if apart:
            return self._leave(group, before, apart)
        nested = "其中" in before
        refused = self._refused(before, after, nested)
        if refused:
            return self._leave(group, before, refused)
        return self._dispatch(before, group, after, nested)

    def _refused(self, before: str, after: str, nested: bool) -> Reason | None:
        """Return why a figure is a budget, an average over years or a comparison, None if it is none of these."""
        clause = phrases.CLAUSE_END.split(phrases.BRACKETS.sub("", before))[-1]
        if nested:
            self.memory.under = self.memory.parents
        part_of_budget = self.budgeted and (nested or self.following)
        if self.plan or self.announced or part_of_budget or self.now.year > self.time.year:
            return "target"
        dated = _FROM.search(before) or phrases.LEVEL_AFTER_CHANGE.search(before)
        spanning = is_span(clause) and not dated
        rate = phrases.growth_before(before)
        named = phrase_before(before[: rate.start] if rate else before)
        self.spanning = spanning or (self.spanning and phrases.is_adverbial(named))
        if self.spanning or phrases.AVERAGE.search(clause):
            return "average"
        return reason_after(after)

    def _dispatch(self, before: str, group: list[Numeral], after: str, nested: bool) -> None:
        """Give a group of figures to the kind that its wording shows."""
        clause = phrases.CLAUSE_END.split(phrases.BRACKETS.sub("", before))[-1]
        if self._structure(before, group):
            return None
        dimension = group[-1].unit.dimension if group[-1].unit else ""
        if dimension in ("points", "permille points"):
            return self._points(before, group, nested)
        growth = phrases.growth_before(re.sub(r"\([^()]*\)$", "", before))
        if "持平" in group[0].printed:
            growth = phrases.GrowthPhrase(len(before), 1, "")
        if growth and dimension in ("percent", "times"):
            return self._growth(before, group, growth, nested, after)
        if growth and dimension != "permille" and growth.start < len(before):
            self.note_subject(before[: growth.start], len(group), nested)
            self.revised = phrases.REVISION.search(before) is not None
            return self._leave(group, before, "change")
        if dimension == "percent" and self._part(before, group, nested):
            return None
        if _HIGH_CHANGE.search(clause):
            return self._leave(group, before, "change")
        if phrases.COMPARISON.search(clause):
            return self._leave(group, before, "comparison")
        return self._level(before, group, nested, after)

    def _apart(self, before: str) -> Reason | None:
        """Return why a figure is not one of the whole county for the time of the document, None if it is."""
        if self.part:
            return "other area"
        if self.single:
            return "month"
        self.long = self.long or is_long(before)
        if self.long and stated_time(before)[0] is None and not _FROM.search(before):
            return "average"
        return None

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
        if re.search(r"(?:由|从)(?:原来|原|此前|过去)?的?$", before):
            self._leave(group, before, "undated")
            self.memory.shares = True
            return True
        time, remarks = self._earlier(before)
        for name, term, figure in zip(_SECTORS, terms, group if not group[0].ratio else [group[0]] * 3, strict=True):
            digit = last_digit(term)
            grounds = self._grounds((), remarks)
            self.found.append(Found(f"{name}_share", term, "%", time, (), figure, digit, remarks, grounds))
        self.memory.subjects = [Subject("", (TermMatch(vocabulary()[name], False),)) for name in _SECTORS]
        self.memory.shares = True
        return True

    def _earlier(self, before: str) -> tuple[Time, tuple[str, ...]]:
        """Return the time of a figure that 由上年的… or a leading 上年 sets back."""
        tail = re.split(r"[，；。]", before)[-1]
        found = _FROM.search(before)
        if found:
            year = int(found.group("year")) if found.group("year") else self.now.year - 1
            return Time(year, self.now.period), ("from year",)
        if _LAST_YEAR.match(tail):
            return Time(self.now.year - 1, self.now.period), ("from year",)
        return self.now, ()

    def _points(self, before: str, group: list[Numeral], nested: bool) -> None:
        pull = phrases.PULL.search(before)
        if pull and group[0].unit and group[0].unit.dimension == "points":
            head = re.sub(r"(?:对|使|给)[^，]{0,14}$", "", before[: pull.start()])
            subjects = self.note_subject(head, len(group), nested)
            if self._attach(subjects, group, "_pull", "百分点", before):
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
            if not self._attach(subjects, group, "_contribution", "%", before):
                self._leave(group, before, "outside")
            return True
        weight = phrases.WEIGHT.search(before)
        if weight:
            subjects = self.note_subject(before[: weight.start()], len(group), nested)
            if not self._attach(subjects, group, "_share", "%", before):
                self._leave(group, before, "share")
            return True
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
        whole = phrases.strip_phrase(share.group("of")) or self.memory.whole
        self.memory.whole = whole
        if re.search(r"预算(?:数|的)?$|任务|目标|计划", share.group("of")):
            self._leave(group, before, "target")
            return True
        subjects = self.note_subject(before[: share.start()], len(group), nested)
        of = {match.indicator.name for match in vocabulary().find(whole)}
        names = [subject.first.name if subject.first else "" for subject in subjects]
        if of & {"gdp"} and all(name in _PARTS_OF_GDP for name in names):
            self._attach(subjects, group, "_share", "%", before)
            self.memory.shares = False
        elif names == ["tax_revenue"] and (
            of & {"fiscal_revenue"} or (whole == "收入" and self.memory.head != "fiscal_total_revenue")
        ):
            self._add("tax_share", group[0], "%", (), ())
        elif re.search(r"城镇化率", before):
            self._add("urbanisation_registered" if "户籍" in before else "urbanisation", group[0], "%", (), ())
        else:
            self._leave(group, before, "share")
        return True

    def _growth(
        self, before: str, group: list[Numeral], growth: phrases.GrowthPhrase, nested: bool, after: str
    ) -> None:
        text = before[: growth.start]
        base = re.search(r"(?<=[比较与同和跟])(?:19|20)\d{2}(?=年)", growth.basis)
        if (
            "环比" in growth.basis
            or re.search(r"年均|平均(?!汇率)", growth.basis)
            or (base and int(base.group()) != self.now.year - 1)
            or (self.base and not base and not re.search(r"上年|去年|同比|同期", growth.basis))
        ):
            self.base = self.base or base is not None
            self.note_subject(text, len(group), nested)
            return self._leave(group, before, "average")
        if self.revised and phrases.is_adverbial(phrase_before(text, self.memory.own)):
            return self._leave(group, before, "change")
        own = "" if before[growth.start :].startswith("，") else text
        if re.search(r"增速|增幅|降幅|增长率$", phrases.noun_phrase(own)) or re.search(
            r"占比|比重", text.split("，")[-1]
        ):
            return self._leave(group, before, "change")
        distributed = len(group) == 1 and "分别" in growth.basis
        subjects = self.note_subject(text, len(group), nested, distributed)
        inherited = phrases.is_adverbial(phrase_before(text, self.memory.own))
        remark = after if after.startswith("(") and not re.search(r"[增降升减]", after) else ""
        stated = phrases.definitions(before + remark)
        stated += tuple(tag for tag in self.memory.tags if inherited and tag not in stated)
        earlier, remarks = self._earlier(before)
        for subject, figure in zip(subjects, group, strict=True):
            indicator = subject.first
            if indicator is None:
                self.left.append(Left(figure.printed, subject.phrase, self._why(subject.phrase)))
                continue
            if indicator.unit.dimension in ("percent", "permille"):
                self.left.append(Left(figure.printed, subject.phrase, "change"))
                continue
            value, double = phrases.signed(figure.value, growth)
            scale = 100 if figure.unit and figure.unit.dimension == "times" else 1
            notes = [*remarks, *(["double sign"] if double else []), *self._distribution(subjects)]
            if inherited and not self.memory.listed:
                notes.append("inherited")
            if figure.approximate or is_about(before, after):
                notes.append("approximate")
            self._add(
                f"{indicator.name}_growth",
                replace(figure, value=value * scale),
                "%",
                self._definition(growth_definition(stated, indicator.growth), subject),
                tuple(notes),
                earlier,
            )
        return None

    def _level(self, before: str, group: list[Numeral], nested: bool, after: str) -> None:
        changed = phrases.LEVEL_AFTER_CHANGE.search(before)
        text = before[: changed.start()] if changed else before
        own = text.split("；")[-1]
        if phrases.PLAN.search(own) or (changed and self.memory.planned):
            phrase = phrase_before(text, self.memory.own)
            if vocabulary().find(phrase, self.memory.context):
                self.note_subject(text, len(group), nested)
            self.memory.planned = True
            self.budgeted = bool(phrases.ANNOUNCED.search(own))
            return self._leave(group, before, "target")
        if re.search(r"占(?:年初|调整|全年)?预算$", own):
            return self._leave(group, before, "target")
        self.memory.planned = self.budgeted = False
        if re.search(r"(?:由|从)(?:原来|原|此前|过去)?的?$", own):
            self.note_subject(re.sub(r"(?:由|从)(?:原来|原|此前|过去)?的?$", "", text), len(group), nested)
            return self._leave(group, before, "undated")
        if is_bound(before, after):
            subjects = self.note_subject(text, len(group), nested, level=True)
            if not all(subject.first and subject.first.name.startswith("debt_limit") for subject in subjects):
                return self._leave(group, before, "bound")
        time, remarks = self._earlier(text)
        phrase = phrase_before(_FROM.sub("", text), self.memory.own)
        inherited = phrases.keeps_subject(phrase)
        subjects = self.note_subject(_FROM.sub("", text), len(group), nested, level=True)
        bracketed = "".join(phrases.BRACKETS.findall(own)) + (after if after.startswith("(") else "")
        stated = phrases.definitions(before + bracketed)
        if "同口径" in stated and not re.search(r"同口径", bracketed + phrases.last_clause(text)):
            stated = tuple(part for part in stated if part != "同口径")
        about = is_about(before, after)
        notes = [
            *remarks,
            *(["inherited"] if inherited and not self.memory.listed else []),
            *self._distribution(subjects),
        ]
        for subject, figure in zip(subjects, group, strict=True):
            limit = subject.first is not None and subject.first.name.startswith("debt_limit")
            rough = figure.approximate or (about and not limit)
            self._take_level(subject, figure, time, stated, [*notes, *(["approximate"] if rough else [])])
        return None

    def _take_level(
        self, subject: Subject, figure: Numeral, time: Time, stated: tuple[str, ...], notes: list[str]
    ) -> None:
        if figure.ratio:
            return self._ratio(subject, figure, time)
        if figure.unit is None or not subject.matches:
            reason = self._why(subject.phrase) if not subject.matches else "unit"
            self.left.append(Left(figure.printed, subject.phrase, reason))
            return None
        match = subject.fitting(figure.unit)
        if match and match.indicator.name == "fiscal_total_revenue" and self.adding:
            # 加上补助、结余……一般公共预算总收入: all that can be spent, not what was collected.
            self.left.append(Left(figure.printed, subject.phrase, "outside"))
            return None
        if match is None:
            self.left.append(Left(figure.printed, subject.phrase, "unit"))
            return None
        if match.contextual:
            notes.append("contextual")
        indicator = match.indicator
        chosen = Subject(subject.phrase, (match, *(m for m in subject.matches if m != match)), subject.own_level)
        self.memory.subjects = [chosen if s is subject else s for s in self.memory.subjects]
        self.memory.listed.append(chosen)
        printed = indicator.unit if indicator.unit.name == "指数" else figure.unit
        value, digit = (convert(amount, printed, indicator.unit) for amount in (figure.value, figure.digit))
        self.memory.tags = tuple(part for part in stated if part in ("同口径", "自然口径"))
        kept = tuple(part for part in stated if part not in ("可比价", "名义", "实际", "较年初"))
        self._add(
            indicator.name,
            replace(figure, value=value),
            indicator.unit.name,
            self._definition(kept, subject),
            tuple(notes),
            time,
            digit,
        )
        return None

    def _ratio(self, subject: Subject, figure: Numeral, time: Time) -> None:
        indicator = subject.first
        if indicator and indicator.name == "income_ratio" and len(figure.ratio) == 2 and figure.ratio[1] == 1:
            self._add(indicator.name, figure, indicator.unit.name, (), (), time)
        else:
            self.left.append(Left(figure.printed, subject.phrase, self._why(subject.phrase)))

    # ------------------------------------------------------------ output
    def _attach(
        self, subjects: Sequence[Subject], group: list[Numeral], suffix: str, unit_name: str, before: str
    ) -> bool:
        names = [subject.first.name if subject.first else "" for subject in subjects]
        if not all(name in _PARTS_OF_GDP for name in names):
            return False
        sign = -1 if re.search(r"下拉|负拉动", before) else 1
        for name, figure in zip(names, group, strict=True):
            self._add(
                name + suffix, replace(figure, value=figure.value * sign), unit_name, (), self._distribution(subjects)
            )
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

    def _why(self, phrase: str) -> Reason:
        if phrases.of_higher_area(phrase):
            return "other area"
        return "unclear" if phrase and vocabulary().mentions(phrase) else "outside"
