"""The texts of the interface can be translated."""

from __future__ import annotations

import json
from pathlib import Path

import paperloom
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from paperloom import messages, translation

PACKAGE = Path(paperloom.__file__).parent
GERMAN = {
    "Also mentioned in": "Auch erwähnt in",
    ("{number} paper", "{number} papers"): ("{number} Arbeit", "{number} Arbeiten"),
    "all topics": "alle Themen",
    "Toggle navigation of {title}": "{title} auf- oder zuklappen",
}


@pytest.fixture
def german(tmp_path, monkeypatch):
    catalog = Catalog(locale="de")
    for text, translated in GERMAN.items():
        catalog.add(text, translated)
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "paperloom.mo").open("wb") as file:
        write_mo(file, catalog)
    monkeypatch.setattr(translation, "LOCALE", tmp_path / "locale")


def test_views_sidebar_and_the_table_speak_the_language_of_the_site(site, german):
    built = site.build(language="de")

    paper = built.page("papers/lake2019slow")
    assert "Auch erwähnt in" in [heading.get_text() for heading in paper.select(".loom-heading")]
    assert paper.select_one(".toctree-checkbox")["aria-label"] == "Issues auf- oder zuklappen"
    week = built.page("weeks/2020-w38").select_one(".loom-facts").get_text()
    assert "2 Arbeiten" in week
    assert "September 2020" in week
    labels = json.loads(built.page("indexes/papers").select_one("[data-labels]")["data-labels"])
    assert labels["everyTopic"] == "alle Themen"
    assert '"topic": "alle Themen"' in built.text("_static/search-labels.js")


def test_one_and_many_are_told_apart(site, german):
    built = site.build(language="de")

    assert "1 Arbeit ·" in built.page("weeks/2021-w06").select_one(".loom-facts").get_text()


def test_the_template_for_translators_is_complete():
    shipped = (PACKAGE / "locale" / "paperloom.pot").read_text(encoding="utf-8")

    assert shipped == messages.template(PACKAGE), "run nox -s messages"
    for text in ("Also mentioned in", "{number} paper", "{number} papers", "topic"):
        assert f'"{text}"' in shipped


def test_the_template_is_written_by_its_command(tmp_path, monkeypatch):
    (tmp_path / "view.py").write_text('_("Warm tea")\ncount(n, "{number} cup", "{number} cups")\n', encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["messages", str(tmp_path)])

    messages.main()

    written = (tmp_path / "locale" / "paperloom.pot").read_text(encoding="utf-8")
    assert '#: view.py\nmsgid "Warm tea"' in written
    assert 'msgid "{number} cup"\nmsgid_plural "{number} cups"' in written
