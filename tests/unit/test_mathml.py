"""Formulas become MathML that XML readers can read, too."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.mathml import mathml

TOKENS = [r"\frac", "{", "}", "x", "^", "_", r"\left(", r"\right)", r"\begin{cases}", r"\end{cases}", "&", r"\\", "$"]


def test_a_formula_is_one_line_of_xml():
    markup = mathml(r"w_i = \frac{\exp(a_i)}{\sum_j \exp(a_j)} < 1", block=True)

    assert "\n" not in markup
    root = ET.fromstring(markup)
    assert root.get("display") == "block"
    assert "".join(root.itertext()).replace(" ", "") == "wi=exp\u2061(ai)∑jexp\u2061(aj)<1"


def test_a_formula_in_a_sentence_is_no_block():
    assert 'display="block"' not in mathml("x", block=False)


@pytest.mark.parametrize("tex", [r"\frobnicate{x}", r"\end{cases}", "_1"])
def test_what_cannot_be_read_is_a_value_error(tex):
    with pytest.raises(ValueError, match=r"\w"):
        mathml(tex, block=False)


@given(st.lists(st.sampled_from(TOKENS), max_size=9))
def test_no_formula_is_more_than_a_value_error(tokens):
    try:
        markup = mathml("".join(tokens), block=True)
    except ValueError:
        return
    ET.fromstring(markup)
