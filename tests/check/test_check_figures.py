"""What ``paperloom check`` finds about pictures."""

import pytest
from check_support import KETTLE, Found, append, assert_finds_exactly, both, case, copy_of_tiny, write

from tests.drawing import DRAWING

SVG = "figures/ember2020kettle.svg"
OTHER = "figures/lake2019slow.svg"
WHOLE = "\n```{paper-figure} /figures/ember2020kettle.svg\n:alt: A kettle.\n:origin: Drawn.\nWhat to see.\n```\n"
LINE = 28


def figure(text, drawing=DRAWING):
    return both(append(KETTLE, text), write(SVG, drawing))


CASES = [
    case("a whole figure", figure(WHOLE)),
    case("a figure found from its page", figure(WHOLE.replace("/figures/", "../figures/"))),
    case(
        "a second drawing of a paper",
        both(
            figure(WHOLE + WHOLE.replace("kettle.svg", "kettle-lid.svg")),
            write("figures/ember2020kettle-lid.svg", DRAWING),
        ),
    ),
    case(
        "no alternative text",
        figure(WHOLE.replace(":alt: A kettle.\n", "")),
        Found(KETTLE, LINE, "figure", "lacks its 'alt'", "':alt:'"),
    ),
    case(
        "an empty origin",
        figure(WHOLE.replace(" Drawn.", "")),
        Found(KETTLE, LINE, "figure", "lacks its 'origin'", "':origin:'"),
    ),
    case(
        "no caption",
        figure(WHOLE.replace("What to see.\n", "")),
        Found(KETTLE, LINE, "figure", "lacks its caption", "what to see"),
    ),
    case(
        "a picture that is not there",
        figure(WHOLE.replace("/figures/ember2020kettle.svg", "/figures/ember2020kettel.svg")),
        Found(SVG, 1, "figure-unused", "no page shows", "or delete it"),
        Found(KETTLE, LINE, "figure", "no picture '/figures/ember2020kettel.svg'", "'/figures/ember2020kettle.svg'"),
    ),
    case(
        "the drawing of another paper",
        both(
            append(KETTLE, WHOLE.replace("ember2020kettle", "lake2019slow")), write("figures/lake2019slow.svg", DRAWING)
        ),
        Found(KETTLE, LINE, "figure", "shows '/figures/lake2019slow.svg'", "ember2020kettle.svg"),
    ),
    case(
        "a picture in Markdown",
        append(KETTLE, "\nSee ![a kettle](kettle.png).\n"),
        Found(KETTLE, LINE, "figure", "without caption and origin", "paper-figure"),
    ),
    case(
        "a picture in a heading's paragraph of another page",
        append("index.md", "\nText\n![](kettle.png)\n"),
        Found("index.md", 20, "figure", "without caption and origin", "paper-figure"),
    ),
    case(
        "the directive image",
        append(KETTLE, "\n```{image} kettle.png\n```\n"),
        Found(KETTLE, LINE, "figure", "without caption and origin", "paper-figure"),
    ),
    case(
        "the directive figure with colons",
        append(KETTLE, "\n:::{figure} kettle.png\nA caption.\n:::\n"),
        Found(KETTLE, LINE, "figure", "without caption and origin", "paper-figure"),
    ),
    case(
        "a drawing that runs something",
        figure(WHOLE, DRAWING.replace("<rect", "<script/>\n<rect")),
        Found(SVG, 2, "drawing", "the element 'script'", "use "),
    ),
    case(
        "a drawing that nobody shows",
        write("figures/kettle.svg", DRAWING),
        Found("figures/kettle.svg", 1, "figure-unused", "no page shows", "delete it"),
    ),
]


@pytest.mark.parametrize("found", CASES)
def test_pictures(found, tmp_path):
    root = copy_of_tiny(tmp_path / "tiny")
    found.edit(root)

    assert_finds_exactly(root, found.found)
