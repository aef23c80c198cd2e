"""What counts as a change of a paper."""

from __future__ import annotations

import pytest
from paperloom.cli.outdated.findings import Change, Read, Registered, find, publication_of
from paperloom.cli.registers.records import Preprint, Update, Work
from paperloom.model.records import Author, Reading, Reference


def entry(entry_type="misc", **changes):
    """Return the entry of a preprint about kettles."""
    values = {
        "key": "marlowe2020boiling",
        "title": "Boiling Rivers with Kettles",
        "authors": (Author("Marlowe", "Ada"),),
        "year": 2020,
        "venue": None,
        "arxiv": "2001.00001",
        "doi": None,
        "openreview": None,
        "url": None,
        "fields": (),
        "path": "docs/references.bib",
        "line": 12,
    }
    return Reference(entry_type=entry_type, **(values | changes))


def preprint(version=1, **changes):
    values = {"arxiv": "2001.00001", "title": "Boiling Rivers with Kettles", "updated": "2020-03-01"}
    return Preprint(version=version, **(values | changes))


def work(doi="10.1234/kettle", **changes):
    values = {
        "title": "Boiling rivers with kettles",
        "kind": "journal-article",
        "family": "Marlowe",
        "container": "Journal of Kettles",
        "year": 2021,
    }
    return Work(doi=doi, **(values | changes))


def changes(reference, reading=None, **registered):
    paper = Read(reference, reading, "docs/papers/marlowe2020boiling.md", 6)
    return find({reference.key: paper}, Registered(**registered))


def test_a_version_newer_than_the_one_read_is_found_where_the_page_states_it():
    reading = Reading("2020-02-01", "paper", "v3")

    (found,) = changes(entry(), reading, preprints={"2001.00001": preprint(11, comment="Adds rivers")})

    assert (found.change, found.path, found.line) == (Change.NEW_VERSION, "docs/papers/marlowe2020boiling.md", 6)
    assert found.message == "arXiv has v11 of 2020-03-01, v3 was read; read what changed and state the version"
    assert found.address == "https://arxiv.org/abs/2001.00001v11"
    assert found.quoted == "Adds rivers"


@pytest.mark.parametrize("version", ["v3", "v4", "v10"])
def test_the_version_that_was_read_is_not_reported(version):
    reading = Reading("2019-01-01", "abstract", version)

    assert changes(entry(), reading, preprints={"2001.00001": preprint(3)}) == []


def test_without_a_version_the_day_of_reading_decides():
    newer = {"2001.00001": preprint(2, updated="2020-03-02")}

    (found,) = changes(entry(), Reading("2020-03-01", "abstract"), preprints=newer)

    assert "it was read on 2020-03-01" in found.message
    assert changes(entry(), Reading("2020-03-02", "abstract"), preprints=newer) == []


@pytest.mark.parametrize("reading", [None, Reading("2019-01-01", "secondary")])
def test_a_page_that_rests_on_no_version_has_no_newer_one(reading):
    assert changes(entry(), reading, preprints={"2001.00001": preprint(9)}) == []


@pytest.mark.parametrize(
    "said",
    [
        {"comment": "This paper has been withdrawn by the authors"},
        {"comment": "Withdrawn: an error in Lemma 3"},
        {"comment": "withdrawal due to a dispute"},
        {"abstract": "This paper has been withdrawn by arXiv."},
        {"abstract": "The submission was withdrawn."},
    ],
)
def test_a_preprint_that_says_so_is_withdrawn_and_has_no_newer_version(said):
    (found,) = changes(entry(), Reading("2020-01-01", "paper", "v1"), preprints={"2001.00001": preprint(2, **said)})

    assert found.change is Change.WITHDRAWN
    assert "(v2)" in found.message


@pytest.mark.parametrize(
    "said",
    [
        {"comment": "12 pages"},
        {"abstract": "We study water that is withdrawn from rivers."},
        {"comment": "Cash withdrawals"},
    ],
)
def test_other_words_do_not_withdraw_a_preprint(said):
    assert changes(entry(), preprints={"2001.00001": preprint(1, **said)}) == []


@pytest.mark.parametrize("kind", ["retraction", "withdrawal", "removal", "partial_retraction"])
def test_a_notice_that_takes_the_work_back_is_a_retraction(kind):
    published = work(updates=(Update(kind, "10.1234/notice", "2022-05-01"),))

    (found,) = changes(entry("article", doi="10.1234/kettle"), works={"10.1234/kettle": published})

    assert found.change is Change.RETRACTED
    assert found.address == "https://doi.org/10.1234/notice"
    assert "on 2022-05-01" in found.message


