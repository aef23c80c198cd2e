import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.model.bibtex import format_entry
from paperloom.model.problems import Severity, Subtype
from paperloom.model.records import Author
from paperloom.sources import latex
from paperloom.sources.bibliography import parse_bibliography
from paperloom.sources.latex import to_plain_text
from paperloom.sources.pybtex_entries import to_pybtex

ENTRY = """@misc{ember2020kettle,
  author = {Ember, Ada and Stone, Bo},
  title = {{KettleNet}: A Model},
  year = {2020},
  eprint = {2009.01234},
  archivePrefix = {arXiv},
  url = {https://arxiv.org/abs/2009.01234}
}
"""


def read(text):
    return parse_bibliography(text, "references.bib")


def read_one(fields, entry_type="misc", given=('author = "Ember, Ada"', 'title = "T"', "year = 2020")):
    """The only entry made of ``fields`` and of the usual ones that ``fields`` does not give."""
    names = {field.split("=")[0].strip() for field in fields}
    usual = [field for field in given if field.split(" ")[0] not in names]
    result = read(f"@{entry_type}{{a2020t,\n" + ",\n".join([*usual, *fields]) + "\n}\n")
    return result.references["a2020t"], result.problems


def shown(problems, subtype):
    return [(problem.line, problem.message) for problem in problems if problem.subtype is subtype]


def test_a_complete_entry_is_read_without_problems():
    result = read(ENTRY)
    entry = result.references["ember2020kettle"]
    assert result.problems == []
    assert (entry.title, entry.year, entry.arxiv, entry.venue) == ("KettleNet: A Model", 2020, "2009.01234", "arXiv")
    assert entry.authors == (Author("Ember", "Ada"), Author("Stone", "Bo"))
    assert (entry.path, entry.line, dict(entry.fields)["title"]) == ("references.bib", 1, "{KettleNet}: A Model")


@pytest.mark.parametrize("text", ["", "\n", "Only a remark.\n", "@misc", "@comment{nothing}\n", '@preamble{"x"}\n'])
def test_a_file_without_entries_has_none_and_no_problems(text):
    result = read(text)
    assert (result.references, result.problems) == ({}, [])


# Values as people write them: words, accents in Unicode and in LaTeX, braces, quotes, maths.
PIECES = st.sampled_from(
    r"""kettle Net café Łódź 漢字 {\"o} \'{e} {\o} {U}pper {{A}{B}} " ' ``tea'' $x^2$ \& 50\% # @ -- ~ a=b a,b {and}
    \textbf{b} \$5 ( ) \{x\}""".split()  # noqa: SIM905  # reads better as text
)
VALUES = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
NAMES = st.sampled_from(["Ember", "de la Brook", "{Acme Kettles}", "Łódź", 'M{\\"u}ller', "O'Brien", "van der Brook"])
GIVEN = st.sampled_from(["Ada", "Á. B.", "Jean-Luc", '{\\"O}zg{\\"u}r', "Jr., Sam"])
PEOPLE = st.lists(
    st.one_of(st.just("{Acme and Sons}"), st.builds("{}, {}".format, NAMES, GIVEN)), min_size=1, max_size=3
)
ENTRIES = st.fixed_dictionaries(
    {"author": PEOPLE.map(" and ".join), "title": VALUES, "year": st.integers(1900, 2100).map(str)},
    optional={
        "journal": VALUES,
        "eprint": st.sampled_from(["2009.01234", "math/0601001"]),
        "doi": st.sampled_from(["10.1000/x", "10.1000/a_b", "10.1000/a\\_b"]),
        "openreview": st.just("kEtT1e"),
        "url": st.sampled_from(["https://a.example/x?a=1&b=~c", "https://a.example/a\\_b"]),
        "kettle": VALUES,
        "Note": VALUES,
    },
)


def same_entry(left, right):
    """Equal but for the line and the order of fields."""
    return replace(left, line=1, fields=tuple(sorted(left.fields))) == replace(
        right, line=1, fields=tuple(sorted(right.fields))
    )


@given(st.lists(ENTRIES, max_size=4), st.randoms(use_true_random=False))
def test_what_is_written_is_read_back_equal(entries, random):
    pieces = []
    for number, fields in enumerate(entries):
        items = list(fields.items())
        random.shuffle(items)
        body = ",\n\n".join(f"{name}  =  {{{value}}}" for name, value in items)
        pieces.append(f"@Misc{{key{number}x,\n{body},\n}}")
    first = read("\n\n".join(pieces)).references
    written = "\n\n".join(format_entry(reference) for reference in first.values())
    second = read(written)
    assert len(first) == len(entries)
    assert list(second.references) == list(first)
    assert all(same_entry(first[key], second.references[key]) for key in first)
    assert [problem for problem in second.problems if problem.subtype is Subtype.BIBTEX_FORMAT] == []
    assert "\n\n".join(format_entry(reference) for reference in second.references.values()) == written


