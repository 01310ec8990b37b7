"""Foreign regions: who they are, how large, and what they trade with the country."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.economy.calibration.national import NationalAccounts
from bolang.economy.core.arrays import Array
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Text, tr

if TYPE_CHECKING:
    from bolang.atlas import Atlas
    from bolang.foundation.parameters import ParameterFile

BILLION_TO_WAN = 1e5
"""A billion yuan in 万元."""


@dataclass(frozen=True, slots=True, eq=False)
class Regions:
    """Foreign regions.

    Attributes
    ----------
    ids : tuple of str
    names : tuple of Text
    markets : tuple of tuple of str
        Markets of `bolang.space` that a region is reached through.
    income : array (R,)
        GDP in 万元.
    export_share, import_share : array (R,)
        Share of each region in the country's exports and imports.
    """

    ids: tuple[str, ...]
    names: tuple[Text, ...]
    markets: tuple[tuple[str, ...], ...]
    income: Array
    export_share: Array
    import_share: Array

    @classmethod
    def from_parameters(cls, atlas: Atlas, parameters: ParameterFile) -> Regions:
        """Read the regions of the parameter file; sizes come from the atlas's table of markets."""
        listed = parameters["foreign_regions"].value
        assert isinstance(listed, dict)
        ids = tuple(str(name) for name in listed)
        size = dict(atlas.table("markets").select("id", "gdp_2020_busd").iter_rows())
        rate = parameters.number("exchange_rate_2020") * BILLION_TO_WAN
        exports = np.array([region["exports"] for region in listed.values()], dtype=float)
        imports = np.array([region["imports"] for region in listed.values()], dtype=float)
        return cls(
            ids=ids,
            names=tuple(Text(region["zh"], region["en"]) for region in listed.values()),
            markets=tuple(tuple(region["markets"]) for region in listed.values()),
            income=np.array([rate * sum(size[m] for m in region["markets"]) for region in listed.values()]),
            export_share=exports / exports.sum(),
            import_share=imports / imports.sum(),
        )

    def position(self, name: str) -> int:
        """Return the place of a region given by its key or by its name in either language.

        Raises
        ------
        BadInputError
            If there is none; all are listed.
        """
        for r, (key, label) in enumerate(zip(self.ids, self.names, strict=True)):
            if name.strip().casefold() == key or label.called(name):
                return r
        listed = ", ".join(f"{key}（{label.key}）" for key, label in zip(self.ids, self.names, strict=True))
        raise BadInputError(
            tr(f"没有名为 {name!r} 的境外地区。", f"No foreign region {name!r}."),
            tr(f"可选：{listed}", f"Choose: {', '.join(self.ids)}"),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Abroad:
    """Accounts of the foreign regions that close the world's markets.

    Attributes
    ----------
    sales, spending, exports, imports : array (R, S)
        Output and expenditure of the regions; exports and imports of the home country with them.
    transfers : array (R,)
        Spending beyond income.
    """

    sales: Array
    spending: Array
    exports: Array
    imports: Array
    transfers: Array


def accounts_abroad(regions: Regions, nation: NationalAccounts, traded: Array) -> Abroad:
    """Give each region the home country's technology and tastes, and the trade that the table records.

    Output solves ``Y = alpha E + A Y - exports + imports``; regions trade with the home country and with themselves.

    Parameters
    ----------
    traded : bool array (S,)
        Industries with foreign trade; the small rest is dropped on both sides.
    """
    exports = np.outer(regions.export_share, np.where(traded, nation.exports, 0))
    imports = np.outer(regions.import_share, np.where(traded, nation.imports, 0))
    transfers = exports.sum(axis=1) - imports.sum(axis=1)
    alpha = nation.final / nation.final.sum()
    links = nation.input_shares
    final = (regions.income + transfers)[:, None] * alpha
    sales = np.linalg.solve(np.eye(len(alpha)) - links, (final - exports + imports).T).T
    return Abroad(sales, final + sales @ links.T, exports, imports, transfers)
