"""BibTeX that people paste: read correctly, or refused with the line and the reason."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.editing.bibliography_text import entry_text
from paperloom.model.identifiers import Identifier
from paperloom.model.records import Author
from paperloom.providers.bibtex import read_bibtex
from paperloom.providers.bibtex_files import BibtexError, decode, read_file
from paperloom.sources.text import clean


def read(text, wanted=()):
    return read_bibtex(text, "paste.bib", wanted)


def entry(*fields, entry_type="misc", usual=("author = {Ember, Ada}", "title = {Kettles}", "year = 2020")):
    """An entry of ``fields``, one a line, and of the usual ones that are not among them."""
    names = {field.split("=")[0].strip().lower() for field in fields}
    lines = [field for field in usual if field.split(" ")[0] not in names] + list(fields)
    return f"@{entry_type}{{k2020t,\n  " + ",\n  ".join(lines) + "\n}\n"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (r"{The G{\"o}del {\'E}cole of {\L}{\'o}d{\'z}: \c{C}a\u{g}r{\i}}", "The Gödel École of Łódź: Çağrı"),
        (r"{{{BERT}}: {Pre}-{T}raining {of {Deep {Nets}}}}", "BERT: Pre-Training of Deep Nets"),
        (r'"Quoted {"}words{"} here"', 'Quoted "words" here'),
        (r"{$\ell_1$ and $\mathcal{O}(n^2)$ with \emph{style} \& more}", "ℓ1 and 𝒪(n2) with style & more"),
        (r"{Kettles --- a \textit{survey} in 5\% of \LaTeX}", "Kettles — a survey in 5% of LaTeX"),
        (r"{\href{https://a.example}{Kettles} at \url{b.example/x_y}}", "Kettles at b.example/x_y"),
        (r"{\texttt{Kettle}: H\textsubscript{2}O in $O(n\log n)$}", "Kettle: H2O in O(n log n)"),
        ("{R&amp;D of Kettles &lt;fast&gt; &amp; R&D}", "R&D of Kettles <fast> & R&D"),
        ("{Ke\u00adtt\u200bles\u202e}", "Kettles"),
        ("{Two\n  lines   and\ttabs}", "Two lines and tabs"),
        ("{漢字の茶 🙂}", "漢字の茶 🙂"),
        ('"Kettles " # {and Tea}', "Kettles and Tea"),
        ("{" + "Long " * 60 + "}", ("Long " * 60).strip()),
    ],
)
def test_titles_are_read_as_latex_shows_them(title, text):
    assert read(entry(f"title = {title}")).title == text


NAMES = [
    ("Ada Ember and Jun Stone", [Author("Ember", "Ada"), Author("Stone", "Jun")]),
    (
        "van der Berg, Jun and Ludwig van Beethoven",
        [Author("Berg", "Jun", "van der"), Author("Beethoven", "Ludwig", "van")],
    ),
    ("{Kettle and Sons} and {OpenAI}", [Author("Kettle and Sons"), Author("OpenAI")]),
    ("Stone, Jr., Bo", [Author("Stone", "Bo", suffix="Jr.")]),
    ("王, 小明 and 李雷", [Author("王", "小明"), Author("李雷")]),
    (
        r"M{\"u}ller, J{\"o}rg and {\AA}ngstr{\"o}m, {\O}ystein",
        [Author("Müller", "Jörg"), Author("Ångström", "Øystein")],
    ),
    (r"Garc{\'\i}a M{\'a}rquez, Gabriel", [Author("García Márquez", "Gabriel")]),
    ("{de Silva}, Ana", [Author("de Silva", "Ana")]),
    ("Ember,\n   Ada\n  and\n  Stone, Bo", [Author("Ember", "Ada"), Author("Stone", "Bo")]),
    (r"O'Brien, {\'E}. and d'Alembert, Jean", [Author("O'Brien", "É."), Author("d'Alembert", "Jean")]),
    ("Plato", [Author("Plato")]),
    (
        "Sammy Stone Jr. and Ada Ember III",
        [Author("Stone", "Sammy", suffix="Jr."), Author("Ember", "Ada", suffix="III")],
    ),
    ("王，小明 and 李，红", [Author("王", "小明"), Author("李", "红")]),
    ("M&uuml;ller, J&#246;rg", [Author("Müller", "Jörg")]),
    ("{Kettle & Sons; Tea, Pots, Cups}", [Author("Kettle & Sons; Tea, Pots, Cups")]),
]


@pytest.mark.parametrize(("names", "authors"), NAMES)
def test_names_are_read_in_their_parts(names, authors):
    assert list(read(entry(f"author = {{{names}}}")).authors) == authors


def test_250_authors_are_all_read():
    names = " and ".join(f"Ember{number}, A." for number in range(250))
    assert len(read(entry(f"author = {{{names}}}")).authors) == 250


def test_macros_months_and_comments_are_understood():
    text = """Some words above.
