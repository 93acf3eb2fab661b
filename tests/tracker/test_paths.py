"""Which paths of a program are followed, and in what order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.paths import Path, explore
from kerasmergelint.tracker.python.expressions import HANDLERS

_PARAMETERS = [("param", "build", name) for name in "abc"]


@dataclass
class _Program:
    """Asks for three parameters, each of which its caller is free to choose."""

    seen: list[tuple[bool, ...]] = field(default_factory=list)

    def __call__(self, path: Path) -> tuple[bool, ...]:
        answers = tuple(path.decide(term, prefer=True) for term in _PARAMETERS)
        self.seen.append(answers)
        return answers


def _nothing(result: tuple[bool, ...], index: int) -> bool:
    return False


def test_every_combination_of_free_choices_is_followed() -> None:
    program = _Program()
    found = explore(program, max_runs=20, may_go_on=lambda needed: True, hangs_on=_nothing)
    assert found.complete
    assert program.seen[0] == (True, True, True)
    assert len(set(program.seen)) == len(program.seen) == 8


def test_what_a_finding_hangs_on_comes_first() -> None:
    program = _Program()
    explore(
        program,
        max_runs=3,
        may_go_on=lambda needed: True,
        hangs_on=lambda result, index: index == 2,
    )
    assert program.seen[:2] == [(True, True, True), (True, True, False)]


def test_only_needed_paths_are_followed_when_there_is_no_time() -> None:
    program = _Program()
    found = explore(
        program,
        max_runs=20,
        may_go_on=lambda needed: needed,
        hangs_on=lambda result, index: index == 0 and all(result[1:]),
    )
    assert program.seen == [(True, True, True), (False, True, True)]
    assert not found.complete


def test_every_kind_of_expression_has_a_handler() -> None:
    assert set(get_args(ir.Expression)) <= set(HANDLERS)
