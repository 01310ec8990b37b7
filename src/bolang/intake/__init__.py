"""The user's own figures: bulletins, budget reports, yearbook sheets and templates, read by rules into the workspace."""

from bolang.atlas.overlay import default_path
from bolang.intake.disagreements import Check
from bolang.intake.folder import FolderReview, read_folder
from bolang.intake.importer import Import, read
from bolang.intake.readings import FigureReading, Place, Unread
from bolang.intake.review import Review, ReviewRow
from bolang.intake.template import write_template
from bolang.intake.workspace import Batch, Workspace

__all__ = [
    "Batch",
    "Check",
    "FigureReading",
    "FolderReview",
    "Import",
    "Place",
    "Review",
    "ReviewRow",
    "Unread",
    "Workspace",
    "default_path",
    "read",
    "read_folder",
    "write_template",
]
