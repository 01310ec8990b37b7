"""The table of parameters in the handbook, kept in step with the parameter file by a test."""

from __future__ import annotations

from bolang.economy.calibration import parameters
from bolang.parameters import Parameter
from bolang.text import Lang


def parameter_table(lang: Lang) -> str:
    """Return all parameters of the economy as a Markdown table: name, label, value, range, unit and source."""
    lines = ["| name | what | value | range | unit | source |", "| --- | --- | ---: | ---: | --- | --- |"]
    for name, item in parameters().parameters.items():
        label = item.label.en if lang == "en" else item.label.zh
        span = "" if item.range is None else f"{item.range[0]:g} to {item.range[1]:g}"
        source = " ".join(item.source.split())
        lines.append(f"| `{name}` | {label} | {_value(item)} | {span} | {item.unit} | {source} |")
    return "\n".join(lines)


def _value(item: Parameter) -> str:
    if isinstance(item.value, dict):
        return f"{len(item.value)} entries"
    return f"{item.value:,}" if isinstance(item.value, int) else f"{item.value}"


if __name__ == "__main__":
    print(parameter_table("en"))
