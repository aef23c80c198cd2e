"""``paperloom rename``: everything that names a page follows, and its old address keeps working."""

from __future__ import annotations

import shutil
import sys

import pytest
from click.testing import CliRunner
from paperloom.cli.main import main
from paperloom.editing.renamed_page import Renaming, renamed, with_former_name
from paperloom.editing.transaction import EditingError

from tests.conftest import ROOT, TINY

sys.path.insert(0, str(ROOT / "tests" / "check"))
from check_support import problems

EMBER, NEW = "ember2020kettle", "ember2020tea"


@pytest.fixture
def tiny(tmp_path):
    return shutil.copytree(TINY, tmp_path / "tiny")


def run(root, *arguments):
    return CliRunner().invoke(main, ["--root", str(root), "rename", *arguments], prog_name="paperloom")


def texts(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".md", ".bib", ".svg", ".txt")
    }


def test_a_paper_is_renamed_with_its_entry_and_everything_that_names_it(tiny):
    before = texts(tiny)
    done = run(tiny, EMBER, NEW)
    assert done.exit_code == 0, done.output
    after = texts(tiny)
    assert problems(tiny) == []
    assert f"papers/{EMBER}.md" not in after
    assert after[f"papers/{NEW}.md"].startswith(f"---\nformer: [papers/{EMBER}]\npaper:\n")
    assert f"{{{NEW}," in after["references.bib"]
    left = {name: text.replace(f"former: [papers/{EMBER}]", "") for name, text in after.items()}
    assert [name for name, text in left.items() if EMBER in text] == []
    restored = {name.replace(NEW, EMBER): text.replace(NEW, EMBER) for name, text in left.items()}
    restored[f"papers/{EMBER}.md"] = restored[f"papers/{EMBER}.md"].replace("---\n\npaper", "---\npaper", 1)
    assert restored == before


def test_renaming_it_back_leaves_everything_as_it_was_but_for_the_address(tiny):
    before = texts(tiny)
    assert run(tiny, EMBER, NEW).exit_code == 0
    assert run(tiny, NEW, EMBER).exit_code == 0
    after = texts(tiny)
    page = f"papers/{EMBER}.md"
    assert after[page] == before[page].replace("---\n", f"---\nformer: [papers/{NEW}]\n", 1)
    assert {**after, page: ""} == {**before, page: ""}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rivers", "streams"),
        ("weeks/2020-w38", "2020-w39"),
        ("indexes/names", "people"),
        ("papers/lake2019slow", "lake2019calm"),
    ],
)
def test_pages_of_every_kind_can_be_renamed(tiny, old, new):
    done = run(tiny, old, new)
    assert done.exit_code == 0, done.output
    assert problems(tiny) == []


def test_a_drawing_moves_with_its_paper(tiny):
    svg = (ROOT / "docs" / "figures" / "liu2020early.svg").read_text(encoding="utf-8")
    (tiny / "figures").mkdir()
    (tiny / "figures" / f"{EMBER}-steam.svg").write_text(svg, encoding="utf-8")
    page = tiny / f"papers/{EMBER}.md"
    figure = f"```{{paper-figure}} ../figures/{EMBER}-steam.svg\n:alt: A.\n:origin: B.\nC.\n```\n"
    page.write_text(
        page.read_text(encoding="utf-8").replace("## Results\n", f"{figure}\n## Results\n"), encoding="utf-8"
    )
    assert problems(tiny) == []
    assert run(tiny, EMBER, NEW).exit_code == 0
    assert problems(tiny) == []
    assert (tiny / "figures" / f"{NEW}-steam.svg").read_text(encoding="utf-8") == svg
    assert not (tiny / "figures" / f"{EMBER}-steam.svg").exists()


