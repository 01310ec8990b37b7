"""The national input-output table on the 19 industries, as the model needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bolang.atlas import INDUSTRIES
from bolang.economy.core.arrays import Array
from bolang.foundation.errors import BadInputError

if TYPE_CHECKING:
    import polars as pl

FINAL_COLUMNS = ("consumption", "fixed_capital", "inventories")


@dataclass(frozen=True, slots=True, eq=False)
class NationalAccounts:
    """One year's table, domestic and imported uses together, 万元.

    Attributes
    ----------
    value_added, output, final, exports, imports : array (S,)
        Final use is consumption and capital formation at home; exports include re-exports.
    inputs : array (S, S)
        ``inputs[k, s]``: use of k's goods by s.
    """

    value_added: Array
    output: Array
    final: Array
    exports: Array
    imports: Array
    inputs: Array

    @classmethod
    def from_table(cls, table: pl.DataFrame) -> NationalAccounts:
        """Read `atlas.table("io_2020")` or a table of the same form.

        Raises
        ------
        BadInputError
            If use and supply of an industry differ by more than 1e-6.
        """
        import polars as pl

        industries = list(INDUSTRIES)

        def rows(origin: str, columns: list[str]) -> Array:
            part = table.filter(pl.col("origin") == origin).select(columns).fill_null(0)
            return part.to_numpy().astype(float)

        use = rows("domestic", industries) + rows("imported", industries)
        final = rows("domestic", list(FINAL_COLUMNS)) + rows("imported", list(FINAL_COLUMNS))
        exports = rows("domestic", ["exports"]) + rows("imported", ["exports"])
        imports = rows("imported", [*industries, *FINAL_COLUMNS, "exports"]).sum(axis=1)
        value_added = rows("value_added", industries).sum(axis=0)
        output = use.sum(axis=0) + value_added
        accounts = cls(value_added, output, final.sum(axis=1), exports[:, 0], imports, use)
        miss = np.abs(use.sum(axis=1) + accounts.final + accounts.exports - imports - output).max() / output.max()
        if miss > 1e-6:
            raise BadInputError(f"The input-output table does not balance: use and supply differ by {miss:.2g}.")
        return accounts

    @property
    def value_added_share(self) -> Array:
        """``gamma_s``."""
        return self.value_added / self.output

    @property
    def input_shares(self) -> Array:
        """``links[k, s]``."""
        return self.inputs / self.output

    def with_margins(self, goods: int, service: int, at_home: float, abroad: float) -> NationalAccounts:
        """Move hub margins from purchases of wholesale services to purchases of the goods that hubs sell.

        In producers' prices a buyer pays the maker and the trader apart; the model's buyers pay both at the hub.

        Parameters
        ----------
        goods, service : int
            Industry of the goods and of the wholesale services.
        at_home, abroad : float
            Margins in home and in foreign purchases.
        """
        share = at_home / (self.inputs[goods].sum() + self.final[goods])
        inputs, final, exports = self.inputs.copy(), self.final.copy(), self.exports.copy()
        for row, sign in ((goods, 1), (service, -1)):
            inputs[row] += sign * share * self.inputs[goods]
            final[row] += sign * share * self.final[goods]
            exports[row] += sign * abroad
        if min(inputs[service].min(), final[service], exports[service]) < 0:
            raise BadInputError("The margins of hubs exceed what the nation spends on wholesale services.")
        return NationalAccounts(self.value_added, self.output, final, exports, self.imports, inputs)
