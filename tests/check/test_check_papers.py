"""What ``paperloom check`` finds in front matter and on the pages of papers."""

import pytest
from check_support import (
    BIB,
    KETTLE,
    LAKE,
    LATER_WEEK,
    MOSS,
    PINE,
    WEEK,
    Found,
    append,
    assert_finds_exactly,
    both,
    case,
    copy_of_tiny,
    problems,
    replace,
    write,
)

MOSS_TOPICS = "  topics: [rivers]\n"
MOSS_TLDR = "  tldr: Gradients can be heard when the room is silent.\n"
MOSS_FRONT = f"---\npaper:\n{MOSS_TOPICS}{MOSS_TLDR}  links: {{talk: https://example.org/talk}}\n---\n"

FRONT_MATTER = [
    case(
        "front matter that is not YAML",
        replace(KETTLE, "tldr: KettleNet removes", "tldr: KettleNet: removes"),
        Found(KETTLE, 4, "front-matter", "the front matter is not YAML", "quote text that holds a colon"),
    ),
    case(
        "front matter that is not YAML on a week",
        replace(LATER_WEEK, "starts: 2021-01-31", "starts: [2021-01-31"),
        Found(LATER_WEEK, 4, "front-matter", "the front matter is not YAML", "quote text"),
    ),
    case(
        "front matter that is not closed",
        replace("topics/wind.md", "topic:\n---\n", "topic:\n"),
        Found("topics/wind.md", 1, "front-matter", "not closed", "end it with a line '---'"),
    ),
    case(
        "front matter that is a list",
        replace("topics/wind.md", "topic:\n", "- topic\n"),
        Found("topics/wind.md", 2, "front-matter", "not a mapping", "'key: value'"),
    ),
    case(
        "front matter that contains itself",
        replace(LAKE, "[SlowRiver]", "&all [*all]"),
        Found(LAKE, 5, "front-matter", "the front matter is not YAML", "quote text that holds"),
    ),
    case(
        "a page of a paper without front matter",
        replace(MOSS, MOSS_FRONT, ""),
        Found(MOSS, 1, "front-matter", "has no 'paper' front matter", "start it with '---', 'paper:'"),
    ),
    case(
        "a page with the front matter of two kinds",
        replace(MOSS, "\n---\n#", "\ntopic:\n---\n#"),
        Found(MOSS, 6, "front-matter", "both 'paper' and 'topic'", "of one kind"),
    ),
    case(
        "fields that are missing are all named",
        both(replace(MOSS, MOSS_TOPICS, ""), replace(MOSS, MOSS_TLDR, "")),
        Found(MOSS, 2, "front-matter", "'paper' lacks the field 'tldr'", "add 'tldr:'"),
        Found(MOSS, 2, "front-matter", "'paper' lacks the field 'topics'", "add 'topics:'"),
    ),
    case(
        "a field of the wrong type",
        replace(MOSS, "topics: [rivers]", "topics: rivers"),
        Found(MOSS, 3, "front-matter", "'paper.topics' is \"rivers\"", "write a list [a, b]"),
    ),
    case(
        "a field that stands twice",
        replace(MOSS, MOSS_TLDR, MOSS_TLDR + MOSS_TLDR),
        Found(MOSS, 5, "front-matter", "the field 'tldr' stands twice", "keep one"),
    ),
    case(
        "a list that is empty",
        replace(MOSS, "topics: [rivers]", "topics: []"),
        Found(MOSS, 3, "front-matter", "'paper.topics' is empty", "fill it in"),
    ),
    case(
        "an unknown field",
        replace(MOSS, "  links: {", "  link: {"),
        Found(MOSS, 5, "unknown-field", "unknown field 'link'", "did you mean 'links'?"),
    ),
    case(
        "an unknown key beside the kind",
        replace(MOSS, "\n---\n#", "\nhtml_metadata: {}\n---\n#"),
        Found(MOSS, 6, "unknown-field", "unknown field 'html_metadata'", "did you mean 'html_meta'?"),
    ),
    case(
        "an unknown field that is near no other",
        replace(MOSS, "  links: {", "  qqq: {"),
        Found(MOSS, 5, "unknown-field", "unknown field 'qqq'", "one of aliases, code, draft, links"),
    ),
    case(
        "a day of reading that is none",
        replace(KETTLE, "on: 2020-09-20", "on: 2020-09-31"),
        Found(KETTLE, 8, "front-matter", "'paper.read.on' is \"2020-09-31\", not a day", "2020-09-13"),
    ),
    case(
        "a revision on a day that is none",
        replace(MOSS, MOSS_TLDR, f"{MOSS_TLDR}  revised: {{on: 2021-02-30, what: The rooms.}}\n"),
        Found(MOSS, 5, "front-matter", "'paper.revised.on' is \"2021-02-30\", not a day", "2020-09-13"),
    ),
    case(
        "a revision that does not say what changed",
        replace(MOSS, MOSS_TLDR, f"{MOSS_TLDR}  revised: {{on: 2021-02-20}}\n"),
        Found(MOSS, 5, "front-matter", "'paper.revised' lacks the field 'what'", "add 'what:'"),
    ),
    case(
        "a revision that says nothing",
        replace(MOSS, MOSS_TLDR, f"{MOSS_TLDR}  revised: {{on: 2021-02-20, what: ' '}}\n"),
        Found(MOSS, 5, "front-matter", "'paper.revised.what' is blank", "fill it in"),
    ),
    case(
        "a revision before the issue of the paper",
        replace(MOSS, MOSS_TLDR, f"{MOSS_TLDR}  revised:\n    on: 2020-09-12\n    what: The rooms.\n"),
        Found(
            MOSS, 6, "front-matter", "before its issue 2020-w38, which starts on 2020-09-13", "the day of the change"
        ),
    ),
    case(
        "an address in front matter that is not http",
        replace(MOSS, "https://example.org/talk", "example.org/talk"),
        Found(MOSS, 5, "url", "'paper.links.talk' is \"example.org/talk\", not a web address", "http or https"),
    ),
    case(
        "an address of code that is not http",
        replace(KETTLE, "https://github.com/example/kettle", "git@github.com:example/kettle"),
        Found(KETTLE, 6, "url", "'paper.code' is \"git@github.com:example/kettle\"", "http or https"),
    ),
]

