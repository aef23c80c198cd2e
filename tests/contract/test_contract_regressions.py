"""Histories that went wrong once, step by step."""

from __future__ import annotations

import copy

import pytest

from tests.contract.breaking import broken_off, in_a_process, kill_oneself
from tests.contract.checkout import Stamp
from tests.contract.economy import preferring
from tests.contract.edits import EDITS


def killed_at(checkout, event, **options):
    """Build and kill the process when Sphinx emits ``event`` for the first time."""

    def work():
        checkout.do(watch=lambda app: app.connect(event, lambda *_: kill_oneself(), priority=999), **options)

    assert in_a_process(work) != 0


@pytest.mark.parametrize(
    "name",
    [".buildinfo", "environment.pickle", "objects.inv", "lake2019slow.html", "paperloom.css"],
)
def test_a_build_killed_on_opening_a_file_does_not_end_every_later_one(checkout, clean, world, name):
    """Sphinx took an empty ``.buildinfo`` for one with lines, and every later build died of it."""
    assert broken_off(checkout, name)

    clean.require(checkout.do().build.out, world)


def test_an_edit_taken_back_after_a_killed_build_is_taken_back_in_the_output(built, clean, world):
    """The killed build had written pages; what was remembered of the one before it matched the sources again."""
    edited = copy.deepcopy(world)
    edited.papers["lake2019slow"].title = "Nothing at All"
    built.put(edited)
    killed_at(built, "html-collect-pages")
    built.put(world)

    clean.require(built.do().build.out, world)


def test_numbers_that_a_killed_build_gave_are_shown_by_the_next(checkout, clean, world):
    """A toctree gives the sections of other pages their numbers; what had to be written was known to one build only."""
    listed = "---\norphan: true\n---\n# Lists\n\n```{{toctree}}\n:numbered:\n\n{}\n{}\n```\n"
    world.files |= {"lists/one.md": "# One\n", "lists/two.md": "# Two\n", "lists/index.md": listed.format("one", "two")}
    checkout.put(world)
    checkout.do()
    world.files["lists/index.md"] = listed.format("two", "one")
    checkout.put(world)
    killed_at(checkout, "write-started")

    clean.require(checkout.do().build.out, world)


@pytest.mark.parametrize("name", [".catalog.json.", ".lake2019slow.bib."])
def test_a_file_that_a_killed_build_was_writing_is_removed(built, clean, world, name):
    """Files are written under another name first, which stayed in the output when nothing wrote them again."""
    edited = copy.deepcopy(world)
    edited.papers["lake2019slow"].title = "Nothing at All"
    edited.papers["lake2019slow"].year = 2001
    built.put(edited)
    assert broken_off(built, name)
    assert [path.name for path in built.out.rglob(f"{name}*")]
    built.put(world)

    clean.require(built.do().build.out, world)


def test_a_configuration_taken_back_after_a_killed_build_is_taken_back_in_the_output(built, clean, world):
    edited = copy.deepcopy(world)
    edited.config["html_title"] = "Another"
    built.put(edited)
    killed_at(built, "html-collect-pages")
    built.put(world)

    clean.require(built.do().build.out, world)


@pytest.mark.parametrize(
    "name", ["a paper goes", "a paper gets another key", "the page of a paper goes, what names it stays"]
)
def test_a_link_to_a_page_that_is_gone_is_no_link(built, clean, world, name):
    """Whether a Markdown link leads to a page is settled when its page is read; that page was not read again."""
    EDITS[name](world, preferring("ember2020kettle"))
    built.put(world)

    clean.require(built.do().build.out, world)


def test_a_link_to_a_page_that_comes_is_a_link(checkout, clean, world):
    world.papers["ember2020kettle"].page = False
    checkout.put(world)
    checkout.do()
    world.papers["ember2020kettle"].page = True
    checkout.put(world)

    clean.require(checkout.do().build.out, world)


@pytest.mark.parametrize("builder", ["text", "dirhtml"])
def test_what_another_builder_read_of_a_heading_reaches_the_pages_that_show_it(built, clean, world, builder):
    EDITS["a heading that others link to"](world, preferring())
    built.put(world)
    built.do(builder)

    clean.require(built.do().build.out, world)


@pytest.mark.parametrize("name", ["a picture", "a file to download", "a file that pages include", "a summary"])
@pytest.mark.parametrize("builder", ["text", "dirhtml"])
def test_what_another_builder_has_noticed_is_not_lost_for_this_one(built, clean, world, name, builder):
    """A picture that changed was copied by no later build when the text builder had read its page anew."""
    EDITS[name](world, preferring())
    built.put(world)
    built.do(builder)

    clean.require(built.do().build.out, world)


def test_a_picture_that_no_page_shows_any_more_is_gone(built, clean, world):
    EDITS["a page no longer shows its picture"](world, preferring())
    built.put(world)

    clean.require(built.do().build.out, world)


def test_a_file_to_download_that_no_page_offers_any_more_is_gone(built, clean, world):
    world.files["notes/guide.md"] = world.files["notes/guide.md"].replace("{download}`Numbers <numbers.csv>`", "")
    built.put(world)

    clean.require(built.do().build.out, world)


def test_a_static_file_that_is_gone_from_the_sources_is_gone_from_the_output(checkout, clean, world):
    world.config["html_static_path"] = ["static"]
    world.files |= {"static/one.css": "a {}\n", "static/two.css": "b {}\n"}
    checkout.put(world)
    checkout.do()
    del world.files["static/two.css"]
    checkout.put(world)

    clean.require(checkout.do().build.out, world)


@pytest.mark.parametrize("stamp", Stamp)
def test_a_changed_template_changes_all_pages(checkout, clean, world, stamp):
    world.config |= {"templates_path": ["templates"]}
    extension = '{% extends "!page.html" %}{% block footer %}ONE{{ super() }}{% endblock %}'
    world.files |= {"templates/page.html": extension}
    checkout.put(world)
    checkout.do()
    world.files["templates/page.html"] = extension.replace("ONE", "TWO")
    checkout.put(world, stamp)

    clean.require(checkout.do().build.out, world)


@pytest.mark.parametrize("name", ["html_copy_source", "html_use_index", "html_domain_indices", "html_use_search"])
def test_outputs_that_the_configuration_no_longer_asks_for_are_gone(built, clean, world, name):
    world.config[name] = False
    built.put(world)

    clean.require(built.do().build.out, world)
