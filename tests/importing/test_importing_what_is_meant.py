"""What an author wrote and meant is in what an import makes, sign for sign: escapes, code, maths, names with signs.

Issues are made by chance from the grammar of the series; each word and each address in them is looked for.
"""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperloom.importing.matching import KnownPapers
from paperloom.importing.plan import plan_issue
from paperloom.importing.reading import read_issue

HEAD = "# 2021 年第 12 周\n\n> 原文：<https://medium.com/gulls/gulls-week-12-2021-abcdefabcdef?source=x>\n\n"
#: Markdown, and what a reader of it sees.
WRITTEN = [
    ("灯塔", "灯塔"),
    ("贝壳的纹理", "贝壳的纹理"),
    ("Deep Lamps", "Deep Lamps"),
    ("使用\\*号\\*的潮汐", "使用*号*的潮汐"),
    ("潮\\_汐", "潮_汐"),
    ("\\_\\_init\\_\\_", "__init__"),
    ("`__call__`", "__call__"),
    ("`a*b`", "a*b"),
    ("`main()`", "main()"),
    ("x\\*\\*2", "x**2"),
    ("x**2", "x**2"),
    ("2**k", "2**k"),
    ("2*3*4", "2*3*4"),
    ("A*", "A*"),
    ("C*-algebra", "C*-algebra"),
    ("k\\*", "k*"),
    ("snake_case_name", "snake_case_name"),
    ("$a*b*c$", "$a*b*c$"),
    ("$x_{i}^{*}$", "$x_{i}^{*}$"),
    ("星＊号", "星＊号"),
    ("甲&ast;乙", "甲*乙"),
    ("甲&#95;乙&lowbar;", "甲_乙_"),
    ("R&amp;D", "R&D"),
    ("&lt;mask&gt;", "<mask>"),
    ("<mask>", "<mask>"),
    ("C++", "C++"),
    ("20°", "20°"),
    ("100㎡", "100㎡"),
    ("Tide™", "Tide™"),
    ("【夜】T5", "【夜】T5"),
    ("**粗**体", "粗体"),
    ("\\[方括号\\]", "[方括号]"),
    ("#标签", "#标签"),
    ("~~删~~", "删"),
]
PIECES = st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=4)


def together(pieces, glue=" "):
    return glue.join(markdown for markdown, _shown in pieces)


def said_of(text):
    """Return all that an import of an issue makes, in one text."""
    issue = read_issue(text, "issue.md")
    plan = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None)
    record = json.dumps(issue.as_json(), ensure_ascii=False)
    return issue, "\n".join([plan.text, *plan.pages.values(), record, *(str(each.fields) for each in plan.entries)])


@given(st.lists(st.tuples(PIECES, PIECES, PIECES), min_size=1, max_size=4), PIECES, st.sampled_from(["em", "plain"]))
def test_every_word_and_every_sign_of_it_that_is_meant_is_found_again(entries, story, form):
    lines = [HEAD, "# —每周编辑精选\n"]
    lines += [
        f"*   [{together(heading)}]({address(number)})" for number, (heading, _title, _text) in enumerate(entries)
    ]
    lines += ["", "— — —", "", "# 1.机器学习论文", ""]
    for number, (heading, title, text) in enumerate(entries):
        mark = "*" if form == "em" and not any("*" in markdown for markdown, _shown in title) else ""
        named = f"{mark}{together(title)}{mark}"
        lines += [f"## 一 {together(heading)}", "", named, f"[{address(number)}]({address(number)})", ""]
        lines += [f"作者用了{together(text)}，然后写了下来。效果很好，误差也小了。", ""]
    lines += [
        "# 2.技术文章",
        "",
        f"## 说 {together(story)}",
        "",
        "一篇文章。很好。",
        "",
        "https://story.example.org/a_b*c",
        "",
    ]

    issue, said = said_of("\n".join(lines))

    assert len(issue.papers) == len(entries)
    assert len(issue.articles) == 1
    flat = said.replace("\u200b", "").replace('\\\\"', '"')
    for heading, title, text in entries:
        for _markdown, shown in (*heading, *title, *text, *story):
            assert shown.strip("[]") in flat
    for number in range(len(entries)):
        assert address(number) in said
    assert "https://story.example.org/a_b*c" in said
    assert not any(sign in said for sign in ("\ufdd0", "\ufdd1"))


