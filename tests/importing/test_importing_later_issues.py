"""Forms that later issues of a series have: overviews, featured sections, headings that are links, leftovers.

Texts are inventions; the forms are those that issues have had, or may have.
"""

# ruff: noqa: E501  # tables of examples, each on its line

from __future__ import annotations

import pytest
from paperloom.importing import pieces
from paperloom.importing.matching import KnownPapers
from paperloom.importing.plan import plan_issue
from paperloom.importing.reading import read_issue
from paperloom.importing.words import section_of

HEAD = "# 2021 年第 12 周\n\n> 原文：<https://medium.com/gulls/gulls-week-12-2021-abcdefabcdef?source=x>\n\n"
TEXT = "作者把灯塔当作时钟来训练网络。这样误差降到了一半，而且训练更快。"
LAMP = "https://arxiv.org/abs/2103.00001"
SHELL = "https://arxiv.org/abs/2103.00002"


def read(text):
    return read_issue(text, "issue.md").as_json()


def named(entries):
    return [(entry["heading"], entry["url"]) for entry in entries]


def titles(found):
    return [(entry["heading"], entry["title"], entry["arxiv"]) for entry in found["papers"]]


LATER = f"""{HEAD}## 本周特色论文/新闻

*   有一个新的模型跟着灯塔走。它不需要时钟，这令人惊讶。
*   一篇贝壳的综述。

## 现实世界中的机器学习

*   面包店用摄像头数面包。

## 论文

*   潮汐的模型。

— — — — — — —

在以下部分中，我将介绍各种文章和论文，不仅涉及上述内容，还涉及以下五个主题。

1.  本周特色论文/新闻
2.  现实世界中的机器学习用例
3.  论文
4.  机器学习技术相关文章
5.  其他主题

— — — — — — —

# 1.本周特色论文/新闻

## [**跟着灯塔**—【arxiv.org】T2]({LAMP}?utm_campaign=Gull%27s%20News&gi=5)

[[2103.00001]灯塔网络:跟着节拍]({LAMP})

{TEXT}

## [**海鸥的一天** — news.example.org](https://news.example.org/gull?source=email)

一条新闻。海鸥在早上醒来，在晚上睡觉。

# 2.现实世界中的机器学习用例

## [数面包](https://bread.example.org/?utm_source=a)

面包店用摄像头数面包。这样就不用排队了。

# 3.论文

## [潮汐的模型]({SHELL})

[2103.00002] 潮汐也是一种语言

{TEXT}

# 4.机器学习技术相关文章

## [怎样游泳- YouTube](https://www.youtube.com/watch?v=abcdefghij1)

怎样游泳。讲得很慢，也很清楚。

# 5.其他主题

## 视频

[https://video.example.org/](https://video.example.org/)

一个视频。很长，但是值得看。

# 其他博客

[](/gulls/gpt-0123456789ab) [## 一篇旧博客

medium.com](/gulls/gpt-0123456789ab)

# 关于我

水手/学习者/[http://github . com/Gull/](https://t.co/abc?amp=1)
"""


def test_featured_entries_are_picks_and_stand_in_order_and_the_overview_is_no_entry():
    found = read(LATER)
    news = ("海鸥的一天", "https://news.example.org/gull")
    assert [(pick["title"], pick["url"]) for pick in found["picks"]] == [("跟着灯塔", LAMP), news]
    assert titles(found) == [
        ("跟着灯塔", "灯塔网络:跟着节拍", "2103.00001"),
        ("潮汐的模型", "潮汐也是一种语言", "2103.00002"),
    ]
    assert named(found["articles"]) == [news, ("怎样游泳", "https://www.youtube.com/watch?v=abcdefghij1")]
    assert named(found["use_cases"]) == [("数面包", "https://bread.example.org/")]
    assert named(found["other"]) == [("视频", "https://video.example.org/")]
    assert found["problems"] == []