FRAGMENTS = [
    "@misc{",
    "@article(",
    "a,",
    "title",
    "author",
    " = ",
    "{",
    "}",
    '"',
    ",",
    "\n",
    "\\",
    "#",
    "and",
    "2020",
    "$",
    "@",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)))
def test_no_text_makes_reading_raise(text):
    for body in (text, f"@misc{{k, {text}}}", f"@misc{{k,\n author = {{{text}}}, title = {{{text}}}\n}}"):
        result = read(body + "\n\n" + ENTRY)
        assert all(problem.line >= 1 and problem.message for problem in result.problems)


@given(st.binary(max_size=60))
def test_no_bytes_make_reading_raise(data):
    read(data.decode("latin-1"))
    read(data.decode("utf-8", errors="replace"))


@pytest.mark.parametrize(
    ("broken", "subtype", "line"),
    [
        ("@misc{bad, title = {never closed\n", Subtype.BIBTEX_BRACES, 1),
        ("@misc{bad,\n  title = {a} b\n}\n", Subtype.BIBTEX_SYNTAX, 2),
        ("@misc{bad, title = nowhere}\n", Subtype.BIBTEX_SYNTAX, 1),
        ("@misc{, title = {T}}\n", Subtype.BIBTEX_SYNTAX, 1),
    ],
)
def test_a_broken_entry_is_reported_and_takes_no_other_with_it(broken, subtype, line):
    result = read("% a remark\n" + broken + "\n" + ENTRY)
    assert list(result.references) == ["ember2020kettle"]
    assert [(problem.subtype, problem.line) for problem in result.problems] == [(subtype, line + 1)]


def test_an_extra_closing_brace_is_reported_and_the_entry_is_kept():
    result = read(ENTRY.replace("\n}\n", "\n}}\n"))
    assert list(result.references) == ["ember2020kettle"]
    assert shown(result.problems, Subtype.BIBTEX_BRACES) == [(1, "entry 'ember2020kettle' has 1 extra '}'")]


def test_what_follows_an_entry_is_a_remark():
    assert read(ENTRY + "A remark with a { brace.\n").problems == []


def test_a_backslash_does_not_hide_a_brace():
    entry, problems = read_one(["title = {C:\\}"])
    assert dict(entry.fields)["title"] == "C:\\"
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


def test_macros_and_concatenation_are_resolved():
    text = (
        '@string{tea = "Journal of Tea"}\n@article{a2020t, title={T}, journal = tea # { B}, month = mar, year = 2020}'
    )
    fields = dict(read(text).references["a2020t"].fields)
    assert (fields["journal"], fields["month"]) == ("Journal of Tea B", "March")


def test_a_key_that_differs_only_in_case_is_a_duplicate_and_the_first_stands():
    result = read(ENTRY + "\n" + ENTRY.replace("ember2020", "Ember2020").replace("KettleNet", "Other"))
    assert [entry.title for entry in result.references.values()] == ["KettleNet: A Model"]
    message = "the key 'Ember2020kettle' is used twice: see references.bib:1"
    assert shown(result.problems, Subtype.BIBTEX_DUPLICATE) == [(10, message)]


def test_keys_are_unique_over_several_files():
    first = read(ENTRY)
    again = parse_bibliography("\n" + ENTRY, "more.bib", first)
    assert again is first
    assert [(problem.path, problem.line) for problem in again.problems] == [("more.bib", 2)]


def test_two_entries_on_one_line_are_both_read():
    assert list(read("@misc{a, title={x}} @misc{b, title={x}}").references) == ["a", "b"]


