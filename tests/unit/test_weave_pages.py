from datetime import date

import pytest
from hypothesis import given
from paperloom.model.calendar import week_of
from paperloom.model.records import Reading
from paperloom.weave.pages.archive import roundup
from paperloom.weave.pages.cards import PageLink, byline
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
from paperloom.weave.pages.navigation import navigation
from paperloom.weave.pages.paper import paper_footer, paper_header
from paperloom.weave.pages.topic import topic_header, topic_index
from paperloom.weave.pages.week import article_header, week_cards, week_header
from paperloom.weave.woven import Woven
from small_world import (
    ARXIV,
    EMBER,
    FIRST,
    FORUM,
    HEAT,
    KETTLE,
    LAKE,
    MOSS,
    NATURE,
    PINE,
    QUIET,
    RIVERS,
    SECOND,
    SLOW,
    STEAM,
    TALL,
    TREES,
    show,
    small_world,
)
from unit_support import make_paper, make_period, make_reference, make_week, shuffled_worlds, weave


def test_the_head_of_a_paper_names_everything_that_leads_to_it():
    header = show(paper_header, EMBER)
    assert header.links == (
        ("arXiv:2009.01234", ARXIV),
        ("Code", "https://github.com/ember/kettle"),
        ("Talk", "https://a.example/talk"),
    )
    assert header.authors == ("Ada Ember", "Bo Stone", "Guido van der Brook", "Zoë Öst")
    assert (header.venue, header.topics, header.background) == ("KettleConf 2020", (HEAT, RIVERS), False)
    assert (header.bibtex, header.read) == (
        "@misc{ember2020kettle,\n  title = {K}\n}",
        Reading("2020-09-20", "paper", "v1"),
    )
    assert show(paper_header, LAKE).links == (
        ("doi:10.1000/lake", "https://doi.org/10.1000/lake"), ("JMLR", "https://www.jmlr.org/lake")
    )  # fmt: skip
    assert show(paper_header, LAKE).background
    assert show(paper_header, MOSS).links == (("OpenReview", FORUM),)


def test_a_paper_without_entry_has_a_head_without_what_the_entry_tells():
    header = show(paper_header, PINE)
    assert (header.authors, header.venue, header.links, header.bibtex) == ((), "", (), None)
    assert header.topics == (TREES,)


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://papers.nips.cc/x", "NeurIPS"),
        ("https://www.aclanthology.org/x", "ACL Anthology"),
        ("https://www.kettle.example:80/x", "kettle.example"),
        ("https://kettle.example", "kettle.example"),
    ],
)
def test_an_address_is_labelled_with_its_site(url, label):
    woven = weave(make_paper("a"), references=[make_reference("a", url=url)])
    assert paper_header(woven, woven.facts.documents["papers/a"], "a").links == ((label, url),)


@pytest.mark.parametrize("url", ["www.kettle.example/x", "kettle", "mailto:a@b.example", "https://[bad"])
def test_an_address_that_is_none_is_not_linked(url):
    woven = weave(make_paper("a"), references=[make_reference("a", url=url)])
    assert paper_header(woven, woven.facts.documents["papers/a"], "a").links == ()


def test_the_foot_of_a_paper_shows_its_weeks_newest_first_and_where_it_is_picked():
    assert [(row.week, row.picked) for row in show(paper_footer, EMBER).featured] == [(SECOND, True), (FIRST, False)]
    assert show(paper_footer, LAKE).featured == ()


def test_the_foot_of_a_paper_groups_mentions_by_issue_newest_first_and_links_to_the_place():
    groups = show(paper_footer, LAKE).mentions
    assert [(group.week, [(row.place, row.linked) for row in group.rows]) for group in groups] == [
        (SECOND, [(PageLink("weeks/2021-w06", "A Lecture", "lecture"), True)]),
        (FIRST, [(PageLink("weeks/2020-w38", "", "week-38"), False), (STEAM, False)]),
        (None, [(PageLink("topics/rivers", "Rivers", "rivers"), False)]),
    ]  # fmt: skip
    row = groups[0].rows[0]
    assert row.context[slice(*row.name_at)] == "lake"


def test_a_mention_by_a_paper_stands_with_the_first_issue_of_that_paper():
    groups = show(paper_footer, EMBER).mentions
    assert [row.place.title for row in groups[1].rows] == ["A Talk about Steam", "", "A Quiet Moss"]


def test_the_foot_of_a_paper_says_why_papers_are_related():
    first, second = show(paper_footer, EMBER).related
    assert (first.paper, first.byline, first.relations, first.topics) == (
        SLOW,
        "Lu Lake · arXiv 2019",
        ("extends",),
        ("Rivers",),
    )
    assert (second.paper, second.co_mentions) == (QUIET, 0)


