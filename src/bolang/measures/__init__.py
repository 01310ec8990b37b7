"""Pure measures on arrays, one family a file.

Tables hold units (counties) in rows and industries or indicators in columns; a unit with missing values gets NaN.
Nothing here reads a file or knows a county.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bolang.measures.complexity import Complexity, complexity
from bolang.measures.composite import (
    Topsis,
    composite_score,
    critic_weights,
    entropy_weights,
    normalize,
    topsis,
)
from bolang.measures.concentration import (
    EllisonGlaeser,
    PlantHerfindahl,
    ellison_glaeser,
    herfindahl,
    hoover_index,
    krugman_index,
    locational_gini,
    plant_herfindahl_from_bands,
    theil_concentration,
)
from bolang.measures.convergence import (
    BetaConvergence,
    RankMobility,
    SigmaConvergence,
    beta_convergence,
    rank_mobility,
    sigma_convergence,
)
from bolang.measures.coupling import (
    LEVEL_NAMES,
    LEVELS,
    CouplingCoordination,
    coordination_level,
    coupling_coordination,
)
from bolang.measures.fiscal import (
    DEBT_BANDS,
    comprehensive_capacity,
    debt_band,
    debt_rate,
    debt_to_gdp,
    land_dependence,
    restructuring_line_crossed,
    self_sufficiency,
    tax_share,
)
from bolang.measures.inequality import (
    DagumDecomposition,
    TheilDecomposition,
    dagum_decomposition,
    gini,
    mean_log_deviation,
    theil,
    theil_decomposition,
)
from bolang.measures.linkages import (
    Linkages,
    allocation_coefficients,
    close_to_households,
    inverse,
    linkages,
    multipliers,
    technical_coefficients,
)
from bolang.measures.market_potential import hansen_accessibility, harris_market_potential, own_distance
from bolang.measures.ranking import RankBounds, rank_bounds, rank_descending
from bolang.measures.regional_coefficients import regional_coefficients
from bolang.measures.robustness import RankRobustness, rank_robustness
from bolang.measures.shift_share import ShiftShare, shift_share
from bolang.measures.specialization import QuotientInterval, location_quotient, location_quotient_interval

if TYPE_CHECKING:
    from bolang.measures.spatial_autocorrelation import (
        QUADRANT_NAMES,
        QUADRANTS,
        LocalMoran,
        Moran,
        false_discovery_rate,
        local_moran,
        morans_i,
    )
    from bolang.measures.spatial_weights import SpatialWeights

_SPATIAL = {
    "SpatialWeights": "spatial_weights",
    **dict.fromkeys(
        ("QUADRANT_NAMES", "QUADRANTS", "LocalMoran", "Moran", "false_discovery_rate", "local_moran", "morans_i"),
        "spatial_autocorrelation",
    ),
}
"""Names that rest on sparse matrices, whose library takes long to load: they are loaded when first asked for."""

__all__ = [
    "DEBT_BANDS",
    "LEVELS",
    "LEVEL_NAMES",
    "QUADRANTS",
    "QUADRANT_NAMES",
    "BetaConvergence",
    "Complexity",
    "CouplingCoordination",
    "DagumDecomposition",
    "EllisonGlaeser",
    "Linkages",
    "LocalMoran",
    "Moran",
    "PlantHerfindahl",
    "QuotientInterval",
    "RankBounds",
    "RankMobility",
    "RankRobustness",
    "ShiftShare",
    "SigmaConvergence",
    "SpatialWeights",
    "TheilDecomposition",
    "Topsis",
    "allocation_coefficients",
    "beta_convergence",
    "close_to_households",
    "complexity",
    "composite_score",
    "comprehensive_capacity",
    "coordination_level",
    "coupling_coordination",
    "critic_weights",
    "dagum_decomposition",
    "debt_band",
    "debt_rate",
    "debt_to_gdp",
    "ellison_glaeser",
    "entropy_weights",
    "false_discovery_rate",
    "gini",
    "hansen_accessibility",
    "harris_market_potential",
    "herfindahl",
    "hoover_index",
    "inverse",
    "krugman_index",
    "land_dependence",
    "linkages",
    "local_moran",
    "location_quotient",
    "location_quotient_interval",
    "locational_gini",
    "mean_log_deviation",
    "morans_i",
    "multipliers",
    "normalize",
    "own_distance",
    "plant_herfindahl_from_bands",
    "rank_bounds",
    "rank_descending",
    "rank_mobility",
    "rank_robustness",
    "regional_coefficients",
    "restructuring_line_crossed",
    "self_sufficiency",
    "shift_share",
    "sigma_convergence",
    "tax_share",
    "technical_coefficients",
    "theil",
    "theil_concentration",
    "theil_decomposition",
    "topsis",
]


def __getattr__(name: str) -> Any:
    if name in _SPATIAL:
        return getattr(import_module(f"bolang.measures.{_SPATIAL[name]}"), name)
    raise AttributeError(f"module 'bolang.measures' has no attribute {name!r}")
