"""Forms that no issue had so far: names run in, choices without a heading, parts of sections and of entries."""

# ruff: noqa: E501  # tables of examples, each on its line

from __future__ import annotations

import pytest
from paperloom.importing.reading import read_issue
from paperloom.importing.words import likely_section, section_of

HEAD = "# 2021 年第 12 周\n\n> 原文：<https://medium.com/gulls/gulls-week-12-2021-abcdefabcdef?source=x>\n\n"
TEXT = "作者把灯塔当作时钟来训练网络。这样误差降到了一半，而且训练更快。"
LAMP = "https://arxiv.org/abs/2103.00001"
SHELL = "https://arxiv.org/abs/2103.00002"
PAPERS = f"## 1.论文\n\n### 灯塔\n\n*Lamps*\n{LAMP}\n\n{TEXT}\n\n### 贝壳\n\n*Shells*\n{SHELL}\n\n{TEXT}\n"


def read(text):
    return read_issue(HEAD + text, "issue.md").as_json()


def titles(found):
    return [(entry["heading"], entry["title"], entry["arxiv"]) for entry in found["papers"]]


BOTH = [("灯塔", "Lamps", "2103.00001"), ("贝壳", "Shells", "2103.00002")]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("码头边的论文", "papers"),
        ("Fishy papers", "papers"),
        ("海员的用例", "use_cases"),
        ("码头", None),
        ("论文与用例", None),
    ],
)
def test_a_section_that_is_half_known_counts_to_what_its_known_words_say(heading, kind):
    assert likely_section(heading) == kind


def test_a_half_known_section_is_told():
    found = read(f"{PAPERS}\n---\n\n## 2.海员的用例\n\n### 数面包\n\n{TEXT}\n\n[来源](https://bread.example.org)\n")
    assert [entry["heading"] for entry in found["use_cases"]] == ["数面包"]
    assert [problem["code"] for problem in found["problems"]] == ["unknown-section"]


@pytest.mark.parametrize(
    "name", ["今日之选", "本周必看", "Today's picks", "行业应用", "论文速递", "好文分享", "值得一看的论文"]
)
def test_later_names_of_sections_are_known(name):
    assert section_of(name) is not None


CHOICES = [
    f"## 三颗珍珠\n\n* [灯塔的网络]({LAMP}?utm_source=x)\n\n",
    f"**本周必看：**[灯塔的网络]({LAMP})\n\n",
    "推荐: [灯塔的网络](https://arxiv.org/pdf/2103.00001v2)\n\n",
]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("is_first", [True, False])
def test_links_to_some_of_the_entries_are_picks_whatever_stands_above(choice, is_first):
    contents = "1. 三颗珍珠\n2. 论文\n3. 文章\n\n"
    found = read(contents + (choice + PAPERS if is_first else f"{PAPERS}\n---\n\n{choice}"))
    assert [pick["title"] for pick in found["picks"]] == ["灯塔的网络"]
    assert titles(found) == BOTH


def test_a_link_behind_a_recommendation_in_an_entry_is_no_pick():
    found = read(f"{PAPERS}\n推荐阅读：[一篇博客](https://blog.example.org/a)\n")
    assert found["picks"] == []


def test_contents_with_parts_of_sections_name_no_sections_of_their_own():
    contents = "- [论文](#p)\n    - [海](#s)\n    - [陆](#l)\n- [文章](#a)\n\n"
    found = read(
        f"{contents}## 论文\n\n### 海\n\n#### 灯塔\n\n*Lamps*\n{LAMP}\n\n{TEXT}\n\n### 陆\n\n#### 贝壳\n\n*Shells*\n{SHELL}\n\n{TEXT}\n"
    )
    assert titles(found) == BOTH
    assert {problem["code"] for problem in found["problems"]} == {"unplaced-text"}


PARTS = [
    f"## 论文\n\n### 灯塔\n\n*Lamps*\n{LAMP}\n\n#### 他们做了什么\n\n{TEXT}\n\n#### 结果\n\n{TEXT}\n\n### 贝壳\n\n*Shells*\n{SHELL}\n\n{TEXT}\n",
    f"## 论文\n\n### 灯塔\n\n#### Lamps\n\n{LAMP}\n\n{TEXT}\n\n### 贝壳\n\n#### Shells\n\n{SHELL}\n\n{TEXT}\n",
    f"## 论文\n\n### 灯塔\n\n#### [2103.00001] Lamps\n\n{LAMP}\n\n{TEXT}\n\n### 贝壳\n\n*Shells*\n{SHELL}\n\n{TEXT}\n",
    f"## 论文\n\n### 灯塔\n\n#### 论文\n\n*Lamps*\n{LAMP}\n\n#### 摘要\n\n{TEXT}\n\n### 贝壳\n\n*Shells*\n{SHELL}\n\n{TEXT}\n",
]


@pytest.mark.parametrize("papers", PARTS)
def test_deeper_headings_inside_of_entries_are_their_parts(papers):
    found = read(papers)
    assert titles(found) == BOTH
    assert found["problems"] == []


