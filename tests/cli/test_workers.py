"""Processes beside the command: what one of them cannot survive costs only the file that it was at."""

from __future__ import annotations

import os
from dataclasses import dataclass

import pytest

from kerasmergelint.cli.workers.pool import Processes, Work


@dataclass(frozen=True)
class Named:
    path: str


NAMES = [f"{number}.py" for number in range(200)]
DEADLY = {"0.py", "70.py", "71.py", "199.py"}


def answer(question: Named) -> str:
    if question.path in DEADLY:
        os._exit(1)
    return f"read {question.path}"


def given_up(question: Named, why: str) -> str:
    return f"lost {question.path}: {why}"


def test_a_file_that_ends_its_process_is_given_up_alone() -> None:
    work = Work(answer, given_up)
    found = list(Processes(2).do(work, [(Named(name), None) for name in NAMES]))
    assert [question.path for question, _ in found] == NAMES
    assert {question.path for question, told in found if told.startswith("lost")} == DEADLY
    assert found[70][1] == "lost 70.py: its process was killed, or ran out of memory"


def fail(question: Named) -> str:
    raise ValueError(question.path)


def test_an_exception_in_a_process_is_raised_here() -> None:
    questions = [(Named(name), None) for name in NAMES]
    with pytest.raises(ValueError, match=r"0\.py"):
        list(Processes(2).do(Work(fail, given_up), questions))
