"""What the constructor of a Sequential model takes, next to TensorFlow's answer."""

from __future__ import annotations

import pytest

from kerasmergelint.keras_api.protocol import ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate

DENSE = "keras.layers.Dense(2)"
REFUSED_BY_3 = [DENSE, f"{DENSE}, {DENSE}", ", ".join([DENSE] * 4), "input_shape=(2,)"]
REFUSED_BY_2 = [", ".join([DENSE] * 3), "input_shape=(2,)"]
TAKEN_BY_BOTH = [
    "",
    f"[{DENSE}]",
    f"layers=[{DENSE}], name='small'",
    "*[[]]",
    "**{'name': 'small'}",
]


def answer(arguments: str, module: str, version: str) -> list[tuple[ProblemKind, str]]:
    program = f"import {module} as keras\nkeras.Sequential({arguments})\n"
    events = evaluate(program, "program.py", Settings(keras_version=version)).events
    return [(event.problem.kind, event.problem.exception) for event in events]


def tried(arguments: str, module: str) -> str | None:
    """The exception that Keras itself raises."""
    keras = pytest.importorskip(module)
    try:
        eval(f"keras.Sequential({arguments})", {"keras": keras})
    except Exception as error:
        return type(error).__name__
    return None


@pytest.mark.parametrize(
    ("arguments", "module", "version"),
    [(one, "keras", "3") for one in REFUSED_BY_3]
    + [(one, "tf_keras", "2") for one in REFUSED_BY_2],
)
def test_layers_belong_into_a_list(arguments: str, module: str, version: str) -> None:
    expected = tried(arguments, module)
    assert expected in ("TypeError", "ValueError")
    assert answer(arguments, module, version) == [(ProblemKind.ARGUMENT, expected)]


@pytest.mark.parametrize(
    ("arguments", "module", "version"),
    [(one, "keras", "3") for one in [*TAKEN_BY_BOTH, f"[{DENSE}], False, 'small'"]]
    + [(one, "tf_keras", "2") for one in [*TAKEN_BY_BOTH, DENSE, f"{DENSE}, {DENSE}"]],
)
def test_what_keras_takes_is_not_reported(arguments: str, module: str, version: str) -> None:
    assert tried(arguments, module) is None
    assert answer(arguments, module, version) == []