def test_deeper_headings_with_addresses_are_entries():
    found = read(PAPERS.replace("### 贝壳", "#### 贝壳"))
    assert titles(found) == BOTH


@pytest.mark.parametrize(
    "line",
    [
        f"Doe et al., *Lamps at Sea*, {LAMP}",
        f"Doe & Roe. “Lamps at Sea.” [abs]({LAMP})",
        f"[Lamps\nat Sea]({LAMP})",
        f"[**Lamps\nat Sea**]({LAMP})",
        f"*Lamps at Sea* (NeurIPS 2021)\n\n{LAMP}",
        f"*Lamps at Sea*(NeurIPS 2021)\n【{LAMP}】",
        f"[![]({LAMP}.png)]({LAMP})\n\n题目：*Lamps at Sea*\n链接：{LAMP}",
        "*Lamps at Sea*\nhttps://huggingface.co/papers/2103.00001",
        "*Lamps at Sea*\nhttps://www.alphaxiv.org/abs/2103.00001v2",
    ],
)
def test_a_title_is_found_among_authors_venues_and_pictures(line):
    found = read(f"## 论文\n\n### 灯塔\n\n{line}\n\n{TEXT}\n")
    assert titles(found) == [("灯塔", "Lamps at Sea", "2103.00001")]


NAMES = [
    "**数面包** 面包店用摄像头。[来源](https://a.example.org)\n\n**数鱼** 鱼店也用。[来源](https://b.example.org)\n",
    "**[数面包](https://a.example.org)** (3 分钟)\n\n面包店用摄像头。\n\n**[数鱼](https://b.example.org)** (5 分钟)\n\n鱼店也用。\n",
    "**数面包**｜[链接](https://a.example.org)\n\n面包店用摄像头。\n\n**数鱼**｜[链接](https://b.example.org)\n\n鱼店也用。\n",
    "* **数面包** 面包店用摄像头。\n[](https://a.example.org) [## 面包\n\na.example.org](https://a.example.org)\n\n* **数鱼** 鱼店也用。[来源](https://b.example.org)\n",
    "[数\n面包](https://a.example.org)\n\n面包店用摄像头。\n\n[数\n鱼](https://b.example.org)\n\n鱼店也用。\n",
]


@pytest.mark.parametrize("entries", NAMES)
def test_names_run_into_text_or_followed_by_links_begin_entries(entries):
    found = read(f"{PAPERS}\n## 2.用例\n\n{entries}")
    assert [(entry["heading"], entry["url"]) for entry in found["use_cases"]] == [
        ("数面包", "https://a.example.org"),
        ("数鱼", "https://b.example.org"),
    ]
    assert found["problems"] == []


def test_authors_below_a_linked_name_are_no_title():
    people = f"*Ada Doe, Bo van Roe* · [PDF]({LAMP}.pdf) · [Code](https://github.com/doe/lamps)"
    found = read(f"## 论文\n\n### [Lamps at Sea]({LAMP})\n\n{people}\n\n{TEXT}\n")
    assert titles(found) == [("Lamps at Sea", "Lamps at Sea", "2103.00001")]
    assert found["problems"] == []


@pytest.mark.parametrize("quote", ["", "> "])
@pytest.mark.parametrize("number", ["{}、", "{}．", "({}) ", "【{}】"])
def test_numbers_that_an_export_wrote_as_text_count_entries(number, quote):
    told = [f"数面包\n\n链接：https://a.example.org\n\n{TEXT}", f"1.5 倍的鱼\n\n链接：https://b.example.org\n\n{TEXT}"]
    entries = "\n\n".join(f"{number.format(n)}{text}" for n, text in enumerate(told, 1))
    quoted = "\n".join(f"{quote}{line}" for line in entries.split("\n"))
    found = read(f"{PAPERS}\n## 2.用例\n\n{quoted}\n")
    assert [(entry["heading"], entry["url"]) for entry in found["use_cases"]] == [
        ("数面包", "https://a.example.org"),
        ("1.5 倍的鱼", "https://b.example.org"),
    ]
    assert found["problems"] == []


@pytest.mark.parametrize("end", ["——END——", "--- 完 ---", "== The End =="])
def test_an_end_that_is_drawn_ends_the_entries(end):
    past = "往期推荐：\n[第 11 周](https://gull.example.org/week-11-2021)\n[第 10 周](https://gull.example.org/week-10-2021)"
    issue = read_issue(f"{HEAD}{PAPERS}\n{end}\n\n{past}\n", "issue.md")
    assert (issue.previous, issue.papers[-1].text) == ("https://gull.example.org/week-11-2021", (TEXT,))
    assert issue.problems == []


def test_a_title_with_the_word_for_picks_is_the_title():
    found = read_issue(f"# Weekly Picks, Week 12, 2021\n\n{PAPERS}", "issue.md").as_json()
    assert (found["title"], found["week"], found["picks"]) == ("Weekly Picks, Week 12, 2021", "2021-w12", [])