def test_featured_papers_may_be_bold_paragraphs():
    featured = f"# 1.特色论文\n\n**灯塔网络**\n\n[{LAMP}]({LAMP}?source=email)\n\n*灯塔:跟着节拍*\n\n{TEXT}\n\n**贝壳**\n\n*贝壳:匹配*\n{SHELL}\n\n{TEXT}\n"
    found = read(
        f"{HEAD}{featured}\n# 2.论文\n\n**海浪**\n\n*海浪的题目*\nhttps://arxiv.org/abs/2103.00003\n\n{TEXT}\n"
    )
    assert titles(found) == [
        ("灯塔网络", "灯塔:跟着节拍", "2103.00001"),
        ("贝壳", "贝壳:匹配", "2103.00002"),
        ("海浪", "海浪的题目", "2103.00003"),
    ]
    assert [pick["url"] for pick in found["picks"]] == [LAMP, SHELL]
    assert found["problems"] == []


SITES = (LAMP, "https://news.example.org/a", SHELL, "https://tide.example.org/b")


@pytest.mark.parametrize(
    "head",
    [
        "**{name}** — [{site}]({url})",
        "**{name}**—[{site}]({url})",
        "{name} — [{site}]({url})",
        "[**{name}**—【{site}】]({url})",
        "[**{name}**]({url}) — {site}",
        "[**{name}**]({url})**—**[**{site}**]({url})",
        "**[{name} — {site}]({url})**",
        "## [{name}]({url})",
        "### {name}—[{site}]({url})",
        "🔥 [{name}]({url})",
    ],
)
@pytest.mark.parametrize(
    "title", ["[[{id}]《{name}》的题目]({url})\n\n", "*《{name}》的题目*\n\n", "![](a.png)\n\n", ""]
)
def test_a_name_with_its_site_begins_an_entry_in_whatever_order_they_stand(head, title):
    def entry(name, url):
        site = url.split("/")[2]
        of_paper = title if site == "arxiv.org" else ""
        form = f"{head}\n\n{of_paper}{TEXT}（{name}）\n\n"
        return form.format(name=name, url=url, site=site, id=url[-10:])

    light, news, shell, tide = map(entry, ("光", "新闻网", "壳", "潮汐"), SITES)
    found = read(f"{HEAD}# 1.本周特色论文/新闻\n\n{light}{news}# 2.论文\n\n{shell}# 3.技术文章\n\n{tide}")
    titled = {name: f"《{name}》的题目" if "题目" in title else name for name in ("光", "壳")}
    assert titles(found) == [("光", titled["光"], "2103.00001"), ("壳", titled["壳"], "2103.00002")]
    assert named(found["articles"]) == [("新闻网", SITES[1]), ("潮汐", SITES[3])]
    assert [pick["url"] for pick in found["picks"]] == [LAMP, SITES[1]]
    assert found["problems"] == []


PLAIN = "# {}\n\n{}\n\n[](https://{}.example.org/) [## 页面\n\n{}.example.org](https://{}.example.org/) \n\n"


def test_an_entry_may_be_called_like_a_section():
    names = ["应用", "新闻", "研究", "工具", "GitHub"]
    entries = "".join(PLAIN.format(name, TEXT, *[f"a{number}"] * 3) for number, name in enumerate(names))
    found = read(
        f"{HEAD}# 1.机器学习论文\n\n# 灯塔\n\n*灯塔*\n{LAMP}\n\n{TEXT}\n\n# 2.技术文章\n\n— —\n\n{entries}# 4.其他主题\n\n{PLAIN.format('总结', TEXT, *['b'] * 3)}"
    )
    assert named(found["articles"]) == [(name, f"https://a{number}.example.org/") for number, name in enumerate(names)]
    assert named(found["other"]) == [("总结", "https://b.example.org/")]