def address(number):
    return f"https://arxiv.org/abs/2103.0000{number + 1}"


@pytest.mark.parametrize(("markdown", "shown"), WRITTEN, ids=[shown for _markdown, shown in WRITTEN])
def test_a_title_is_what_its_readers_see(markdown, shown):
    issue, _said = said_of(
        f"{HEAD}# 1.论文\n\n## 甲{markdown}乙\n\n{markdown} 的纹理\n{address(0)}\n\n作者说了。很好。\n"
    )
    assert issue.papers[0].heading == f"甲{shown}乙"
    assert issue.papers[0].title == f"{shown} 的纹理"


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**灯塔", "灯塔"),
        ("灯塔**", "灯塔"),
        ("灯**塔**", "灯塔"),
        ("*灯塔", "灯塔"),
        ("灯塔*", "灯塔"),
        ("__灯塔", "灯塔"),
        ("灯*塔", "灯塔"),
        ("*Vitamin A*", "Vitamin A"),
    ],
)
def test_emphasis_that_was_not_meant_to_be_seen_leaves_no_sign(markdown, shown):
    issue, _said = said_of(f"{HEAD}# 1.论文\n\n## {markdown}\n\n*Lamps*\n{address(0)}\n\n作者说了。很好。\n")
    assert issue.papers[0].heading == shown


HIDDEN = {
    "a field of the front matter": ("---\nsubtitle: Xyzzy\ntags: [a]\n---\n", "", "xyzzy"),
    "front matter that is none": ("---\nsubtitle: [Xyzzy\n---\n", "", "xyzzy"),
    "a note beside the address of the issue": ("", "> 原文：<https://medium.com/x/y> 译者：Xyzzy\n\n", "xyzzy"),
    "a definition that nothing refers to": (
        "",
        "[1]: https://xyzzy.example.org/page\n\n",
        "https://xyzzy.example.org/page",
    ),
    "a second definition of one name": (
        "",
        "见[灯][1]。\n\n[1]: https://lamp.example.org\n[1]: https://xyzzy.example.org\n\n",
        "https://xyzzy.example.org",
    ),
    "the title of a link": ("", '见[灯](https://lamp.example.org "Xyzzy")。\n\n', "xyzzy"),
    "what stands for a picture": ("", "![Xyzzy zy](img/a.png)\n\n", "xyzzy"),
    "the title of a container": ("", ":::details Xyzzy\n內容。\n:::\n\n", "xyzzy"),
    "an address in a tag of Liquid": ("", "{% embed https://xyzzy.example.org/a %}\n\n", "https://xyzzy.example.org/a"),
    "a link to an issue that is far away": ("", "[2020 年第 3 周](https://xyzzy.example.org)\n\n", "xyzzy.example.org"),
    "a week that is not linked": ("", "## —过去的文章\n\n第 14 周 xyzzy\n\n", "xyzzy"),
    "a comment": ("", "<!-- Xyzzy is missing -->\n\n", "xyzzy is missing"),
    "a tag that nobody knows": ("", "{% xyzzy abc %}\n\n", "xyzzy"),
    "what looks like a tag": ("", "关于<xyzzy>的话。\n\n", "<xyzzy>"),
    "a word of two letters": ("", "很好\n\n", "很好"),
    "words behind an address in a link": (
        "",
        "[https://lamp.example.org Xyzzy Net](https://lamp.example.org)\n\n",
        "xyzzy",
    ),
    "words between links to other issues": (
        "",
        "[第 11 周](https://g.example.org/week-11-2021) ⇦ xyzzy ⇨ [第 13 周](https://g.example.org/week-13-2021)\n\n",
        "xyzzy",
    ),
}


