"""The irregularities of issues, one by one: what each one looks like, and what must be understood.

Texts are inventions; the forms are those that issues have had, or may have.
"""

# ruff: noqa: E501  # tables of examples, each on its line

from __future__ import annotations

import re
from pathlib import Path

import pytest
from paperloom.importing.issue import CODES
from paperloom.importing.reading import read_issue, read_issue_file

HEAD = "# 2021 年第 10 周\n\n> 原文：<https://medium.com/gulls/gulls-week-10-2021-abcdefabcdef?source=x>\n\n"
PAPERS = HEAD + "# 1.机器学习论文\n\n— —\n\n"
ARTICLES = HEAD + "# 2.技术文章\n\n— —\n\n"
URL = "https://arxiv.org/abs/2102.00001"
TEXT = "作者把灯塔当作时钟来训练网络。这样误差降到了一半，而且训练更快。"
PAGE = "https://example.org/page"
CARD = f"[]({PAGE}) [## 页面的标题\n\n### 页面的描述…\n\nexample.org]({PAGE}) "


def read(text):
    return read_issue(text, "issue.md").as_json()


def paper(heading="灯塔网络", title="灯塔:一种时钟", url=URL, arxiv="2102.00001"):
    return {"heading": heading, "title": title, "url": url, "arxiv": arxiv}


def article(heading="船的故事", url=PAGE, site="example.org"):
    return {"heading": heading, "url": url, "site": site}


