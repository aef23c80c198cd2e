"""What ``paperloom check`` finds in BibTeX."""

import pytest
from check_support import (
    BIB,
    CONF,
    KETTLE,
    LAKE,
    LATER_WEEK,
    MOSS,
    PINE,
    Found,
    append,
    assert_finds_exactly,
    both,
    case,
    rename,
    replace,
    write,
)


def entry(key: str, **fields: str) -> str:
    return "\n".join([f"\n@misc{{{key},", *(f"  {name} = {{{value}}}," for name, value in fields.items()), "}\n"])


def page(title: str) -> str:
    return f"---\npaper:\n  topics: [wind]\n  tldr: It blows.\n---\n# {title}\n\nAn older paper.\n"


ZEPHYR = {"author": "Zephyr, Zoe", "title": "A Wind in the Attic", "year": "2022"}


SYNTAX = [
    case(
        "BibTeX that does not parse",
        replace(BIB, "  year = {2021},\n  eprint = {2101", "  year {2021},\n  eprint = {2101"),
        Found(BIB, 34, "bibtex-syntax", "entry 'pine2021tall': '=' expected", "correct the entry"),
    ),
    case(
        "a comma that is missing between two fields",
        replace(BIB, "for Small Data},", "for Small Data}"),
        Found(BIB, 34, "bibtex-syntax", "entry 'pine2021tall'", "correct the entry"),
    ),
    case(
        "an entry without a key",
        replace(BIB, "@misc{pine2021tall,", "@misc{,"),
        Found(PINE, 1, "missing-entry", "'pine2021tall' has no entry", "'@…{pine2021tall,' to references.bib"),
        Found(BIB, 31, "bibtex-syntax", "an entry: entry key expected", "correct the entry"),
    ),
    case(
        "a brace that is not closed",
        replace(BIB, "title = {Tall Trees for", "title = {Tall {Trees for"),
        Found(BIB, 33, "bibtex-braces", "entry 'pine2021tall' has 1 unclosed brace", "close every '{'"),
    ),
    case(
        "a brace too many",
        append(BIB, "}\n"),
        Found(BIB, 31, "bibtex-braces", "entry 'pine2021tall' has 1 extra '}'", "remove the extra '}'"),
    ),
    case(
        "a key that is used twice",
        append(BIB, entry("moss2020quiet", **ZEPHYR)),
        Found(BIB, 40, "bibtex-duplicate", "'moss2020quiet' is used twice: see references.bib:22", "remove one"),
    ),
    case(
        "a key that is used twice in another case",
        append(BIB, entry("Moss2020Quiet", **ZEPHYR)),
        Found(BIB, 40, "bibtex-duplicate", "'Moss2020Quiet' is used twice: see references.bib:22", "'moss2020quiet'"),
    ),
    case(
        "a key that another file of the bibliography has",
        both(
            append(CONF, 'paperloom_bibliography = ["*.bib"]\n'),
            write("older.bib", entry("moss2020quiet", **ZEPHYR | {"author": "Moss, Ivo"})),
            write("papers/moss2020quiet.md", page("A Wind in the Attic")),
            replace("weeks/2020-w38.md", "ember2020kettle\nmoss2020quiet\n", "ember2020kettle\n"),
            replace("weeks/2020-w38.md", "[moss2020quiet, steam-talk]", "[steam-talk]"),
        ),
        Found(BIB, 22, "bibtex-duplicate", "'moss2020quiet' is used twice: see older.bib:2", "remove one"),
    ),
    case(
        "a field that stands twice in an entry",
        replace(BIB, "  year = {2019},", "  year = {2019},\n  year = {2018},"),
        Found(BIB, 19, "bibtex-duplicate", "entry 'lake2019slow' has the field 'year' twice", "keep one"),
    ),
]

