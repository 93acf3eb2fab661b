"""The rank of a tensor is a single fact on a path, however the program asks for it, or says it."""

from __future__ import annotations

from typing import Final, TypeGuard

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Broken, LayerCall, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, OpenShape, Shape, symbol
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import from_dim
from kerasmergelint.tracker.values.graph import TensorV, identity
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.terms import Term, make, text
from kerasmergelint.tracker.values.value import SymInt, UnknownV, Value

# A batch axis, and up to three of space, before the channels.
RANKS: Final = (4, 3, 2, 5)


def shape_term(tensor: TensorV) -> Term:
    """The term of a tensor's shape; all views of a tensor share it."""
    return ("shape", *identity(tensor))


def size_of_axis(tensor: TensorV, axis: int, dim: Dim) -> Value:
    """An item of a tensor's shape; that of an array is a number, the same each time, though it be unknown."""
    term = (*shape_term(tensor), axis)
    if dim is UNKNOWN and tensor.spec.kind is TensorKind.ARRAY:
        return SymInt(symbol(text(term)))
    return from_dim(dim, term)


def rank_term(tensor: TensorV) -> Term:
    """The term of a tensor's rank: ``len(x.shape)``."""
    return ("call", ("name", "len"), shape_term(tensor))


def spec_of_unknown(interp: Interpreter, value: UnknownV) -> TensorSpec | None:
    """An unknown value whose rank was asked for, as a tensor of that rank."""
    if value.term is None or not interp.path.equal:
        return None
    rank = _asked_rank(interp, make("attr", value.term, "shape"))
    if rank is None:
        rank = interp.path.equal.get(make("attr", value.term, "ndim"))
    return TensorSpec(Shape((UNKNOWN,) * rank), kind=TensorKind.ANY) if _is_rank(rank) else None


def refined(interp: Interpreter, tensor: TensorV) -> TensorSpec:
    """A tensor with the rank that this path has decided on."""
    spec = tensor.spec
    if not isinstance(spec.shape, OpenShape) or not interp.path.equal:
        return spec
    promised = interp.path.equal.get(_promise(tensor))
    if promised is not None and promised[0] is tensor:
        return replace(spec, shape=promised[1])
    rank = _asked_rank(interp, shape_term(tensor))
    if rank is None or rank < len(spec.shape.tail):
        return spec
    missing = (UNKNOWN,) * (rank - len(spec.shape.tail))
    return replace(spec, shape=Shape((*missing, *spec.shape.tail)))


def promise(interp: Interpreter, tensor: TensorV, shape: AnyShape) -> None:
    """``tensor.set_shape(shape)``: from here on that is the shape of a tensor that had none."""
    if isinstance(tensor.spec.shape, OpenShape):
        interp.path.equal[_promise(tensor)] = (tensor, shape)  # which keeps its id from others


def _promise(tensor: TensorV) -> Term:
    return ("call", ("attr", ("tensor", *identity(tensor)), "set_shape"))


def _asked_rank(interp: Interpreter, shape: Term) -> int | None:
    """The rank of a shape by the decisions of this path."""
    for term in (
        ("call", ("name", "len"), shape),
        ("attr", shape, "rank"),
        ("attr", shape, "ndims"),
    ):
        rank = interp.path.equal.get(term)
        if _is_rank(rank):
            return rank
    return None


def _is_rank(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= _HIGHEST


_HIGHEST = 8


def taken_by(layer: LayerV) -> frozenset[int]:
    """The ranks that a layer accepts, extra batch axes included; all, if it accepts none of them."""
    return frozenset([rank for rank in RANKS if _takes(layer, rank)] or RANKS)


def usual_for(layer: LayerV) -> frozenset[int]:
    """The same without extra batch axes, which hardly anybody uses."""
    taken = taken_by(layer)
    lowest = min(taken)
    return frozenset({lowest}) if lowest > min(RANKS) else taken


def _takes(layer: LayerV, rank: int) -> bool:
    spec = TensorSpec(Shape((None, *[UNKNOWN] * (rank - 1))))
    try:
        layer.type.call(LayerCall(layer.config, spec, layer.version, layer.first))
    except Broken:
        return False
    return True
