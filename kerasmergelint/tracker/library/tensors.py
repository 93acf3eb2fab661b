"""What the attributes and methods of tensors are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.convert import from_dim
from kerasmergelint.tracker.values import NativeV, TensorV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.graph import Site
    from kerasmergelint.tracker.interpreter import Interpreter


def attribute(interp: Interpreter, tensor: TensorV, name: str, site: Site) -> Value:
    """``tensor.name``."""
    if name in ("shape", "_keras_shape"):
        return shape_of(interp, tensor)
    if name in ("get_shape", "_shape_tuple"):
        return NativeV(name, lambda again, a, k, s: shape_of(again, tensor))
    if name in ("ndim", "rank"):
        shape = tensor.spec.shape
        return shape.rank if isinstance(shape, Shape) else interp.unknown("the rank of a tensor")
    if name == "dtype":
        return tensor.spec.dtype or interp.unknown("the dtype of a tensor")
    if name in ("name", "_name", "op"):
        return interp.unknown("the name of a tensor", ("tensor", id(tensor), name))
    if name == "_keras_history" and tensor.node is not None:
        return (tensor.node.layer, 0, tensor.index)
    if name == "T" and isinstance(tensor.spec.shape, Shape):
        turned = Shape(tuple(reversed(tensor.spec.shape.dims)))
        return TensorV(tensor.spec.with_shape(turned), tensor.node)
    if name in _METHODS:
        return NativeV(name, lambda again, a, k, s: _METHODS[name](again, tensor, a, k, s))
    return interp.unknown(f"the attribute {name} of a tensor")


def shape_of(interp: Interpreter, tensor: TensorV) -> Value:
    """``x.shape``: a tuple; ``None`` inside it where Keras has None."""
    shape = tensor.spec.shape
    if not isinstance(shape, Shape):
        return interp.unknown("the shape of a tensor is not known", ("shape", id(tensor)))
    return tuple(
        from_dim(dim, ("shape", id(tensor), axis)) for axis, dim in enumerate(shape.dims)
    )


def _reshape(interp: Interpreter, tensor: TensorV, args: Any, keywords: Any, site: Site) -> Value:
    """``array.reshape(2, 3)`` or ``array.reshape((2, 3))``."""
    if tensor.spec.kind is TensorKind.KERAS:
        return interp.unknown("reshape as a method")
    from kerasmergelint.keras_api.ops import find
    from kerasmergelint.keras_api.protocol import KerasVersion
    from kerasmergelint.tracker import operations

    op = find("keras.ops.reshape", KerasVersion.V3)
    shape = args[0] if len(args) == 1 and not isinstance(args[0], int) else tuple(args)
    if op is None:
        return interp.unknown("reshape as a method")
    return operations.call_op(interp, op, [tensor, shape], {}, site)


def _same(interp: Interpreter, tensor: TensorV, args: Any, keywords: Any, site: Site) -> Value:
    return TensorV(tensor.spec, tensor.node, tensor.index)


def _as_list(interp: Interpreter, tensor: TensorV, args: Any, keywords: Any, site: Site) -> Value:
    return interp.unknown("the values of an array")


def _nothing(interp: Interpreter, tensor: TensorV, args: Any, keywords: Any, site: Site) -> Value:
    return None


_METHODS: dict[str, Any] = {
    "reshape": _reshape,
    "copy": _same,
    "numpy": _same,
    "tolist": _as_list,
    "set_shape": _nothing,
}
