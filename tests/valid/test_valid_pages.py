"""Every built page is valid HTML, by the Nu Html Checker."""

from __future__ import annotations

import pytest

from tests.valid.checkers import CheckerError, faults_of_pages


def test_every_page_of_the_real_site_is_valid(finished_site):
    count, faults = faults_of_pages(finished_site)

    assert [str(fault) for fault in faults] == []
    assert count > 150


def test_every_page_of_a_small_site_is_valid(tiny_site):
    count, faults = faults_of_pages(tiny_site)

    assert [str(fault) for fault in faults] == []
    assert count > 15


def test_the_checker_names_page_line_and_fault(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "right.html").write_text('<!DOCTYPE html><html lang="en"><title>Right</title><p>Right.', encoding="utf-8")
    wrong = '<!DOCTYPE html>\n<html lang="en"><title>Wrong</title>\n<p id="a">One.\n<p id="a">Two.'
    (site / "wrong.html").write_text(wrong, encoding="utf-8")

    count, faults = faults_of_pages(site)

    assert count == 2
    assert [fault.place for fault in faults] == ["wrong.html:4"]
    assert faults[0].message == "Duplicate ID “a”."


def test_a_checker_that_cannot_be_run_is_no_sign_of_health(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.valid.checkers.NU", tmp_path / "gone.jar")

    with pytest.raises(CheckerError, match=r"gone\.jar"):
        faults_of_pages(tmp_path)
