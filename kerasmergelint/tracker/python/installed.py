"""Packages that are installed beside us and build on Keras: where their source is.

They are read like a program's own modules, never imported.  What is asked of their files is not
remembered one by one: while a package's first file is the same, so are the others.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from kerasmergelint.files import Files, names_in, read

# What is not part of a model, takes long to read, or is known by its names.
_NOT_FOLLOWED = frozenset(
    {"IPython", "accelerate", "datasets", "deepspeed", "diffusers", "fastai", "huggingface_hub",
     "ipykernel", "jupyter", "keras_contrib", "keras_core", "keras_tuner", "kerasmergelint",
     "lightning", "mlflow", "nltk", "onnx", "onnxruntime", "optuna", "pytest", "ray", "shap", "spacy",
     "tensorboard", "tensorflow_addons", "tensorflow_datasets", "tensorflow_estimator",
     "tensorflow_hub", "tensorflow_io", "tensorflow_probability", "tf2onnx", "tf_agents",
     "transformers", "typing_extensions", "wandb", "yaml"}
)  # fmt: skip
# Of how many files it is asked whether they name Keras.
_MOST_FILES = 60


def folder_of(files: Files, top: str) -> Path | None:
    """The folder of a package that builds on Keras; None if it is not installed, or is of another kind."""
    if top in _NOT_FOLLOWED:
        return None
    stamp = files.source(top)
    return None if stamp is None or not _names_keras(stamp) else Path(stamp.rpartition("|")[0])


@lru_cache(maxsize=64)
def _names_keras(stamp: str) -> bool:
    """Whether one of the first files of a package, or of its folders, names Keras."""
    folder = stamp.rpartition("|")[0]
    left = _MOST_FILES
    inner = [os.path.join(folder, name) for name in sorted(names_in(folder))]
    for place in (folder, *filter(os.path.isdir, inner)):
        for name in sorted(names_in(place)):
            if not name.endswith(".py"):
                continue
            left -= 1
            if left < 0:
                return False
            if b"keras" in (read(os.path.join(place, name)) or b""):
                return True
    return False


def is_within(path: str, folders: set[str]) -> bool:
    """Whether a file belongs to one of these packages."""
    return any(path.startswith(folder + os.sep) for folder in folders)
