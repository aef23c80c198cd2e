"""``paperloom outdated``, against servers that answer as arXiv and Crossref do."""

from __future__ import annotations

import pytest

from tests.links.services import ATOM, JSON, Crossref, Reply


def notice(doi, about, kind, **more):
    update = {"DOI": about, "type": kind, "label": kind.title(), "updated": {"date-parts": [[2022, 5, 1]]}}
    return Crossref.work(doi, "A notice", update_to=[{**update, "source": "publisher"}], **more)


def questions(*servers):
    """Return what servers were asked, without the question whether they are there."""
    return [path for server in servers for command, path, _headers in server.asked_with if command == "GET"]


def test_what_changed_is_listed_with_its_place_and_what_to_do(base, arxiv, crossref, run_outdated):
    arxiv.papers = {"2001.00001": {"version": 2, "updated": "2020-03-01"}}
    crossref.works = {
        "10.1234/rivers": Crossref.work("10.1234/Rivers", "Rivers"),
        "10.1234/notice": notice("10.1234/notice", "10.1234/Rivers", "retraction"),
    }

    code, output = run_outdated(base())

    assert code == 0
    retracted, newer, counted = output.splitlines()
    assert retracted == (
        "docs/references.bib:9: tidewell2019rivers: retracted: retraction on 2022-05-01; "
        "say so on its page, and in the articles that rely on it (https://doi.org/10.1234/notice)"
    )
    assert newer == (
        "docs/papers/marlowe2020boiling.md:5: marlowe2020boiling: new version: arXiv has v2 of 2020-03-01, "
        "v1 was read; read what changed and state the version (https://arxiv.org/abs/2001.00001v2)"
    )
    assert counted == "2 papers: 1 retracted, 1 new version"


def test_nothing_new_is_said_in_one_line(base, arxiv, crossref, run_outdated):
    arxiv.papers = {"2001.00001": {}}
    crossref.works = {"10.1234/rivers": Crossref.work("10.1234/Rivers", "Rivers")}

    assert run_outdated(base()) == (0, "2 papers: nothing new\n")


def test_an_update_that_the_work_itself_names_is_found(base, arxiv, crossref, run_outdated):
    update = {"DOI": "10.1234/note", "type": "expression-of-concern", "updated": {"date-parts": [[2023]]}}
    crossref.works = {"10.1234/rivers": Crossref.work("10.1234/Rivers", "Rivers", updated_by=[update])}

    _code, report = run_outdated(base(), "--json")

    assert [(one["change"], one["message"]) for one in report["findings"]] == [
        ("doubted", "expression of concern in 2023; read the notice and say so on its page")
    ]


def test_a_publication_that_arxiv_does_not_know_is_searched_for(base, arxiv, crossref, run_outdated):
    arxiv.papers = {"2001.00001": {}}
    crossref.works = {
        "10.1234/other": Crossref.work("10.1234/other", "Boiling Rivers"),
        "10.1234/preprint": Crossref.work("10.1234/preprint", "Boiling Rivers with Kettles", type="posted-content"),
        "10.1234/kettles": Crossref.work("10.1234/kettles", "Boiling rivers with kettles"),
    }

    _code, report = run_outdated(base(), "--json")

    assert [(one["change"], one["quoted"], one["address"]) for one in report["findings"]] == [
        ("published", "Journal of Kettles, 2021", "https://doi.org/10.1234/kettles")
    ]


@pytest.mark.parametrize(
    ("fields", "change"),
    [
        ({"journal_ref": "J. Kettles 1 (2021)"}, "published"),
        ({"doi": "10.1234/kettles"}, "published"),
        ({"comment": "This paper has been withdrawn by the author", "version": 2}, "withdrawn"),
    ],
)
def test_what_arxiv_says_of_a_preprint_is_found(base, arxiv, run_outdated, fields, change):
    arxiv.papers = {"2001.00001": fields}

    _code, report = run_outdated(base(), "--json")

    assert [one["change"] for one in report["findings"]] == [change]


def test_a_doi_that_crossref_does_not_register_is_no_fault(base, arxiv, crossref, run_outdated):
    arxiv.papers = {"2001.00001": {}}

    code, report = run_outdated(base(), "--json")

    assert code == 0
    assert report["unanswered"] == []


def test_dois_of_arxiv_are_not_asked_of_crossref(base, crossref, run_outdated):
    entry = (
        "@misc{a,\n author = {Marlowe, Ada},\n title = {T},\n year = {2020},\n doi = {10.48550/arXiv.2001.00001}\n}\n"
    )

    run_outdated(base(**{"references.bib": entry}))

    assert not any("10.48550" in path for path in crossref.asked)


def test_fresh_answers_need_no_network(base, arxiv, crossref, run_outdated):
    arxiv.papers = {"2001.00001": {"version": 2}}
    crossref.works = {"10.1234/rivers": Crossref.work("10.1234/Rivers", "Rivers")}
    root = base()
    first = run_outdated(root)
    arxiv.stop()
    crossref.stop()

    assert run_outdated(root) == first