def test_the_list_of_published_addresses_keeps_the_old_name_and_gets_the_new_one(tiny):
    (tiny / "addresses.txt").write_text("index\n", encoding="utf-8")
    assert run(tiny, EMBER, NEW).exit_code == 0
    listed = (tiny / "addresses.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in listed if not line.startswith("#")] == ["index", f"papers/{EMBER}", f"papers/{NEW}"]


def test_a_dry_run_says_what_would_change_and_changes_nothing(tiny):
    before = texts(tiny)
    done = run(tiny, EMBER, NEW, "--dry-run")
    assert done.exit_code == 0
    assert f"would be removed papers/{EMBER}.md" in done.output.splitlines()
    assert done.output.endswith("Nothing was written.\n")
    assert texts(tiny) == before


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("nobody2020x", "a2020b", "there is no page 'nobody2020x'"),
        (EMBER, "lake2019slow", "there is a page 'papers/lake2019slow'"),
        (EMBER, "Tea", "no citation key"),
        (EMBER, "notes/ember2020tea", "would leave its folder"),
        (EMBER, "../ember2020tea", "no name of a page"),
        ("2020-w38", "2020-w99", "no week"),
        ("rivers", "Big Rivers", "no name of a page"),
        ("rivers", "Rivers", "no slug"),
        ("archive/2020-09", "2020-10", "cannot be renamed"),
        ("weeks/index", "weeks/all", "cannot be renamed"),
    ],
)
def test_what_cannot_be_renamed_is_refused_and_nothing_changes(tiny, old, new, why):
    before = texts(tiny)
    done = run(tiny, old, new)
    assert done.exit_code == 1
    assert why in done.output
    assert texts(tiny) == before


def test_a_name_that_leads_to_another_page_is_refused(tiny):
    assert run(tiny, EMBER, NEW).exit_code == 0
    done = run(tiny, "lake2019slow", EMBER)
    assert done.exit_code == 1
    assert f"leads to papers/{NEW}, which had that name" in done.output


RENAMING = Renaming("paper", "papers/a2020b", "papers/c2021d")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{paper}`a2020b`", "{paper}`c2021d`"),
        ("{paper}`a2020b <a2020b>`", "{paper}`a2020b <c2021d>`"),
        ("{cite:t}`x2020y, a2020b,a2020bc`", "{cite:t}`x2020y, c2021d,a2020bc`"),
        ("[b](a2020b.md#x) and [c](/papers/a2020b)", "[b](c2021d.md#x) and [c](/papers/c2021d)"),
        ("[b](https://example.org/a2020b) a2020b `a2020b`", "[b](https://example.org/a2020b) a2020b `a2020b`"),
        ("{week}`a2020b`", "{week}`a2020b`"),
        ("```{papers}\na2020b\na2020bc\n```", "```{papers}\nc2021d\na2020bc\n```"),
        ("```{toctree}\nThe A <a2020b>\n/papers/a2020b\n```", "```{toctree}\nThe A <c2021d>\n/papers/c2021d\n```"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places_that_name_a_paper(old, new, newline):
    text = f"# T\n\n{old}\n".replace("\n", newline)
    assert renamed(text, "papers/other", RENAMING, "x.md") == f"# T\n\n{new}\n".replace("\n", newline)


def test_what_may_mean_something_else_is_left_to_the_writer():
    text = "---\npaper: {topics: [x], tldr: about a2020b, relations: {extends: [a2020b]}}\n---\n# T\n"
    with pytest.raises(EditingError, match="may mean something else"):
        renamed(text, "papers/other", RENAMING, "x.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n", "---\nformer: [a, b]\n---\n# T\n"),
        ("---\npaper:\n  x: 1\n---\n# T\n", "---\nformer: [a, b]\npaper:\n  x: 1\n---\n# T\n"),
        ("---\nformer:\n  - a\ntopic:\n---\n", "---\nformer: [a, b]\ntopic:\n---\n"),
        ("---\ntopic:\nformer: [a]\n---\n", "---\nformer: [a, b]\ntopic:\n---\n"),
        ("\ufeff---\r\ntopic:\r\n---\r\n", "\ufeff---\r\nformer: [a, b]\r\ntopic:\r\n---\r\n"),
    ],
)
def test_former_names_stand_at_the_top_of_front_matter(text, expected):
    assert with_former_name(text, ["a", "b"]) == expected
