"""Write the parameters of ``keras.ops``, ``tf`` and the backend functions, as installed, into a data file.

Run it after an upgrade of Keras or TensorFlow::

    python scripts/generate_op_signatures.py

Each function stands once, under its shortest name; ``aliases`` says which other public names are the
same object.  A parameter without a default is a string, one with a default a pair; a default that
JSON has no word for is left as ``null``.
"""

from __future__ import annotations

import functools
import inspect
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data" / "op_signatures.json"
PARTS = ("", "math", "nn", "image", "linalg", "signal", "random", "dtypes", "bitwise", "debugging")


def spaces() -> list[tuple[str, Any]]:
    """Prefix and module of every namespace, the preferred name of a function first."""
    import keras
    import tensorflow as tf
    import tf_keras

    found: list[tuple[str, Any]] = [("ops.", keras.ops)]
    found += [(f"ops.{p}.", getattr(keras.ops, p)) for p in ("nn", "numpy", "image", "linalg")]
    found += [("random.", keras.random), ("activations3.", keras.activations)]
    for root in (tf, tf.compat.v1):
        for part in PARTS:
            module = getattr(root, part, None) if part else root
            if module is not None:
                found.append((f"tf.{part}." if part else "tf.", module))
    found.append(("K3.", tf.keras.backend))
    found.append(("K2.", tf_keras.backend))
    found.append(("activations2.", tf_keras.activations))
    return found


def collect() -> dict[str, Any]:
    """Everything that the data file holds."""
    signatures: dict[str, Any] = {}
    aliases: dict[str, str] = {}
    first: dict[int, str] = {}
    for prefix, module in spaces():
        for name in sorted(dir(module)):
            function = getattr(module, name, None)
            full = prefix + name
            if name.startswith("_") or not callable(function) or inspect.isclass(function):
                continue
            if full in signatures or full in aliases:
                continue
            known = first.get(id(function))
            if known is not None and same_space(known, full):
                aliases[full] = known
                continue
            parameters = read(function)
            if parameters is None:
                continue
            signatures[full] = parameters
            first.setdefault(id(function), full)
    return {"signatures": signatures, "aliases": aliases}


def same_space(left: str, right: str) -> bool:
    return left.partition(".")[0] == right.partition(".")[0]


def read(function: Any) -> list[Any] | None:
    """The parameters in order."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    found: list[Any] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            found.append("*" + parameter.name)
        elif parameter.kind is parameter.VAR_KEYWORD:
            found.append("**" + parameter.name)
        elif parameter.default is parameter.empty:
            found.append(parameter.name)
        else:
            found.append([parameter.name, plain(parameter.default)])
    return found


@functools.singledispatch
def plain(value: Any) -> Any:
    """A default as JSON has it; data types by name, anything else ``null``."""
    name = getattr(value, "name", None)
    if isinstance(name, str) and type(value).__name__ == "DType":
        return name
    return None


@plain.register(bool)
@plain.register(int)
@plain.register(float)
@plain.register(str)
def _itself(value: Any) -> Any:
    return value if value == value and abs(hash(value)) != abs(hash(float("inf"))) else None


@plain.register(tuple)
@plain.register(list)
def _list(value: Any) -> Any:
    return [plain(item) for item in value]


def main() -> int:
    data = collect()
    lines = [
        "{",
        '"signatures": {',
        ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in data["signatures"].items()),
        "},",
        '"aliases": {',
        ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in data["aliases"].items()),
        "}",
        "}",
    ]
    DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
