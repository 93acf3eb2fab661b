"""Between abstract values and the plain values that the Keras rules speak of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.protocol import Nest, Opaque, ShapeNest, TensorSpec
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Dim, Expr, OpenShape, Shape
from kerasmergelint.tracker.values.graph import Node, is_layer
from kerasmergelint.tracker.values.terms import Term, make, to_dim
from kerasmergelint.tracker.values.values import (
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    SymInt,
    TensorV,
    UnknownV,
    Value,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

_PLAIN = (bool, int, float, str, bytes, complex, type(None), type(...))
PLAIN_TYPES = frozenset(_PLAIN)
_CONSTANT = (*_PLAIN, range, frozenset)


def is_constant(value: Value) -> bool:
    """Whether a value is fully known and immutable, and so hashable."""
    if type(value) in PLAIN_TYPES:
        return True
    if isinstance(value, tuple):
        return all(map(is_constant, value))
    return isinstance(value, _CONSTANT)


def to_term(value: Value) -> Term:
    """The name of a value in a question; None if it has none (or if it is None itself)."""
    if type(value) in PLAIN_TYPES:
        return value
    if isinstance(value, UnknownV):
        return value.term
    if isinstance(value, SymInt):
        return value.expr
    if isinstance(value, tuple):
        return _compound("tuple", value)
    if isinstance(value, slice):
        return _compound("slice", (value.start, value.stop, value.step))
    if is_constant(value):
        return value
    return None


def _compound(name: str, parts: tuple[Value, ...]) -> Term:
    """A term of all the parts; None if one of them has no name."""
    terms = [to_term(part) for part in parts]
    if any(term is None and part is not None for term, part in zip(terms, parts)):
        return None
    return make(name, *terms)


def from_dim(dim: Dim, origin: Term = None) -> Value:
    """A dimension as the Python value that ``x.shape[i]`` gives."""
    if dim is UNKNOWN:
        return UnknownV("the size is not known", origin)
    if isinstance(dim, Expr):
        return UnknownV("the size is a symbol", ("dim", dim)) if dim.nullable else SymInt(dim)
    return dim


def as_dim(value: Value) -> Dim:
    """The dimension that a Python value is, unknown if it is not known to be one."""
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, SymInt):
        return value.expr
    if isinstance(value, UnknownV):
        term = value.term
        if isinstance(term, tuple) and term and term[0] == "dim":
            return term[1]  # type: ignore[no-any-return]
        return to_dim(term) if not _is_opaque(term) else UNKNOWN
    return UNKNOWN


def _is_opaque(term: Term) -> bool:
    return not isinstance(term, tuple) or not term or term[0] == "opaque"


def to_plain(interp: Interpreter, value: Value) -> Nest:
    """A value as the Keras rules take it (see ``keras_api.protocol``)."""
    if type(value) in PLAIN_TYPES:
        return value
    value = interp.resolve(value)
    if isinstance(value, TensorV):
        return value.spec if value.data is None else replace(value.spec, data=value.data)
    if isinstance(value, UnknownV):
        dim = as_dim(value)
        return dim if isinstance(dim, (int, Expr)) else UNKNOWN
    if isinstance(value, SymInt):
        return value.expr
    if isinstance(value, (tuple, ListV, DictV)):
        interp.step()  # nests can share their parts without end, or hold themselves
    if isinstance(value, tuple):
        return tuple(to_plain(interp, item) for item in value)
    if isinstance(value, slice):
        parts = (to_plain(interp, part) for part in (value.start, value.stop, value.step))
        return slice(*parts)
    if isinstance(value, ListV):
        return UNKNOWN if value.open else [to_plain(interp, item) for item in value.items]
    if isinstance(value, DictV):
        if value.open:
            return UNKNOWN
        return {key: to_plain(interp, item) for key, item in value.items.items()}
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, range):
        return list(value)
    if is_layer(value):
        return interp.sublayer(value)
    if isinstance(value, SetV):
        return Opaque("set", iterable=True)
    if isinstance(value, IteratorV):
        return Opaque("iterator", iterable=True)
    if isinstance(value, GeneratorV):
        return Opaque("generator", iterable=True)
    return Opaque(type(value).__name__)


def to_tensor_nest(interp: Interpreter, value: Value) -> Nest:
    """Like :func:`to_plain` for the inputs of a layer: an unknown number is not taken for a symbol."""
    if type(value) is TensorV:
        return to_plain(interp, value)
    value = interp.resolve(value)
    if isinstance(value, UnknownV):
        return UNKNOWN
    if isinstance(value, (tuple, ListV, DictV)):
        interp.step()
    if isinstance(value, tuple):
        return tuple(to_tensor_nest(interp, item) for item in value)
    if isinstance(value, ListV):
        return UNKNOWN if value.open else [to_tensor_nest(interp, item) for item in value.items]
    if isinstance(value, DictV):
        if value.open:
            return UNKNOWN
        return {key: to_tensor_nest(interp, item) for key, item in value.items.items()}
    return to_plain(interp, value)


def from_plain(interp: Interpreter, plain: Nest, node: Node | None, reason: str) -> Value:
    """What a rule gave, as a value; tensors become outputs of ``node``."""
    if isinstance(plain, TensorSpec):
        return TensorV(plain, node, data=plain.data)
    if isinstance(plain, tuple):
        return tuple(from_plain(interp, item, node, reason) for item in plain)
    if isinstance(plain, list):
        return ListV(interp.heap, [from_plain(interp, item, node, reason) for item in plain])
    if isinstance(plain, dict):
        return DictV(
            interp.heap,
            {key: from_plain(interp, item, node, reason) for key, item in plain.items()},
        )
    if plain is UNKNOWN or isinstance(plain, Opaque):
        return interp.unknown(reason)
    if isinstance(plain, Expr):
        return from_dim(plain)
    return plain


def shapes_of(plain: Nest) -> ShapeNest:
    """The nest of shapes of a nest of specs."""
    if isinstance(plain, TensorSpec):
        return plain.shape
    if isinstance(plain, (list, tuple)):
        return type(plain)(shapes_of(item) for item in plain)
    if isinstance(plain, dict):
        return {key: shapes_of(item) for key, item in plain.items()}
    return UNKNOWN


def spec_leaves(plain: Nest) -> list[TensorSpec]:
    """The tensors in a nest, in order."""
    if isinstance(plain, TensorSpec):
        return [plain]
    if isinstance(plain, (list, tuple)):
        return [leaf for item in plain for leaf in spec_leaves(item)]
    if isinstance(plain, dict):
        return [leaf for item in plain.values() for leaf in spec_leaves(item)]
    return []


def shape_leaves(plain: Nest) -> tuple[AnyShape, ...]:
    """The shapes of a nest of tensors, in order; anything unknown counts as one tensor."""
    if isinstance(plain, TensorSpec):
        return (plain.shape,)
    if isinstance(plain, (list, tuple)):
        return tuple([leaf for item in plain for leaf in shape_leaves(item)])
    if isinstance(plain, dict):
        return tuple(leaf for item in plain.values() for leaf in shape_leaves(item))
    return (ANY_SHAPE,) if plain is UNKNOWN else ()


def shape_to_value(shape: AnyShape) -> Value:
    """``x.shape`` as a tuple; unknown if the rank is."""
    if isinstance(shape, Shape):
        return tuple(from_dim(dim) for dim in shape.dims)
    return UnknownV("the rank is not known", None)


def value_to_shape(interp: Interpreter, value: Value) -> AnyShape:
    """A tuple or list of dimensions as a shape."""
    value = interp.resolve(value)
    if isinstance(value, ListV) and not value.open:
        value = tuple(value.items)
    if isinstance(value, tuple):
        return Shape(tuple(as_dim(interp.resolve(item)) for item in value))
    return ANY_SHAPE


def shape_value(interp: Interpreter, shape: ShapeNest) -> Value:
    """A nest of shapes as ``build`` gets it: tuples of dimensions, lists of them."""
    if isinstance(shape, Shape):
        return tuple(
            from_dim(dim) if dim is not UNKNOWN else interp.unknown("the size is not known")
            for dim in shape.dims
        )
    if isinstance(shape, OpenShape) or shape is UNKNOWN:
        return interp.unknown("the shape is not known")
    if isinstance(shape, (list, tuple)):
        return ListV(interp.heap, [shape_value(interp, item) for item in shape])
    if isinstance(shape, dict):
        return DictV(interp.heap, {k: shape_value(interp, v) for k, v in shape.items()})
    return interp.unknown("the shape is not known")


def list_of(interp: Interpreter, items: Any) -> ListV:
    return ListV(interp.heap, list(items))
