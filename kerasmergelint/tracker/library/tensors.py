"""Attributes and methods of tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.keras_api.variable_rules import ASSIGNING
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.late import late
from kerasmergelint.shapes import ANY_SHAPE, Shape, is_untraced, product
from kerasmergelint.tracker.keras import absent_attributes, variable_use
from kerasmergelint.tracker.keras.convert import value_to_shape
from kerasmergelint.tracker.keras.ranks import promise, rank_term, refined, shape_term, size_of_axis
from kerasmergelint.tracker.library import array_methods, no_numbers
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.arrays import TEXTS
from kerasmergelint.tracker.values.constants import from_dim
from kerasmergelint.tracker.values.graph import Site, TensorV, identity
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.memory import shared, written
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.tensor_shapes import TensorShapeV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras import type_sources
else:
    type_sources = late("kerasmergelint.tracker.keras.type_sources")


def attribute(interp: Interpreter, tensor: TensorV, name: str, site: Site) -> Value:
    """``tensor.name``."""
    absent = absent_attributes.of_tensor(interp, tensor, name)
    if absent is not None:
        raise interp.fails(absent, site)
    if name == "numpy":
        no_numbers.refuse_numpy_method(interp, tensor, site)
    if name in ("shape", "_keras_shape"):
        return shape_of(interp, tensor)
    if name in ("get_shape", "_shape_tuple"):
        return NativeV(name, lambda again, a, k, s: shape_of(again, tensor))
    if name in ("ndim", "rank"):
        shape = refined(interp, tensor).shape
        if isinstance(shape, Shape):
            return shape.rank
        return interp.unknown("the rank of a tensor", rank_term(tensor))
    if name == "dtype":
        if tensor.spec.dtype is not None:
            return tensor.spec.dtype
        return interp.unknown("the dtype of a tensor", type_sources.asked_of(interp, tensor))
    if name in ("name", "_name", "op"):
        given = _given_name(tensor) if name == "name" else None
        return given or interp.unknown("the name of a tensor", ("tensor", *identity(tensor), name))
    if name == "values" and tensor.spec.kind is TensorKind.ARRAY:
        return shared([tensor], TensorV(tensor.spec, data=tensor.data))  # of a column of a table
    if name == "size" and tensor.spec.kind in (TensorKind.ARRAY, TensorKind.ANY):
        return _size(interp, tensor)
    if name in ASSIGNING and tensor.spec.kind is TensorKind.EAGER:
        return variable_use.assigning(tensor, name)
    if name == "_keras_history" and tensor.node is not None:
        return (tensor.node.layer, 0, tensor.index)
    method = _method(tensor, "transpose" if name == "T" else name)
    if method is not None and name == "T":
        return shared([tensor], method(interp, tensor, [], {}, site))
    if method is not None:
        return NativeV(
            name,
            lambda again, a, k, s: (
                again.unknown(f"an argument of {name}")
                if REST in k
                else _as_view(tensor, k, method(again, tensor, a, k, s))
            ),
        )
    if tensor.spec.kind is TensorKind.ARRAY:
        _forget_content(tensor)  # the method may change it, as ``fill`` and ``sort`` do
    return interp.unknown(f"the attribute {name} of a tensor")


def _as_view(array: TensorV, keywords: Keywords, made: Value) -> Value:
    """What a method gives may be another view; ``out=`` is where it writes."""
    written(keywords.get("out"))
    return shared([array], made)


def _forget_content(array: TensorV) -> None:
    written(array)
    if array.spec.dtype == TEXTS:
        array.spec = replace(array.spec, dtype=None)


def _given_name(tensor: TensorV) -> str | None:
    """The name of an ``Input(name=...)``, which is its layer's; other tensors get automatic names."""
    node = tensor.node
    if node is None or Kind.INPUT not in node.kind or not isinstance(node.layer, LayerV):
        return None
    name = node.layer.name
    return name if node.layer.named and isinstance(name, str) else None


def shape_of(interp: Interpreter, tensor: TensorV) -> Value:
    """``x.shape``: a tuple, with ``None`` where Keras has it."""
    shape, term = refined(interp, tensor).shape, shape_term(tensor)
    if not isinstance(shape, Shape):
        return interp.unknown("the shape of a tensor is not known", term)
    sizes = (size_of_axis(tensor, axis, dim) for axis, dim in enumerate(shape.dims))
    kind = tensor.spec.kind
    own = kind is TensorKind.ARRAY or (kind is TensorKind.KERAS and interp.version in V3)
    return tuple(sizes) if own else TensorShapeV(sizes)


def _size(interp: Interpreter, tensor: TensorV) -> Value:
    shape = tensor.spec.shape
    if not isinstance(shape, Shape) or None in shape.dims:
        return interp.unknown("the number of elements of an array")
    return from_dim(product(shape.dims))


def _set_shape(
    interp: Interpreter, tensor: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    given = interp.resolve(args[0] if args else keywords.get("shape"))
    shape = value_to_shape(interp, (given,) if isinstance(given, int) else given)
    if isinstance(shape, Shape) or is_untraced(tensor.spec.shape):
        promise(interp, tensor, shape if isinstance(shape, Shape) else ANY_SHAPE)
    return None


def _method(tensor: TensorV, name: str) -> array_methods.Method | None:
    """Methods of NumPy arrays, and the few of symbolic tensors."""
    if name == "set_shape":
        return _set_shape
    return None if tensor.spec.kind is TensorKind.KERAS else array_methods.METHODS.get(name)
