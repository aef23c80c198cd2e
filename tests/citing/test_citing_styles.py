"""Citations in the official styles, through pandoc."""

from __future__ import annotations

import pytest
from paperloom.citing.formatting import STYLES, FormattingError, entry_to_format, format_citations

ARTICLE = r"""@article{lake2019slow,
  author = {Lake, C{\'e}line and van der Brook, Guido and {The Kiln Team}},
  title = {{SlowNet}: Slow Rivers of {Norway} Learn $\ell_2$ Better, as {McKay} Do},
  journal = {Journal of Water \& Ice}, volume = {3}, number = {4}, pages = {56--78}, year = {2019},
  doi = {10.1000/lake.1}, url = {https://doi.org/10.1000/lake.1}}"""
PAPER = """@inproceedings{ember2020kettle, author = {Ember, Ada and Stone, Bo}, title = {Boiling Networks Dry},
  booktitle = {Conference on Warm Things}, pages = {1--9}, year = {2021}, url = {https://example.org/kettle}}"""
PREPRINT = "@misc{moss2020quiet, author = {Moss, Ivo}, title = {Quiet Moss}, year = {2020}, eprint = {2009.00002}}"
#: What each style's own rules ask for; the numbers of IEEE, ACM and GB/T stand in lists alone.
EXPECTED = {
    "apa": (
        (
            "Lake, C., van der Brook, G., &amp; The Kiln Team. (2019). SlowNet: Slow rivers of Norway learn ℓ2 better, "
            "as McKay do. <i>Journal of Water &amp; Ice</i>, <i>3</i>(4), 56–78. https://doi.org/10.1000/lake.1"
        ),
        (
            "Ember, A., &amp; Stone, B. (2021). Boiling networks dry. <i>Conference on Warm Things</i>, 1–9. "
            "https://example.org/kettle"
        ),
        "Moss, I. (2020). <i>Quiet moss</i> (arXiv:2009.00002). arXiv. https://doi.org/10.48550/arXiv.2009.00002",
    ),
    "ieee": (
        (
            "C. Lake, G. van der Brook, and The Kiln Team, “SlowNet: Slow rivers of Norway learn ℓ2 better, as McKay do"
            ",” <i>Journal of Water &amp; Ice</i>, vol. 3, no. 4, pp. 56–78, 2019, doi: 10.1000/lake.1."
        ),
        (
            "A. Ember and B. Stone, “Boiling networks dry,” in <i>Conference on Warm Things</i>, 2021, pp. 1–9. "
            "Available: https://example.org/kettle"
        ),
        "I. Moss, “Quiet moss,” 2020, <i>arXiv</i>: arXiv:2009.00002. doi: 10.48550/arXiv.2009.00002.",
    ),
    "acm": (
        (
            "Céline Lake, Guido van der Brook, and The Kiln Team. 2019. SlowNet: Slow Rivers of Norway Learn ℓ2 "
            "Better, as McKay Do. <i>Journal of Water &amp; Ice</i> 3, 4 (2019), 56–78. https://doi.org/10.1000/lake.1"
        ),
        (
            "Ada Ember and Bo Stone. 2021. Boiling Networks Dry. In <i>Conference on Warm Things</i>, 2021. 1–9. "
            "Retrieved from https://example.org/kettle"
        ),
        "Ivo Moss. 2020. Quiet Moss. https://doi.org/10.48550/arXiv.2009.00002",
    ),
    "chicago": (
        (
            "Lake, Céline, Guido van der Brook, and The Kiln Team. 2019. “SlowNet: Slow Rivers of Norway Learn ℓ2 "
            "Better, as McKay Do.” <i>Journal of Water &amp; Ice</i> 3 (4): 56–78. https://doi.org/10.1000/lake.1."
        ),
        (
            "Ember, Ada, and Bo Stone. 2021. “Boiling Networks Dry.” <i>Conference on Warm Things</i>, 1–9. "
            "https://example.org/kettle."
        ),
        "Moss, Ivo. 2020. “Quiet Moss.” arXiv:2009.00002. Preprint, arXiv. https://doi.org/10.48550/arXiv.2009.00002.",
    ),
    "gb-t-7714": (
        (
            "LAKE C, VAN DER BROOK G, THE KILN TEAM. SlowNet: Slow Rivers of Norway Learn ℓ2 Better, as McKay "
            "Do[J/OL]. Journal of Water &amp; Ice, 2019, 3(4): 56-78. DOI:10.1000/lake.1."
        ),
        (
            "EMBER A, STONE B. Boiling Networks Dry[C/OL]//Conference on Warm Things. 2021: 1-9. "
            "https://example.org/kettle."
        ),
        "MOSS I. Quiet Moss[A/OL]. arXiv, 2020. https://arxiv.org/abs/2009.00002. DOI:10.48550/arXiv.2009.00002.",
    ),
}


