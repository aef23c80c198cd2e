"""``paperloom import`` writes weeks, drafts and entries, once, and nothing over what is there."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from paperloom.cli.checks import check
from paperloom.cli.knowledge_base import load
from paperloom.model.problems import Severity
from paperloom.web.errors import NotFoundError, RefusedError, UnavailableError
from samples import CHINESE, ENGLISH, series

ENGLISH_KEYS = ["anonymous2021lightnet", "anonymous2021matching", "anonymous2021walk", "anonymous2021tides"]

METADATA = """
@inproceedings{anything,
  author = {Keeper, Åsa and Beam, Bo},
  title = {{LightNet}: Recurrent Models That Follow a Beam},
  booktitle = {Conference on Lighthouses},
  year = {2022},
  eprint = {2105.01101},
  archivePrefix = {arXiv}
}

@misc{other,
  author = {Shore, Cleo},
  title = {Matching shells for anomaly detection},
  year = {2021},
  url = {https://example.org/somewhere-else}
}
"""


def problems(base):
    return check(load(base, base))


def build(base, folder):
    """Build with every warning as an error, in a process of its own as people do."""
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-b",
        "html",
        "-W",
        "--keep-going",
        "-n",
        "-q",
        "-D",
        "html_copy_source=0",
    ]
    command += [str(base), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_issue_becomes_a_week_drafts_and_entries(run, base, english_file):
    result = run("import", "--root", base, "--offline", english_file)

    assert result.exit_code == 0, result.output
    week = (base / "weeks" / "2021-w21.md").read_text(encoding="utf-8")
    assert week.startswith(
        "---\nweek:\n  starts: 2021-05-16\n  picks: [anonymous2021matching, small-networks-and-the-sea]\n"
    )
    assert f"source: '{ENGLISH.source}'" in week
    assert "# Week 21, 2021" in week
    listed = week.partition("```{papers}\n")[2].partition("```")[0].split()
    assert listed == ENGLISH_KEYS
    order = [week.index(text) for text in ("## Papers", "## Technical articles", "## Use cases", "## Other topics")]
    assert order == sorted(order)
    assert (
        "```{article} New Eyes for the Port\n:id: new-eyes-for-the-port\n:kind: use-case\n"
        ":url: https://news.example.com/ports/counting-containers\n:site: news.example.com\n"
    ) in week
    page = (base / "papers" / "anonymous2021lightnet.md").read_text(encoding="utf-8")
    assert page.startswith("---\npaper:\n  draft: true\n---\n# LightNet: Recurrent Models That Follow a Beam\n\n<!--\n")
    assert "## Why it matters\n\n## How it works\n\n## Results\n\n## Limits\n" in page
    entries = (base / "references.bib").read_text(encoding="utf-8")
    assert (
        "@misc{anonymous2021lightnet,\n"
        "  title = {{LightNet}: Recurrent Models That Follow a Beam},\n"
        "  eprint = {2105.01101},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2105.01101},\n"
        "  draft = {author, year}\n}\n"
    ) in entries


def test_what_is_imported_is_valid_and_check_says_what_it_lacks(run, base, english_file, chinese_file):
    run("import", "--root", base, "--offline", english_file, chinese_file)

    found = problems(base)

    assert [problem for problem in found if problem.severity is Severity.ERROR] == []
    told = [str(problem) for problem in found if problem.severity is Severity.WARNING]
    assert len(told) == 2 + 8 + 8  # weeks, pages, entries
    assert all(line.endswith("[paperloom.draft]") for line in told)
    assert (
        "papers/anonymous2021lightnet.md:3: the page is a draft and lacks topics, a TL;DR, 'Why it matters', "
        "'How it works', 'Results', 'Limits'; write it, and remove 'draft: true' [paperloom.draft]"
    ) in told
    assert any("the entry 'anonymous2021lightnet' lacks author and year; look it up" in line for line in told)
    assert any(line.startswith("weeks/2021-w21.md:9: text of the newsletter stands in 7 comments;") for line in told)
    assert run("check", "--root", base).exit_code == 0


def test_an_imported_knowledge_base_builds_without_a_warning(run, base, english_file, chinese_file, tmp_path):
    run("import", "--root", base, "--offline", english_file, chinese_file)

    built = build(base, tmp_path / "html")

    assert (built.returncode, built.stderr) == (0, "")
    page = BeautifulSoup((tmp_path / "html/papers/anonymous2021lightnet.html").read_text("utf-8"), "html.parser")
    assert page.select_one(".loom-header .loom-draft").text == "Draft"
    week = BeautifulSoup((tmp_path / "html/weeks/2021-w21.html").read_text("utf-8"), "html.parser")
    assert len(week.select(".loom-card .loom-draft")) == 4
    catalog = json.loads((tmp_path / "html/catalog.json").read_text("utf-8"))
    drafts = {paper["key"]: paper["draft"] for paper in catalog["papers"]}
    assert {key: drafts[key] for key in ENGLISH_KEYS} == dict.fromkeys(ENGLISH_KEYS, True)
    assert drafts["ember2020kettle"] is False


def test_what_the_issue_says_in_words_is_never_published(run, base, english_file, tmp_path):
    run("import", "--root", base, "--offline", english_file)
    assert build(base, tmp_path / "html").returncode == 0

    published = {
        path.name: path.read_text("utf-8")
        for path in (tmp_path / "html").rglob("*")
        if path.suffix in (".html", ".json", ".js", ".txt", ".xml", ".bib")
    }
    for item in (*ENGLISH.papers, *ENGLISH.articles):
        sentence = item.text.partition(".")[0]
        assert sentence in (base / "weeks/2021-w21.md").read_text("utf-8") or any(
            sentence in path.read_text("utf-8") for path in (base / "papers").glob("anonymous*.md")
        )
        assert [name for name, text in published.items() if sentence in text] == []


def test_importing_twice_changes_nothing(run, base, english_file, chinese_file, snapshot):
    run("import", "--root", base, "--offline", english_file, chinese_file)
    before = snapshot(base)

    again = run("import", "--root", base, "--offline", english_file, chinese_file)

    assert again.exit_code == 0
    assert again.output.splitlines()[-1] == "Nothing to write."
    assert snapshot(base) == before


def test_a_dry_run_says_what_it_would_do_and_does_nothing(run, base, english_file, snapshot):
    before = snapshot(base)

    result = run("import", "--root", base, "--offline", "--dry-run", english_file)

    assert result.exit_code == 0
    assert "would create weeks/2021-w21.md" in result.output
    assert "would change references.bib" in result.output
    assert snapshot(base) == before


def test_papers_with_a_page_are_listed_and_left_alone(run, base, issue_file, snapshot):
    text = series(ENGLISH).replace("https://arxiv.org/abs/2105.01101", "https://arxiv.org/pdf/2009.01111v4.pdf")
    references = (base / "references.bib").read_text("utf-8")
    (base / "references.bib").write_text(
        references.replace("@misc{moss2020quiet,", "@misc{moss2020quiet,").replace(
            "  year = {2020}", "  year = {2020},\n  eprint = {2009.01111}", 1
        ),
        encoding="utf-8",
    )
    known = load(base, base)
    (key,) = [key for key, reference in known.references.items() if reference.arxiv == "2009.01111"]
    pages = {name: data for name, data in snapshot(base).items() if name.startswith("papers/")}

    result = run("import", "--root", base, "--offline", issue_file(text))

    assert result.exit_code == 0, result.output
    assert f"1 paper with a page already: {key}" in result.output
    listed = (base / "weeks/2021-w21.md").read_text("utf-8").partition("```{papers}\n")[2].partition("```")[0].split()
    assert listed == [key, *ENGLISH_KEYS[1:]]
    after = snapshot(base)
    assert {name: after[name] for name in pages} == pages


def test_links_to_known_papers_become_mentions(run, base, issue_file):
    address = "https://openreview.net/forum?id=" + load(base, base).references["lake2019slow"].openreview
    text = series(ENGLISH).replace("gradients that sway", f"gradients, after [slow rivers]({address}), that sway")
    text = text.replace("textures of shells", f"textures of [rivers]({address}) and shells")

    run("import", "--root", base, "--offline", issue_file(text))

    week = (base / "weeks/2021-w21.md").read_text("utf-8")
    assert "The issue links {paper}`lake2019slow` here." in week
    assert "The issue refers to {paper}`lake2019slow`, too." in week


def test_a_week_that_somebody_wrote_is_left_alone(run, base, english_file, snapshot):
    path = base / "weeks" / "2021-w21.md"
    path.write_text("---\nweek:\n  starts: 2021-05-16\n---\n# Week 21, 2021\n\nWritten by hand.\n", encoding="utf-8")
    before = snapshot(base)

    result = run("import", "--root", base, "--offline", english_file)

    assert result.exit_code == 0
    assert "weeks/2021-w21.md is there and differs; nothing of this issue is written" in result.output
    assert "no page is known for A lighthouse as the clock of a network" in result.output
    assert snapshot(base) == before


def test_a_file_with_metadata_completes_entries_by_identifier_and_title(run, base, english_file, issue_file):
    result = run("import", "--root", base, "--offline", "--bib", issue_file(METADATA, "meta.bib"), english_file)

    assert result.exit_code == 0, result.output
    references = load(base, base).references
    assert references["keeper2021lightnet"].year == 2022
    assert [author.name for author in references["keeper2021lightnet"].authors] == ["Åsa Keeper", "Bo Beam"]
    assert references["shore2021matching"].title == "Matching shells for anomaly detection"
    page = (base / "papers/shore2021matching.md").read_text("utf-8")
    assert "\n# Matching shells for anomaly detection\n" in page
    assert "2 entries without author and year" in result.output


def test_drafts_of_an_earlier_import_are_completed_once_metadata_is_there(
    run, base, english_file, issue_file, snapshot
):
    run("import", "--root", base, "--offline", english_file)
    before = snapshot(base)
    meta = issue_file(METADATA, "meta.bib")

    result = run("import", "--root", base, "--offline", "--bib", meta, english_file)

    assert result.exit_code == 0, result.output
    assert "completed 'anonymous2021lightnet', and renamed it to 'keeper2021lightnet'" in result.output
    after = snapshot(base)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {
        "references.bib",
        "weeks/2021-w21.md",
        *("papers/anonymous2021lightnet.md", "papers/keeper2021lightnet.md"),
        *("papers/anonymous2021matching.md", "papers/shore2021matching.md"),
    }
    loaded = load(base, base)
    references = loaded.references
    assert [author.name for author in references["keeper2021lightnet"].authors] == ["Åsa Keeper", "Bo Beam"]
    assert references["shore2021matching"].year == 2021
    page = (base / "papers/shore2021matching.md").read_text("utf-8")
    assert "\n# Matching shells for anomaly detection\n" in page  # as the metadata writes it
    assert loaded.papers["shore2021matching"].front.former == ("papers/anonymous2021matching",)
    week = (base / "weeks/2021-w21.md").read_text("utf-8")
    assert "anonymous2021matching" not in week
    assert "\nkeeper2021lightnet\nshore2021matching\n" in week
    assert [problem for problem in problems(base) if problem.severity is Severity.ERROR] == []
    completed = snapshot(base)
    again = run("import", "--root", base, "--offline", "--bib", meta, english_file)
    assert "completed" not in again.output
    assert snapshot(base) == completed


def test_a_page_that_somebody_wrote_keeps_its_heading_when_its_entry_is_completed(run, base, english_file, issue_file):
    run("import", "--root", base, "--offline", english_file)
    page = base / "papers/anonymous2021matching.md"
    written = page.read_text("utf-8").replace("\n# ", "\n# My own ").replace("  draft: true\n", "  tldr: Shells.\n")
    page.write_text(written, encoding="utf-8")

    result = run("import", "--root", base, "--offline", "--bib", issue_file(METADATA, "meta.bib"), english_file)

    assert page.read_text("utf-8") == written
    assert load(base, base).references["anonymous2021matching"].year == 2021
    remedy = "run 'paperloom rename anonymous2021matching shore2021matching'"
    assert f"its key was made without an author: {remedy}" in result.output
    (told,) = [problem for problem in problems(base) if "is not made of" in problem.message]
    assert told.remedy == remedy
    assert told.severity is Severity.ERROR


def test_two_papers_at_arxiv_are_two_however_they_are_called(run, base, issue_file):
    one = "## {}\n\n*A Study of Waves*\nhttps://arxiv.org/abs/2105.0000{}\n\nGood. Very good.\n\n"
    text = "# Week 20, 2021\n\n# Papers\n\n" + one.format("Waves", 1) + one.format("More waves", 2)

    result = run("import", "--root", base, "--offline", issue_file(text))

    assert result.exit_code == 0, result.output
    found = {reference.arxiv for reference in load(base, base).references.values()}
    assert {"2105.00001", "2105.00002"} <= found


def test_metadata_that_cannot_be_read_stops_everything(run, base, english_file, issue_file, snapshot):
    before = snapshot(base)
    broken = METADATA.replace("  year = {2021},\n", "")

    result = run("import", "--root", base, "--offline", "--bib", issue_file(broken, "meta.bib"), english_file)

    assert result.exit_code == 1
    assert "meta.bib:" in result.output
    assert "has no year" in result.output
    assert "Nothing was written." in result.output
    assert snapshot(base) == before


def test_without_a_network_the_papers_are_drafts_and_one_line_says_so(run, base, english_file, monkeypatch):
    asked = []

    def fetch(client, endpoints, wanted):
        asked.append(wanted)
        raise UnavailableError("https://export.example.org/api", "cannot be reached", "check the network")

    monkeypatch.setattr("paperloom.cli.importing.completion.fetch", fetch)

    result = run("import", "--root", base, english_file)

    assert result.exit_code == 0
    assert len(asked) == 1
    (note,) = [line for line in result.output.splitlines() if line.startswith("note:")]
    assert note == (
        "note: https://export.example.org/api: cannot be reached; check the network; "
        "the papers become drafts with what the issue says"
    )
    assert (base / "papers/anonymous2021lightnet.md").is_file()


def test_a_service_that_refuses_does_not_keep_others_from_being_asked(run, base, issue_file, monkeypatch):
    asked = []

    def fetch(client, endpoints, wanted):
        asked.append(str(wanted.identifier))
        if wanted.identifier.kind == "openreview":
            raise RefusedError("https://openreview.example.org/notes", "lets no program in", "copy the BibTeX")
        raise NotFoundError("https://export.example.org/api", "knows no such paper", "check the identifier")

    monkeypatch.setattr("paperloom.cli.importing.completion.fetch", fetch)
    addresses = ["https://openreview.net/forum?id=AbCdEfGh1", "https://openreview.net/forum?id=AbCdEfGh2"]
    addresses += ["https://arxiv.org/abs/2105.00001", "https://arxiv.org/abs/2105.00002"]
    papers = "".join(
        f"## Paper {number}\n\n*Title {number} of many*\n{url}\n\nGood. Very good.\n\n"
        for number, url in enumerate(addresses)
    )

    result = run("import", "--root", base, issue_file(f"# Week 20, 2021\n\n# Papers\n\n{papers}"))

    assert result.exit_code == 0, result.output
    assert asked == ["openreview:AbCdEfGh1", "arxiv:2105.00001", "arxiv:2105.00002"]


def test_a_file_that_cannot_be_read_keeps_the_others_from_being_written(run, base, english_file, issue_file, snapshot):
    before = snapshot(base)
    bad = issue_file("# 2021 年第 12 周\n\n论文\n".encode("gb18030"), "bad.md")

    result = run("import", "--root", base, "--offline", english_file, bad)

    assert result.exit_code == 1
    assert "bad.md:1: byte 0xc4 is not UTF-8; save the file as UTF-8 [cannot-read]" in result.output
    assert snapshot(base) == before


def test_a_summary_is_skipped_and_the_issue_beside_it_is_written(run, base, english_file, issue_file):
    summary = issue_file(
        "# Seagull's ML News, April 2021 summary\n\n# Papers\n\n## A\n\nhttps://arxiv.org/abs/2104.1\n"
    )

    result = run("import", "--root", base, "--offline", summary, english_file)

    assert result.exit_code == 0
    assert "issue.md: skipped, it is no issue" in result.output
    assert (base / "weeks/2021-w21.md").is_file()
    alone = run("import", "--root", base, "--offline", summary)
    assert alone.exit_code == 1


def test_a_stub_without_a_week_does_not_keep_an_issue_from_being_written(run, base, english_file, issue_file):
    stub = issue_file("# Seagull takes a break\n\nSee you soon.\n", "stub.md")

    result = run("import", "--root", base, "--offline", stub, english_file)

    assert result.exit_code == 0, result.output
    assert "stub.md: skipped, it is no issue" in result.output
    assert (base / "weeks/2021-w21.md").is_file()
    assert run("import", "--root", base, "--offline", stub).exit_code == 1


def test_two_files_of_one_week_are_refused(run, base, english_file, issue_file, snapshot):
    before = snapshot(base)

    result = run("import", "--root", base, "--offline", english_file, issue_file(series(ENGLISH), "again.md"))

    assert result.exit_code == 1
    assert "as is" in result.output
    assert snapshot(base) == before


@pytest.mark.parametrize(
    "title",
    [
        "Colons: and \"quotes\" and 'more'",
        "Back\\slash, `code` and $x_1$",
        "<script>alert(1)</script> & more",
        "--> closed <!-- opened",
        "Emoji 🐦 and [brackets](here) {braces}",
        "A very " + "long " * 60 + "title",
        "```{eval-rst}",
        "100% of #1 @home_ ~ ^",
    ],
)
def test_any_title_is_written_so_that_it_builds(run, base, issue_file, tmp_path, title):
    shown = title.replace("\\", "\\\\").replace("<", "\\<").replace("`", "\\`").replace("[", "\\[").replace("_", "\\_")
    text = series(ENGLISH)
    text = text.replace(f"*{ENGLISH.papers[0].title}*", shown).replace("# A data leak at the pier", f"# {shown}")
    text = text.replace("There is a list of things", f"{shown} There is a list of things")

    result = run("import", "--root", base, "--offline", issue_file(text))

    assert result.exit_code == 0, result.output
    assert [str(each) for each in problems(base) if each.severity is Severity.ERROR] == []
    built = build(base, tmp_path / "html")
    assert (built.returncode, built.stderr) == (0, "")


def test_json_is_one_object_a_line_and_writes_nothing(run, base, english_file, chinese_file, snapshot):
    before = snapshot(base)

    result = run("import", "--root", base, "--json", english_file, chinese_file)

    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.output.splitlines())
    assert (first["week"], second["week"]) == (ENGLISH.week, CHINESE.week)
    assert list(first) == [
        "source", "week", "starts", "title", "picks", "papers", "articles", "use_cases", "other",
        "previous", "next", "roundups", "problems",
    ]  # fmt: skip
    assert list(first["papers"][0]) == ["heading", "title", "url", "arxiv"]
    assert list(first["articles"][0]) == ["heading", "url", "site"]
    assert snapshot(base) == before


def test_the_week_of_a_numbered_issue_is_given_by_hand(run, base, issue_file):
    text = "# Seagull's ML News, issue 25\n\n# Papers\n\n## Lamps\n\n*LampNet*\nhttps://arxiv.org/abs/2105.00001\n\nGood.\n"
    path = issue_file(text)

    refused = run("import", "--root", base, "--offline", path)
    given = run("import", "--root", base, "--offline", "--week", "2021-w20", path)

    assert refused.exit_code == 1
    assert "give it with --week [no-week]" in refused.output
    assert given.exit_code == 0, given.output
    assert (base / "weeks/2021-w20.md").is_file()
    assert "'2021-20' is no week" in run("import", "--root", base, "--week", "2021-20", path).output
    assert "--week is for one FILE" in run("import", "--root", base, "--week", "2021-w20", path, path).output


def test_new_pages_are_listed_where_a_knowledge_base_lists_its_addresses(run, base, english_file):
    (base / "addresses.txt").write_text("index\n", encoding="utf-8")
    assert run("import", "--root", base, "--offline", english_file).exit_code == 0
    listed = [line for line in (base / "addresses.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert listed == sorted(["index", "weeks/2021-w21", *(f"papers/{key}" for key in ENGLISH_KEYS)])