def test_a_byline_is_what_is_known():
    woven = small_world()
    assert byline(woven, EMBER) == "Ada Ember et al. · KettleConf 2020"
    assert byline(woven, PINE) == ""


def test_the_head_of_a_week_has_its_days_its_month_and_its_neighbours():
    header = show(week_header, "2020-w38")
    assert (header.starts, header.ends) == (date(2020, 9, 13), date(2020, 9, 19))
    assert (header.month, header.previous, header.next) == (
        PageLink("archive/2020-09", "Archive 2020-09"),
        None,
        SECOND,
    )
    assert header.picks == (QUIET, PageLink("weeks/2020-w38", "A Talk about Steam", "talk"))
    assert (header.papers, header.articles, header.source) == (3, 2, "https://a.example/38")
    later = show(week_header, "2021-w06")
    assert (later.month, later.previous, later.next) == (None, FIRST, None)


def test_the_cards_of_a_week_are_its_papers_in_order_with_its_picks():
    cards = show(week_cards, f"{EMBER} ghost {MOSS}", "weeks/2020-w38").cards
    assert [(card.key, card.picked, card.week) for card in cards] == [(EMBER, False, None), (MOSS, True, None)]
    assert (cards[0].tldr, cards[0].topics) == (f"About {EMBER}.", (HEAT, RIVERS))
    assert [card.picked for card in show(week_cards, MOSS, "index").cards] == [False]


def test_the_line_below_an_article_has_its_topics_and_whether_it_is_picked():
    header = show(article_header, "talk", "weeks/2020-w38")
    assert (header.article.site, header.topics, header.picked) == ("Example", (HEAT,), True)
    assert not show(article_header, "tea", "weeks/2020-w38").picked
    assert show(article_header, "ghost", "weeks/2020-w38") is None
    assert show(article_header, "talk", "index") is None


def test_the_head_of_a_topic_has_its_parent_and_aliases():
    assert show(topic_header, "rivers").parent == PageLink("topics/nature", "Nature")
    assert show(topic_header, "rivers").aliases == ("Streams",)
    assert show(topic_header, "heat").parent is None


def test_the_index_of_a_topic_is_newest_week_first():
    index = show(topic_index, "rivers")
    assert [(card.key, card.week) for card in index.papers] == [(EMBER, FIRST), (MOSS, FIRST), (LAKE, None)]
    assert [(row.link.anchor, row.week, row.kind, row.picked) for row in index.articles] == [
        ("lecture", SECOND, "article", False), ("tea", FIRST, "use-case", False)
    ]  # fmt: skip
    assert index.together == (PageLink("topics/heat", "Heat", count=1), PageLink("topics/trees", "trees", count=1))
    nature = show(topic_index, "nature")
    assert [(sub.link, sub.papers) for sub in nature.subtopics] == [
        (PageLink("topics/rivers", "Rivers", count=3), (KETTLE, QUIET, SLOW)),
        (PageLink("topics/trees", "trees", count=2), (TALL, QUIET)),
    ]


def test_a_year_is_rounded_up_from_its_weeks():
    year = show(roundup, "2020")
    assert (year.months, year.year) == ((PageLink("archive/2020-09", "Archive 2020-09"),), None)
    assert [(row.link, row.papers, row.articles) for row in year.weeks] == [(FIRST, 3, 2)]
    assert [card.key for card in year.pick_cards] == [MOSS]
    assert [link.anchor for link in year.pick_articles] == ["talk"]
    assert [(group.topic, group.papers) for group in year.by_topic] == [(HEAT, (KETTLE,)), (NATURE, (QUIET,))]
    assert [(row.paper, row.places, row.weeks) for row in year.most_mentioned] == [(KETTLE, 3, 1), (SLOW, 2, 1)]


def test_a_month_knows_its_year_and_a_period_without_weeks_is_empty():
    assert show(roundup, "2020-09").year == PageLink("archive/2020", "Archive 2020")
    assert show(roundup, "2021").most_mentioned[0].paper == KETTLE


def test_a_paper_that_two_issues_pick_stands_once_in_the_round_up():
    woven = weave(
        make_paper("a"), make_week("2020-w38", "a", "a"), make_week("2020-w39", "a", "a"),
        *[item.period for item in small_world().facts.documents.values() if item.period],
    )  # fmt: skip
    assert [card.key for card in roundup(woven, woven.facts.documents["archive/2020"], "2020").pick_cards] == ["a"]


