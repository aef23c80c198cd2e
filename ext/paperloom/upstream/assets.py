"""The tags of style sheets and scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx


def remember_asset_tags(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Let pages at one depth share the tags of style sheets and scripts.

    Sphinx writes the tag of each of some twenty files anew for each page and computes the path of
    the file for its checksum each time.
    """
    tags: dict[tuple[Any, ...], str] = app.builder.__dict__.setdefault("_paperloom_asset_tags", {})
    root = context["content_root"]
    for name in ("css_tag", "js_tag"):
        context[name] = _remembering(context[name], tags, (name, root))


def _remembering(write: Callable[[Any], str], tags: dict[tuple[Any, ...], str], place: tuple[str, str]) -> Any:
    def tag(asset: Any) -> str:
        attributes = getattr(asset, "attributes", {})
        key = (*place, str(getattr(asset, "filename", asset)), *sorted(attributes.items()))
        if key not in tags:
            tags[key] = write(asset)
        return tags[key]

    return tag
