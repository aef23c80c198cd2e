"""Invents a knowledge base of a given size; the same seed gives the same text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice
from random import Random

from paperloom.model.calendar import month_of_week, start_of_week, year_of_week
from paperloom.sources.citation_keys import make_citation_key

from benchmarks.records import (
    Article,
    Author,
    Block,
    Bullets,
    Corpus,
    Mention,
    MentionKind,
    Paper,
    Paragraph,
    Period,
    Section,
    Table,
    Text,
    Topic,
    Week,
)
from benchmarks.vocabulary import FIELDS, GIVEN_NAMES, METHODS, VENUES, coined_names, phrase, sentence

SEED = 1
PAPERS_A_WEEK = 8
ARTICLES_A_WEEK = 6
TOPICS_OF_A_PAPER = 3
FIRST_YEAR = 2001
_ARTICLE_KINDS = ("article", "article", "article", "use-case", "use-case", "other")
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def generate(papers: int, seed: int = SEED) -> Corpus:
    """Return a knowledge base of ``papers`` papers, at least 16 of them.

    :raises ValueError: if there are fewer, since papers then have too few others to mention.
    """
    if papers < 2 * PAPERS_A_WEEK:
        raise ValueError(f"{papers} papers are too few; {2 * PAPERS_A_WEEK} are the least")
    random = Random(seed)  # noqa: S311  # repeatable on purpose
    topics = _topics(random)
    frames = _frames(random, papers)
    slugs = [topic.slug for topic in topics]
    by_key = {}
    for number, (key, alias, authors, week) in enumerate(frames):
        by_key[key] = make_paper(random, [frame[0] for frame in frames], slugs, number, (key, alias, authors, week))
    by_week = defaultdict(list)
    for paper in by_key.values():
        by_week[paper.week].append(paper.key)
    weeks = tuple(_week(random, id_, tuple(keys), list(by_key), slugs) for id_, keys in by_week.items())
    return Corpus(by_key, weeks, topics, _periods(random, weeks))


Frame = tuple[str, str, tuple[Author, ...], str]


def _frames(random: Random, papers: int) -> list[Frame]:
    """Return (key, alias, authors, id of the week) of each paper: what others need to mention it."""
    families = coined_names(random, max(40, papers // 2), 2, "sen")
    people = [Author(family, random.choice(GIVEN_NAMES)) for family in families]
    aliases = coined_names(random, papers, 3, "x")
    weeks = list(islice(_weeks(), -(-papers // PAPERS_A_WEEK)))
    frames: list[Frame] = []
    taken: set[str] = set()
    for number, alias in enumerate(aliases):
        week = weeks[number // PAPERS_A_WEEK]
        authors = tuple(random.sample(people, 3))
        key = make_citation_key(authors[0].family, int(year_of_week(week)), alias, taken)
        taken.add(key)
        frames.append((key, alias, authors, week))
    return frames


def _weeks() -> Iterator[str]:
    year = FIRST_YEAR
    while True:
        for number in range(1, 54):
            try:
                start_of_week(year, number)
            except ValueError:
                break
            yield f"{year}-w{number:02d}"
        year += 1


def make_paper(random: Random, keys: list[str], topics: list[str], number: int, frame: Frame) -> Paper:
    """Return the paper of ``frame``, the ``number``-th of all, mentioning others of ``keys``."""
    key, alias, authors, week = frame
    year = int(year_of_week(week))
    month = int(month_of_week(start_of_week(year, int(week[-2:])))[5:])
    return Paper(
        key=key,
        alias=alias,
        title=f"{alias}: {phrase(random, 5).capitalize()}",
        authors=authors,
        year=year,
        venue=random.choice(VENUES) if number % 2 else None,
        arxiv=f"{year % 100:02d}{month:02d}.{number:05d}",
        topics=tuple(random.sample(topics, TOPICS_OF_A_PAPER)),
        tldr=f"{sentence(random, 10)} {sentence(random, 8)}",
        sections=_sections(random, [k for k in random.sample(keys, 7) if k != key], with_table=number % 2 == 0),
        week=week,
    )


def _sections(random: Random, others: list[str], *, with_table: bool) -> tuple[Section, ...]:
    by_role, by_link, by_alias, in_text, *cited = others[:6]
    middle: Block
    if with_table:
        rows = tuple((phrase(random, 3), f"{random.uniform(1, 99):.1f}") for _ in range(4))
        middle = Table((("Setting", "Score"), *rows))
    else:
        middle = Bullets(tuple(sentence(random, 9) for _ in range(4)))
    return (
        Section(
            "Why it matters",
            (
                Paragraph((_sentences(random, 3),)),
                Paragraph((f"{_sentences(random, 2)} See ", Mention(MentionKind.ROLE, (by_role,)), " for more.")),
            ),
        ),
        Section(
            "How it works",
            (
                Paragraph((f"{_sentences(random, 3)} It is like ", Mention(MentionKind.LINK, (by_link,)), " in part.")),
                Bullets(tuple(sentence(random, 11) for _ in range(3))),
                Paragraph((_sentences(random, 2),)),
            ),
        ),
        Section(
            "Results",
            (
                Paragraph((f"{sentence(random)} So say ", Mention(MentionKind.CITE_IN_TEXT, (in_text,)), ", too.")),
                middle,
                Paragraph((f"{sentence(random)} Others differ ", Mention(MentionKind.CITE, tuple(cited)), ".")),
            ),
        ),
        Section(
            "Limits",
            (
                Paragraph(
                    (f"{_sentences(random, 2)} This is where ", Mention(MentionKind.ALIAS, (by_alias,)), " stops.")
                ),
            ),
        ),
    )


def _sentences(random: Random, count: int) -> str:
    return " ".join(sentence(random) for _ in range(count))


def _week(random: Random, id_: str, papers: tuple[str, ...], keys: list[str], topics: list[str]) -> Week:
    articles = []
    for number, kind in enumerate(_ARTICLE_KINDS, start=1):
        mention = Mention(MentionKind.ROLE if number % 2 else MentionKind.ALIAS, (random.choice(keys),))
        text: Text = (f"{_sentences(random, 3)} It builds on ", mention, f". {sentence(random)}")
        articles.append(
            Article(
                id=f"{kind}-{number}",
                title=f"{phrase(random, 6).capitalize()} {number}",
                kind=kind,
                url=f"https://example.org/{id_}/{number}",
                site="Example Weekly",
                topics=tuple(random.sample(topics, 2)),
                text=text,
            )
        )
    introduction: Text = (f"{_sentences(random, 3)} Start with ", Mention(MentionKind.ROLE, (papers[0],)), ".")
    return Week(id_, start_of_week(int(id_[:4]), int(id_[-2:])), papers[:2], introduction, papers, tuple(articles))


def _topics(random: Random) -> tuple[Topic, ...]:
    """Return a topic for each field, and below it one for each but one of the methods: 40 in all."""
    topics = []
    for field in FIELDS:
        topics.append(Topic(field, field.capitalize(), None, _sentences(random, 2)))
        for method in METHODS[:-1]:
            name = f"{field} {method}"
            topics.append(Topic(name.replace(" ", "-"), name.capitalize(), field, _sentences(random, 2)))
    return tuple(topics)


def _periods(random: Random, weeks: tuple[Week, ...]) -> tuple[Period, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for week in weeks:
        members[year_of_week(week.id)].append(week.id)
        members[month_of_week(week.starts)].append(week.id)
    return tuple(
        Period(id_, period_title(id_), _sentences(random, 4), tuple(ids)) for id_, ids in sorted(members.items())
    )


def period_title(id_: str) -> str:
    """Return the heading of a period's page: "2020" or "September 2020"."""
    if len(id_) == len("2020"):
        return id_
    day = date.fromisoformat(f"{id_}-01")
    return f"{_MONTHS[day.month - 1]} {day.year}"