@pytest.mark.parametrize(
    ("view", "nothing"),
    [(paper_header, None), (paper_footer, None), (week_header, None), (topic_header, None), (topic_index, None),
     (roundup, None), (week_cards, None)],
)  # fmt: skip
def test_a_view_of_what_does_not_exist_shows_nothing(view, nothing):
    assert show(view, "ghost") == nothing


def test_the_sidebar_opens_the_year_and_the_week_in_view():
    woven = small_world()
    view = navigation(woven, woven.facts.documents[f"papers/{MOSS}"])
    assert [(year.link, year.open, len(year.weeks)) for year in view.years] == [
        (PageLink("archive/2021", "2021"), False, 0), (PageLink("archive/2020", "2020"), True, 1)
    ]  # fmt: skip
    (week,) = view.years[1].weeks
    assert (week.link, week.open, week.papers) == (FIRST, True, (KETTLE, QUIET))
    assert (view.previous, view.next) == (KETTLE, SECOND)


@pytest.mark.parametrize(
    ("docname", "opened"),
    [("index", []), (f"papers/{LAKE}", []), ("archive/2020-09", ["2020"]), ("weeks/2021-w06", ["2021"])],
)
def test_the_year_in_view_is_that_of_the_page(docname, opened):
    woven = small_world()
    view = navigation(woven, woven.facts.documents[docname])
    assert [year.link.title for year in view.years if year.open] == opened


def year_of_twelve_months(*without):
    """A year with a week in each month, papers in two of them, and pages of all months but some."""
    ids = [f"2021-w{week_of(date(2021, number, 15))[1]:02}" for number in range(1, 13)]
    months = [f"2021-{number:02}" for number in range(1, 13) if number not in without]
    weeks = [make_week(each, ("a",) if each == ids[0] else ("b",) if each == ids[5] else ()) for each in ids]
    return weave(make_paper("a"), make_paper("b"), *weeks, *(make_period(name) for name in months))


@pytest.mark.parametrize(
    ("docname", "month", "weeks"),
    [
        ("papers/b", "2021-06", [("weeks/2021-w25", ["papers/b"])]),
        ("weeks/2021-w08", "2021-02", [("weeks/2021-w08", [])]),
        ("archive/2021-02", "2021-02", [("weeks/2021-w08", [])]),
    ],
)
def test_a_year_of_many_months_shows_them_and_the_weeks_of_the_one_in_view(docname, month, weeks):
    woven = year_of_twelve_months()
    (year,) = navigation(woven, woven.facts.documents[docname]).years
    assert year.weeks == ()
    assert [each.link.docname for each in year.months] == [f"archive/2021-{number:02}" for number in range(12, 0, -1)]
    (opened,) = [each for each in year.months if each.open]
    assert opened.link.docname == f"archive/{month}"
    assert [(week.link.docname, [paper.docname for paper in week.papers]) for week in opened.weeks] == weeks
    assert not any(each.weeks for each in year.months if not each.open)


def test_months_are_not_shown_where_one_of_them_has_no_page():
    woven = year_of_twelve_months(9)
    (year,) = navigation(woven, woven.facts.documents["papers/b"]).years
    assert (year.months, len(year.weeks)) == ((), 12)


def test_a_year_without_page_has_no_link_and_other_weeks_stay_closed():
    woven = weave(make_paper("a"), make_week("2020-w38", "a"), make_week("2020-w39"))
    (year,) = navigation(woven, woven.facts.documents["weeks/2020-w39"]).years
    assert year.link.docname == ""
    assert [(week.open, week.papers) for week in year.weeks] == [(True, ()), (False, ())]


INDEXES = (archive_list, author_index, latest_week, paper_table, statistics, topic_tree, venue_index, week_list)
OF_RECORDS = {
    "papers": (paper_header, paper_footer),
    "weeks": (week_header,),
    "topics": (topic_header, topic_index),
    "periods": (roundup,),
}


@given(shuffled_worlds())
def test_no_view_depends_on_the_order_of_documents(worlds):
    one, other = map(Woven, worlds)
    for docname, document in one.facts.documents.items():
        assert navigation(one, document) == navigation(other, other.facts.documents[docname])
        assert all(view(one, document, "") == view(other, document, "") for view in INDEXES)
        if document.week:
            keys = " ".join(document.week.papers)
            assert week_cards(one, document, keys) == week_cards(other, document, keys)
            assert article_header(one, document, "talk") == article_header(other, document, "talk")
    for records, views in OF_RECORDS.items():
        for name, record in getattr(one.facts, records).items():
            document = one.facts.documents[record.docname]
            assert all(view(one, document, name) == view(other, document, name) for view in views)
