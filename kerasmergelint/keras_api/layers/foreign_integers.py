"""Arguments for which constructors want an ``int`` of Python, and refuse one of NumPy."""

from __future__ import annotations

from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Broken
from kerasmergelint.keras_api.versions import EVERY, KerasVersion, Versions, since

# What Keras makes a tuple of, if it is an int.
_PER_AXIS = frozenset(
    {"kernel_size", "strides", "dilation_rate", "pool_size", "size", "padding", "cropping"}
)
_REFUSED: dict[tuple[str, str], Versions] = {
    ("RepeatVector", "n"): EVERY,
    ("Dense", "units"): since("3.13"),
    **{("Embedding", name): since("3.15") for name in ("input_dim", "output_dim")},
    **{
        ("MultiHeadAttention", name): since("3.15")
        for name in ("num_heads", "key_dim", "value_dim")
    },
    ("GroupNormalization", "groups"): since("3.15"),
}


def refusal(layer: str, name: str, value: int, version: KerasVersion) -> Broken | None:
    """Why ``layer(name=value)`` raises, where the value is an integer of NumPy; None if it does not.

    >>> refusal("Dense", "units", 4, KerasVersion.V3).problem.detail
    '`units` must be an int of Python, got 4 of NumPy'
    >>> refusal("Dense", "units", 4, KerasVersion.V2), refusal("Conv2D", "filters", 4, KerasVersion.V3)
    (None, None)
    """
    everywhere = EVERY if name in _PER_AXIS else frozenset()
    if version not in _REFUSED.get((layer, name), everywhere):
        return None
    return refused(f"`{name}` must be an int of Python, got {value} of NumPy")