def test_an_entry_that_is_deeper_than_the_sections_may_be_called_like_one():
    found = read(
        f"{HEAD}# 论文\n\n## 灯塔\n\n*灯塔*\n{LAMP}\n\n{TEXT}\n\n# 技术文章\n\n#{PLAIN.format('新闻', TEXT, *['a'] * 3)}#{PLAIN.format('船', TEXT, *['b'] * 3)}"
    )
    assert named(found["articles"]) == [("新闻", "https://a.example.org/"), ("船", "https://b.example.org/")]


@pytest.mark.parametrize(
    "references",
    [
        f"*灯塔*\n[{LAMP}]({LAMP})\n\n*贝壳*\n[{SHELL}]({SHELL})",
        f"*灯塔*\n{LAMP}\n*贝壳*\n{SHELL}",
        f"*灯塔* {LAMP}\n*贝壳* {SHELL}",
        f"*灯塔* {LAMP} / *贝壳* {SHELL}",
        f"灯塔({LAMP})/贝壳({SHELL})",
        f"[灯塔]({LAMP})、[贝壳]({SHELL})",
        f"灯塔 [arXiv]({LAMP}) | 贝壳 [arXiv]({SHELL})",
        f"| 题目 | 地址 |\n|---|---|\n| 灯塔 | {LAMP} |\n| 贝壳 | {SHELL} |",
        f"| [灯塔]({LAMP}) |\n|---|\n| [贝壳]({SHELL}) |",
    ],
)
def test_two_papers_under_one_heading_are_two_papers(references):
    found = read(f"{HEAD}# 论文\n\n# 光与壳\n\n{references}\n\n{TEXT}\n")
    assert titles(found) == [("光与壳", "灯塔", "2103.00001"), ("光与壳", "贝壳", "2103.00002")]


def test_what_is_said_of_a_paper_a_second_time_is_kept_for_review():
    def entry(name, text):
        return f"## {name}\n\n*灯塔*\n{LAMP}\n\n{text}\n\n"

    text = f"{HEAD}# 1.本周特色论文\n\n{entry('光', '头一次。说得很长。')}# 2.论文\n\n{entry('灯', '第二次。说得很短。')}{entry('影', '第三次。一句话。')}"
    issue = read_issue(text, "issue.md")
    assert titles(issue.as_json()) == [("灯", "灯塔", "2103.00001")]
    assert [problem.code for problem in sorted(issue.problems)] == ["duplicate-entry", "duplicate-entry"]
    page = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None).text
    assert "头一次。说得很长。" in page
    assert "第三次。一句话。" in page


def test_emphasis_that_is_not_balanced_leaves_nothing_in_a_heading():
    found = read(
        f"{HEAD}# 论文\n\n## 用*强化学习**下棋\n\n*棋盘**\n{LAMP}\n\n{TEXT}\n\n## A* 搜索\n\n*搜索*\n{SHELL}\n\n{TEXT}\n"
    )
    assert [paper["heading"] for paper in found["papers"]] == ["用强化学习下棋", "A* 搜索"]


