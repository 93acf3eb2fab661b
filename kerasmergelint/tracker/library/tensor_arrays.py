"""``tf.TensorArray``: ``write`` and ``unstack`` tell what it holds, ``stack`` and ``read`` give it.

Each method that writes gives a new array, as programs must use it within ``tf.function``.
"""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, AnyShape, OpenShape, Shape
from kerasmergelint.tracker.keras.convert import to_tensor_nest, value_to_shape
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.join import join_arrays
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.tensor_arrays import TensorArrayV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_PARAMETERS = (
    "dtype", "size", "dynamic_size", "clear_after_read", "tensor_array_name", "handle", "flow",
    "infer_shape", "element_shape",
)  # fmt: skip
_SCALAR = TensorSpec(Shape(()), "int32", TensorKind.ANY)
_Method = Callable[[Interpreter, TensorArrayV, dict[str, Value]], Value]


def _construct(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.TensorArray(dtype, size, ...)``"""
    bound = bind_native(interp, _PARAMETERS, args, keywords)
    dtype, shape = bound.get("dtype"), bound.get("element_shape")
    name = dtype if isinstance(dtype, str) else None
    if shape is None:
        return TensorArrayV(None, name)
    return TensorArrayV(TensorSpec(value_to_shape(interp, shape), name, TensorKind.ANY), name)


def attribute(interp: Interpreter, array: TensorArrayV, name: str, site: Site) -> Value:
    """``array.name``"""
    found = _METHODS.get(name)
    if found is None:
        return interp.unknown(f"the attribute {name} of a TensorArray")
    parameters, method = found

    def call(again: Interpreter, args: Args, keywords: Keywords, at: Site) -> Value:
        return method(again, array, bind_native(again, parameters, args, keywords))

    return NativeV(name, call)


def _write(interp: Interpreter, array: TensorArrayV, bound: dict[str, Value]) -> Value:
    return join_arrays(array, _holding(array, _given(interp, bound)))


def _unstack(interp: Interpreter, array: TensorArrayV, bound: dict[str, Value]) -> Value:
    """Each row becomes an element."""
    rows = _given(interp, bound)
    inner = rows.with_shape(OpenShape() if rows.dims is None else Shape(rows.dims[1:]))
    return join_arrays(array, _holding(array, inner))


def _given(interp: Interpreter, bound: dict[str, Value]) -> TensorSpec:
    found = to_tensor_nest(interp, bound.get("value"))
    if isinstance(found, TensorSpec):
        return replace(found, data=None)
    shape: AnyShape = Shape(()) if isinstance(found, (int, float)) else OpenShape()
    return TensorSpec(shape, None, TensorKind.ANY)


def _holding(array: TensorArrayV, element: TensorSpec) -> TensorArrayV:
    kind = TensorKind.ANY if element.kind is TensorKind.ARRAY else element.kind
    return replace(array, element=TensorSpec(element.shape, array.dtype or element.dtype, kind))


def _read(interp: Interpreter, array: TensorArrayV, bound: dict[str, Value]) -> Value:
    if array.element is None:
        return interp.unknown("nothing is known to be written to a TensorArray")
    return TensorV(array.element)


def _stack(interp: Interpreter, array: TensorArrayV, bound: dict[str, Value]) -> Value:
    """One row for each element."""
    element = array.element
    if element is None:
        return interp.unknown("nothing is known to be written to a TensorArray")
    shape = element.shape
    if isinstance(shape, OpenShape):
        return TensorV(element.with_shape(OpenShape(shape.tail, shape.min_rank + 1)))
    return TensorV(element.with_shape(Shape((UNKNOWN, *shape.dims))))


def _concat(interp: Interpreter, array: TensorArrayV, bound: dict[str, Value]) -> Value:
    """The elements one after the other, along their first axis."""
    dims = None if array.element is None else array.element.dims
    if array.element is None or not dims:
        return interp.unknown("what a TensorArray holds")
    return TensorV(array.element.with_shape(Shape((UNKNOWN, *dims[1:]))))


def _size(interp: Interpreter, array: TensorArrayV, bound: dict[str, Value]) -> Value:
    return TensorV(_SCALAR)


def _same(interp: Interpreter, array: TensorArrayV, bound: dict[str, Value]) -> Value:
    return array


_METHODS: dict[str, tuple[tuple[str, ...], _Method]] = {
    "write": (("index", "value"), _write),
    "scatter": (("indices", "value"), _unstack),
    "unstack": (("value",), _unstack),
    "read": (("index",), _read),
    "gather": (("indices",), _stack),
    "stack": ((), _stack),
    "concat": ((), _concat),
    "size": ((), _size),
    "identity": ((), _same),
}
FUNCTIONS: dict[str, Native] = {"tensorflow.TensorArray": _construct}
