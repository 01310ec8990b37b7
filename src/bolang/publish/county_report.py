"""The report of one county: built once, saved in any format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from bolang.atlas import Atlas, County, asked
from bolang.diagnosis.diagnostician import Diagnostician
from bolang.diagnosis.peers import GROUP_LABELS
from bolang.document.model import Document, Style
from bolang.document.tidy import tidy
from bolang.foundation import doors, files
from bolang.foundation.text import LANGUAGES, Lang, Text, default_language, same
from bolang.pages.report.chapters import build_chapters
from bolang.pages.report.context import Builder, Context
from bolang.pages.report.front import front, subtitle, title
from bolang.pages.report.modelled import solve
from bolang.render import FORMATS, Format, format_of, render

if TYPE_CHECKING:
    from bolang.diagnosis import Diagnosis

Progress = Callable[[Text], None]
"""Called with the name of each step as it begins."""


@dataclass(frozen=True, eq=False)
class Report:
    """A finished report in both languages.

    Attributes
    ----------
    document : Document
        The content, apart from any format.
    diagnosis : Diagnosis
        The diagnosis it was written from.
    """

    document: Document
    diagnosis: Diagnosis

    @property
    def county(self) -> County:
        """The county reported on."""
        return self.diagnosis.county

    @doors.door(form=doors.one_of(FORMATS), lang=doors.one_of(LANGUAGES), style=doors.one_of(get_args(Style)))
    def to_bytes(self, form: Format, lang: Lang | None = None, style: Style = "analyst") -> bytes:
        """Render the report as the bytes of a file; equal reports give equal bytes."""
        return render(self.document, form, lang or default_language(), style)

    @doors.door(path=doors.path, lang=doors.one_of(LANGUAGES), style=doors.one_of(get_args(Style)))
    def save(self, path: str | Path, lang: Lang | None = None, style: Style = "analyst") -> Path:
        """Write the report in the format that the suffix names (docx, pdf, html, xlsx).

        Parameters
        ----------
        path : str or Path
            Where to write; an existing file is replaced in one step.
        lang : {'zh', 'en'}, optional
            Language; that of the interface by default.
        style : {'analyst', 'official'}
            Layout of Word and PDF; ``official`` follows GB/T 9704-2012.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        BadInputError
            If the suffix is not a known format.
        OutputError
            If the file cannot be written; nothing is left half-written.
        """
        target = Path(path)
        form = format_of(target.name)
        files.check_writable(target)
        files.write(target, self.to_bytes(form, lang, style))
        return target


@doors.door(
    atlas=doors.a(Atlas, called=Text("bl.Atlas", "a bl.Atlas")),
    diagnostician=doors.a(Diagnostician, called=Text("bl.Diagnostician", "a bl.Diagnostician")),
    day=doors.a(date, called=Text("datetime.date 日期", "a datetime.date")),
    authors=doors.a(Text, called=Text("Text(中文, 英文)", "a Text(Chinese, English)")),
    peer_group=doors.one_of(GROUP_LABELS),
    budget=doors.money,
    debt_limit=doors.money,
    extra=doors.a(Mapping, called=Text("章节到段落的映射", "a mapping of chapters to builders")),
)
def report(
    county: str | County,
    atlas: Atlas | None = None,
    *,
    diagnostician: Diagnostician | None = None,
    day: date | None = None,
    authors: Text | None = None,
    peer_group: str = "similar",
    model: bool = True,
    budget: float | None = None,
    debt_limit: float | None = None,
    extra: Mapping[str, Sequence[Builder]] | None = None,
    progress: Progress | None = None,
) -> Report:
    """Write the report of one county.

    Parameters
    ----------
    county : str or County
        A name, a full name or a code.
    atlas : Atlas, optional
        Facts to report from; the built-in ones (and the user's workspace) by default.
    diagnostician : Diagnostician, optional
        Reused where several counties are reported on.
    day : date, optional
        Date of the report; today by default. The same data and date give the same document.
    authors : Text, optional
        Who signs.
    peer_group : str
        Which peers to compare with.
    model : bool
        Solve the county economy for lever effects, plan and shocks: a minute or two the first time, then from the cache.
        False leaves these sections out, and the report says so.
    budget, debt_limit : float, optional
        Of the plan, 亿元; see `bolang.plan`.
    extra : mapping of str to sequence of Builder, optional
        Further sections by the key of the chapter that they close.
    progress : callable, optional
        Told the name of each step.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        If the name does not lead to one county.
    """
    tell = progress or (lambda _: None)
    if diagnostician is None:
        own, found = asked(county, atlas)
        tell(Text("读取全国数据并计算指标", "Reading the data of all counties"))
        diagnostician = Diagnostician(own)
    else:
        found = diagnostician.atlas.county(county)
    tell(Text(f"诊断{found.name}", f"Diagnosing {found.name}"))
    diagnosis = diagnostician.diagnose(found, peer_group=peer_group)
    answers = None
    if model:
        answers = solve(diagnostician.atlas, found, budget=budget, debt_limit=debt_limit, progress=tell)
    context = Context(diagnostician, diagnosis, day or date.today(), answers)
    tell(Text("撰写报告", "Writing"))
    return Report(tidy(_document(context, authors, extra)), diagnosis)


def _document(context: Context, authors: Text | None, extra: Mapping[str, Sequence[Builder]] | None) -> Document:
    return Document(
        title=title(context),
        subtitle=subtitle(context),
        kicker=Text(f"县域经济研究 · {context.county.full_name}", f"County economies · {context.county.full_name}"),
        authors=authors or Text("拨浪（bolang）生成初稿，待签发", "Draft by bolang, to be signed"),
        date=context.day,
        front=front(context),
        sections=build_chapters(context, extra),
        keywords=(same(context.name), Text("县域经济", "county economy"), Text("义乌模式", "Yiwu model")),
    )
