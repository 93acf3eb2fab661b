"""Names that Keras 2 has and no Keras 3, by the package that a program takes them from.

``tf.keras`` kept much of what ``keras`` dropped, and names some functions otherwise.  Keras 3.3, 3.6, 3.8 to
3.15 lack the same ones: each was asked for every name of the last Keras 2, in both packages.
"""

from __future__ import annotations

from functools import lru_cache

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api import keras_2, module_names
from kerasmergelint.keras_api.versions import KerasVersion

_PACKAGES = ("tensorflow.keras", "keras")
# Modules that are there once something has imported them.
_IMPORTED_LATE = {"tensorflow.keras": frozenset({"saving", "src"}), "keras": frozenset({"src"})}
# What does the same in Keras 3, by path; the functions of the backend have a rule of their own.
_INSTEAD = {
    "backend.batch_set_value": "use the method assign of each variable",
    "backend.clip": "use keras.ops.clip",
    "backend.constant": "use keras.ops.convert_to_tensor",
    "backend.dtype": "use the attribute dtype",
    "backend.eval": "use keras.ops.convert_to_numpy",
    "backend.get_value": "use keras.ops.convert_to_numpy",
    "backend.gradients": "use tf.GradientTape",
    "backend.int_shape": "use the attribute shape",
    "backend.l2_normalize": "use keras.ops.normalize",
    "backend.ndim": "use keras.ops.ndim",
    "backend.permute_dimensions": "use keras.ops.transpose",
    "backend.pow": "use keras.ops.power",
    "backend.set_value": "use the method assign of the variable",
    "backend.variable": "use keras.Variable",
    "preprocessing.image.ImageDataGenerator": "use keras.utils.image_dataset_from_directory",
    "preprocessing.text": "use keras.layers.TextVectorization",
    "utils.np_utils": "use keras.utils.to_categorical",
    "wrappers.scikit_learn": "use keras.wrappers, or the package scikeras",
    "layers.experimental": "the layers are in keras.layers",
}
_LONG_NAMES = {
    "kld": "kl_divergence", "kullback_leibler_divergence": "kl_divergence", "logcosh": "log_cosh",
    "mae": "mean_absolute_error", "mape": "mean_absolute_percentage_error", "mse": "mean_squared_error",
    "msle": "mean_squared_logarithmic_error",
}  # fmt: skip
_SHORT_NAMES = {long: short.upper() for short, long in _LONG_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Gone:
    """A name by its path below the package; ``instead`` says what does the same."""

    package: str
    path: str
    instead: str | None


@lru_cache(maxsize=4096)
def gone(dotted: str) -> Gone | None:
    """What only Keras 2 has of this name; None where some Keras 3 has it, or none ever had it.

    >>> gone("keras.backend.mean").instead
    'use keras.ops.mean'
    >>> gone("tensorflow.keras.backend.mean") is None
    True
    """
    package, path = _split(dotted)
    room, _, name = path.rpartition(".")
    now = module_names.names_as(package, room)
    if not now or name in now or path in _IMPORTED_LATE.get(package, ()):
        return None
    return Gone(package, path, _instead(package, path)) if _had(room, name) else None


@lru_cache(maxsize=1024)
def gone_module(dotted: str) -> Gone | None:
    """A module that no Keras 3 has, by what an import names.

    >>> gone_module("keras.layers.core").path
    'layers.core'
    """
    package, path = _split(dotted)
    if not path or path.partition(".")[0] in _IMPORTED_LATE[package]:
        return None
    is_old = keras_2.is_old_module(path) or _is_in_last_alone(package, path)
    return Gone(package, path, _instead(package, path)) if is_old else None


def _is_in_last_alone(package: str, path: str) -> bool:
    """Whether a module of the last Keras 2 is none of Keras 3."""
    return not module_names.names_as(package, path) and bool(
        module_names.names_in(path, KerasVersion.V2)
    )


def _split(dotted: str) -> tuple[str, str]:
    package = next((each for each in _PACKAGES if dotted.startswith(f"{each}.")), "")
    return package, dotted.removeprefix(f"{package}.") if package else ""


def _had(room: str, name: str) -> bool:
    """Whether the last Keras 2 has a name in a module, or an earlier one had it."""
    in_last = name in module_names.names_in(room, KerasVersion.V2)
    return in_last or name in keras_2.only_names(room)


def _instead(package: str, path: str) -> str | None:
    known = next((told for key, told in _INSTEAD.items() if f"{path}.".startswith(f"{key}.")), None)
    if known is not None:
        return known
    room, _, name = path.rpartition(".")
    if room == "backend" and name in module_names.names_in("ops", KerasVersion.V3):
        return f"use keras.ops.{name}"
    if room in ("losses", "metrics"):
        other = _LONG_NAMES.get(name.lower()) or _SHORT_NAMES.get(name)
        return f"use {room}.{other}" if other in module_names.names_as(package, room) else None
    return "import from keras.layers" if path.startswith("layers.") and name.islower() else None
