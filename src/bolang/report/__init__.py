"""Reports: one document model, rendered as Word, PDF, HTML or Excel, in Chinese or English."""

import sys
from types import ModuleType
from typing import Any

from bolang.atlas.model import County
from bolang.report.content.context import Builder, Context
from bolang.report.county_report import Report, report

__all__ = ["Builder", "Context", "Report", "report"]


class _CallablePackage(ModuleType):
    """Lets ``bl.report(county)`` work although this package has the name of its main function."""

    def __call__(self, county: str | County, **options: Any) -> Report:
        return report(county, **options)


sys.modules[__name__].__class__ = _CallablePackage
