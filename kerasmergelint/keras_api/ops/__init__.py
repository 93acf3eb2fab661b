"""Ops on tensors: ``keras.ops``, raw TensorFlow, the old backend module, activations.

Most functions have the same rule under several names; a family's table says which.
"""

from __future__ import annotations

from functools import lru_cache

from kerasmergelint.keras_api import names
from kerasmergelint.keras_api.ops.op import Op
from kerasmergelint.keras_api.protocol import KerasVersion

__all__ = ["Op", "find"]


@lru_cache(maxsize=1)
def _entries() -> dict[str, Op]:
    from kerasmergelint.keras_api.ops import creation, elementwise, joining, reduction, reshaping

    families = (elementwise, reduction, reshaping, joining, creation)
    return {name: op for family in families for op in family.OPS for name in op.names}


@lru_cache(maxsize=1024)
def find(dotted: str, version: KerasVersion) -> Op | None:
    """The op that a full dotted name means; None if it is not known."""
    meaning = names.canonical(dotted, version)
    if meaning is None:
        return None
    spaces = {"op": "ops.", "backend": "K.", "tf": "tf.", "activation": "activations."}
    space = spaces.get(meaning.kind)
    return None if space is None else _entries().get(space + meaning.name)
