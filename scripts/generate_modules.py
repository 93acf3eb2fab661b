"""Write the public names of Keras's and TensorFlow's modules, and of Keras's base classes, to data files.

usage: python scripts/generate_modules.py

``from keras.applications import *`` binds exactly these.  ``modules.json`` holds, for each version of Keras,
for Keras 3 as ``tf.keras`` and for TensorFlow, a table from the path of a module (``"applications.vgg16"``,
``""`` for the package itself) to its names.  ``attributes.json`` holds what a new layer or model has as
attributes.
"""

from __future__ import annotations

import json
import os
from operator import attrgetter
from pathlib import Path
from types import ModuleType

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data"
TENSORFLOW = (
    "", "nn", "math", "image", "linalg", "signal", "random", "strings", "sparse", "bitwise", "dtypes",
    "initializers",
)  # fmt: skip


def public_names(module: ModuleType) -> list[str]:
    listed = getattr(module, "__all__", None)
    return sorted(listed if listed is not None else (n for n in dir(module) if n[0] != "_"))


def walk(package: ModuleType, path: str = "", seen: set[int] | None = None) -> dict[str, list[str]]:
    """The modules below a package, each by its path."""
    seen = set() if seen is None else seen
    seen.add(id(package))
    table = {path: public_names(package)}
    for name in table[path]:
        inner = getattr(package, name, None)
        if not isinstance(inner, ModuleType) or id(inner) in seen:
            continue
        if "keras" in inner.__name__ and name != "src":
            table.update(walk(inner, f"{path}.{name}".strip("."), seen))
    return table


def tensorflow_names() -> dict[str, list[str]]:
    import tensorflow

    return {
        path: public_names(attrgetter(path)(tensorflow) if path else tensorflow)
        for path in TENSORFLOW
    }


def attributes(keras: ModuleType) -> dict[str, list[str]]:
    """The attributes of a new object of each base class."""
    classes = {"Layer": keras.layers.Layer, "Model": keras.Model, "Sequential": keras.Sequential}
    return {
        name: [n for n in dir(cls()) if not n.startswith("__")] for name, cls in classes.items()
    }


def write(path: Path, tables: dict[str, dict[str, list[str]]]) -> None:
    """One row a line, so that a new version of Keras gives a readable difference."""
    blocks = []
    for version, table in tables.items():
        rows = (f"  {json.dumps(key)}: {json.dumps(names)}" for key, names in table.items())
        blocks.append(f" {json.dumps(version)}: {{\n" + ",\n".join(rows) + "\n }")
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n")


def main() -> None:
    import keras
    import tf_keras
    from keras._tf_keras import keras as of_tensorflow

    modules = {
        "3": walk(keras),
        "3 in TensorFlow": walk(of_tensorflow),
        "2": walk(tf_keras),
        "tensorflow": tensorflow_names(),
    }
    write(DATA / "modules.json", modules)
    write(DATA / "attributes.json", {"3": attributes(keras), "2": attributes(tf_keras)})


if __name__ == "__main__":
    main()