SECTIONS = [
    case(
        "a section that is missing",
        replace(MOSS, "## Results\n\nThree rooms were tried.\n\n", ""),
        Found(MOSS, 1, "section", "the section 'Results' is missing", "add '## Results'"),
    ),
    case(
        "a section that is spelt in another way",
        replace(MOSS, "## Results", "## Result"),
        Found(MOSS, 1, "section", "'Results' is missing", "add '## Results' (is 'Result' meant for it?)"),
    ),
    case(
        "an empty section",
        replace(MOSS, "Three rooms were tried.\n\n", ""),
        Found(MOSS, 17, "section", "the section 'Results' is empty", "write it"),
    ),
    case(
        "a section that only holds comments",
        replace(MOSS, "Three rooms were tried.", "<!-- to be written -->\n\n% to be written"),
        Found(MOSS, 17, "section", "the section 'Results' is empty", "write it"),
    ),
    case(
        "sections out of order",
        both(
            replace(MOSS, "## Results", "## Limits of the room"),
            replace(MOSS, "## Limits\n", "## Results\n"),
            replace(MOSS, "## Limits of the room", "## Limits"),
        ),
        Found(MOSS, 9, "section", "out of order", "order: Why it matters, How it works, Results, Limits"),
    ),
]

TITLES = [
    case(
        "a title that disagrees with the entry",
        replace(MOSS, "# Quiet Gradients in", "# Silent Gradients in"),
        Found(MOSS, 7, "title", "'Silent Gradients in Loud Rooms', the entry's is 'Quiet", "at references.bib:22"),
    ),
    case(
        "a page without a title",
        replace(MOSS, "# Quiet Gradients in Loud Rooms\n", ""),
        Found(MOSS, 7, "title", "the page has no title", "add a line '# Title'"),
    ),
    case(
        "a second title",
        append(MOSS, "\n# Loud Gradients\n"),
        Found(MOSS, 25, "title", "a second title: 'Loud Gradients'", "use '##'"),
    ),
    case(
        "a TL;DR that is too long",
        replace(MOSS, "Gradients can be heard", "Gradients " + "really " * 50 + "can be heard"),
        Found(MOSS, 4, "tldr", "the TL;DR has 397 characters", "280 or fewer"),
    ),
]

MARKUP = [
    case(
        "raw HTML",
        append(MOSS, "\n<div>\nA box.\n</div>\n"),
        Found(MOSS, 25, "markup", "raw HTML on a paper page", "write Markdown"),
    ),
    case(
        "raw HTML within a paragraph",
        replace(MOSS, "Only one listener.", "Only\none\n<b>listener</b>."),
        Found(MOSS, 25, "markup", "raw HTML on a paper page", "write Markdown"),
    ),
    case(
        "raw HTML within a directive",
        append(MOSS, "\n:::{note}\nMind the\n<kbd>step</kbd>.\n:::\n"),
        Found(MOSS, 27, "markup", "raw HTML on a paper page", "write Markdown"),
    ),
    case(
        "embedded reStructuredText",
        append(MOSS, "\n```{eval-rst}\n.. note:: Hello\n```\n"),
        Found(MOSS, 25, "markup", "the directive 'eval-rst' on a paper page", "write Markdown"),
    ),
    case(
        "a raw directive",
        append(MOSS, "\n```{raw} html\n<b>Hello</b>\n```\n"),
        Found(MOSS, 25, "markup", "the directive 'raw' on a paper page", "write Markdown"),
    ),
]

