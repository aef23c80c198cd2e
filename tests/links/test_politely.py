"""How questions to many hosts are ended."""

from __future__ import annotations

import threading

import pytest
from paperloom.cli.links.politely import AT_ONCE_PER_HOST, SILENT, ask_all


def nothing(_host, _position):
    """Take no note."""


def test_an_interruption_ends_the_other_questions_too():
    asked = []
    begun, interrupted = threading.Event(), threading.Event()

    def interrupt():
        assert begun.wait(10)
        interrupted.set()
        raise KeyboardInterrupt

    def question():
        asked.append(1)
        begun.set()
        return interrupted.wait(10)

    with pytest.raises(KeyboardInterrupt):
        ask_all({"a": [question] * 500, "b": [interrupt]}, nothing)

    assert len(asked) < 100


def test_each_question_is_asked_once_or_named_as_skipped():
    asked, skipped = [], []

    def question(host, number, *, answers):
        return lambda: asked.append((host, number)) or answers

    questions = {
        "fine": [question("fine", number, answers=True) for number in range(20)],
        "silent": [question("silent", number, answers=False) for number in range(20)],
    }

    ask_all(questions, lambda host, position: skipped.append((host, position)))

    everything = {(host, number) for host in questions for number in range(20)}
    assert sorted([*asked, *skipped]) == sorted(everything)
    assert {host for host, _number in skipped} == {"silent"}
    assert SILENT <= len([host for host, _number in asked if host == "silent"]) < SILENT + AT_ONCE_PER_HOST


def test_an_answer_makes_up_for_silence_before_it():
    answers = [False, False, True] * 10
    asked = []

    ask_all({"a": [lambda answer=answer: asked.append(answer) or answer for answer in answers]}, nothing, at_once=1)

    assert len(asked) == len(answers)


def test_nothing_to_ask_is_no_error():
    ask_all({}, nothing)
    ask_all({"a": []}, nothing)
