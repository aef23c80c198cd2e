"""Which redirects say that a page has a new address for good, and which only turn a reader away.

Hosts answer 301 to much that is no new address: a removed article leads to the home page, a
closed one to a login, any page at all to a notice about cookies. Only an address that still
names the same thing is taken over into a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

from paperloom.model.identifiers import identify, is_web_address, strip_tracking

#: The answers that say "from now on" (RFC 9110); the other redirects say "for now".
PERMANENT = frozenset({301, 308})
#: Parts of an address that ask the reader for something, or say that there is nothing.
_TURNED_AWAY = re.compile(
    r"""(?:[a-z]+[-_])?(?:
    log[-_]?in|log[-_]?on|sign[-_]?in|sign[-_]?up|register|sso|saml2?|oauth2?|openid|auth\d*|authorize|wayf|idp
    |accounts?|subscribe|subscriptions?|paywall|membership|checkout
    |consent|cookies?|cookie[-_]?absent|gdpr|privacy|age[-_]?gate
    |captcha|challenge|validate|robots?|unsupported[-_]?browser|interstitial
    |errors?|40[0-9]|410|50[0-9]|not[-_]?found|gone|unavailable|expired|suspended|parking
    )(?:[-_]?(?:page|wall|form|required|failed|check|policy))?""",
    re.VERBOSE | re.IGNORECASE,
)
#: Parameters that are good for one visit.
_SESSION = re.compile(r"(?:j|php)?sess(?:ion)?[-_]?id|sid|session|token|ticket|state|nonce|redirect\w*|return\w*", re.I)
#: Words that do not tell one page of a site from another.
_COMMON = frozenset(
    "ai and article blog com edu for from github html in index io net news of on org page post the to with www".split()  # noqa: SIM905  # a list of words reads better as text
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_INDEX = re.compile(r"(?:index|default|home)(?:\.\w+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the status of the answer and the absolute address that it names."""

    status: int
    address: str


def new_address(old: str, hops: Iterable[Hop]) -> str | None:
    """Return the address that ``old`` has for good: the last one that permanent redirects alone lead to.

    A temporary redirect behind it is the new page's own affair. None where the first redirect is temporary.
    The fragment of ``old`` is kept where the redirects name none, as browsers do.
    """
    new = None
    for hop in hops:
        if hop.status not in PERMANENT:
            break
        new = urljoin(new or old, hop.address)
    if new is None:
        return None
    new = strip_tracking(new) if strip_tracking(old) == old else new
    fragment = urldefrag(old).fragment
    return f"{new}#{fragment}" if fragment and not urldefrag(new).fragment else new


def why_not_the_same(old: str, new: str) -> str:
    """Return why ``new`` is no equivalent of ``old``, empty where it is one."""
    if not is_web_address(new):
        return "the new address is no web address"
    before, after = urlsplit(old), urlsplit(new)
    if before.scheme == "https" and after.scheme == "http":
        return "the new address is not encrypted"
    was, is_now = identify(old), identify(new)
    if was == is_now:  # scheme, "www.", a slash at the end and tracking aside
        return ""
    if was and was.kind != "url":
        return f"the old address names {was} and the new one does not"
    if _returns_to(old, new):
        return "the new address would lead back to the old one"
    if any(_TURNED_AWAY.fullmatch(part) for part in _added_parts(old, new)) or _has_session(old, new):
        return "the new address is a login, a notice or an error"
    old_path, new_path = _segments(before.path), _segments(after.path)
    if len(new_path) < len(old_path) and old_path[: len(new_path)] == new_path and not after.query:
        return "the new address is the home page of its site" if not new_path else "the new address is a section"
    words = _words_of_page(old)
    if (old_path != new_path or not old_path) and 2 * len(words & _words(new)) <= len(words):
        return "the new address does not name the page"
    return ""


def shared_targets(moved: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the new addresses that several old ones lead to: those are rather notices than pages."""
    old_of: dict[str, set[str]] = {}
    for old, new in moved:
        old_of.setdefault(urldefrag(new).url, set()).add(_bare(old))
    return frozenset(new for new, old in old_of.items() if len(old) > 1)


def _bare(address: str) -> str:
    """Return ``address`` without what spellings of one page differ in: scheme, ``www.``, last slash, fragment."""
    parts = urlsplit(strip_tracking(urldefrag(address).url))
    return f"{(parts.netloc or '').lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _returns_to(old: str, new: str) -> bool:
    """Return whether a parameter of ``new`` holds ``old`` or its path, as logins and notices have it."""
    parts = urlsplit(old)
    if len(parts.path) < 2:
        return False
    return any(
        parts.path in unquote(value) and (unquote(value).startswith(("/", "http")) or parts.netloc in unquote(value))
        for _name, value in parse_qsl(urlsplit(new).query)
    )


def _added_parts(old: str, new: str) -> set[str]:
    """Return the labels of host and path of ``new`` that ``old`` has not."""
    return _parts(new) - _parts(old)


def _parts(address: str) -> set[str]:
    parts = urlsplit(address)
    return set(re.split(r"[/.;]", f"{parts.hostname}/{unquote(parts.path)}".lower()))


def _has_session(old: str, new: str) -> bool:
    query, known = urlsplit(new), {name for name, _value in parse_qsl(urlsplit(old).query)}
    names = {name for name, _value in parse_qsl(query.query)} | {query.path.partition(";")[2].partition("=")[0]}
    return any(_SESSION.fullmatch(name) for name in names - known)


def _words(text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]{2,}|\d{3,}", unquote(text).lower())
    return {word for word in found if word not in _COMMON and not _YEAR.fullmatch(word)}


def _words_of_page(address: str) -> set[str]:
    """Return the words that tell the page from others of its site: those of the last part that has any."""
    parts = urlsplit(address)
    parameters = " ".join(value for _name, value in parse_qsl(parts.query))
    for text in (parameters, *reversed(_segments(parts.path)), parts.hostname or ""):
        if words := _words(text):
            return words
    return set()


def _segments(path: str) -> list[str]:
    """Return the parts of a path, without an ``index.html`` at its end and without suffixes of files."""
    parts = [re.sub(r"\.(?:html?|php|aspx?)$", "", part) for part in unquote(path).split("/") if part]
    if parts and _INDEX.fullmatch(parts[-1]):
        parts.pop()
    return parts