@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("place", ["above", "in an entry"])
def test_nothing_that_is_easily_overlooked_is_lost(kind, place):
    front, body, lost = HIDDEN[kind]
    entry = f"# 1.论文\n\n## 灯塔\n\n*Lamps*\n{address(0)}\n\n作者说了。很好。\n\n"
    text = f"{front}{HEAD}{body}{entry}" if place == "above" else f"{front}{HEAD}{entry}{body}"
    issue, said = said_of(text)
    assert lost in said.casefold()
    assert [paper.url for paper in issue.papers] == [address(0)]


REFERENCES = {
    "a venue before the title": ("## 【CVPR 2021】灯塔\n\n{url}\n\n作者说了。很好。", "【CVPR 2021】灯塔", None),
    "a venue in the title": ("## 灯塔\n\n*[ICLR 2021] Lamps*\n{url}\n\n作者说了。很好。", "灯塔", "Lamps"),
    "a venue behind the title": ("## 灯塔\n\n*Lamps (NeurIPS'20)*\n{url}\n\n作者说了。很好。", "灯塔", "Lamps"),
    "a link on its own line of an item": ("- **灯塔** 作者写了很多，\n  还有很多。\n  [Lamps]({url})", "灯塔", "Lamps"),
    "a title before authors": (
        "## 灯塔\n\n**Lamps at Night** by A. Doe et al. [Paper]({url})\n\n作者。很好。",
        "灯塔",
        "Lamps at Night",
    ),
}


@pytest.mark.parametrize("kind", REFERENCES)
def test_a_title_is_without_what_stands_around_it(kind):
    body, heading, title = REFERENCES[kind]
    issue, said = said_of(f"{HEAD}# 1.论文\n\n{body.format(url=address(0))}\n")
    assert [(entry.heading, entry.title, entry.url) for entry in issue.papers] == [(heading, title, address(0))]
    plan = plan_issue(issue, issue.week, KnownPapers(), lambda _entry: None)
    assert [key for key in plan.papers if "cvpr" in key or "iclr" in key or "neurips" in key] == []
    assert all(word in said for word in ("CVPR 2021", "ICLR 2021", "NeurIPS'20") if word in body)


@pytest.mark.parametrize(
    "links",
    [
        "[官网](https://mic.example.com) | [论文](https://arxiv.org/abs/2103.00001)",
        "[论文](https://arxiv.org/abs/2103.00001) | [官网](https://mic.example.com)",
        "论文：https://arxiv.org/abs/2103.00001\n官网：https://mic.example.com",
        "[Paper](https://arxiv.org/abs/2103.00001), [Website](https://mic.example.com)",
    ],
)
def test_a_use_case_has_the_address_of_its_own_page(links):
    issue, said = said_of(f"{HEAD}# 3.机器学习用例\n\n## 麦克风\n\n麦克风知道谁在说话。很好。\n\n{links}\n")
    assert [entry.url for entry in issue.use_cases] == ["https://mic.example.com"]
    assert address(0) in said


def test_an_arxiv_id_beside_another_address_is_the_papers():
    text = "## [2102.00554] 灯塔\n\n*Lamps*\nhttps://openreview.net/forum?id=L4mps00000\n\n作者说了。很好。\n"
    issue, _said = said_of(f"{HEAD}# 1.论文\n\n{text}")
    assert issue.papers[0].arxiv == "2102.00554"


def test_an_arxiv_id_that_is_not_the_addresses_is_told():
    issue, said = said_of(f"{HEAD}# 1.论文\n\n## [2102.00554] 灯塔\n\n*Lamps*\n{address(0)}\n\n作者说了。很好。\n")
    assert issue.papers[0].arxiv == "2103.00001"
    assert "id-contradicts" in issue.codes
    assert "2102.00554" in said