FIELDS = [
    case(
        "a required field that is missing",
        replace(BIB, "  journal = {Journal of Water},\n", ""),
        Found(BIB, 14, "bibtex-field", "entry 'lake2019slow' lacks the field 'journal'", "add 'journal'"),
    ),
    case(
        "a required field that is empty",
        replace(BIB, "{Journal of Water}", "{}"),
        Found(BIB, 17, "bibtex-field", "entry 'lake2019slow' has an empty field 'journal'", "add 'journal'"),
    ),
    case(
        "an entry without authors",
        replace(BIB, "  author = {Lake, Céline},\n", ""),
        Found(BIB, 14, "bibtex-field", "entry 'lake2019slow' has no author", "Family, Given"),
    ),
    case(
        "authors that end with others",
        replace(BIB, "Moss, Ivo and Reed, Ana", "Moss, Ivo and others"),
        Found(BIB, 23, "bibtex-field", "entry 'moss2020quiet' ends its authors with 'others'", "name all authors"),
    ),
    case(
        "a year that is none",
        replace(BIB, "{2019}", "{soon}"),
        Found(BIB, 18, "bibtex-field", "has the year 'soon'", "four digits"),
    ),
    case(
        "an arXiv id that is none",
        replace(BIB, "{2009.00002}", "{20.2}"),
        Found(BIB, 26, "bibtex-field", "has the eprint '20.2'", "2006.07733"),
    ),
    case(
        "a URL that is not http",
        replace(BIB, "https://example.org/kettle", "ftp://example.org/kettle"),
        Found(BIB, 11, "url", "has the url 'ftp://example.org/kettle', not a web address", "http or https"),
    ),
    case(
        "a URL whose port is no number",
        replace(BIB, "https://example.org/kettle", "https://example.org:teapot/kettle"),
        Found(BIB, 11, "url", "'https://example.org:teapot/kettle', not a web address", "http or https"),
    ),
    case(
        "an entry out of order",
        both(
            append(BIB, entry("aero2022wind", **ZEPHYR | {"author": "Aero, Ann"})),
            write("papers/aero2022wind.md", page("A Wind in the Attic")),
        ),
        Found(BIB, 40, "bibtex-format", "'aero2022wind' stands after 'pine2021tall'", "sort the entries", "warning"),
    ),
    case(
        "fields out of order",
        replace(
            BIB,
            "  title = {Slow Rivers Learn Better},\n  journal = {Journal of Water},\n",
            "  journal = {Journal of Water},\n  title = {Slow Rivers Learn Better},\n",
        ),
        Found(BIB, 14, "bibtex-format", "its fields in another order", "author, title, journal, year", "warning"),
    ),
]

PAGES = [
    case(
        "an entry without a page",
        append(BIB, entry("zephyr2022wind", **ZEPHYR)),
        Found(BIB, 40, "missing-page", "the entry 'zephyr2022wind' has no page", "add papers/zephyr2022wind.md"),
    ),
    case(
        "a page without an entry",
        write("papers/zephyr2022wind.md", page("A Wind in the Attic")),
        Found("papers/zephyr2022wind.md", 1, "missing-entry", "'zephyr2022wind' has no entry", "to references.bib"),
    ),
    case(
        "a page without an entry where there is no bibliography",
        both(
            append(CONF, 'paperloom_bibliography = ["nowhere.bib"]\n'),
            replace(KETTLE, "see {cite:t}`lake2019slow`", "as before"),
        ),
        *(
            Found(f"papers/{key}.md", 1, "missing-entry", f"'{key}' has no entry", "to references.bib")
            for key in ("ember2020kettle", "lake2019slow", "moss2020quiet", "pine2021tall")
        ),
    ),
    case(
        "a pattern of bibliographies that cannot be followed",
        append(CONF, 'paperloom_bibliography = ["references.bib", "", "/elsewhere/*.bib"]\n'),
        Found(CONF, 1, "file-name", "has the pattern ''", "relative to the folder of conf.py"),
        Found(CONF, 1, "file-name", "has the pattern '/elsewhere/*.bib'", "relative to the folder of conf.py"),
    ),
    case(
        "a file name that is not the key",
        rename(PINE, "papers/pine2021trees.md"),
        Found("papers/pine2021trees.md", 1, "file-name", "'pine2021trees' is not the citation key", "pine2021tall.md"),
        Found(LATER_WEEK, 12, "unknown-paper", "'pine2021tall', which has no page", "did you mean 'pine2021trees'?"),
    ),
    case(
        "a key that is not made of family name year and title",
        both(append(BIB, entry("zephyr-wind", **ZEPHYR)), write("papers/zephyr-wind.md", page("A Wind in the Attic"))),
        Found(BIB, 40, "file-name", "'zephyr-wind' is not made of", "zephyr2022wind'"),
    ),
    case(
        "a bad key of an entry without an author",
        both(
            append(BIB, entry("zz-wind", title=ZEPHYR["title"], year="2022")),
            write("papers/zz-wind.md", page(ZEPHYR["title"])),
        ),
        Found(BIB, 40, "bibtex-field", "no author", "name the authors"),
        Found(BIB, 40, "file-name", "'zz-wind' is not made of", "xue2020mt5'"),
    ),
    case(
        "a key that begins with the name of another author: a publication may turn the order around",
        both(
            append(BIB, entry("zephyr2022wind", **ZEPHYR | {"author": "Breeze, Ada and Zephyr, Zoe"})),
            write("papers/zephyr2022wind.md", page(ZEPHYR["title"])),
        ),
    ),
    case(
        "a key that begins with another name",
        both(append(BIB, entry("zebra2022wind", **ZEPHYR)), write("papers/zebra2022wind.md", page(ZEPHYR["title"]))),
        Found(BIB, 40, "file-name", "the first author's family name", "zephyr2022wind'"),
    ),
]


