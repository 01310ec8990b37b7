"""Tables that only the user can bring, such as platforms and firms: their empty forms, and a filled one into the workspace."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from starlette.responses import RedirectResponse, Response

from bolang.intake import Workspace
from bolang.intake.user_tables import KINDS, by_county, kind_of, read_table, save, write_blank
from bolang.web.county import county_of
from bolang.web.downloads import attachment
from bolang.web.fields import Form, one
from bolang.web.refusals import refuse
from bolang.web.shell import Visit
from bolang.web.uploads import kept_for_reading, sent_files
from bolang.wording import load

TABLES = load("user_tables")


def table_names(visit: Visit) -> list[tuple[str, str]]:
    """Return the kinds of tables, each as it is called in the language of the page."""
    return [(key, TABLES(f"kind.{key}").in_(visit.lang)) for key in KINDS]


def blank_figures(visit: Visit) -> Response:
    """Return the workbook in which figures of a county are filled in."""
    from bolang.intake import write_template

    county = county_of(visit)
    with tempfile.TemporaryDirectory(prefix="bolang-") as folder:
        path = write_template(county, Path(folder) / "form.xlsx", visit.room.atlas)
        return attachment(path.read_bytes(), county.name, "xlsx")


def blank_table(visit: Visit) -> Response:
    """Return an empty table of a kind."""
    kind = kind_of(visit.request.path_params["kind"])
    with tempfile.TemporaryDirectory(prefix="bolang-") as folder:
        path = write_blank(kind, Path(folder) / "form.xlsx")
        return attachment(path.read_bytes(), kind.name, "xlsx")


def take_table(visit: Visit, form: Form) -> Response:
    """Save a filled table; it takes the place of the county's earlier one, and can be taken back as an import."""
    kind, atlas = kind_of(one(form, "table")), visit.room.atlas
    named = one(form, "county")
    county = atlas.county(named) if named else None
    files = sent_files(form)
    if len(files) != 1:
        raise refuse("table")
    [(name, content)] = files
    with kept_for_reading(name, content) as path:
        rows = read_table(kind, path)
        if not rows:
            raise refuse("empty", file=path.name)
        tables = by_county(rows, county, atlas, path.name)
        if kind.key == "peers":
            for row in rows:
                atlas.county(str(row["name"]))
        save(Workspace(visit.room.path), kind, tables, path.name, hashlib.sha256(content).hexdigest())
    visit.request.app.state.rooms.renew(visit.workspace)
    codes = ",".join(found.code for found in tables)
    return RedirectResponse(visit.url("/import", saved=len(tables), c=codes), 303)
