"""The cures for other projects keep their results: compared with what they replace, on anything."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import sphinx.domains.std
from docutils import nodes
from docutils.utils import smartquotes
from hypothesis import given
from hypothesis import strategies as st
from paperloom import upstream
from paperloom.upstream.keeping import KeptTrees
from paperloom.upstream.replacing import original
from sphinx.project import Project
from sphinx.util.nodes import NodeMatcher

CLASSES = (nodes.section, nodes.paragraph, nodes.emphasis, nodes.literal_block, nodes.container)


@pytest.fixture(scope="module", autouse=True)
def _cured():
    upstream.cure()


def element(parts):
    kind, attributes, children = parts
    return kind("", *children, **attributes)


TREES = st.recursive(
    st.builds(nodes.Text, st.text(max_size=4)),
    lambda children: st.tuples(
        st.sampled_from(CLASSES),
        st.dictionaries(st.sampled_from(("translated", "language")), st.integers(0, 1), max_size=2),
        st.lists(children, max_size=4),
    ).map(element),
    max_leaves=30,
)


def always(node):
    return "translated" in getattr(node, "attributes", {})


@given(
    TREES,
    st.sampled_from(
        (
            None,
            nodes.Text,
            nodes.paragraph,
            nodes.Element,
            always,
            NodeMatcher(),
            NodeMatcher(nodes.section, nodes.emphasis),
            NodeMatcher(nodes.paragraph, translated=1),
            NodeMatcher(language=0, translated=1),
        )
    ),
)
def test_searches_find_what_those_of_docutils_find_in_their_order(tree, condition):
    expected = list(original(nodes.Node, "findall")(tree, condition))
    assert [id(node) for node in tree.findall(condition)] == [id(node) for node in expected]


@given(TREES, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_searches_with_other_directions_are_those_of_docutils(tree, itself, below, beside, above):
    start = next(iter(tree.findall(nodes.paragraph)), tree)
    expected = list(original(nodes.Node, "findall")(start, None, itself, below, beside, above))
    assert list(map(id, start.findall(None, itself, below, beside, above))) == list(map(id, expected))


@given(TREES)
def test_a_node_that_is_replaced_when_it_is_found_is_not_entered(tree):
    def replaced(search):
        copy = nodes.container("", tree.deepcopy())
        for found in search(copy, nodes.paragraph):
            if found.parent is not None:
                found.replace_self(nodes.literal("", "instead"))
        return copy.pformat()

    assert replaced(lambda node, kind: node.findall(kind)) == replaced(original(nodes.Node, "findall"))


SENTENCES = st.lists(
    st.tuples(
        st.sampled_from(("plain", "literal", "tag")),
        st.lists(st.sampled_from((*"ab .'\"-\\`&1", "...", "--", ". . .", "&quot;")), max_size=8).map("".join),
    ),
    max_size=5,
)


@given(SENTENCES, st.sampled_from(("qDe", "qde", "qie", "qbDe", "qDew", "1", "De", "")), st.sampled_from(("en", "de")))
def test_quotes_and_dashes_are_educated_as_before(tokens, attributes, language):
    expected = list(original(smartquotes, "educate_tokens")(iter(tokens), attributes, language))
    assert list(smartquotes.educate_tokens(iter(tokens), attributes, language)) == expected


NAMES = st.lists(st.sampled_from([*"ab.é/", "é", "/.", ".md", ".rst", "//"]), max_size=6).map("".join)


@given(NAMES)
def test_documents_have_the_names_that_sphinx_gives_them(path):
    project = Project(Path("/source"), {".md": "markdown", ".rst": "restructuredtext"})
    assert project.path2doc(path) == original(Project, "path2doc")(project, path)


FILES = ["index.md", "a/b.md", "a/b c.rst", "a/\u0065\u0301.md", ".hidden.md", "_build/x.md", "n.txt", "deep/er/z.md"]


@pytest.mark.parametrize("more", [[], ["a/b.rst"]])
@pytest.mark.parametrize(
    ("excluded", "included"), [([], ["**"]), (["_build", "a/*.rst"], ["**"]), ([], ["a/**", "index*"])]
)
def test_the_documents_found_are_those_that_sphinx_finds(tmp_path, more, excluded, included):
    for name in [*FILES, *more]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "deep", target_is_directory=True)
    quick, other = (Project(tmp_path, {".md": "markdown", ".rst": "restructuredtext"}) for _ in range(2))

    found = quick.discover(excluded, included)

    assert found == original(Project, "discover")(other, excluded, included)
    assert {name: str(path) for name, path in quick._docname_to_path.items()} == {
        name: str(path) for name, path in other._docname_to_path.items()
    }
    assert quick._path_to_docname == other._path_to_docname


@given(TREES)
def test_titles_have_the_text_that_sphinx_reads_in_them(tree):
    title = nodes.title("", "", tree, nodes.image(alt="a picture"), nodes.raw("", "<b>", format="html"))
    plain = nodes.title("", "", nodes.Text("plain"))
    for node in (title, plain):
        expected = original(sphinx.domains.std, "clean_astext")(node)
        assert sphinx.domains.std.clean_astext(node) == expected


def test_trees_are_kept_as_they_were_changed_last():
    def tree(text):
        return nodes.bullet_list("", nodes.list_item("", nodes.Text(text)))

    kept = pickle.loads(pickle.dumps(KeptTrees({"a": tree("a"), "b": tree("b"), "c": tree("c")})))
    kept["b"][0].append(nodes.Text("!"))
    kept["d"] = tree("d")
    del kept["a"]
    assert kept.pop("a", None) is None
    again = pickle.loads(pickle.dumps(kept))
    assert {name: found.astext() for name, found in again.items()} == {"b": "b\n\n!", "c": "c", "d": "d"}
    assert len(again) == 3
    assert "a" not in again
    assert again.get("a") is None
    with pytest.raises(KeyError):
        del again["a"]

    other = KeptTrees({"b": tree("old")})
    for name, found in again.as_kept().items():
        other[name] = found
    assert {name: found.astext() for name, found in other.items()} == {"b": "b\n\n!", "c": "c", "d": "d"}
