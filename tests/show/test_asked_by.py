"""What a page tells a reader to type leads him back to the county."""

import pytest

from bolang.atlas import Atlas
from bolang.pages.asked_by import asked_by


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.mark.parametrize("code", ["330782", "130534", "110105", "220104", "320106", "520526"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_typed_leads_to_the_county_alone_and_holds_no_space(atlas, code, lang):
    typed = asked_by(atlas.county(code)).in_(lang)
    assert atlas.county(typed).code == code
    assert " " not in typed


def test_a_name_is_kept_where_it_is_the_only_one(atlas):
    assert asked_by(atlas.county("330782")).zh == "义乌市"
    assert asked_by(atlas.county("110105")).zh == "110105"