ONE_PAPER = {
    "the reference is in italics with a linked address below": f"# 灯塔网络\n\n*灯塔:一种时钟*\n[{URL}]({URL})\n\n{TEXT}",
    "the title is not in italics": f"# 灯塔网络\n\n灯塔:一种时钟\n[{URL}]({URL})\n\n{TEXT}",
    "title and address are on one line": f"# 灯塔网络\n\n*灯塔:一种时钟* [{URL}]({URL})\n\n{TEXT}",
    "no blank between title and address": f"# 灯塔网络\n\n*灯塔:一种时钟*[{URL}]({URL})\n\n{TEXT}",
    "the picture stands before the reference": f"# 灯塔网络\n\n![](img/a.png)\n\n*灯塔:一种时钟*\n[{URL}]({URL})\n\n{TEXT}",
    "two pictures stand side by side": f"# 灯塔网络\n\n灯塔:一种时钟\n{URL}\n\n{TEXT}\n\n![](a.png)![](b.png)",
    "a caption stands below the picture": f"# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}\n\n![](a.png)\n\n图片摘自论文",
    "the address is bare": f"# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the address is bare with an empty link behind": f"# 灯塔网络\n\n灯塔:一种时钟\n{URL}[]({URL})\n\n{TEXT}",
    "the address opens a fullwidth bracket": f"# 灯塔网络\n\n*灯塔:一种时钟*\n【{URL} \n\n{TEXT}",
    "the address stands in fullwidth brackets": f"# 灯塔网络\n\n*灯塔:一种时钟*\n【{URL}】\n\n{TEXT}",
    "the address stands in angle brackets": f"# 灯塔网络\n\n*灯塔:一种时钟*\n<{URL}>\n\n{TEXT}",
    "the address has fullwidth letters": f"# 灯塔网络\n\n*灯塔:一种时钟*\nｈｔｔｐｓ：／／ａｒｘｉｖ．ｏｒｇ／ａｂｓ／2102.00001\n\n{TEXT}",
    "the address has no scheme": f"# 灯塔网络\n\n*灯塔:一种时钟*\narxiv.org/abs/2102.00001\n\n{TEXT}",
    "the visible address has blanks": f"# 灯塔网络\n\n灯塔:一种时钟\n[https://arxiv . org/abs/2102 . 00001]({URL})\n\n{TEXT}",
    "the link is not closed": f"# 灯塔网络\n\n灯塔:一种时钟\n[{URL}]({URL}\n\n{TEXT}",
    "the title is cut by the address": f"# 灯塔网络\n\n*灯塔:*\n[{URL}]({URL})一种时钟\n\n{TEXT}",
    "the title goes on below the address": f"# 灯塔网络\n\n灯塔: {URL}\n一种时钟\n\n{TEXT}",
    "the title follows the address": f"# 灯塔网络\n\n{URL}\n灯塔:一种时钟\n\n{TEXT}",
    "the title stands in a paragraph of its own": f"# 灯塔网络\n\n*灯塔:一种时钟*\n\n[{URL}]({URL})\n\n{TEXT}",
    "the title is bold": f"# 灯塔网络\n\n**灯塔:一种时钟**\n[{URL}]({URL})\n\n{TEXT}",
    "the emphasis of the title is not closed": f"# 灯塔网络\n\n*灯塔:一种时钟\n[{URL}]({URL})\n\n{TEXT}",
    "the emphasis of the title is unequal": f"# 灯塔网络\n\n**灯塔:一种时钟*\n[{URL}]({URL})\n\n{TEXT}",
    "the heading is bold": f"# **灯塔网络**\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading is in italics": f"## *灯塔网络*\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "part of the heading is bold": f"# 灯塔**网络**\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the emphasis of the heading is not closed": f"# **灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading is deeper than that of the section": f"### 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading is underlined": f"灯塔网络\n====\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading is HTML": f"<h3>灯塔网络</h3>\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading is a bold paragraph": f"**灯塔网络**\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading is a link": f"# [灯塔网络]({URL})\n\n*灯塔:一种时钟*\n\n{TEXT}",
    "the heading is a link with the id of the paper": f"# [【2102.00001】灯塔网络]({URL})\n\n*灯塔:一种时钟*\n\n{TEXT}",
    "the title has the id in brackets": f"# 灯塔网络\n\n[2102.00001] 灯塔:一种时钟\n{URL}\n\n{TEXT}",
    "the title has the id in fullwidth brackets": f"# 灯塔网络\n\n【2102.00001】灯塔:一种时钟\n{URL}\n\n{TEXT}",
    "the title has the id behind it": f"# 灯塔网络\n\n*灯塔:一种时钟 [2102.00001]*\n{URL}\n\n{TEXT}",
    "a card gives the title": f"# 灯塔网络\n\n[]({URL}) [## [2102.00001]灯塔:一种时钟\n\n### 我们…\n\narxiv.org]({URL})\n\n{TEXT}",
    "a card stands behind the text": f"# 灯塔网络\n\n{TEXT}\n\n[]({URL}) [## 灯塔:一种时钟\n\n### 我们…\n\narxiv.org]({URL})",
    "the link has the title as its text": f"# 灯塔网络\n\n[灯塔:一种时钟]({URL})\n\n{TEXT}",
    "a label stands before the title": f"# 灯塔网络\n\n论文：灯塔:一种时钟\n{URL}\n\n{TEXT}",
    "the address is behind a label": f"# 灯塔网络\n\n*灯塔:一种时钟*\n\n{TEXT} [论文]({URL})",
    "the address stands in brackets at the end": f"# 灯塔网络\n\n*灯塔:一种时钟*\n\n{TEXT}({URL})",
    "the code stands before the paper": f"# 灯塔网络\n\n代码: https://github.com/gull/lamp\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the link is defined at the end": f"# 灯塔网络\n\n*灯塔:一种时钟* [论文][1]\n\n{TEXT}\n\n[1]: {URL}",
    "the text is a quotation": f"# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n> {TEXT}",
    "the text is a list": f"# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n- 误差降到了一半\n- 训练更快",
    "the text has headings of its own": f"# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n### 摘要\n\n{TEXT}\n\n### 结果\n\n很好。",
    "the text names another paper by a link": (
        f"# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n与[海浪网络](https://arxiv.org/abs/1901.00009)不同，作者用灯塔当作时钟。误差降到了一半。"
    ),
    "a rule stands below the heading": f"# 灯塔网络\n\n— —\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading has characters that nobody sees": f"# \u200b灯塔\u200b网络\u00a0\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "the heading has an emoji": f"# 🐦 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}",
    "there are anchors and tracking": f"# 灯塔网络\n\n灯塔:一种时钟\n[论文]({URL}?utm_source=a&gi=1&fbclid=2&ref=3&spm=4)\n\n{TEXT}",
}


