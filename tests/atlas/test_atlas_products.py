"""What two lists name a little differently is one product of a county; what is made of a thing is another."""

import pytest

from bolang.atlas import Atlas
from bolang.atlas.products import one_thing


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("兴国红鲤", "兴国红鲤鱼", True),
        ("都匀毛尖", "都匀毛尖茶", True),
        ("嘉祥白菊", "嘉祥白菊花", True),
        ("黑茶", "安化黑茶", True),
        ("河田鸡", "长汀河田鸡", True),
        ("家纺", "家纺（叠石桥）", True),
        ("三清山白茶", "三清山白茶（白化绿茶）", True),
        ("皮山县克里阳雪菊", "克里阳雪菊", True),
        ("卢氏连翘", "卢氏连翘茶", False),
        ("横县茉莉花", "横县茉莉花茶", False),
        ("武定鸡", "武定鸡蛋", False),
        ("右玉羊", "右玉羊肉", False),
        ("喀喇沁苹果", "喀喇沁苹果梨", False),
        ("五金", "五金、电动工具、杯壶", False),
        ("羊", "小尾寒羊", False),
        ("海水鱼", "淡水鱼", False),
    ],
)
def test_names_of_one_thing(one, other, same):
    assert one_thing(one, other) is one_thing(other, one) is same


def test_a_county_lists_each_thing_once_and_keeps_the_best_source():
    products = Atlas(workspace=False).products
    assert [p.name for p in products.of("兴国县") if "鲤" in p.name] == ["兴国红鲤"]
    for county in ("义乌市", "安化县", "兴国县", "都匀市", "常熟市", "桐乡市"):
        names = [p.name for p in products.of(county)]
        assert names
        assert not [(a, b) for a in names for b in names if a is not b and one_thing(a, b)]
