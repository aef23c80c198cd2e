"""Settings of docutils, LaTeX that pybtex decodes, and how Sphinx finds outdated documents."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import myst_parser.mdit_to_docutils.base
import sphinx.util.docutils
from docutils import frontend
from pybtex.richtext import Text
from sphinx.environment import BuildEnvironment

from paperloom.freshness import outdated_files
from paperloom.upstream.replacing import replace


def remember_settings() -> None:
    """Let docutils build its option parser once for each combination of components.

    Sphinx and MyST ask for the default settings of their components for every document, and MyST
    once more for a document that it throws away. Each time docutils builds an option parser with
    about ninety options: a twelfth of all reading.

    Called when the extension is set up, so that nothing is kept from one project to the next.
    """
    parsers: dict[tuple[object, ...], tuple[dict[str, Any], dict[str, Any], list[str]]] = {}

    def parsed(
        components: tuple[Any, ...], *, read_config_files: bool
    ) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
        kinds = tuple(each if isinstance(each, type) else type(each) for each in components)
        key = (read_config_files, *kinds)
        if key not in parsers:
            parser = frontend.OptionParser(components=components)
            configured = parser.get_standard_config_settings().__dict__ if read_config_files else {}
            parsers[key] = (parser.defaults, configured, parser.config_files)
        return parsers[key]

    def values(defaults: Mapping[str, Any], config_files: list[str]) -> Any:
        result = frontend.Values(dict(defaults))
        result._config_files = config_files  # noqa: SLF001  # as docutils does
        return result

    def get_settings(*components: Any, defaults: Mapping[str, Any], read_config_files: bool = False) -> Any:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            if read_config_files and defaults.get("_disable_config"):
                read_config_files = False
            common, configured, config_files = parsed(components, read_config_files=read_config_files)
            configured = {name: value for name, value in configured.items() if name != "record_dependencies"}
            return values({**common, **defaults, **configured}, config_files)

    def get_default_settings(*components: Any) -> Any:
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            common, _configured, config_files = parsed(components, read_config_files=False)
            return values(common, config_files)

    replace(sphinx.util.docutils, "_get_settings", get_settings)
    replace(myst_parser.mdit_to_docutils.base, "get_default_settings", get_default_settings)


def remember_decoded_text() -> None:
    """Let pybtex decode each text once.

    Its reference styles decode the LaTeX of a field whenever a citation shows it; a year in plain
    digits takes half a millisecond, and there are few years.
    """
    if not hasattr(Text.from_latex, "cache_info"):
        replace(Text, "from_latex", lru_cache(maxsize=4096)(Text.from_latex))


def compare_contents() -> None:
    """Let Sphinx find outdated documents by content and not by time of modification."""
    replace(BuildEnvironment, "get_outdated_files", outdated_files)
