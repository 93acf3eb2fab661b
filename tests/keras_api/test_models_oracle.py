"""What programs find in models, by the tracker and by Keras 3 and Keras 2 themselves."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.value import UnknownV, Value
from tests.keras_api.model_programs import PROGRAMS

pytestmark = pytest.mark.oracle
PACKAGES = {3: "keras", 2: "tf_keras"}


def text_of(name: str, version: int) -> str:
    package = PACKAGES[version]
    return (
        f"import {package} as keras\n"
        f"from {package} import Input, Model, Sequential, layers\n{PROGRAMS[name]}"
    )


def real(name: str, version: int) -> Any:
    import keras
    import tf_keras

    (keras if version == 3 else tf_keras).backend.clear_session()
    scope: dict[str, Any] = {"__name__": "program"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(compile(text_of(name, version), "program.py", "exec"), scope)
    return as_plain(scope["RESULT"])


def as_plain(value: Any) -> Any:
    """Shapes of TensorFlow as tuples."""
    if type(value).__name__ == "TensorShape":
        return tuple(value)
    if isinstance(value, (list, tuple)):
        return type(value)(map(as_plain, value))
    return value


def tracked(value: Value) -> Any:
    if isinstance(value, ListV) and not value.open:
        return [tracked(item) for item in value.items]
    if isinstance(value, DictV) and not value.open:
        return {key: tracked(item) for key, item in value.items.items()}
    if isinstance(value, tuple):
        return tuple(map(tracked, value))
    return f"unknown: {value.reason}" if isinstance(value, UnknownV) else value


@pytest.mark.parametrize("version", PACKAGES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_as_keras_says(name: str, version: int) -> None:
    report = evaluate(text_of(name, version), "program.py", Settings(keras_version=str(version)))
    assert not report.errors and not report.events
    assert report.module is not None
    assert tracked(report.module.scope.variables["RESULT"]) == real(name, version)
