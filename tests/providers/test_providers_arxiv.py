"""Papers as arXiv states them."""

import pytest
from paperloom.model.identifiers import Identifier
from paperloom.model.records import Author
from paperloom.providers.arxiv import fetch_arxiv
from paperloom.providers.resolve import Wanted, fetch, parse_identifier
from paperloom.web.errors import MalformedError, NotFoundError, RateLimitedError, RefusedError, UnavailableError

from tests.services.answers import (
    ACL,
    ARXIV_ERROR,
    ATOM,
    CROSSREF_UNKNOWN,
    DATACITE_UNKNOWN,
    HTML,
    atom_entry,
    crossref,
    feed,
)
from tests.services.host import truncated

QUERY = "/arxiv/api/query"
KETTLE = Wanted(Identifier("arxiv", "2601.99999"))


def test_a_preprint_is_read_in_full(host, client, endpoints):
    host.answers[QUERY] = [feed(atom_entry())]
    found = fetch(client, endpoints, KETTLE)
    metadata = found.metadata
    assert found.notes == ()
    assert metadata.title == "KettleNet: Boiling Water with Few Labels"
    assert metadata.authors == (
        Author("Marlowe", "Ada"),
        Author("Berg", "Jun", "van der"),
        Author("Kettle Collaboration"),
    )
    assert (metadata.entry_type, metadata.year, metadata.venue) == ("misc", 2026, "arXiv")
    assert (metadata.arxiv, metadata.version, metadata.primary_class) == ("2601.99999", "v2", "cs.LG")
    assert metadata.categories == ("cs.LG", "stat.ML")
    assert metadata.url == "https://arxiv.org/abs/2601.99999"
    assert metadata.abstract == "Kettles boil. We learn rivers and streams of α steam, and rivers again of heat."
    assert host.paths() == [QUERY + "?id_list=2601.99999&max_results=1"]


def test_an_old_identifier_and_a_version_are_asked_for_as_they_are(host, client, endpoints):
    host.answers[QUERY] = [feed(atom_entry("hep-th/9901001v1", published="1999-01-02T00:00:00Z"))]
    metadata = fetch(client, endpoints, parse_identifier("https://arxiv.org/pdf/hep-th/9901001v1")).metadata
    assert (metadata.arxiv, metadata.version, metadata.year) == ("hep-th/9901001", "v1", 1999)
    assert host.paths() == [QUERY + "?id_list=hep-th%2F9901001v1&max_results=1"]


def test_latex_in_titles_becomes_text_and_other_text_stays(host, client, endpoints):
    title = 'Learning $\\ell_1$ Norms of G\\"odel: 100% < 200 & more'
    host.answers[QUERY] = [feed(atom_entry(title=title)), feed(atom_entry(title="50% of {x} & a_b ~ #1"))]
    assert fetch_arxiv(client, endpoints, "2601.99999").title == "Learning ℓ1 Norms of Gödel: 100% < 200 & more"
    assert fetch_arxiv(client, endpoints, "2601.99999").title == "50% of {x} & a_b ~ #1"


def test_250_authors_are_all_there(host, client, endpoints):
    names = [f"Ada Ember{number}" for number in range(250)]
    host.answers[QUERY] = [feed(atom_entry(authors=names))]
    metadata = fetch_arxiv(client, endpoints, "2601.99999")
    assert [author.name for author in metadata.authors] == names


def test_the_published_version_is_preferred_and_the_eprint_kept(host, client, endpoints):
    host.answers[QUERY] = [feed(atom_entry(doi="10.5555/Kettle.1", journal_ref="ICML 2027"))]
    host.answers["/crossref/works/10.5555/kettle.1"] = [crossref()]
    found = fetch(client, endpoints, KETTLE)
    metadata = found.metadata
    assert found.notes == ()
    assert (metadata.entry_type, metadata.venue, metadata.year, metadata.key_year) == (
        "inproceedings",
        "ICML",
        2027,
        2026,
    )
    assert (metadata.arxiv, metadata.primary_class, metadata.version) == ("2601.99999", "cs.LG", "v2")
    assert metadata.doi == "10.5555/kettle.1"
    assert metadata.abstract.startswith("Kettles boil.")
    assert metadata.to_verify == ()


