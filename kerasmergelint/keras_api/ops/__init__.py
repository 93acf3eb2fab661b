"""Ops on tensors: ``keras.ops``, raw TensorFlow, the old backend module, activations.

Most functions share their rule with others; the table of a family says which.
"""

from __future__ import annotations

from functools import lru_cache

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import names
from kerasmergelint.keras_api.ops import binding, raw_tf
from kerasmergelint.keras_api.ops.op import Op, OpCall, unknown
from kerasmergelint.keras_api.protocol import KerasVersion, Outcome

__all__ = ["Op", "find", "modelled"]

_SPACES = {
    "op": "ops.",
    "backend": "K.",
    "tf": "tf.",
    "activation": "activations.",
    "random": "random.",
}


@lru_cache(maxsize=1)
def modelled() -> dict[str, Op]:
    """Every function that has an entry, by its plain name."""
    from kerasmergelint.keras_api.ops import (  # late: most programs call no op
        activations,
        creation,
        describing,
        diagonals,
        elementwise,
        images,
        joining,
        linear_algebra,
        losses,
        products,
        reduction,
        reshaping,
        scanning,
        segments,
        selecting,
        sequences,
        signals,
        windows,
    )

    families = (
        elementwise, activations, scanning, reduction, reshaping, describing, diagonals, joining,
        products, selecting, segments, windows, images, linear_algebra, sequences, signals, losses,
        creation,
    )  # fmt: skip
    return {
        binding.plain_name(name): op
        for family in families
        for op in family.OPS
        for name in op.names
    }


@lru_cache(maxsize=2048)
def find(dotted: str, version: KerasVersion) -> Op | None:
    """The op that a full dotted name means; None for an unknown one."""
    name = spoken_name(dotted, version)
    if name is None:
        return None
    plain = binding.plain_name(name)
    op = modelled().get(plain)
    if op is None and raw_tf.refuses(binding.plain_name(binding.full_name(name, KerasVersion.V3))):
        op = Op((plain,), _not_modelled)
    return None if op is None else replace(op, spoken=plain)


def _not_modelled(call: OpCall) -> Outcome:
    """Even of a function without a rule we know whether it refuses Keras tensors."""
    return unknown(f"{call.name} is not modelled")


def spoken_name(dotted: str, version: KerasVersion) -> str | None:
    """The name in our own namespaces: ``tf.math.add``, ``ops.add``, ``K.mean``."""
    meaning = names.canonical(dotted, version)
    space = None if meaning is None else _SPACES.get(meaning.kind)
    return None if space is None or meaning is None else space + meaning.name
