"""``bolang export-site``: pages of counties that open from a folder, without a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bolang.cli.options import LangOption, argument, option
from bolang.foundation.errors import BadInputError
from bolang.foundation.text import Lang, Text, default_language, language, tr
from bolang.wording import load

WORDS = load("cli_county")


def command(
    names: Annotated[list[str], argument(WORDS("export_site.names.metavar"), WORDS("export_site.names"))],
    output: Annotated[Path, option("-o", "--output", said=WORDS("export_site.output"), shown=True)] = Path("site"),
    lang: LangOption = None,
) -> None:
    """Write the folder."""
    from bolang.atlas import own_atlas
    from bolang.cli.progress import bar

    chosen: Lang = language(lang) if lang else default_language()
    try:
        from bolang.web.site import export_site
    except ImportError as error:
        raise BadInputError(
            tr(f"缺少 {error.name}。", f"{error.name} is missing."),
            tr("请运行 pip install 'bolang[web]'。", "Run pip install 'bolang[web]'."),
        ) from None
    atlas = own_atlas()
    counties = list(dict.fromkeys(atlas.county(name) for name in names))
    with bar(str(WORDS("export_site.working"))) as tell:

        def told(_: Text, share: float) -> None:
            tell(share)

        written = export_site(counties, output, chosen, told)
    first = output / "index.html"
    typer.echo(WORDS("export_site.written", count=len(written), first=str(first)))
