"""Tables that only the user can bring: platforms, bonds, firms, parks, projects, assets, targets, peers."""

from bolang.intake.user_tables.keeping import UserRow, by_county, peers_of, rows_in, rows_of, save
from bolang.intake.user_tables.kinds import KINDS, TableField, TableKind, kind_of
from bolang.intake.user_tables.reading import read_table, write_blank

__all__ = [
    "KINDS", "TableField", "TableKind", "UserRow", "by_county", "kind_of", "peers_of", "read_table", "rows_in", "rows_of", "save", "write_blank",
]  # fmt: skip
