"""The tables of parameters and levers in the handbook, kept in step with their files by a test."""

from __future__ import annotations

from bolang.economy.calibration.calibration import parameters
from bolang.economy.levers.catalogue import Triangular, levers
from bolang.foundation.parameters import Parameter
from bolang.foundation.text import Lang


def parameter_table(lang: Lang) -> str:
    """Return all parameters of the economy as a Markdown table: name, label, value, range, unit and source."""
    lines = ["| name | what | value | range | unit | source |", "| --- | --- | ---: | ---: | --- | --- |"]
    for name, item in parameters().parameters.items():
        label = item.label.text.in_(lang)
        span = "" if item.range is None else f"{item.range[0]:g} to {item.range[1]:g}"
        lines.append(f"| `{name}` | {label} | {_value(item)} | {span} | {item.unit} | {_cell(item.source)} |")
    return "\n".join(lines)


def lever_table(lang: Lang) -> str:
    """Return all levers as a Markdown table: name, what moves, effect, evidence, cost, years and source."""
    lines = [
        "| lever | moves | effect | evidence | cost, 100m yuan | years | source of the effect |",
        "| --- | --- | --- | --- | --- | ---: | --- |",
    ]
    for key, item in levers().items():
        cost = f"{item.cost.mode:g} ({item.cost.low:g} to {item.cost.high:g})"
        effect = item.effect
        if isinstance(effect, Triangular):
            size = f"{effect.mode:.1%} ({effect.low:.0%} to {effect.high:.0%})"
        else:
            size = f"{effect.mean:.1%} (s.d. {effect.sd:.1%})"
        cells = (f"`{key}`", item.moves.text.in_(lang), size, item.evidence.text.in_(lang), cost, f"{item.years:g}")
        lines.append("| " + " | ".join(cells) + f" | {_cell(item.source.text.in_(lang))} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _value(item: Parameter) -> str:
    if isinstance(item.value, dict):
        return f"{len(item.value)} entries"
    return f"{item.value:,}" if isinstance(item.value, int) else f"{item.value}"


if __name__ == "__main__":
    print(parameter_table("en"), lever_table("en"), sep="\n\n")
