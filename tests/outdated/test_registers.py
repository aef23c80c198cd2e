"""What registers answer is read with care: whatever it is, it is a record or an error that says so."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.cli.registers import portions
from paperloom.cli.registers.arxiv import UnreadableError, read_feed
from paperloom.cli.registers.records import Update, notices_of, work_of

from tests.links.services import Arxiv

WORDS = st.sampled_from(
    ["DOI", "title", "type", "author", "family", "updated-by", "update-to", "updated", "date-parts", "published"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("10.1234/kettle"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=20,
)


@given(ANYTHING)
def test_any_answer_of_crossref_is_a_work_or_none(message):
    work = work_of(message)

    assert work is None or work.doi
    assert all(notices_of([message]).values())


@given(st.dictionaries(WORDS, ANYTHING))
def test_any_fields_of_a_work_are_read(fields):
    assert work_of({**fields, "DOI": "10.1234/Kettle"}).doi == "10.1234/kettle"


def test_a_work_is_read_as_crossref_describes_it():
    work = work_of(
        {
            "DOI": "10.1234/KETTLE",
            "type": "journal-article",
            "title": ["Boiling\n Rivers"],
            "author": [{"given": "Ada", "family": "Marlowe"}],
            "container-title": ["Journal of Kettles"],
            "published": {"date-parts": [[2021, 4]]},
            "updated-by": [
                {"DOI": "10.1234/N", "type": "Expression of Concern", "updated": {"date-parts": [[2022, 5, 1]]}},
                {"DOI": "10.1234/N", "type": ""},
            ],
        }
    )

    assert (work.doi, work.title, work.family, work.container, work.year) == (
        "10.1234/kettle",
        "Boiling Rivers",
        "Marlowe",
        "Journal of Kettles",
        2021,
    )
    assert work.updates == (Update("expression_of_concern", "10.1234/n", "2022-05-01"),)


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_a_feed_or_unreadable(body):
    with contextlib.suppress(UnreadableError):
        assert read_feed(body) == {}


@pytest.mark.parametrize("cut", range(2, 700, 53))
def test_half_a_feed_is_no_feed(cut):
    whole = Arxiv.feed([Arxiv.entry("2001.00001", comment="Kettles & <rivers>")]).encode()

    with pytest.raises(UnreadableError):
        read_feed(whole[:-cut])


def test_a_feed_is_read_whole():
    feed = Arxiv.feed(
        [Arxiv.entry("math.AG/0601001", version=12, comment="a\n b", doi="10.1234/X 10.1234/Y", abstract="W")]
    )

    (found,) = read_feed(feed.encode()).values()

    assert (found.arxiv, found.version, found.comment, found.doi) == ("math/0601001", 12, "a b", "10.1234/x")


def test_portions_hold_everything_once():
    assert list(portions(["b", "a", "c", "a"], 2)) == [["a", "b"], ["c"]]
    assert list(portions([], 2)) == []
