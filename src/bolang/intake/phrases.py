"""The words around a figure: the noun phrase it belongs to, growth with its sign, shares, comparisons, definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# ---------------------------------------------------------------- growth
_UP = (
    "新增|正增长|净增长|净增加|增长|增产|增加|净增|增幅|增速|涨幅|上升|上涨|提高|提升|升高|扩大|上浮|增收|增支|增|涨|升"
)
_DOWN = "负增长|下降|减产|减少|降低|回落|下滑|下跌|缩减|收窄|下浮|降幅|减幅|跌幅|减收|减支|净减少|净减|同比减|下调|放缓|减缓|降|减|跌|缩小"
_BASIS = (
    r"(?:(?:比|较|与|同|跟|相比|和)?(?:上一?年(?:同期|末|底)?|去年(?:同期|末|底)?|同期|年初|上年度|(?:19|20)\d{2}年(?:同期|末|底)?)"
    r"(?:数|水平|决算数?|执行数|完成数)?(?:相比|比)?(?:同期)?|同比|环比|按?同口径|按?可比口径|自然口径|按?可比价格?(?:计算)?"
    r"|按?不变价格?(?:计算)?|按?现价(?:计算)?|名义|实际|累计|年均|平均|扣除价格(?:因素|上涨因素)?(?:影响)?后?|分别|各|均|也|又|仍|还|再|约|逆势|大幅|小幅|略有?|微|稳步|持续|继续|年增长率|总体|共|同步|计|则|剔除.{0,24}?(?:因素|影响)后?|按)"
)
GROWTH = re.compile(
    rf"(?P<basis>(?:{_BASIS}|，)*)(?P<verb>{_DOWN}|{_UP})(?:速度|率|幅度|幅|速)?"
    rf"(?P<into>到|至|为|了|达到?|约|近|超过?|逾|高达|在|：|分别|各|是)*$"
)
LEVEL_AFTER_CHANGE = re.compile(
    r"(?:增长|增加|提高|提升|上升|扩大|升|增|下降|减少|降低|回落|降|减|调整|修订|核定|变|变化|演进|优化|转变|发展|调减|调增|调|压减|压缩|缩小|收窄)"
    r"(?:到了?|至|为|成)(?:了)?(?:今年|本年|20\d\d年)?的?$"
)
STEADY = re.compile(r"(?:与|和|同|较|比)?(?:上年|去年|上年同期|去年同期|上年末|年初)?(?:基本)?(?<!保)持平(?!稳)")
DOUBLED = re.compile(r"(?P<about>接近|近|约|超|逾)?翻了?(?P<again>近)?(?P<times>[一1两2]?)番(?P<more>多)?")
"""翻番, 翻了近一番, 翻两番: growth in words."""
YEARLY = re.compile(r"(?:同比|环比上年|[比较](?:上年|去年)(?:同期)?)(?:实现|又|也|均|成功|已经?|再次)*$")
EXCLUDING = re.compile(
    r"(?:扣除|剔除|不含|除去)(?![^，；。]*(?:因素|退税|缓税|减税|农户|价格))[^，；。]*(?:投资|项目|房地产|企业|石油|电力)[^，；。]*$"
)
"""GrowthPhrase of another scope: 扣除房地产开发投资后增长."""
AVERAGE = re.compile(
    r"(?:[两二三四五六七八九十]|(?<!\d)\d{1,2})年(?:来)?(?:年均|平均)|年均(?:增长|增速|递增)|五年平均|“十[一二三四]五”"
)

# ---------------------------------------------------------------- figures that are not levels
SHARE = re.compile(
    r"(?:占|所占)(?P<of>[^，。；]*?)(?:的)?(?:比重|比例|份额|比率)?(?P<start>(?:由|从)(?:上年|去年|(?:19|20)\d{2}年)?(?:末|同期)?的?)?(?:分别|依次)?(?:为|达到?|约|是|近|超过?|：|各)*$"
)
WEIGHT = re.compile(
    r"(?:(?<=产业增加值)|(?<=产业))(?:所占)?(?:的)?(?:比重|占比)(?P<start>(?:由|从)(?:上年|去年|(?:19|20)\d{2}年)?(?:末|同期)?的?)?"
    r"(?:分别)?(?:为|达到?|是)?$"
)
REVISION = re.compile(r"(?:比|较)(?:20\d\d年)?(?:的)?(?:初步|快报|原|普查前|修订前|年报)")
COMPARISON = re.compile(
    r"(?:高于|低于|快于|慢于|高出|低出|超出)[^，。；]{0,16}?$|平均(?:水平)?(?:高|低|多|少|快|慢)[^，。；]{0,4}$|^[，、；(]?(?:比|较|与|同|和)[^，。；]{2,30}的$"
)
COMPLETION = re.compile(
    r"完成(?:率|比例|进度)(?:为|达到?|：)?$|(?:完成|占|为|是|达到?|达成)?(?:全年|年初|年度|调整|变动|年|全年调整|本年|人大批准|代表大会|当年|计划|收入)*(?:后)?(?:的)?"
    r"(?:预算|任务|目标|预算数|预算任务|预期目标|调整数|预算目标|计划|年初目标|决算|进度|变动数)(?:收入)?(?:任务|目标|数|计划)?(?:的)?(?:约|近|为|：)?$"
)
PLAN = re.compile(
    r"力争|预期(?!寿命)|预期目标|主要目标|拟安排|安排为?|草案|计划(?!单列|生育)|目标为|预计增长|年初预算|预算(?:数|安排)|调整预算|预算为?$|(?:县|市|区)?人大.{0,8}批准|由年初|任务数"
)
ANNOUNCED = re.compile(r"力争|预期(?!寿命)|拟安排|安排为?$|草案|计划(?!单列|生育)|目标为")
CONTRIBUTION = re.compile(
    r"贡献率?(?:分别|依次)?(?:为|达到?|是|约|：)*$|(?:对|向).*(?:增长|GDP).*贡献率?(?:分别|依次)?(?:为|达到?|是|约|：)*$"
)
PULL = re.compile(
    r"(?:负?拉动|带动|贡献|下拉|拉低)(?:[^，。；]*?)(?:增长|上升|提高|下降|回落|了)?(?:分别|依次)?(?:为|达到?|约|：)?$"
)

# ---------------------------------------------------------------- noun phrases
CLAUSE_END = re.compile(r"[，；：。()]")
_LEAD = re.compile(
    r"^(?:"
    r"(?:[^，]{0,16}(?:人大|人民代表大会)[^，]{0,20}?(?:批准|通过|审议)的?)|(?:涉及的)?主要税种(?:中)?|第[一二三四五六七八]次(?:全国)?(?:人口|经济|农业)普查(?:时|的|数据|结果)*(?:显示)?|初步(?:核算|统计|测算|预计|估算)(?:数|结果)?|最终(?:核算|计算|核实|核定|审定)(?:数|结果)?|经(?:初步|国家|省|市|上级|统一|最终)?[^，]{0,14}?(?:核算|核定|核实|统计|批准|反馈|审定)(?:并?反馈)?"
    r"|据[^，]{0,30}?(?:统计|核算|推算|调查|测算|显示|反映)|根据[^，]{0,40}?(?:结果|制度|统计|核算|推算|调查|测算|显示|安排|数据|办法)"
    r"|按[^，]{0,24}?(?:计算|看|划分|分组|分|口径|统计|核算)|从[^，]{1,14}?(?:看|来看|分)|分[^，]{1,10}?看"
    r"|(?:截至|截止|截止到|截至到|到|至)?(?:20|19)\d{2}年(?:度|末|底|全年|1?\d月(?:末|底|份)?(?:\d+日)?|上半年|前三季度|一季度|\d{1,2}[-~至]\d{1,2}月份?|以来|间|共)?"
    r"|(?:截至|截止|截止到|截至到|到|至)?(?:上|去|本|当|今)?年(?:末|底|内|度)|(?:截至|截止|到)?期末|年末|年底|全年|当年|本年度?|今年|上年|去年|年内"
    r"|(?:截至|截止|截止到|到|至)?1?\d月(?:末|底|份)?(?:\d{1,2}日)?|\d{1,2}[-~至]\d{1,2}月份?|上半年|前三季度|[一二三四1-4]季度"
    r"|全(?:县|市|区|旗|州|省|社会(?!用电|消费|固定)|境|辖区|县域|市域|区域)(?:范围内?|境内|上下|共有?|域内)?"
    r"|(?:县|市|区|旗)(?:本级|级|直)(?=[^、])|(?:我|本|该)(?:县|市|区|旗|州)|(?:县|市|区|旗)域(?!内?生产|GDP)(?:内)?|辖区(?:内)?|境内|城乡(?=居民储蓄|储蓄)"
    r"|其中(?:的)?|包括|主要是|当中|同时|另外|此外|另|并且|并|且|以及|及|和|与|而|但|从而|其(?![他它余])|这|共计?|累计|预计|已|实际(?!利用|使用|到位|到账|增长|下降)|共有|拥有|现有|拥|达"
    r"|实现|完成|组织|入库|征收|取得|创造|加上(?!级)|加(?=上级)|再加|减去|减|加"
    r"|(?:严格|有效|始终|全部)?控制在|(?:省|市|县|上级|财政部|国务院|自治区)?(?:人民政府|政府|财政厅|财政局|财政)?(?:核定|下达|批准|核准)(?:给)?(?:的)?|修订后的?|修订的?"
    r"|[、，：；—\-·#※△▲●◆■○\s.．]"
    r")+"
)
_TRAIL = re.compile(
    r"(?:(?:累计|预计|共计|分别|依次|同比|比上年|较上年|首次|再次|一举|成功|仅|只|就|已|均|各|约|近|超过|超|突破|逾|为|是|达到|达|至|到|实现|完成"
    r"|(?:最终|初步)核[实算定]数|执行|有|入库|(?<!公)共|的|在|高达|稳定在|保持在|控制在|又|也|则|(?<=[支收入出])(?:决算数?|执行数|完成数)|[：:、，—\-(\s]))+$"
)
_INNER = re.compile(
    r"“?[一二三四五六七八九十]{1,3}连[丰增]”?|(?<!未)(?:累计|预计|共计|实现|完成(?!率)|(?<!公)共(?!同|享|和)|达到|(?<!下)达(?!标|茂|拉)|分别|依次|(?<=中)，|全年|全(?:县|市|区|旗)|(?:我|本)(?:县|市|区|旗)|\s|“|”|《|》|为|今年|当年|本年(?!收|支)|(?:20|19)\d{2}年(?:末|底)?|(?<![上去])年末|(?<![上去])年底)"
)
BRACKETS = re.compile(r"\([^()]*\)")
_ADVERBIAL = re.compile(
    r"(?:在|受|由于|因|剔除|扣除|考虑|除|随着|通过|经|按|以|同|比|较|与|和|从|对|如|若|根据|据|不含|不包括|还原).{0,40}"
    r"|增速|增幅|名义|实际|可比|分别|各|同比|折合"
)
_SAME_SUBJECT = re.compile(
    r"(?:按|以).{0,20}(?:计算|折算|折合|计价|换算)|折合(?:成)?(?:人民币|美元)?|总(?:量|数|户数)|累计总数|规模|绝对[值量]|上年|去年|合|(?:实际|全年实际)?(?:执行|完成)数?|实际|决算数?|实绩|(?:较|比|与)?(?:上年|去年)(?:决算|完成|执行|实际|实绩)*数?"
)


_INNER_TIME = re.compile(
    r"^(?P<odd>[^镇乡街道区园企公集县市州]{0,6}?)(?:全年|年末|年底|全县|全市|全区|全旗)(?P<rest>.{2,})$"
)


def without_stray_title(clause: str) -> str | None:
    """Drop a subtitle that a page ran into its sentence: 人口年末常住人口 becomes 常住人口; None if there is none."""
    found = _INNER_TIME.match(BRACKETS.sub("", clause))
    return strip_phrase(found.group("rest")) if found and found.group("odd") else None


def noun_phrase(text: str) -> str:
    """Return the noun phrase that a figure belongs to: adverbials, verbs, brackets and places taken away.

    ``初步核算，全年全县实现地区生产总值（GDP）`` becomes ``地区生产总值``.
    """
    return strip_phrase(last_clause(text))


def last_clause(text: str) -> str:
    """Return the last clause of a text that says anything, brackets left out."""
    parts = CLAUSE_END.split(BRACKETS.sub("", text))
    return next((part for part in reversed(parts) if part.strip()), "")


def strip_phrase(phrase: str) -> str:
    """Strip what leads and trails in a noun phrase, and the verbs inside it."""
    previous = None
    while previous != phrase:
        previous = phrase
        phrase = _LEAD.sub("", phrase)
        phrase = _TRAIL.sub("", phrase)
    return _tidy(phrase)


def _tidy(phrase: str) -> str:
    return _INNER.sub("", phrase).strip("，、：；的 ")


def pulls_down(pull: str) -> bool:
    """Tell whether the wording of a pull is one of falling: 下拉, 拉低, 负拉动, 拉动…下降."""
    return re.match(r"负|下拉|拉低", pull) is not None or re.search(r"下降|回落", pull) is not None


def is_adverbial(phrase: str) -> bool:
    """Tell whether a phrase only qualifies (按可比价格计算, 受…影响) and names nothing."""
    return phrase == "" or _ADVERBIAL.fullmatch(phrase) is not None


def keeps_subject(phrase: str) -> bool:
    """Tell whether a level after this phrase is one of the subject before it: 达到, 折合, 总量."""
    return phrase == "" or _SAME_SUBJECT.fullmatch(phrase) is not None


# ---------------------------------------------------------------- growth of a figure
@dataclass(frozen=True, slots=True)
class GrowthPhrase:
    """How a text introduces a rate of growth.

    Attributes
    ----------
    start : int
        Where the wording of growth begins in the text before the figure.
    sign : int
        1 or -1, as the verb says.
    basis : str
        What it compares with, and at which prices, as printed.
    """

    start: int
    sign: int
    basis: str


def growth_before(text: str) -> GrowthPhrase | None:
    """Read the wording of growth that ends the text before a figure; None if there is none."""
    if LEVEL_AFTER_CHANGE.search(text):
        return None
    found = GROWTH.search(text)
    if not found:
        return None
    down = re.fullmatch(_DOWN, found.group("verb")) is not None
    return GrowthPhrase(found.start(), -1 if down else 1, found.group("basis").strip("，"))


def signed(value: Decimal, growth: GrowthPhrase) -> tuple[Decimal, bool]:
    """Apply the sign of the verb; the flag tells that a negative number stands after a verb of falling."""
    if value < 0:
        return value, growth.sign < 0
    return value * growth.sign, False


# ---------------------------------------------------------------- definitions
_DEFINITIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("可比价", re.compile(r"(?:可比|不变)价")),
    ("现价", re.compile(r"(?<!不变)(?:按现价|现价总量|当年价格)")),
    ("名义", re.compile(r"名义")),
    ("实际", re.compile(r"实际(?:增长|下降)|扣除价格")),
    (
        "同口径",
        re.compile(
            r"同口径|可比口径|同比口径|(?:剔除|还原|考虑).{0,30}因素|(?:扣除|剔除|还原|不含|不考虑|考虑|加回).{0,16}(?:留抵退税|退税|缓税|减税|减免|退减缓|不可比|一次性|翘尾)"
        ),
    ),
    ("自然口径", re.compile(r"自然口径")),
    ("按常住人口计算", re.compile(r"按(?:年?平均)?常住人口")),
    ("按户籍人口计算", re.compile(r"按(?:年?平均)?户籍")),
    ("不含农户", re.compile(r"不含农户")),
    ("本外币", re.compile(r"本外币")),
    ("人民币", re.compile(r"人民币(?:各项|存|贷|住户)|(?:机构)人民币")),
    ("预计执行数", re.compile(r"预计(?:完成|执行|实现)|预计数|预计执行")),
    (
        "最终核实数",
        re.compile(
            r"最终核[实算]|最终(?:核定|计算)|普查修订|修订[后为]|修订数|调整后的?|五经普|四经普|经济普查.{0,12}(?:修订|调整)"
        ),
    ),
    ("含税收返还和转移支付", re.compile(r"税收返还")),
    ("较年初", re.compile(r"(?:比|较)(?:年初|上年末|上年底|去年末|去年底)")),
    ("全口径", re.compile(r"全口径")),
    ("新口径", re.compile(r"新口径")),
)
_OWN_LEVEL = re.compile(
    r"(?<!上划)(?:县|市|区|旗)(?:本级|级(?!市|财政|各|以上|人大|政府|部门|预算单位|储备|基本财力|统一|核算|统计|调查|文明|重点|层面|领导|公立|医院))|市直|县直"
)
_WHOLE = re.compile(r"全(?:县|市|区|旗)|(?:我|本)(?:县|市|区)")
_HIGHER = re.compile(r"全(?:国(?!(?:人口|经济|农业)普查)|省|自治区|地区|州|盟)")


def definitions(text: str) -> tuple[str, ...]:
    """Return the 口径 that a stretch of text states, in a fixed order."""
    return tuple(name for name, pattern in _DEFINITIONS if pattern.search(text))


def budget_scope(text: str) -> str | None:
    """Return ``本级`` for a county's own level, ``全域`` for the whole county, None if the text does not say."""
    own, whole = _last(_OWN_LEVEL, text), _last(_WHOLE, text)
    if own < 0 and whole < 0:
        return None
    return "本级" if own > whole else "全域"