% @misc{not, title = {an entry}}
@comment{jabref-meta: databaseType:bibtex;}
@preamble{ "\\newcommand{\\x}{y}" }
@string(tea = "Journal of " # {Tea})
@STRING{bo = {Stone, Bo}}
@ARTICLE ( k2020t ,
  Author = bo # " and " # {Ember, Ada} ,
  TITLE  = "Kettles" ,
  Journal = tea # { and Coffee} ,
  month = "5~" # may,
  year = 2020 ,
)
"""
    metadata = read(text)
    assert metadata.authors == (Author("Stone", "Bo"), Author("Ember", "Ada"))
    assert dict(metadata.fields) == {"journal": "Journal of Tea and Coffee"}


def test_an_entry_takes_from_the_one_that_it_refers_to():
    text = """@inproceedings{child, author = {Ember, Ada}, title = {Kettles}, pages = {1--9}, crossref = {Whole}}
@proceedings{whole, title = {Proceedings of the Conference on Tea}, year = 2021,
  publisher = {Tea Press}, editor = {Stone, Bo}}
"""
    metadata = read(text)
    assert (metadata.title, metadata.year, metadata.entry_type) == ("Kettles", 2021, "inproceedings")
    assert dict(metadata.fields) == {
        "booktitle": "Proceedings of the Conference on Tea",
        "pages": "1–9",
        "publisher": "Tea Press",
    }
    with pytest.raises(BibtexError, match=r"paste\.bib:1: .* refers to 'Whole', which is not in the file"):
        read(text.splitlines()[0])


def test_biblatex_is_understood():
    metadata = read(
        entry(
            "author = {Ember, Ada}",
            "title = {Kettles}",
            "journaltitle = {Journal of Tea}",
            "date = {2021-05-03}",
            "issue = {2}",
            "eprint = {2601.99999v3}",
            "eprinttype = {arXiv}",
            "eprintclass = {cs.LG}",
            entry_type="article",
            usual=(),
        )
    )
    assert (metadata.year, metadata.arxiv, metadata.primary_class) == (2021, "2601.99999", "cs.LG")
    assert dict(metadata.fields) == {"journal": "Journal of Tea", "number": "2"}
    thesis = read(entry("institution = {Tea School}", "type = {Master's thesis}", entry_type="thesis"))
    assert (thesis.entry_type, dict(thesis.fields)) == ("mastersthesis", {"school": "Tea School"})
    assert read(entry("url = {https://a.example/x}", entry_type="online")).entry_type == "misc"


@pytest.mark.parametrize(
    "fields",
    [
        ("journal = {arXiv preprint arXiv:2601.99999}",),
        ("journal = {CoRR}", "volume = {abs/2601.99999}"),
        ("journal = {ArXiv}", "volume = {abs/2601.99999}"),
        ("doi = {10.48550/ARXIV.2601.99999}", "publisher = {arXiv}", "copyright = {CC BY}"),
        ("eprint = {arXiv:2601.99999}", "journal = {ArXiv}"),
        ("url = {http://arxiv.org/abs/2601.99999v1}", "journal = {arXiv e-prints}"),
        ("doi = {10.48550/arXiv.2601.99999}", "journal = {arXiv}"),
    ],
)
def test_preprints_are_known_however_they_are_written(fields):
    metadata = read(entry(*fields, entry_type="article"))
    assert (metadata.entry_type, metadata.arxiv, metadata.venue, metadata.fields) == ("misc", "2601.99999", "arXiv", ())
    assert metadata.doi is None


def test_a_published_paper_keeps_its_eprint_and_identifiers():
    fields = (
        "journal = {Journal of Tea}",
        "eprint = {2601.99999}",
        r"doi = {https://doi.org/10.1000/A\_b}",
        "url = {x}",
    )
    metadata = read(entry(*fields, entry_type="article"))
    assert (metadata.entry_type, metadata.arxiv, metadata.doi) == ("article", "2601.99999", "10.1000/a_b")
    assert metadata.url == "https://doi.org/10.1000/a_b"
    forum = read(
        entry("booktitle = {ICLR}", "url = {https://openreview.net/forum?id=kEtT1e}", entry_type="inproceedings")
    )
    assert (forum.openreview, forum.venue) == ("kEtT1e", "ICLR")


REFUSED = {
    "has an unclosed brace": (
        "@misc{k2020t,\n  author = {Ember, Ada},\n  title = {Kettles,\n  year = 2020\n}",
        3,
        "unclosed brace",
    ),
    "ends too early": ("@misc{k2020t,\n  author = {Ember, Ada}", 1, "unclosed brace"),
    "has a brace too many": ("@misc{k2020t,\n  title = {Kettles}},\n  author = {Ember, Ada}\n}", 1, "extra '}'"),
    "lacks a comma": ("@misc{k2020t,\n  title = {Kettles}\n  year = 2020\n}", 3, "expected"),
    "has a field twice": (entry("title = {Tea}", "title = {Kettles}"), 5, "has the field 'title' twice"),
    "uses an unknown macro": (entry("title = tea"), 4, "undefined string"),
    "leaves authors out": (entry("author = {Ember, Ada and others}"), 4, "ends its authors with 'others'"),
    "leaves authors out otherwise": (entry("author = {Ada Ember et al.}"), 4, "name all authors"),
    "has no author": ("@misc{k2020t,\n  title = {Kettles},\n  year = 2020\n}", 1, "has no author"),
    "has no title": ("@misc{k2020t,\n  author = {Ember, Ada},\n  year = 2020\n}", 1, "has no title"),
    "has an empty title": (entry("title = {}"), 4, "has no title"),
    "has no year": ("@misc{k2020t,\n  author = {Ember, Ada},\n  title = {Kettles}\n}", 1, "has no year"),
    "is not dated": (entry("year = {in press}"), 4, "has the year 'in press'"),
    "names the parts of a name as biblatex does": (
        entry("author = {family=Ember, given=Ada, prefix=von}"),
        4,
        "write 'Family, Given'",
    ),
    "has too many commas in a name": (entry("author = {Ember, Ada, B, C, D}"), 4, "unreadable name"),
    "has commas between people": (entry("author = {Ada Ember, Bo Stone, Jun Berg}"), 4, "with 'and' between"),
    "has semicolons between people": (entry("author = {Ember, Ada; Stone, Bo}"), 4, "with 'and' between"),
    "has another and between people": (entry("author = {Ada Ember \\& Bo Stone}"), 4, "with 'and' between"),
    "gives two years": (entry("year = {2020/2021}"), 4, "has the year '2020/2021'"),
    "cites in a title": (entry(r"title = {Kettles \cite{tea}}"), 4, r"has the command '\cite'"),
    "has an empty name": (entry("author = {Ember, Ada and }"), 4, "empty name"),
    "has an unknown command": (entry(r"title = {Kettles \foo{bar}}"), 4, r"has the command '\foo'"),
    "has an unknown command in a name": (entry(r"author = {Ember, \mystery Ada}"), 4, r"has the command '\mystery"),
    "is of an unknown type": (entry(entry_type="kettle"), 1, "unknown type '@kettle'"),
    "is an article without a journal": (entry(entry_type="article"), 1, "lacks the field 'journal'"),
    "is no BibTeX": ("Ember, A. (2020). Kettles.", 1, "there is no BibTeX entry"),
    "is empty": ("", 1, "there is no BibTeX entry"),
    "has no key": ("@misc{, title = {T}}", 1, "entry key expected"),
}


@pytest.mark.parametrize(("text", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_an_entry_that_is_not_read_in_full_is_refused(text, line, message):
    with pytest.raises(BibtexError) as caught:
        read(text)
    assert any(problem.startswith(f"paste.bib:{line}: ") and message in problem for problem in caught.value.problems), (
        caught.value.problems
    )
    assert all("; " in problem for problem in caught.value.problems)


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(BibtexError) as caught:
        read(entry("author = {A and others}", "title = {}", "year = {soon}", entry_type="article"))
    assert len(caught.value.problems) == 4


TWO = """@misc{a2020a, author = {Ember, Ada}, title = {A}, year = 2020, eprint = {2601.00001}}
@misc{b2020b, author = {Stone, Bo}, title = {B}, year = 2020, eprint = {2601.00002}}
"""


def test_of_several_entries_the_wanted_one_is_read():
    assert read(TWO, {Identifier("arxiv", "2601.00002")}).title == "B"
    with pytest.raises(
        BibtexError, match=r"paste\.bib:1: there are 2 entries \(a2020a, b2020b\) and a paper is added from one"
    ):
        read(TWO)
    with pytest.raises(BibtexError, match="none of them has the identifier"):
        read(TWO, {Identifier("arxiv", "2601.00003")})
    broken = TWO + "@misc{c, title = {never closed\n"
    assert read(broken, {Identifier("arxiv", "2601.00001")}).title == "A"
    with pytest.raises(BibtexError, match=r"paste\.bib:3: .*unclosed"):
        read(broken)


ENTRY = entry("title = {Café}")


@pytest.mark.parametrize(
    "data",
    [ENTRY.encode(), b"\xef\xbb\xbf" + ENTRY.encode(), ENTRY.encode("utf-16"), ENTRY.replace("\n", "\r\n").encode()],
)
def test_usual_encodings_are_read(data):
    assert read(decode(data, "paste.bib")).title == "Café"


def test_an_encoding_that_the_file_declares_is_used():
    assert read(decode(b"% Encoding: ISO8859_1\n" + ENTRY.encode("latin-1"), "paste.bib")).title == "Café"
    with pytest.raises(BibtexError, match=r"paste\.bib:1: declares the unknown encoding 'Klingon'"):
        decode(b"% Encoding: Klingon\n", "paste.bib")


def test_another_encoding_is_refused_with_its_line():
    with pytest.raises(BibtexError, match=r"paste\.bib:4: byte 0xe9 is not UTF-8; save the file as UTF-8"):
        decode(ENTRY.encode("latin-1"), "paste.bib")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(BibtexError, match=r"x\.bib:1: cannot be read: No such file"):
        read_file(tmp_path / "x.bib", "x.bib")


def test_capitals_that_a_paste_protects_stay_protected():
    metadata = read(entry("title = {Grading by {Gleason} and {U}-Net}"))
    assert "title = {Grading by {Gleason} and {U-Net}}" in entry_text(metadata.entry("k2020t"))


FRAGMENTS = st.sampled_from(
    r"""{ } " , \ $ % # & ~ title = author and others @misc{k, é 2020 year crossref \' \foo date eprint journal
    @string{a= month jan url doi et al.""".split()  # noqa: SIM905  # reads better as text
)


def refusals(text):
    """Why ``text`` is refused; nothing if it is read in full."""
    try:
        metadata = read(text)
    except BibtexError as error:
        return error.problems
    assert metadata.title
    assert metadata.year
    assert metadata.authors or metadata.editors
    return None


@given(st.lists(FRAGMENTS, max_size=25).map(" ".join))
def test_any_paste_is_read_or_refused_with_line_and_reason(text):
    for paste in (text, f"@misc{{k2020t, {text}}}", entry(f"note = {{{text}}}"), entry(f"title = {{{text}}}")):
        problems = refusals(paste)
        assert problems is None or (problems and all(re.match(r"paste\.bib:\d+: .*; .", each) for each in problems))


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    try:
        text = decode(data, "paste.bib")
    except BibtexError as error:
        text, reason = None, str(error)
        said = reason.startswith("paste.bib:")
    assert refusals(text) if text is not None else said


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20)


@given(title=WORDS, family=WORDS, given_name=WORDS)
def test_what_we_write_we_read_back_as_a_paste(title, family, given_name):
    author = Author(f"{family}x", f"x{given_name}")
    changed = replace(read(entry()), title=f"{title} x", authors=(author,))
    again = read(entry_text(changed.entry("k2020t")))
    assert again.title == clean(changed.title)
    assert [each.name for each in again.authors] == [clean(author.name)]
