from datetime import date

from paperloom.weave.pages.cards import PageLink
from paperloom.weave.pages.indexes import (
    archive_list,
    author_index,
    latest_week,
    paper_table,
    statistics,
    topic_tree,
    venue_index,
    week_list,
)
from paperloom.weave.pages.topic import newest_first
from small_world import (
    EMBER,
    KETTLE,
    LAKE,
    MOSS,
    PINE,
    QUIET,
    SLOW,
    TALL,
    show,
    small_world,
)
from unit_support import make_document, make_paper, make_reference, make_week, weave


def test_papers_stand_by_their_first_week_newest_first():
    woven = small_world()
    assert newest_first(woven, woven.facts.order) == (PINE, EMBER, MOSS, LAKE)


def test_the_table_has_a_row_for_every_paper():
    rows = show(paper_table)
    assert [row.paper for row in rows] == [TALL, KETTLE, QUIET, SLOW]
    tall, kettle, _, slow = rows
    assert (kettle.authors, kettle.year, kettle.venue) == ("Ada Ember et al.", 2020, "KettleConf")
    assert kettle.all_authors.endswith("Zoë Öst")
    assert (kettle.mentions, kettle.picked, kettle.week) == (4, True, PageLink("weeks/2020-w38", "2020-w38"))
    assert (tall.authors, tall.all_authors, tall.venue, tall.year, tall.picked) == ("", "", "", None, False)
    assert slow.week is None


def test_authors_stand_under_the_letter_of_their_name_without_accents():
    groups = show(author_index)
    assert [(group.letter, [entry.name for entry in group.entries]) for group in groups] == [
        ("E", ["Ember, Ada"]), ("L", ["Lake, Lu"]), ("O", ["Öst, Zoë"]), ("S", ["Stone, Bo"]),
        ("V", ["van der Brook, Guido"]),
    ]  # fmt: skip
    assert groups[2].entries[0].papers == (KETTLE, QUIET)
    woven = weave(make_paper("a"), references=[make_reference("a", authors=("42 Kettles", ""))])
    assert [group.letter for group in author_index(woven, make_document(make_paper("a")), "")] == ["#"]


def test_venues_stand_by_name_with_the_year_of_each_paper():
    assert [(entry.name, entry.papers[0].count) for entry in show(venue_index)] == [
        ("arXiv", 2019),
        ("KettleConf", 2020),
    ]


def test_the_tree_of_topics_has_two_levels_with_counts():
    tree = show(topic_tree)
    assert [(node.link.title, [(child.title, child.count) for child in node.children]) for node in tree] == [
        ("Heat", []), ("Nature", [("Rivers", 5), ("trees", 2)])
    ]  # fmt: skip


def test_weeks_are_listed_by_year_newest_first():
    later, earlier = show(week_list)
    assert (later.year, earlier.year) == ("2021", "2020")
    assert (earlier.weeks[0].ends, earlier.weeks[0].papers, earlier.weeks[0].articles) == (date(2020, 9, 19), 3, 2)


def test_the_archive_is_listed_by_year_with_its_months():
    years = show(archive_list)
    assert [(year.year.title, year.year.count, [(m.title, m.count) for m in year.months]) for year in years] == [
        ("Archive 2021", 1, []), ("Archive 2020", 1, [("Archive 2020-09", 1)])
    ]  # fmt: skip


def test_the_newest_issue_shows_its_picks_or_else_its_first_papers():
    latest = show(latest_week)
    assert ([(card.key, card.picked) for card in latest.cards], latest.more) == ([(EMBER, True)], 1)
    woven = weave(*map(make_paper, "abcd"), make_week("2020-w38", "abcd"))
    latest = latest_week(woven, woven.facts.documents["papers/a"], "")
    assert ([(card.key, card.picked) for card in latest.cards], latest.more) == (
        [("a", False), ("b", False), ("c", False)],
        1,
    )
    assert latest_week(weave(), make_document(make_paper("a")), "") is None


def test_the_size_of_the_knowledge_base_is_counted():
    size = show(statistics)
    assert (size.weeks, size.papers, size.background, size.articles, size.topics, size.mentions) == (2, 3, 1, 3, 4, 8)