def test_two_addresses_of_one_paper_are_one_paper():
    found = read(f"{HEAD}# 论文\n\n# 光\n\n*灯塔*\n{LAMP}\nhttps://openreview.net/forum?id=AbCdEfGh\n\n{TEXT}\n")
    assert titles(found) == [("光", "灯塔", "2103.00001")]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (f"*灯塔* ( [arXiv]({LAMP}) / [代码](https://github.com/a/b) )", "灯塔"),
        (f"[arXiv]({LAMP}) | [代码](https://github.com/a/b)\n\n*灯塔*", "灯塔"),
        (f"题目：灯塔\n作者：张三，李四\n链接：{LAMP}\n代码：https://github.com/a/b", "灯塔"),
        ("*灯塔*\n[https://arxiv.org/abs/](https://arxiv.org/abs/2103.00001)2103.00001", "灯塔"),
        (f"灯塔何时爆炸？T3】{LAMP}", "灯塔何时爆炸？"),
        (f"*灯塔* [^1]\n\n{TEXT}\n\n[^1]: {LAMP}", "灯塔"),
        ("灯塔\nhttps://arxiv . org/abs/2103 . 00001", "灯塔"),
        (f"灯塔[{LAMP}]({LAMP})他们说了很多。后面没有换行，也没有空格。", "灯塔"),
        (f"*灯塔*\n[{LAMP}]({LAMP})他们说了很多。后面没有换行，也没有空格。", "灯塔"),
        (f"*灯塔*\n《{LAMP}》", "灯塔"),
        (f"*灯塔*\n[T13】{LAMP}T15】]({LAMP})", "灯塔"),
        (f"*灯塔*\n{LAMP}\n[代码](https://github.com/a/b)、[项目页](https://a.github.io/)", "灯塔"),
        (f"*灯塔*\n\n他们说了很多。结果不错。\n\n链接:[{LAMP}]({LAMP})", "灯塔"),
        (f"他们说的灯塔，见[论文]({LAMP})。它太大了。", None),
        (f"| | |\n|---|---|\n| 题目 | 灯塔 |\n| 链接 | {LAMP} |\n| 代码 | https://github.com/a/b |", "灯塔"),
        (f"| 题目 | 会议 | 地址 |\n|---|---|---|\n| 灯塔 | ICML 2021 | {LAMP} |", "灯塔"),
        (f"论文: [灯塔]({LAMP})\n代码: <https://github.com/a/b>", "灯塔"),
        (f"*灯塔*\n[{LAMP}]({LAMP})\n代码：https://github.com/a/b\n项目页：https://a.example.org/", "灯塔"),
        (f"*灯塔*\n张三, 李四 (某大学)\n[{LAMP}]({LAMP})", "灯塔"),
        (f"灯塔\n{LAMP} (NeurIPS 2020)", "灯塔"),
        (f"灯塔\n{LAMP}v1 [cs.LG]", "灯塔"),
        (f"*灯塔*\n【{LAMP}号", "灯塔"),
        (f"*灯塔*\n【{LAMP} T2】", "灯塔"),
        ("*灯塔*\nhttps://arxiv.org/abs/ 2103.00001", "灯塔"),
        ("*灯塔*\n[https://arxiv.org/ABS/2103.00001](https://arxiv.org/ABS/2103.00001)", "灯塔"),
        (f"*灯塔* [^1]\n\n[^1]: [论文]({LAMP}), 2021", "灯塔"),
        (f"<div>灯塔</div>\n<div><a href='{LAMP}'>[2103.00001]</a></div>", "灯塔"),
        (f"【2103.00001】【2103.00001】灯塔\n{LAMP}", "灯塔"),
        (f"[灯塔] ({LAMP})", "灯塔"),
        (f"*灯塔* 链接：{LAMP}", "灯塔"),
        (f"Lamps in the Fog Link: {LAMP}", "Lamps in the Fog"),
        (f"[{LAMP}]({LAMP})\n\n灯塔", "灯塔"),
        (f"# *灯塔*\n\n{LAMP}", "灯塔"),
    ],
)
def test_the_title_is_what_is_left_of_the_reference(body, title):
    found = read(f"{HEAD}# 论文\n\n# 光\n\n{body}\n\n{TEXT}\n")
    assert titles(found) == [("光", title, "2103.00001")]


def test_a_link_inside_of_a_card_is_told_and_kept_beside_the_own_one():
    card = "[](https://a.example.org/) [## 船\n\n### 一段[](https://b.example.org/)说明\n\na.example.org](https://a.example.org/)"
    issue = read_issue(f"{HEAD}# 技术文章\n\n# 船的故事\n\n{TEXT}\n\n{card}\n", "issue.md")
    assert named(issue.as_json()["articles"]) == [("船的故事", "https://a.example.org/")]
    (problem,) = issue.problems
    assert (problem.line, problem.code) == (7, "link-in-card")
    assert "https://b.example.org/" in problem.message
    assert "https://b.example.org/" in plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None).text


