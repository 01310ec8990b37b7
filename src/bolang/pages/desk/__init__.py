"""The desk table as blocks of a page."""

from bolang.pages.desk.tables import desk_notes, desk_table, sister_table

__all__ = ["desk_notes", "desk_table", "sister_table"]
