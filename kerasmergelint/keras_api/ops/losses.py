"""Losses as functions of two tensors."""

from __future__ import annotations

from kerasmergelint.keras_api.doubts import of_equality
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.elementwise import broadcast
from kerasmergelint.keras_api.ops.op import Op, OpCall, kind_of, some_tensor
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.broadcast import NonePolicy, never_equal
from kerasmergelint.shapes.broadcast import broadcast as broadcast_of


def _each(call: OpCall) -> Outcome:
    """Element by element."""
    target, output = call.tensor("x"), call.tensor("y")
    if target is None or output is None or target.dims is None or output.dims is None:
        return some_tensor(call)
    if not call.symbolic and target.dims != output.dims:
        return some_tensor(call)
    _same_shapes(target, output, exact=True)
    return Outcome(TensorSpec(output.shape, dtypes.floating(output), kind_of(target, output)))


def _along(call: OpCall) -> Outcome:
    """The axis of the classes vanishes."""
    target, output, axis = call.tensor("x"), call.tensor("y"), call.get("axis", -1)
    if target is None or output is None or target.dims is None or output.dims is None:
        return some_tensor(call)
    alike = bool(target.dims) and target.dims == output.dims
    if axis != -1 or not (alike or _by_shape_functions(call)):
        return some_tensor(call)
    if len(target.dims) < 1:
        raise bad("a scalar has no classes")
    if len(target.dims) == 1 and target.dims != output.dims:
        return some_tensor(call, "two vectors")
    _same_shapes(target, output, exact=True)
    shape = Shape(target.dims[:-1])
    return Outcome(TensorSpec(shape, dtypes.floating(output), kind_of(target, output)))


def _by_shape_functions(call: OpCall) -> bool:
    """Whether Keras's own shape functions compare target and output."""
    return call.symbolic and call.space == "ops"


def _same_shapes(target: TensorSpec, output: TensorSpec, *, exact: bool = False) -> None:
    a, b = target.dims or (), output.dims or ()
    if len(a) != len(b):
        raise bad(f"{target} and {output} have different ranks")
    for axis, (one, other) in enumerate(zip(a, b)):
        strict = exact and _is_plain(one) and _is_plain(other)  # None is equal to None only
        if never_equal(one, other) or (strict and one != other):
            raise bad(f"{target} and {output} differ", axis)


def _is_plain(dim: Dim) -> bool:
    return dim is None or isinstance(dim, int)


def _with_logits(call: OpCall) -> Outcome:
    """``tf.nn.sigmoid_cross_entropy_with_logits``: the shape of both."""
    return _one_shape(call, call.tensor("labels"), call.tensor("x"))


def _of_probabilities(call: OpCall) -> Outcome:
    """``K.binary_crossentropy``: probabilities broadcast, logits do not."""
    from_logits = call.get("from_logits", False)
    if from_logits is False:
        return broadcast(call, dtypes.common_float)
    if from_logits is True:
        return _one_shape(call, call.tensor("x"), call.tensor("y"))
    return some_tensor(call)


def _one_shape(call: OpCall, labels: TensorSpec | None, logits: TensorSpec | None) -> Outcome:
    if labels is None or logits is None or labels.dims is None or logits.dims is None:
        return some_tensor(call)
    _same_shapes(labels, logits)
    shape = Shape(tuple(map(_either, labels.dims, logits.dims)))
    result = TensorSpec(shape, dtypes.floating(logits), kind_of(labels, logits))
    return Outcome(result, doubts=of_equality(zip(labels.dims, logits.dims)))


def _either(one: Dim, other: Dim) -> Dim:
    """The size of two that are equal or broadcast: a 1 says nothing about an open one."""
    if None in (one, other):
        known = other if one is None else one
        return None if known == 1 else known
    return other


def _classes_with_logits(call: OpCall) -> Outcome:
    """``tf.nn.softmax_cross_entropy_with_logits``: the axis of the classes vanishes."""
    labels, logits, axis = call.tensor("labels"), call.tensor(), call.get("axis", -1)
    if labels is None or logits is None or not labels.dims or not logits.dims or axis != -1:
        return some_tensor(call)
    if labels.dims != logits.dims:
        conflict = broadcast_of(
            Shape(labels.dims), Shape(logits.dims), NonePolicy.SIZE_WINS
        ).conflict
        if conflict is not None:
            raise bad(f"labels of shape {labels} do not fit logits of shape {logits}")
        return some_tensor(call, "labels and logits may broadcast")
    shape = Shape(logits.dims[:-1])
    return Outcome(TensorSpec(shape, dtypes.floating(logits), kind_of(labels, logits)))


