"""The invented text: the same for a seed, the same for all systems, and sound."""

import re

import pytest
from paperloom.cli.checks import check
from paperloom.cli.knowledge_base import load
from paperloom.model.problems import Severity

from benchmarks.corpus import generate
from benchmarks.edits import EDITS
from benchmarks.prepare import PlannedEdit, apply, prepare
from benchmarks.records import MentionKind, Paragraph
from benchmarks.systems import ALL_SYSTEMS, PAPERLOOM, SYSTEMS
from benchmarks.writers import hugo, mkdocs, paperloom, stock_sphinx

PAPERS = 48


@pytest.fixture(scope="module")
def corpus():
    return generate(PAPERS)


def prose(markdown):
    """The words that readers see, whatever the markup around them is."""
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body)
    body = re.sub(r"\{paper\}`([^<`]*) <[^`]*>`", r"\1", body)
    return re.findall(r"[A-Za-z]+", body)


def sections_of(markdown):
    """The sections below the header; citations differ between systems by intent."""
    below = markdown[markdown.index("## Why it matters") :]
    return re.sub(r"So say .*?, too|Others differ .*?\.\n", "", below)


def test_a_seed_gives_the_same_text_and_another_seed_another(corpus):
    assert paperloom.write(generate(PAPERS)) == paperloom.write(corpus)
    assert paperloom.write(generate(PAPERS, seed=2)) != paperloom.write(corpus)


def test_a_corpus_has_the_promised_shape(corpus):
    assert len(corpus.papers) == PAPERS
    assert [len(week.papers) for week in corpus.weeks] == [8] * 6
    assert {len(week.articles) for week in corpus.weeks} == {6}
    assert len(corpus.topics) == 40
    assert {len(set(paper.topics)) for paper in corpus.papers.values()} == {3}
    assert "2001" in {period.id for period in corpus.periods}
    for paper in corpus.papers.values():
        texts = [b.text for s in paper.sections for b in s.blocks if isinstance(b, Paragraph)]
        mentions = [part for text in texts for part in text if not isinstance(part, str)]
        assert {mention.kind for mention in mentions} == set(MentionKind)
        assert paper.key not in {key for mention in mentions for key in mention.keys}


def test_pages_have_about_300_words(corpus):
    files = paperloom.write(corpus)
    for key in corpus.papers:
        assert 270 < len(prose(files[f"docs/papers/{key}.md"])) < 340


@pytest.mark.parametrize(
    ("write", "folder"),
    [(stock_sphinx.write, "docs/papers"), (mkdocs.write, "docs/papers"), (hugo.write, "content/papers")],
    ids=["sphinx", "mkdocs", "hugo"],
)
def test_every_system_gets_the_same_words(corpus, write, folder):
    ours, theirs = paperloom.write(corpus), write(corpus)
    for key in corpus.papers:
        expected = prose(sections_of(ours[f"docs/papers/{key}.md"]))
        assert prose(sections_of(theirs[f"{folder}/{key}.md"])) == expected


def test_too_few_papers_are_refused():
    with pytest.raises(ValueError, match="15 papers are too few"):
        generate(15)


def test_paperloom_finds_nothing_wrong_with_the_text_before_and_after_every_edit(tmp_path):
    edits = [PlannedEdit(f"{kind}-{number}", kind, number) for number in range(2) for kind in EDITS]
    prepare(PAPERS, 1, [PAPERLOOM.name], edits, tmp_path)
    prepared = tmp_path / PAPERLOOM.name
    tree = prepared / "tree"

    def problems():
        base = load(tree, tree / "docs")
        assert len(base.pages) > PAPERS
        return [problem for problem in check(base) if problem.severity is not Severity.NOTICE]

    assert problems() == []
    for edit in edits:
        assert apply(prepared, edit.name, tree)
        assert problems() == [], edit


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("summary", {"paperloom": 1, "sphinx": 1, "mkdocs": 1, "hugo": 1}),
        ("topics", {"paperloom": 1, "sphinx": 3, "mkdocs": 1, "hugo": 1}),
        ("add", {"paperloom": 3, "sphinx": 5, "mkdocs": 2, "hugo": 2}),
        ("entry", {"paperloom": 1, "sphinx": 1, "mkdocs": 1, "hugo": 1}),
    ],
)
def test_an_edit_changes_the_files_that_an_editor_would_change(corpus, kind, changed):
    edited = EDITS[kind](corpus, 0).corpus
    found = {}
    for name, system in SYSTEMS.items():
        before, after = system.write(corpus), system.write(edited)
        found[name] = sum(before.get(path) != text for path, text in after.items())
    assert found == changed


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_leads_to_text_that_was_not_there(corpus, kind):
    edited = EDITS[kind](corpus, 0)
    files = hugo.write(corpus)
    for each in edited.expected:
        if each.docname.startswith("papers/"):
            assert each.text not in files.get(f"content/{each.docname}.md", "")


def test_edits_follow_each_other(tmp_path):
    edits = [PlannedEdit("add-0", "add", 0), PlannedEdit("add-1", "add", 1)]
    prepare(PAPERS, 1, list(ALL_SYSTEMS), edits, tmp_path)
    for name in ALL_SYSTEMS:
        tree = tmp_path / name / "tree"
        for edit in edits:
            (paper, _) = apply(tmp_path / name, edit.name, tree)
            assert list(tree.rglob(f"{paper.docname}.md"))
    bibliography = (tmp_path / "paperloom/tree/docs/references.bib").read_text()
    assert bibliography.count("eprint = ") == PAPERS + 2


def test_the_text_without_citations_has_none(corpus):
    with_them = paperloom.write(corpus)
    without = paperloom.write_without_citations(corpus)
    assert sum(text.count("{cite") for text in with_them.values()) == 2 * PAPERS
    assert not any("{cite" in text for text in without.values())
    assert without["docs/references.bib"] == with_them["docs/references.bib"]
