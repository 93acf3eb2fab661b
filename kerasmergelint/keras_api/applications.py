"""The models of ``keras.applications`` as graphs, from generated data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind
from kerasmergelint.shapes import Shape

_DATA = Path(__file__).parent / "data" / "applications"
_SMALLEST = {"Xception": 71, "InceptionV3": 75, "InceptionResNetV2": 75}
# These accept other input sizes together with ImageNet weights and a top.
_ANY_SIZE = ("MobileNet", "MobileNetV2", "MobileNetV3Large", "MobileNetV3Small")
# Arguments that change the layers themselves, with their defaults.
_WIDTHS = {"alpha": 1.0, "depth_multiplier": 1, "minimalistic": False}
# What ``include_preprocessing=False`` leaves out; none of them changes a shape.
PREPROCESSING = frozenset({"Rescaling", "Normalization"})


@dataclass(frozen=True, slots=True)
class Row:
    """One layer: class, automatic or given name, configuration, indexes of its inputs."""

    cls: str
    name: str
    config: Mapping[str, Any]
    inputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """``layers`` without the classifier, ``top`` what that adds, and the side of the usual input."""

    name: str
    default_size: int
    layers: tuple[Row, ...]
    top: tuple[Row, ...]


def find(name: str, arguments: Mapping[str, Any]) -> Application | None:
    """The application of this class name with these arguments, if its graph is known."""
    if not name.isidentifier():
        return None
    chosen = {key: arguments.get(key, default) for key, default in _WIDTHS.items()}
    variant = [f"({key}={chosen[key]})" for key in _WIDTHS if chosen[key] != _WIDTHS[key]]
    if any(not isinstance(value, (bool, int, float)) for value in chosen.values()):
        return None
    return _read(name, "".join(variant))


@lru_cache(maxsize=64)
def _read(name: str, variant: str) -> Application | None:
    path = _DATA / f"{name}{variant}.json"
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return Application(name, data["default_size"], _rows(data["layers"]), _rows(data["top"]))


def _rows(data: Any) -> tuple[Row, ...]:
    return tuple(Row(cls, name, config, tuple(inputs)) for cls, name, config, inputs in data)


def check(application: Application, shape: Shape, arguments: Mapping[str, Any]) -> None:
    """What an application raises for, before it makes its first layer."""
    smallest = _SMALLEST.get(application.name, 32)
    sides = shape.dims[1:3]
    if shape.rank == 4 and any(isinstance(side, int) and side < smallest for side in sides):
        raise _refused(
            f"the input must be at least {smallest}x{smallest}, got {sides[0]}x{sides[1]}"
        )
    if arguments.get("weights", "imagenet") != "imagenet":
        return
    if arguments.get("include_top", True) is True:
        _check_pretrained_top(application, sides, arguments)


def _check_pretrained_top(
    application: Application, sides: tuple[Any, ...], arguments: Mapping[str, Any]
) -> None:
    size = application.default_size
    others = [side for side in sides if isinstance(side, int) and side != size]
    if others and application.name not in _ANY_SIZE and "input_tensor" not in arguments:
        raise _refused(
            f"ImageNet weights with the classifier need an input of {size}x{size}, got {others[0]}",
            "pass include_top=False, or weights=None",
        )
    classes = arguments.get("classes", 1000)
    if isinstance(classes, int) and classes != 1000:
        raise _refused(
            f"ImageNet weights with the classifier have 1000 classes, not {classes}",
            "pass include_top=False, or weights=None",
        )


def _refused(detail: str, hint: str | None = None) -> Broken:
    return Broken(Problem(ProblemKind.ARGUMENT, "ValueError", detail, hint=hint))