def of_higher_area(text: str) -> bool:
    """Tell whether a noun phrase speaks of the nation, the province or the prefecture."""
    return _HIGHER.search(text) is not None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


# ---------------------------------------------------------------- budgets
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("general", re.compile(r"一般公共预算|公共财政预算|地方财政收[入支]|一般预算")),
    ("fund", re.compile(r"(?<!从)政府性?基金(?!预算调入|调入)|(?<!保险)(?<!社保)基金预算(?!调入)")),
    ("capital", re.compile(r"(?<!从)国有资本经营(?!预算调入|调入)")),
    ("insurance", re.compile(r"社会保险基金|社保基金")),
    ("debt", re.compile(r"政府债务(?!收入|转贷|还本|付息)|债务限额|债务余额")),
)


def topic_of(text: str, default: str = "none") -> str:
    """Return which budget a text speaks of last: general, fund, capital, insurance, debt, or the default."""
    position, name = max(((_last(pattern, text), name) for name, pattern in _TOPICS), key=lambda pair: pair[0])
    return name if position >= 0 else default


# ---------------------------------------------------------------- coordination
_JOINED = re.compile(r"[、和与及]|以及")


# Two things in one word: 城乡居民, 存贷款, 进出口 stays one thing.
_PAIRS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"(?P<before>)城乡(?:常住)?(?P<after>居民.*)"), "城镇", "农村"),
    (re.compile(r"(?P<before>.*?)存、?贷(?P<after>款.*)"), "存", "贷"),
    (re.compile(r"(?P<before>)城乡(?P<after>常住居民.*)"), "城镇", "农村"),
    (re.compile(r"(?P<before>.*预算)收支(?P<after>)"), "收入", "支出"),
)


def coordinated(phrase: str) -> list[list[str]]:
    """Return the ways to spell out a phrase that names several things at once, best first.

    ``城镇和农村居民人均可支配收入`` gives ``[城镇居民人均可支配收入, 农村居民人均可支配收入]`` among its ways.
    """
    sectors = re.fullmatch(r"(?:三次产业|三大产业|第?一、?第?二、?(?:和)?第?三(?:次)?产业?)(?P<what>.*)", phrase)
    if sectors:
        return [[f"第{ordinal}产业{sectors['what']}" for ordinal in "一二三"]]
    for pattern, first, second in _PAIRS:
        pair = pattern.fullmatch(phrase)
        if pair:
            before, after = pair.group("before"), pair.group("after")
            return [[before + first + after, before + second + after]]
    parts = [part for part in _JOINED.split(phrase) if part]
    if len(parts) < 2:
        return []
    last = parts[-1]
    ways = [parts]
    ways += [[part + last[cut:] for part in parts[:-1]] + [last] for cut in range(1, len(last))]
    first = parts[0]
    ways += [[first] + [first[:cut] + part for part in parts[1:]] for cut in range(len(first) - 1, 0, -1)]
    return ways
