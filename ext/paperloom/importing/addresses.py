"""Addresses in running text: found where nobody marked them, cleaned, resolved, told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from paperloom.importing.marks import shown
from paperloom.importing.words import normalize
from paperloom.model.identifiers import identify, is_web_address, normalize_arxiv, strip_tracking

#: Fullwidth forms of ASCII, one character for one, so that places in the text stay the same.
_HALFWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PATH = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_HOSTS = r"(?:arxiv\.org|openreview\.net|(?:dx\.)?doi\.org|aclanthology\.org|github\.com|youtu\.be)/"
_OTHER_HOSTS = r"(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|ai|dev|cn|jp|blog)/(?=[\w~@])"
_BARE = re.compile(
    rf"(?<![A-Za-z0-9@/])(?:https?://|www\.|(?:www\.)?{_HOSTS}|(?<![.-]){_OTHER_HOSTS}){_PATH}+|(?<![\w./])10\.\d{{4,9}}/{_PATH}+",
    re.IGNORECASE,
)
_ARXIV_NAME = re.compile(r"\barxiv\s*[:：]\s*(\d{4}\.\d{4,5}(?:v\d+)?)", re.IGNORECASE)
_BLANKS_INSIDE = re.compile(
    r"h\s?t\s?t\s?p\s?s?\s?[:：]\s?[/／]\s?[/／][\sA-Za-z0-9._~:/?#=&%+：／？＝＆．-]+", re.IGNORECASE
)
#: Addresses whose id a blank cuts off: ``https://arxiv.org/abs/ 2010.11934``.
_BEHIND_BLANK = re.compile(
    r"https?://(?:arxiv\.org/(?:abs|pdf)(?:/ +| +/ *)\d{4}\.\d{4,5}(?:v\d+)?|"
    r"openreview\.net/(?:forum|pdf)(?: +\? *|\? +)id ?= ?[\w-]+)",
    re.IGNORECASE,
)
#: Hosts whose names blanks may cut: ``open review . net``.
_CUT_HOST = re.compile(r"^(https?://)((?:[a-z0-9.-]+ ?){2,5})(?=/)", re.IGNORECASE)
_AROUND_SIGNS = re.compile(r"\s*([./:?=&_#%-])\s*")
_ARXIV_PATH = re.compile(r"(?<=^https://)arxiv\.org/(?:abs|pdf)/|(?<=^http://)arxiv\.org/(?:abs|pdf)/", re.IGNORECASE)
_SLASHES = re.compile(r"^(https?):/+", re.IGNORECASE)
_ID_PREFIX = re.compile(
    r"^\s*[\[【(（［<《]?\s*(?:arxiv\s*[:：]\s*)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*"
    r"(?:\[[\w.-]+\]\s*)?[\]】)）］>》]?\s*[:：|\-–—]?\s*",
    re.IGNORECASE,
)
_ID_SUFFIX = re.compile(
    r"\s*[\[【(（［]\s*(?:arxiv\s*[:：]\s*)?(?P<id>\d{4}\.\d{4,5})(?:v\d+)?\s*(?:\[[\w.-]+\]\s*)?[\]】)）］]\s*$",
    re.IGNORECASE,
)
_ID_ALONE = re.compile(r"(?:arxiv:?)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
#: How many letters may stand around the address in the text of a link that shows it.
_LEFT_OVER = 6
_CLOSERS = {")": "(", "]": "["}

#: How surely an address is that of a paper: the smaller the surer.
PAPER, DOCUMENT, PAGE, CODE, TALK = range(5)
_PAPER_HOSTS = frozenset(
    """
    papers.nips.cc proceedings.neurips.cc papers.neurips.cc proceedings.mlr.press jmlr.org openaccess.thecvf.com
    ojs.aaai.org dl.acm.org ieeexplore.ieee.org link.springer.com biorxiv.org medrxiv.org semanticscholar.org
    nature.com science.org sciencedirect.com ecva.net isca-speech.org ssrn.com papers.ssrn.com hal.science
    """.split()  # noqa: SIM905  # a list of words reads better as text
)
_CODE_HOSTS = frozenset({"github.com", "gitlab.com", "bitbucket.org", "huggingface.co", "colab.research.google.com"})
_TALK_HOSTS = frozenset({"youtube.com", "youtu.be", "slideslive.com", "vimeo.com", "twitter.com", "x.com"})
#: Hosts on which an address of one step is a person's own page.
_PROFILE_HOSTS = frozenset(
    {"twitter.com", "x.com", "github.com", "mobile.twitter.com", "facebook.com", "instagram.com"}
)


_ACCOUNT_STEPS = frozenset({"signin", "login", "subscribe", "signup", "share", "follow", "subscription"})


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch ``[start, end)`` of a text that is an address; ``repaired`` where blanks stood in it."""

    start: int
    end: int
    url: str
    repaired: bool = False


