import re

import pytest

from bolang.atlas import Atlas
from bolang.atlas.romanize import place, romanize

KNOWN = {
    "义乌市": "Yiwu", "江苏省苏州市昆山市": "Kunshan, Suzhou, Jiangsu", "上海市静安区": "Jing'an District, Shanghai", "陕西省": "Shaanxi",
    "山西省长治市长子县": "Zhangzi County, Changzhi, Shanxi", "呼和浩特市": "Hohhot", "台州市": "Taizhou", "六安市": "Lu'an", "蚌埠市": "Bengbu",
    "丽水市": "Lishui", "乐清市": "Yueqing", "漯河市": "Luohe", "重庆市": "Chongqing", "威宁彝族回族苗族自治县": "Weining Autonomous County",
    "鄱阳县": "Poyang County", "莘县": "Shen County", "单县": "Shan County", "渑池县": "Mianchi County", "什邡市": "Shifang",
    "长春市": "Changchun", "长葛市": "Changge", "朝阳区": "Chaoyang District", "宕昌县": "Tanchang County", "荥阳市": "Xingyang",
    "荥经县": "Yingjing County", "覃塘区": "Qintang District", "番禺区": "Panyu District", "郫都区": "Pidu District", "井陉县": "Jingxing County",
    "建瓯市": "Jian'ou", "东阿县": "Dong'e County", "盱眙县": "Xuyi County", "儋州市": "Danzhou", "亳州市": "Bozhou", "歙县": "She County",
    "珲春市": "Hunchun", "新林区": "Xinlin District", "清新区": "Qingxin District", "万柏林区": "Wanbolin District", "浦东新区": "Pudong New District",
    "昆山县": "Kunshan County", "吐鲁番县": "Turpan County", "宿县": "Su County", "通什市": "Tongza", "吴县市": "Wuxian",
    "延边朝鲜族自治州": "Yanbian Autonomous Prefecture", "吐鲁番市": "Turpan", "乌鲁木齐市": "Urumqi", "香港特别行政区": "Hong Kong",
}  # fmt: skip


@pytest.mark.parametrize(("name", "english"), KNOWN.items())
def test_place_names_have_their_usual_spelling(name, english):
    assert romanize(name) == english


def test_every_unit_has_a_spelling():
    for county in Atlas(workspace=False).counties:
        assert re.fullmatch(r"[A-Za-z' ,]+", romanize(county.full_name)), county.full_name


def test_every_unit_of_an_earlier_year_has_one_too():
    codes = Atlas(workspace=False).table("unit_codes")
    names = {*codes["name"], *codes["next_name"].drop_nulls()} - {"西沙、南沙、中沙群岛"}
    assert len(names) > 3900
    assert not [name for name in names if not re.fullmatch(r"[A-Za-z' ,]+", romanize(name))]


def test_other_chinese_in_english_text_stays():
    text = "Source: 《中国县域统计年鉴》及各省统计年鉴; in 浙江省 it ranks 3rd."
    assert romanize(text) == "Source: 《中国县域统计年鉴》及各省统计年鉴; in Zhejiang it ranks 3rd."
    assert place("义乌市").zh == "义乌市"
