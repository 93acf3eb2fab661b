"""Measure which attributes Keras does not let a layer or model set, and write them to a data file.

usage: python scripts/measure_reserved.py

For each version of Keras, each base class and each attribute that its instances have, subclasses
assign values of several types to it, after ``super().__init__()`` in the constructor and in
``build``.  An attribute is reserved if every one of these fails with the same error at the assignment:
what is refused for some types only (a ``name`` that is no string) is left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data"


def samples(keras: Any) -> list[Callable[[], Any]]:
    """Makers of values of the types that programs keep on their layers."""
    return [lambda: [1, 2], lambda: 3, lambda: "a", lambda: None, lambda: keras.layers.Dense(2)]


def refuses(base: Any, name: str, value: Any) -> bool:
    """Whether an assignment after ``super().__init__()`` raises AttributeError by itself."""

    class Subclass(base):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            return x

    made = Subclass()
    try:
        setattr(made, name, value)
    except AttributeError:
        return True
    except Exception:
        return False
    return False


def reserved(keras: Any, base: Any) -> list[str]:
    """The attributes of instances of ``base`` that nothing can be assigned to."""
    names = [name for name in dir(base()) if not name.startswith("__")]
    makers = samples(keras)
    return [name for name in names if all(refuses(base, name, make()) for make in makers)]


def measure() -> dict[str, dict[str, list[str]]]:
    import keras
    import tf_keras

    return {
        version: {
            base.__name__: reserved(package, base)
            for base in (package.layers.Layer, package.Model, package.Sequential)
        }
        for version, package in (("2", tf_keras), ("3", keras))
    }


def main() -> None:
    text = json.dumps(measure(), indent=1) + "\n"
    (DATA / "reserved.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
