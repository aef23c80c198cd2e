"""The table of words: which headings name a part of an issue, and which are entries."""

# ruff: noqa: E501  # tables of examples, each on its line

from __future__ import annotations

import pytest
from paperloom.importing.words import label_of, leading_number, section_of, strip_label

HEADINGS = {
    "papers": """
        1.机器学习论文 | 1.机器学习文件 | 1.机器学习纸 | 1.ML 论文 | 有趣的论文 | 最新论文 | 本周读过的论文 | 论文速览 | ①机器学习论文
        1. Machine Learning Papers | Papers of the week | Other interesting papers | III. Research papers | 📄 Papers
        第1部分：论文 | 论文（4 篇） | 1. 1. Papers | 今週の論文紹介 | 機械学習の論文
    """,
    "articles": """
        2.技术文章 | 2.技术性文章 | 2.与机器学习技术相关的文章 | 4.机器学习技术相关文章 | 2.技术条款 | 博客文章 | 二、技术文章
        Technical Articles | Articles related to machine learning technology | Blog posts | 技術記事
    """,
    "use_cases": """
        3.机器学习用例的例子 | 3.机器学习使用案例 | 3.机器学习应用实例 | 3.机器学习的用例 | 3.机器学习使用情形的例子
        Machine Learning Use Case | 3. Examples of Machine Learning Use Cases | ML in production | 活用事例
    """,
    "other": "4.其他主题 | 其他（1 条） | 其他（3 则） | 5.其他话题 | 4.其他专题 | 其他内容 | IV) Other | Other Topics | Misc. | その他の話題",
    "mixed": "Papers and articles | 论文和文章",
    "picks": """
        —每周编辑精选 | —每周编辑之选 | —周刊编辑精选 | 本周特色论文/新闻 | 本周专题文章/新闻 | 今週の注目論文
        — Weekly Editor's Pick | Editors’ picks | Featured Paper/News in This Week.
    """,
    "navigation": "—过去的文章 | 往期文章 | 过去的新闻 | Past Articles | Previous issues | 過去の記事 | バックナンバー",
    "contents": "主题 | 内容: | Topics | Table of Contents | 目次",
    "footer": """
        推特，我贴一句纸评论。 | 推特,我发表一句话论文评论 | 我的 github 上许多论文的摘要。 | 关于我 | 请订阅我的时事通讯
        On Twitter, I post one-sentence paper commentary. | About Me | Other Blogs | I started a newsletter. Please subscribe!
    """,
    None: """
        用机器学习预测天气 | 推特上的仇恨言论检测 | 论文摘要生成 | 深度学习的新闻推荐系统 | 用于文章推荐的强化学习 | MLOps 工具
        机器学习论文的可重复性 | 数据科学面试 | GPT-3 的应用 | Twitter 的推荐算法 | Papers with Code | How to read papers
        AI in medicine | Best practices for ML engineering | 2.5D video synthesis | Paperclips | newspaper
    """,
}
CASES = [
    (name.strip(), kind) for kind, text in HEADINGS.items() for line in text.split("\n") for name in line.split(" | ")
]


@pytest.mark.parametrize(("heading", "kind"), [case for case in CASES if case[0]])
def test_a_heading_is_told_from_an_entry(heading, kind):
    assert section_of(heading) == kind


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("1.论文", 1),
        ("12) Papers", 12),
        ("２．文章", 2),
        ("(3) Use cases", 3),
        ("论文", None),
        ("2020 in review", None),
    ],
)
def test_the_number_of_a_section_is_read(heading, number):
    assert leading_number(heading) == number


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Paper", "label_paper"),
        ("[论文]", "label_paper"),
        ("→ Code:", "label_other"),
        ("概要", "label_text"),
        ("TL;DR", "label_text"),
        ("Lighthouse", None),
    ],
)
def test_a_label_is_no_title(text, label):
    assert label_of(text) == label


def test_a_label_before_a_title_is_taken_off_and_a_colon_in_a_title_is_not():
    assert strip_label("Title: Lamps: A Survey") == "Lamps: A Survey"
    assert strip_label("Lamps: A Survey") == "Lamps: A Survey"
