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

# What else has names that are modelled, or are known to be no settings.
_PACKAGES = LIBRARIES | frozenset(
    {"absl", "addict", "attr", "attrdict", "attrs", "box", "bunch", "click", "decouple", "dotenv",
     "dotmap", "easydict", "fire", "flax", "gdown", "gflags", "h5py", "hydra", "keras_applications",
     "keras_contrib", "keras_core", "keras_cv", "keras_hub", "keras_nlp", "keras_preprocessing",
     "keras_tuner", "kerastuner", "ml_collections", "munch", "namex", "np", "numba", "object",
     "omegaconf", "packaging", "pydantic", "pytest", "six", "tensorflow_addons", "tensorflow_core",
     "tensorflow_datasets", "tensorflow_hub", "tensorflow_probability", "toml", "tomli", "tqdm",
     "typer", "typing_extensions", "wget", "yacs", "yaml", "dict", "builtins"}
)  # fmt: skip


def is_foreign(value: Value) -> TypeGuard[External]:
    """Whether a value is a member of a module that was not found."""
    return type(value) is External and _is_foreign(value.dotted)


@lru_cache(maxsize=4096)
def _is_foreign(dotted: str) -> bool:
    root, dot, _ = dotted.partition(".")
    return bool(dot) and root not in _PACKAGES and root not in sys.stdlib_module_names