@pytest.mark.parametrize("kind", ONE_PAPER)
def test_a_paper_is_understood_where(kind):
    found = read(PAPERS + ONE_PAPER[kind] + "\n")
    assert found["papers"] == [paper()]
    assert found["problems"] == []


@pytest.mark.parametrize("kind", ONE_PAPER)
def test_the_papers_around_it_are_not_disturbed_where(kind):
    before = "# 第一篇的名字\n\n*甲的题目*\nhttps://arxiv.org/abs/2102.00007\n\n第一篇的说明在这里。它有两句话，都很短，也很清楚。\n\n"
    after = "\n\n# 第三篇的名字\n\n*丙的题目*\nhttps://arxiv.org/abs/2102.00008\n\n第三篇的说明在这里。它也有两句话，都很清楚。\n"

    found = read(PAPERS + before + ONE_PAPER[kind] + after)

    first = paper("第一篇的名字", "甲的题目", "https://arxiv.org/abs/2102.00007", "2102.00007")
    third = paper("第三篇的名字", "丙的题目", "https://arxiv.org/abs/2102.00008", "2102.00008")
    assert found["papers"] == [first, paper(), third]


STORY = "一篇讲船的文章，作者是一位老水手。他说明了怎样在雾里找到港口，例子很多。"
ONE_ARTICLE = {
    "the card stands behind the text": f"# 船的故事\n\n{STORY}\n\n{CARD}",
    "the card stands before the text": f"# 船的故事\n\n{CARD}\n\n{STORY}",
    "the card has no empty link": f"# 船的故事\n\n{STORY}\n\n [## 页面的标题\n\n### 页面的描述…\n\nexample.org]({PAGE}) ",
    "the card has no description": f"# 船的故事\n\n{STORY}\n\n[]({PAGE}) [## 页面的标题\n\nexample.org]({PAGE}) ",
    "the card has lost its brackets": f"# 船的故事\n\n{STORY}\n\n[]({PAGE})\n\n## 页面的标题\n\n### 页面的描述…\n\nexample.org",
    "the card is not closed": f"# 船的故事\n\n{STORY}\n\n[]({PAGE}) [## 页面的标题\n\n### 页面的描述…\n\nexample.org",
    "the card is not opened": f"# 船的故事\n\n{STORY}\n\n## 页面的标题\n\n### 页面的描述…\n\nexample.org]({PAGE})",
    "the card is one line": f"# 船的故事\n\n{STORY}\n\n[## 页面的标题 ### 页面的描述… example.org]({PAGE})",
    "the card is a link of three lines": f"# 船的故事\n\n{STORY}\n\n[**页面的标题**\n*页面的描述…*example.org]({PAGE})",
    "the title of the card has brackets": f"# 船的故事\n\n{STORY}\n\n[]({PAGE}) [## [1] 页面 [二] 的标题\n\n### 描述\n\nexample.org]({PAGE})",
    "the host of the card was translated": f"# 船的故事\n\n{STORY}\n\n[]({PAGE}) [## 页面的标题\n\n### 描述\n\n例子.org]({PAGE})",
    "the address is a bare line": f"# 船的故事\n\n{PAGE}\n\n{STORY}",
    "the heading is a link": f"# [船的故事]({PAGE})\n\n{STORY}",
    "the heading is a link with its host": f"# [船的故事]({PAGE}) — [example.org]({PAGE})\n\n{STORY}",
    "the heading is bold": f"# **船的故事**\n\n{STORY}\n\n{CARD}",
    "the heading is a bold paragraph": f"**船的故事**\n\n{STORY}\n\n{CARD}",
    "the address is behind a label": f"# 船的故事\n\n{STORY}\n[链接]({PAGE})",
    "the address is only in the text": f"# 船的故事\n\n这篇文章讲船，可以在[一个网页]({PAGE})上读到。作者是一位老水手。",
    "the text names a shop before the card": f"# 船的故事\n\n[老船厂](https://yard.example.net/)造了一条船。它不怕雾，也不怕浪。\n\n{CARD}",
    "there is a picture with a link": f"# 船的故事\n\n[![封面](cover.png)]({PAGE})\n\n{STORY}",
    "there is a frame": f'# 船的故事\n\n{STORY}\n\n<iframe src="{PAGE}"></iframe>',
    "the entry is a list item": f"- [船的故事]({PAGE}) - {STORY}",
    "the entry is a list item with its address behind": f"- **船的故事**：{STORY} <{PAGE}>",
    "the entry is a row": f"| 名字 | 说明 |\n|---|---|\n| [船的故事]({PAGE}) | {STORY} |",
    "tracking is dropped and the rest is kept": f"# 船的故事\n\n{STORY}\n\n[link]({PAGE}?utm_campaign=x&source=y#top)",
}


