"""Made-up issues, written the way that different sites and exporters write them.

One :class:`Sample` is rendered in many forms; whatever the form, the same entries must be found.
All titles, texts and addresses are inventions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Item:
    """An entry of a sample. ``card`` is the title of the linked page as a preview shows it."""

    heading: str
    url: str | None
    text: str
    title: str | None = None
    card: str | None = None


@dataclass(frozen=True)
class Sample:
    """An issue: its parts, the names of its sections, and what it must be read as."""

    week: str
    starts: str
    head: str
    intro: str
    source: str | None
    names: tuple[str, str, str, str]
    papers: tuple[Item, ...]
    articles: tuple[Item, ...]
    use_cases: tuple[Item, ...]
    other: tuple[Item, ...]
    contents_name: str
    picks_name: str
    past_name: str
    previous: tuple[str, str] | None
    next: tuple[str, str] | None
    summary: tuple[str, str] | None
    this_week: str
    footer: str

    @property
    def sections(self):
        """Return (name, items) of the four sections."""
        return list(zip(self.names, (self.papers, self.articles, self.use_cases, self.other), strict=True))

    @property
    def picks(self):
        """Return the picks: a paper and an article."""
        return (self.papers[1], self.articles[0])

    def expected(self):
        """Return the addresses of each section, in order."""
        return {
            name: [item.url for item in items]
            for name, items in (
                ("papers", self.papers),
                ("articles", self.articles),
                ("use_cases", self.use_cases),
                ("other", self.other),
            )
        }


CHINESE = Sample(
    week="2021-w10",
    starts="2021-02-28",
    head="海鸥学习周报# 2021 年第 10 周",
    intro="下面是我在 2021 年第 10 周(2 月 28 日~)读到的几篇论文和文章，按兴趣排列。",
    source="https://medium.com/seagull-notes/seagull-weekly-week-10-2021-a1b2c3d4e5f6",
    names=("1.机器学习论文", "2.技术文章", "3.机器学习用例的例子", "4.其他主题"),
    papers=(
        Item(
            "把灯塔的光当作时钟",
            "https://arxiv.org/abs/2102.11101",
            "作者让网络跟着灯塔的节奏更新权重，这样海上的船就不需要同步时间。实验里误差降到了原来的一半，而且训练更快。",
            title="灯塔网络:按节奏更新的循环模型",
        ),
        Item(
            "用贝壳的纹理检测异常",
            "https://arxiv.org/abs/2102.11102",
            "研究者发现贝壳的纹理可以当作正常样本的模板。与模板差得远的图像被判为异常，在三个数据集上都有效。",
            title="贝壳匹配用于异常检测",
        ),
        Item(
            "没有罗盘也能导航",
            "https://openreview.net/forum?id=SeaGull21x",
            "一个只看星星的强化学习智能体。它不知道方向，却学会了回家的路；作者还给出了失败的例子。",
            title="没有罗盘时怎么走？",
        ),
        Item(
            "潮汐预测的大模型",
            "https://arxiv.org/abs/2102.11104",
            "把潮汐当作语言来建模。模型越大，预测的时间越远，规律与参数量之间是幂律关系，这一点在所有港口都成立。",
            title="潮汐也是一种语言",
        ),
    ),
    articles=(
        Item(
            "为什么小网络也会晕船",
            "https://example.org/blog/small-networks-seasick",
            "一篇解释梯度抖动的博客，作者用晕船打比方，说明了为什么批次太小的时候损失会来回摆动，并给出了三个办法。",
            card="小网络与晕船",
        ),
        Item(
            "码头上的数据泄漏",
            "https://harbor.example.net/data-leak",
            "作者讲述了一次失败的比赛：测试集里的船名出现在训练集中。文章列出了检查的清单，值得打印出来贴在墙上。",
            card="码头数据事故复盘",
        ),
    ),
    use_cases=(
        Item(
            "港口用摄像头数集装箱",
            "https://news.example.com/ports/counting-containers",
            "一家港口公司用摄像头数集装箱，代替了过去的人工登记。系统上线之后，错误率下降，工人也不用半夜爬上货堆。",
            card="港口公司的新眼睛",
        ),
    ),
    other=(
        Item(
            "暑期船模比赛开始报名",
            "https://regatta.example.org/2021",
            "比赛面向所有学生开放，参赛者要用学习的方法控制一艘小船绕过浮标，报名费很便宜，截止日期是四月底。",
            card="船模比赛二〇二一",
        ),
        Item(
            "一张好看的激活函数海报",
            "https://posters.example.org/activations",
            "有人把所有的激活函数画成了海浪，打印出来可以挂在办公室里。画的下面还写着公式和提出的年份，很适合新人。",
            card="激活函数的海浪",
        ),
    ),
    contents_name="主题",
    picks_name="—每周编辑精选",
    past_name="—过去的文章",
    previous=("第 9 周", "/seagull-notes/seagull-weekly-week-9-2021-0f0f0f0f0f0f"),
    next=("第 11 周", "/seagull-notes/seagull-weekly-week-11-2021-1e1e1e1e1e1e"),
    summary=("2021 年 1 月汇总", "/seagull-notes/seagull-weekly-january-2021-2d2d2d2d2d2d"),
    this_week="第 10 周(本帖)",
    footer="推特，我贴一句纸评论。",
)

ENGLISH = Sample(
    week="2021-w21",
    starts="2021-05-16",
    head="Seagull's ML News #Week 21, 2021",
    intro="Here are the papers and articles that I liked in week 21, 2021 (16 May~). Enjoy the read with your tea.",
    source="https://medium.com/seagull-notes/seagulls-ml-news-week-21-2021-abcdef123456",
    names=(
        "1. Machine Learning Papers",
        "2. Technical Articles",
        "3. Examples of Machine Learning Use Cases",
        "4. Other Topics",
    ),
    papers=(
        Item(
            "A lighthouse as the clock of a network",
            "https://arxiv.org/abs/2105.01101",
            "The authors update weights in the rhythm of a lighthouse, so that ships need no common time. "
            "The error is halved in their experiments. Training is faster, too.",
            title="LightNet: Recurrent Models That Follow a Beam",
        ),
        Item(
            "Shells tell what is normal",
            "https://arxiv.org/abs/2105.01102",
            "A study of anomaly detection with textures of shells as templates. Whatever is far from each of "
            "them counts as an anomaly. It works on three data sets.",
            title="Matching Shells for Anomaly Detection",
        ),
        Item(
            "Finding home without a compass",
            "https://openreview.net/forum?id=Gull21home",
            "An agent that sees nothing but stars. It does not know where north is. It comes home all the same, "
            "and the authors show where it fails.",
            title="How to Walk When There Is No Compass?",
        ),
        Item(
            "Tides as a language",
            "https://aclanthology.org/2021.sea-main.7/",
            "They model tides as if they were sentences. Larger models look further ahead. The law is a power law in "
            "all of the ports that they tried.",
            title="Tides Are a Language",
        ),
    ),
    articles=(
        Item(
            "Why small networks get seasick",
            "https://example.org/blog/small-networks-seasick",
            "A blog post about gradients that sway. It explains why the loss goes up and down with small batches. "
            "Three remedies are given at the end.",
            card="Small Networks and the Sea",
        ),
        Item(
            "A data leak at the pier",
            "https://harbor.example.net/data-leak",
            "The story of a lost competition: names of ships of the test set were in the training set. There is a "
            "list of things to check. Print it.",
            card="What Went Wrong at the Pier",
        ),
    ),
    use_cases=(
        Item(
            "A port counts containers with cameras",
            "https://news.example.com/ports/counting-containers",
            "A port counts its containers with cameras now. Nobody climbs onto the stacks at night any more. "
            "There are fewer mistakes, says the company.",
            card="New Eyes for the Port",
        ),
    ),
    other=(
        Item(
            "A regatta for learning boats",
            "https://regatta.example.org/2021",
            "Students may steer a small boat around buoys by learning. The fee is low. Registration ends in April, "
            "and teams of three are welcome.",
            card="Regatta 2021",
        ),
        Item(
            "Activation functions as waves",
            "https://posters.example.org/activations",
            "Somebody drew all activation functions as waves of the sea. The formula and the year stand below each. "
            "It looks good in an office.",
            card="Waves of Activation",
        ),
    ),
    contents_name="Topics",
    picks_name="— Weekly editor's pick",
    past_name="— Past Articles",
    previous=("Week 20", "/seagull-notes/seagulls-ml-news-week-20-2021-0a0a0a0a0a0a"),
    next=("Week 22", "/seagull-notes/seagulls-ml-news-week-22-2021-1b1b1b1b1b1b"),
    summary=("April 2021 summary", "/seagull-notes/seagulls-ml-news-april-2021-2c2c2c2c2c2c"),
    this_week="Week 21 (this post)",
    footer="On Twitter, I post one-sentence paper commentary.",
)

JAPANESE = replace(
    ENGLISH,
    week="2021-w15",
    starts="2021-04-04",
    head="かもめの機械学習ニュース 2021年第15週",
    intro="2021年第15週(4月4日~)に読んだ論文と記事のうち、面白かったものを紹介します。",
    source="https://seagull.hatenablog.com/entry/2021/04/10/week15-2021",
    names=("1. 機械学習の論文", "2. 技術記事", "3. 機械学習の活用事例", "4. その他"),
    papers=(
        Item(
            "灯台を時計にするネットワーク",
            "https://arxiv.org/abs/2104.01101",
            "灯台のリズムで重みを更新する研究です。船どうしで時刻を合わせる必要がなくなります。誤差は半分になりました。",
            title="LightNet: Recurrent Models That Follow a Beam",
        ),
        Item(
            "貝殻の模様で異常を見つける",
            "https://arxiv.org/abs/2104.01102",
            "貝殻の模様をお手本にした異常検知です。お手本から遠いものを異常とします。三つのデータセットで試しています。",
            title="Matching Shells for Anomaly Detection",
        ),
        Item(
            "羅針盤なしで帰る",
            "https://openreview.net/forum?id=Kamome21",
            "星だけを見る強化学習のエージェントです。北がどちらかは知りません。それでも家に帰ることができます。",
            title="How to Walk When There Is No Compass?",
        ),
    ),
    articles=(
        Item(
            "小さなネットワークが船酔いする理由",
            "https://example.org/blog/small-networks-seasick",
            "勾配のゆれについてのブログ記事です。バッチが小さいと損失が上下します。最後に三つの対策が書かれています。",
            card="Small Networks and the Sea",
        ),
    ),
    use_cases=(
        Item(
            "港がカメラでコンテナを数える",
            "https://news.example.com/ports/counting-containers",
            "港の会社がコンテナをカメラで数えています。夜中に登る人はもういません。間違いも減ったそうです。",
            card="New Eyes for the Port",
        ),
    ),
    other=(
        Item(
            "学習する船のレース",
            "https://regatta.example.org/2021",
            "学生なら誰でも参加できます。小さな船をブイのまわりで走らせます。申し込みは四月の終わりまでです。",
            card="Regatta 2021",
        ),
    ),
    contents_name="目次",
    picks_name="今週のおすすめ",
    past_name="過去の記事",
    previous=("第14週", "/entry/2021/04/03/week14-2021"),
    next=None,
    summary=("2021年3月のまとめ", "/entry/2021/04/01/march-2021"),
    this_week="第15週(この記事)",
    footer="ツイッターで一言コメントしています。",
)

Renderer = Callable[[Sample], str]


def medium_card(item: Item) -> str:
    """Return a link card as the export of the series writes it."""
    host = item.url.split("/")[2]
    return f"[]({item.url}) [## {item.card or item.title}\n\n### {item.text[:24]}…\n\n{host}]({item.url}) "


def contents(sample: Sample) -> str:
    return "\n".join(f"{n}.  {name.split('.', 1)[-1].strip()}" for n, name in enumerate(sample.names, 1))


def pick_list(sample: Sample) -> str:
    return "\n".join(f"*   [{item.heading}]({item.url})" for item in sample.picks)


def navigation(sample: Sample) -> str:
    before = f"[{sample.previous[0]}]({sample.previous[1]})" if sample.previous else ""
    after = f"[{sample.next[0]}]({sample.next[1]})" if sample.next else ""
    line = f"{before} ⇦{sample.this_week}⇨ {after}".strip()
    return f"{line}\n\n[{sample.summary[0]}]({sample.summary[1]})"


def framed(sample: Sample, body: str, *, level: int = 1) -> str:
    """Return a document in the form of the series around the sections."""
    mark = "#" * level
    return (
        f"# {sample.head}\n\n> 原文：<{sample.source}?source=collection_archive---------1------->\n\n{sample.intro}\n\n"
        f"{mark} {sample.contents_name}\n\n{contents(sample)}\n\n{mark} {sample.picks_name}\n\n{pick_list(sample)}\n\n"
        f"{mark} {sample.past_name}\n\n{navigation(sample)}\n\n— — — — — — — —\n\n{body}\n\n— — — — — —\n\n"
        f"{mark} {sample.past_name}\n\n{navigation(sample)}\n\n— — — —\n\n{mark} {sample.footer}\n\n"
        "[https://twitter.com/SeagullNotes](https://twitter.com/SeagullNotes)\n"
    )


def by_sections(
    sample: Sample, entry: Callable[[Item, bool], str], *, heading: str = "# {}\n\n— —", rule: str = "— — — —"
) -> str:
    parts = []
    for name, items in sample.sections:
        is_papers = items is sample.papers
        body = "\n\n".join(entry(item, is_papers) for item in items)
        parts.append(f"{heading.format(name)}\n\n{body}")
    return f"\n\n{rule}\n\n".join(parts) if rule else "\n\n".join(parts)


def reference(item: Item) -> str:
    return f"*{item.title}*\n[{item.url}]({item.url})"


def series(sample: Sample) -> str:
    """The usual form: headings on one level, the reference below, cards after the text."""

    def entry(item, is_paper):
        below = (
            f"{reference(item)}\n\n{item.text}\n\n![](img/1.png)" if is_paper else f"{item.text}\n\n{medium_card(item)}"
        )
        return f"# {item.heading}\n\n{below}"

    return framed(sample, by_sections(sample, entry))


def cards_first(sample: Sample) -> str:
    """Pictures above the reference, cards above the text, entries a level deeper."""

    def entry(item, is_paper):
        above = f"![](img/1.png)\n\n{item.title}\n{item.url}" if is_paper else medium_card(item)
        return f"## {item.heading}\n\n{above}\n\n{item.text}"

    return framed(sample, by_sections(sample, entry))


def paper_cards(sample: Sample) -> str:
    """Papers by cards whose titles begin with the arXiv id, as later issues have them."""

    def entry(item, is_paper):
        if not is_paper:
            return f"# {item.heading}\n\n{medium_card(item)}\n\n{item.text}"
        number = item.url.rpartition("/")[2]
        shown = f"[{number}] {item.title}" if "arxiv" in item.url else item.title
        return f"# {item.heading}\n\n{medium_card(replace(item, card=shown))}\n\n{item.text}"

    return framed(sample, by_sections(sample, entry))


def linked_headings(sample: Sample) -> str:
    """Headings that are links, with the arXiv id in front of the title."""

    def entry(item, is_paper):
        number = (item.url or "").rpartition("/")[2]
        prefix = f"【{number}】" if "arxiv" in (item.url or "") else ""
        return f"### [{prefix}{item.title or item.heading}]({item.url})\n\n{item.text}"

    return framed(sample, by_sections(sample, entry, heading="## {}", rule=""), level=2)


def bold_paragraphs(sample: Sample) -> str:
    """Entries that are bold paragraphs."""

    def entry(item, is_paper):
        below = reference(item) if is_paper else medium_card(item)
        return f"**{item.heading}**\n\n{below}\n\n{item.text}"

    return framed(sample, by_sections(sample, entry))


def list_items(sample: Sample) -> str:
    """Entries that are items of lists, the address at the head or in brackets at the end."""

    def entry(item, is_paper):
        if is_paper:
            return f"- **{item.title}** {item.text} ({item.url})"
        return f"- [{item.heading}]({item.url}): {item.text}"

    return framed(sample, by_sections(sample, entry, heading="## {}", rule=""), level=2)


def numbered_lists(sample: Sample) -> str:
    """Entries that are numbered items with their text indented below."""

    def section(name, items, *, is_papers):
        rows = []
        for number, item in enumerate(items, 1):
            below = f"{item.title}\n   <{item.url}>" if is_papers else f"<{item.url}>"
            rows.append(f"{number}. **{item.heading}**\n\n   {below}\n\n   {item.text}")
        return f"## {name}\n\n" + "\n\n".join(rows)

    body = "\n\n".join(section(name, items, is_papers=items is sample.papers) for name, items in sample.sections)
    return framed(sample, body, level=2)


def tables(sample: Sample) -> str:
    """Entries that are rows of tables."""

    def section(name, items):
        rows = "\n".join(f"| {n} | [{i.heading}]({i.url}) | {i.text} |" for n, i in enumerate(items, 1))
        return f"## {name}\n\n| # | Name | Note |\n|---|---|---|\n{rows}"

    return framed(sample, "\n\n".join(section(name, items) for name, items in sample.sections), level=2)


def html(sample: Sample) -> str:
    """All in HTML."""

    def section(name, items, *, is_papers):
        rows = []
        for item in items:
            below = (
                f'<p><em>{item.title}</em><br>\n<a href="{item.url}">{item.url}</a></p>'
                if is_papers
                else f'<p><a href="{item.url}">{item.card}</a></p>'
            )
            rows.append(
                f'<h3>{item.heading}</h3>\n<figure><img src="a.png" alt=""></figure>\n{below}\n<p>{item.text}</p>'
            )
        return f"<h2>{name}</h2>\n<hr>\n" + "\n".join(rows)

    body = "\n".join(section(name, items, is_papers=items is sample.papers) for name, items in sample.sections)
    picks = "".join(f'<li><a href="{item.url}">{item.heading}</a></li>' for item in sample.picks)
    before = f'<a href="{sample.previous[1]}">{sample.previous[0]}</a>'
    after = f'<a href="{sample.next[1]}">{sample.next[0]}</a>' if sample.next else ""
    summary = f'<a href="{sample.summary[1]}">{sample.summary[0]}</a>'
    return (
        f"<h1>{sample.head}</h1>\n"
        f'<p>Original: <a href="{sample.source}">{sample.source}</a></p>\n<p>{sample.intro}</p>\n'
        f"<h2>{sample.picks_name}</h2>\n<ul>{picks}</ul>\n{body}\n<h2>{sample.past_name}</h2>\n"
        f"<p>{before} ← {sample.this_week} → {after}<br>{summary}</p>\n"
    )


def hatena(sample: Sample) -> str:
    """Hatena's embeds, and HTML around pictures."""

    def entry(item, is_paper):
        below = f"[{item.url}:embed:cite]"
        title = f"{item.title}\n\n" if is_paper else ""
        return f'### {item.heading}\n\n{title}{below}\n\n<p><img src="x.png" /></p>\n\n{item.text}'

    return framed(sample, by_sections(sample, entry, heading="## {}", rule=""), level=2)