def test_a_sentence_that_ends_with_a_host_closes_no_card():
    found = read(f"{PAPERS}\n## 3.其他\n\n### 招聘\n\n我们在招人，邮件：jobs@gull.example\n")
    assert [entry["heading"] for entry in found["other"]] == ["招聘"]


def test_a_paragraph_that_leads_to_an_earlier_issue_and_elsewhere_is_no_navigation():
    earlier = "[第 11 周](https://medium.com/gulls/gulls-week-11-2021-abcdefabcdee)"
    found = read(f"{PAPERS}\n## 3.文章\n\n### 磁盘\n\n上篇见{earlier}。这篇：<https://disk.example.org>\n")
    assert [entry["url"] for entry in found["articles"]] == ["https://disk.example.org"]


def test_the_week_before_the_first_of_a_year_is_the_previous_one():
    first = "https://medium.com/gulls/gulls-week-53-2020-abcdefabcdee"
    text = f"# 2021 年第 1 周\n\n{PAPERS}\n## 过去的文章\n\n[2020 年第 53 周]({first}) ⇦2021 年第 1 周\n"
    assert read_issue(text, "issue.md").as_json()["previous"] == first


def test_a_link_in_fullwidth_brackets_is_a_link():
    found = read(
        f"## 论文\n\n### 灯塔\n\n*Lamps*\n{LAMP}\n\n{TEXT}\n\n## 过去的文章\n\n【2021 年 2 月汇总】(/gulls/feb-abcdefabcdef)\n"
    )
    assert found["roundups"] == [{"title": "2021 年 2 月汇总", "url": "https://medium.com/gulls/feb-abcdefabcdef"}]


def test_a_heading_with_nothing_but_the_page_of_the_author_is_no_entry():
    profile = "https://twitter.com/gulls"
    found = read_issue(f"{HEAD}{PAPERS}\n## I chirp there\n\n[{profile}]({profile})\n", "issue.md")
    assert len(found.entries) == 2
    assert "I chirp there" in found.footer


def test_what_is_beside_a_kind_of_section_is_not_that_kind():
    assert [likely_section(name) for name in ("论文之外", "Beyond the papers")] == [None, None]


def test_cards_hold_rules_and_stand_beside_each_other():
    cards = (
        "[](https://a.example.org) [## 面包\n\n---\n\n### 烤…\n\na.example.org](https://a.example.org) "
        "[](https://b.example.org) [## 鱼\n\nb.example.org](https://b.example.org)\n"
    )
    issue = read_issue(f"{HEAD}{PAPERS}\n## 2.用例\n\n### 数面包\n\n{cards}", "issue.md")
    (entry,) = issue.use_cases
    assert (entry.url, entry.cards) == ("https://a.example.org", ("https://a.example.org", "https://b.example.org"))
    assert issue.problems == []


def test_what_stands_below_the_navigation_belongs_to_no_entry():
    navigation = "[第 11 周](https://medium.com/gulls/gulls-week-11-2021-abcdefabcdee) | 第 13 周"
    found = read_issue(
        f"{HEAD}{PAPERS}\n---\n\n{navigation}\n\n*喜欢的话请[转发](https://gull.example.org)。*\n", "issue.md"
    )
    assert found.papers[-1].text == (TEXT,)
    assert found.footer == ("喜欢的话请转发。", "https://gull.example.org")
    assert found.problems == []


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        (f"Migration on Mudflats: “A Natural Experiment”\n{LAMP}", "Migration on Mudflats: “A Natural Experiment”"),
        (f"Doe et al.: “A Natural Experiment”\n{LAMP}", "A Natural Experiment"),
        (f"Ada Doe, Bo Roe: “A Natural Experiment”\n{LAMP}", "A Natural Experiment"),
        (f"Doe, “A Natural Experiment”\n{LAMP}", "A Natural Experiment"),
    ],
)
def test_a_title_may_end_in_quotation_marks(reference, title):
    assert titles(read(f"## 1.论文\n\n### 灯塔\n\n{reference}\n\n{TEXT}\n")) == [("灯塔", title, "2103.00001")]


def test_a_name_with_its_address_begins_the_next_entry_among_headings():
    first = f"### 灯塔的故事\n\nhttps://lamp.example.org/story\n\n{TEXT}\n\n"
    found = read(f"## 2.技术文章\n\n{first}**清单的清单**：<https://lists.example.org/all>\n\n{TEXT}\n")
    assert [(each["heading"], each["url"]) for each in found["articles"]] == [
        ("灯塔的故事", "https://lamp.example.org/story"),
        ("清单的清单", "https://lists.example.org/all"),
    ]


@pytest.mark.parametrize("note", ["**代码**：https://github.com/gull/lamp", "**仓库**：https://github.com/gull/lamp"])
def test_a_labelled_address_stays_in_its_entry(note):
    first = f"### 灯塔的故事\n\nhttps://lamp.example.org/story\n\n{TEXT}\n\n"
    found = read(f"## 2.技术文章\n\n{first}{note}\n\n{TEXT}\n")
    assert [each["heading"] for each in found["articles"]] == ["灯塔的故事"]
