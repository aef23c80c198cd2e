"""Pages are what they would be without our cures for other projects, byte for byte."""

from __future__ import annotations

import pytest
from docutils import nodes
from paperloom import upstream
from paperloom.upstream.replacing import REPLACED, original
from site_support import tree
from sphinx.builders.html import StandaloneHTMLBuilder

PAGE = """# A *page* of "many" things

## First & <second>

### Deeper -- and deeper...

```{code-block} python
:emphasize-lines: 1
print("it's")
```

## With `code` and {math}`x`

```python
>>> 1
```

```{toctree}
```

# Another

## Alone

```{only} html
### For HTML
```
"""


def test_pages_are_those_that_the_other_projects_would_write(site, monkeypatch):
    site.write("contributing/all.md", PAGE)
    cured = tree(site.build(warnings=True).out)
    replaced = [(owner, name, original(owner, name)) for owner, name in REPLACED]
    for owner, name, function in replaced:
        monkeypatch.setattr(owner, name, function)
    monkeypatch.setattr(upstream, "cure", lambda: None)
    uncured = tree(site.build(into="uncured", warnings=True).out)

    assert len(replaced) > 10
    assert [name for name in cured if cured[name] != uncured.get(name)] == []
    assert cured.keys() == uncured.keys()


@pytest.mark.parametrize("text", ["Plain", 'Tom & "Jerry" <x>', "a@b.example 'c'", "  two\n lines ", "中文"])
def test_the_title_of_a_page_is_written_as_sphinx_writes_it(site, text):
    def compare(app):
        title = nodes.title("", "", nodes.Text(text))
        written = app.builder.render_partial(title.deepcopy())["title"]
        assert written == StandaloneHTMLBuilder.render_partial(app.builder, title)["title"]

    site.build(watch=compare)
