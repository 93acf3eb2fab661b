"""What a dotted name means: one canonical name for the many spellings of Keras.

To a shape rule ``tensorflow.keras.layers.Add``, ``keras.layers.merge.Add`` and ``tf_keras.layers.Add``
are the same.
"""

from __future__ import annotations

from functools import lru_cache

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api import merges
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.keras_api.versions import KerasVersion

_ROOTS = (
    "tensorflow.compat.v1.keras", "tensorflow.compat.v2.keras", "tensorflow.python.keras",
    "tensorflow.keras", "tensorflow.contrib.keras", "keras._tf_keras.keras", "keras.src",
    "keras.api", "tf_keras.src", "tf_keras.api", "tf_keras", "keras_core.src", "keras_core", "keras",
)  # fmt: skip
# Names that took other arguments.
_OF_TENSORFLOW_1 = {"tensorflow.compat.v1.image.resize": "image.resize_images"}
# Where the public functions are, too, and their public module.
_OF_TENSORFLOW = {
    "tensorflow.compat.v1.": "", "tensorflow.compat.v2.": "",
    "tensorflow.python.ops.array_ops.": "", "tensorflow.python.ops.math_ops.": "",
    **dict.fromkeys((f"tensorflow.python.ops.{module}."
                     for module in ("nn", "nn_ops", "nn_impl", "embedding_ops")), "nn."),
    "tensorflow.": "",
}  # fmt: skip
_SINGLE = {"Input": "Input", "Model": "Model", "Functional": "Model", "Sequential": "Sequential"}
_MODELS = _SINGLE.keys() - {"Input"}


@dataclass(frozen=True, slots=True)
class KerasName:
    """``kind`` is one of layer, merge_function, Input, Model, Sequential, op, random, backend, tf,
    application, activation, module; ``name`` the last part, or the dotted name of an op."""

    kind: str
    name: str


def of_frozen_copy(dotted: str) -> bool:
    """Whether this belongs to the copy of Keras inside TensorFlow, as of 2.6.

    Its shapes are those of Keras 2; but its modules hold more than the public names, and its classes
    have other properties.
    """
    return dotted == "tensorflow.python.keras" or dotted.startswith("tensorflow.python.keras.")


@lru_cache(maxsize=4096)
def inner_path(dotted: str) -> str | None:
    """The part after the name of Keras itself; None for any other name."""
    for root in _ROOTS:
        if dotted == root:
            return ""
        if dotted.startswith(root + "."):
            return dotted[len(root) + 1 :]
    return None


def is_base_layer(dotted: str) -> bool:
    """
    >>> is_base_layer("keras.engine.topology.Layer"), is_base_layer("torch.nn.Layer")
    (True, False)
    """
    path = inner_path(dotted)
    return path is not None and path.rpartition(".")[2] == "Layer"


def is_kind_of_layer(dotted: str) -> bool:
    """Whether this is a class of Keras that has ``Layer`` among its bases.

    >>> is_kind_of_layer("tensorflow.keras.layers.Conv2D"), is_kind_of_layer("keras.Model")
    (True, True)
    >>> is_kind_of_layer("keras.layers.Layer"), is_kind_of_layer("keras.layers.add")
    (False, False)
    """
    room, _, name = (inner_path(dotted) or "").rpartition(".")
    if name in _MODELS:
        return True
    return name[:1].isupper() and name != "Layer" and "layers" in room.split(".")


@lru_cache(maxsize=4096)
def canonical(dotted: str, version: KerasVersion) -> KerasName | None:
    """The meaning of a dotted name; None where it is neither Keras's nor TensorFlow's."""
    path = inner_path(dotted)
    if path is None:
        if dotted.startswith("tensorflow."):
            older = _OF_TENSORFLOW_1.get(dotted)
            prefix = next(filter(dotted.startswith, _OF_TENSORFLOW))
            plain = _OF_TENSORFLOW[prefix] + dotted.removeprefix(prefix)
            return KerasName("tf", plain if older is None else older)
        return None
    parts = path.split(".")
    last = parts[-1]
    if last in _SINGLE:
        return KerasName(_SINGLE[last], last)
    if parts[0] == "applications" and last[:1].isupper():
        return KerasName("application", last)
    if len(parts) >= 2 and parts[-2] in ("backend", "_backend"):
        return KerasName("backend", last)
    if parts[0] == "ops" and len(parts) >= 2:
        return KerasName("op", ".".join(parts[1:]))
    if parts[0] == "random" and len(parts) == 2 and last[:1].islower():
        return KerasName("random", last)
    if parts[0] in ("activations", "activation") and len(parts) == 2 and last[:1].islower():
        return KerasName("activation", last)
    if parts[0] in _NOT_LAYERS:
        return KerasName("module", path)
    if last in layer_names() or last == "Layer":
        return KerasName("layer", last)
    if parts[0] == "layers" and last in merges.FUNCTIONS:
        return KerasName("merge_function", last)
    return KerasName("module", path)


# Namespaces whose classes share names with layers.
_NOT_LAYERS = frozenset(
    {"initializers", "losses", "metrics", "optimizers", "constraints", "regularizers", "utils",
     "callbacks", "datasets", "saving", "config", "random", "dtype_policies", "quantizers", "tree"}
)  # fmt: skip


@lru_cache(maxsize=4096)
def module_version(dotted: str) -> KerasVersion | None:
    """The version that an import spells out, if any."""
    if dotted.partition(".")[0] == "tf_keras":
        return KerasVersion.V2
    path = inner_path(dotted)
    if path is not None and path.partition(".")[0] in ("ops", "random"):
        return KerasVersion.V3
    return None
