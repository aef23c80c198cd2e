"""Papers as the registries of DOIs, OpenReview and the ACL Anthology state them."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paperloom.model.identifiers import Identifier
from paperloom.model.records import Author
from paperloom.providers.acl import fetch_acl
from paperloom.providers.doi import fetch_doi
from paperloom.providers.endpoints import Endpoints, endpoints_from
from paperloom.providers.openreview import fetch_openreview
from paperloom.providers.resolve import Wanted, fetch
from paperloom.providers.venues import short_venue
from paperloom.web.errors import MalformedError, NotFoundError, RefusedError, UnavailableError, WebError

from tests.services.answers import (
    ACL,
    BIB,
    CROSSREF_UNKNOWN,
    CSL,
    DATACITE_UNKNOWN,
    HTML,
    JSON,
    OPENREVIEW_NONE,
    OPENREVIEW_UNKNOWN,
    atom_entry,
    crossref,
    datacite,
    feed,
    openreview,
)
from tests.services.host import truncated

DOI = "10.5555/kettle.1"
WORK = f"/crossref/works/{DOI}"


def published(host, client, endpoints, **work):
    host.answers[WORK] = [crossref(**work)]
    return fetch_doi(client, endpoints, DOI)


def test_a_paper_of_a_conference_is_read_in_full(host, client, endpoints):
    metadata = published(host, client, endpoints)
    assert metadata.entry_type == "inproceedings"
    assert metadata.title == "KettleNet: Boiling Water with Few Labels"
    assert metadata.authors == (
        Author("Marlowe", "Ada"),
        Author("Berg", "Jun", "van der"),
        Author("Kettle Collaboration"),
    )
    assert dict(metadata.fields) == {
        "booktitle": "Proceedings of the 40th International Conference on Machine Learning",
        "pages": "101-113",
        "publisher": "Tea Press",
    }
    assert (metadata.year, metadata.venue, metadata.doi, metadata.url) == (2027, "ICML", DOI, f"https://doi.org/{DOI}")


def test_an_article_keeps_volume_number_and_pages(host, client, endpoints):
    metadata = published(
        host,
        client,
        endpoints,
        type="journal-article",
        **{"container-title": ["Journal of Tea"], "volume": "5", "issue": "2", "page": "e17"},
    )
    assert metadata.entry_type == "article"
    wanted = {"journal": "Journal of Tea", "volume": "5", "number": "2", "pages": "e17", "publisher": "Tea Press"}
    assert dict(metadata.fields) == wanted


@pytest.mark.parametrize(
    ("work", "entry_type", "field"),
    [
        ({"type": "book-chapter", "container-title": ["The Book of Tea"]}, "incollection", "booktitle"),
        ({"type": "monograph", "container-title": []}, "book", "publisher"),
        ({"type": "dissertation", "institution": [{"name": "Tea School"}]}, "phdthesis", "school"),
        ({"type": "report"}, "techreport", "institution"),
        ({"type": "posted-content", "container-title": []}, "misc", "publisher"),
        ({"type": "journal-article", "container-title": []}, "misc", "publisher"),
        ({"type": "something-new"}, "misc", "publisher"),
    ],
)
def test_each_type_becomes_an_entry_that_has_what_it_needs(host, client, endpoints, work, entry_type, field):
    metadata = published(host, client, endpoints, **work)
    assert metadata.entry_type == entry_type
    assert dict(metadata.fields)[field]


@pytest.mark.parametrize(
    ("work", "title"),
    [
        ({"title": ["A <i>hot</i> H<sub>2</sub>O &amp;amp; more"]}, "A hot H2O & more"),
        ({"title": ["KettleNet"], "subtitle": ["Boiling Water"]}, "KettleNet: Boiling Water"),
        ({"title": ["Who Boils?"], "subtitle": ["A Survey"]}, "Who Boils? A Survey"),
        ({"title": ["KettleNet: Boiling Water"], "subtitle": ["boiling water"]}, "KettleNet: Boiling Water"),
        ({"title": ["for a<b and c>d\n  we  boil"]}, "for a<b and c>d we boil"),
        (
            {
                "title": [
                    'On <mml:math xmlns:mml="x"><mml:mi>α</mml:mi><mml:annotation>\\alpha</mml:annotation></mml:math>'
                ]
            },
            "On α",
        ),
        ({"title": "as plain text"}, "as plain text"),
    ],
)
def test_titles_become_plain_text(host, client, endpoints, work, title):
    assert published(host, client, endpoints, **work).title == title


def test_a_volume_of_proceedings_is_named_and_not_its_series(host, client, endpoints):
    titles = ["Lecture Notes in Computer Science", "Computer Vision – ECCV 2020"]
    metadata = published(host, client, endpoints, type="book-chapter", **{"container-title": titles})
    assert (metadata.entry_type, metadata.venue) == ("inproceedings", "ECCV")
    assert dict(metadata.fields)["booktitle"] == "Computer Vision – ECCV 2020"


def test_the_year_is_found_where_it_is(host, client, endpoints):
    assert (
        published(host, client, endpoints, issued={"date-parts": [[None]]}, created={"date-parts": [[2024]]}).year
        == 2024
    )


def test_editors_stand_in_for_authors(host, client, endpoints):
    metadata = published(
        host, client, endpoints, author=[], editor=[{"family": "Stone", "given": "Bo", "suffix": "Jr."}]
    )
    assert (metadata.authors, metadata.editors) == ((), (Author("Stone", "Bo", suffix="Jr."),))


@pytest.mark.parametrize(
    ("work", "message"),
    [
        ({"title": []}, "names no title"),
        ({"author": []}, "names no authors"),
        ({"issued": {"date-parts": [[]]}}, "names no year"),
    ],
)
def test_a_record_that_lacks_what_an_entry_needs_is_refused(host, client, endpoints, work, message):
    with pytest.raises(MalformedError, match=f"{message}; write the entry yourself"):
        published(host, client, endpoints, **work)


def test_the_preprint_that_a_registry_names_is_asked_for(host, client, endpoints):
    relation = {"has-preprint": [{"id-type": "doi", "id": "10.48550/arXiv.2601.99999", "asserted-by": "subject"}]}
    host.answers[WORK] = [crossref(relation=relation)]
    host.answers["/arxiv/api/query"] = [feed(atom_entry())]
    metadata = fetch(client, endpoints, Wanted(Identifier("doi", DOI))).metadata
    assert (metadata.arxiv, metadata.primary_class, metadata.key_year, metadata.venue) == (
        "2601.99999",
        "cs.LG",
        2026,
        "ICML",
    )
    host.answers["/arxiv/api/query"] = [(500, {}, b"")]
    found = fetch(client, endpoints, Wanted(Identifier("doi", DOI)))
    assert found.metadata.arxiv == "2601.99999"
    assert "the preprint (2601.99999) could not be asked for" in found.notes[0]


def test_datacite_is_asked_for_what_crossref_does_not_know(host, client, endpoints):
    host.answers["/crossref/works/10.5281/kettle.2"] = [CROSSREF_UNKNOWN]
    host.answers["/datacite/dois/10.5281/kettle.2"] = [datacite()]
    metadata = fetch_doi(client, endpoints, "10.5281/kettle.2")
    assert metadata.title == "A Data Set of Kettles"
    assert metadata.authors == (Author("Marlowe", "Ada"), Author("Kettle Institute"), Author("Okafor", "Jun"))
    assert (metadata.entry_type, metadata.year, metadata.abstract) == ("misc", 2025, "Kettles & more.")
    host.answers["/datacite/dois/10.5281/kettle.2"] = [
        datacite(
            types={"citeproc": "article-journal"},
            container={"title": "Journal of Tea", "volume": "1", "firstPage": "3", "lastPage": "9"},
            publisher={"name": "Tea Press"},
        )
    ]
    metadata = fetch_doi(client, endpoints, "10.5281/kettle.2")
    assert metadata.entry_type == "article"
    wanted = {"journal": "Journal of Tea", "volume": "1", "pages": "3-9", "publisher": "Tea Press"}
    assert dict(metadata.fields) == wanted


def test_the_resolver_is_asked_for_what_no_registry_knows(host, client, endpoints):
    host.answers[WORK] = [CROSSREF_UNKNOWN]
    host.answers[f"/datacite/dois/{DOI}"] = [DATACITE_UNKNOWN]
    csl = {
        "type": "article-journal",
        "title": "Kettles",
        "container-title": "Journal of Tea",
        "author": [{"family": "Berg", "given": "Jun", "non-dropping-particle": "van der"}, {"literal": "Tea Group"}],
        "issued": {"date-parts": [["2020", 3]]},
    }
    host.answers[f"/doi/{DOI}"] = [(302, {"Location": "/elsewhere"}, b"")]
    host.answers["/elsewhere"] = [(200, CSL, json.dumps(csl).encode())]
    metadata = fetch_doi(client, endpoints, DOI)
    assert metadata.authors == (Author("Berg", "Jun", "van der"), Author("Tea Group"))
    assert (metadata.entry_type, metadata.year) == ("article", 2020)
    assert host.asked[-1][1]["Accept"] == "application/vnd.citationstyles.csl+json"
    host.answers[f"/doi/{DOI}"] = [(404, {}, b"")]
    with pytest.raises(NotFoundError, match=r"not found \(404\); check the identifier"):
        fetch_doi(client, endpoints, DOI)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((500, {}, b""), UnavailableError),
        (HTML, MalformedError),
        ((200, JSON, b"[]"), MalformedError),
        ((200, JSON, b'{"message": "x"}'), MalformedError),
        ((200, JSON, b"{"), MalformedError),
        (truncated(b"{", 50), UnavailableError),
        ((403, {}, b""), RefusedError),
    ],
)
def test_an_answer_of_a_registry_that_is_no_work_is_reported(host, client, endpoints, answer, error):
    host.answers[WORK] = [answer]
    with pytest.raises(error, match=r"/crossref/works/10\.5555/kettle\.1: "):
        fetch_doi(client, endpoints, DOI)


FORUM = "kEtT1eAbCd"


@pytest.mark.parametrize("version", [1, 2])
def test_an_accepted_submission_is_read_from_either_version(host, client, endpoints, version):
    host.answers["/openreview/notes"] = [openreview() if version == 2 else OPENREVIEW_NONE]
    host.answers["/openreview_v1/notes"] = [openreview(1)]
    metadata = fetch_openreview(client, endpoints, FORUM)
    assert metadata.entry_type == "inproceedings"
    assert dict(metadata.fields) == {"booktitle": "The Fourteenth International Conference on Learning Representations"}
    assert (metadata.venue, metadata.year, metadata.key_year) == ("ICLR", 2026, 2025)
    assert metadata.authors == (Author("Marlowe", "Ada"), Author("Berg", "Jun", "van der"))
    assert (metadata.openreview, metadata.url) == (FORUM, f"https://openreview.net/forum?id={FORUM}")
    assert metadata.categories == ("kettles", "rivers")


def test_an_article_of_a_journal_at_openreview_stays_one(host, client, endpoints):
    bibtex = "@article{\nx2026,\njournal={Transactions on Machine Learning Research},\nyear={2026}\n}"
    host.answers["/openreview/notes"] = [openreview(venue="Accepted by TMLR", venueid="TMLR", _bibtex=bibtex)]
    metadata = fetch_openreview(client, endpoints, FORUM)
    assert (metadata.entry_type, metadata.venue) == ("article", "TMLR")
    assert dict(metadata.fields) == {"journal": "Transactions on Machine Learning Research"}


@pytest.mark.parametrize("venue", ["Submitted to ICLR 2026", "ICLR 2026 Conference Withdrawn Submission", ""])
def test_a_submission_that_was_not_accepted_is_no_publication(host, client, endpoints, venue):
    host.answers["/openreview/notes"] = [openreview(venue=venue, _bibtex="@misc{x,\nyear={2026}\n}")]
    metadata = fetch_openreview(client, endpoints, FORUM)
    assert (metadata.entry_type, metadata.fields, metadata.venue) == ("misc", (), "OpenReview")
    assert "whether it was published" in metadata.to_verify[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"authors": ["Anonymous"]}, "the authors are hidden while the paper is under review"),
        ({"authors": []}, "names no authors"),
        ({"title": ""}, "names no title"),
        ({"title": None, "authors": None}, "names no title"),
    ],
)
def test_a_submission_without_title_or_authors_is_refused(host, client, endpoints, content, message):
    host.answers["/openreview/notes"] = [openreview(**content)]
    with pytest.raises(MalformedError, match=message):
        fetch_openreview(client, endpoints, FORUM)


def test_a_submission_that_nobody_knows_is_not_found(host, client, endpoints):
    host.answers["/openreview/notes"] = [OPENREVIEW_UNKNOWN]
    host.answers["/openreview_v1/notes"] = [OPENREVIEW_NONE]
    with pytest.raises(NotFoundError, match="OpenReview knows no such submission"):
        fetch_openreview(client, endpoints, FORUM)
    host.answers["/openreview/notes"] = [(403, JSON, b'{"name":"ForbiddenError"}')]
    host.answers["/openreview_v1/notes"] = [(403, JSON, b'{"name":"ForbiddenError"}')]
    with pytest.raises(RefusedError, match=rf"\(403\); copy the BibTeX from https://openreview.net/forum\?id={FORUM}"):
        fetch_openreview(client, endpoints, FORUM)
    host.answers["/openreview/notes"] = [HTML]
    with pytest.raises(MalformedError):
        fetch_openreview(client, endpoints, FORUM)


def test_a_paper_of_the_acl_anthology_is_read_in_full(host, client, endpoints):
    host.answers["/acl/2026.acl-main.1.bib"] = [ACL]
    metadata = fetch_acl(client, endpoints, "2026.acl-main.1")
    assert metadata.title == "KettleNet: Boiling Water with Few Labels"
    assert metadata.authors == (Author("Marlowe", "Ada"), Author("Berg", "Jun", "van der"), Author("Gün", "Çağla"))
    assert (metadata.entry_type, metadata.year, metadata.venue) == ("inproceedings", 2026, "ACL")
    assert dict(metadata.fields)["pages"] == "1–12"
    assert (metadata.doi, metadata.abstract) == ("10.18653/v1/2026.acl-main.1", "Kettles boil.")
    assert Identifier("acl", "2026.acl-main.1") in metadata.identifiers


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        ((404, {}, b""), NotFoundError, "not found"),
        (HTML, MalformedError, "a page, not BibTeX"),
        ((200, BIB, b"@misc{a, title = {never closed"), MalformedError, "the BibTeX cannot be read: .*unclosed brace"),
        ((200, BIB, b""), MalformedError, "there is no BibTeX entry"),
        ((200, BIB, b"\xff\xfe\xfa"), MalformedError, "not UTF-8"),
    ],
)
def test_an_answer_of_the_anthology_that_is_no_paper_is_reported(host, client, endpoints, answer, error, message):
    host.answers["/acl/P18-1001.bib"] = [answer]
    with pytest.raises(error, match=message):
        fetch_acl(client, endpoints, "P18-1001")


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
)
NAMES = [
    "title",
    "subtitle",
    "author",
    "editor",
    "type",
    "container-title",
    "issued",
    "event",
    "relation",
    "institution",
]
NAMES += ["page", "volume", "DOI", "abstract", "subject", "publisher", "creators", "titles", "types", "container"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_no_shape_of_an_answer_makes_reading_raise_anything_else(host, client, endpoints, odd):
    host.answers[WORK] = [crossref(**odd)]
    host.answers["/crossref/works/10.1/x"] = [CROSSREF_UNKNOWN]
    host.answers["/datacite/dois/10.1/x"] = [datacite(**odd)]
    host.answers["/openreview/notes"] = [openreview(**{"venue": odd.get("event"), "authors": odd.get("author"), **odd})]
    for ask in (
        lambda: fetch_doi(client, endpoints, DOI),
        lambda: fetch_doi(client, endpoints, "10.1/x"),
        lambda: fetch_openreview(client, endpoints, FORUM),
    ):
        try:
            found = ask()
        except WebError:
            continue
        assert found.title
        assert found.authors or found.editors


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Advances in Neural Information Processing Systems 33", "NeurIPS"),
        ("2021 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "CVPR"),
        ("Computer Vision – ECCV 2020", "ECCV"),
        ("IEEE/CVF International Conference on Computer Vision", "ICCV"),
        (
            "2021 Conference of the North American Chapter of the Association for Computational Linguistics",
            "NAACL",
        ),
        ("International Conference on Machine Learning and Applications", ""),
        ("ICML Workshop on Kettles", ""),
        ("Journal of Tea", ""),
    ],
)
def test_venues_have_the_names_that_readers_know(name, short):
    assert short_venue(name) == short


def test_endpoints_come_from_the_environment():
    assert endpoints_from({}) == Endpoints()
    given_addresses = {
        "PAPERLOOM_ARXIV_URL": "http://127.0.0.1:8000/",
        "PAPERLOOM_OPENREVIEW_V1_URL": "http://localhost/v1",
    }
    found = endpoints_from(given_addresses)
    assert (found.arxiv, found.openreview_v1, found.crossref) == (
        "http://127.0.0.1:8000",
        "http://localhost/v1",
        Endpoints().crossref,
    )
    with pytest.raises(ValueError, match="PAPERLOOM_ACL_URL is 'nowhere'; write an http or https address"):
        endpoints_from({"PAPERLOOM_ACL_URL": "nowhere"})