@pytest.mark.parametrize(
    ("stray", "told"),
    [
        (f"- [光]({LAMP})\n\n这是我最喜欢的", "这是我最喜欢的"),
        (f"- [光]({LAMP}) 与[影](https://shadow.example.org/)", "https://shadow.example.org/"),
    ],
)
def test_what_no_rule_thinks_of_is_told_and_kept_for_review(stray, told):
    issue = read_issue(f"{HEAD}# 编辑精选\n\n{stray}\n\n# 论文\n\n# 光\n\n*灯塔*\n{LAMP}\n\n{TEXT}\n", "issue.md")
    (problem,) = issue.problems
    assert (problem.line, problem.code) == (7 + stray.count("\n"), "unplaced-text")
    assert told in problem.message
    assert stray.split("\n")[-1] in plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None).text


def test_a_known_host_may_be_cut_by_a_blank():
    found = read(f"{HEAD}# 论文\n\n# 光\n\n灯塔\nhttps://open review . net/forum？id = xTJEN-ggl1b\n\n{TEXT}\n")
    assert [(paper["title"], paper["url"]) for paper in found["papers"]] == [
        ("灯塔", "https://openreview.net/forum?id=xTJEN-ggl1b")
    ]


@pytest.mark.parametrize("heading", ["**二、贝壳*", "**二、贝壳", "二、贝壳**", "**二、****贝壳**"])
def test_bold_entries_keep_their_order_where_emphasis_is_not_balanced(heading):
    def entry(name, url, title):
        return f"{name}\n\n{title}\n[{url}]({url})\n\n{TEXT}\n\n![](img/a.png)\n\n图和标题摘自上述论文\n\n"

    papers = (
        entry("**一、灯塔**", LAMP, "*灯塔*")
        + entry(heading, SHELL, "*贝壳**")
        + entry("**三、海浪**", LAMP[:-1] + "3", "**海浪**")
    )
    found = read(f"{HEAD}# 1.机器学习论文\n\n{papers}")
    assert titles(found) == [
        ("一、灯塔", "灯塔", "2103.00001"),
        ("二、贝壳", "贝壳", "2103.00002"),
        ("三、海浪", "海浪", "2103.00003"),
    ]


def test_a_bold_name_among_plain_ones_keeps_its_place():
    found = read(
        f"{HEAD}# 3.用例\n\n**利用无人机**检查桥梁\n\nhttps://a.example.org/\n\n{TEXT}\n\n**数树**\n\n{TEXT}\n\nhttps://b.example.org/\n"
    )
    assert named(found["use_cases"]) == [
        ("利用无人机检查桥梁", "https://a.example.org/"),
        ("数树", "https://b.example.org/"),
    ]


@pytest.mark.parametrize("between", [" - 一段说明。有两句话。", "\n\n一段说明。有两句话。"])
def test_a_paragraph_that_begins_with_a_link_is_called_so(between):
    found = read(
        f"{HEAD}# 技术文章\n\n[船](https://a.example.org/){between}\n\n[鱼](https://b.example.org/){between}\n"
    )
    assert named(found["articles"]) == [("船", "https://a.example.org/"), ("鱼", "https://b.example.org/")]
    assert found["problems"] == []


def test_cards_lead_to_other_issues_too():
    near = "https://medium.com/gulls/gulls-{}-2021-0123456789ab"
    cards = "".join(
        f"[]({near.format(name)}) [## {title}\n\nmedium.com]({near.format(name)}) "
        for name, title in (("week-11", "海鸥新闻# 2021 年第 11 周"), ("january", "2021 年 1 月汇总"))
    )
    found = read(f"{HEAD}# —过去的文章\n\n{cards}\n\n# 论文\n\n# 光\n\n*灯塔*\n{LAMP}\n\n{TEXT}\n")
    assert (found["previous"], found["next"]) == (near.format("week-11"), None)
    assert found["roundups"] == [{"title": "2021 年 1 月汇总", "url": near.format("january")}]
    assert (found["week"], found["problems"]) == ("2021-w12", [])


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("2020 年 10 月汇总", "gulls-october-2020-c7b5b4281d36"),
        ("2020 年 85 篇有趣的机器学习论文和文章", "machine-learning-2020-summary-84-papers-45bd45c0d35b"),
        ("海鸥新闻——2020 年 11 月", "gulls-november-2020-a48a3cb75285"),
    ],
)
def test_a_summary_may_name_weeks(title, address):
    found = read(
        f"# {title}\n\n> 原文：<https://medium.com/gulls/{address}?source=x>\n\n# 第 40 周\n\n[2020 年第 40 周](/gulls/gulls-week-40-2020-0123456789ab)\n\n# 论文\n\n# 光\n\n*灯塔*\n{LAMP}\n\n{TEXT}\n"
    )
    assert [problem["code"] for problem in found["problems"]] == ["not-an-issue"]
    assert (found["title"], found["week"], found["papers"]) == (title, None, [])