def second(**fields: str):
    """Return the edit that adds a paper with a title of its own and ``fields``."""
    written = entry("zephyr2022wind", **ZEPHYR | fields)
    return both(append(BIB, written), write("papers/zephyr2022wind.md", page(ZEPHYR["title"])))


def duplicate(other: str, line: int, same: str) -> Found:
    message = f"'zephyr2022wind' and '{other}' are one paper: they have the same {same}"
    return Found(BIB, 40, "duplicate-paper", message, f"the other is at references.bib:{line}")


TWICE = [
    case(
        "two entries with one arXiv id",
        second(eprint="2009.00002"),
        duplicate("moss2020quiet", 22, "arxiv:2009.00002"),
    ),
    case(
        "two entries with one arXiv id written as a DOI",
        second(doi="10.48550/arXiv.2009.00002"),
        duplicate("moss2020quiet", 22, "arxiv:2009.00002"),
    ),
    case("two entries with one DOI", second(doi="10.1234/CWT.7"), duplicate("ember2020kettle", 1, "doi:10.1234/cwt.7")),
    case(
        "two entries with one OpenReview id",
        second(url="https://openreview.net/forum?id=rIvEr123"),
        duplicate("lake2019slow", 14, "openreview:rIvEr123"),
    ),
    case(
        "two entries and pages with one title",
        both(
            append(BIB, entry("zephyr2022wind", **ZEPHYR | {"title": "Slow rivers learn {BETTER}"})),
            write("papers/zephyr2022wind.md", page("Slow Rivers: Learn better")),
        ),
        Found("papers/zephyr2022wind.md", 6, "duplicate-paper", f"the title of {LAKE}", "merge them"),
        duplicate("lake2019slow", 14, "title"),
    ),
    case(
        "a second page for the paper of one entry",
        write("papers/moss2020loud.md", page("Quiet Gradients in Loud Rooms")),
        Found("papers/moss2020loud.md", 1, "missing-entry", "'moss2020loud' has no entry", "'@…{moss2020loud,'"),
        Found(MOSS, 7, "duplicate-paper", "the title of papers/moss2020loud.md", "a paper has one page"),
    ),
    case(
        "two entries without titles are not one paper",
        both(
            replace(BIB, "  title = {Quiet Gradients in Loud Rooms},\n", ""),
            replace(BIB, "  title = {Tall Trees for Small Data},\n", ""),
            replace(MOSS, "# Quiet Gradients in Loud Rooms", "# …"),
            replace(PINE, "# Tall Trees for Small Data", "# …"),
        ),
        Found(BIB, 22, "bibtex-field", "'moss2020quiet' lacks the field 'title'", "add 'title'"),
        Found(BIB, 30, "bibtex-field", "'pine2021tall' lacks the field 'title'", "add 'title'"),
    ),
]


@pytest.mark.parametrize("bad", SYNTAX + FIELDS + PAGES + TWICE)
def test_a_slip_in_the_bibliography_is_found_and_nothing_else(tiny, bad):
    bad.edit(tiny)
    assert_finds_exactly(tiny, bad.found)


def test_a_bibliography_may_stand_in_several_files(tiny):
    append(CONF, 'paperloom_bibliography = ["*.bib"]\n')(tiny)
    write("older.bib", entry("zephyr2022wind", **ZEPHYR))(tiny)
    write("papers/zephyr2022wind.md", page("A Wind in the Attic"))(tiny)
    assert_finds_exactly(tiny, ())


def test_words_between_entries_and_comments_are_no_problem(tiny):
    append(BIB, "\nA remark about kettles.\n\n@comment{not {an entry}}\n@string{jw = {Journal of Water}}\n")(tiny)
    assert_finds_exactly(tiny, ())
