"""Finished documents: built once, saved in any format."""

from bolang.publish.county_report import Report, report

__all__ = ["Report", "report"]
