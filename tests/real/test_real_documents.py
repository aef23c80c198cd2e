"""The documents about the code name what there is: everything, and each thing once."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from itertools import chain

import pytest
import yaml
from paperloom.finishing.steps import STEPS

from tests.conftest import ROOT

GUIDES = ROOT / "docs" / "contributing"
_NAME = re.compile(r"[A-Za-z0-9_.-]+")


def rows(page, heading=""):
    """Return the cells of the rows of all tables on a page, or of those below a heading."""
    text = (GUIDES / page).read_text(encoding="utf-8").partition(heading)[2] if heading else ""
    text = text.partition("\n## ")[0] if heading else (GUIDES / page).read_text(encoding="utf-8")
    return [[cell.strip() for cell in line.split(" | ")] for line in text.splitlines() if line.startswith("| ")]


def once(names):
    """Return ``names`` as a set; each stands there once."""
    names = list(names)
    assert [name for name, count in Counter(names).items() if count > 1] == []
    return set(names)


def in_code(cells):
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_session_of_nox_is_in_the_list_of_commands():
    noxfile = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    sessions = re.findall(r'@nox\.session(?:\(name="(\w+)"\))?\ndef (\w+)', noxfile)

    listed = once(in_code(cells[0] for cells in rows("index.md", "## The commands")))

    assert listed == {f"nox -s {name or function}" for name, function in sessions}


@pytest.mark.parametrize(
    ("heading", "folder", "prefix"), [("## Rooms", "ext/paperloom", ""), ("## Tests", "tests", "tests/")]
)
def test_every_folder_of_the_code_is_in_the_architecture(heading, folder, prefix):
    there = {f"{prefix}{path.parent.name}" for path in (ROOT / folder).glob("*/*.py")}

    listed = once(in_code(cells[0].removeprefix("| ") for cells in rows("architecture.md", heading)))

    assert there - listed - {"starter"} == set()


def test_every_step_of_finishing_is_described_once():
    text = (GUIDES / "extension.md").read_text(encoding="utf-8").partition("| step |")[2].partition("\n\n")[0]

    assert re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE) == [step.name for step in STEPS]


def names(requirements):
    found = [_NAME.match(each)[0] for each in requirements if isinstance(each, str)]
    return {name.lower() for name in found if not name.startswith("types-")}


def test_every_dependency_has_its_reason_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = chain.from_iterable(project["project"]["optional-dependencies"].values())
    package = names([*project["project"]["dependencies"], *extras])
    groups = {(group, name) for group, listed in project["dependency-groups"].items() for name in names(listed)}

    of_package = once(
        re.sub(r" \(.*", "", name).lower()
        for cells in rows("dependencies.md", "## The package")[1:]
        for name in cells[0].removeprefix("| ").split(", ")
        if name[0] not in "`-"
    )
    of_groups = once(
        (group, name.lower())
        for cells in rows("dependencies.md", "## The environments of nox")[1:]
        for group in cells[0].removeprefix("| ").split(", ")
        for name in cells[1].split(", ")
        if not name.startswith("the packages")
    )

    assert of_package == package
    assert of_groups == groups


def test_the_published_site_is_finished_and_knows_its_history():
    jobs = yaml.safe_load((ROOT / ".readthedocs.yaml").read_text(encoding="utf-8"))["build"]["jobs"]

    assert any("--unshallow" in command for command in jobs["post_checkout"])
    assert any(command.startswith("paperloom finish ") for command in jobs["post_build"])
