"""Sections whose names leave open what they hold, read by the numbers that the series gives its sections."""

from __future__ import annotations

import pytest
from paperloom.importing.reading import read_issue

HEAD = "# 2021 年第 12 周\n\n> 原文：<https://medium.com/gulls/gulls-week-12-2021-abcdefabcdef?source=x>\n"
TEXT = "作者把灯塔当作时钟来训练网络。这样误差降到了一半，而且训练更快。"
PAPER = f"### 灯塔\n\n*Lamps*\nhttps://arxiv.org/abs/2103.00001\n\n{TEXT}"
TOLD = {
    "papers": ("机器学习论文", PAPER),
    "articles": ("技术文章", f"### 船帆\n\nhttps://sails.example.org/post\n\n{TEXT}"),
    "use_cases": ("机器学习用例", f"### 数面包\n\nhttps://bread.example.org/count\n\n{TEXT}"),
    "other": ("其他主题", f"### 港口\n\nhttps://port.example.org/news\n\n{TEXT}"),
}
ALL = {"papers": ["灯塔"], "articles": ["船帆"], "use_cases": ["数面包"], "other": ["港口"]}


def read(*, numbers="1234", names=(), told=()):
    sections = [
        f"## {number}.{dict(names).get(kind, name)}\n\n{dict(told).get(kind, entry)}"
        for number, (kind, (name, entry)) in zip(numbers, TOLD.items(), strict=True)
    ]
    return read_issue("\n\n---\n\n".join([HEAD, *sections]), "issue.md").as_json()


def entries(found):
    return {kind: [entry["heading"] for entry in found[kind]] for kind in ALL}


def test_the_usual_names_need_no_number_and_are_not_reported():
    found = read()
    assert entries(found) == ALL
    assert found["problems"] == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        pytest.param("articles", "技术论文", id="technical papers beside papers"),
        pytest.param("papers", "机器学习文章", id="articles of machine learning beside articles"),
        pytest.param("articles", "码头边", id="a name that says nothing, of articles"),
        pytest.param("use_cases", "码头边", id="a name that says nothing, of use cases"),
        pytest.param("other", "码头边", id="a name that says nothing, of the rest"),
        pytest.param("papers", "码头边", id="a name that says nothing, of papers"),
    ],
)
def test_a_name_that_leaves_it_open_is_settled_by_its_number_and_reported(kind, name):
    found = read(names={kind: name})
    assert entries(found) == ALL
    assert [problem["code"] for problem in found["problems"]] == ["unknown-section"]
    assert name in found["problems"][0]["message"]


def test_more_papers_stay_papers_whatever_the_number():
    found = read(
        names={"articles": "更多论文"}, told={"articles": PAPER.replace("灯塔", "贝壳").replace("00001", "00002")}
    )
    assert entries(found)["papers"] == ["灯塔", "贝壳"]


def test_numbers_of_another_order_say_nothing():
    found = read(numbers="4321", names={"use_cases": "技术文章"})
    assert entries(found)["articles"] == ["船帆", "数面包"]


def test_a_kind_that_another_section_has_is_given_to_no_second_one():
    found = read(numbers="1233", names={"other": "码头边"})
    assert entries(found)["use_cases"] == ["数面包"]
    assert entries(found)["other"] == ["港口"]
