"""What ``paperloom check`` finds in topics, the archive, toctrees, and in what pages refer to."""

import pytest
from check_support import (
    CONF,
    KETTLE,
    LAKE,
    LATER_WEEK,
    PINE,
    WEEK,
    Found,
    append,
    assert_finds_exactly,
    both,
    case,
    rename,
    replace,
    write,
)

HEAT, NATURE, RIVERS, TREES, WIND = (f"topics/{slug}.md" for slug in ("heat", "nature", "rivers", "trees", "wind"))
MONTH, YEAR = "archive/2020-09.md", "archive/2021.md"

TOPICS = [
    case(
        "an unknown topic of a paper",
        replace(PINE, "[trees]", "[tree]"),
        Found(PINE, 3, "unknown-topic", "unknown topic 'tree'", "did you mean 'trees'"),
    ),
    case(
        "an unknown topic that is near no other",
        replace(KETTLE, "[heat, rivers]", "\n    - heat\n    - porcelain"),
        Found(KETTLE, 5, "unknown-topic", "unknown topic 'porcelain'", "add topics/porcelain.md"),
    ),
    case(
        "an unknown topic of an article",
        replace(WEEK, ":topics: heat, rivers", ":topics: heat, river"),
        Found(WEEK, 37, "unknown-topic", "unknown topic 'river'", "did you mean 'rivers'?"),
    ),
    case(
        "an unknown parent of a topic",
        replace(TREES, "parent: nature", "parent: natur"),
        Found(TREES, 3, "unknown-topic", "unknown topic 'natur'", "did you mean 'nature'?"),
    ),
    case(
        "a cycle of topics",
        replace(NATURE, "topic:\n", "topic:\n  parent: trees\n"),
        Found(NATURE, 3, "topic-cycle", "form a cycle: nature → trees → nature", "give one of them no parent"),
        Found(TREES, 3, "topic-cycle", "form a cycle: trees → nature → trees", "give one of them no parent"),
    ),
    case(
        "a topic that is its own parent",
        replace(WIND, "topic:\n", "topic:\n  parent: wind\n"),
        Found(WIND, 3, "topic-cycle", "form a cycle: wind → wind", "give one of them no parent"),
    ),
    case(
        "a topic on the third level",
        replace(WIND, "topic:\n", "topic:\n  parent: trees\n"),
        Found(WIND, 3, "topic-cycle", "the third level: wind → trees → nature", "give it the parent 'nature'"),
    ),
    case(
        "a topic named twice",
        replace(WIND, "# Wind", "# Warmth"),
        Found(WIND, 4, "alias-conflict", "the name 'Warmth' belongs to the topic 'heat' too", "keep it on one"),
    ),
    case(
        "another name of a topic that is a topic",
        replace(WIND, "topic:\n", "topic:\n  aliases: [storm, TREES]\n"),
        Found(WIND, 3, "alias-conflict", "the name 'TREES' belongs to the topic 'trees' too", "keep it on one"),
    ),
]

PLACES = [
    case(
        "a paper in the wrong folder",
        rename(LAKE, "topics/lake2019slow.md"),
        Found("topics/lake2019slow.md", 1, "file-name", "'paper' front matter stands in", "move it to papers/"),
    ),
    case(
        "a topic in no folder",
        both(rename(WIND, "wind.md"), replace("index.md", "weeks/index\n", "weeks/index\nwind\n")),
        Found("wind.md", 1, "file-name", "'topic' front matter stands in '.'", "move it to topics/"),
    ),
    case(
        "a topic without front matter",
        replace(WIND, "---\ntopic:\n---\n", ""),
        Found(WIND, 1, "front-matter", "has no 'topic' front matter", "start it with '---', 'topic:'"),
    ),
    case(
        "an archive page whose period is not its name",
        replace(YEAR, "period: 2021", "period: 2022"),
        Found(YEAR, 3, "file-name", "'2021' is not its period '2022'", "rename the file to 2022.md"),
    ),
    case(
        "an archive page whose period is none",
        replace(MONTH, '"2020-09"', "2020-13"),
        Found(MONTH, 3, "front-matter", "'2020-13' is neither a year nor a month", "2020 or 2020-09"),
    ),
    case(
        "an archive page without period",
        replace(YEAR, "archive:\n  period: 2021", "archive: {}"),
        Found(YEAR, 2, "front-matter", "'archive' lacks the field 'period'", "add 'period:'"),
    ),
    case(
        "an archive page whose period is a list",
        replace(YEAR, "period: 2021", "period: [2021]"),
        Found(YEAR, 3, "front-matter", "'archive.period' is [2021]", "string or integer"),
    ),
]

