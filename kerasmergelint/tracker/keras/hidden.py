"""Tensors that Keras does not find: it looks into lists, tuples and dicts, and into nothing else."""

from __future__ import annotations

from kerasmergelint.keras_api.layers.merge_inputs import wrong_operands
from kerasmergelint.keras_api.ops import Op
from kerasmergelint.keras_api.protocol import Broken
from kerasmergelint.tracker.values.containers import (
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    ViewV,
)
from kerasmergelint.tracker.values.value import Args, Value

HINT = "pass a list: `list(...)`"


def found(argument: Value) -> str | None:
    """What hides tensors in an argument; None if nothing does."""
    nests, seen = [argument], set[int]()
    while nests:
        nest = nests.pop()
        if isinstance(nest, ViewV):
            return f"the {nest.part} of a dict"
        if isinstance(nest, (IteratorV, GeneratorV)):
            return "an iterator"
        if not isinstance(nest, (ListV, DictV, tuple)) or id(nest) in seen:
            continue
        seen.add(id(nest))
        if isinstance(nest, tuple):
            nests.extend(nest)
        else:
            nests.extend(nest.items if isinstance(nest, ListV) else nest.items.values())
    return None


# `tf.add_n` and `ops.dstack` make a list of what they get; these ask for its length or its items.
_WANT_LISTS = frozenset({
    "ops.concatenate", "ops.stack", "ops.hstack", "ops.vstack", "tf.concat", "tf.stack",
})  # fmt: skip


def from_op(op: Op, args: Args) -> Broken | None:
    """What an op raises that joins the tensors of a list, and gets something that is none."""
    if not args or (op.spoken or op.names[0]) not in _WANT_LISTS:
        return None
    hides = None if isinstance(args[0], (ListV, DictV, tuple)) else found(args[0])
    if hides is None:
        return None
    return wrong_operands(
        f"must be called on a list of tensors, got {hides}", "TypeError", hint=HINT
    )
