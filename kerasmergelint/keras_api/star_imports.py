"""The names that ``from module import *`` binds, for modules of Keras and TensorFlow."""

from __future__ import annotations

from kerasmergelint.keras_api import merges
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.keras_api.module_names import public_names, tensorflow_names
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import KerasVersion


def star_names(dotted: str, version: KerasVersion) -> list[str] | None:
    """The names that are bound; None if they are not known.

    >>> "Concatenate" in star_names("tensorflow.keras.layers", KerasVersion.V3)
    True
    """
    path = inner_path(dotted)
    if path is None:
        top, _, inner = dotted.partition(".")
        found = tensorflow_names(inner) if top == "tensorflow" else None
        return None if found is None else list(found)
    if path in ("layers", "layers.merge", "layers.core", "layers.convolutional"):
        return [*sorted(layer_names()), *merges.FUNCTIONS, "Input", "Layer"]
    if path == "models":
        return ["Model", "Sequential", "load_model", "model_from_json", "clone_model"]
    public = public_names(path)
    return None if public is None else list(public)