def find_bare(text: str) -> Iterator[Found]:
    """Yield the addresses that stand in ``text`` without being links.

    Fullwidth letters are read as ASCII; brackets that open before the address do not belong to it.
    """
    folded = shown(text)
    folded = folded.translate(_HALFWIDTH) if re.search("[ｈＨ][ｔＴ][ｔＴ]", folded) else folded
    taken = at = 0
    while match := _BARE.search(folded, at):
        url = _trim(match[0])
        at = match.start() + max(1, len(url))
        if rest := _BEHIND_BLANK.match(folded, match.start()):
            yield Found(rest.start(), rest.end(), _repair(rest[0]) or url, repaired=True)
            taken = at = rest.end()
            continue
        if (address := _with_scheme(url)) and is_web_address(address) and "." in (urlsplit(address).hostname or ""):
            taken = at
            yield Found(match.start(), taken, address)
    if taken:
        return
    for match in _ARXIV_NAME.finditer(folded):
        taken = match.end()
        yield Found(match.start(), match.end(), f"https://arxiv.org/abs/{match[1]}")
    if not taken and (spaced := _BLANKS_INSIDE.search(folded)) and (repaired := _repair(spaced[0])):
        yield Found(spaced.start(), spaced.start() + len(spaced[0].rstrip()), repaired, repaired=True)


def _trim(url: str) -> str:
    """Return ``url`` without the punctuation of the sentence behind it."""
    url = url[: _first_unopened(url)]
    while url:
        last = url[-1]
        unbalanced = last in _CLOSERS and url.count(last) > url.count(_CLOSERS[last])
        if last not in ".,;:!?'\"*([" and not unbalanced:
            break
        url = url[:-1]
    cut = re.search(r"\]\(", url)
    return url[: cut.start()] if cut else url


def _first_unopened(url: str) -> int:
    """Return where a bracket stands that nothing in ``url`` opens: one that the sentence around it closes."""
    depth = dict.fromkeys(_CLOSERS.values(), 0)
    for at, character in enumerate(url):
        if character in depth:
            depth[character] += 1
        elif character in _CLOSERS:
            depth[_CLOSERS[character]] -= 1
            if depth[_CLOSERS[character]] < 0:
                return at
    return len(url)


def _with_scheme(url: str) -> str | None:
    if re.match(r"10\.\d{4}", url):
        return f"https://doi.org/{url}"
    return url if re.match(r"https?://", url, re.IGNORECASE) else f"https://{url}"


def _repair(text: str) -> str | None:
    """Return an address without the blanks in it; None where the result is none."""
    url = _AROUND_SIGNS.sub(r"\1", text.strip().translate(_HALFWIDTH))
    url = re.sub(r"^h\s?t\s?t\s?p\s?(s?)\s?:", r"http\1:", url, flags=re.IGNORECASE)
    cut = _CUT_HOST.match(url)
    joined = cut[2].replace(" ", "").lower() if cut else ""
    if cut and (joined.removeprefix("www.") in _PAPER_HOSTS or re.fullmatch(_HOSTS, f"{joined}/")):
        url = f"{cut[1]}{joined}{url[cut.end() :]}"
    url = url.split()[0]
    host = urlsplit(url).hostname if is_web_address(url) else None
    return _trim(url) if host and _HOST.fullmatch(host) else None


def is_address_text(text: str, href: str = "") -> bool:
    """Return whether a link's text is an address and no words, even with blanks or other brackets in it."""
    folded = "".join(normalize(text).split()).strip("[]()<>【】")
    if not folded or _ID_ALONE.fullmatch(folded):
        return True
    if re.match(r"(?:https?:/|www\.)", folded) and folded.isascii():
        return True
    target = "".join(normalize(unquote(href)).split())
    if re.match(r"10\.\d{4,9}/", folded) and folded in target:
        return True
    bare = re.sub(r"^https?://(?:www\.)?", "", target).rstrip("/")
    if bare and bare in folded and len(re.sub(r"\W|https?", "", folded.replace(bare, ""))) <= _LEFT_OVER:
        return True
    return bool(bare) and re.sub(r"^(?:https?://)?(?:www\.)?", "", folded).rstrip("/…").rstrip(".") == bare.rstrip(".")


def words_beside_address(text: str, href: str) -> str:
    """Return the words behind the address in a link's text, where the address stands there as it is."""
    first, _blank, rest = text.strip().partition(" ")
    if not re.match(r"https?://\S+\.", first) or not re.search(r"[^\W\d_]{2}", rest):
        return ""
    bare, target = ("".join(normalize(unquote(each)).split()).rstrip("/") for each in (first, href))
    return rest.strip() if bare == target or identify(first) == identify(href) else ""