def _numbers_with_logits(call: OpCall) -> Outcome:
    """``tf.nn.sparse_softmax_cross_entropy_with_logits``: the shape of the labels."""
    labels, logits = call.tensor("labels"), call.tensor()
    if labels is None or logits is None or labels.dims is None or logits.dims is None:
        return some_tensor(call)
    if len(logits.dims) != len(labels.dims) + 1:
        raise bad(f"labels of shape {labels} do not fit logits of shape {logits}")
    if labels.dims != logits.dims[:-1]:
        return some_tensor(call, "the sizes are compared at run time")
    return Outcome(TensorSpec(labels.shape, dtypes.floating(logits), kind_of(labels, logits)))


def _numbers(call: OpCall) -> Outcome:
    """``ops.sparse_categorical_crossentropy``: the axis of the classes vanishes."""
    target, output, axis = call.tensor("x"), call.tensor("y"), call.get("axis", -1)
    if target is None or output is None or target.dims is None or not output.dims:
        return some_tensor(call)
    if axis != -1:
        return some_tensor(call)
    labels, rest = target.dims, output.dims[:-1]
    if len(labels) == len(output.dims) and labels[-1] == 1:
        labels = labels[:-1]
    if not _by_shape_functions(call) and (labels != rest or not rest):
        return some_tensor(call)
    if all(map(_is_plain, (*labels, *rest))) and labels != rest:
        raise bad(f"labels of shape {target} do not fit {output}")
    return Outcome(TensorSpec(Shape(rest), dtypes.floating(output), kind_of(target, output)))


def _signal_to_noise(call: OpCall) -> Outcome:
    """``ops.psnr``: a scalar."""
    one, other = call.tensor("x"), call.tensor("y")
    if one is None or other is None or not call.symbolic:
        return some_tensor(call)
    if one.dims is not None and other.dims is not None and len(one.dims) != len(other.dims):
        raise bad(f"{one} and {other} have different ranks")
    return Outcome(TensorSpec(Shape(()), None, kind_of(one, other)))


def _ctc_of_batch(call: OpCall) -> Outcome:
    """``K.ctc_batch_cost``: a column of costs; both lengths are columns, too."""
    for name in ("label_length", "input_length"):
        lengths = call.tensor(name)
        dims = None if lengths is None else lengths.dims
        if dims is not None and (not dims or (dims[-1] is not None and never_equal(dims[-1], 1))):
            hint = "give a column with a length for each sample, of the shape (batch, 1)"
            raise bad(f"`{name}` has the shape {lengths}, which is no column", hint=hint)
    labels, output = call.tensor("x"), call.tensor("y")
    if labels is None or output is None or not output.dims:
        return some_tensor(call)
    shape = Shape((output.dims[0], 1))
    return Outcome(TensorSpec(shape, dtypes.floating(output), kind_of(labels, output)))


def _ctc_decoded(call: OpCall) -> Outcome:
    """``ops.ctc_decode``: the best paths, and how likely each of them is."""
    output, lengths = call.tensor(), call.tensor("sequence_lengths")
    if output is None or output.dims is None or lengths is None:
        return some_tensor(call)
    if not call.symbolic:
        _check_lengths(output, lengths)
    if len(output.dims) < 2:
        return some_tensor(call)
    batch, steps = output.dims[:2]
    strategy = call.get("strategy")
    wanted = 1 if strategy == "greedy" else call.get("top_paths")
    paths: Dim = wanted if type(wanted) is int and isinstance(strategy, str) else UNKNOWN
    kind = kind_of(output, lengths)
    decoded = TensorSpec(Shape((paths, batch, steps)), "int32", kind)
    return Outcome((decoded, TensorSpec(Shape((batch, paths)), dtypes.floating(output), kind)))


def _check_lengths(output: TensorSpec, lengths: TensorSpec) -> None:
    """TensorFlow takes (batch, steps, classes), and a length for each sample; Keras does not look."""
    if output.dims is None or lengths.dims is None:
        return
    if len(output.dims) != 3:
        raise bad(f"takes (batch, steps, classes), got {output}")
    if len(lengths.dims) != 1 or never_equal(lengths.dims[0], output.dims[0]):
        raise bad(f"takes a length for each of the samples in {output}, got {lengths}")


OPS = (
    Op(("ops.ctc_decode",), _ctc_decoded),
    Op(("K.binary_crossentropy",), _of_probabilities),
    Op(("K.ctc_batch_cost",), _ctc_of_batch),
    Op(("ops.sparse_categorical_crossentropy", "K.sparse_categorical_crossentropy"), _numbers),
    Op(("ops.psnr",), _signal_to_noise),
    Op(("tf.nn.softmax_cross_entropy_with_logits",), _classes_with_logits),
    Op(("tf.nn.sparse_softmax_cross_entropy_with_logits",), _numbers_with_logits),
    Op(("ops.binary_crossentropy",), _each),
    Op(("ops.categorical_crossentropy", "K.categorical_crossentropy"), _along),
    Op(("tf.nn.sigmoid_cross_entropy_with_logits",), _with_logits),
)
