"""Ops over groups of rows: segment sums, counts, how often labels were taken for others."""

from __future__ import annotations

from kerasmergelint.keras_api.ops.op import Op, OpCall, made, size_of, some_tensor
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim
from kerasmergelint.shapes.broadcast import never_equal


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


def _confusion(call: OpCall) -> Outcome:
    """``tf.math.confusion_matrix(labels, predictions)`` of two vectors, one of which may be a column."""
    labels, said = call.tensor("labels"), call.tensor("predictions")
    classes = UNKNOWN if call.get("depth") is None else size_of(call.get("depth"))
    if labels is None or said is None or labels.dims is None or said.dims is None:
        return some_tensor(call)
    one, two = _squeezed(labels.dims, said.dims), _squeezed(said.dims, labels.dims)
    if one and two and _never_pairs(one, two):
        raise bad(f"labels {labels} and predictions {said} are no two vectors of one length")
    beside = labels if labels.kind is said.kind else TensorSpec()
    return made(beside, (classes, classes), call.dtype())


def _squeezed(dims: tuple[Dim, ...], beside: tuple[Dim, ...]) -> tuple[Dim, ...]:
    """Without a last axis of one more than the other has; of None nobody knows whether it is 1."""
    surplus = len(dims) == len(beside) + 1
    return dims[:-1] if surplus and not never_equal(dims[-1], 1) else dims


def _never_pairs(one: tuple[Dim, ...], two: tuple[Dim, ...]) -> bool:
    """Whether these are certainly not the labels and predictions of some samples.

    TensorFlow puts them side by side as places in a matrix: of two columns it takes the numbers themselves
    for such places, and fails unless there are two.
    """
    if len(one) != len(two) or any(map(never_equal, one, two)):
        return True
    return len(one) == 2 and never_equal(one[-1], 2) and never_equal(two[-1], 2)


_SORTED = ("sum", "mean", "max", "min", "prod")

OPS = (
    Op(("ops.segment_sum", "ops.segment_max", "ops.segment_min", "ops.segment_prod"), _segments),
    Op(tuple(f"tf.math.segment_{name}" for name in _SORTED), _segments),
    Op((*(f"tf.math.unsorted_segment_{name}" for name in _SORTED), "tf.math.unsorted_segment_sqrt_n"),
       _unsorted),
    Op(("ops.bincount", "tf.math.bincount"), _counts),
    Op(("tf.math.confusion_matrix",), _confusion),
    Op(("tf.histogram_fixed_width",), _histogram, aliases=(("values", "x"),)),
)  # fmt: skip
