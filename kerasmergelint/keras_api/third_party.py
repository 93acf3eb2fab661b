"""Layers and activations of TensorFlow Addons and keras-contrib, as far as shapes go.

Both are of the time of Keras 2.  Most of what programs take from them keeps the shape, or wraps a
layer without changing what it gives.
"""

from __future__ import annotations

import enum

_PACKAGES = ("tensorflow_addons.", "keras_contrib.")


class Role(enum.Enum):
    """What an object of another package does to shapes."""

    PASSING = "a layer that keeps the shape of its input"
    WRAPPER = "a layer around another one, which gives what that gives"
    ACTIVATION = "a function that keeps the shape of its argument"


_PASSING = frozenset({
    "InstanceNormalization", "GroupNormalization", "FilterResponseNormalization", "TLU", "Sparsemax",
    "GELU", "Swish", "Mish", "SReLU", "PELU", "SineReLU", "BatchRenormalization",
})  # fmt: skip
_WRAPPERS = frozenset({"WeightNormalization", "SpectralNormalization"})
_ACTIVATIONS = frozenset({
    "gelu", "hardshrink", "lisht", "mish", "rrelu", "snake", "softshrink", "sparsemax", "tanhshrink",
    "squash",
})  # fmt: skip


def role_of(dotted: str) -> Role | None:
    """What is known about a name.

    >>> role_of("tensorflow_addons.layers.InstanceNormalization")
    <Role.PASSING: 'a layer that keeps the shape of its input'>
    """
    if not dotted.startswith(_PACKAGES):
        return None
    owner, _, name = dotted.rpartition(".")
    if ".layers" in owner:
        return Role.PASSING if name in _PASSING else Role.WRAPPER if name in _WRAPPERS else None
    return Role.ACTIVATION if ".activations" in owner and name in _ACTIVATIONS else None
