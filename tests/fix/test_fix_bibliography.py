"""BibTeX files are sorted and their identifiers brought into normal form; every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paperloom.editing.bibliography_fixes import fix_bibliography
from paperloom.sources.bibliography import parse_bibliography


def entry(key, *fields, **more):
    lines = ["author = {Moss, Ivo}", "title = {On {Moss}}", "year = {2020}", *fields]
    return f"@misc{{{key},\n" + ",\n".join(f"  {line}" for line in lines) + "\n}\n"


def fix(text):
    fixed = fix_bibliography(text, "references.bib")
    again = fix_bibliography(fixed.text, "references.bib")
    assert again.text == fixed.text
    assert again.notes == ()
    assert bool(fixed.notes) == (fixed.text != text)
    return fixed.text


A, B, C = entry("a2020moss"), entry("b2020moss"), entry("c2020moss")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("% nothing\n", "% nothing\n"),
        (f"{A}\n{B}\n{C}", f"{A}\n{B}\n{C}"),
        (f"{C}\n{A}\n{B}", f"{A}\n{B}\n{C}"),
        (f"% The file.\n\n{B}\n{A}", f"% The file.\n\n{A}\n{B}"),
        (f"% of B\n{B}\n% of A\n{A}", f"% of A\n{A}\n% of B\n{B}"),
        (f"% The file.\n\n% of B\n{B}\n% of A\n\n{A}", f"% The file.\n\n% of A\n\n{A}\n% of B\n{B}"),
        (f"{B}{A}", f"{A}{B}"),
        (f"{B}\n\n\n{A}% the end\n", f"{A}\n\n\n{B}% the end\n"),
        (f"{B}\n{A.rstrip()}", f"{A}\n{B}"),
        ("\ufeff" + f"{B}\n{A}", "\ufeff" + f"{A}\n{B}"),
        (f"{B}\n{A}".replace("\n", "\r\n"), f"{A}\n{B}".replace("\n", "\r\n")),
    ],
)
def test_entries_are_sorted_and_take_their_comments_along(text, expected):
    assert fix(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@string{x = {Y}}\n" + entry("b2020moss", "note = x") + "@string{x = {Z}}\n" + entry("a2020moss", "note = x"),
        f"{B}\n{A}\n{B}",
        f"{B}\n@misc{{broken,\n  title = {{x\n\n{A}",
        f"{B}\n@misc{{a2020moss, title = }}\n",
    ],
)
def test_a_file_that_is_broken_or_gives_a_macro_two_meanings_is_not_sorted(text):
    assert fix(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["eprint = {2006.07733v3}", "archivePrefix = {arXiv}"], ["eprint = {2006.07733}", "archivePrefix = {arXiv}"]),
        (["eprint = {arXiv:2006.07733}"], ["eprint = {2006.07733}", "archivePrefix = {arXiv}"]),
        (["eprint = {math.AG/0601001v2}"], ["eprint = {math/0601001}", "archivePrefix = {arXiv}"]),
        (['eprint = "https://arxiv.org/pdf/2006.07733v1.pdf"'], ['eprint = "2006.07733"', "archivePrefix = {arXiv}"]),
        (
            ["url = {http://arxiv.org/pdf/2006.07733v2}"],
            ["eprint = {2006.07733}", "archivePrefix = {arXiv}", "url = {https://arxiv.org/abs/2006.07733}"],
        ),
        (
            ["eprint = {2006.07733}", "url = {https://arxiv.org/abs/2006.07733v2}"],
            ["eprint = {2006.07733}", "url = {https://arxiv.org/abs/2006.07733}"],
        ),
        (["doi = {https://doi.org/10.1109/ICIP.7}"], ["doi = {10.1109/ICIP.7}"]),
        (["doi = {doi:10.1109/ICIP.7}"], ["doi = {10.1109/ICIP.7}"]),
        (["doi = {http://dx.doi.org/10.1002/a%28b%29}"], ["doi = {10.1002/a(b)}"]),
        (
            ["url = {https://dx.doi.org/10.1109/ICIP.7}"],
            ["doi = {10.1109/ICIP.7}", "url = {https://doi.org/10.1109/ICIP.7}"],
        ),
        (["openreview = {https://openreview.net/forum?id=m1CD7tPubNy}"], ["openreview = {m1CD7tPubNy}"]),
        (["url = {https://example.org}", "doi = {10.1109/x}"], ["doi = {10.1109/x}", "url = {https://example.org}"]),
        (["note = {N}", "venue = {V}"], ["venue = {V}", "note = {N}"]),
    ],
)
def test_identifiers_get_their_normal_form_and_fields_their_order(before, after):
    assert fix(entry("a2020moss", *before)) == entry("a2020moss", *after)


@pytest.mark.parametrize(
    "fields",
    [
        ["eprint = {2006.07733}", "archivePrefix = {arXiv}", "doi = {10.1109/ICIP.7}", "url = {https://example.org/a}"],
        ["eprint = {hal-01234567}", "archivePrefix = {HAL}"],
        ["eprint = {not an id}"],
        ["doi = {10.1109/ICIP\\_7}"],
        ["doi = {https://doi.org/}"],
        ["eprint = {1905.00001}", "url = {https://arxiv.org/abs/2006.07733}"],
        ["url = {https://dl.acm.org/doi/10.1145/3530811}"],
        ["note = {arXiv:2006.07733v2}"],
        ["eprint = 2006 # {.07733v2}"],
        ["x-unknown = {a}", "another = {b}"],
    ],
)
def test_what_is_right_or_not_understood_stays(fields):
    text = entry("a2020moss", *fields)
    assert fix(text) == text


def test_odd_layout_stays_around_what_changes():
    text = '@MISC ( a2020moss ,\n\tauthor="Moss, Ivo" , title = {A {B}, C} ,\n year = 2020,eprint={2006.07733v2},\n)\n'
    fixed = fix(text)
    assert "2006.07733}" in fixed
    assert fixed.startswith(
        '@MISC ( a2020moss ,\n\tauthor="Moss, Ivo" , title = {A {B}, C} ,\n year = 2020,eprint={2006.07733}'
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_macros_between_entries_move_above_all_of_them(newline):
    macro, preamble = "@string{x = {Y {and} Z}}\n", '@preamble{"hm"}\n'
    text = f"% The file.\n\n{C}\n% of B\n{macro}{preamble}{B}\n% of A\n{entry('a2020moss', 'note = x')}"
    expected = f"% The file.\n\n{macro}{preamble}\n% of A\n{entry('a2020moss', 'note = x')}\n% of B\n{B}\n{C}"
    assert fix(text.replace("\n", newline)) == expected.replace("\n", newline)


def test_macros_of_the_file_are_known_to_the_entries_that_use_them():
    macro = "@string{cvpr = {Computer Vision}}\n\n"
    text = macro + entry("a2020moss", "eprint = {2006.07733v2}", "archivePrefix = {arXiv}", "note = cvpr")
    assert fix(text) == text.replace("v2", "")


def test_the_notes_name_lines_and_what_was_done():
    fixed = fix_bibliography(f"{B}\n{entry('a2020moss', 'eprint = {2006.07733v2}')}", "references.bib")
    assert fixed.notes == (
        (1, "the entries are sorted"),
        (7, "'a2020moss': eprint, archivePrefix in normal form"),
    )


FIELDS = st.sampled_from(
    [
        *("eprint = {2006.07733v2}", "eprint = {arXiv:1905.00001}", "archivePrefix = {arXiv}", "doi = {10.1/ab}"),
        *("doi = {https://doi.org/10.1000/AB}", "url = {https://arxiv.org/abs/2101.00001v3}", "venue = {V}"),
        *("url = {https://doi.org/10.1000/x}", "note = {a % b}", 'note = "{q}, r"', "note = {a} # {b}", "month = jan"),
    ]
)


@given(
    st.lists(st.tuples(st.sampled_from("abcdefg"), st.lists(FIELDS, max_size=4), st.sampled_from(["", "% c\n", "\n"])))
)
@settings(max_examples=150)
def test_any_file_says_the_same_afterwards(drawn):
    text = "".join(comment + entry(f"{key}2020moss", *fields) for key, fields, comment in drawn)
    fixed = fix(text)
    before, after = (parse_bibliography(source, "references.bib") for source in (text, fixed))
    assert before.references.keys() == after.references.keys()
    identifiers = {"eprint", "archiveprefix", "doi", "url"}
    for key, reference in before.references.items():
        kept = {pair for pair in reference.fields if pair[0].lower() not in identifiers}
        assert kept == {pair for pair in after.references[key].fields if pair[0].lower() not in identifiers}
        assert {name for name, _value in reference.fields} <= {name for name, _value in after.references[key].fields}
    if not {problem.subtype.value for problem in before.problems} & {"bibtex-duplicate", "bibtex-syntax"}:
        assert list(after.references) == sorted(after.references)
    assert sorted(line for line in text.splitlines() if line.startswith("%")) == sorted(
        line for line in fixed.splitlines() if line.startswith("%")
    )
