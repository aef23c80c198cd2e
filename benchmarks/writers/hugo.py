"""Hugo with a minimal theme and the taxonomy ``topics``; links between pages are checked (``relref``)."""

from __future__ import annotations

import json

from benchmarks.records import Corpus
from benchmarks.writers.markdown import Dialect, week_title

_CONFIGURATION = """\
baseURL = "https://example.org/"
title = "Knowledge base"
buildFuture = true
disableKinds = ["RSS"]
refLinksErrorLevel = "ERROR"

[taxonomies]
topic = "topics"
"""
_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1>
{{ .Content }}
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>{{ end }}
"""
_LAYOUTS = {
    "layouts/baseof.html": """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav><a href="/">Home</a> <a href="/weeks/">Issues</a> <a href="/topics/">Topics</a> \
<a href="/archive/">Archive</a></nav>
<main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/page.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>
{{ with .GetTerms "topics" }}<p>{{ range . }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</p>{{ end }}
{{ .Content }}{{ end }}
""",
    "layouts/home.html": _LIST,
    "layouts/section.html": _LIST,
    "layouts/taxonomy.html": _LIST,
    "layouts/term.html": _LIST,
}


class Relref(Dialect):
    """Links that Hugo checks."""

    def link(self, text: str, docname: str) -> str:
        """Return a link with the shortcode ``relref``."""
        return f'[{text}]({{{{< relref "/{docname}" >}}}})'


def write(corpus: Corpus) -> dict[str, str]:
    """Return the files of a project of Hugo."""
    dialect = Relref(corpus)
    files = dict(_LAYOUTS)
    files["hugo.toml"] = _CONFIGURATION
    files["content/_index.md"] = _page("Knowledge base", "")
    for folder, title in (("weeks", "Issues"), ("topics", "Topics"), ("archive", "Archive"), ("papers", "Papers")):
        files[f"content/{folder}/_index.md"] = _page(title, "")
    for paper in corpus.papers.values():
        files[f"content/papers/{paper.key}.md"] = _page(
            paper.title, f"{dialect.facts(paper)}\n{dialect.sections(paper)}", topics=list(paper.topics)
        )
    for week in corpus.weeks:
        papers = dialect.links([(corpus.papers[key].title, f"papers/{key}") for key in week.papers])
        files[f"content/weeks/{week.id}.md"] = _page(
            week.title, f"{dialect.text(week.introduction)}\n\n## Papers\n\n{papers}\n{dialect.articles(week)}"
        )
    for topic in corpus.topics:
        files[f"content/topics/{topic.slug}/_index.md"] = _page(topic.name, f"{topic.introduction}\n")
    for period in corpus.periods:
        pages = dialect.links([(week_title(id_), f"weeks/{id_}") for id_ in period.weeks])
        files[f"content/archive/{period.id}.md"] = _page(period.title, f"{period.introduction}\n\n{pages}")
    return files


def _page(title: str, body: str, **front_matter: list[str]) -> str:
    """Return a page; JSON is YAML, too."""
    fields = {"title": title, **front_matter}
    lines = "\n".join(f"{name}: {json.dumps(value)}" for name, value in fields.items())
    return f"---\n{lines}\n---\n{body}"
