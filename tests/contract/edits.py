"""Everything that people do to a knowledge base, as functions that change a :class:`World`.

An edit takes the world and a function that picks one of several candidates. An edit that has
nothing to work on leaves the world as it is. Words come from a short list, so that a history of
edits comes back to where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.contract.world import PICTURE, STARTS, Article, Paper, Topic, Week, World

Pick = Callable[[Iterable[str]], str]
Edit = Callable[[World, Pick], None]

WORDS = ("amber", "birch", "cedar")
NEW_PAPERS = ("gale2018windy", "ford2022deep")

#: Names that pages had before: of no page, of one that comes and goes, and below a folder of their own.
FORMER_NAMES = ("papers/old1999kettle", "papers/gale2018windy", "long/gone")

#: The edits by what they do.
EDITS: dict[str, Edit] = {}


def _edit(name: str) -> Callable[[Edit], Edit]:
    def register(function: Edit) -> Edit:
        EDITS[name] = function
        return function

    return register


def _pages(world: World) -> list[str]:
    return sorted(key for key, paper in world.papers.items() if paper.page)


def _paper(world: World, pick: Pick) -> Paper:
    return world.papers[pick(_pages(world))]


def _week(world: World, pick: Pick) -> Week:
    return world.weeks[pick(sorted(world.weeks))]


def _toggle(values: list[str], value: str) -> None:
    if value in values:
        values.remove(value)
    else:
        values.append(value)


@_edit("a summary")
def edit_summary(world: World, pick: Pick) -> None:
    _paper(world, pick).text = f"It burns {pick(WORDS)}."


@_edit("a mention in a summary")
def mention(world: World, pick: Pick) -> None:
    key = pick(_pages(world))
    forms = (f"See {{paper}}`{key}`.", f"See {{cite:t}}`{key}`.", "See SlowRiver.", f"See [it]({key}.md).")
    _paper(world, pick).text = pick(forms)


@_edit("a TL;DR")
def edit_tldr(world: World, pick: Pick) -> None:
    _paper(world, pick).tldr = f"Everything is {pick(WORDS)}."


@_edit("a title and its entry")
def edit_title(world: World, pick: Pick) -> None:
    _paper(world, pick).title = f"On {pick(WORDS).title()} and Water"


@_edit("the topics of a paper")
def edit_topics(world: World, pick: Pick) -> None:
    paper = _paper(world, pick)
    _toggle(paper.topics, pick(sorted(world.topics)))
    if not paper.topics:
        paper.topics.append(sorted(world.topics)[0])


@_edit("an alias")
def edit_alias(world: World, pick: Pick) -> None:
    _paper(world, pick).aliases = [pick(("SlowRiver", "tree", "kitchen", "Nine of ten", "Unheard"))]


@_edit("a relation")
def edit_relation(world: World, pick: Pick) -> None:
    key = pick(_pages(world))
    paper = world.papers[key]
    other = pick([other for other in _pages(world) if other != key] or [key])
    paper.relations = {} if paper.relations else {pick(("extends", "compares-with")): [other]}


@_edit("the code of a paper")
def edit_code(world: World, pick: Pick) -> None:
    paper = _paper(world, pick)
    paper.code = "" if paper.code else "https://github.com/example/code"


@_edit("what a summary is based on")
def edit_read(world: World, pick: Pick) -> None:
    _paper(world, pick).read = "{version: v2, on: 2020-09-20, from: abstract}"


@_edit("a paper comes")
def add_paper(world: World, pick: Pick) -> None:
    unused = [key for key in NEW_PAPERS if key not in world.papers]
    if unused:
        key = pick(unused)
        world.papers[key] = Paper(f"The Paper {key}", "Gale, Una", 2018, ["trees"], f"{key} blows over SlowRiver.")


@_edit("a paper comes with an issue that lists it")
def add_listed_paper(world: World, pick: Pick) -> None:
    unused = [key for key in NEW_PAPERS if key not in world.papers]
    if unused and world.weeks:
        add_paper(world, lambda _candidates: unused[0])
        _week(world, pick).papers.append(unused[0])


@_edit("a paper goes")
def remove_paper(world: World, pick: Pick) -> None:
    if len(_pages(world)) > 2:
        key = pick(_pages(world))
        del world.papers[key]
        world.second_file.discard(key)
        for week in world.weeks.values():
            week.papers = [other for other in week.papers if other != key]
            week.picks = [other for other in week.picks if other != key]
        for paper in world.papers.values():
            paper.relations = {kind: keys for kind, keys in paper.relations.items() if key not in keys}


@_edit("the page of a paper goes, what names it stays")
def remove_page(world: World, pick: Pick) -> None:
    if len(_pages(world)) > 2:
        _paper(world, pick).page = False


@_edit("the pages of papers that went come back")
def restore_pages(world: World, pick: Pick) -> None:
    for paper in world.papers.values():
        paper.page = paper.entry = True


@_edit("a paper gets another key")
def rename_paper(world: World, pick: Pick) -> None:
    old = pick(_pages(world))
    new = old.removesuffix("er") if old.endswith("er") else f"{old}er"
    world.papers = {new if key == old else key: paper for key, paper in world.papers.items()}
    for week in world.weeks.values():
        week.papers = [new if key == old else key for key in week.papers]
        week.picks = [new if key == old else key for key in week.picks]
    for paper in world.papers.values():
        paper.text = paper.text.replace(old, new)
        paper.relations = {kind: [new if key == old else key for key in keys] for kind, keys in paper.relations.items()}


@_edit("a name that the page of a paper had before")
def former_name(world: World, pick: Pick) -> None:
    _toggle(_paper(world, pick).former, pick(FORMER_NAMES))


@_edit("an entry: authors")
def edit_authors(world: World, pick: Pick) -> None:
    world.papers[pick(sorted(world.papers))].authors = f"{pick(WORDS).title()}, Selma and Pond, Jo"


@_edit("an entry: year")
def edit_year(world: World, pick: Pick) -> None:
    world.papers[pick(sorted(world.papers))].year = int(pick(("2017", "2018", "2022")))


@_edit("an entry: venue")
def edit_venue(world: World, pick: Pick) -> None:
    paper = world.papers[pick(sorted(world.papers))]
    paper.venue = "" if paper.venue else "Journal of Wood"


@_edit("an entry goes")
def remove_entry(world: World, pick: Pick) -> None:
    world.papers[pick(sorted(world.papers))].entry = False


@_edit("an entry comes without a page")
def add_entry(world: World, pick: Pick) -> None:
    unused = [key for key in NEW_PAPERS if key not in world.papers]
    if unused:
        add_paper(world, pick)
        for key in set(unused) & set(world.papers):
            world.papers[key].page = False


@_edit("an entry moves to another file")
def move_entry(world: World, pick: Pick) -> None:
    world.second_file ^= {pick(sorted(world.papers))}


@_edit("a paper moves to another issue")
def move_paper(world: World, pick: Pick) -> None:
    listed = [key for week in world.weeks.values() for key in week.papers]
    if listed:
        key = pick(sorted(set(listed)))
        for week in world.weeks.values():
            week.papers = [other for other in week.papers if other != key]
        _week(world, pick).papers.insert(0, key)


@_edit("the order of papers in an issue")
def reorder_papers(world: World, pick: Pick) -> None:
    _week(world, pick).papers.reverse()


@_edit("a pick")
def edit_pick(world: World, pick: Pick) -> None:
    week = _week(world, pick)
    if week.papers or week.articles:
        _toggle(week.picks, pick([*week.papers, *week.articles]))


@_edit("the introduction of an issue")
def edit_week(world: World, pick: Pick) -> None:
    words = (f"All is {pick(WORDS)}.", "SlowRiver again, and kitchen.", "As {paper}`lake2019slow` said.")
    _week(world, pick).introduction = pick(words)


@_edit("the title of an issue")
def retitle_week(world: World, pick: Pick) -> None:
    _week(world, pick).title = f"The {pick(WORDS)} week"


@_edit("an issue comes")
def add_week(world: World, pick: Pick) -> None:
    unused = [name for name in STARTS if name not in world.weeks]
    if unused:
        name = pick(unused)
        world.weeks[name] = Week(f"Week {name}", "A lull, SlowRiver aside.", [pick(_pages(world))])


@_edit("an issue goes")
def remove_week(world: World, pick: Pick) -> None:
    if world.weeks:
        del world.weeks[pick(sorted(world.weeks))]


@_edit("an issue gets another name")
def rename_week(world: World, pick: Pick) -> None:
    unused = [name for name in STARTS if name not in world.weeks]
    if unused and world.weeks:
        old, new = pick(sorted(world.weeks)), pick(unused)
        world.weeks = {new if name == old else name: week for name, week in world.weeks.items()}
        for week in world.weeks.values():
            week.introduction = week.introduction.replace(old, new)
        world.files["notes/guide.md"] = world.files["notes/guide.md"].replace(old, new)


@_edit("an article comes")
def add_article(world: World, pick: Pick) -> None:
    articles = _week(world, pick).articles
    articles[pick(("kite", "soup"))] = Article("A Kite", ["trees"], f"See KettleNet, {pick(WORDS)}.", "other")


@_edit("an article goes")
def remove_article(world: World, pick: Pick) -> None:
    holders = [name for name, week in world.weeks.items() if week.articles]
    if holders:
        week = world.weeks[pick(holders)]
        name = pick(sorted(week.articles))
        del week.articles[name]
        week.picks = [other for other in week.picks if other != name]


@_edit("an article's title and topic")
def edit_article(world: World, pick: Pick) -> None:
    articles = [article for week in world.weeks.values() for article in week.articles.values()]
    for article in articles:
        article.title = f"A {pick(WORDS)} Title"
        article.topics = [pick(sorted(world.topics))]


@_edit("an article gets another id")
def rename_article(world: World, pick: Pick) -> None:
    for week in world.weeks.values():
        week.articles = {name.swapcase() if name == "tea" else name: each for name, each in week.articles.items()}
        week.articles = {name.lower().replace("tea", "tee"): each for name, each in week.articles.items()}


@_edit("the introduction of a topic")
def edit_topic(world: World, pick: Pick) -> None:
    world.topics[pick(sorted(world.topics))].introduction = f"About {pick(WORDS)}, with SlowRiver."


@_edit("the title of a topic")
def retitle_topic(world: World, pick: Pick) -> None:
    world.topics[pick(sorted(world.topics))].title = f"All {pick(WORDS)}"


@_edit("the topic above a topic")
def edit_parent(world: World, pick: Pick) -> None:
    slug = pick(sorted(slug for slug in world.topics if slug != "heat") or ["heat"])
    topic = world.topics[slug]
    topic.parent = "" if topic.parent or slug == "heat" or "heat" not in world.topics else "heat"


@_edit("an alias of a topic")
def edit_topic_alias(world: World, pick: Pick) -> None:
    world.topics[pick(sorted(world.topics))].aliases = [pick(WORDS)]


@_edit("a topic comes")
def add_topic(world: World, pick: Pick) -> None:
    world.topics.setdefault("wind", Topic("Wind", "Air that moves.", pick(("", *sorted(world.topics)))))


@_edit("a topic goes, and from its papers too")
def remove_topic(world: World, pick: Pick) -> None:
    if len(world.topics) > 1:
        slug = pick(sorted(world.topics))
        del world.topics[slug]
        rest = sorted(world.topics)
        for paper in world.papers.values():
            paper.topics = [topic for topic in paper.topics if topic != slug] or rest[:1]
        for week in world.weeks.values():
            for article in week.articles.values():
                article.topics = [topic for topic in article.topics if topic != slug] or rest[:1]
        for topic in world.topics.values():
            topic.parent = "" if topic.parent == slug else topic.parent


@_edit("a topic goes that papers name")
def drop_topic(world: World, pick: Pick) -> None:
    if len(world.topics) > 1:
        del world.topics[pick(sorted(world.topics))]


@_edit("a topic gets another name")
def rename_topic(world: World, pick: Pick) -> None:
    old = pick(sorted(world.topics))
    new = old.removesuffix("s") if old.endswith("s") else f"{old}s"
    world.topics = {new if slug == old else slug: topic for slug, topic in world.topics.items()}
    for paper in world.papers.values():
        paper.topics = [new if slug == old else slug for slug in paper.topics]
    for week in world.weeks.values():
        for article in week.articles.values():
            article.topics = [new if slug == old else slug for slug in article.topics]
    for topic in world.topics.values():
        topic.parent = new if topic.parent == old else topic.parent


@_edit("the introduction or title of a month or year")
def edit_period(world: World, pick: Pick) -> None:
    if world.archive:
        period = pick(sorted(world.archive))
        title, text = world.archive[period]
        word = pick(WORDS)
        world.archive[period] = pick((f"A {word} time\n{text}", f"{title}\nSlowRiver, {word}.")).split("\n")


@_edit("a month or year comes or goes")
def toggle_period(world: World, pick: Pick) -> None:
    period = pick(("2020", "2020-09", "2021", "2021-01"))
    if world.archive.pop(period, None) is None:
        world.archive[period] = (f"Period {period}", "It was long.")


@_edit("the title of a page that others link to")
def retitle_terms(world: World, pick: Pick) -> None:
    _replace_line(world, "notes/terms.md", "# ", f"# Terms of {pick(WORDS)}")


@_edit("a heading that others link to")
def retitle_heading(world: World, pick: Pick) -> None:
    _replace_line(world, "notes/terms.md", "## ", f"## The {pick(WORDS)} word")


@_edit("an entry of the general index")
def edit_index_entry(world: World, pick: Pick) -> None:
    _replace_line(world, "notes/terms.md", "```{index}", f"```{{index}} {pick(WORDS)}")


@_edit("a file that pages include")
def edit_part(world: World, pick: Pick) -> None:
    if "parts/shared.md" in world.files:
        world.files["parts/shared.md"] = f"A {pick(WORDS)} part that names SlowRiver.\n"


@_edit("a picture")
def edit_picture(world: World, pick: Pick) -> None:
    world.files["notes/kettle.svg"] = PICTURE.format(size=pick(("2", "3")))


@_edit("a page no longer shows its picture")
def remove_picture(world: World, pick: Pick) -> None:
    world.files["notes/guide.md"] = world.files["notes/guide.md"].replace("![A kettle](kettle.svg)\n", "")
    world.files.pop("notes/kettle.svg", None)


@_edit("a file to download")
def edit_download(world: World, pick: Pick) -> None:
    world.files["notes/numbers.csv"] = f"1,{pick(('3', '4'))}\n"


@_edit("the order of pages in a toctree")
def reorder_notes(world: World, pick: Pick) -> None:
    world.notes.reverse()


@_edit("a page outside of every toctree comes or goes")
def toggle_orphan(world: World, pick: Pick) -> None:
    if world.files.pop("notes/lost.md", None) is None:
        world.files["notes/lost.md"] = "---\norphan: true\n---\n# Lost\n\nSee KettleNet.\n"


@_edit("the title of a section of the site")
def retitle_section(world: World, pick: Pick) -> None:
    _replace_line(world, "indexes/papers.md", "# ", f"# All {pick(WORDS)} papers")


def _replace_line(world: World, name: str, start: str, line: str) -> None:
    lines = world.files[name].split("\n")
    place = next(number for number, found in enumerate(lines) if found.startswith(start))
    world.files[name] = "\n".join([*lines[:place], line, *lines[place + 1 :]])


#: Values of the configuration that change what is written, each with another value than the first build's.
SETTINGS: dict[str, object] = {
    "project": "Another",
    "language": "de",
    "html_baseurl": "https://example.org/small",
    "html_title": "A title",
    "html_short_title": "Short",
    "html_show_sphinx": False,
    "html_copy_source": False,
    "html_use_index": False,
    "html_theme_options": {"top_of_page_buttons": []},
    "paperloom_bibliography": ["references.bib"],
    "version": "2",
    "smartquotes": False,
    "suppress_warnings": ["myst.xref_missing"],
}


@_edit("a value of the configuration")
def edit_configuration(world: World, pick: Pick) -> None:
    name = pick(sorted(SETTINGS))
    if name in world.config:
        del world.config[name]
    else:
        world.config[name] = SETTINGS[name]