def formatted(entry, *texts):
    """Return each text's entry in all styles."""
    references = [entry(text) for text in texts]
    found = format_citations({reference.key: entry_to_format(reference) for reference in references})
    return [found[reference.key] for reference in references]


def test_each_style_has_its_form(entry):
    found = formatted(entry, ARTICLE, PAPER, PREPRINT)

    assert {style: tuple(each[style] for each in found) for style in STYLES} == EXPECTED


def test_many_authors_are_shortened_as_each_style_says(entry):
    names = " and ".join(f"Name{chr(97 + number)}, Ann" for number in range(25))
    text = PREPRINT.replace("Moss, Ivo", names)

    (found,) = formatted(entry, text)

    assert "Names, A., … Namey, A. (2020)" in found["apa"]
    assert found["ieee"].startswith("A. Namea <i>et al.</i>, ")
    assert found["acm"].count("Ann Name") == 25
    assert found["chicago"].startswith("Namea, Ann, Ann Nameb, Ann Namec, et al. 2020.")
    assert found["gb-t-7714"].startswith("NAMEA A, NAMEB A, NAMEC A, et al. ")


def test_and_others_is_said_as_each_style_says_it(entry):
    (found,) = formatted(entry, PREPRINT.replace("Moss, Ivo", "Moss, Ivo and Reed, Ana and others"))

    assert found["apa"].startswith("Moss, I., Reed, A., et al. (2020).")
    assert found["ieee"].startswith("I. Moss, A. Reed, <i>et al.</i>, ")
    assert found["acm"].startswith("Ivo Moss, Ana Reed, and others. 2020.")
    assert found["chicago"].startswith("Moss, Ivo, Ana Reed, et al. 2020.")
    assert found["gb-t-7714"].startswith("MOSS I, REED A, et al. ")


def test_a_chinese_work_is_cited_in_chinese(entry):
    names = "{王}, 伟 and {李}, 娜 and {张}, 敏 and {刘}, 洋"
    (found,) = formatted(entry, PREPRINT.replace("Moss, Ivo", names).replace("Quiet Moss", "深度学习综述"))

    assert "等. 深度学习综述" in found["gb-t-7714"]
    assert "et al" not in found["gb-t-7714"]


def test_papers_of_one_author_and_year_do_not_change_each_other(entry):
    other = PREPRINT.replace("quiet", "loud").replace("Quiet", "Loud").replace("00002", "00003")

    alone = formatted(entry, PREPRINT)[0]
    together = formatted(entry, PREPRINT, other)[0]

    assert together == alone


def test_characters_of_html_stay_characters(entry):
    (found,) = formatted(entry, PREPRINT.replace("Quiet Moss", "When $a < b$ \\& R\\&D Fail"))

    assert "When a &lt; b &amp; R&amp;D fail" in found["apa"]


def test_without_the_tools_it_says_what_to_install(entry, monkeypatch):
    monkeypatch.setattr("paperloom.citing.formatting._PACKAGES", ("no-such-package",))

    with pytest.raises(
        FormattingError, match=r"no-such-package is not installed; pip install 'paperloom\[citations\]'"
    ):
        formatted(entry, PREPRINT)
