"""What is published holds everything that it needs, and works where nothing else is installed."""

from __future__ import annotations

import email
import subprocess
import tarfile
import tomllib
import zipfile

import paperloom
import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.registry


def tracked(folder):
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def test_the_wheel_holds_every_file_of_the_package(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {name.removeprefix("ext/") for name in tracked("ext/paperloom")}
    assert {"paperloom/static/paperloom.css", "paperloom/starter/docs/conf.py", "paperloom/py.typed"} <= expected
    assert {name for name in names if name.startswith("paperloom/")} == expected


def test_the_source_distribution_holds_what_is_in_the_repository(sdist):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert set(tracked(".")) - names == set()


def test_the_metadata_name_license_addresses_and_what_is_needed(wheel):
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith("dist-info/METADATA"))
    metadata = email.message_from_bytes(archive.read(name))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (metadata["Name"], metadata["Version"]) == ("paperloom", paperloom.__version__)
    assert metadata["License-Expression"] == "MIT"
    assert metadata.get_all("License-File") == ["LICENSE"]
    license_text = archive.read(name.replace("METADATA", "licenses/LICENSE")).decode()
    assert license_text == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert {entry.partition(",")[0] for entry in metadata.get_all("Project-URL")} == set(project["urls"])
    needed = [requirement for requirement in metadata.get_all("Requires-Dist") if "extra ==" not in requirement]
    assert len(needed) == len(project["dependencies"])
    assert "](docs/" not in metadata.get_payload(), "links of the description work outside the repository"


def test_a_clean_environment_starts_checks_and_builds_a_knowledge_base(installed, tmp_path):
    assert paperloom.__version__ in installed("paperloom", "--version", cwd=tmp_path)
    installed("python", "-m", "pip", "check", cwd=tmp_path)

    installed("paperloom", "init", "papers", cwd=tmp_path)
    base = tmp_path / "papers"
    assert "no problems" in installed("paperloom", "check", cwd=base)
    installed("sphinx-build", "-W", "--keep-going", "-n", "-q", "docs", "docs/_build/html", cwd=base)

    page = (base / "docs" / "_build" / "html" / "papers" / "liu2020early.html").read_text(encoding="utf-8")
    assert "Also mentioned in" in page
    assert (base / "docs" / "_build" / "html" / "_static" / "paperloom.css").is_file()


def test_a_project_with_the_extension_alone_builds_in_a_clean_environment(installed, tmp_path):
    (tmp_path / "conf.py").write_text('extensions = ["paperloom"]\n', encoding="utf-8")
    (tmp_path / "index.md").write_text("# Notes\n\nOne page.\n", encoding="utf-8")
    installed("sphinx-build", "-W", "--keep-going", "-n", "-q", ".", "built", cwd=tmp_path)
    assert "no problems" in installed("paperloom", "check", cwd=tmp_path)
