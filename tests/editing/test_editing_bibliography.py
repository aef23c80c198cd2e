"""Entries as they are written, and files that entries are inserted into."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.editing.bibliography_text import entry_text, insert_entries
from paperloom.editing.errors import EditingError
from paperloom.model.bibtex import Entry
from paperloom.model.records import Author
from paperloom.sources.bibliography import parse_bibliography
from paperloom.sources.latex import to_plain_text
from paperloom.sources.text import clean

ROOT = Path(__file__).parent.parent.parent


ADA = (Author("Ember", "Ada"),)


def entry(key="ember2020kettle", title="A Kettle", authors=ADA, **fields):
    fields = {"title": title, "year": "2020", **fields}
    return Entry(key, "misc", authors, tuple(fields.items()))


def read_back(text, key="ember2020kettle"):
    return parse_bibliography(text, "references.bib").references[key]


def test_an_entry_is_written_in_the_agreed_form():
    written = entry_text(
        Entry(
            "ember2020kettle",
            "inproceedings",
            (Author("Ember", "Ada"), Author("Berg", "Jo", "van der"), Author("OpenAI")),
            (
                ("url", "https://example.org/a_b?c=%20"),
                ("title", "KettleNet: Boiling 50% & More at U-Net Scale with 16x16 GPUs"),
                ("booktitle", "Tea & Sons"),
                ("archiveprefix", "arXiv"),
                ("pages", "10–12"),
                ("year", "2021"),
                ("volume", ""),
            ),
            comments=("verify: pages",),
        )
    )
    assert (
        written
        == r"""% verify: pages
