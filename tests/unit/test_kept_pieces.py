from hypothesis import given, settings
from hypothesis import strategies as st
from paperloom.sources.bibliography import Bibliography, add_pieces, parse_bibliography
from paperloom.sources.kept_pieces import parse_again

PARTS = [
    "% a comment that stands alone\n",
    "@misc{lake2019slow,\n  author = {Lake, Céline},\n  title = {Slow {W}ater},\n  year = {2019}\n}\n\n",
    "@misc{lake2019slow,\n  author = {Lake, Cécile},\n  title = {Slow {W}ater},\n  year = {2019}\n}\n\n",
    "@misc{pine2021tall,\n  author = {Pine, Ana},\n  title = {Tall},\n  year = mar\n}\n",
    "@article{oak2020old,\n  title = {No author},\n  year = {20}\n}\n",
    "@string{mar = {2003}}\n",
    "@string{forest = {Trees}}\n",
    "@misc{elm2022new,\n  author = {Elm, Bo},\n  title = forest,\n  year = {2022}\n}\n",
    "@misc{open2020brace,\n  title = {{Open},\n}\n",
    "@comment{ nothing }\n",
]
FILES = st.lists(st.sampled_from(PARTS), max_size=7).map("".join)


def everything(bibliography):
    places = [(entry.path, entry.line) for entry in bibliography.references.values()]
    return bibliography.references, places, bibliography.problems, bibliography.unreadable


@given(FILES, FILES)
@settings(max_examples=300, deadline=None)
def test_a_file_that_changed_says_what_it_says_when_it_is_parsed_whole(before, after):
    again = Bibliography()
    kept = parse_again(after, "references.bib", parse_again(before, "references.bib", ()))
    add_pieces([each.piece for each in kept], again)
    assert everything(again) == everything(parse_bibliography(after, "references.bib"))


def test_entries_that_are_the_same_are_not_parsed_again():
    before = parse_again(PARTS[1] + PARTS[3], "references.bib", ())
    after = parse_again(PARTS[0] + PARTS[1] + PARTS[4] + PARTS[3], "references.bib", before)
    same, other = (next(each for each in kept if "lake2019slow" in str(each.piece)) for kept in (before, after))
    assert same.piece.references[0].authors is other.piece.references[0].authors
    assert (same.line, other.line) == (1, 2)
