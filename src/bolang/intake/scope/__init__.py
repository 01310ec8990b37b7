"""What a figure is a figure of: time, area, parent total and definition, each stated by the text or inherited by a named rule.

One module a question: `time` (which year, which part of it), `area` (whose figure), `parent` (of which total a bare part is
a part), `grounds` (by which rule each was settled, and what that costs in confidence). What none of them settles stays unread.
"""

from bolang.intake.scope.grounds import Grounds

__all__ = ["Grounds"]
