"""Variables and initial values: ``tf.Variable``, ``keras.Variable``, what initializers give."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.ops.op import named_dtype
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import ANY_SHAPE
from kerasmergelint.tracker.keras.convert import value_to_shape
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, PartialV
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    Spread,
    Value,
    keyed,
)

_CALLABLE = (FunctionV, BoundMethod, PartialV)
# An initializer that Keras or TensorFlow ships, whichever.
_INITIALIZER = External("tensorflow.initializers.Initializer")


def _variable(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.Variable(value)``: a tensor whose content may change, its shape not."""
    value = args[0] if args else keywords.get("initial_value")
    if REST in keywords or "shape" in keywords or isinstance(value, (*_CALLABLE, Spread)):
        return interp.unknown("a variable whose shape is not known")
    return _holding(interp, value, keywords.get("dtype"), "tensorflow.convert_to_tensor", site)


def _holding(interp: Interpreter, value: Value, dtype: Value, convert: str, site: Site) -> Value:
    """A variable that begins with a value, converted by this function."""
    given = {} if dtype is None else {"dtype": dtype}
    made = interp.call(External(convert), [value], keyed(given), site)
    if not isinstance(made, TensorV):
        return made
    return TensorV(replace(made.spec, data=None), made.node, made.index)  # others may assign to it


def _keras_variable(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``keras.Variable(initializer, shape, dtype)``: a value, or an initializer and a shape."""
    if REST in keywords or any(isinstance(argument, Spread) for argument in args):
        return interp.unknown("a variable whose shape is not known")
    bound = bind_native(interp, ("initializer", "shape", "dtype"), args, keywords)
    initializer, shape, dtype = (bound.get(name) for name in ("initializer", "shape", "dtype"))
    if isinstance(initializer, (str, External, *_CALLABLE)):
        if shape is None:
            return interp.unknown("a variable whose shape is not known")
        return _made(interp, shape, "float32" if dtype is None else dtype)
    return _holding(interp, initializer, dtype, "keras.ops.convert_to_tensor", site)


def _made(interp: Interpreter, shape: Value, dtype: Value) -> Value:
    return TensorV(TensorSpec(value_to_shape(interp, shape), named_dtype(dtype), TensorKind.EAGER))


def _placeholder(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.placeholder(dtype, shape)``: a tensor that is fed later."""
    shape = args[1] if len(args) > 1 else keywords.get("shape")
    dtype = args[0] if args else keywords.get("dtype")
    known = ANY_SHAPE if shape is None else value_to_shape(interp, shape)
    return TensorV(TensorSpec(known, named_dtype(dtype), TensorKind.GRAPH))


def _get_variable(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.get_variable(name, shape)``."""
    shape = args[1] if len(args) > 1 else keywords.get("shape")
    if shape is None:
        return interp.unknown("a variable whose shape is not known")
    return TensorV(TensorSpec(value_to_shape(interp, shape), None, TensorKind.GRAPH))


# -- initializers ---------------------------------------------------------------------------


def _initializer(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return _INITIALIZER


def _get(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``initializers.get("zeros")``; a function or an object as it is."""
    given = args[0] if args else keywords.get("identifier")
    return _INITIALIZER if isinstance(given, (str, DictV)) else given


def is_instance(interp: Interpreter, value: External, dotted: str) -> bool | None:
    """Whether an object of a library is of a class; None unless it is an initializer."""
    if value != _INITIALIZER:
        return None
    return True if dotted.endswith("initializers.Initializer") else None


def _filled(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``initializer(shape, dtype)``: a tensor of that shape."""
    bound = bind_native(interp, ("shape", "dtype"), args, keywords)
    if "shape" not in bound:
        return interp.unknown("an initial value whose shape is not known")
    return _made(interp, bound["shape"], bound.get("dtype"))


_NAMES = (
    "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "Identity", "LecunNormal",
    "LecunUniform", "Ones", "Orthogonal", "OrthogonalInitializer", "RandomNormal", "RandomUniform",
    "TruncatedNormal", "VarianceScaling", "Zeros",
)  # fmt: skip


FUNCTIONS: dict[str, Native] = {
    "tensorflow.Variable": _variable,
    "tensorflow.compat.v1.Variable": _variable,
    "tensorflow.compat.v1.placeholder": _placeholder,
    "tensorflow.compat.v1.get_variable": _get_variable,
    **{
        f"tensorflow.{name}_initializer": _initializer
        for name in ("constant", "ones", "random_normal", "random_uniform", "zeros")
    },
    **{f"tensorflow.initializers.{name}": _initializer for name in _NAMES},
    _INITIALIZER.dotted: _filled,
}
# By the path in Keras.
BY_PATH: dict[str, Native] = {
    "Variable": _keras_variable,
    "initializers.get": _get,
    **{f"initializers.{name}": _initializer for name in _NAMES},
}
