"""The models of ``keras.applications`` as graphs, from generated data."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.versions import V2, KerasVersion
from kerasmergelint.shapes import Dim, Shape

_DATA = Path(__file__).parent / "data" / "applications"
_SMALLEST = {"Xception": 71, "InceptionV3": 75, "InceptionResNetV2": 75}
# These accept other input sizes even with ImageNet weights and a top.
_ANY_SIZE = ("MobileNet", "ResNetRS")
# Even with a top, these have an input of open size.
OPEN_WITH_TOP = ("MobileNetV3",)
# Arguments that change the layers themselves, with their defaults.
_WIDTHS = {"alpha": 1.0, "depth_multiplier": 1, "minimalistic": False}


class Only(enum.Enum):
    """What an optional layer is for."""

    WEIGHTS = "weights"
    PREPROCESSING = "preprocessing"


class Given(enum.Enum):
    """Stands in a configuration for what the caller of the function chooses."""

    CLASSES = "the number of classes"


@dataclass(frozen=True, slots=True)
class PaddingByParity:
    """Keras's ``correct_pad``: ``behind`` rows behind, and one less in front where the size is even."""

    behind: int


@dataclass(frozen=True, slots=True)
class Row:
    """One layer, or an op between layers: class, automatic or given name, configuration, inputs by index.

    A Sequential has ``parts`` and no configuration.
    """

    cls: str
    name: str
    config: Mapping[str, object]
    inputs: tuple[int, ...]
    only: Only | None = None
    is_op: bool = False
    parts: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Application:
    """``layers`` are those without the classifier, ``top`` is the classifier, ``pooling`` may replace it.

    ``name`` is that of the function, ``model_name`` that of the model, in which ``{rows}`` stands for the
    height of the input; ``size`` is the side of the usual input.
    """

    name: str
    model_name: str
    size: int
    parameters: tuple[str, ...]
    layers: tuple[Row, ...]
    top: tuple[Row, ...]
    pooling: Mapping[str, tuple[Row, ...]]


def find(name: str, arguments: Mapping[str, object], version: KerasVersion) -> Application | None:
    """The application of this name with these arguments; None where its graph is unknown."""
    if not name.isidentifier():
        return None
    chosen = {key: arguments.get(key, default) for key, default in _WIDTHS.items()}
    variant = [f"({key}={chosen[key]})" for key in _WIDTHS if chosen[key] != _WIDTHS[key]]
    if any(not isinstance(value, (bool, int, float)) for value in chosen.values()):
        return None
    return _read(name, "".join(variant), version)


def parameters(name: str, version: KerasVersion) -> tuple[str, ...]:
    """The parameters of the function, in order; none for an unknown name."""
    found = _read(name, "", version)
    return () if found is None else found.parameters


@lru_cache(maxsize=64)
def _read(name: str, variant: str, version: KerasVersion) -> Application | None:
    file = f"{name}{variant}.json"
    own, common = _DATA / "keras2" / file, _DATA / file
    older = version in V2 or not common.is_file()
    path = own if older and own.is_file() else common
    if not path.is_file():
        return None
    data: _Data = json.loads(path.read_text(encoding="utf-8"))
    rows = _Rows(data["kinds"])
    layers = rows.read(data["layers"], 0)
    start = len(layers)
    return Application(
        name,
        data["name"],
        data["size"],
        tuple(data["parameters"]),
        layers,
        rows.read(data["top"], start),
        {kind: rows.read(added, start) for kind, added in data["pooling"].items()},
    )


# As the files have them: a row is (name, number of its kind, inputs), a kind (class, configuration, only).
_Row = tuple[str, int] | tuple[str, int, list[int]]
_Kind = tuple[str, Mapping[str, object]] | tuple[str, Mapping[str, object], str]


class _Data(TypedDict):
    name: str
    size: int
    parameters: list[str]
    kinds: list[_Kind]
    layers: list[_Row]
    top: list[_Row]
    pooling: dict[str, list[_Row]]


_OP = "op:"


class _Rows:
    def __init__(self, kinds: Sequence[_Kind]) -> None:
        self.kinds = kinds

    def read(self, rows: Sequence[_Row], start: int) -> tuple[Row, ...]:
        """Read the rows of a graph; a row names its inputs only if they are not simply the row before."""
        out = []
        for number, (name, kind, *inputs) in enumerate(rows, start):
            cls, config, *only = self.kinds[kind]
            sources = tuple(inputs[0]) if inputs else (number - 1,)
            out.append(_row(cls, name, config, sources, Only(only[0]) if only else None))
        return tuple(out)


def _row(
    cls: str,
    name: str,
    config: Mapping[str, object],
    inputs: tuple[int, ...] = (),
    only: Only | None = None,
) -> Row:
    settings = {key: _setting(value) for key, value in config.items()}
    parts = settings.pop("layers", ()) if cls == "Sequential" else ()
    return Row(
        cls.removeprefix(_OP),
        name,
        settings,
        inputs,
        only,
        cls.startswith(_OP),
        tuple(_row(*part) for part in parts) if isinstance(parts, tuple) else (),
    )


def _setting(value: object) -> object:
    """A setting as its layer takes it; see ``scripts/generate_applications.py`` for the words."""
    if value == "classes":
        return Given.CLASSES
    if isinstance(value, list) and value[:1] == ["by parity"]:
        return PaddingByParity(value[1])
    return tuple(map(_setting, value)) if isinstance(value, list) else value


# -- what they refuse -----------------------------------------------------------------------


# These begin to load weights, whatever the channels.
_ANY_CHANNELS = ("MobileNetV3", "ResNetRS")


def check(application: Application, shape: Shape, arguments: Mapping[str, object]) -> None:
    """Arguments that an application refuses before it makes its first layer."""
    smallest = _SMALLEST.get(application.name, 32)
    sides = shape.dims[1:3]
    if shape.rank == 4 and any(isinstance(side, int) and side < smallest for side in sides):
        raise refused(
            f"the input must be at least {smallest}x{smallest}, got {sides[0]}x{sides[1]}"
        )
    if arguments.get("weights", "imagenet") != "imagenet":
        return
    channels = shape.dims[3] if shape.rank == 4 else 3
    if type(channels) is int and channels != 3 and not application.name.startswith(_ANY_CHANNELS):
        raise refused(
            f"ImageNet weights need pictures of 3 channels, got {channels}",
            hint="repeat the channel three times, or pass weights=None",
        )
    if arguments.get("include_top", True) is True:
        _check_pretrained_top(application, sides, arguments)


def _check_pretrained_top(
    application: Application, sides: tuple[Dim, ...], arguments: Mapping[str, object]
) -> None:
    size = application.size
    others = [side for side in sides if isinstance(side, int) and side != size]
    any_size = application.name.startswith(_ANY_SIZE)
    if others and not any_size and "input_tensor" not in arguments:
        raise refused(
            f"ImageNet weights with the classifier need an input of {size}x{size}, got {others[0]}",
            hint="pass include_top=False, or weights=None",
        )
    classes = arguments.get("classes", 1000)
    if isinstance(classes, int) and classes != 1000:
        raise refused(
            f"ImageNet weights with the classifier have 1000 classes, not {classes}",
            hint="pass include_top=False, or weights=None",
        )
