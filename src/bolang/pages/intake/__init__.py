"""The review of what a file or a folder of files gave, as pages."""

from bolang.pages.intake.folder import folder_document
from bolang.pages.intake.review import review_document

__all__ = ["folder_document", "review_document"]
