"""What the drawings of the whole show, with a few issues and with hundreds."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from paperloom.model.calendar import start_of_week, week_of
from paperloom.views.charts import fitted
from paperloom.views.markup import MarkupWriter
from paperloom.views.overview import render_counts, render_map, render_timeline
from paperloom.weave.pages.cards import PageLink
from paperloom.weave.pages.overview import EARLIER, MOST_STEPS, timeline, topic_counts
from paperloom.weave.pages.topic_map import MOST_PAPERS, MOST_TOPICS, topic_map
from paperloom.weave.tracked import TrackedWoven
from paperloom.weave.woven import Woven
from small_world import EMBER, HEAT, NATURE, RIVERS, show
from unit_support import make_paper, make_period, make_topic, make_week, shuffled_worlds, weave, worlds

HOME = SimpleNamespace(docname="index")
VIEWS = {
    "timeline": (timeline, render_timeline),
    "counts": (topic_counts, render_counts),
    "map": (topic_map, render_map),
}


def writer():
    return MarkupWriter("en", lambda docname: f"{docname}.html", str, str, str, str)


def drawing_of(markup):
    (found,) = re.findall(r"<svg.*</svg>", markup, re.DOTALL)
    return found


def many(weeks, papers_a_week=20, topics=60):
    """A knowledge base of many issues: topics below twelve upper ones, papers of three topics each."""
    starts = start_of_week(2011, 1)
    ids = [week_of(starts + timedelta(days=7 * number)) for number in range(weeks)]
    names = [f"{year}-w{number:02}" for year, number in ids]
    items = [make_topic(f"t{number}", parent=None if number < 12 else f"t{number % 12}") for number in range(topics)]
    for index, name in enumerate(names):
        keys = [f"p{index * papers_a_week + number}" for number in range(papers_a_week)]
        for key in keys:
            number = int(key[1:])
            chosen = dict.fromkeys(f"t{number * step % topics}" for step in (1, 7, 13))
            items.append(make_paper(key, f"A Paper with the Number {number} and a Long Title", tuple(chosen)))
        items.append(make_week(name, keys))
    return weave(*items)


def test_a_timeline_of_few_issues_has_a_step_for_each_newest_first():
    shown = show(timeline)

    assert [step.step.link for step in shown.steps] == [
        PageLink("weeks/2021-w06", "Week 2021-w06"),
        PageLink("weeks/2020-w38", "Week 2020-w38"),
    ]
    assert [step.issues for step in shown.steps] == [1, 1]
    assert shown.steps[1].papers == 2  # one that is listed has no page
    assert set(shown.topics) <= {HEAT, NATURE}
    for step in shown.steps:
        assert sum(step.counts) == step.papers


def test_a_paper_that_returns_in_the_same_month_counts_once():
    weeks = [make_week(f"2020-w{number:02}", ["a", f"b{number}"]) for number in range(1, 31)]
    papers = [make_paper("a"), *(make_paper(f"b{number}") for number in range(1, 31))]

    shown = timeline(weave(*weeks, *papers, make_topic("heat")), HOME, "")

    january = shown.steps[-1]
    assert (january.step.id, january.issues, january.papers) == ("2020-01", 4, 5)


def test_many_issues_stand_by_month_and_more_by_year_with_the_pages_of_the_archive():
    by_month = timeline(many(40, 1), HOME, "")
    by_year = timeline(weave(*many(500, 1).facts.documents.values(), make_period("2012")), HOME, "")

    assert [step.step.id for step in by_month.steps][-2:] == ["2011-02", "2011-01"]
    assert [step.step.id for step in by_year.steps][-2:] == ["2012", "2011"]
    assert by_year.steps[-2].step.link == PageLink("archive/2012", "Archive 2012")
    assert by_year.steps[-1].step.link is None
    assert sum(step.issues for step in by_year.steps) == 500


def test_what_is_before_the_years_shown_is_one_step():
    weeks = [make_week(f"{year}-w10", [f"p{year}"]) for year in range(1990, 2020)]
    weeks += [make_week(f"{year}-w{number}") for year in range(1990, 2020) for number in (20, 30)]
    papers = [make_paper(f"p{year}") for year in range(1990, 2020)]

    shown = timeline(weave(*weeks, *papers, make_topic("heat")), HOME, "")

    assert len(shown.steps) == MOST_STEPS
    assert shown.steps[-1].step.id == EARLIER
    assert sum(step.papers for step in shown.steps) == 30


def test_counts_have_every_month_between_the_first_and_the_last_issue():
    shown = show(topic_counts)

    assert [step.id for step in shown.steps] == ["2020-09", "2020-10", "2020-11", "2020-12", "2021-01", "2021-02"]
    assert shown.steps[0].link == PageLink("archive/2020-09", "Archive 2020-09")
    rows = {row.topic: row for row in shown.rows}
    assert rows[HEAT].counts[0] >= 1
    assert rows[HEAT].counts[1:5] == (0, 0, 0, 0)
    assert all(row.total == sum(row.counts) for row in shown.rows)


def test_a_paper_counts_for_its_upper_topics_each_once_and_without_any_among_the_others():
    topics = [make_topic("up"), make_topic("low", parent="up"), make_topic("lower", parent="up")]
    papers = [make_paper("a", topics=("low", "lower", "up")), make_paper("b", topics=("unknown",))]

    shown = topic_counts(weave(*topics, *papers, make_week("2020-w10", ["a", "b"])), HOME, "")

    assert [(row.topic and row.topic.title, row.counts) for row in shown.rows] == [("Up", (1,)), (None, (1,))]


def test_the_map_links_papers_to_their_topics():
    shown = show(topic_map)

    topics = [topic.link.title for topic in shown.topics]
    (ember,) = [paper for paper in shown.papers if paper.link.docname == f"papers/{EMBER}"]
    assert {topics[place] for place in ember.topics} == {"Heat", "Rivers"}
    assert ember.name == "KettleNet"
    (heat,) = [topic for topic in shown.topics if topic.link.title == "Heat"]
    assert RIVERS in heat.together
    assert (shown.all_topics, shown.all_papers) == (len(shown.topics), 4)


def test_papers_stand_near_their_topics():
    """Two fields with nothing in common: their lines do not cross, whatever the order of names."""
    topics = [make_topic("a"), make_topic("b"), make_topic("c"), make_topic("d")]
    papers = [make_paper(f"p{number}", topics=("a", "c") if number % 2 else ("b", "d")) for number in range(8)]

    shown = topic_map(weave(*topics, *papers, make_week("2020-w10", [f"p{number}" for number in range(8)])), HOME, "")

    assert all(places == (places[0], places[0] + 1) for places in (paper.topics for paper in shown.papers))
    assert all(before.topics <= after.topics for before, after in pairwise(shown.papers))


def test_every_large_topic_has_a_paper_on_the_map_and_the_most_named_come_first():
    woven = many(100)
    shown = topic_map(woven, HOME, "")

    reached = Counter(place for paper in shown.papers for place in paper.topics)
    assert set(reached) == set(range(MOST_TOPICS))
    assert (len(shown.topics), len(shown.papers)) == (MOST_TOPICS, MOST_PAPERS)
    assert (shown.all_topics, shown.all_papers) == (60, 2000)


@pytest.mark.parametrize("name", VIEWS)
def test_a_drawing_of_five_hundred_issues_and_ten_thousand_papers_stays_small(name):
    build, render = VIEWS[name]
    woven = many(500)

    drawing = drawing_of("".join(render(build(woven, HOME, ""), writer())))

    assert len(woven.facts.papers) == 10_000
    assert len(drawing) < 40_000
    tree = ET.fromstring(drawing)
    links = [element for element in tree.iter() if element.tag.endswith("}a")]
    assert 1 <= len(links) <= MOST_TOPICS + MOST_PAPERS


@pytest.mark.parametrize("name", VIEWS)
def test_without_issues_and_topics_there_is_nothing_to_draw(name):
    assert VIEWS[name][0](weave(make_paper("a", topics=())), HOME, "") is None


@pytest.mark.parametrize("name", VIEWS)
@given(facts=shuffled_worlds())
def test_the_order_in_which_documents_are_read_does_not_show(name, facts):
    build, _render = VIEWS[name]

    first, second = (build(Woven(each), HOME, "") for each in facts)

    assert first == second


@pytest.mark.parametrize("name", VIEWS)
@given(facts=worlds())
def test_a_drawing_is_well_formed_and_stays_within_its_frame(name, facts):
    build, render = VIEWS[name]
    shown = build(TrackedWoven(Woven(facts)), HOME, "")
    if shown is None:
        return

    tree = ET.fromstring(drawing_of("".join(render(shown, writer()))))

    _x, _y, width, height = map(int, tree.get("viewBox").split())
    for element in tree.iter():
        if element.tag.endswith("}text") or element.tag.endswith("}rect"):
            assert 0 <= int(element.get("x")) <= width
            assert -2 <= int(element.get("y")) <= height


def test_text_that_does_not_fit_is_cut_and_wide_letters_count_twice():
    assert fitted("Short", 100) == "Short"
    assert fitted("A name of many words", 70) == "A name of…"
    assert fitted("深度学习的泛化能力", 70) == "深度学习…"


def test_what_a_name_holds_is_text_in_a_drawing():
    topic = make_topic("a", title="<script>alert(1)</script> & more")
    woven = weave(topic, make_paper("p", '<b>"Bold"</b>', ("a",)), make_week("2020-w10", ["p"]))

    for build, render in VIEWS.values():
        drawing = drawing_of("".join(render(build(woven, HOME, ""), writer())))
        assert {element.tag.rpartition("}")[2] for element in ET.fromstring(drawing).iter()}.isdisjoint({"script", "b"})
