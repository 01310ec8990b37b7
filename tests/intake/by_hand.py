"""Small documents and tables made by hand, and what is read of them."""

from bolang.intake.blocks import FilledTable, SourceText
from bolang.intake.bulletin import read_document
from bolang.intake.times import Time


def document(*blocks, title="义乌市2023年统计公报"):
    return SourceText(title, list(blocks))


def read(*blocks, title="义乌市2023年统计公报", **options):
    return read_document(document(*blocks, title=title), Time(2023), **options)


def table(*rows, line=10, first_row=3, caption="", name="表1"):
    return FilledTable(tuple(rows), name, line, caption, first_row)
