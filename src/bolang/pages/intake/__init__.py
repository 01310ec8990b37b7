"""The review of what a file or a folder of files gave, as pages."""

from bolang.pages.intake.batches import batch_document, batches_document
from bolang.pages.intake.checks import check_text
from bolang.pages.intake.data import review_data
from bolang.pages.intake.folder import folder_document
from bolang.pages.intake.review import review_document
from bolang.pages.intake.said import said, saved_text, table_saved_text, undone_text

__all__ = [
    "batch_document",
    "batches_document",
    "check_text",
    "folder_document",
    "review_data",
    "review_document",
    "said",
    "saved_text",
    "table_saved_text",
    "undone_text",
]
