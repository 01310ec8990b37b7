import numpy as np
import pytest

from bolang.atlas import Atlas
from bolang.diagnosis.evidence import Evidence
from bolang.diagnosis.likeness import build_likeness
from bolang.diagnosis.peers import PEER_GROUPS, block_distances, nearest
from bolang.foundation.errors import BadInputError
from bolang.pages.diagnosis.peers import peer_reason


@pytest.fixture(scope="module")
def atlas():
    return Atlas(workspace=False)


@pytest.fixture(scope="module")
def likeness(atlas):
    return build_likeness(Evidence(atlas))


def test_distance_is_the_root_mean_square_over_shared_features():
    blocks = {"a": np.array([[0.0, 0.0], [3.0, 4.0], [np.nan, 4.0], [np.nan, np.nan]])}
    assert block_distances(blocks, 0)["a"] == pytest.approx([0.0, np.sqrt(12.5), 4.0, np.inf])


@pytest.mark.parametrize("group", PEER_GROUPS)
def test_every_group_leaves_the_county_out_and_orders_by_distance(atlas, likeness, group):
    yiwu = atlas.county("义乌市")
    peers = nearest(likeness, atlas.counties, yiwu, group, 10)
    assert peers
    assert yiwu not in [peer.county for peer in peers]
    assert [p.distance for p in peers] == sorted(p.distance for p in peers)
    assert all(len(peer.alike) == 2 and peer_reason(peer).zh and peer_reason(peer).en for peer in peers)


def test_groups_keep_to_their_border(atlas, likeness):
    yiwu = atlas.county("义乌市")
    assert {p.county.province for p in nearest(likeness, atlas.counties, yiwu, "province")} == {"浙江省"}
    assert {p.county.prefecture for p in nearest(likeness, atlas.counties, yiwu, "prefecture")} == {"金华市"}
    assert {p.county.kind for p in nearest(likeness, atlas.counties, yiwu, "kind")} == {"city"}


def test_an_unknown_group_names_the_known_ones(atlas, likeness):
    with pytest.raises(BadInputError, match="similar, structure"):
        nearest(likeness, atlas.counties, atlas.counties[0], "friends")
