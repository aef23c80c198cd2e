"""Texts of the interface in the language of the site."""

from __future__ import annotations

from pathlib import Path

from sphinx.locale import get_translation, get_translator, init

CATALOG = "paperloom"
#: Holds ``paperloom.pot`` and, for each language, ``<language>/LC_MESSAGES/paperloom.mo``.
LOCALE = Path(__file__).parent / "locale"
#: Translates when it is shown, for texts that exist before the language is known.
lazy = get_translation(CATALOG)


def speak(language: str) -> None:
    """Translate into ``language`` from now on, where no Sphinx has been started that would say so."""
    init([str(LOCALE)], language.replace("-", "_"), CATALOG)


def _(message: str) -> str:
    """Return ``message`` translated, as a plain string."""
    return str(lazy(message))


def count(number: int, singular: str, plural: str) -> str:
    """Return ``1 paper`` or ``3 papers``: ``singular`` and ``plural`` hold ``{number}``."""
    return get_translator(CATALOG).ngettext(singular, plural, number).format(number=number)