@pytest.mark.parametrize("kind", ONE_ARTICLE)
def test_an_article_is_understood_where(kind):
    (found,) = read(ARTICLES + ONE_ARTICLE[kind] + "\n")["articles"]
    expected = article(url=f"{PAGE}#top") if "kept" in kind else article()
    assert found == expected


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("/gulls/a-story-0123456789ab?source=x", "https://medium.com/gulls/a-story-0123456789ab"),
        ("//example.org/page", "https://example.org/page"),
        ("https://www.youtube.com/watch?v=AbC_1&utm_medium=x", "https://www.youtube.com/watch?v=AbC_1"),
        ("https://openreview.net/forum?id=Ab1&noteId=2&ref=x", "https://openreview.net/forum?id=Ab1&noteId=2"),
        ("https://example.org/a?b=1&amp;gi=2&amp;c=3", "https://example.org/a?b=1&c=3"),
        ("https:/example.org/page", "https://example.org/page"),
        ("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fpage&sa=D", "https://example.org/page"),
    ],
)
def test_addresses_are_stored_absolute_and_without_tracking(address, stored):
    (found,) = read(f"{ARTICLES}# 船的故事\n\n{STORY}\n\n[链接]({address})\n")["articles"]
    assert found["url"] == stored


def test_an_address_without_a_host_is_left_out_where_the_issue_has_none():
    found = read(f"# 2021 年第 10 周\n\n# 技术文章\n\n# 船的故事\n\n{STORY}\n\n[链接](/gulls/a-story)\n")
    assert found["articles"] == [article(url=None, site=None)]
    assert {problem["code"] for problem in found["problems"]} == {"relative-address", "no-address"}


