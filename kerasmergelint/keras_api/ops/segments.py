"""Ops over groups of rows: segment sums, counts."""

from __future__ import annotations

from kerasmergelint.keras_api.ops.op import Op, OpCall, made, size_of, some_tensor
from kerasmergelint.keras_api.protocol import Outcome


def _segments(call: OpCall) -> Outcome:
    """As many rows as there are segments."""
    spec, number = call.tensor(), call.get("num_segments")
    if spec is None or not spec.dims:
        return some_tensor(call)
    rows = None if number is None else size_of(number)
    return made(spec, (rows, *spec.dims[1:]))


def _unsorted(call: OpCall) -> Outcome:
    """``tf.math.unsorted_segment_sum``: the axes of the ids become one."""
    spec, ids, number = call.tensor(), call.tensor("segment_ids"), call.get("num_segments")
    if spec is None or ids is None or spec.dims is None or ids.dims is None:
        return some_tensor(call)
    if len(ids.dims) > len(spec.dims):
        return some_tensor(call)
    return made(spec, (size_of(number), *spec.dims[len(ids.dims) :]))


def _counts(call: OpCall) -> Outcome:
    """``bincount``: the length depends on the data."""
    return some_tensor(call, "the number of bins depends on the data")


def _histogram(call: OpCall) -> Outcome:
    spec, bins = call.tensor(), call.get("nbins", 100)
    return some_tensor(call) if spec is None else made(spec, (size_of(bins),), None)


_SORTED = ("sum", "mean", "max", "min", "prod")

OPS = (
    Op(("ops.segment_sum", "ops.segment_max", "ops.segment_min", "ops.segment_prod"), _segments),
    Op(tuple(f"tf.math.segment_{name}" for name in _SORTED), _segments),
    Op((*(f"tf.math.unsorted_segment_{name}" for name in _SORTED), "tf.math.unsorted_segment_sqrt_n"),
       _unsorted),
    Op(("ops.bincount", "tf.math.bincount"), _counts),
    Op(("tf.histogram_fixed_width",), _histogram, aliases=(("values", "x"),)),
)  # fmt: skip
