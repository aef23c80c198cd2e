"""What a drawing may hold, and what the classes of drawings look like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.model.palette import ACCENTS, PALETTE
from paperloom.sources.drawings import parse_drawing, read_drawing

from tests.conftest import ROOT
from tests.drawing import DRAWING

STYLE_SHEET = (ROOT / "ext/paperloom/static/paperloom.css").read_text(encoding="utf-8")
SHAPE = '<rect class="figure-a" fill="#dcebf9" stroke="#0b62a8" x="10" y="10" width="90" height="40" rx="6"/>'
PAGE = {"light": (255, 255, 255), "dark": (0x13, 0x14, 0x16)}


def test_a_drawing_becomes_markup_that_replaces_itself_by_words():
    drawing, problems = parse_drawing(DRAWING, "a.svg")

    assert problems == []
    markup = drawing.markup('A "kettle" & more', css_class="loom-drawing")
    assert markup.startswith('<svg viewBox="0 0 400 200" role="img"')
    assert 'class="loom-drawing" aria-label="A &quot;kettle&quot; &amp; more">' in markup
    assert SHAPE.replace("/>", "></rect>") in markup
    assert ">kettle &amp; lid</text>" in markup
    assert markup.endswith("</text></svg>")


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "the element 'script'"),
        ("<style>rect { fill: red }</style>", "the element 'style'"),
        ("<foreignObject/>", "the element 'foreignObject'"),
        ("<image/>", "the element 'image'"),
        ('<a href="https://example.org"/>', "the element 'a'"),
        ("<use/>", "the element 'use'"),
        ("<svg/>", "the element 'svg'"),
        ('<g onclick="alert(1)"/>', "the attribute 'onclick' of 'g'"),
        ('<g id="a"/>', "the attribute 'id' of 'g'"),
        ('<g style="fill: red"/>', "the attribute 'style' of 'g'"),
        ('<g viewBox="0 0 400 200"/>', "the attribute 'viewBox' of 'g'"),
        ('<g fill="url(#a)"/>', "'fill' of 'g' is 'url(#a)'"),
        ('<g transform="matrix(1 0 0 1 0 0)"/>', "'transform' of 'g' is 'matrix(1 0 0 1 0 0)'"),
        ('<g fill="#ffffff"/>', "'fill' without a class"),
        ('<g class="figure-z"/>', "the class 'figure-z'"),
        ('<g class="figure-a"/>', "the class 'figure-a' without its colors"),
        ('<rect width="4" height="4"/>', "'rect' has no color"),
        ('<g class="figure-a" fill="#dcebf9" stroke="#0b62a8"><text>a</text></g>', "text without a class of text"),
        ('<g font-size="9"/>', "text of size 9"),
        ("words", "'words' outside of 'text'"),
        ("<?php echo 1 ?>", "the instruction 'php' in a drawing"),
        ("<g>", "not XML: mismatched tag"),
        ('<g xmlns:x="y" x:href="z"/>', "the attribute 'xmlns:x' of 'g'"),
    ],
)
def test_what_may_not_stand_in_a_page_is_named_with_its_line(inside, message):
    drawing, problems = parse_drawing(DRAWING.replace(SHAPE, inside), "figures/a.svg")

    assert drawing is None
    first = problems[0]
    assert (first.path, first.subtype.value) == ("figures/a.svg", "drawing")
    assert first.message == message
    assert first.line == (4 if "mismatched" in message else 2)
    assert first.remedy


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('viewBox="0 0 400 200"', 'viewBox="0 0 640 200"', "'viewBox' of 'svg' is '0 0 640 200'"),
        ('viewBox="0 0 400 200"', 'viewBox="0 0 400 900"', "the drawing is 900 high"),
        (' role="img"', "", "'svg' lacks 'role'"),
        ("<svg ", '<!DOCTYPE svg [<!ENTITY a "a">]>\n<svg ', "a document type in a drawing"),
        ("kettle", "kettle" * 2500, "the drawing has 15319 bytes"),
        ("<svg ", "<html>", "the element 'html'"),
    ],
)
def test_the_frame_of_a_drawing_is_the_same_everywhere(old, new, message):
    drawing, problems = parse_drawing(DRAWING.replace(old, new), "a.svg")

    assert drawing is None
    assert problems[0].message == message


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path):
    (tmp_path / "a.svg").write_bytes(b"\xff")

    assert read_drawing(tmp_path / "a.svg", "a.svg")[1][0].subtype.value == "encoding"
    assert "cannot be read" in read_drawing(tmp_path / "b.svg", "b.svg")[1][0].message


@given(st.text(alphabet='<>/="& abgsvtexrc#:?!-\n0'), st.integers(0, len(DRAWING)))
def test_no_input_is_more_than_a_problem(text, place):
    parse_drawing(text, "a.svg")
    drawing, problems = parse_drawing(DRAWING[:place] + text + DRAWING[place:], "a.svg")
    assert (drawing is None) == bool(problems)


def variables(block):
    return dict(re.findall(r"--(figure-[\w-]+): (#[0-9a-f]{6});", block))


def schemes():
    light, dark, preferred = (
        variables(STYLE_SHEET.split(start, 1)[1].split("}", 1)[0])
        for start in (":root {", 'body[data-theme="dark"] {', 'body:not([data-theme="light"]) {')
    )
    assert dark == preferred
    return {"light": light, "dark": dark}


def luminance(color):
    channels = [value / 255 for value in color]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def rgb(color):
    return tuple(bytes.fromhex(color.removeprefix("#")))


def test_the_colors_in_the_files_are_those_of_the_light_scheme():
    light = schemes()["light"]

    assert {name: (light[f"figure-{name}-tint"], light[f"figure-{name}"]) for name in ACCENTS} == ACCENTS
    for css_class in PALETTE:
        rules = [
            body
            for names, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE_SHEET)
            if f".{css_class}" in [name.strip() for name in names.split(",")]
        ]
        (rule,) = rules
        found = tuple(
            light[value[6:-1]] if value.startswith("var(--") else value
            for value in (re.search(rf"{name}: ([^;]+);", rule)[1] for name in ("fill", "stroke"))
        )
        assert found == PALETTE[css_class], css_class


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_lines_are_legible_in_both_schemes(scheme):
    colors = {name: rgb(color) for name, color in schemes()[scheme].items()}
    areas = [PAGE[scheme], colors["figure-box"], *(colors[f"figure-{name}-tint"] for name in ACCENTS)]

    for words in ("figure-ink", "figure-muted"):
        assert all(contrast(colors[words], area) >= 4.5 for area in areas), words
    for name in ACCENTS:
        for area in (PAGE[scheme], colors["figure-box"], colors[f"figure-{name}-tint"]):
            assert contrast(colors[f"figure-{name}"], area) >= 4.5, name
    assert contrast(colors["figure-line"], PAGE[scheme]) >= 3