def zenn(sample: Sample) -> str:
    """Front matter, bare addresses on a line of their own, messages in colons."""

    def entry(item, is_paper):
        below = f"**{item.title}**\n\n{item.url}" if is_paper else f"@[card]({item.url})"
        return f"### {item.heading}\n\n{below}\n\n:::message\n{item.text}\n:::"

    body = by_sections(sample, entry, heading="## {}", rule="---")
    return (
        f'---\ntitle: "{sample.head}"\nemoji: 🐦\ncanonical_url: {sample.source}\npublished: true\n---\n\n'
        f"{sample.intro}\n\n"
        f"## {sample.picks_name}\n\n{pick_list(sample)}\n\n{body}\n\n## {sample.past_name}\n\n{navigation(sample)}\n"
    )


def medium_exporter(sample: Sample) -> str:
    """Setext headings, cards as one link over several lines, the canonical link at the end."""

    def entry(item, is_paper):
        host = item.url.split("/")[2]
        card = f"[**{item.card or item.title}**\n*{item.text[:20]}*{host}]({item.url})"
        title = f"**{item.title}**\n{item.url}\n\n" if is_paper else ""
        return f"#### {item.heading}\n\n{title}{item.text}\n\n{card}"

    def section(name):
        return f"{name}\n{'-' * 20}"

    parts = []
    for name, items in sample.sections:
        body = "\n\n".join(entry(item, items is sample.papers) for item in items)
        parts.append(f"{section(name)}\n\n{body}")
    return (
        f"{sample.head}\n{'=' * 20}\n\n{sample.intro}\n\n{section(sample.picks_name)}\n\n{pick_list(sample)}\n\n"
        + "\n\n".join(parts)
        + f"\n\n{section(sample.past_name)}\n\n{navigation(sample)}\n\n[Canonical link]({sample.source})\n"
    )


