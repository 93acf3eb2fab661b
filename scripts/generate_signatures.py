"""Write the signatures of the installed Keras to data files: of layers, of what trains, of models.

usage: python scripts/generate_signatures.py

A signature is a list of [name, default] (or just [name] where there is no default), in order.
"""

from __future__ import annotations

import inspect
import json
import operator
import os
import re
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data"
# Names that a constructor looks for among its keyword arguments.
_TAKEN_OUT = re.compile(r"""kwargs\.(?:pop|get)\(\s*["'](\w+)["']""")
_SKIPPED = ("self", "args", "kwargs")


def parameters(function: Any) -> list[list[Any]]:
    """The parameters of a function as JSON; defaults that are no plain values become null."""
    found: list[list[Any]] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name in _SKIPPED or parameter.kind is inspect.Parameter.VAR_KEYWORD:
            continue
        if parameter.default is inspect.Parameter.empty:
            found.append([name])
        else:
            found.append([name, plain(parameter.default)])
    return found


def plain(value: Any) -> Any:
    if isinstance(value, (bool, int, float, str)) or value is None:
        return value
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return None


def call_parameters(cls: Any) -> list[str]:
    try:
        signature = inspect.signature(cls.call)
    except (TypeError, ValueError):
        return ["inputs"]
    return [name for name in signature.parameters if name not in _SKIPPED]


def accepted(cls: Any) -> list[str]:
    """The names that the constructor passes on to its bases through ``**kwargs``."""
    names: dict[str, None] = {}
    for base in cls.__mro__:
        own = inspect.isfunction(vars(base).get("__init__"))
        signature = inspect.signature(base.__init__) if own else None
        if signature is None:
            continue
        names.update(dict.fromkeys(name for name in signature.parameters if name not in _SKIPPED))
        names.update(dict.fromkeys(_TAKEN_OUT.findall(inspect.getsource(base.__init__))))
        kinds = [parameter.kind for parameter in signature.parameters.values()]
        if inspect.Parameter.VAR_KEYWORD not in kinds:
            break
    return list(names)


def describe(module: Any, base: Any) -> dict[str, Any]:
    """Every public layer class: canonical class name, constructor, call."""
    table: dict[str, Any] = {}
    for public in sorted(dir(module)):
        cls = getattr(module, public)
        if not isinstance(cls, type) or not issubclass(cls, base):
            continue
        table[public] = {
            "class": cls.__name__,
            "init": parameters(cls.__init__),
            "call": call_parameters(cls),
            "passed_on": [
                name
                for name in accepted(cls)
                if name not in inspect.signature(cls.__init__).parameters
            ],
        }
    return table


def tables() -> dict[int, dict[str, Any]]:
    """The tables of both versions; Keras 2's experimental layers stand with the others."""
    import keras
    import tf_keras

    found = {}
    for version, package in ((3, keras), (2, tf_keras)):
        found[version] = describe(package.layers, package.layers.Layer)
        experimental = getattr(package.layers, "experimental", None)
        if experimental is not None:
            found[version] = {**describe(experimental, package.layers.Layer), **found[version]}
    return found


OF_OBJECTS = (
    "callbacks", "constraints", "initializers", "losses", "metrics", "optimizers",
    "optimizers.schedules", "regularizers",
)  # fmt: skip
METHODS = (
    "compile", "evaluate", "fit", "predict", "predict_on_batch", "test_on_batch", "train_on_batch",
)  # fmt: skip
_KINDS = inspect.Parameter


def objects() -> dict[str, Any]:
    """The constructors of what trains, and the methods of models, by their paths in Keras 3."""
    import keras

    found = {f"Model.{name}": describe_call(getattr(keras.Model, name)) for name in METHODS}
    found["Sequential.add"] = describe_call(keras.Sequential.add)
    for path in OF_OBJECTS:
        module = operator.attrgetter(path)(keras)
        for public in sorted(dir(module)):
            cls = getattr(module, public)
            if isinstance(cls, type) and inspect.isfunction(cls.__init__):
                made = describe_call(cls.__init__, cls)
                if made is not None:
                    found[f"{path}.{public}"] = made
    return found


def describe_call(function: Any, cls: type | None = None) -> dict[str, Any] | None:
    """Parameters, names that are passed on, and what an unknown name raises; None with ``*args``."""
    import keras

    kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
    if kinds & {_KINDS.VAR_POSITIONAL, _KINDS.KEYWORD_ONLY}:
        return None
    own = parameters(function)
    names = {parameter[0] for parameter in own}
    strange: str | None = "TypeError"
    if _KINDS.VAR_KEYWORD in kinds:  # optimizers and `evaluate` check what is left over
        checks = cls is None or issubclass(cls, keras.optimizers.Optimizer)
        strange = "ValueError" if checks else None
    passed = [name for name in accepted(cls) if name not in names] if cls is not None else []
    return {"init": own, "passed_on": passed, "strange": strange}


def write(path: Path, table: dict[str, Any]) -> None:
    """One row a line, so that a new version of Keras gives a readable difference."""
    lines = [f" {json.dumps(name)}: {json.dumps(entry)}" for name, entry in table.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for version, table in tables().items():
        write(DATA / f"signatures_v{version}.json", table)
    write(DATA / "object_signatures.json", objects())


if __name__ == "__main__":
    main()