def resolve(href: str, base: str | None) -> str | None:
    """Return an address as it is stored: absolute, without tracking; None where that cannot be had.

    ``base`` is the address of the issue, against which addresses without a host are resolved.
    """
    href = href.strip().translate(_HALFWIDTH if "：／／" in href else {}).strip("<>")
    if not href or href.startswith(("#", "mailto:", "javascript:", "data:", "tel:")):
        return None
    href = _SLASHES.sub(r"\1://", href).replace("&amp;", "&")
    if re.match(r"(?:www\.|" + _HOSTS + ")", href, re.IGNORECASE):
        href = f"https://{href}"
    if href.startswith("//"):
        href = f"https:{href}"
    try:
        if not urlsplit(href).scheme and base:
            href = urljoin(base, href)
        url = strip_tracking(_unwrap(href))
    except ValueError:
        return None
    url = re.sub(r"[?&]$", "", url.replace(" ", "%20"))
    url = _ARXIV_PATH.sub(lambda match: match[0].lower(), url)
    return url if is_web_address(url) else None


def _unwrap(url: str) -> str:
    """Return the address that a redirecting one leads to, where it says so itself."""
    match = re.match(
        r"https?://(?:(?:www\.)?google\.[a-z.]+/url\?(?:.*&)?(?:q|url)=|(?:l|lm)\.facebook\.com/l\.php\?(?:.*&)?u=|"
        r"(?:href\.li/\?)|(?:medium\.com/r/\?(?:.*&)?url=)|(?:hatenablog-parts\.com/embed\?(?:.*&)?url=))([^&]+)",
        url,
    )
    inner = unquote(match[1]) if match else ""
    return inner if is_web_address(inner) else url


def kind_of(url: str) -> int:
    """Return how surely ``url`` is the address of a paper: :data:`PAPER` … :data:`TALK`."""
    identifier = identify(url)
    if identifier is None:
        return TALK
    if identifier.kind != "url":
        return PAPER
    host = host_of(url).removeprefix("www.")
    if host in _PAPER_HOSTS or any(host.endswith(f".{known}") for known in _PAPER_HOSTS):
        return PAPER
    if urlsplit(url).path.lower().endswith((".pdf", ".ps")):
        return DOCUMENT
    if host in _CODE_HOSTS:
        return CODE
    return TALK if host.removeprefix("m.") in _TALK_HOSTS else PAGE


def host_of(url: str) -> str:
    """Return the host of ``url`` in lower case."""
    return (urlsplit(url).hostname or "").lower()


def is_host(text: str) -> bool:
    """Return whether ``text`` is the name of a host and nothing else."""
    return _HOST.fullmatch(text.strip()) is not None


def profile_of(url: str) -> tuple[str, str] | None:
    """Return (host, name) where ``url`` is the page of a person on a site for such pages."""
    host = host_of(url).removeprefix("www.")
    steps = [step for step in urlsplit(url).path.split("/") if step]
    if host in _PROFILE_HOSTS and len(steps) == 1:
        return host, steps[0].lstrip("@").casefold()
    if host.endswith("linkedin.com") and steps[:1] == ["in"] and len(steps) == 2:
        return host, steps[1].casefold()
    if host == "getrevue.co" and steps[:1] == ["profile"] and len(steps) > 1:
        return host, steps[1].casefold()
    if len(steps) == 1 and steps[0].startswith("@"):
        return host, steps[0][1:].casefold()
    return None


def is_of_reader(url: str) -> bool:
    """Return whether ``url`` leads to a person, or to what the account of a reader is for: following, sharing."""
    steps = {step.casefold() for step in urlsplit(url).path.split("/")}
    return profile_of(url) is not None or bool(steps & _ACCOUNT_STEPS)


def arxiv_of(url: str | None) -> str | None:
    """Return the arXiv id that ``url`` stands for, without its version."""
    identifier = identify(url) if url else None
    return identifier.value if identifier and identifier.kind == "arxiv" else None


def split_id(title: str) -> tuple[str, str | None]:
    """Return a title without the arXiv id before or behind it, and the id: ``[2102.00554] Sparsity``."""
    found = None
    for pattern in (_ID_PREFIX, _ID_PREFIX, _ID_SUFFIX):  # an export may give it twice
        if match := pattern.search(title):
            arxiv = normalize_arxiv(match["id"])
            rest = (title[: match.start()] + title[match.end() :]).strip()
            if arxiv and rest and found in (None, arxiv):
                title, found = rest, arxiv
    return title, found