def note_like(sample: Sample) -> str:
    """Bold section names without headings, plain titles, addresses on lines of their own."""

    def entry(item, is_paper):
        title = f"{item.title}\n{item.url}" if is_paper else item.url
        return f"**■ {item.heading}**\n{title}\n\n{item.text}"

    body = by_sections(sample, entry, heading="**{}**", rule="***")
    return (
        f"**{sample.head}**\n\nOriginal: {sample.source}\n\n{sample.intro}\n\n"
        f"**{sample.picks_name}**\n\n{pick_list(sample)}\n\n"
        f"***\n\n{body}\n\n***\n\n**{sample.past_name}**\n\n{navigation(sample)}\n"
    )


def references(sample: Sample) -> str:
    """Reference-style links, defined at the end."""
    defined: list[str] = []

    def entry(item, is_paper):
        number = len(defined) + 1
        defined.append(f"[{number}]: {item.url}")
        if is_paper:
            return f"### {item.heading}\n\n*{item.title}* ([paper][{number}])\n\n{item.text}"
        return f"### [{item.heading}][{number}]\n\n{item.text}"

    body = by_sections(sample, entry, heading="## {}", rule="***")
    return framed(sample, body, level=2) + "\n" + "\n".join(defined) + "\n"


def labelled(sample: Sample) -> str:
    """Labels before what they hold, and code beside it."""

    def entry(item, is_paper):
        if is_paper:
            return f"### {item.heading}\n\n- Title: {item.title}\n- Paper: {item.url}\n- Code: https://github.com/seagull/{len(item.url)}\n\n{item.text}"
        return f"### {item.heading}\n\n{item.text} [Link]({item.url})"

    return framed(sample, by_sections(sample, entry, heading="## {}", rule=""), level=2)


def plain_paragraphs(sample: Sample) -> str:
    """No heading but those of sections: a title, an address and text for each entry."""

    def entry(item, is_paper):
        return f"{item.title or item.heading}\n{item.url}\n\n{item.text}"

    return framed(sample, by_sections(sample, entry, heading="## {}", rule=""), level=2)


RENDERERS: dict[str, Renderer] = {
    each.__name__: each
    for each in (
        series, cards_first, paper_cards, linked_headings, bold_paragraphs, list_items, numbered_lists, tables, html,
        hatena, zenn, medium_exporter, note_like, references, labelled, plain_paragraphs,
    )
}  # fmt: skip
SAMPLES = {"chinese": CHINESE, "english": ENGLISH, "japanese": JAPANESE}
