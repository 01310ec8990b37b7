"""Write the English spelling of every place name: Hanyu Pinyin, or the spelling in common official use.

``python -m pipeline.place_names`` writes ``src/bolang/atlas/place_names.tsv`` from the shipped units, those of earlier years too. Readings that a general
dictionary gets wrong in place names (长 is chang in all of them but Zhangzi) are corrected here; names of places with an established
spelling of their own (Hohhot, Urumqi, Shaanxi) are listed.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import yaml

from bolang.atlas.places import PEOPLES, stem

TABLES = Path(__file__).parent.parent / "src/bolang/atlas/tables"
TARGET = Path(__file__).parent.parent / "src/bolang/atlas/place_names.tsv"

SYLLABLES = {
    "长": "chang",
    "朝": "chao",
    "都": "du",
    "棱": "ling",
    "漯": "luo",
    "圩": "xu",
    "覃": "qin",
    "筠": "jun",
    "荥": "xing",
}
PHRASES = {
    "长子": "zhang zi", "乐陵": "lao ling", "乐亭": "lao ting", "单县": "shan", "浚县": "xun", "繁峙": "fan shi", "洪洞": "hong tong",
    "大城": "dai cheng", "荥经": "ying jing", "宕昌": "tan chang", "什邡": "shi fang", "莘县": "shen", "尉犁": "yu li", "铅山": "yan shan",
    "大埔": "da bu", "柏乡": "bai xiang", "勃利": "bo li", "阿城": "a cheng", "蔚县": "yu", "隰县": "xi", "应县": "ying", "叶县": "ye",
    "盖州": "gai zhou", "会同": "hui tong", "龙圩": "long xu", "洱源": "er yuan", "牟平": "mu ping", "中牟": "zhong mu", "牟定": "mou ding",
    "任城": "ren cheng", "任丘": "ren qiu", "任泽": "ren ze", "解放": "jie fang", "台州": "tai zhou", "天台": "tian tai", "六安": "lu an",
    "六合": "lu he", "六枝": "liu zhi", "枞阳": "zong yang", "丽水": "li shui", "鄱阳": "po yang", "余干": "yu gan", "吴堡": "wu bu",
    "柞水": "zha shui", "重庆": "chong qing", "番禺": "pan yu", "东阿": "dong e", "涡阳": "guo yang", "厦门": "xia men", "蚌埠": "beng bu",
    "蚌山": "beng shan", "句容": "ju rong", "盱眙": "xu yi", "渑池": "mian chi", "井陉": "jing xing", "若羌": "ruo qiang", "龟山": "gui shan",
    "郫都": "pi du", "覃塘": "qin tang", "行唐": "xing tang", "宿州": "su zhou", "宿松": "su song", "宿豫": "su yu", "宿城": "su cheng",
    "葛洲": "ge zhou", "阿图什": "a tu shi", "乌什": "wu shi",
    "克什克腾": "ke shi ke teng", "塔什库尔干": "ta shi ku er gan", "康巴什": "kang ba shi", "通什": "tong za", "珲春": "hun chun", "万柏林": "wan bo lin", "长葛": "chang ge", "巴彦": "ba yan", "洛隆": "luo long", "耿马": "geng ma", "澄海": "cheng hai", "澄迈": "cheng mai",
    "尤溪": "you xi", "褒城": "bao cheng", "矿区": "kuang qu", "黄陂": "huang pi", "曾都": "zeng du", "石柱": "shi zhu", "瓦房店": "wa fang dian",
    "藏": "zang", "广饶": "guang rao", "上饶": "shang rao", "缙云": "jin yun", "鄞州": "yin zhou", "甪": "lu", "那坡": "na po", "那曲": "na qu",
    "繁昌": "fan chang", "泊头": "bo tou", "仙居": "xian ju", "番": "pan", "嵊泗": "sheng si", "朝天": "chao tian", "朝阳": "chao yang",
    "莎车": "sha che", "华容": "hua rong", "华县": "hua", "华州": "hua zhou", "华阴": "hua yin", "华亭": "hua ting", "华坪": "hua ping", "闵行": "min hang",
}  # fmt: skip
ESTABLISHED = {
    "陕西省": "Shaanxi", "内蒙古自治区": "Inner Mongolia", "广西壮族自治区": "Guangxi", "西藏自治区": "Xizang", "宁夏回族自治区": "Ningxia",
    "新疆维吾尔自治区": "Xinjiang", "香港特别行政区": "Hong Kong", "澳门特别行政区": "Macao", "呼和浩特市": "Hohhot", "包头市": "Baotou",
    "鄂尔多斯市": "Ordos", "呼伦贝尔市": "Hulun Buir", "巴彦淖尔市": "Bayannur", "乌兰察布市": "Ulanqab", "锡林郭勒盟": "Xilingol League",
    "兴安盟": "Hinggan League", "阿拉善盟": "Alxa League", "哈尔滨市": "Harbin", "齐齐哈尔市": "Qiqihar", "拉萨市": "Lhasa",
    "日喀则市": "Xigaze", "昌都市": "Qamdo", "林芝市": "Nyingchi", "那曲市": "Nagqu", "阿里地区": "Ngari Prefecture",
    "乌鲁木齐市": "Urumqi", "克拉玛依市": "Karamay", "吐鲁番市": "Turpan", "哈密市": "Hami", "阿克苏地区": "Aksu Prefecture",
    "喀什地区": "Kashi Prefecture", "和田地区": "Hotan Prefecture", "阿勒泰地区": "Altay Prefecture", "喀什市": "Kashi", "和田市": "Hotan",
    "阿克苏市": "Aksu", "阿勒泰市": "Altay", "伊犁哈萨克自治州": "Ili Autonomous Prefecture",
    "巴音郭楞蒙古自治州": "Bayingolin Autonomous Prefecture", "博尔塔拉蒙古自治州": "Bortala Autonomous Prefecture",
    "克孜勒苏柯尔克孜自治州": "Kizilsu Autonomous Prefecture", "甘孜藏族自治州": "Garze Autonomous Prefecture",
    "阿坝藏族羌族自治州": "Aba Autonomous Prefecture", "果洛藏族自治州": "Golog Autonomous Prefecture", "玛沁县": "Maqen County",
    "满洲里市": "Manzhouli", "二连浩特市": "Erenhot", "锡林浩特市": "Xilinhot", "乌兰浩特市": "Ulanhot", "库尔勒市": "Korla", "伊宁市": "Yining", "额尔古纳市": "Ergun", "神农架林区": "Shennongjia Forestry District",
    "西沙群岛": "Xisha Islands", "南沙群岛": "Nansha Islands", "中沙群岛的岛礁及其海域": "Zhongsha Islands and waters",
    "西沙、南沙、中沙群岛": "Xisha, Nansha and Zhongsha Islands",
}  # fmt: skip
KINDS = (
    ("左旗", "Left Banner"), ("右旗", "Right Banner"), ("中旗", "Middle Banner"), ("前旗", "Front Banner"), ("后旗", "Rear Banner"),
    ("特别行政区", ""), ("自治区", ""), ("省", ""), ("自治州", "Autonomous Prefecture"), ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"), ("地区", "Prefecture"), ("盟", "League"), ("特区", "Special District"),
    ("矿区", "Mining District"), ("新区", "New District"), ("市", ""), ("区", "District"), ("县", "County"), ("旗", "Banner"), ("镇", "Town"),
)  # fmt: skip
DIRECT = "直辖"
"""What the units are called that stand under a province without a prefecture between."""
_LONG = 6


def spelling(name: str) -> str:
    """Return the English spelling of a place name, with its kind where it is not a city or province."""
    if name in ESTABLISHED:
        return ESTABLISHED[name]
    if name.endswith(DIRECT):
        return f"{spelling(name.removesuffix(DIRECT))} (directly governed)"
    own, kind = _parted(name)
    return f"{ESTABLISHED.get(f'{own}市') or pinyin(own)} {kind}".strip()


def _parted(name: str) -> tuple[str, str]:
    """Return a name without its kind and without the peoples of an autonomous unit, and the kind in English."""
    kind = "District" if name.endswith("区") else ""
    for suffix, english in KINDS:
        if name.endswith(suffix) and len(name) > len(suffix) + (suffix not in {"县", "旗"}):
            name, kind = name.removesuffix(suffix), english
            break
    peoples = PEOPLES.fullmatch(name)
    return (peoples[1] if peoples else name), kind


def pinyin(text: str) -> str:
    """Write Chinese characters in Hanyu Pinyin as one word, an apostrophe before an inner vowel."""
    from pypinyin import lazy_pinyin

    for phrase, reading in PHRASES.items():
        if text == phrase.removesuffix("县") or text == phrase:
            return _joined(reading.split())
    base = lazy_pinyin(text, v_to_u=True)
    return _joined([SYLLABLES.get(character, syllable) for character, syllable in zip(text, base, strict=True)])


def _joined(syllables: list[str]) -> str:
    parts = [s if i == 0 or s[0] not in "aeo" else f"'{s}" for i, s in enumerate(syllables)]
    return "".join(parts).replace("ü", "u").capitalize()


def _ports() -> dict[str, str]:
    """Return the ports and border stations of the network and of the plan, which carry their English name."""
    gateways = pl.read_parquet(TABLES / "gateways.parquet").filter(~pl.col("kind").is_in(["airport", "rail_terminal"]))
    listed = yaml.safe_load((TABLES.parent.parent / "pathway/plan/ports.yaml").read_text(encoding="utf-8"))["ports"]
    return dict(gateways.select("name_zh", "name_en").iter_rows()) | {p["name"]["zh"]: p["name"]["en"] for p in listed}


def main() -> None:
    """Write the table."""
    units = pl.read_parquet(TABLES / "units.parquet")
    outlines = pl.read_parquet(TABLES / "outlines.parquet")
    names = {*outlines["name"]}
    for column in ("name", "prefecture", "province"):
        names |= set(units[column])
    codes = pl.read_parquet(TABLES / "unit_codes.parquet")
    former = {*codes["name"], *codes["next_name"].drop_nulls()}
    rows = {name: spelling(name) for name in names | former}
    rows |= {stem(name): pinyin(stem(name)) for name in names if len(name) > _LONG and stem(name) != name}
    rows |= _ports()
    lines = [f"{zh}\t{en}" for zh, en in sorted(rows.items())]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines):,} names written to {TARGET.name}")


if __name__ == "__main__":
    main()
