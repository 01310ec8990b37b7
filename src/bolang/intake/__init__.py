"""The user's own figures: bulletins, budget reports, yearbook sheets and templates, read by rules into the workspace."""

from bolang.atlas.overlay import default_path
from bolang.intake.agreement import Check
from bolang.intake.folder import FolderReview, read_folder
from bolang.intake.importer import Import, read
from bolang.intake.readings import Place, Reading, Unread
from bolang.intake.review import Review, Row
from bolang.intake.template import write_template
from bolang.intake.workspace import Batch, Workspace

__all__ = [
    "Batch",
    "Check",
    "FolderReview",
    "Import",
    "Place",
    "Reading",
    "Review",
    "Row",
    "Unread",
    "Workspace",
    "default_path",
    "read",
    "read_folder",
    "write_template",
]