@inproceedings{ember2020kettle,
  author = {Ember, Ada and van der Berg, Jo and {OpenAI}},
  title = {{KettleNet}: Boiling 50\% \& More at {U-Net} Scale with 16x16 {GPUs}},
  booktitle = {Tea \& Sons},
  pages = {10--12},
  year = {2021},
  archivePrefix = {arXiv},
  url = {https://example.org/a_b?c=%20}
}"""
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Deep Residual Learning", "Deep Residual Learning"),
        ("A Survey of mT5 and T5", "A Survey of {mT5} and {T5}"),
        ("Self-Supervised Pre-Training", "Self-Supervised Pre-Training"),
        ("X-ray (CT) images", "{X-ray} ({CT}) images"),
        ("“BERT” and 'GPT-3'", "“{BERT}” and '{GPT-3}'"),
        ("I am A student", "I am A student"),
        ("Learning C by Heart", "Learning {C} by Heart"),
        ("Ünder ÜBER", "Ünder {ÜBER}"),
    ],
)
def test_capitals_that_matter_are_protected(title, written):
    assert f"  title = {{{written}}}," in entry_text(entry(title=title))


def test_words_that_another_bibliography_protected_stay_protected():
    one = Entry("k2020t", "misc", (), (("title", "Grading by Gleason"),), protected=frozenset({"Gleason"}))
    assert "title = {Grading by {Gleason}}" in entry_text(one)


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
AWKWARD = st.text("\\{}$&%#_~^-–`'\"!?@,= aZ1é漢🙂<>[]()|", max_size=30)
TEXTS = st.one_of(ANY, AWKWARD)


@given(title=TEXTS, journal=TEXTS, note=TEXTS)
def test_any_text_is_read_back_as_it_was_written(title, journal, note):
    title = f"{title} x"
    found = read_back(entry_text(entry(title=title, journal=journal, note=note)))
    assert found.title == clean(title)
    values = {name: to_plain_text(value) for name, value in found.fields}
    assert values.get("journal", "") == clean(journal)
    assert values.get("note", "") == clean(note)


@pytest.mark.parametrize(
    "title",
    [
        'Tea: "hot" \\ {cold} [or] <not> `now` $5 #1 50% a_b ~ ^',
        "🙂 " + "very long " * 40,
        "a--b---c ``d'' !`e?`",
        "}{",
        "\\textbf{bold}",
        "% nothing",
    ],
)
def test_titles_that_break_careless_writers_are_read_back(title):
    found = parse_bibliography(entry_text(entry(title=title)), "references.bib")
    assert found.problems == []
    assert found.references["ember2020kettle"].title == clean(title)


PARTICLES = st.sampled_from(["", "van", "van der", "de", "de la", "von"])
FAMILIES = st.one_of(
    TEXTS, st.sampled_from(["Ember", "de Silva", "王", "O'Brien", "Jr.", "others", "A and B", "al-Razi"])
)
GIVEN = st.one_of(TEXTS, st.sampled_from(["AND", "and", "Ada and Bo", "de", "Jr."]))
NAMES = st.builds(Author, FAMILIES, GIVEN, st.just(""), st.sampled_from(["", "Jr.", "III"])).filter(
    lambda author: clean(author.family) and clean(author.given)
)


def cleaned(author):
    return Author(*(clean(part) for part in (author.family, author.given, author.particle, author.suffix)))


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_any_names_are_read_back_in_order(authors):
    found = read_back(entry_text(entry(authors=tuple(authors))))
    assert [author.name for author in found.authors] == [cleaned(author).name for author in authors]


@given(PARTICLES, st.sampled_from(["Berg", "Łódź", "Brook Stone"]), st.sampled_from(["Ada", "J. B.", "小明"]))
def test_parts_of_names_are_read_back(particle, family, given_name):
    author = Author(family, given_name, particle)
    assert read_back(entry_text(entry(authors=(author,)))).authors == (author,)


@given(TEXTS.filter(clean))
def test_an_organisation_is_read_back_as_one_name(name):
    assert read_back(entry_text(entry(authors=(Author(name),)))).authors == (Author(clean(name)),)


def test_250_authors_are_written_and_read():
    authors = tuple(Author(f"Ember{number}", f"A. {number}") for number in range(250))
    assert read_back(entry_text(entry(authors=authors))).authors == authors


FILE = """% A remark on the file.

@string{tea = "Journal of Tea"}

% verify: doi
% and more
@article{lake2019slow,
  author = {Lake, Bo},
  title = {Slow Rivers},
  journal = tea,
  year = 2019
}
@misc{pine2021tall, author = {Pine, Cy}, title = {Tall}, year = {2021}}

% The end.
"""


def test_an_entry_is_inserted_in_front_of_the_next_key_and_of_its_comments():
    block = entry_text(entry()) + "\n\n"
    assert insert_entries(FILE, [entry()]) == FILE.replace("% verify: doi", block + "% verify: doi")
    second = insert_entries(FILE, [entry("moss2020kettle")])
    assert second == FILE.replace("@misc{pine", "\n" + block.replace("ember2020", "moss2020") + "@misc{pine")


def test_an_entry_behind_all_others_is_appended():
    assert insert_entries(FILE, [entry("zeal2020kettle")]) == FILE + "\n" + entry_text(entry("zeal2020kettle")) + "\n"
    assert insert_entries("", [entry()]) == entry_text(entry()) + "\n"
    assert insert_entries("% only this", [entry()]) == "% only this\n\n" + entry_text(entry()) + "\n"


def test_line_ends_of_the_file_are_used():
    file = FILE.replace("\n", "\r\n")
    written = insert_entries(file, [entry(), entry("zeal2020kettle")])
    assert written.count("\n") == written.count("\r\n")
    assert written.replace("\r\n", "\n") == insert_entries(FILE, [entry("zeal2020kettle"), entry()])


def test_a_key_that_is_there_is_refused_with_its_line():
    with pytest.raises(EditingError, match=r"references\.bib:7: the key 'Lake2019slow' is there already"):
        insert_entries(FILE, [entry("Lake2019slow")])


def test_a_file_that_is_too_broken_is_refused_with_its_line():
    broken = "@misc{a, title = {never closed\n\n@misc{z, title = {T}, year = 2020\n"
    with pytest.raises(EditingError, match=r"references\.bib:1: is too broken to add an entry; run 'paperloom check'"):
        insert_entries(broken, [entry("zz2020a")])


KEYS = st.lists(st.from_regex(r"[a-z]{1,3}20[0-9]{2}[a-z]{1,3}", fullmatch=True), unique=True, max_size=6)


@given(present=KEYS, added=KEYS, comments=st.booleans(), blank=st.booleans())
def test_entries_land_in_order_and_every_other_byte_stays(present, added, comments, blank):
    added = [key for key in added if key not in present]
    old = [("% about " + key + "\n" if comments else "") + entry_text(entry(key)) + "\n" for key in sorted(present)]
    text = ("\n" if blank else "").join(old)
    written = insert_entries(text, [entry(key) for key in added])
    assert list(parse_bibliography(written, "b").references) == sorted([*present, *added])
    for block in old:
        assert block in written
    for key in added:
        written = written.replace(entry_text(entry(key)), "")
    assert "".join(written.split()) == "".join(text.split())


def test_the_real_bibliography_takes_an_entry_at_its_place():
    text = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8")
    written = insert_entries(text, [entry("mmm2020kettle")])
    assert written.replace(entry_text(entry("mmm2020kettle")) + "\n\n", "") == text
    assert not [p for p in parse_bibliography(written, "b").problems if p.subtype.value == "bibtex-format"]
