"""Activations and normalizations: the shape stays; some work along an axis that must exist."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.elementwise import same_shape
from kerasmergelint.keras_api.ops.op import Op, OpCall, axis_in, made, some_tensor
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Outcome
from kerasmergelint.shapes import UNKNOWN, Dim, floordiv

# These activations are not ops: on a KerasTensor they raise, which Keras may yet mend.
_NOT_SYMBOLIC = frozenset({"hard_silu", "hard_swish", "mish", "sparsemax"})


def _activation(call: OpCall) -> Outcome:
    if call.symbolic and call.last in _NOT_SYMBOLIC:
        return some_tensor(call, "this activation is not meant for Keras tensors")
    return same_shape(dtypes.floating)(call)


def _backend_softmax(call: OpCall) -> Outcome:
    """``K.softmax`` refuses vectors."""
    spec = call.tensor()
    if spec is not None and spec.dims is not None and len(spec.dims) < 2:
        raise bad(f"{spec} has fewer than 2 axes")
    return same_shape(dtypes.floating)(call)


def _glu(call: OpCall) -> Outcome:
    """Half of the axis gates the other half."""
    return _with_axis(call, lambda size: None if size is None else floordiv(size, 2))


def _concatenated_relu(call: OpCall) -> Outcome:
    """``tf.nn.crelu`` doubles the axis."""
    return _with_axis(
        call, lambda size: 2 * size if isinstance(size, int) else None if size is None else UNKNOWN
    )


def _with_axis(call: OpCall, change: Callable[[Dim], Dim]) -> Outcome:
    """The axis has another size."""
    spec, axis = call.tensor(), call.get("axis", -1)
    if spec is None or spec.dims is None or not isinstance(axis, int):
        return some_tensor(call)
    dims: list[Dim] = list(spec.dims)
    place = axis_in(axis, len(dims), spec)
    dims[place] = change(dims[place])
    return made(spec, dims)


_ACTIVATIONS = (
    "relu", "relu6", "elu", "selu", "gelu", "silu", "swish", "softplus", "softsign", "tanh", "sigmoid",
    "exponential", "hard_sigmoid", "hard_silu", "hard_swish", "linear", "mish",
    "log_softmax", "log_sigmoid", "leaky_relu", "celu", "hard_tanh", "hard_shrink", "soft_shrink",
    "tanh_shrink", "squareplus", "threshold", "sparse_plus", "sparse_sigmoid", "sparsemax",
)  # fmt: skip
_BACKEND = ("relu", "elu", "softplus", "softsign", "tanh", "sigmoid", "hard_sigmoid")

_WEIGHTS = Kind.ROWWISE | Kind.SOFTMAX

OPS = (
    Op(tuple(f"activations.{name}" for name in _ACTIVATIONS), _activation, Kind.ROWWISE),
    Op(("activations.softmax",), _activation, _WEIGHTS),
    Op(tuple(f"K.{name}" for name in _BACKEND), same_shape(dtypes.floating), Kind.ROWWISE),
    Op(("ops.log_softmax", "ops.sparsemax", "ops.normalize", "ops.batch_normalization",
        "ops.layer_normalization", "ops.rms_normalization", "tf.nn.log_softmax",
        "tf.math.log_softmax", "tf.math.l2_normalize",
        "tf.nn.lrn", "tf.nn.local_response_normalization", "tf.nn.dropout", "tf.nn.bias_add",
        "K.dropout", "K.l2_normalize", "K.batch_normalization", "tf.nn.batch_normalization",
        "K.bias_add", "random.dropout"),
       same_shape(dtypes.floating), Kind.ROWWISE),
    Op(("ops.softmax", "tf.nn.softmax", "tf.math.softmax"), same_shape(dtypes.floating), _WEIGHTS),
    Op(("K.softmax",), _backend_softmax, _WEIGHTS),
    Op(("ops.glu", "activations.glu"), _glu),
    Op(("tf.nn.crelu",), _concatenated_relu),
)  # fmt: skip