def test_a_relative_card_shows_its_host():
    card = "[](/gulls/a) [## 标题\n\n### 描述\n\nmedium.com](/gulls/a) "
    found = read(f"# 2021 年第 10 周\n\n# 技术文章\n\n# 船的故事\n\n{STORY}\n\n{card}\n")
    assert found["articles"] == [article(url="https://medium.com/gulls/a", site="medium.com")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"# 灯塔网络\n\n*灯塔:一种时钟*\n\n{TEXT}", "no-address"),
        (f"# 灯塔网络\n\n{TEXT}", "no-title"),
        (f"# 灯塔网络\n\n[2102.00001]\n\n{TEXT}", "no-title"),
        (
            "# 灯塔网络\n\n*灯塔:一种时钟*\n\n与[海浪](https://arxiv.org/abs/1901.00009)不同，作者用灯塔。误差降了。",
            "address-in-text",
        ),
        (f"# 灯塔网络\n\n*题目*\nhttps://arxiv . org/abs/2102 . 00001\n\n{TEXT}", "repaired-address"),
        (f"# 灯塔网络\n\n*题目*\n{URL}\n\n{TEXT}\n\n# 又一次\n\n*题目*\n{URL}v2\n\n{TEXT}", "duplicate-entry"),
        (
            f"# 灯塔网络\n\n*题目*\n{URL}\n\n{TEXT}\n\n— — —\n\n这里有一句不属于任何一条的话。它没有地址。",
            "unplaced-text",
        ),
    ],
)
def test_what_is_not_understood_is_reported_with_its_line(body, code):
    text = PAPERS + body
    found = read(text)
    (problem,) = [each for each in found["problems"] if each["code"] == code]
    assert problem["message"]
    assert text.split("\n")[problem["line"] - 1].strip()


def test_a_link_in_the_text_of_a_paper_is_not_taken_for_its_address():
    found = read(
        f"{PAPERS}# 灯塔网络\n\n*灯塔:一种时钟*\n\n与[海浪](https://arxiv.org/abs/1901.00009)不同，作者用灯塔。误差降了。\n"
    )
    assert found["papers"] == [paper(url=None, arxiv=None)]


@pytest.mark.parametrize(
    ("list_of_picks", "picks"),
    [
        (f"*   [看灯塔]({URL}) (1。机器学习论文)", [("看灯塔", URL)]),
        (f"1. [看灯塔]({URL})\n2. [船]({PAGE})", [("看灯塔", URL), ("船", PAGE)]),
        (f"[看灯塔]({URL})\n\n[船]({PAGE})", [("看灯塔", URL), ("船", PAGE)]),
        (f"- 看灯塔 {URL}?utm_source=x", [("看灯塔", URL)]),
        ("- 灯塔网络(1.机器学习论文)", [("灯塔网络", None)]),
        (f"- **看灯塔**\n  {URL}", [("看灯塔", URL)]),
        (f"- [【2102.00001】看灯塔]({URL})", [("看灯塔", URL)]),
    ],
)
def test_picks_are_read(list_of_picks, picks):
    body = f"# 1.机器学习论文\n\n# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}\n\n# 2.技术文章\n\n# 船的故事\n\n{STORY}\n\n{CARD}"
    found = read(f"{HEAD}# —每周编辑精选\n\n{list_of_picks}\n\n— — —\n\n{body}\n")
    assert [(pick["title"], pick["url"]) for pick in found["picks"]] == picks
    assert found["papers"] == [paper()]
    assert found["problems"] == []


def test_picks_that_are_told_in_full_are_picks_and_entries():
    featured = f"# 本周特色\n\n## 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}\n\n"
    found = read(f"{HEAD}{featured}# 2.技术文章\n\n## 船的故事\n\n{STORY}\n\n{CARD}\n")
    assert found["picks"] == [{"title": "灯塔网络", "url": URL}]
    assert (found["papers"], found["articles"]) == ([paper()], [article()])


def test_a_pick_of_nothing_is_reported():
    found = read(
        f"{HEAD}# 编辑精选\n\n- 一只不存在的海豚\n\n# 论文\n\n# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}\n"
    )
    assert [problem["code"] for problem in found["problems"]] == ["pick-unmatched"]


ENTRY = f"# 灯塔网络\n\n*灯塔:一种时钟*\n{URL}\n\n{TEXT}\n\n"
NEAR = "https://medium.com/gulls/gulls-week-{}-2021-0123456789ab"


