"""TensorFlow's own functions that model code uses, besides its ops."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.dtype_names import COMPLEX, NUMBERS, OTHER_NAMES
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.tracker.library import graph_functions
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, NativeV, PartialV
from kerasmergelint.tracker.values.training import ARRAY_METHODS
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value


def _decorate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A decorator that passes its function through, bare or with arguments."""
    if args and isinstance(args[0], (FunctionV, BoundMethod, PartialV)):
        return args[0]
    return NativeV("decorator", lambda again, a, k, s: a[0] if a else None)


def _custom_gradient(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``@tf.custom_gradient``: of a function's result and gradient, the caller gets the result."""
    if args and isinstance(args[0], FunctionV):
        return replace(args[0], finish=_without_gradient)
    return interp.unknown("a function with its own gradient")


def _without_gradient(interp: Interpreter, pair: Value) -> Value:
    pair = interp.resolve(pair)
    if isinstance(pair, tuple) and len(pair) == 2:
        return pair[0]
    return interp.unknown("the result of a function with its own gradient")


def _is_tensor(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    if isinstance(value, TensorV) and value.spec.kind is not TensorKind.ANY:
        if value.spec.kind is not TensorKind.KERAS or interp.surely(V2):
            return value.spec.kind is not TensorKind.ARRAY
        if interp.surely(V3):  # its symbolic tensors have a type of their own
            return False
    return interp.unknown("whether this is a tensor")


_DTYPES = NUMBERS | COMPLEX | {"bool", "string"}


FUNCTIONS: dict[str, Native] = {
    "tensorflow.function": graph_functions.function,
    "tensorflow.autograph.experimental.do_not_convert": _decorate,
    **dict.fromkeys(
        (
            ARRAY_METHODS,
            "numpy.experimental_enable_numpy_behavior",
            "tensorflow.python.ops.numpy_ops.np_config.enable_numpy_behavior",
        ),
        graph_functions.array_methods,
    ),
    "tensorflow.custom_gradient": _custom_gradient,
    "tensorflow.is_tensor": _is_tensor,
    "tensorflow.keras.saving.register_keras_serializable": _decorate,
}

_NAMED = {**{name: name for name in _DTYPES}, **OTHER_NAMES}
CONSTANTS: dict[str, Value] = {
    f"tensorflow.{place}{name}": dtype
    for name, dtype in _NAMED.items()
    for place in ("", "dtypes.")
    if name != "float"
}
CONSTANTS["tensorflow.newaxis"] = None
# The backend of Keras 2 up to 2.3 had imported TensorFlow under this name.
CONSTANTS.update(
    {
        f"{root}.backend.tf": External("tensorflow")
        for root in ("keras", "tensorflow.keras", "tf_keras")
    }
)
