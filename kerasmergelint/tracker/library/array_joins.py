"""What NumPy joins: arrays of one rank that differ along one axis only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.library import array_functions
from kerasmergelint.tracker.library.array_making import array_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import not_joined
from kerasmergelint.tracker.values.containers import FILLED, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value

Dims = tuple[Dim, ...]


Turned = Callable[[Dims], Dims]


def _as_it_is(dims: Dims) -> Dims:
    return dims


_STEPS_OF_A_JOIN = 3  # beside those of its rule: all operands are compared


def _checked(native: Native, turned: Turned = _as_it_is, axis: int | None = None) -> Native:
    """A function that joins arrays, which fails for those that do not fit.

    ``turned`` is what it makes of an array first, and ``axis`` the one along which it joins; None: an
    argument says it.
    """

    def joined(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        interp.work(_STEPS_OF_A_JOIN)
        bound = bind_native(interp, ("arrays", "axis"), args, keywords)
        along = bound.get("axis", 0) if axis is None else axis
        if REST not in keywords and type(along) is int:
            given = interp.resolve(bound.get("arrays", bound.get("tup")))
            place = bound.get("axis", 0) if turned is _as_parts else along
            filled = _filled(interp, given, turned, place)
            if filled is not None:
                return filled
            parts = _parts(interp, given)
            if parts:
                _check(interp, parts, turned, along, site)
        return native(interp, args, keywords, site)

    return joined


def _filled(interp: Interpreter, given: Value, turned: Turned, axis: Value) -> Value:
    """What a list gives that a loop has filled: its arrays are alike but along the axis, which is open."""
    if not isinstance(given, ListV) or not given.open or given.reason != FILLED:
        return None
    parts = _parts(interp, given.items)
    if not parts or type(axis) is not int:
        return None
    if turned is _as_rows and axis == 1 and all(len(dims) == 1 for dims in parts):
        turned, axis = _as_it_is, 0  # `hstack` of vectors
    shapes = {_opened(turned(dims), axis, moved=turned is _as_parts) for dims in parts}
    dims = shapes.pop() if len(shapes) == 1 else None
    return None if dims is None else TensorV(TensorSpec(Shape(dims), None, TensorKind.ARRAY))


def _opened(dims: Dims, axis: int, *, moved: bool) -> Dims | None:
    """The shape with an open size at the axis; ``moved``: the first axis belongs there."""
    rest = dims[1:] if moved else dims
    place = axis + len(dims) if axis < 0 else axis
    if not 0 <= place < len(dims):
        return None
    return (*rest[:place], UNKNOWN, *rest[place if moved else place + 1 :])


def _parts(interp: Interpreter, given: Value) -> list[Dims] | None:
    """The shapes of the arrays in a list; None if some are not known, or are no arrays."""
    items = given.items if isinstance(given, ListV) and not given.open else given
    if not isinstance(items, (list, tuple)):
        return None
    found: list[Dims] = []
    for item in items:
        part = array_of(interp, item)
        if not isinstance(part, TensorV) or part.spec.dims is None:
            return None
        found.append(part.spec.dims)
    return found


def _check(
    interp: Interpreter, parts: Sequence[Dims], turned: Turned, axis: int, site: Site
) -> None:
    first = turned(parts[0])
    along = axis + len(first) if axis < 0 else axis
    for part in parts[1:]:
        other = turned(part)
        if len(other) != len(first):
            raise not_joined(interp, parts[0], part, "the numbers of axes differ", site)
        for place, (one, two) in enumerate(zip(first, other)):
            if place != along and never_equal(one, two):
                raise not_joined(interp, parts[0], part, f"{one} and {two} differ", site)


def _as_rows(dims: Dims) -> Dims:
    """``vstack`` makes a row of a vector; ``hstack`` joins vectors as rows are joined along axis 1."""
    return dims if len(dims) > 1 else (1, *(dims or (1,)))


def _as_columns(dims: Dims) -> Dims:
    """``column_stack`` makes a column of a vector."""
    return dims if len(dims) > 1 else (*(dims or (1,)), 1)


def _as_parts(dims: Dims) -> Dims:
    """``stack`` joins along an axis that none of the arrays has."""
    return (1, *dims)


def _of(name: str) -> Native:
    return array_functions.FUNCTIONS[f"numpy.{name}"]


def _by_index(join: Native, ranks: tuple[int, ...]) -> Native:
    """``np.c_[a, b]``, as far as all parts are arrays of one of these ranks: no slice, text or number."""

    def joined(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        given = args[0] if isinstance(args[0], tuple) else (args[0],)
        parts = _parts(interp, given)
        if not parts or any(len(dims) not in ranks for dims in parts):
            return interp.unknown("joined arrays")
        return join(interp, [given], {}, site)

    return joined


FUNCTIONS: dict[str, Native] = {
    "numpy.concatenate": _checked(_of("concatenate")),
    "numpy.stack": _checked(_of("stack"), _as_parts, 0),
    "numpy.vstack": _checked(_of("vstack"), _as_rows, 0),
    "numpy.hstack": _checked(_of("hstack"), _as_rows, 1),
    "numpy.column_stack": _checked(_of("column_stack"), _as_columns, 1),
}
FUNCTIONS |= {
    "numpy.c_.__getitem__": _by_index(FUNCTIONS["numpy.column_stack"], (1, 2)),
    "numpy.r_.__getitem__": _by_index(FUNCTIONS["numpy.concatenate"], (1, 2, 3, 4)),
}
