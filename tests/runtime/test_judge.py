"""From what the child saw to a verdict."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.protocol import Hazard, HazardKind, Problem, ProblemKind
from kerasmergelint.runtime.judge import judge
from kerasmergelint.runtime.verdict import Confirmation

PROBLEM = Problem(ProblemKind.BROADCAST, "ValueError", "axis 1: 5 and 7")
HAZARD = Hazard(HazardKind.SILENT_BROADCAST, "both are stretched")


def raised(exception: str = "ValueError", *, in_keras: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "state": "raised",
        "exception": exception,
        "family": [exception, "Exception"],
        "message": "no",
        "in_keras": in_keras,
        "operands": [],
        **more,
    }


def built(*shapes: list[Any], **more: Any) -> dict[str, Any]:
    operands = [{"shape": shape, "dtype": "float32"} for shape in shapes]
    return {"state": "built", "operands": operands, "output": [], **more}


def test_what_raises_is_confirmed() -> None:
    verdict = judge(PROBLEM, raised())
    assert verdict.confirmation is Confirmation.CONFIRMED
    assert verdict.text == "confirmed: ValueError: no"


def test_another_exception_of_keras_is_told() -> None:
    verdict = judge(PROBLEM, raised("TypeError"))
    assert verdict.confirmation is Confirmation.CONFIRMED
    assert verdict.notes == ("the linter expected ValueError",)


def test_an_exception_of_our_own_making_confirms_nothing() -> None:
    verdict = judge(PROBLEM, raised("KeyError", in_keras=False))
    assert verdict.confirmation is Confirmation.NOT_REACHED


def test_what_builds_is_refuted() -> None:
    assert judge(PROBLEM, built()).confirmation is Confirmation.REFUTED


def test_what_builds_for_shapes_of_our_choice_is_not() -> None:
    assert judge(PROBLEM, built(guessed=True)).confirmation is Confirmation.NOT_REACHED


def test_a_lost_process_decides_nothing() -> None:
    lost = {"state": "lost", "reason": "it took longer than 60 s", "output": "a\nepoch 1\n"}
    verdict = judge(PROBLEM, lost)
    assert verdict.text == "not reached: it took longer than 60 s"
    assert verdict.notes == ("its last output: epoch 1",)


def test_a_hazard_is_confirmed_by_its_shapes() -> None:
    verdict = judge(HAZARD, built([None, 8, 1], [8], told=[[None, 8, 1], [8]]))
    assert verdict.text == "confirmed: the shapes at run time are (None, 8, 1), (8,)"


def test_a_hazard_with_other_shapes_is_refuted() -> None:
    verdict = judge(HAZARD, built([None, 8], [8], told=[[None, 8, 1], [8]]))
    assert verdict.confirmation is Confirmation.REFUTED


def test_a_hazard_that_raises_is_worse_than_one() -> None:
    assert judge(HAZARD, raised()).confirmation is Confirmation.NOT_REACHED


def test_where_the_linter_was_wrong_about_a_shape_it_is_said() -> None:
    verdict = judge(PROBLEM, raised(differs="Dense at line 3 gave (None, 4)"))
    assert verdict.notes == ("Dense at line 3 gave (None, 4)",)
