"""The names that ``from module import *`` binds, for modules of Keras and TensorFlow."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api import merges, release_names
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.keras_api.module_names import names_in, public_names, tensorflow_names
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.versions import V2


@dataclass(frozen=True, slots=True)
class Starred:
    """The names that a star import binds.

    ``certain`` are those that the version has.  ``perhaps`` are those that only others have: one of
    them must not take the place of what the program calls so itself.
    """

    certain: tuple[str, ...]
    perhaps: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return self.certain + self.perhaps


# All of them bring every layer here, though each of Keras 2's had its own share.
_LAYERS = ("layers", "layers.merge", "layers.core", "layers.convolutional")


@lru_cache(maxsize=64)
def star_names(dotted: str, version: KerasVersion) -> Starred | None:
    """The names that are bound; None if they are not known.

    >>> "Concatenate" in star_names("tensorflow.keras.layers", KerasVersion.V3).certain
    True
    >>> "Pipeline" in star_names("tensorflow.keras.layers", KerasVersion.V2).perhaps
    True
    """
    path = inner_path(dotted)
    if path is None:
        top, _, inner = dotted.partition(".")
        found = tensorflow_names(inner) if top == "tensorflow" else None
        return None if found is None else Starred(found)
    if path in _LAYERS:
        return _divided(
            [*sorted(layer_names()), *merges.FUNCTIONS, "Input", "Layer"], path, version
        )
    if path == "models":
        return Starred(("Model", "Sequential", "load_model", "model_from_json", "clone_model"))
    public = public_names(path)
    return None if public is None else _divided(public, path, version)


def _divided(names: Iterable[str], path: str, version: KerasVersion) -> Starred:
    """Names of all versions, by whether this one has them."""
    own = names_in(path, version)

    def has(name: str) -> bool:
        since = release_names.versions_with(f"{path}.{name}")
        return name in own and (version in V2 or version in since)

    listed = list(names)
    return Starred(tuple(filter(has, listed)), tuple(filterfalse(has, listed)))
