import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.model.problems import Subtype
from paperloom.sources.articles import KINDS, parse_topics
from paperloom.sources.citation_keys import KEY, make_citation_key, to_ascii
from paperloom.sources.citations import citation_targets
from paperloom.sources.latex import to_plain_text
from paperloom.sources.suggestions import did_you_mean
from paperloom.sources.text import read_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"{U$^2$-Net}: G{\"o}del", "U2-Net: Gödel"),
        (r"U$^{2}$ and $x$", "U2 and x"),
        (r"\emph{A \textbf{warm} kettle}", "A warm kettle"),
        (r"\L{}ukasz {\o}re \'{e} {\'\i} \v{S}", "Łukasz øre é í Š"),
        (r"Tea \& Sons, 50\% for \$5, a\_b", "Tea & Sons, 50% for $5, a_b"),
        (r"a set \{x, y\}", "a set {x, y}"),
        (r"Learning $\alpha$ and $\ell_1$ Norms in $O(n \log n)$", "Learning α and ℓ1 Norms in O(n log n)"),
        (r"\LaTeX{} and \url{https://a.example/x_y}", "LaTeX and https://a.example/x_y"),
        (r"\kettle{} stays", "\\kettle stays"),
        (r"50% of a & b for $5", "50% of a & b for $5"),
        ("pages 1--2 --- all", "pages 1–2 — all"),
        ("Dr.~Ember", "Dr.\u00a0Ember"),
        ("two\n  lines  and {} more ", "two lines and more"),
        ("plain", "plain"),
        ("", ""),
        ("漢字 {Łódź}", "漢字 Łódź"),
    ],
)
def test_a_bibtex_value_becomes_readable_text(value, text):
    assert to_plain_text(value) == text


@given(st.one_of(st.text(), st.text("\\{}$~^_-&% abcé\"'`")))
def test_no_value_makes_reading_raise_and_no_double_blank_is_left(value):
    assert "  " not in to_plain_text(value)


@pytest.mark.parametrize("data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\n"])
def test_line_endings_and_byte_order_marks_do_not_matter(tmp_path, data):
    (tmp_path / "page.md").write_bytes(data)
    assert read_text(tmp_path / "page.md", "page.md") == ("a\nb\n", [])


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_a_byte_that_is_not_utf_8_is_reported_with_its_line_and_the_rest_is_read(tmp_path, ending):
    (tmp_path / "page.md").write_bytes(ending.join([b"one", b"two", b"t\xe9a", b"four"]))
    text, problems = read_text(tmp_path / "page.md", "docs/page.md")
    assert text == "one\ntwo\nt\ufffda\nfour"
    assert [(p.path, p.line, p.message, p.subtype) for p in problems] == [
        ("docs/page.md", 3, "byte 0xe9 is not UTF-8", Subtype.ENCODING)
    ]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_reported(tmp_path, data):
    (tmp_path / "page.md").write_bytes(data)
    assert [problem.subtype for problem in read_text(tmp_path / "page.md", "page.md")[1]] == [Subtype.EMPTY]


def test_a_file_that_cannot_be_read_is_reported(tmp_path):
    text, problems = read_text(tmp_path / "missing.md", "missing.md")
    assert (text, problems[0].message) == ("", "cannot be read: No such file or directory")


@given(st.binary(max_size=80))
def test_no_bytes_make_reading_a_file_raise(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "bytes.md"
    path.write_bytes(data)
    text, _problems = read_text(path, "bytes.md")
    assert "\r" not in text


@pytest.mark.parametrize(
    ("family", "year", "title", "key"),
    [
        ("Xue", 2020, "mT5: A Massively Multilingual Pre-trained Text-to-Text Transformer", "xue2020mt5"),
        ("Liu", 2020, "Early-Learning Regularization Prevents Memorization of Noisy Labels", "liu2020early"),
        ("Łódź", 2021, "On the Warmth of a Kettle", "lodz2021warmth"),
        ("Øre", 2021, "Ærø: Water", "ore2021aero"),
        ("Weiß", 2021, "Straßen", "weiss2021strassen"),
        ("Þór", 2021, "Đồng", "thor2021dong"),
        ("O'Brien-Stone", 2021, "X Rays", "obrienstone2021rays"),
        ("山田", 2021, "Tea", "anonymous2021tea"),
        ("Ember" * 60, 2021, "x" * 5000, "ember" * 12 + "2021" + "x" * 60),
    ],
)
def test_a_key_is_family_year_and_first_significant_word(family, year, title, key):
    assert make_citation_key(family, year, title) == key
    assert KEY.fullmatch(key)


def test_on_a_clash_the_next_word_of_the_title_is_added():
    title = "A Kettle for the River"
    assert make_citation_key("Ember", 2020, title, {"ember2020kettle"}) == "ember2020kettleriver"
    assert make_citation_key("Ember", 2020, title, {"ember2020river"}) == "ember2020kettle"


@pytest.mark.parametrize("title", ["A Kettle", "", "of the", "漢字"])
def test_a_title_without_a_free_word_is_refused(title):
    with pytest.raises(ValueError, match="no free citation key"):
        make_citation_key("Ember", 2020, title, {"ember2020kettle"})


@given(st.text(), st.integers(1900, 2100), st.text(), st.sets(st.text(max_size=3)))
def test_a_key_is_never_taken_and_has_no_other_characters(family, year, title, taken):
    try:
        key = make_citation_key(family, year, title, taken)
    except ValueError:
        return
    assert key not in taken
    assert key.isascii()
    assert key == to_ascii(key)


@pytest.mark.parametrize(
    ("target", "keys"),
    [
        ("a2020b", ("a2020b",)),
        (" a2020b , c2020d ", ("a2020b", "c2020d")),
        ("{see}a2020b{p. 3, 4},c2020d", ("a2020b", "c2020d")),
        (",,", ()),
        ("", ()),
    ],
)
def test_the_keys_of_a_citation_are_found_without_its_notes(target, keys):
    assert citation_targets(target) == keys


@pytest.mark.parametrize(
    "value", ["[heat, rivers]", "heat, rivers", "heat rivers", " [ heat ,rivers, ] ", "heat,,rivers"]
)
def test_topics_of_an_article_are_a_list_with_or_without_brackets(value):
    assert parse_topics(value) == ("heat", "rivers")


def test_no_topics_are_none():
    assert parse_topics("") == parse_topics("[]") == ()
    assert KINDS == ("article", "use-case", "other")


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("heet", "did you mean 'heat'?"),
        ("river", "did you mean 'rivers'?"),
        ("AND", "did you mean 'upper-rivers-and-lakes'?"),
        ("zzz", "add it"),
        ("", "add it"),
    ],
)
def test_the_nearest_known_names_are_suggested(name, remedy):
    known = ["upper-rivers-and-lakes", "heat", "rivers"]
    assert did_you_mean(name, known, "add it") == remedy


def test_at_most_three_names_are_suggested_in_a_fixed_order():
    known = ["kettle-d", "kettle-a", "kettle-c", "kettle-b"]
    remedy = did_you_mean("kettle-", known, "")
    assert remedy == did_you_mean("kettle-", reversed(known), "")
    assert remedy.count("'kettle-") == 3