def test_a_short_text_ends_an_entry_below_a_heading_that_is_a_link():
    entry = "*Gradient descent gets lost*\n[https://arxiv.org/abs/2107.01001](https://arxiv.org/abs/2107.01001)\n\n他们研究了优化。"
    for heading in ("## 梯度", "## [2107.01001] [**梯度**](https://arxiv.org/abs/2107.01001?utm_source=x)"):
        for title in ("*A\\* for tables*\n", "【A\\* for tables】("):
            second = (
                f"**搜索**\n\n{title}[https://arxiv.org/pdf/2107.02002v3.pdf](https://arxiv.org/pdf/2107.02002v3.pdf)"
            )
            issue, _said = said_of(f"{HEAD}# 1.论文\n\n{heading}\n\n{entry}\n\n{second}\n\n一种搜索。\n")
            assert [(paper.heading, paper.title, paper.arxiv) for paper in issue.papers] == [
                ("梯度", "Gradient descent gets lost", "2107.01001"),
                ("搜索", "A* for tables", "2107.02002"),
            ]
            assert issue.problems == []


def test_a_note_behind_an_address_is_no_part_of_the_name_before_it():
    line = "用机器学习数羊：https://example.org/sheep（英文）"
    issue, said = said_of(f"{HEAD}# 3.机器学习用例\n\n{line}\n\n农场主用相机数羊。准确率很高。\n")
    (entry,) = issue.use_cases
    assert (entry.heading, entry.url) == ("用机器学习数羊", "https://example.org/sheep")
    assert entry.asides == ("（英文）",)
    assert "（英文）" in said
    assert "用机器学习数羊" not in " ".join(entry.text)


@pytest.mark.parametrize("section", ["1.论文", "2.技术文章"])
@pytest.mark.parametrize("before", ["", "## 灯塔\n\n*Lamps*\nhttps://arxiv.org/abs/2103.00001\n\n作者说了。很好。\n\n"])
def test_a_bold_name_before_a_title_and_an_address_is_the_heading(section, before):
    line = "**Ice cores** | *Ice Core Transformers* | https://arxiv.org/abs/2103.00009"
    issue, _said = said_of(f"{HEAD}# {section}\n\n{before}{line}\n\n作者说了。很好。\n")
    entry = issue.entries[-1]
    assert (entry.heading, entry.url) == ("Ice cores", "https://arxiv.org/abs/2103.00009")
    assert entry.title in ("Ice Core Transformers", None)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://people.example.org/talks", "https://arxiv.org/abs/cs/0703001"),
        ("[作者的主页](https://people.example.org/talks)", "https://arxiv.org/abs/cs/0703001"),
        ("https://openreview.net/forum?id=L4mps00000", "https://openreview.net/forum?id=L4mps00000"),
        ("[PDF](https://lab.example.org/lamps.pdf)", "https://lab.example.org/lamps.pdf"),
        ("[论文](https://lab.example.org/lamps)", "https://lab.example.org/lamps"),
    ],
)
def test_a_paper_with_an_id_has_its_own_page_or_that_of_arxiv_as_address(link, url):
    issue, said = said_of(f"{HEAD}# 1.论文\n\n## [cs/0703001] 灯塔\n\n{link}\n\n作者说了。很好。\n")
    (paper,) = issue.papers
    assert (paper.title, paper.url, paper.arxiv) == ("灯塔", url, "cs/0703001")
    assert all(address in said for address in re.findall(r"https://[\w./?=]+", link))


