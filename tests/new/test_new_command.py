"""``paperloom new``: what it writes, what it refuses, and what it says."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from paperloom.cli.checks import check
from paperloom.cli.knowledge_base import load
from paperloom.editing.disk import Disk
from paperloom.editing.transaction import Transaction
from paperloom.sources.text import clean

from tests.services.answers import (
    ACL,
    CROSSREF_UNKNOWN,
    DATACITE_UNKNOWN,
    atom_entry,
    crossref,
    feed,
    openreview,
)

QUERY = "/arxiv/api/query"
PAGE = "papers/marlowe2026kettlenet.md"
ENTRY = """@misc{marlowe2026kettlenet,
  author = {Marlowe, Ada and van der Berg, Jun and {Kettle Collaboration}},
  title = {{KettleNet}: Boiling Water with Few Labels},
  year = {2026},
  venue = {arXiv},
  eprint = {2601.99999},
  archivePrefix = {arXiv},
  primaryClass = {cs.LG},
  url = {https://arxiv.org/abs/2601.99999}
}
"""
BIBTEX = """@article{whatever,
  title = {{The {\\"U}ber-Kettle}: A \\emph{Hot} Thing},
  author = {Marlowe, Ada and {Kettle Group}},
  journal = {Journal of Tea}, volume = 3, pages = {1-9}, month = may, year = 2024,
  doi = {10.5555/Uber}
}
"""


def tree(root):
    """Every file and folder below ``root``, hidden ones included, with the contents of the files."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None for path in root.rglob("*")
    }


def errors(root):
    return [str(problem) for problem in check(load(root, root)) if problem.severity.value == "error"]


@pytest.fixture
def preprint(host):
    host.answers[QUERY] = [feed(atom_entry())]
    return host


def test_a_paper_of_arxiv_is_added_with_entry_page_and_place_in_the_week(tiny, new, preprint):
    before = tree(tiny)
    code, output = new("https://arxiv.org/abs/2601.99999v2", "--week", "2021-w06")
    assert code == 0, output
    after = tree(tiny)
    assert set(after) - set(before) == {PAGE}
    assert {path for path in before if before[path] != after[path]} == {"references.bib", "weeks/2021-w06.md"}
    bibliography = after["references.bib"].decode()
    assert bibliography.replace(ENTRY + "\n", "") == before["references.bib"].decode()
    assert bibliography.index("lake2019slow") < bibliography.index("marlowe2026") < bibliography.index("moss2020quiet")
    week = after["weeks/2021-w06.md"].decode()
    assert week == before["weeks/2021-w06.md"].decode().replace(
        "pine2021tall\n", "pine2021tall\nmarlowe2026kettlenet\n", 1
    )
    page = after[PAGE].decode()
    assert page.startswith(
        "---\npaper:\n  topics: [rivers, heat]\n  draft: true\n"
        f"  read: {{version: v2, on: {datetime.now().astimezone().date()}, from: abstract}}\n---\n"
        "# KettleNet: Boiling Water with Few Labels\n\n<!--\nThis page is a draft."
    )
    assert re.findall("^## .*", page, re.MULTILINE) == [
        "## Why it matters",
        "## How it works",
        "## Results",
        "## Limits",
    ]


def test_the_writer_is_told_what_was_done_and_what_comes_next(tiny, new, preprint):
    _code, output = new("2601.99999", "--week", "2021-w06")
    assert (
        "KettleNet: Boiling Water with Few Labels\nAda Marlowe, Jun van der Berg, Kettle Collaboration (2026, arXiv)"
        in output
    )
    assert f"created {PAGE}\nchanged references.bib\nchanged weeks/2021-w06.md" in output
    assert "The abstract, for you alone; it is not written into any file:\n  Kettles boil." in output
    assert f"- write {PAGE}: the comment in it says how" in output
    assert "Kettles boil" not in (tiny / PAGE).read_text(encoding="utf-8")


def test_a_dry_run_shows_everything_and_writes_nothing(tiny, new, preprint):
    before = tree(tiny)
    code, output = new("2601.99999", "--week", "2021-w06", "--dry-run")
    assert code == 0
    assert f"would create {PAGE}\nwould change references.bib\nwould change weeks/2021-w06.md" in output
    assert ENTRY in output
    assert output.endswith("Nothing was written.\n")
    assert tree(tiny) == before


def test_running_it_twice_is_refused_with_the_page_that_is_there(tiny, new, preprint):
    assert new("2601.99999")[0] == 0
    before, asked = tree(tiny), len(preprint.asked)
    code, output = new("https://doi.org/10.48550/arXiv.2601.99999")
    assert code == 1
    assert f"this paper has a page: {PAGE} (marlowe2026kettlenet, by arxiv:2601.99999)" in output
    assert len(preprint.asked) == asked, "what is known is not asked for"
    assert tree(tiny) == before


@pytest.mark.parametrize(
    ("identifier", "page"),
    [
        ("2009.00001v7", "papers/ember2020kettle.md"),
        ("arxiv.org/pdf/2009.00001v2.pdf", "papers/ember2020kettle.md"),
        ("10.1234/CWT.7", "papers/ember2020kettle.md"),
        ("https://doi.org/10.1234/cwt.7", "papers/ember2020kettle.md"),
        ("https://openreview.net/forum?id=rIvEr123", "papers/lake2019slow.md"),
    ],
)
def test_a_paper_that_has_a_page_is_named_however_it_is_asked_for(tiny, new, host, identifier, page):
    code, output = new(identifier)
    assert code == 1
    assert f"this paper has a page: {page}" in output
    assert host.asked == []


@pytest.mark.parametrize(
    "entry",
    [
        "title = {slow rivers learn BETTER}, author = {A, B}, year = 2020",
        "title = {Other}, author = {A, B}, year = 2020, eprint = {2009.00001v2}",
        "title = {Other}, author = {A, B}, year = 2020, doi = {10.1234/CWT.7}",
        "title = {Other}, author = {A, B}, year = 2020, url = {https://www.example.org/kettle/}",
        "title = {Other}, author = {A, B}, year = 2020, url = {https://openreview.net/forum?id=rIvEr123}",
    ],
)
def test_a_pasted_paper_that_has_a_page_is_named(tiny, new, entry):
    before = tree(tiny)
    code, output = new("-", "--topics", "rivers", stdin=f"@misc{{k, {entry}}}")
    assert code == 1
    assert "this paper has a page: papers/" in output
    assert tree(tiny) == before


def test_an_entry_without_a_page_gets_its_page(tiny, new, host):
    bibliography = tiny / "references.bib"
    bibliography.write_text(bibliography.read_text(encoding="utf-8") + "\n" + ENTRY.replace("marlowe2026k", "zoe2026k"))
    host.answers[QUERY] = [feed(atom_entry())]
    before = bibliography.read_bytes()
    code, output = new("2601.99999")
    assert code == 0, output
    assert bibliography.read_bytes() == before
    assert (tiny / "papers" / "zoe2026kettlenet.md").is_file()
    assert re.search(r"note: the entry 'zoe2026kettlenet' is there already \(references\.bib:\d+\); it is left", output)


def test_an_entry_of_an_import_that_lacks_its_authors_gets_them_and_keeps_its_key(tiny, new, host):
    bibliography = tiny / "references.bib"
    lacking = (
        "@misc{anonymous2026kettlenet,\n  title = {Kessel},\n  eprint = {2601.99999},\n  archivePrefix = {arXiv},\n"
        "  draft = {author, year}\n}\n"
    )
    bibliography.write_text(f"{lacking}\n{bibliography.read_text(encoding='utf-8')}", encoding="utf-8")
    host.answers[QUERY] = [feed(atom_entry())]
    code, output = new("2601.99999")
    assert code == 0, output
    written = bibliography.read_text(encoding="utf-8")
    assert "draft = " not in written
    assert "Marlowe" in written.partition("@misc{anonymous2026kettlenet")[2].partition("\n}")[0]
    page = (tiny / "papers" / "anonymous2026kettlenet.md").read_text(encoding="utf-8")
    assert "# Kessel" not in page
    assert "run 'paperloom rename anonymous2026kettlenet marlowe2026kettlenet'" in output


def test_the_published_version_is_written_and_the_eprint_kept(tiny, new, host):
    host.answers[QUERY] = [feed(atom_entry(doi="10.5555/kettle.1"))]
    host.answers["/crossref/works/10.5555/kettle.1"] = [crossref()]
    code, output = new("2601.99999")
    assert code == 0, output
    written = (tiny / "references.bib").read_text(encoding="utf-8")
    assert (
        """@inproceedings{marlowe2026kettlenet,
  author = {Marlowe, Ada and van der Berg, Jun and {Kettle Collaboration}},
  title = {{KettleNet}: Boiling Water with Few Labels},
  booktitle = {Proceedings of the 40th International Conference on Machine Learning},
  pages = {101--113},
  publisher = {Tea Press},
  year = {2027},
  venue = {ICML},
  eprint = {2601.99999},
  archivePrefix = {arXiv},
  primaryClass = {cs.LG},
  doi = {10.5555/kettle.1},
  url = {https://doi.org/10.5555/kettle.1}
}
"""
        in written
    )
    assert [problem for problem in errors(tiny) if "references.bib" in problem] == []


def test_what_could_not_be_learned_is_noted_for_the_writer(tiny, new, host):
    host.answers[QUERY] = [feed(atom_entry(doi="10.5555/kettle.1"))]
    host.answers["/crossref/works/10.5555/kettle.1"] = [CROSSREF_UNKNOWN]
    host.answers["/datacite/dois/10.5555/kettle.1"] = [DATACITE_UNKNOWN]
    code, output = new("2601.99999")
    assert code == 0
    assert "note: the published version (10.5555/kettle.1) could not be asked for" in output
    assert "note: verify the published version, 10.5555/kettle.1" in output
    text = (tiny / "references.bib").read_text(encoding="utf-8")
    assert "% verify: the published version, 10.5555/kettle.1\n@misc{marlowe2026kettlenet," in text


def test_dois_submissions_and_papers_of_the_anthology_are_added(tiny, new, host):
    host.answers["/crossref/works/10.5555/kettle.1"] = [crossref(title=["Teapots in Streams"])]
    host.answers["/openreview/notes"] = [openreview()]
    host.answers["/acl/2026.acl-main.1.bib"] = [(*ACL[:2], ACL[2].replace(b'"{K}ettle{N}et: ', b'"Samovars: '))]
    assert new("doi:10.5555/KETTLE.1", "--topics", "heat,rivers")[0] == 0
    assert new("https://openreview.net/forum?id=kEtT1eAbCd", "--topics", "heat")[0] == 0
    code, output = new("2026.acl-main.1", "--topics", "heat")
    assert code == 0, output
    papers = {path.stem for path in (tiny / "papers").glob("marlowe*")}
    assert papers == {"marlowe2027teapots", "marlowe2025kettlenet", "marlowe2026samovars"}
    text = (tiny / "references.bib").read_text(encoding="utf-8")
    assert "openreview = {kEtT1eAbCd}" in text
    assert "author = {Marlowe, Ada and van der Berg, Jun and Gün, Çağla}" in text
    assert [problem for problem in errors(tiny) if "references.bib" in problem] == []


@pytest.mark.parametrize("how", ["file", "standard input", "file alone", "option", "option from standard input"])
def test_bibtex_is_taken_from_a_file_or_from_standard_input(tiny, new, tmp_path, how):
    (tmp_path / "paste.bib").write_text(BIBTEX, encoding="utf-8")
    arguments = {
        "file": (["paste.bib"], None),
        "standard input": (["-"], BIBTEX),
        "file alone": (["--bib", "paste.bib"], None),
        "option": (["2401.00001", "--bib", "paste.bib"], None),
        "option from standard input": (["2401.00001", "--bib", "-"], BIBTEX),
    }
    given, stdin = arguments[how]
    code, output = new(*given, "--topics", "heat", stdin=stdin)
    assert code == 0, output
    text = (tiny / "references.bib").read_text(encoding="utf-8")
    eprint = "  eprint = {2401.00001},\n  archivePrefix = {arXiv},\n" if "option" in how else ""
    assert (
        f"""@article{{marlowe2024uber,
  author = {{Marlowe, Ada and {{Kettle Group}}}},
  title = {{The Über-Kettle: A Hot Thing}},
  journal = {{Journal of Tea}},
  volume = {{3}},
  pages = {{1--9}},
  year = {{2024}},
{eprint}  doi = {{10.5555/uber}},
  url = {{https://doi.org/10.5555/uber}}
}}
"""
        in text
    )
    assert (tiny / "papers" / "marlowe2024uber.md").read_text(encoding="utf-8").count(
        "# The Über-Kettle: A Hot Thing\n"
    ) == 1


def test_bibtex_that_cannot_be_read_is_refused_with_line_and_reason(tiny, new):
    before = tree(tiny)
    code, output = new("-", stdin="@misc{k,\n  title = {T},\n  author = {A and others},\n  year = 2020\n}")
    assert code == 1
    assert "standard input:3: the entry 'k' ends its authors with 'others'; name all authors" in output
    code, output = new(
        "2401.00002", "--bib", "-", stdin="@misc{k, title={T}, author={A, B}, year=2020, eprint={2401.00001}}"
    )
    assert code == 1
    assert "the BibTeX file describes arxiv:2401.00001, not arxiv:2401.00002" in output
    assert tree(tiny) == before


REFUSED = {
    "a week that is not there": (
        ["2601.99999", "--week", "2021-w07"],
        r"there is no issue 2021-w07; add weeks/2021-w07\.md with the lines .*starts: 2021-02-07.*run the command",
    ),
    "a week that is none": (["2601.99999", "--week", "2021-6"], "'2021-6' is no week; did you mean '2021-w06'"),
    "an unknown topic": (["2601.99999", "--topics", "heat,river"], "there is no topic 'river'; did you mean 'rivers'"),
    "no topic at all": (["2601.99999", "--topics", " , "], "--topics names none"),
    "a topic twice": (["2601.99999", "--topics", "heat,heat"], "--topics names 'heat' twice"),
    "a key that is none": (["2601.99999", "--key", "Kettle"], "'Kettle' is no citation key"),
    "a key that is taken": (["2601.99999", "--key", "pine2021tall"], "the key 'pine2021tall' is taken"),
    "no identifier": (["kettles"], "'kettles' names no paper that we can look up; give 2010.11934"),
    "a citation key": (["pine2021tall"], "'pine2021tall' is a citation key, and papers/pine2021tall.md is its page"),
    "an address of something else": (["https://example.org/x"], "names no paper that we can look up"),
    "a file that is not there": (["missing.bib"], "there is no file 'missing.bib'"),
    "an option file that is not there": (["2601.99999", "--bib", "missing.bib"], "missing.bib:1: cannot be read"),
    "two files": (["-", "--bib", "-"], "both ID and --bib are BibTeX files"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(tiny, new, host, arguments, message):
    before = tree(tiny)
    code, output = new(*arguments)
    assert code == 1
    assert re.search(message, output, re.DOTALL), output
    assert output.startswith("Error: ")
    assert host.asked == []
    assert tree(tiny) == before


def test_all_slips_of_a_call_are_said_at_once(tiny, new):
    _code, output = new("2601.99999", "--week", "2022-w01", "--topics", "x,y", "--key", "Z")
    for slip in (
        "there is no issue 2022-w01",
        "there is no topic 'x'",
        "there is no topic 'y'",
        "'Z' is no citation key",
    ):
        assert slip in output


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((404, {}, b""), r"not found \(404\); check the identifier"),
        (feed(), "arXiv knows no paper 2601.99999"),
        ((429, {"Retry-After": "900"}, b""), r"the host asks to wait \(429\); try again in 15 minutes"),
        ((500, {}, b""), r"the host fails \(500\)"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "the answer is text/html"),
    ],
)
def test_a_service_that_gives_nothing_is_named_with_a_way_out(tiny, new, host, answer, message):
    before = tree(tiny)
    host.answers[QUERY] = [answer]
    code, output = new("2601.99999")
    assert code == 1
    assert re.search(f"Error: http://127.*/arxiv/api/query.*{message}", output)
    assert "Without a network, give the entry with --bib FILE." in output
    assert tree(tiny) == before


def test_the_next_word_is_added_to_a_key_that_is_taken(tiny, new, preprint):
    (tiny / "references.bib").write_text(
        (tiny / "references.bib").read_text(encoding="utf-8")
        + "\n@misc{Marlowe2026kettlenet,\n  author = {M, A},\n  title = {X},\n  year = {2026}\n}\n",
        encoding="utf-8",
    )
    code, output = new("2601.99999")
    assert code == 0, output
    assert (tiny / "papers" / "marlowe2026kettlenetboiling.md").is_file()


def test_a_title_without_latin_letters_takes_a_key_of_the_writer(tiny, new, host):
    host.answers[QUERY] = [feed(atom_entry(title="茶の道", authors=["王 小明"]))]
    code, output = new("2601.99999", "--topics", "heat")
    assert code == 1
    assert "no free citation key for '茶の道'" in output
    assert "with --key" in output
    code, output = new("2601.99999", "--topics", "heat", "--key", "wang2026tea")
    assert code == 0, output
    assert "# 茶の道" in (tiny / "papers" / "wang2026tea.md").read_text(encoding="utf-8")


NASTY = [
    'Tea: "hot" \\ {cold} [or] <not> `now` $5 #1 50% a_b',
    "🙂 Kettles -- {{ jinja }} <!-- comment --> & more ''quoted''",
    "@misc{x, title = {y}} and {paper}`x`",
    "Very " + "long " * 70 + "title",
]


@pytest.mark.parametrize("title", NASTY)
def test_any_title_is_safe_in_every_file(tiny, new, host, title):
    host.answers["/crossref/works/10.5555/x"] = [crossref(title=[title], DOI="10.5555/x")]
    code, output = new("10.5555/x", "--topics", "heat", "--week", "2021-w06", "--key", "marlowe2027nasty")
    assert code == 0, output
    base = load(tiny, tiny)
    assert base.papers["marlowe2027nasty"].title.text == clean(title)
    assert base.references["marlowe2027nasty"].title == clean(title)
    assert len(base.references) == 5
    assert [each for each in errors(tiny) if "title" in each or "references.bib" in each] == []


def test_topics_are_suggested_from_the_words_or_the_category(tiny, new, host):
    host.answers[QUERY] = [feed(atom_entry(title="On Warmth and Trees"))]
    assert new("2601.99999")[0] == 0
    assert "topics: [heat, trees, rivers]" in (tiny / "papers" / "marlowe2026warmth.md").read_text(encoding="utf-8")
    silent = atom_entry(title="On Silence").replace("rivers", "x").replace("heat", "x")
    host.answers[QUERY] = [feed(silent)]
    assert new("2601.99999", "--no-cache", "--dry-run")[0] == 1, "the paper has a page now"
    host.answers[QUERY] = [feed(silent.replace("2601.99999", "2601.88888"))]
    code, output = new("2601.88888")
    assert code == 0, output
    assert "topics: [nature]" in (tiny / "papers" / "marlowe2026silence.md").read_text(encoding="utf-8")


def test_topics_that_nobody_can_suggest_are_left_to_the_writer(tiny, new):
    code, output = new("-", stdin="@misc{k, title = {Silence}, author = {Hush, Bo}, year = 2020}")
    assert code == 0
    assert (
        "no topic is named in title or abstract; choose from those in topics/: heat, nature, rivers, trees, wind"
        in output
    )
    assert (
        (tiny / "papers" / "hush2020silence.md").read_text(encoding="utf-8").startswith("---\npaper:\n  draft: true\n")
    )


def test_a_page_in_the_way_is_left_alone(tiny, new, preprint):
    (tiny / PAGE).write_text("what a person began\n", encoding="utf-8")
    assert new("2601.99999")[0] == 0
    assert (tiny / PAGE).read_text(encoding="utf-8") == "what a person began\n"
    assert (tiny / "papers" / "marlowe2026kettlenetboiling.md").is_file()


def test_a_bibliography_that_is_broken_is_not_touched(tiny, new, preprint):
    with (tiny / "references.bib").open("a", encoding="utf-8") as file:
        file.write("\n@misc{broken2020x, title = {never closed\n")
    before = tree(tiny)
    code, output = new("2601.99999")
    assert code == 1
    assert "references.bib:40: is too broken to add an entry; run 'paperloom check'" in output
    assert tree(tiny) == before


def test_answers_are_kept_and_can_be_passed_over(tiny, new, preprint):
    assert new("2601.99999", "--dry-run")[0] == 0
    assert new("2601.99999", "--dry-run")[0] == 0
    assert len(preprint.asked) == 1
    assert new("2601.99999", "--dry-run", "--no-cache")[0] == 0
    assert len(preprint.asked) == 2


def test_the_contact_of_the_configuration_is_given_to_services(tiny, new, preprint):
    with (tiny / "conf.py").open("a", encoding="utf-8") as file:
        file.write('paperloom_contact = "editors@example.org"\n')
    assert new("2601.99999", "--dry-run")[0] == 0
    assert "(+mailto:editors@example.org)" in preprint.asked[0][1]["User-Agent"]


def test_a_folder_without_a_knowledge_base_is_refused(tmp_path, new):
    code, output = new("2601.99999", "--root", str(tmp_path))
    assert code == 2
    assert "no knowledge base at" in output


def test_an_interrupted_command_is_finished_first(tiny, new, preprint):
    class Stopped(Disk):
        def create(self, source, target):
            raise SystemExit

        def replace(self, source, target):
            if target.name == "journal" and source.name == "journal-of-undoing":
                raise OSError
            super().replace(source, target)

    transaction = Transaction(tiny, Stopped())
    transaction.create(tiny / "papers" / "note.md", "interrupted\n")
    with pytest.raises(SystemExit):
        transaction.commit()
    assert not (tiny / "papers" / "note.md").exists()
    new("2601.99999", "--dry-run")
    assert Path(tiny / "papers" / "note.md").read_text(encoding="utf-8") == "interrupted\n"


def test_the_new_page_is_listed_where_a_knowledge_base_lists_its_addresses(tiny, new, preprint):
    (tiny / "addresses.txt").write_text("index\nweeks/index\n", encoding="utf-8")
    code, output = new("2601.99999")
    assert code == 0, output
    listed = (tiny / "addresses.txt").read_text(encoding="utf-8").splitlines()
    (page,) = (path.stem for path in (tiny / "papers").glob("*2026*.md"))
    assert listed[-3:] == ["index", f"papers/{page}", "weeks/index"]