def test_a_paper_of_the_acl_anthology_comes_from_there(host, client, endpoints):
    host.answers[QUERY] = [feed(atom_entry(doi="10.18653/v1/2026.acl-main.1"))]
    host.answers["/acl/2026.acl-main.1.bib"] = [ACL]
    metadata = fetch(client, endpoints, KETTLE).metadata
    assert (metadata.venue, metadata.url) == ("ACL", "https://aclanthology.org/2026.acl-main.1")
    assert metadata.authors[2] == Author("Gün", "Çağla")
    assert metadata.arxiv == "2601.99999"


def test_the_preprint_stands_where_the_published_version_cannot_be_asked_for(host, client, endpoints):
    host.answers[QUERY] = [feed(atom_entry(doi="10.5555/kettle.1"))]
    host.answers["/crossref/works/10.5555/kettle.1"] = [CROSSREF_UNKNOWN]
    host.answers["/datacite/dois/10.5555/kettle.1"] = [DATACITE_UNKNOWN]
    found = fetch(client, endpoints, KETTLE)
    assert found.metadata.entry_type == "misc"
    assert found.metadata.to_verify == ("the published version, 10.5555/kettle.1",)
    assert "the published version (10.5555/kettle.1) could not be asked for" in found.notes[0]


def test_a_published_version_with_another_title_is_pointed_out(host, client, endpoints):
    host.answers[QUERY] = [feed(atom_entry(doi="10.5555/kettle.1"))]
    host.answers["/crossref/works/10.5555/kettle.1"] = [crossref(title=["Teapots"])]
    found = fetch(client, endpoints, KETTLE)
    assert found.metadata.title == "Teapots"
    assert found.metadata.to_verify == ("title",)
    assert "see that they are one paper" in found.notes[0]


def test_a_journal_without_a_doi_and_a_withdrawal_are_left_for_a_person_to_verify(host, client, endpoints):
    host.answers[QUERY] = [feed(atom_entry(journal_ref="J. Tea 5 (2027) 1", comment="This paper has been withdrawn"))]
    metadata = fetch(client, endpoints, KETTLE).metadata
    assert metadata.entry_type == "misc"
    assert metadata.to_verify == (
        "the published version, which arXiv names as J. Tea 5 (2027) 1",
        "whether the paper was withdrawn",
    )


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        (feed(), NotFoundError, "arXiv knows no paper 2601.99999; check the identifier"),
        (ARXIV_ERROR, NotFoundError, "arXiv refuses the id 2601.99999: incorrect id format"),
        ((400, ATOM, ARXIV_ERROR[2]), NotFoundError, "arXiv refuses the id 2601.99999; check the identifier"),
        ((403, ATOM, b""), RefusedError, r"the host refuses \(403\)"),
        ((404, {}, b""), NotFoundError, "not found"),
        ((429, {"Retry-After": "600"}, b"Rate exceeded."), RateLimitedError, "try again in 10 minutes"),
        ((500, {}, b""), UnavailableError, "again and again"),
        (HTML, MalformedError, "text/html where application/atom"),
        (feed(atom_entry("2601.11111v1")), MalformedError, "does not describe 2601.99999"),
        ((200, ATOM, feed(atom_entry())[2][:900]), MalformedError, "no Atom feed"),
        ((200, ATOM, feed(atom_entry())[2].replace(b"Kettle", b"\xd6\xffettle")), MalformedError, "no Atom feed"),
        ((200, ATOM, b""), Exception, "no Atom feed|knows no paper"),
        (truncated(b"<feed>", 100), UnavailableError, "cut off"),
    ],
)
def test_an_answer_that_is_no_paper_is_reported(host, client, endpoints, answer, error, message):
    host.answers[QUERY] = [answer]
    with pytest.raises(error, match=message):
        fetch(client, endpoints, KETTLE)


