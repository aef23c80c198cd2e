"""Every drawing as a phone and a desktop show it."""

from __future__ import annotations

import pytest

from figures.colors import DRAWINGS

pytestmark = pytest.mark.browser

NAMES = sorted(path.stem for path in DRAWINGS.glob("*.svg"))

FAULTS = """() => {
  // Words that leave the drawing, overlap other words, or cross the edge of a box.
  const svg = document.querySelector("svg.loom-drawing");
  const frame = svg.getBoundingClientRect(), unit = frame.width / 400, leading = 3 * unit, found = [];
  const places = (names) => [...svg.querySelectorAll(names)].map((one) => [one, one.getBoundingClientRect()]);
  const words = places("text"), boxes = places("rect, circle, ellipse:not([transform])");
  for (const [index, [text, a]] of words.entries()) {
    const say = text.textContent;
    if (a.left < frame.left + unit || a.right > frame.right - unit) found.push(`'${say}' leaves the drawing`);
    if (a.top < frame.top - unit || a.bottom > frame.bottom + unit) found.push(`'${say}' leaves the drawing`);
    const beside = (b) => a.left >= b.right - unit || b.left >= a.right - unit;
    for (const [other, b] of words.slice(index + 1))
      if (!beside(b) && a.top + leading < b.bottom - leading && b.top + leading < a.bottom - leading)
        found.push(`'${say}' overlaps '${other.textContent}'`);
    for (const [, b] of boxes) {
      const apart = beside(b) || a.top + leading >= b.bottom || b.top >= a.bottom - leading;
      const inside = a.left >= b.left + unit && a.right <= b.right - unit
        && a.top + leading >= b.top && a.bottom - leading <= b.bottom;
      if (!apart && !inside) found.push(`'${say}' crosses the edge of a box`);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_drawing_can_be_read_on_a_phone(open_page, name):
    page = open_page(f"papers/{name}.html", width=390)

    assert page.evaluate(FAULTS) == []
    size = page.evaluate("document.querySelector('svg.loom-drawing').getBoundingClientRect().width")
    assert size > 330
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.problems == []


def test_the_chosen_scheme_reaches_a_drawing(open_page):
    page = open_page("papers/stergiou2021refining.html", scheme="light")
    color = "getComputedStyle(document.querySelector('.figure-ink')).fill"
    light = page.evaluate(color)

    page.evaluate("document.body.dataset.theme = 'dark'")

    assert light == "rgb(31, 35, 40)"
    assert page.evaluate(color) == "rgb(230, 233, 237)"


def test_a_formula_is_typeset(open_page):
    page = open_page("papers/stergiou2021refining.html", width=390)

    fraction = page.locator("div.math mfrac").first.bounding_box()
    letter = page.locator("div.math mover").first.bounding_box()

    assert fraction["height"] > 1.5 * letter["height"]


def test_a_drawing_is_announced_as_one_image_with_its_words(open_page):
    page = open_page("papers/michaelis2020closing.html")

    image = page.get_by_role("img", name="Two bars. With COCO")

    assert image.count() == 1