def test_a_notice_that_two_sources_announce_is_one_finding():
    twice = work(updates=(Update("retraction", "10.1234/n", ""), Update("retraction", "10.1234/n", "2022-05-01")))
    notices = {"10.1234/kettle": (Update("retraction", "10.1234/n", "2022-05-02"),)}

    (found,) = changes(entry("article", doi="10.1234/kettle"), works={"10.1234/kettle": twice}, notices=notices)

    assert "on 2022-05-01" in found.message


def test_doubts_and_corrections_are_named_and_new_editions_are_not():
    updates = tuple(Update(kind, f"10.1/{kind}", "") for kind in ("expression_of_concern", "erratum", "new_version"))

    found = changes(entry("article", doi="10.1234/kettle"), works={"10.1234/kettle": work(updates=updates)})

    assert [one.change for one in found] == [Change.DOUBTED, Change.CORRECTED]


@pytest.mark.parametrize(
    "title", ["RETRACTED: Boiling", "[Retracted] Boiling", "WITHDRAWN—Boiling", "Retracted article: x"]
)
def test_a_title_that_says_so_is_a_retraction(title):
    found = changes(entry("article", doi="10.1234/kettle"), works={"10.1234/kettle": work(title=title)})

    assert [(one.change, one.quoted) for one in found] == [(Change.RETRACTED, title)]


def test_a_paper_about_retractions_is_not_retracted():
    about = work(title="Retraction rates of kettle papers")

    assert changes(entry("article", doi="10.1234/kettle"), works={"10.1234/kettle": about}) == []


def test_a_preprint_with_a_doi_or_journal_was_published():
    (by_doi,) = changes(entry(), preprints={"2001.00001": preprint(doi="10.1234/kettle")})
    (by_journal,) = changes(entry(), preprints={"2001.00001": preprint(journal_ref="J. Kettles 1, 2021")})

    assert by_doi.address == "https://doi.org/10.1234/kettle"
    assert (by_journal.address, by_journal.quoted) == ("https://arxiv.org/abs/2001.00001v1", "J. Kettles 1, 2021")


def test_an_entry_that_describes_the_publication_is_not_reported_as_published():
    registered = {"2001.00001": preprint(doi="10.1234/kettle", journal_ref="J. Kettles")}

    assert changes(entry("inproceedings"), preprints=registered) == []
    assert changes(entry(doi="10.1234/kettle"), preprints=registered) == []


def test_the_doi_that_arxiv_gives_a_preprint_is_no_publication():
    reference = entry(doi="10.48550/arxiv.2001.00001")

    (found,) = changes(reference, preprints={"2001.00001": preprint(doi="10.1234/kettle")})

    assert found.change is Change.PUBLISHED


def test_a_publication_that_only_crossref_knows_is_reported():
    (found,) = changes(entry(), preprints={"2001.00001": preprint()}, publications={"marlowe2020boiling": work()})

    assert (found.change, found.quoted) == (Change.PUBLISHED, "Journal of Kettles, 2021")


def test_the_publication_agrees_in_title_author_and_kind():
    candidates = [
        work("10.1/other-title", title="Boiling Rivers"),
        work("10.1/other-author", family="Marlow"),
        work("10.1/preprint", kind="posted-content"),
        work("10.1/earlier", year=2012),
        work("10.1/no-author", family=""),
    ]

    assert publication_of(entry(), candidates) is None
    assert publication_of(entry(), [*candidates, work("10.1/later", year=2022), work("10.1/right")]).doi == "10.1/right"
    assert publication_of(entry(authors=()), [work()]) is None


def test_the_gravest_change_comes_first():
    papers = {
        "a": Read(entry(key="a"), Reading("2020-01-01", "paper", "v1"), "a.md"),
        "b": Read(entry("article", key="b", arxiv=None, doi="10.1/b")),
        "c": Read(entry(key="c", arxiv="2001.00003")),
    }
    registered = Registered(
        preprints={"2001.00001": preprint(2), "2001.00003": preprint(comment="withdrawn")},
        works={"10.1/b": work("10.1/b", updates=(Update("retraction", "10.1/n", ""),))},
    )

    assert [one.key for one in find(papers, registered)] == ["b", "c", "a"]