def test_a_field_that_stands_twice_is_reported_where_it_stands_the_second_time():
    entry, problems = read_one(["year = 2020", "Year = 2021"])
    assert entry.year == 2020
    assert shown(problems, Subtype.BIBTEX_DUPLICATE) == [(5, "entry 'a2020t' has the field 'Year' twice")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (["author = {}"], "has no author"),
        (["title = {}"], "has an empty field 'title'"),
        (["year = {soon}"], "has the year 'soon'"),
        (["eprint = {kettle}"], "has the eprint 'kettle'"),
        (["eprint = {2009.01234v2}"], "has the eprint '2009.01234v2'"),
        (["doi = {kettle}"], "has the doi 'kettle'"),
        (["author = {Ember, Ada and others}"], "ends its authors with 'others'"),
        (["author = {A, B, C, D, E}"], "has the unreadable name 'A, B, C, D, E'"),
        (["author = {family=Ember, given=Ada}"], "has the unreadable name 'family=Ember, given=Ada'"),
    ],
)
def test_an_impossible_value_is_reported_where_it_stands(fields, message):
    _entry, problems = read_one(fields)
    lines = {"year": 4, "title": 4, "author": 4}
    expected = lines.get(fields[0].split(" ")[0], 5)
    assert (expected, f"entry 'a2020t' {message}") in shown(problems, Subtype.BIBTEX_FIELD)


@pytest.mark.parametrize(
    ("entry_type", "field"), [("article", "journal"), ("inproceedings", "booktitle"), ("book", "publisher")]
)
def test_an_entry_needs_the_fields_of_its_type(entry_type, field):
    _entry, problems = read_one([], entry_type)
    assert shown(problems, Subtype.BIBTEX_FIELD) == [(1, f"entry 'a2020t' lacks the field '{field}'")]


def test_an_unknown_type_is_reported_with_the_known_ones():
    _entry, problems = read_one([], "kettle")
    assert problems[0].message == "entry 'a2020t' has the unknown type '@kettle'"
    assert "misc" in problems[0].remedy


def test_an_address_that_is_none_is_reported_as_one():
    _entry, problems = read_one(["url = {www.kettle.example}"])
    assert [(problem.subtype, problem.line) for problem in problems] == [(Subtype.URL, 5)]


def test_fields_in_another_order_are_a_warning_that_names_the_order():
    _entry, problems = read_one(["note = {n}", "doi = {10.1000/x}"])
    assert [(problem.subtype, problem.severity) for problem in problems] == [(Subtype.BIBTEX_FORMAT, Severity.WARNING)]
    assert problems[0].remedy == "order: author, title, year, doi, note"


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        (["booktitle = {A}", "venue = {B{\\'e}}"], "Bé"),
        (["journal = {J}", "eprint = {2009.01234}"], "J"),
        (["school = {S}"], "S"),
        (["eprint = {2009.01234}"], "arXiv"),
        (["eprint = {1}", "archivePrefix = {hal}"], None),
        ([], None),
    ],
)
def test_the_venue_is_the_short_name_or_where_it_appeared_or_arxiv(fields, venue):
    assert read_one(fields)[0].venue == venue


def test_an_eprint_of_another_archive_is_no_arxiv_id():
    entry, problems = read_one(["eprint = {kettle}", "archivePrefix = {hal}"])
    assert (entry.arxiv, problems) == (None, [])


def test_escaped_characters_of_identifiers_are_plain():
    entry, problems = read_one(["doi = {10.1000/Tea\\_1}", "url = {https://a.example/tea\\_1\\%20}"])
    assert (entry.doi, entry.url, problems) == ("10.1000/tea_1", "https://a.example/tea_1%20", [])


def test_names_are_split_into_their_parts():
    entry, _problems = read_one(['author = {van der Brook, Jr., G{\\"u}nter and {Acme and Sons} and Ada B. Ember}'])
    assert entry.authors == (
        Author("Brook", "Günter", "van der", "Jr."),
        Author("Acme and Sons"),
        Author("Ember", "Ada B."),
    )


def test_an_editor_stands_in_for_a_missing_author():
    entry, problems = read_one(["editor = {Ember, Ada}"], given=('title = "T"', "year = 2020"))
    assert entry.authors == (Author("Ember", "Ada"),)
    assert shown(problems, Subtype.BIBTEX_FIELD) == []


def test_an_entry_is_handed_to_pybtex_in_plain_text_with_its_names_whole():
    entry = to_pybtex(read(ENTRY.replace("Stone, Bo", "{Acme Kettles}")).references["ember2020kettle"])
    assert (entry.key, entry.type, entry.fields["title"]) == ("ember2020kettle", "misc", "KettleNet: A Model")
    assert [person.last_names for person in entry.persons["author"]] == [["Ember"], ["Acme Kettles"]]
    assert "author" not in entry.fields


@given(st.text(alphabet="ab Z{}-'!?.,:;^_#\"<>()é中&%`~1", max_size=25))
def test_text_with_nothing_but_braces_is_decoded_as_all_other_text_is(value):
    with pytest.MonkeyPatch.context() as patch:
        quick = to_plain_text(value)
        patch.setattr(latex, "_ONLY_BRACES", re.compile("a^"))
        assert quick == to_plain_text(value)
