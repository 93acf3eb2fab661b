"""Write the names by which both versions of Keras find activations, losses and the like to a data file.

usage: python scripts/generate_object_names.py
"""

from __future__ import annotations

import json
import os
import re
from importlib import import_module
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data"
KINDS = (
    "activations", "constraints", "initializers", "losses", "metrics", "optimizers", "regularizers",
)  # fmt: skip


def of_keras_3(kind: str) -> list[str]:
    """What the newest Keras lists."""
    return sorted(import_module(f"keras.src.{kind}").ALL_OBJECTS_DICT)


def of_keras_2(kind: str) -> list[str]:
    """What Keras 2 makes an object of, among the names of its modules and of Keras 3."""
    import tf_keras

    public = getattr(tf_keras, kind)
    inner = import_module(f"tf_keras.src.{kind}")
    known = {*of_keras_3(kind), *dir(public), *dir(inner), *dir(tf_keras.layers)}
    known |= {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in known}
    return sorted(name for name in known if not name.startswith("_") and _is_found(public, name))


def _is_found(public: object, name: str) -> bool:
    try:
        found = public.get(name)  # type: ignore[attr-defined]
    except ValueError:
        return False
    except (AttributeError, KeyError, TypeError):  # found, but not made without arguments
        return True
    return not isinstance(found, str)


def names() -> dict[str, dict[str, list[str]]]:
    found = {"2": of_keras_2, "3": of_keras_3}
    return {version: {kind: of(kind) for kind in KINDS} for version, of in found.items()}


def main() -> None:
    text = json.dumps(names(), indent=1) + "\n"
    (DATA / "object_names.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