def test_what_is_said_about_a_pick_is_no_part_of_its_name():
    picks = (
        f"1. 灯塔与海 — [论文]({address(0)})，因为它便宜\n"
        f"2. [船]({address(1)}) ([代码](https://github.com/a/b))\n"
        "3. 潮汐与风，见下面第三篇\n"
        f"4. **风** — 很大 {address(3)}\n"
        f"5. **\\*A\\* 搜索** 的新用途 {address(4)}\n"
    )
    papers = "".join(
        f"## {name}\n\n*{title}*\n{address(n)}\n\n作者说了。很好。\n\n"
        for n, (name, title) in enumerate(
            [("灯塔与海", "Lamps"), ("船和港", "Boats"), ("潮汐与风", "Tides"), ("风", "Wind"), ("搜索", "Search")]
        )
    )
    issue, said = said_of(f"{HEAD}# 编辑精选\n\n{picks}\n# 1.论文\n\n{papers}")
    assert [pick.title for pick in issue.picks] == [
        "灯塔与海",
        "船",
        "潮汐与风，见下面第三篇",
        "风",
        "*A* 搜索 的新用途",
    ]
    assert issue.problems == []
    assert "因为它便宜" in said
    assert "https://github.com/a/b" in said


def test_a_row_of_a_table_of_picks_is_named_by_its_first_words():
    table = f"| 序号 | 名字 | 地址 | 理由 |\n|---|---|---|---|\n| 1 | 灯塔 | {address(0)} | 因为短 |\n"
    issue, said = said_of(
        f"{HEAD}# 编辑精选\n\n{table}\n# 1.论文\n\n## 灯塔\n\n*Lamps*\n{address(0)}\n\n作者说了。很好。\n"
    )
    assert [(pick.title, pick.url) for pick in issue.picks] == [("灯塔", address(0))]
    assert issue.problems == []
    assert "因为短" in said
    assert "理由" in said


def test_sentences_behind_the_rule_below_picks_lead_over_to_what_follows():
    paper = f"## 灯塔\n\n*Lamps*\n{address(0)}\n\n作者说了。很好。\n"
    issue, said = said_of(f"{HEAD}# 编辑精选\n\n- [灯塔]({address(0)})\n\n---\n\n下面是别的。\n\n# 1.论文\n\n{paper}")
    assert issue.problems == []
    assert "下面是别的" in said


@pytest.mark.parametrize("number", ["一 · ", "二｜", "1 • ", "III · "])
def test_a_section_has_any_sign_behind_its_number(number):
    issue, _said = said_of(f"{HEAD}## {number}论文速递\n\n### 灯塔\n\n*Lamps*\n{address(0)}\n\n作者说了。很好。\n")
    assert [(paper.heading, paper.title) for paper in issue.papers] == [("灯塔", "Lamps")]
    assert issue.problems == []


def test_a_host_in_brackets_behind_a_title_is_no_part_of_it():
    issue, _said = said_of(
        f"{HEAD}# 1.论文\n\n# 小变压器\n\n[【2103.00001】小(arxiv.org)]({address(0)})\n\n作者说了。很好。\n"
    )
    assert [(paper.heading, paper.title) for paper in issue.papers] == [("小变压器", "小")]


def test_a_bold_name_with_its_venue_behind_a_sign_is_a_heading():
    text = f"**灯塔**｜ICLR 2023\nLamps at Sea\n{address(0)}\n\n作者说了。很好。\n"
    issue, said = said_of(f"{HEAD}# 1.论文\n\n{text}")
    assert [(paper.heading, paper.title) for paper in issue.papers] == [("灯塔", "Lamps at Sea")]
    assert "ICLR 2023" in said


def test_numbered_issues_around_are_found_by_their_number():
    links = "上一期：[第 104 期](https://gull.example.org/104) 下一期：[第 106 期](https://gull.example.org/106)"
    paper = f"## 灯塔\n\n*Lamps*\n{address(0)}\n\n作者说了。很好。\n"
    issue, _said = said_of(f"# 周刊 第 105 期（2023 年第 2 周）\n\n# 1.论文\n\n{paper}\n---\n\n{links}\n")
    assert (issue.previous, issue.next) == ("https://gull.example.org/104", "https://gull.example.org/106")
    assert issue.problems == []
