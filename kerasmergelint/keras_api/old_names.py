"""Arguments of layers that Keras 2 renamed, and still takes by their old names."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.keras_api.protocol import Config
from kerasmergelint.shapes import UNKNOWN

# Of some layers, by class: the old name of an argument, and the names that its value may go to.
_OLD_NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "CategoryEncoding": {"max_tokens": ("num_tokens",)},
    "Discretization": {"bins": ("num_bins", "bin_boundaries")},
    "IntegerLookup": {
        "max_values": ("max_tokens",),
        "mask_value": ("mask_token",),
        "oov_value": ("oov_token",),
    },
}


def of(cls: str) -> Mapping[str, tuple[str, ...]]:
    """The old names of a layer's arguments, and the present ones."""
    return _OLD_NAMES.get(cls, {})


def translated(cls: str, given: Config) -> Config:
    """The same arguments by their present names."""
    old_names = of(cls)
    found = {name: value for name, value in given.items() if name not in old_names}
    for old, names in old_names.items():
        if old in given:
            found.update(_of_several(names, given[old]))
    return found


def _of_several(names: tuple[str, ...], value: object) -> Config:
    """A whole number goes to the first name, a list to the last."""
    if len(names) > 1 and not isinstance(value, (int, list, tuple)):
        return dict.fromkeys(names, UNKNOWN)
    return {names[0] if isinstance(value, int) else names[-1]: value}