@pytest.mark.parametrize(
    ("navigation", "expected"),
    [
        ("[第 9 周](/gulls/gulls-week-9-2021-0123456789ab) ⇦第 10 周(本帖)⇨ 第 11 周(不成文)", (NEAR.format(9), None)),
        ("第 9 周 ⇦第 10 周(本帖)⇨ [第 11 周](/gulls/gulls-week-11-2021-0123456789ab)", (None, NEAR.format(11))),
        (f"[上一期]({NEAR.format(9)}) | [下一期]({NEAR.format(11)})", (NEAR.format(9), NEAR.format(11))),
        (f"[←]({NEAR.format(9)}) [→]({NEAR.format(11)})", (NEAR.format(9), NEAR.format(11))),
        (f"- [Week 8]({NEAR.format(8)})\n- [Week 9]({NEAR.format(9)})", (NEAR.format(9), None)),
        (f"[2020 第 53 周]({NEAR.format(1)}) ⇦ 2021 第 10 周", (NEAR.format(1), None)),
    ],
)
def test_the_issues_before_and_after_are_found(navigation, expected):
    found = read(f"{PAPERS}{ENTRY}— — —\n\n# —过去的文章\n\n{navigation}\n")
    assert (found["previous"], found["next"]) == expected
    assert found["papers"] == [paper()]


def test_summaries_are_listed_once_with_their_address():
    above = "# —过去的文章\n\n[2020 年 9 月汇总](/gulls/gulls-september-2020-0123456789ab)\n\n"
    below = (
        "# —过去的文章\n\n【2020 年 9 月摘要\n\n【2020 年 8 月汇总 [2020 年总结](https://example.org/2020-summary)\n"
    )
    found = read(f"{HEAD}{above}— — —\n\n# 1.机器学习论文\n\n{ENTRY}— — —\n\n{below}")
    assert found["roundups"] == [
        {"title": "2020 年 9 月汇总", "url": "https://medium.com/gulls/gulls-september-2020-0123456789ab"},
        {"title": "2020 年 8 月汇总", "url": None},
        {"title": "2020 年总结", "url": "https://example.org/2020-summary"},
    ]


@pytest.mark.parametrize(
    "footer",
    [
        "我的 github 上许多论文的摘要。\n\n[](https://github.com/GullNotes/ML) [## GullNotes/ML\n\n### 描述\n\ngithub.com](https://github.com/GullNotes/ML)\n\n## 推特，我贴一句纸评论。\n\nhttps://twitter.com/GullNotes",
        "— — —\n\n# 推特，我贴一句纸评论。\n\n[https://twitter.com/GullNotes](https://twitter.com/GullNotes)",
        "【https://twitter.com/GullNotes 号",
        "# 关于我\n\n水手，学习者。\n\nhttps://www.linkedin.com/in/gull/",
        "On Twitter, I post one-sentence paper commentary.\n\nhttps://twitter.com/GullNotes",
    ],
)
def test_what_stands_below_the_last_entry_is_not_part_of_it(footer):
    entry = "# 采访一位水手\n\n这是一段采访，大约五分钟。他讲了怎样开始航海，也给新手提了建议。\n\n"
    found = read(f"{HEAD}# 4.其他主题\n\n— —\n\n{entry}{footer}\n")
    assert found["other"] == [article("采访一位水手", None, None)]
    assert [problem["code"] for problem in found["problems"]] == ["no-address"]


