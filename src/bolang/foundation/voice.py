"""How a result speaks: its page, found by name when somebody asks, puts it into words; nothing below imports a page."""

from __future__ import annotations

from importlib import import_module

from bolang.foundation.text import Lang


def spoken(page: str, result: object, lang: Lang) -> str:
    """Return what the page says of a result as plain text.

    Parameters
    ----------
    page : str
        Folder of `bolang.pages` with a module ``explain`` that holds a function of that name.
    result : object
    lang : {'zh', 'en'}
    """
    return str(import_module(f"bolang.pages.{page}.explain").explain(result, lang))
