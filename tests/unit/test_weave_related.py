import pytest
from hypothesis import given
from paperloom.model.records import Author
from paperloom.weave.labels import citation_label, short_authors, venue_and_year
from paperloom.weave.related import (
    CO_MENTION_WEIGHT,
    LIMIT,
    MOST_CO_MENTIONS,
    RELATION_WEIGHT,
    Related,
    rarity,
)
from paperloom.weave.woven import Woven
from small_world import EMBER, LAKE, MOSS, PINE, small_world
from unit_support import (
    make_article,
    make_block,
    make_document,
    make_paper,
    make_reference,
    make_topic,
    make_week,
    shuffled_worlds,
    weave,
    worlds,
)


def test_relations_shared_topics_and_common_places_make_papers_related():
    woven = small_world()
    rivers = rarity(3)
    first, second = woven.related(EMBER)
    both_named = 3  # the introduction and the talk of one issue, and the lecture of another
    assert first == Related(
        LAKE, round(RELATION_WEIGHT + rivers + both_named * CO_MENTION_WEIGHT, 9), ("extends",), ("rivers",), both_named
    )
    assert second == Related(MOSS, round(rivers, 9), (), ("rivers",), 0)


def test_a_relation_is_named_as_this_page_sees_it():
    assert [related.relations for related in small_world().related(LAKE)] == [("extended-by",), ()]


def test_a_paper_that_shares_nothing_is_not_related():
    assert [related.key for related in small_world().related(PINE)] == [MOSS]


def test_the_weight_of_a_topic_changes_only_when_it_has_doubled():
    assert rarity(2) == rarity(3) > rarity(4) == rarity(7) > rarity(8)


def test_rarer_topics_weigh_more_and_stand_first():
    papers = [
        make_paper("a", topics=("common", "rare")),
        make_paper("b", topics=("common",)),
        make_paper("c", topics=("common",)),
    ]
    papers += [make_paper("d", topics=("rare", "common")), make_paper("e", topics=())]
    related = weave(*papers).related("a")
    assert [(row.key, row.topics) for row in related] == [
        ("d", ("rare", "common")),
        ("b", ("common",)),
        ("c", ("common",)),
    ]


def test_common_places_count_up_to_a_limit():
    text = make_block("A one and two.", ("one", "paper", "a"), ("two", "paper", "b"))
    places = [make_document(make_topic(f"t{number}"), text) for number in range(5)]
    (related,) = weave(make_paper("a", topics=()), make_paper("b", topics=()), *places).related("a")
    assert (related.co_mentions, related.score) == (5, CO_MENTION_WEIGHT * MOST_CO_MENTIONS)


def test_only_the_closest_are_shown_and_equals_stand_in_the_order_of_papers():
    papers = [make_paper(name) for name in "abcdefghi"] + [make_paper("z", topics=())]
    related = weave(*papers, make_week("2020-w38", ["i", "b"])).related("e")
    assert [row.key for row in related] == ["i", "b", "a", "c", "d", "f"]
    assert len(related) == LIMIT


@given(worlds())
def test_relatedness_is_symmetric(facts):
    relatedness = Woven(facts).relatedness
    for one in facts.papers:
        for other in facts.papers.keys() - {one}:
            there, back = relatedness.between(one, other), relatedness.between(other, one)
            assert (there.score, there.topics, there.co_mentions) == (back.score, back.topics, back.co_mentions)
            assert len(there.relations) == len(back.relations)


@given(worlds())
def test_a_paper_is_related_to_whoever_is_related_to_it(facts):
    woven = Woven(facts)
    pairs = {(key, related.key) for key in facts.papers for related in woven.related(key)}
    assert pairs == {(other, key) for key, other in pairs}
    assert all(key != other for key, other in pairs)


@given(shuffled_worlds())
def test_what_is_related_does_not_depend_on_the_order_of_documents(worlds):
    one, other = map(Woven, worlds)
    assert all(one.related(key) == other.related(key) for key in one.facts.papers)


AUTHORS = tuple(Author(family, "A") for family in ("Ember", "Stone", "Brook", "Öst"))


@pytest.mark.parametrize(
    ("count", "limit", "text"),
    [
        (0, 3, ""),
        (1, 3, "A Ember"),
        (3, 3, "A Ember, A Stone, A Brook"),
        (4, 3, "A Ember et al."),
        (3, 2, "A Ember et al."),
    ],
)
def test_a_few_authors_are_named_and_many_are_et_al(count, limit, text):
    assert short_authors(AUTHORS[:count], limit) == text


@pytest.mark.parametrize(
    ("authors", "year", "label"),
    [
        ((), 2020, "Tea [2020]"),
        (("Ember",), 2020, "Ember [2020]"),
        (("Ember", Author("Brook", "G", "van der")), 2020, "Ember and van der Brook [2020]"),
        (("Ember", "Stone", "Brook"), None, "Ember et al. [n.d.]"),
    ],
)
def test_a_citation_in_running_text_names_families_and_year(authors, year, label):
    assert citation_label(make_reference("a2020tea", "Tea", authors, year)) == label


@pytest.mark.parametrize(
    ("venue", "year", "text"), [("V", 2020, "V 2020"), (None, 2020, "2020"), ("V", None, "V"), (None, None, "")]
)
def test_venue_and_year_are_what_is_known_of_them(venue, year, text):
    assert venue_and_year(make_reference("a", year=year, venue=venue)) == text


def test_articles_know_their_weeks_topics_and_papers():
    woven = small_world()
    assert [(week.id, article.id) for week, article in woven.articles()] == [
        ("2020-w38", "talk"), ("2020-w38", "tea"), ("2021-w06", "lecture")
    ]  # fmt: skip
    by_topic = {slug: [article.id for article, _ in found] for slug, found in woven.topic_articles.items()}
    assert by_topic == {"rivers": ["lecture", "tea"], "heat": ["talk", "tea"]}
    assert woven.article_mentions == {("2020-w38", "talk"): (EMBER, LAKE), ("2021-w06", "lecture"): (EMBER, LAKE)}


def test_a_week_belongs_to_its_year_and_to_the_month_of_its_saturday():
    weeks = [make_week(name) for name in ("2020-w38", "2020-w39", "2020-w40", "2021-w01")]
    assert weave(*weeks).weeks_of_period == {
        "2020": ("2020-w38", "2020-w39", "2020-w40"),
        "2020-09": ("2020-w38", "2020-w39"),
        "2020-10": ("2020-w40",),
        "2021": ("2021-w01",),
        "2021-01": ("2021-w01",),
    }


def test_a_pick_counts_only_where_the_issue_features_the_paper():
    week = make_week("2020-w38", ["a"], ["b", "a", "talk"], [make_article("talk")])
    assert weave(week, make_week("2021-w06", ["a"], ["a"])).picked_in == {"a": ("2020-w38", "2021-w06")}


def test_the_order_of_reading_is_each_week_then_its_papers():
    woven = small_world()
    assert woven.reading_order == (
        "weeks/2020-w38", f"papers/{EMBER}", f"papers/{MOSS}", "weeks/2021-w06", f"papers/{PINE}"
    )  # fmt: skip
    assert woven.neighbours[f"papers/{EMBER}"] == ("weeks/2020-w38", f"papers/{MOSS}")
    assert woven.neighbours["weeks/2020-w38"] == (None, f"papers/{EMBER}")
    assert woven.neighbours[f"papers/{PINE}"] == ("weeks/2021-w06", None)
    assert weave().neighbours == {}
