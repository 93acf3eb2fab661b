"""Optimizers, losses, metrics and callbacks refuse the arguments that Keras 3 refuses, as it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

import pytest

from kerasmergelint.keras_api.object_signatures import constructor, method, table
from kerasmergelint.keras_api.protocol import Broken
from kerasmergelint.keras_api.signatures import Signature

OF_MODELS = ("Model.", "Sequential.")
CLASSES = sorted(path for path in table() if not path.startswith(OF_MODELS))
METHODS = sorted(path.partition(".")[2] for path in table() if path.startswith(OF_MODELS))
STRANGE = "a_name_of_no_argument"


def _raised(call: Callable[[], object]) -> str | None:
    try:
        call()
    except (TypeError, ValueError) as error:
        return type(error).__name__
    return None


def _told(signature: Signature, args: list[Any], kwargs: Mapping[str, Any]) -> str | None:
    try:
        signature.bind(args, kwargs)
    except Broken as broken:
        return broken.problem.exception
    return None


@pytest.mark.parametrize("path", CLASSES)
def test_too_many_arguments(path: str) -> None:
    keras = pytest.importorskip("keras")
    signature = constructor(f"keras.{path}")
    assert signature is not None
    args = [None] * (len(signature.names) + 1)
    raised = _raised(lambda: attrgetter(path)(keras)(*args))
    assert raised == _told(signature, args, {}) == "TypeError"


@pytest.mark.parametrize("path", CLASSES)
def test_a_missing_argument(path: str) -> None:
    keras = pytest.importorskip("keras")
    signature = constructor(f"keras.{path}")
    assert signature is not None
    if signature.required:
        raised = _raised(lambda: attrgetter(path)(keras)())
        assert raised == _told(signature, [], {}) == "TypeError"


# What the constructors are given that cannot do without: anything they take.
REQUIRED: dict[str, Any] = {
    "axis": -1, "backup_dir": "backup", "boundaries": [1], "callbacks": [], "decay_rate": 0.9,
    "decay_steps": 5, "filename": "log.csv", "first_decay_steps": 5, "initial_learning_rate": 0.1,
    "num_classes": 3, "precision": 0.5, "recall": 0.5, "sensitivity": 0.5, "specificity": 0.5,
    "target_class_ids": [0], "values": [0.1, 0.2], "factor": 0.1,
}  # fmt: skip


@pytest.mark.parametrize("path", CLASSES)
def test_a_name_of_no_argument(path: str) -> None:
    keras = pytest.importorskip("keras")
    signature = constructor(f"keras.{path}")
    assert signature is not None
    if signature.strange == "TypeError":  # Python says so before anything is done
        given = {name: REQUIRED.get(name) for name in signature.required}
    elif path.startswith("optimizers.") and not signature.required:
        given = {}
    else:
        return
    raised = _raised(lambda: attrgetter(path)(keras)(**given, **{STRANGE: 1}))
    assert raised == _told(signature, [], {**given, STRANGE: 1}) == signature.strange


@pytest.mark.parametrize("name", METHODS)
def test_methods_of_models(name: str) -> None:
    keras = pytest.importorskip("keras")
    signature = method(name)
    assert signature is not None
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    given: dict[str, Any] = {key: [[1.0, 2.0]] for key in signature.required}
    raised = _raised(lambda: getattr(model, name)(**given, **{STRANGE: 1}))
    assert raised == _told(signature, [], {**given, STRANGE: 1}) is not None


def test_a_rate_that_decays_is_taken() -> None:
    signature = constructor("tensorflow.keras.optimizers.Adam")
    assert signature is not None
    assert _told(signature, [], {"decay": 0.1}) is None
    assert _told(signature, [], {"lr": 0.1}) == "ValueError"
