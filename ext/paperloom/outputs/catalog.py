"""``catalog.json``: the whole knowledge base as data, described by a JSON Schema beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from paperloom.model.calendar import end_of_week
from paperloom.model.records import Mention, Paper, Topic, Week
from paperloom.weave.facts import Facts
from paperloom.weave.woven import Woven

CATALOG = "catalog.json"
SCHEMA = "catalog.schema.json"


#: Returns the text of a record of the catalog by its name, such as ``papers/xue2020mt5``.
RecordText = Callable[[str], str]


def record_text(woven: Woven, name: str) -> str:
    """Return the record called ``papers/<key>``, ``weeks/<id>`` or ``topics/<slug>`` as JSON text."""
    table, _slash, key = name.partition("/")
    facts = woven.facts
    match table:
        case "papers":
            record = _paper(woven, facts.papers[key])
        case "weeks":
            record = _week(woven, facts.weeks[key])
        case _:
            record = _topic(woven, facts.topics[key])
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def record_names(facts: Facts) -> dict[str, list[str]]:
    """Return the names of all records by table, in the catalog's order.

    Weeks stand oldest first; papers by first featuring week and place in it, background papers
    last by key; topics by slug.
    """
    return {
        "papers": [f"papers/{key}" for key in facts.order],
        "weeks": [f"weeks/{week_id}" for week_id in facts.weeks],
        "topics": [f"topics/{slug}" for slug in facts.topics],
    }


def _paper(woven: Woven, paper: Paper) -> dict[str, Any]:
    record = stated_record(woven, paper)
    last = {name: record.pop(name) for name in ("relations", "draft", "revised")}
    return {
        **record,
        "mentioned_in": [_mention(mention) for mention in woven.mentions.get(paper.key, ())],
        "related": [related.key for related in woven.related(paper.key)],
        **last,
    }


def stated_record(woven: Woven, paper: Paper) -> dict[str, Any]:
    """Return the record of a paper without what only the running text of all pages tells."""
    facts = woven.facts
    reference = facts.references.get(paper.key)
    featured = facts.featuring.get(paper.key, ())
    return {
        "key": paper.key,
        "docname": paper.docname,
        "former": list(facts.former_names.get(paper.docname, ())),
        "title": paper.title,
        "authors": [author.name for author in reference.authors] if reference else [],
        "year": reference.year if reference else None,
        "venue": reference.venue if reference else None,
        "arxiv": reference.arxiv if reference else None,
        "doi": reference.doi if reference else None,
        "openreview": reference.openreview if reference else None,
        "url": reference.url if reference else None,
        "code": paper.code,
        "topics": sorted(paper.topics),
        "aliases": sorted(paper.aliases),
        "tldr": paper.tldr or None,
        "background": not featured,
        "featured_in": list(featured),
        "pick_of": list(woven.picked_in.get(paper.key, ())),
        "relations": {kind: list(keys) for kind, keys in facts.relations.get(paper.key, {}).items()},
        "draft": paper.draft,
        "revised": {"on": paper.revised.on, "what": paper.revised.what} if paper.revised else None,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "docname": mention.docname,
        "anchor": mention.anchor,
        "week": mention.week,
        "linked": mention.linked,
        "kind": mention.kind,
        "context": mention.context,
    }


def _week(woven: Woven, week: Week) -> dict[str, Any]:
    return {
        "id": week.id,
        "docname": week.docname,
        "former": list(woven.facts.former_names.get(week.docname, ())),
        "starts": week.starts.isoformat(),
        "ends": end_of_week(week.starts).isoformat(),
        "title": week.title,
        "papers": list(week.papers),
        "picks": list(week.picks),
        "articles": [
            {
                "id": article.id,
                "kind": article.kind,
                "title": article.title,
                "url": article.url,
                "archived": article.archived,
                "site": article.site,
                "topics": sorted(article.topics),
                "mentions": list(woven.article_mentions.get((week.id, article.id), ())),
            }
            for article in week.articles
        ],
    }


def _topic(woven: Woven, topic: Topic) -> dict[str, Any]:
    articles = woven.topic_articles.get(topic.slug, ())
    return {
        "id": topic.slug,
        "docname": topic.docname,
        "former": list(woven.facts.former_names.get(topic.docname, ())),
        "title": topic.title,
        "parent": topic.parent,
        "papers": list(woven.facts.topic_papers.get(topic.slug, ())),
        "articles": sorted(f"{article.week}#{article.id}" for article, _picked in articles),
    }


def catalog_text(facts: Facts, title: str, text_of: RecordText) -> str:
    """Return the catalog of a knowledge base called ``title`` as JSON text, one record a line.

    Absent values are None, empty lists are there.
    """
    tables = []
    for table, names in record_names(facts).items():
        records = ",\n".join([text_of(name) for name in names])
        tables.append(f'"{table}": [\n{records}\n]' if records else f'"{table}": []')
    head = f'"schema": 1,\n"title": {json.dumps(title, ensure_ascii=False)},\n'
    return "{" + head + ",\n".join(tables) + "}\n"


def schema_text() -> str:
    """Return the JSON Schema of the catalog as text."""
    return files("paperloom.outputs").joinpath(f"schemas/{SCHEMA}").read_text(encoding="utf-8")
