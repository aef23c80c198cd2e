import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.model.layout import is_docname
from paperloom.model.records import Document
from paperloom.weave.pages.description import LIMIT, description, shortened
from paperloom.weave.woven import Woven
from unit_support import make_block, make_facts, make_paper, make_topic

LONG = "A first sentence that says what the page is about, in about eighty characters. "


def test_a_paper_is_described_by_its_tldr_and_any_other_page_by_its_first_sentences():
    woven = Woven(make_facts(make_paper("a2020a", title="The A Paper", tldr="It heats."), make_topic("heat")))
    paper = woven.facts.documents["papers/a2020a"]
    lead = make_block("See a2020a and warmth.", ("a2020a", "paper", "a2020a", True))
    assert description(woven, paper) == "It heats."
    assert description(woven, Document("x", "X", lead=lead)) == "See The A Paper and warmth."
    assert description(woven, Document("x", "X")) == ""


def test_whole_sentences_are_kept_as_long_as_they_fit():
    text = LONG + "A second one follows. " + "Words " * 60
    assert shortened(text) == (LONG + "A second one follows.").strip()


def test_a_long_sentence_is_cut_between_words():
    found = shortened("Hello. " + "measurement " * 40)
    assert found.startswith("Hello. measurement")
    assert found.endswith("measurement…")
    assert len(found) <= LIMIT


def test_text_without_blanks_is_cut_between_characters():
    assert shortened("字" * 400) == "字" * (LIMIT - 1) + "…"
    assert shortened("这是一句话。" * 60) == "这是一句话。" * (LIMIT // 6)


@given(st.text(max_size=700))
def test_a_description_is_one_line_of_bounded_length(text):
    found = shortened(text)
    assert len(found) <= LIMIT
    assert found == " ".join(found.split())


@pytest.mark.parametrize("name", ["papers/xue2020mt5", "index", "archive/2020-09", "notes/v1.2", "论文/一"])
def test_names_of_documents(name):
    assert is_docname(name)


@pytest.mark.parametrize(
    "name", ["", "/papers/a", "papers/", "../a", "papers/../../etc", "a b", "a.md", "papers/a.html", "a#b", "a//b", "."]
)
def test_what_leads_elsewhere_is_no_name_of_a_document(name):
    assert not is_docname(name)
