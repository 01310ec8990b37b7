"""Read one sentence: every figure is given to what it is about, or listed as not taken, with the reason."""

from __future__ import annotations

import re
from dataclasses import replace

from bolang.intake import phrases
from bolang.intake.around import doubled, growth_definition, is_about, is_bound, reason_after, steady
from bolang.intake.discourse import FROM, UNDATED, Found, Left
from bolang.intake.figures import Numeral, find_figures, groups
from bolang.intake.readings import Reason
from bolang.intake.shares import ShareReader
from bolang.intake.subjects import Subject, beside, phrase_before
from bolang.intake.times import Time, is_long, is_span, stated_time
from bolang.intake.units import convert
from bolang.intake.vocabulary import vocabulary

_HIGH_CHANGE = re.compile(
    r"(?:比|较)(?:上年|去年|上年同期|年初|上年末)?(?:末)?(?:多|少)[^，]{0,3}$|相差|差额|净(?:投放|回笼)"
)


class SentenceReader(ShareReader):
    """Reads the sentences of one paragraph in order; see `Discourse` for the parameters."""

    def read(self, sentence: str) -> tuple[list[Found], list[Left]]:
        """Read one cleaned sentence."""
        self.found: list[Found] = []
        self.left: list[Left] = []
        self.begin(sentence)
        figures, broken = find_figures(sentence)
        self.left.extend(Left(piece.printed, "", "malformed") for piece in broken)
        figures = sorted([*figures, *steady(sentence), *doubled(sentence)], key=lambda figure: figure.start)
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
        dated = FROM.search(before) or phrases.LEVEL_AFTER_CHANGE.search(before)
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
        if phrases.DOUBLED.fullmatch(group[0].printed):
            yearly = phrases.YEARLY.search(before)
            if not yearly:
                self.note_subject(re.sub(r"[比较](?:19|20)\d{2}年$", "", before), len(group), nested)
                return self._leave(group, before, "target" if phrases.PLAN.search(clause) else "average")
            growth = phrases.GrowthPhrase(yearly.start(), 1, yearly.group())
            before += "增长"
        if self._replacing(before, group):
            return None
        if growth and dimension in ("percent", "times"):
            return self._growth(before, group, growth, nested, after)
        phrase = phrase_before(before, self.memory.own)
        if growth and (beside(phrase, self.memory) or vocabulary().find(phrase, self.memory.context)):
            return self._level(before, group, nested, after)  # 规上工业企业51户，新增8户
        if growth and dimension != "permille" and growth.start < len(before):
            self.note_subject(before[: growth.start], len(group), nested)
            self.revised = phrases.REVISION.search(before) is not None
            return self._leave(group, before, "change")
        if dimension == "percent" and self._part(before, group, nested):
            return None
        if _HIGH_CHANGE.search(clause):
            return self._leave(group, before, "change")
        if phrases.COMPARISON.search(clause) and not phrase_before(before).endswith("债务限额"):
            return self._leave(group, before, "comparison")
        return self._level(before, group, nested, after)

    def _apart(self, before: str) -> Reason | None:
        """Return why a figure is not one of the whole county for the time of the document, None if it is."""
        if self.part:
            return "other area"
        if self.single:
            return "month"
        self.long = self.long or is_long(before)
        if not self.long or stated_time(before)[0] is not None or FROM.search(before):
            self.rising = self.long and FROM.search(before) is not None
            return None
        replaced, self.rising = self.rising, UNDATED.search(before) is not None
        if self.rising:
            self.note_subject(UNDATED.sub("", before), 1, nested=False)
        now = replaced and self.long_until in (None, self.now.year)
        return None if now and phrases.LEVEL_AFTER_CHANGE.search(before) else "average"

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
        if phrases.EXCLUDING.search(before[: growth.start]):
            return self._leave(group, before, "unclear")
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
        earlier, remarks = self.earlier(before)
        for subject, figure in zip(subjects, group, strict=True):
            indicator = subject.first
            if indicator is None:
                self.left.append(Left(figure.printed, subject.phrase, self._why(subject)))
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
        if UNDATED.search(own):
            self.note_subject(UNDATED.sub("", text), len(group), nested)
            return self._leave(group, before, "undated")
        if is_bound(before, after):
            subjects = self.note_subject(text, len(group), nested, level=True)
            if not all(subject.first and subject.first.name.startswith("debt_limit") for subject in subjects):
                return self._leave(group, before, "bound")
        time, remarks = self.earlier(text)
        phrase = phrase_before(FROM.sub("", text), self.memory.own)
        inherited = phrases.keeps_subject(phrase)
        subjects = self.note_subject(FROM.sub("", text), len(group), nested, level=True)
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
            reason = self._why(subject) if not subject.matches else "unit"
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
            self.left.append(Left(figure.printed, subject.phrase, self._why(subject)))
