"""Write the constructor and call signatures of every layer of the installed Keras to a data file.

usage: python scripts/generate_signatures.py

A signature is a list of [name, default] (or just [name] where there is no default), in order.
"""

from __future__ import annotations

import inspect
import json
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
        if name in _SKIPPED:
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
        signature = inspect.signature(base.__init__) if "__init__" in vars(base) else None
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


def main() -> None:
    DATA.mkdir(exist_ok=True)
    for version, table in tables().items():
        lines = [f" {json.dumps(name)}: {json.dumps(entry)}" for name, entry in table.items()]
        text = "{\n" + ",\n".join(lines) + "\n}\n"
        (DATA / f"signatures_v{version}.json").write_text(text)


if __name__ == "__main__":
    main()
