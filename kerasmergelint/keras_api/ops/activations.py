"""Activations and normalisations: the shape stays, some along an axis that must exist."""

from __future__ import annotations

from kerasmergelint.keras_api.ops import dtypes
from kerasmergelint.keras_api.ops.elementwise import same_shape
from kerasmergelint.keras_api.ops.op import Op, OpCall, axis_in, bad, made, some_tensor
from kerasmergelint.keras_api.protocol import Outcome
from kerasmergelint.shapes import UNKNOWN, Dim, floordiv

# These activations are no ops: on a KerasTensor they raise, which Keras may yet repair.
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
    spec, axis = call.tensor(), call.get("axis", -1)
    if spec is None or spec.dims is None or not isinstance(axis, int):
        return some_tensor(call)
    dims: list[Dim] = list(spec.dims)
    place = axis_in(axis, len(dims), spec)
    size = dims[place]
    dims[place] = floordiv(size, 2) if size is not None else None
    return made(spec, dims)


def _concatenated_relu(call: OpCall) -> Outcome:
    """``tf.nn.crelu`` doubles the axis."""
    spec, axis = call.tensor(), call.get("axis", -1)
    if spec is None or spec.dims is None or not isinstance(axis, int):
        return some_tensor(call)
    dims: list[Dim] = list(spec.dims)
    place = axis_in(axis, len(dims), spec)
    size = dims[place]
    dims[place] = 2 * size if isinstance(size, int) else None if size is None else UNKNOWN
    return made(spec, dims)


_ACTIVATIONS = (
    "relu", "relu6", "elu", "selu", "gelu", "silu", "swish", "softplus", "softsign", "tanh", "sigmoid",
    "exponential", "hard_sigmoid", "hard_silu", "hard_swish", "linear", "mish", "softmax",
    "log_softmax", "log_sigmoid", "leaky_relu", "celu", "hard_tanh", "hard_shrink", "soft_shrink",
    "tanh_shrink", "squareplus", "threshold", "sparse_plus", "sparse_sigmoid", "sparsemax",
)  # fmt: skip
_BACKEND = ("relu", "elu", "softplus", "softsign", "tanh", "sigmoid", "hard_sigmoid")

OPS = (
    Op(tuple(f"activations.{name}" for name in _ACTIVATIONS), _activation),
    Op(tuple(f"K.{name}" for name in _BACKEND), same_shape(dtypes.floating)),
    Op(("ops.softmax", "ops.log_softmax", "ops.sparsemax", "ops.normalize", "ops.batch_normalization",
        "ops.layer_normalization", "ops.rms_normalization", "tf.nn.softmax", "tf.nn.log_softmax",
        "tf.math.softmax", "tf.math.log_softmax", "tf.math.l2_normalize",
        "tf.nn.lrn", "tf.nn.local_response_normalization", "tf.nn.dropout", "tf.nn.bias_add",
        "K.dropout", "K.l2_normalize", "K.batch_normalization", "tf.nn.batch_normalization",
        "random.dropout"),
       same_shape(dtypes.floating)),
    Op(("K.bias_add",), same_shape(dtypes.floating)),
    Op(("K.softmax",), _backend_softmax),
    Op(("ops.glu", "activations.glu"), _glu),
    Op(("tf.nn.crelu",), _concatenated_relu),
)  # fmt: skip
