from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from paperloom.model.identifiers import (
    Identifier,
    identify,
    is_web_address,
    normalize_arxiv,
    normalize_doi,
    normalize_title,
    strip_tracking,
)

DIGITS = "0123456789"
CANONICAL = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "doi:{}",
    "openreview": "https://openreview.net/forum?id={}",
    "acl": "https://aclanthology.org/{}/",
    "url": "https://{}",
}
NEW_ARXIV = st.builds(
    "{:02d}{:02d}.{}".format, st.integers(7, 99), st.integers(1, 12), st.text(DIGITS, min_size=4, max_size=5)
)
OLD_ARXIV = st.tuples(st.sampled_from(["math", "hep-th", "cond-mat", "q-bio"]), st.text(DIGITS, min_size=7, max_size=7))
VERSION = st.one_of(st.just(""), st.integers(1, 30).map("v{}".format))
DOI = st.from_regex(r"10\.[0-9]{4,9}/[a-z0-9]([a-z0-9._;()/:-]{0,20}[a-z0-9])?", fullmatch=True)
ACL = st.one_of(
    st.from_regex(r"[A-Z][0-9]{2}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"20[0-9]{2}\.[a-z0-9_]{1,8}-[a-z0-9]{1,6}\.[0-9]{1,3}", fullmatch=True),
)
OPENREVIEW = st.from_regex(r"[A-Za-z0-9_-]{6,12}", fullmatch=True)


def arxiv_spellings(name):
    yield from (name, f"arXiv:{name}", f"ARXIV: {name}", f" arxiv:{name}\n")
    for host in ("arxiv.org", "www.arxiv.org", "export.arxiv.org", "ArXiv.org"):
        yield from (f"https://{host}/abs/{name}", f"http://{host}/pdf/{name}", f"https://{host}/pdf/{name}.pdf")
        yield from (
            f"https://{host}/html/{name}",
            f"https://{host}/abs/{name}/",
            f"https://{host}/abs/{name}?context=cs#x",
        )
    yield from (f"https://ar5iv.org/abs/{name}", f"https://ar5iv.labs.arxiv.org/html/{name}")
    yield from (f"https://huggingface.co/papers/{name}", f"https://www.alphaxiv.org/abs/{name}")
    yield from (
        f"10.48550/arXiv.{name}",
        f"doi:10.48550/arXiv.{name}",
        f"https://doi.org/10.48550/ARXIV.{name.upper()}",
    )


@given(NEW_ARXIV, VERSION)
def test_every_spelling_of_a_new_arxiv_id_is_the_same_identifier(name, version):
    assert {identify(text) for text in arxiv_spellings(name + version)} == {Identifier("arxiv", name)}


@given(OLD_ARXIV, VERSION, st.sampled_from(["", ".AG", ".GT"]))
def test_every_spelling_of_an_old_arxiv_id_is_the_same_identifier(parts, version, subject):
    archive, number = parts
    spellings = arxiv_spellings(f"{archive}{subject}/{number}{version}")
    assert {identify(text) for text in spellings} == {Identifier("arxiv", f"{archive}/{number}")}


@given(DOI)
def test_every_spelling_of_a_doi_is_the_same_identifier(doi):
    assume("/" not in doi.removeprefix(doi.split("/")[0] + "/") and not doi.endswith(("pdf", "full", "abstract")))
    encoded = quote(doi, safe="/")
    spellings = [
        doi, doi.upper(), f"doi:{doi}", f"DOI: {doi}", f"{doi}.", f"https://doi.org/{doi}", f"http://dx.doi.org/{doi}",
        f"https://www.doi.org/{doi}", f"HTTPS://DOI.ORG/{doi}", f"https://doi.org/{encoded}", f"https://doi.org/{doi}/",
        f"https://doi.org/{doi}?utm_source=letter", f"https://doi.org/{doi}#abstract",
        f"https://press.example/doi/{doi}", f"https://press.example/doi/full/{encoded}", f"https://press.example/{doi}/full",
        f"https://press.example/doi/pdf/{doi}.pdf", f"https://press.example/doi/{doi}/", f"https://press.example/{doi}/pdf?x=1",
    ]  # fmt: skip
    assert {identify(text) for text in spellings} == {Identifier("doi", doi)}


@given(ACL)
def test_every_spelling_of_an_acl_id_is_the_same_identifier(name):
    hosts = ("https://aclanthology.org/", "http://www.aclanthology.org/", "https://www.aclweb.org/anthology/")
    spellings = [f"{host}{name}{ending}" for host in hosts for ending in ("", "/", ".pdf", ".bib", "?x=1#abstract")]
    spellings += [f"10.18653/v1/{name}", f"https://doi.org/10.18653/v1/{name.lower()}", f"doi:10.18653/V1/{name}"]
    assert {identify(text) for text in spellings} == {Identifier("acl", name)}


@given(OPENREVIEW)
def test_every_spelling_of_an_openreview_id_is_the_same_identifier(name):
    pages = ("forum", "pdf", "attachment", "forum/")
    spellings = [f"https://openreview.net/{page}?id={name}" for page in pages]
    spellings += [
        f"http://www.openreview.net/forum?noteId=x&id={name}",
        f"https://openreview.net/pdf?id={name}&name=pdf#x",
    ]
    assert {identify(text) for text in spellings} == {Identifier("openreview", name)}


@given(st.one_of(NEW_ARXIV, OLD_ARXIV.map("/".join), DOI, ACL.map(CANONICAL["acl"].format)))
def test_normalising_is_idempotent(text):
    once = identify(text)
    assert identify(CANONICAL[once.kind].format(once.value)) == once


@given(st.one_of(NEW_ARXIV, OLD_ARXIV.map("/".join)), VERSION)
def test_a_normal_arxiv_id_stays_as_it_is(name, version):
    assert normalize_arxiv(name + version) == normalize_arxiv(normalize_arxiv(name + version)) == name


@given(st.text("aZ0%25./;-", max_size=12))
def test_a_normal_doi_stays_as_it_is(suffix):
    once = normalize_doi(f"10.1000/x{suffix}y")
    assert once == normalize_doi(once)


@given(
    st.from_regex(
        r"https?://(www\.)?[a-z]{1,5}\.(org|com)(:8080)?(/[a-z0-9%~._-]{1,5}){0,3}/?(\?[a-z]=[a-z%0-9+]{0,4})?",
        fullmatch=True,
    )
)
def test_the_normal_form_of_an_address_is_an_address_with_the_same_normal_form(url):
    once = identify(url)
    assert identify(CANONICAL[once.kind].format(once.value)) == once


@pytest.mark.parametrize(
    "url",
    ["http://kettle.example/tea", "https://www.kettle.example/tea/", "https://Kettle.example:443/tea#top",
     "https://kettle.example/tea?utm_source=letter&utm_medium=mail", "https://kettle.example/tea?gi=1"],
)  # fmt: skip
def test_addresses_that_show_the_same_page_are_the_same(url):
    assert identify(url) == Identifier("url", "kettle.example/tea")


@pytest.mark.parametrize(
    "url",
    ["https://github.com/Kettle/Net", "https://github.com/kettle/net.git", "http://www.github.com/kettle/net/"],
)
def test_the_address_of_a_repository_does_not_depend_on_case_or_suffix(url):
    assert str(identify(url)) == "url:github.com/kettle/net"


def test_paths_and_ports_and_queries_of_other_addresses_count():
    addresses = [
        "https://a.example/Tea",
        "https://a.example/tea",
        "https://a.example:81/tea",
        "https://a.example/tea?p=1",
    ]
    assert len({identify(address) for address in addresses}) == 4


@pytest.mark.parametrize("query", ["q=a%20b", "q=a+b&&r", "q=%7E&r="])
def test_removing_tracking_leaves_the_other_parameters_as_they_are(query):
    assert strip_tracking(f"https://a.example/?{query}&utm_source=x") == f"https://a.example/?{query}"
    assert strip_tracking(f"https://a.example/?{query}") == f"https://a.example/?{query}"


def test_an_address_without_parameters_keeps_its_form():
    assert strip_tracking("https://a.example/x?from=timeline&isappinstalled=0") == "https://a.example/x"
    assert strip_tracking("https://a.example/x?from=home") == "https://a.example/x?from=home"
    assert strip_tracking("https://a.example/x#y") == "https://a.example/x#y"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://arxiv.org/list/cs.LG/recent", "url"),
        ("https://arxiv.org/abs/kettle", "url"),
        ("https://openreview.net/forum", "url"),
        ("https://openreview.net/group?id=Kettle", "url"),
        ("https://aclanthology.org/events/acl-2020/", "url"),
        ("10.18653/v1/kettle", "doi"),
        ("10.48550/arxiv.kettle", "doi"),
    ],
)
def test_other_pages_of_the_archives_are_no_papers(url, kind):
    assert identify(url).kind == kind


@pytest.mark.parametrize(
    "text",
    ["", "kettle", "2006.077", "20060.7733", "10.1/x", "mailto:a@b.example", "ftp://a.example/x", "//a.example",
     "https://", "https://a b.example", "https://[bad", "https://a.example:99999/", "https://a.example:x/"],
)  # fmt: skip
def test_what_identifies_nothing_is_none(text):
    assert identify(text) is None


@given(st.one_of(st.text(), st.text("[]:/?#@%htps.").map("https://{}".format)))
def test_no_text_makes_identifying_raise(text):
    identifier = identify(text)
    assert identifier is None or identifier.value is not None
    assert is_web_address(text) in (True, False)


@pytest.mark.parametrize("other", ["MT5: A  kettle", "mT5 – a Kettle!", "mt5: à kettlé", "mT5: A K E T T L E"])
def test_titles_are_compared_by_letters_and_digits(other):
    assert normalize_title(other) == normalize_title("mT5: A Kettle")


@given(st.text())
def test_a_normal_title_stays_as_it_is(text):
    assert normalize_title(normalize_title(text)) == normalize_title(text)