TOCTREES = [
    case(
        "a week in no toctree",
        replace("weeks/index.md", "????-w??", "2020-w??"),
        Found(LATER_WEEK, 1, "toctree", "in no toctree", "list it in the toctree of weeks/index.md"),
    ),
    case(
        "a page in no toctree",
        write("notes.md", "# Notes\n\nWater is wet.\n"),
        Found("notes.md", 1, "toctree", "in no toctree", "list it in the toctree of index.md"),
    ),
    case(
        "a page in no toctree of a folder without index",
        write("indexes/notes.md", "# Notes\n\nWater is wet.\n"),
        Found("indexes/notes.md", 1, "toctree", "in no toctree", "list it in the toctree of index.md"),
    ),
    case(
        "pages that only lead to each other",
        both(
            write("notes/index.md", "# Notes\n\n```{toctree}\nmore\n```\n"),
            write("notes/more.md", "# More\n\n```{toctree}\nindex\n```\n"),
        ),
        Found("notes/index.md", 1, "toctree", "in no toctree", "list it in the toctree of index.md"),
        Found("notes/more.md", 1, "toctree", "in no toctree", "list it in the toctree of notes/index.md"),
    ),
    case(
        "a toctree that names what does not exist",
        replace("index.md", "weeks/index\n", "weeks/index\nnowhere/index\n"),
        Found("index.md", 13, "toctree", "names 'nowhere/index', which does not exist", "correct or remove"),
    ),
    case(
        "a pattern in a toctree that has no glob",
        replace("topics/index.md", ":glob:\n", ""),
        Found(HEAT, 1, "toctree", "in no toctree", "of topics/index.md"),
        Found("topics/index.md", 9, "toctree", "names 'topics/*', which does not exist", "correct or remove"),
        *(Found(path, 1, "toctree", "in no toctree", "of topics/index.md") for path in (NATURE, RIVERS, TREES, WIND)),
    ),
    case(
        "a name among patterns that does not exist",
        replace("topics/index.md", "*\n", "*\nporcelain\n"),
        Found("topics/index.md", 11, "toctree", "names 'topics/porcelain', which does not exist", "correct or remove"),
    ),
]


def says(role: str):
    return replace(WIND, "about wind.", f"about\nwind, but {role}.")


TARGETS = [
    case(
        "an unknown paper",
        says("{paper}`kettles <ember2020ketle>`"),
        Found(WIND, 7, "unknown-paper", "unknown paper 'ember2020ketle'", "did you mean 'ember2020kettle'?"),
    ),
    case(
        "an unknown paper that is near no other",
        says("{paper}`zebra1999`"),
        Found(WIND, 7, "unknown-paper", "unknown paper 'zebra1999'", "the key of a paper that has a page"),
    ),
    case(
        "an unknown citation among others",
        says("{cite}`lake2019slow,zebra1999` and {cite:t}`ember2020kettle`"),
        Found(WIND, 7, "unknown-paper", "unknown citation 'zebra1999'", "write a key of the bibliography"),
    ),
    case(
        "an unknown week",
        says("{week}`2020-w39`"),
        Found(WIND, 7, "unknown-week", "unknown week '2020-w39'", "did you mean '2020-w38'"),
    ),
    case(
        "an unknown topic",
        says("{topic}`porcelain`"),
        Found(WIND, 7, "unknown-topic", "unknown topic 'porcelain'", "write a topic that has a page"),
    ),
    case(
        "an unknown article",
        says("{article}`the talk <2020-w38#steam>`"),
        Found(WIND, 7, "article", "unknown article '2020-w38#steam'", "or '2020-w38#steam-talk'?"),
    ),
    case(
        "an article without its week",
        says("{article}`zzz`"),
        Found(WIND, 7, "article", "unknown article 'zzz'", "write it as 2020-w38#id"),
    ),
    case(
        "an unknown paper in a heading",
        append(WIND, "\n## After {paper}`zebra1999`\n"),
        Found(WIND, 8, "unknown-paper", "unknown paper 'zebra1999'", "the key of a paper"),
    ),
    case(
        "an unknown paper in a table",
        append(WIND, "\n| From | To |\n|---|---|\n| north | south |\n| east | {paper}`zebra1999` |\n"),
        Found(WIND, 11, "unknown-paper", "unknown paper 'zebra1999'", "the key of a paper"),
    ),
    case(
        "an unknown paper in a directive",
        append(WIND, "\n```{note}\n:class: small\n\nSee\n{paper}`zebra1999`.\n```\n"),
        Found(WIND, 12, "unknown-paper", "unknown paper 'zebra1999'", "the key of a paper"),
    ),
    case(
        "an unknown paper in an article",
        replace(LATER_WEEK, "A walk that begins", "A walk, {paper}`zebra1999`, that begins"),
        Found(LATER_WEEK, 22, "unknown-paper", "unknown paper 'zebra1999'", "the key of a paper"),
    ),
]


