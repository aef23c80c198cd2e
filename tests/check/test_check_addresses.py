"""Addresses: no published one gets lost, and none is claimed twice."""

from __future__ import annotations

from check_support import LAKE, MOSS, PINE, Found, assert_finds_exactly, both, problems, remove, rename, replace, write
from paperloom.sources.published_addresses import read_addresses, with_addresses

ADDRESSES = "addresses.txt"
NAMES = [
    "archive/2020", "archive/2020-09", "archive/2021", "archive/index", "index", "indexes/names", "indexes/papers",
    "papers/ember2020kettle", "papers/lake2019slow", "papers/moss2020quiet", "papers/pine2021tall", "topics/heat",
    "topics/index", "topics/nature", "topics/rivers", "topics/trees", "topics/wind", "weeks/2020-w38",
    "weeks/2021-w06", "weeks/index",
]  # fmt: skip
LISTED = write(ADDRESSES, with_addresses("", NAMES))
MOVED = both(
    LISTED, rename("indexes/names.md", "indexes/people.md"), replace("index.md", "indexes/names", "indexes/people")
)


def lines_of(root, name):
    return [line for listed, line in read_addresses((root / ADDRESSES).read_text(encoding="utf-8")) if listed == name]


def test_a_knowledge_base_without_a_list_is_not_asked_for_one(tiny):
    assert problems(tiny) == []


def test_a_list_of_all_pages_is_complete(tiny):
    LISTED(tiny)
    assert_finds_exactly(tiny, ())


def test_a_page_that_was_renamed_without_saying_so_is_an_error(tiny):
    MOVED(tiny)
    (line,) = lines_of(tiny, "indexes/names")
    remedy = "add 'former: [indexes/names]' to the front matter of the page that took its place"
    assert_finds_exactly(
        tiny,
        (
            Found(ADDRESSES, line, "lost-address", "'indexes/names' leads nowhere", remedy),
            Found("indexes/people.md", 1, "unlisted-address", "not in addresses.txt yet", "--fix", "warning"),
        ),
    )


def test_a_page_that_says_how_it_was_called_keeps_the_address(tiny):
    both(MOVED, replace("indexes/people.md", "# ", "---\nformer: [indexes/names]\n---\n# "))(tiny)
    assert [problem.subtype.value for problem in problems(tiny)] == ["unlisted-address"]


def test_a_page_that_was_deleted_is_an_error_until_another_takes_its_address(tiny):
    both(LISTED, remove("topics/wind.md"))(tiny)
    (line,) = lines_of(tiny, "topics/wind")
    assert_finds_exactly(
        tiny, (Found(ADDRESSES, line, "lost-address", "'topics/wind' leads nowhere", "bring the page back"),)
    )
    replace("topics/heat.md", "---\ntopic:", "---\nformer: [topics/wind]\ntopic:")(tiny)
    assert_finds_exactly(tiny, ())


def test_a_former_name_of_a_page_that_is_there_is_an_error(tiny):
    replace(MOSS, "---\npaper:", "---\nformer: [papers/lake2019slow]\npaper:")(tiny)
    message = "the former name 'papers/lake2019slow' is that of a page"
    assert_finds_exactly(tiny, (Found(MOSS, 2, "former-name", message, "remove it here"),))


def test_a_page_that_sphinx_makes_is_no_former_name(tiny):
    replace(MOSS, "---\npaper:", "---\nformer: [search]\npaper:")(tiny)
    assert_finds_exactly(tiny, (Found(MOSS, 2, "former-name", "'search' is that of a page", "remove it here"),))


def test_two_pages_cannot_have_had_one_name(tiny):
    for page in (LAKE, PINE):
        replace(page, "---\npaper:", "---\nformer:\n  - papers/elm2019old\npaper:")(tiny)
    message = "claimed by papers/lake2019slow.md"
    assert_finds_exactly(tiny, (Found(PINE, 3, "former-name", message, "keep it on one of the pages"),))


def test_a_former_name_is_the_name_of_a_document(tiny):
    replace(MOSS, "---\npaper:", "---\nformer: [../moss.html]\npaper:")(tiny)
    remedy = "write folder and name without a suffix"
    assert_finds_exactly(tiny, (Found(MOSS, 2, "front-matter", "not the name of a page", remedy),))


def test_a_list_that_two_branches_changed_is_put_in_order_again():
    text = "# Note\nb\na\nb\n"
    assert with_addresses(text, ["c"]) == "# Note\na\nb\nc\n"
    assert with_addresses("# Note\na\nb\n", ["a"]) == "# Note\na\nb\n"
