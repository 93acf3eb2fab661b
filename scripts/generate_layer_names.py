"""Write the public names of ``keras.layers`` of both versions of Keras to a data file.

usage: python scripts/generate_layer_names.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data"


def names() -> dict[str, list[str]]:
    import keras
    import tf_keras

    return {
        version: sorted(name for name in dir(package.layers) if not name.startswith("_"))
        for version, package in (("2", tf_keras), ("3", keras))
    }


def main() -> None:
    text = json.dumps(names(), indent=1) + "\n"
    (DATA / "layer_names.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
