"""Names from modules that nobody knows: what they stand for may be any value, ``None`` and 0 included.

A name of a library stands for one of its functions, classes or modules, as far as it is not modelled.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TypeGuard

from kerasmergelint.tracker.values.value import External, Value

LIBRARIES = frozenset(
    {"keras", "tensorflow", "tf_keras", "numpy", "scipy", "torch", "jax", "sklearn", "pandas",
     "matplotlib", "cv2", "PIL", "skimage"}
)  # fmt: skip

# Settings, files and the like: modelled, or without names that a program is set up by.
TOOLS = frozenset(
    {"absl", "attr", "attrs", "click", "dotenv", "easydict", "fire", "h5py", "hydra",
     "ml_collections", "omegaconf", "pydantic", "pytest", "six", "toml", "tomli", "tqdm",
     "typer", "yaml"}
)  # fmt: skip

# What else has names that are modelled, or are known to be no settings.
_PACKAGES = LIBRARIES | TOOLS | frozenset(
    {"addict", "attrdict", "box", "builtins", "bunch", "decouple", "dict", "dotmap", "flax",
     "gdown", "gflags", "keras_applications", "keras_contrib", "keras_core", "keras_cv",
     "keras_hub", "keras_nlp", "keras_preprocessing", "keras_tuner", "kerastuner", "munch",
     "namex", "np", "numba", "object", "packaging", "tensorflow_addons", "tensorflow_core",
     "tensorflow_datasets", "tensorflow_hub", "tensorflow_probability", "typing_extensions",
     "wget", "yacs"}
)  # fmt: skip


def is_always_there(dotted: str) -> bool:
    """Whether a module is there wherever such a program runs."""
    root = dotted.partition(".")[0]
    return root in ("keras", "tensorflow", "numpy") or root in sys.stdlib_module_names


def is_foreign(value: Value) -> TypeGuard[External]:
    """Whether a value is a member of a module that was not found."""
    return type(value) is External and _is_foreign(value.dotted)


def hangs_on_foreign(term: object) -> bool:
    """Whether a term is made of a member of such a module, or of what one gives that is called.

    >>> hangs_on_foreign(("not", ("opaque", ("house_settings.load", 1))))
    True
    """
    if not isinstance(term, tuple) or not term:
        return False
    if term[0] == "opaque" and isinstance(term[1], tuple):
        return isinstance(term[1][0], str) and _is_foreign(term[1][0])
    return term[0] == "foreign" or any(map(hangs_on_foreign, term[1:]))


@lru_cache(maxsize=4096)
def _is_foreign(dotted: str) -> bool:
    root, dot, _ = dotted.partition(".")
    return bool(dot) and root not in _PACKAGES and root not in sys.stdlib_module_names