IDENTIFIERS = {
    "2010.11934": "arxiv:2010.11934",
    "2010.11934v3": "arxiv:2010.11934 v3",
    "arXiv:2010.11934": "arxiv:2010.11934",
    "ARXIV: 2010.11934v12": "arxiv:2010.11934 v12",
    "cs/0112017": "arxiv:cs/0112017",
    "hep-th/9901001v2": "arxiv:hep-th/9901001 v2",
    "math.AG/0601001": "arxiv:math/0601001",
    "https://arxiv.org/abs/2010.11934": "arxiv:2010.11934",
    "http://arxiv.org/abs/2010.11934v2": "arxiv:2010.11934 v2",
    "https://arxiv.org/pdf/2010.11934": "arxiv:2010.11934",
    "https://arxiv.org/pdf/2010.11934v2.pdf": "arxiv:2010.11934 v2",
    "https://arxiv.org/html/2010.11934v1": "arxiv:2010.11934 v1",
    "https://arxiv.org/format/2010.11934": "arxiv:2010.11934",
    "https://arxiv.org/abs/hep-th/9901001v3": "arxiv:hep-th/9901001 v3",
    "https://www.arxiv.org/abs/2010.11934?context=cs.CL#top": "arxiv:2010.11934",
    "arxiv.org/abs/2010.11934": "arxiv:2010.11934",
    "<https://arxiv.org/abs/2010.11934>": "arxiv:2010.11934",
    "“2010.11934”.": "arxiv:2010.11934",
    "https://huggingface.co/papers/2010.11934": "arxiv:2010.11934",
    "https://www.alphaxiv.org/abs/2010.11934v2": "arxiv:2010.11934 v2",
    "10.48550/arXiv.2010.11934": "arxiv:2010.11934",
    "arXiv:2010.11934v3 [cs.CL]": "arxiv:2010.11934 v3",
    "arXiv:hep-th/9901001v2 [hep-th]": "arxiv:hep-th/9901001 v2",
    "２０１０．１１９３４": "arxiv:2010.11934",
    "https://de.arxiv.org/abs/2010.11934": "arxiv:2010.11934",
    "https://arxiv.org/src/2010.11934v2": "arxiv:2010.11934 v2",
    "https://api.semanticscholar.org/arXiv:2010.11934": "arxiv:2010.11934",
    "https://www.semanticscholar.org/arxiv/2010.11934": "arxiv:2010.11934",
    "DOI 10.1145/3394486.3403000": "doi:10.1145/3394486.3403000",
    "DOI: https://doi.org/10.1145/3394486.3403000": "doi:10.1145/3394486.3403000",
    "https://www.nature.com/articles/s41586-021-03819-2.pdf": "doi:10.1038/s41586-021-03819-2",
    "https://www.nature.com/articles/nature14539?proof=t": "doi:10.1038/nature14539",
    "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf": "doi:10.1101/2020.01.01.123456",
    "https://www.medrxiv.org/content/10.1101/2020.01.01.20012345v1": "doi:10.1101/2020.01.01.20012345",
    "https://doi.org/10.48550/arXiv.2010.11934": "arxiv:2010.11934",
    "doi:10.1038/S41586-021-03819-2": "doi:10.1038/s41586-021-03819-2",
    "https://doi.org/10.1002/(SICI)1097-0258": "doi:10.1002/(sici)1097-0258",
    "doi.org/10.1038/nature": "doi:10.1038/nature",
    "https://dl.acm.org/doi/10.1145/1553374.1553380": "doi:10.1145/1553374.1553380",
    "https://openreview.net/forum?id=tW4QEInpni": "openreview:tW4QEInpni",
    "https://openreview.net/pdf?id=tW4QEInpni&name=pdf": "openreview:tW4QEInpni",
    "openreview:tW4QEInpni": "openreview:tW4QEInpni",
    "tW4QEInpni": "openreview:tW4QEInpni",
    "https://aclanthology.org/2020.acl-main.1/": "acl:2020.acl-main.1",
    "https://aclanthology.org/P18-1001.pdf": "acl:P18-1001",
    "https://www.aclweb.org/anthology/P18-1001": "acl:P18-1001",
    "P18-1001": "acl:P18-1001",
    "2021.naacl-main.41": "acl:2021.naacl-main.41",
    "10.18653/v1/2021.naacl-main.41": "acl:2021.naacl-main.41",
    "10.18653/v1/P18-1001": "acl:P18-1001",
}


@pytest.mark.parametrize(("text", "meant"), IDENTIFIERS.items())
def test_whatever_people_paste_names_the_paper(text, meant):
    wanted = parse_identifier(text)
    assert f"{wanted.identifier}{' ' + wanted.version if wanted.version else ''}" == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a paper",
        "https://example.org/x",
        "2010.119",
        "kettles",
        "xue2020mt5",
        "../x.bib",
        "openreview:",
        "https://arxiv.org/list/cs",
    ],
)
def test_what_names_no_paper_is_not_guessed(text):
    assert parse_identifier(text) is None
