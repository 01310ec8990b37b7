"""The report of one county: built once, saved in any format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from bolang.atlas import Atlas, County, an_atlas, asked
from bolang.atlas.romanize import place
from bolang.diagnosis.diagnostician import Diagnostician
from bolang.document.model import Document, Style
from bolang.document.tidy import tidy
from bolang.foundation import doors, files
from bolang.foundation.text import LANGUAGES, Lang, Text, default_language
from bolang.intake.user_tables import peers_of
from bolang.pages.brief import brief_page
from bolang.pages.report.context import Context
from bolang.pages.report.official import official
from bolang.pages.report.plan_style import plan_document
from bolang.pages.report.whole import whole
from bolang.render import FORMATS, Format, format_of, render
from bolang.wording import load, with_style

if TYPE_CHECKING:
    from bolang.diagnosis import Diagnosis

WORDS = load("cli_progress")
Kind = Literal["full", "brief", "plan"]
KINDS: tuple[Kind, ...] = get_args(Kind)
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
    context : Context
        What every chapter was given.
    signed : Text or None
        Who signs, where the user has said so.
    """

    document: Document
    diagnosis: Diagnosis
    context: Context
    signed: Text | None = None

    @property
    def county(self) -> County:
        """The county reported on."""
        return self.diagnosis.county

    @doors.door(form=doors.one_of(FORMATS), lang=doors.one_of(LANGUAGES), style=doors.one_of(get_args(Style)))
    def to_bytes(self, form: Format, lang: Lang | None = None, style: Style = "analyst") -> bytes:
        """Render the report as the bytes of a file; equal reports give equal bytes."""
        shown = tidy(official(self.context, self.document, self.signed)) if style == "official" else self.document
        return render(shown, form, lang or default_language(), style)

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
            ``official`` has the form and the layout of GB/T 9704-2012.

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
    atlas=an_atlas,
    diagnostician=doors.a(Diagnostician, called=Text("bl.Diagnostician", "a bl.Diagnostician")),
    day=doors.a(date, called=Text("datetime.date 日期", "a datetime.date")),
    authors=doors.a(Text, called=Text("Text(中文, 英文)", "a Text(Chinese, English)")),
    peer_group=doors.a(str, called=Text("对标组或县名", "a peer group or names of counties")),
    budget=doors.money,
    kind=doors.one_of(KINDS),
    wording=doors.a(Path, called=Text("pathlib.Path 路径", "a pathlib.Path")),
    sections=doors.a(Sequence, called=Text("章节键的列表", "a list of chapter keys")),
)
def report(
    county: str | County,
    atlas: Atlas | None = None,
    *,
    diagnostician: Diagnostician | None = None,
    day: date | None = None,
    authors: Text | None = None,
    peer_group: str = "similar",
    budget: float | None = None,
    sections: Sequence[str] | None = None,
    kind: Kind = "full",
    wording: Path | None = None,
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
        A peer group, or the names of units separated by commas; the peers that the user has brought in a table stand for
        the default.
    budget : float, optional
        Own money of the plan over five years, 亿元; see `bolang.plan`.
    sections : sequence of str, optional
        Keys of the chapters that are wanted, such as ``("economy", "debt")``; all by default.
    kind : {'full', 'brief', 'plan'}
        The whole report, one page, or the working paper of a five-year plan.
    wording : Path, optional
        A house style: a YAML file with statements that replace the built-in ones.
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
        tell(WORDS("report.reading"))
        diagnostician = Diagnostician(own)
    else:
        found = diagnostician.atlas.county(county)
    tell(WORDS("report.diagnosing", county=place(found.name)))
    own_peers = peers_of(diagnostician.atlas, found) if peer_group == "similar" else ""
    diagnosis = diagnostician.diagnose(found, peer_group=own_peers or peer_group)
    called = county if isinstance(county, str) else None
    context = Context(diagnostician, diagnosis, day or date.today(), budget, called)
    tell(WORDS("report.composing"))
    with with_style(wording):
        written = _written(context, kind, authors, sections)
    return Report(tidy(written), diagnosis, context, authors)


def _written(context: Context, kind: Kind, authors: Text | None, sections: Sequence[str] | None) -> Document:
    if kind == "brief":
        return brief_page(context, authors)
    if kind == "plan":
        return plan_document(context, authors)
    return whole(context, authors, sections)