def test_a_week_that_does_not_exist_gives_way_to_one_that_does():
    text = (
        "# 2020 年第 53 周\n\n下面是我在 2021 年第 1 周(12 月 27 日~)读到的论文。\n\n# 论文\n\n# 光\n\n*灯塔*\n" + LAMP
    )
    found = read(text)
    assert (found["week"], found["starts"]) == ("2021-w01", "2020-12-27")
    assert [problem["code"] for problem in found["problems"]] == ["week-contradicts"]


def test_a_pick_that_is_only_an_address_has_no_title():
    found = read(f"{HEAD}# 编辑精选\n\n- {LAMP}\n\n# 论文\n\n# 光\n\n*灯塔*\n{LAMP}\n\n{TEXT}\n")
    assert found["picks"] == [{"title": None, "url": LAMP}]
    assert found["problems"] == []


def test_picks_may_have_lost_the_signs_of_their_list():
    picks = f"— [看灯塔]({LAMP}) (1。机器学习论文)\n— [看贝壳]({SHELL})\n\n"
    papers = "".join(f"# {name}\n\n*{name}的题目*\n{url}\n\n{TEXT}\n\n" for name, url in (("光", LAMP), ("壳", SHELL)))
    found = read(f"{HEAD}# 编辑精选\n\n{picks}# 1.论文\n\n{papers}")
    assert [(pick["title"], pick["url"]) for pick in found["picks"]] == [("看灯塔", LAMP), ("看贝壳", SHELL)]


def test_the_title_of_the_front_matter_stands_before_a_paragraph_that_names_the_week():
    found = read(
        f"---\ntitle: 'Gull News #Week 12, 2021'\n---\n\nI read these in week 12 of 2021.\n\n## Papers\n\n### Light\n\n*Lamps*\n{LAMP}\n\n{TEXT}\n"
    )
    assert found["title"] == "Gull News #Week 12, 2021"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("每周编辑皮卡", "picks"),
        ("— Weekly Editor's pickup", "picks"),
        ("Editor’s choice", "picks"),
        ("本周特色论文/新闻", "picks"),
        ("真实世界中的机器学习", "use_cases"),
        ("Machine Learning in the Real World", "use_cases"),
        ("机器学习试卷", "papers"),
        ("先前的文章", "navigation"),
        ("别的话题", "other"),
        ("每周编辑接机", "picks"),
        ("2. 机器学习论文(综述)", "papers"),
    ],
)
def test_sections_are_known_however_a_translator_calls_them(heading, kind):
    assert section_of(heading) == kind


@pytest.mark.parametrize("brackets", ["[" * 20_000, "】" * 20_000, "(" * 10_000 + ")" * 10_000])
def test_no_line_of_brackets_holds_the_import_up(brackets, monkeypatch):
    passes = []

    class Counting:
        def sub(self, *arguments):
            passes.append(arguments)
            return pattern.sub(*arguments)

    pattern = pieces._EMPTY_BRACKETS
    monkeypatch.setattr(pieces, "_EMPTY_BRACKETS", Counting())
    pieces.tidy_words(brackets)
    assert len(passes) < 10