def test_a_setting_that_cannot_be_read_is_said_plainly(base, run_outdated, monkeypatch):
    monkeypatch.setenv("PAPERLOOM_PATIENCE", "soon")

    code, output = run_outdated(base())

    assert code == 2
    assert "write a number of seconds" in output


FAILURES = [
    Reply(500),
    Reply(429),
    Reply(200, "<html>maintenance", "text/html"),
    Reply(200, '{"message"', JSON, broken="truncated"),
    Reply(200, "[]", JSON),
    Reply(200, '{"message": {"items": 1}}', JSON),
    Reply(broken="dropped"),
]


@pytest.mark.parametrize("reply", FAILURES)
def test_what_a_register_does_not_answer_is_named_and_the_other_is_still_heard(
    base, arxiv, crossref, run_outdated, reply
):
    arxiv.papers = {"2001.00001": {"version": 2}}
    crossref.reply = lambda _path: reply

    code, report = run_outdated(base(), "--json")

    assert code == 0
    assert [one["change"] for one in report["findings"]] == ["new version"]
    assert {(one["key"], one["register"]) for one in report["unanswered"]} == {
        ("marlowe2020boiling", "Crossref"),
        ("tidewell2019rivers", "Crossref"),
    }


def test_an_arxiv_that_fails_is_named_and_crossref_is_still_heard(base, arxiv, crossref, run_outdated):
    arxiv.reply = lambda _path: Reply(200, "<feed", ATOM)
    crossref.works = {"10.1234/rivers": Crossref.work("10.1234/Rivers", "RETRACTED: Rivers")}

    code, output = run_outdated(base())

    assert code == 0
    assert "tidewell2019rivers: retracted" in output
    assert "arXiv gave no answer about 1 paper: arXiv's answer cannot be read" in output


def test_a_run_that_nobody_answers_fails_so_that_no_report_takes_the_place_of_another(
    base, arxiv, crossref, run_outdated, tmp_path
):
    arxiv.stop()
    crossref.stop()

    page = tmp_path / "outdated.md"
    page.write_text("last week's", encoding="utf-8")

    code, output = run_outdated(base(), "--report", str(page))

    assert code == 1
    assert "the host cannot be reached" in output
    assert page.read_text(encoding="utf-8") == "last week's"


def test_an_empty_knowledge_base_asks_nobody(sources, arxiv, crossref, run_outdated):
    assert run_outdated(sources({})) == (0, "0 papers: nothing new\n")
    assert arxiv.asked == crossref.asked == []


def test_fresh_answers_are_not_asked_again(base, arxiv, crossref, run_outdated):
    arxiv.papers = {"2001.00001": {}}
    crossref.works = {"10.1234/rivers": Crossref.work("10.1234/Rivers", "Rivers")}
    root = base()
    run_outdated(root)
    asked = len(questions(arxiv, crossref))

    run_outdated(root)
    assert len(questions(arxiv, crossref)) == asked

    run_outdated(root, "--max-age", "0")
    assert len(questions(arxiv, crossref)) == 2 * asked


def test_a_register_that_stays_silent_is_given_up(base, arxiv, crossref, run_outdated):
    arxiv.papers = {"2001.00001": {}}
    crossref.reply = lambda _path: Reply(broken="dropped")
    entries = "".join(
        f"@article{{key{n},\n author = {{A, B}},\n title = {{T{n}}},\n journal = {{J}},\n year = {{2020}},\n"
        f" doi = {{10.1234/{n}}}\n}}\n"
        for n in range(30)
    )

    _code, report = run_outdated(base(**{"references.bib": entries}), "--json")

    assert len({one["key"] for one in report["unanswered"]}) == 30
    assert len({path.partition("?")[0] for path in crossref.asked}) <= 7


def test_the_report_is_written_as_a_page_in_which_nothing_of_others_formats(base, arxiv, run_outdated, tmp_path):
    arxiv.papers = {"2001.00001": {"version": 2, "comment": "ask @everyone `now` <b>#1</b>\n![x](http://evil.example)"}}
    page = tmp_path / "reports" / "outdated.md"

    run_outdated(base(), "--report", str(page))

    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Papers\n\nTo look at: 1.\n\n")
    assert "## New version (1)" in text
    assert "`ask @everyone 'now' <b>#1</b> ![x](http://evil.example)`" in text


def test_a_page_without_findings_says_that_nothing_is_to_do(base, arxiv, run_outdated, tmp_path):
    arxiv.papers = {"2001.00001": {}}
    page = tmp_path / "outdated.md"

    run_outdated(base(), "--report", str(page))

    assert "Nothing needs to be looked at." in page.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_said_plainly(base, arxiv, run_outdated, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    code, output = run_outdated(base(), "--report", str(tmp_path / "file" / "outdated.md"))

    assert code == 1
    assert "cannot be written" in output
    assert "choose another place" in output
