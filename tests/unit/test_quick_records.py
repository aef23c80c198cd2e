import pickle
from dataclasses import dataclass

import pytest
from paperloom.model.quick import quickly_pickled, quickly_shown
from paperloom.model.records import Author, Block, Document, Link, Paper, Reading, Reference


@quickly_shown
@quickly_pickled
@dataclass(frozen=True, slots=True)
class Pair:
    left: object
    right: object = None


@quickly_shown
@quickly_pickled
@dataclass(frozen=True, slots=True)
class Single:
    value: object


@pytest.mark.parametrize(
    "record",
    [
        Pair((1, "é"), Single(None)),
        Single(Pair(1)),
        Single((1, 2)),
        Document("papers/a", "A", paper=Paper("a", "papers/a", "A", (), "", read=Reading("2020-01-01", "paper"))),
        Document("index", "I", blocks=(Block("a", "text", (Link(0, 1, "paper", "a"),)),)),
        Reference(
            "a", "misc", "T", (Author("B", "C"),), 2020, None, None, None, None, None, (("year", "2020"),), "r", 3
        ),
    ],
)
def test_records_are_the_same_after_pickling(record):
    again = pickle.loads(pickle.dumps(record, pickle.HIGHEST_PROTOCOL))
    assert again == record
    assert repr(again) == repr(record)


def test_a_reference_keeps_its_place_and_is_the_same_in_another():
    fields = ("a", "misc", "T", (), 2020, None, None, None, None, None, ())
    here, there = Reference(*fields, path="a.bib", line=3), Reference(*fields, path="a.bib", line=9)
    assert here == there
    assert pickle.loads(pickle.dumps(there)).line == 9


def test_a_record_is_shown_as_python_shows_it():
    assert repr(Pair("a", Single(1))) == "Pair(left='a', right=Single(value=1))"
    assert repr(Single((1, 2))) == "Single(value=(1, 2))"