@pytest.mark.parametrize("bad", TOPICS + PLACES + TOCTREES + TARGETS)
def test_a_slip_between_pages_is_found_and_nothing_else(tiny, bad):
    bad.edit(tiny)
    assert_finds_exactly(tiny, bad.found)


@pytest.mark.parametrize(
    "edit",
    [
        write("notes.md", "---\norphan: true\n---\n# Notes\n\nWater is wet.\n"),
        both(write("drafts/notes.md", "Water\n"), replace(CONF, '["_build"]', '("_build", "drafts")')),
        both(write("drafts/a/notes.md", "Water\n"), replace(CONF, '["_build"]', '["**/a"]')),
        write("_build/notes.md", "Water\n"),
        says("`{paper}zebra1999` and `zebra1999`"),
        append(WIND, "\n```\n{paper}`zebra1999`\n```\n\n```{code-block} text\n{paper}`zebra1999`\n```\n"),
        append(WIND, "\n% {paper}`zebra1999`\n"),
        replace("index.md", "weeks/index\n", "\nself\nIssues <weeks/index.md>\n/topics/../weeks/index\ngenindex\n"),
        replace("index.md", "weeks/index\n", "weeks/index\nElsewhere <https://example.org>\n"),
        replace(CONF, '["_build"]', "sorted({'a': []})\nother: list = []\nfirst.second = 1\nthird = {[]: 1}"),
        replace(CONF, '["_build"]', "sorted(folders)\nfolders = ['weeks']\nexclude_patterns = sorted(folders)"),
        write(CONF, "this is not Python ("),
    ],
)
def test_what_is_left_out_or_led_to_is_no_problem(tiny, edit):
    edit(tiny)
    assert_finds_exactly(tiny, ())


@pytest.mark.parametrize("other", ["guide.rst", "guide.ipynb"])
def test_documents_in_another_markup_may_be_listed_and_may_list_pages(tiny, other):
    replace("index.md", "weeks/index\n", "weeks/index\nguide\n")(tiny)
    write(other, "Guide\n=====\n\n.. toctree::\n\n   notes\n")(tiny)
    write("notes.md", "# Notes\n\nWater is wet.\n")(tiny)
    assert_finds_exactly(tiny, ())


def test_documents_in_another_markup_that_are_left_out_count_for_nothing(tiny):
    write("_build/guide.rst", "Guide\n")(tiny)
    replace("index.md", "weeks/index\n", "weeks/index\n_build/guide\n")(tiny)
    assert_finds_exactly(
        tiny, (Found("index.md", 13, "toctree", "names '_build/guide', which does not exist", "correct"),)
    )


def test_only_two_stars_in_a_pattern_cross_folders(tiny):
    write("drafts/notes.md", "# Notes\n")(tiny)
    replace(CONF, '["_build"]', '["d*.md"]')(tiny)
    assert_finds_exactly(tiny, (Found("drafts/notes.md", 1, "toctree", "in no toctree", "of index.md"),))


def test_a_toctree_with_patterns_does_not_list_its_own_page(tiny):
    replace("index.md", "topics/index\n", "")(tiny)
    replace("topics/index.md", "*\n", "*\n../topics/*\n")(tiny)
    expected = [
        Found(f"topics/{name}.md", 1, "toctree", "in no toctree", "list it in the toctree of")
        for name in ("heat", "index", "nature", "rivers", "trees", "wind")
    ]
    assert_finds_exactly(tiny, tuple(expected))
