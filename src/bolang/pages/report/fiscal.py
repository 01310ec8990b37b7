"""Budget and debt: the desk table of credit analysts, and what it allows to say."""

from __future__ import annotations

from bolang.document.model import Section, Sentence
from bolang.foundation.text import Text
from bolang.pages.report import notes, tables
from bolang.pages.report.context import Context
from bolang.pages.report.course import money
from bolang.pages.report.limits import limits
from bolang.pages.report.phrases import paragraph, percent, say


def desk_section(context: Context) -> Section:
    """Set out the desk table of credit analysts and what it allows to say."""
    return Section(
        "fiscal",
        Text("财政与债务：信用分析常用指标", "Budget and debt: the desk table"),
        (paragraph(*_fiscal_sentences(context)), tables.desk_table(context)),
    )


def _fiscal_sentences(context: Context) -> list[Sentence | None]:
    revenue, spending = context.yearly("fiscal_revenue"), context.yearly("fiscal_expenditure")
    common = sorted(set(revenue) & set(spending))
    if not common and revenue:
        year, fact = max(revenue.items())
        return [
            say(
                f"{year}年一般公共预算收入{money(fact).text.zh}；支出、政府性基金和债务未见公开汇编，财政自给率和债务率无法计算，[[desk]]如实标注"
                "“未公布”。签发前应取当地财政决算补齐。",
                f"General budget revenue was {money(fact).text.en} in {year}; expenditure, funds and debt are in no public compilation, so neither "
                "self-sufficiency nor the debt rate can be computed and [[desk]] says so. Take them from the final accounts before signing.",
                notes.fact_note(fact),
                notes.DEBT_RULES,
            )
        ]
    if not common:
        return [
            say(
                f"内置资料没有{context.name}的一般公共预算收支、政府性基金和债务数据（公开汇编仅覆盖832个原贫困县），[[desk]]如实标注“未公布”，"
                "不以估算填充；签发前应取当地财政决算补齐。",
                f"The built-in data hold no budget, fund or debt figures of {context.name} (public compilations cover only the 832 formerly poor "
                "counties); [[desk]] says so and nothing is filled in. Take them from the final accounts before signing.",
                notes.DEBT_RULES,
            )
        ]
    year = common[-1]
    ratio = 100.0 * revenue[year].value / spending[year].value
    amounts = money(revenue[year]).text, money(spending[year]).text
    first = say(
        f"{year}年一般公共预算收入{amounts[0].zh}、支出{amounts[1].zh}，财政自给率{percent(ratio)}，{_reliance(ratio).zh}。",
        f"In {year} general budget revenue was {amounts[0].en} and expenditure {amounts[1].en}: self-sufficiency of {percent(ratio)}, {_reliance(ratio).en}.",
        notes.fact_note(revenue[year]),
        notes.fact_note(spending[year]),
    )
    if context.yearly("debt_balance"):
        return [first]
    second = say(
        "政府性基金收入与债务余额未见公布，债务率无法计算，偿债能力不作判断。",
        "Fund revenue and debt are not published: no debt rate can be computed and nothing is said on debt service.",
        notes.DEBT_RULES,
    )
    return [first, second]


def _reliance(ratio: float) -> Text:
    low, middle, high = limits("self_sufficiency")
    if ratio >= high:
        return Text("对上级转移支付依赖较低", "little reliance on transfers")
    if ratio >= middle:
        return Text("支出约有一半靠上级补助", "about half of spending rests on transfers")
    if ratio >= low:
        return Text(
            "支出主要靠上级补助，自有财力不足以支撑较大投资",
            "spending rests mainly on transfers; own means carry no large investment",
        )
    return Text(
        "支出绝大部分靠上级补助，举债投资难以由本级收入偿还",
        "spending rests for the most part on transfers, and own revenue could hardly repay new debt",
    )