NAMES = [
    case(
        "an alias claimed by two papers",
        replace(PINE, "[TallTree]", "[TallTree, SlowRiver]"),
        Found(PINE, 5, "alias-conflict", "'SlowRiver' is claimed by 'lake2019slow' too", f"the other is {LAKE}"),
    ),
    case(
        "aliases that cannot be found in text",
        replace(PINE, "[TallTree]", "[TallTree, T, '+++']"),
        Found(PINE, 5, "alias-dead", "the alias '+++' is too short", "remove it"),
        Found(PINE, 5, "alias-dead", "the alias 'T' is too short", "remove it"),
    ),
    case(
        "a relation to an unknown paper",
        replace(KETTLE, "[lake2019slow]", "[lake2019slow, lake2019sloe]"),
        Found(KETTLE, 7, "unknown-paper", "'extends' names the unknown paper 'lake2019sloe'", "mean 'lake2019slow'?"),
    ),
    case(
        "a relation of a paper to itself",
        replace(KETTLE, "[lake2019slow]", "[ember2020kettle]"),
        Found(KETTLE, 7, "unknown-paper", "the paper is related to itself ('extends')", "remove it"),
    ),
    case(
        "an unknown relation",
        replace(KETTLE, "{extends:", "{extend:"),
        Found(KETTLE, 7, "unknown-field", "unknown field 'extend'", "did you mean 'extends'?"),
    ),
    case(
        "relations that are no lists",
        replace(KETTLE, "{extends: [lake2019slow]}", "{extends: lake2019slow}"),
        Found(KETTLE, 7, "front-matter", "'paper.relations.extends' is \"lake2019slow\"", "a list"),
    ),
]


@pytest.mark.parametrize("bad", FRONT_MATTER + SECTIONS + TITLES + MARKUP + NAMES)
def test_a_slip_on_the_page_of_a_paper_is_found_and_nothing_else(tiny, bad):
    bad.edit(tiny)
    assert_finds_exactly(tiny, bad.found)


@pytest.mark.parametrize(
    "edit",
    [
        replace(MOSS, "Three rooms were tried.", "- Three rooms."),
        replace(MOSS, "Three rooms were tried.", "| Room | Sound |\n|---|---|\n| 1 | low |"),
        replace(MOSS, "Three rooms were tried.", "    rooms = 3"),
        replace(MOSS, "Three rooms were tried.", ":::{note}\nThree rooms.\n:::"),
        replace(MOSS, "Three rooms were tried.", "### In the cellar\n\nThree rooms."),
        replace(MOSS, "## Limits", "## Costs\n\nNone.\n\n## Limits"),
        replace(MOSS, "Only one listener.", "<!-- A remark -->\nOnly one <!-- small --> listener."),
        replace(MOSS, "# Quiet Gradients in Loud Rooms", "# Quiet *gradients* in loud rooms"),
        replace(BIB, "{Quiet Gradients in Loud Rooms}", "{{Quiet} {G}radients in {\\emph{Loud}} Rooms}"),
        replace(MOSS, "\n---\n#", "\nhtml_meta: {}\n---\n#"),
        replace(MOSS, MOSS_TLDR, f"  tldr: {'a' * 280}\n  aliases: [Q5]\n"),
        append(WEEK, "\n<b>Only pages of papers are strict.</b>\n"),
        replace(MOSS, MOSS_TLDR, f"{MOSS_TLDR}  revised: {{on: 2020-09-13, what: The rooms.}}\n"),
        replace(LAKE, "paper:\n", "paper:\n  revised: {on: 1999-01-01, what: The river.}\n"),
    ],
    ids=[
        "list",
        "table",
        "code",
        "colons",
        "heading",
        "more sections",
        "comments",
        "emphasis",
        "LaTeX",
        "MyST",
        "longest TL;DR and shortest alias",
        "week",
        "revised on the first day of its issue",
        "a background paper that was revised",
    ],
)
def test_other_ways_to_write_a_page_are_no_problem(tiny, edit):
    edit(tiny)
    assert_finds_exactly(tiny, ())


def test_a_paper_that_no_week_features_needs_no_sections(tiny):
    replace(LATER_WEEK, "pine2021tall\n", "")(tiny)
    write(PINE, (tiny / PINE).read_text(encoding="utf-8").partition("\n## ")[0] + "\n")(tiny)
    assert_finds_exactly(tiny, ())


def test_many_slips_are_reported_in_one_run(tmp_path):
    singles = [FRONT_MATTER[0], SECTIONS[0], TITLES[2], NAMES[0]]
    root = copy_of_tiny(tmp_path / "all")
    expected = []
    for single in (parameter.values[0] for parameter in singles):
        single.edit(root)
        expected += [(one.path, one.subtype) for one in single.found]
    assert sorted((one.path, one.subtype.value) for one in problems(root)) == sorted(expected)