@pytest.mark.parametrize(
    ("title", "intro", "week", "starts"),
    [
        ("2020 年第 44 周", "", "2020-w44", "2020-10-25"),
        ("海鸥的 ML 新闻# 2021 年第 6 周", "", "2021-w06", "2021-01-31"),
        ("Gull's ML News #Week44, 2020", "", "2020-w44", "2020-10-25"),
        ("Gull's news - Week 6, 2021", "", "2021-w06", "2021-01-31"),
        ("2021 W10", "", "2021-w10", "2021-02-28"),
        ("第十周", "下面是我在 2021 年第 10 周(2 月 28 日~)读到的论文。", "2021-w10", "2021-02-28"),
        ("２０２１年第１０周", "", "2021-w10", "2021-02-28"),
        ("海鸥新闻#2021 周 10", "", "2021-w10", "2021-02-28"),
        ("#周 10,2021", "", "2021-w10", "2021-02-28"),
        ("2021 年的第十个星期", "", "2021-w10", "2021-02-28"),
        ("二〇二一年第十周", "", "2021-w10", "2021-02-28"),
        ("海鸥新闻", "Papers of week 10, 2021 that I liked.", "2021-w10", "2021-02-28"),
        ("Gull weekly, issue 7", "Everything from 3 March 2021 on.", "2021-w10", "2021-02-28"),
        ("かもめニュース 2021年第10週", "", "2021-w10", "2021-02-28"),
        ("2021 年第 1 周", "下面是我在 2021 年第 1 周(12 月 27 日~)读到的论文。", "2021-w01", "2020-12-27"),
    ],
)
def test_the_week_is_found(title, intro, week, starts):
    found = read(f"# {title}\n\n{intro}\n\n# 1.机器学习论文\n\n{ENTRY}")
    assert (found["week"], found["starts"]) == (week, starts)
    assert found["problems"] == []


@pytest.mark.parametrize(
    ("title", "intro", "code", "week"),
    [
        ("2021 年第 10 周", "下面是我在 2021 年第 10 周(2 月 10 日~)读到的论文。", "start-contradicts", "2021-w10"),
        ("2021 年第 10 周", "下面是我在 2021 年第 11 周(3 月 7 日~)读到的论文。", "week-contradicts", "2021-w10"),
        ("2021 年第 60 周", "", "impossible-week", None),
        ("海鸥新闻", "", "no-week", None),
        ("第 10 周", "", "no-week", None),
    ],
)
def test_what_is_wrong_with_the_week_is_reported(title, intro, code, week):
    found = read(f"# {title}\n\n{intro}\n\n# 1.机器学习论文\n\n{ENTRY}")
    assert found["week"] == week
    assert code in [problem["code"] for problem in found["problems"]]
    assert found["papers"] == [paper()]


@pytest.mark.parametrize(
    "title",
    ["2020 年 9 月汇总", "Gull's ML News, September 2020", "Machine Learning 2020 summary: 84 papers", "2020 年总结"],
)
def test_a_summary_of_a_longer_time_is_no_issue(title):
    found = read(f"# {title}\n\n# 1.机器学习论文\n\n{ENTRY}")
    assert [problem["code"] for problem in found["problems"] if problem["code"] == "not-an-issue"] == ["not-an-issue"]
    assert (found["week"], found["papers"], found["articles"]) == (None, [], [])


@pytest.mark.parametrize("rest", ["", "这一周休息，下周见。\n", "# 1.机器学习论文\n\n# 2.技术文章\n"])
def test_a_stub_has_no_entries(rest):
    found = read(HEAD + rest)
    assert [problem["code"] for problem in found["problems"]] == ["no-entries"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("# 2021 年第 10 周\n\n论文".encode("gb18030"), 1),
        (b"# Week 10, 2021\n\nA caf\xe9\n", 3),
        ("# Week 10, 2021\n".encode("utf-16"), 1),
        (b"", 1),
        (b"\n\n  \n", 1),
    ],
)
def test_a_file_that_is_not_text_in_utf8_is_refused_with_its_line(data, line, issue_file):
    found = read_issue_file(issue_file(data), "issue.md").as_json()
    assert [(problem["line"], problem["code"]) for problem in found["problems"]] == [(line, "cannot-read")]
    assert found["week"] is None


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(issue_file):
    data = b"\xef\xbb\xbf" + (PAPERS + ENTRY).replace("\n", "\r\n").encode()
    found = read_issue_file(issue_file(data), "issue.md").as_json()
    assert (found["week"], found["papers"]) == ("2021-w10", [paper()])


def test_the_guide_explains_every_code():
    guide = (Path(__file__).resolve().parents[2] / "docs/contributing/importing-an-issue.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE)) == sorted(CODES)
