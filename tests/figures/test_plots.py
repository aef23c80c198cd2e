"""The computed drawings in ``docs/figures`` are what their formulas give, and the tools do what they say."""

import pytest

from figures.axes import Panel, Plot, number, samples
from figures.colors import DRAWINGS, with_colors
from figures.plots import drawings
from figures.preview import page
from tests.drawing import DRAWING


@pytest.mark.parametrize("path", drawings(), ids=lambda path: path.stem)
def test_a_computed_drawing_is_what_its_formula_gives(path):
    assert path.read_text(encoding="utf-8") == drawings()[path], "run 'python -m figures.plots'"


def test_the_colors_of_all_drawings_stand_beside_their_classes():
    for path in DRAWINGS.glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert with_colors(text) == text, "run 'python -m figures.colors'"


def test_colors_replace_older_ones_and_leave_unknown_classes_alone():
    bare = '<g class="figure-a"/><g class="figure-ink" fill="#000000" stroke="none" x="1"/><g class="other"/>'

    assert with_colors(bare) == (
        '<g class="figure-a" fill="#dcebf9" stroke="#0b62a8"/>'
        '<g class="figure-ink" fill="#1f2328" stroke="none" x="1"/><g class="other"/>'
    )


def test_a_panel_puts_data_into_its_rectangle():
    panel = Panel(10, 20, 110, 70, x=(0, 2), y=(-1, 1))

    assert panel.at(0, -1) == (10, 70)
    assert panel.at(2, 1) == (110, 20)
    assert panel.path(samples(lambda x: x - 1, 0, 2, 2), close=True) == "M10 70L60 45L110 20Z"


def test_numbers_are_short():
    assert [number(value) for value in (3.0, 2.25, -0.01, 10.96)] == ["3", "2.2", "0", "11"]


def test_words_of_a_plot_are_escaped():
    plot = Plot(height=200)
    plot.text(1, 2, "a < b", bold=True)

    assert ">a &lt; b</text>" in plot.svg()


def test_the_preview_shows_a_drawing_or_what_is_wrong_with_it(tmp_path):
    good, bad = tmp_path / "good.svg", tmp_path / "bad.svg"
    good.write_text(DRAWING, encoding="utf-8")
    bad.write_text(DRAWING.replace("<rect", "<script/><rect"), encoding="utf-8")

    shown = page([good, bad], "dark")

    assert '<body data-theme="dark">' in shown
    assert 'aria-label="good"' in shown
    assert "bad.svg:2: the element 'script'" in shown
