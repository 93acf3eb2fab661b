"""``tf.TensorShape``: what ``x.shape`` is of TensorFlow's tensors, and what Keras 2 gives to ``build``."""

from __future__ import annotations

from typing import Any

from kerasmergelint.shapes import product
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import arithmetic, conditions, subscripts
from kerasmergelint.tracker.python.builtins.containers import TUPLE_METHODS
from kerasmergelint.tracker.python.builtins.methods import methods
from kerasmergelint.tracker.values.constants import as_dim, from_dim
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.tensor_shapes import TensorShapeV
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value


def make(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.TensorShape([...])``"""
    value = args[0] if args else keywords.get("dims")
    items = interp.iterate(value, site) if value is not None else None
    return interp.unknown("a TensorShape") if items is None else TensorShapeV(items)


def _size(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dimension_value(size)``: what is no ``Dimension`` of TensorFlow 1 stays as it is."""
    return args[0] if args else keywords.get("dimension")


def attribute(interp: Interpreter, shape: TensorShapeV, name: str, site: Site) -> Value:
    if name in ("rank", "ndims"):
        return len(shape)
    if name == "dims":
        return ListV(interp.heap, list(shape))
    return _METHODS(interp, shape, name, site)


def _joined(interp: Interpreter, shape: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    """``shape.concatenate(other)``, where one number is a shape, too."""
    other = interp.resolve(args[0] if args else keywords.get("other"))
    sizes = (other,) if isinstance(other, int) else _sizes(other)
    if sizes is None:
        return interp.unknown("a TensorShape")
    return TensorShapeV((*shape, *sizes))


def _elements(interp: Interpreter, shape: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    """``shape.num_elements()``: None where a size is open."""
    return from_dim(product(as_dim(interp.resolve(size)) for size in shape))


def _same(interp: Interpreter, shape: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    """``shape.with_rank(3)``, which raises for another rank."""
    return shape


def _sizes(value: Value) -> tuple[Value, ...] | None:
    if isinstance(value, ListV):
        return None if value.open else tuple(value.items)
    return value if isinstance(value, tuple) else None


_METHODS = methods(
    {
        **TUPLE_METHODS,
        "concatenate": _joined,
        "num_elements": _elements,
        "with_rank": _same,
        "with_rank_at_least": _same,
    }
)


def item(interp: Interpreter, shape: Any, index: Value, site: Site) -> Value:
    found = subscripts.READ[tuple](interp, shape, index, site)
    return TensorShapeV(found) if isinstance(index, slice) and isinstance(found, tuple) else found


def binary(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``shape + other``, of which one is a list or a tuple, at most."""
    one, other = _sizes(left), _sizes(right)
    if operator == "+" and one is not None and other is not None:
        return limits.bounded(interp, TensorShapeV((*one, *other)))
    if isinstance(left, UnknownV) or isinstance(right, UnknownV) or operator == "+":
        return interp.unknown("an operator on a TensorShape")
    return arithmetic.binary(interp, operator, _plain(left), _plain(right), site)


def compare(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """A shape equals a list of its sizes, too."""
    one, other = _sizes(left), _sizes(right)
    if one is None or other is None:
        return conditions.compare(interp, operator, _plain(left), _plain(right), site)
    return conditions.compare(interp, operator, tuple(one), tuple(other), site)


def _plain(value: Value) -> Value:
    return tuple(value) if isinstance(value, TensorShapeV) else value


def is_instance(interp: Interpreter, shape: TensorShapeV, dotted: str) -> bool | None:
    """A tensor that is not known may have Keras's own shape, which is a tuple."""
    last = dotted.rpartition(".")[2]
    return False if last in ("list", "dict", "int", "str", "float") else None


FUNCTIONS: dict[str, Native] = {
    "tensorflow.TensorShape": make,
    "tensorflow.python.framework.tensor_shape.TensorShape": make,
    "tensorflow.python.framework.tensor_shape.dimension_value": _size,
    "tensorflow.compat.dimension_value": _size,
    "tensorflow.compat.v1.dimension_value": _size,
}
