"""``array[key] = content``: what NumPy puts into a part of an array, whose content is unknown then."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import indexing
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.shapes import Dim
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.keras.convert import to_plain
from kerasmergelint.tracker.library.array_making import array_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.own_exceptions import not_put
from kerasmergelint.tracker.values.graph import Site, TensorV, is_column
from kerasmergelint.tracker.values.memory import written
from kerasmergelint.tracker.values.value import Value

Dims = tuple[Dim, ...]


def set_item(interp: Interpreter, array: TensorV, key: Value, content: Value, site: Site) -> None:
    """Fail where the content does not fit; a symbolic tensor takes none."""
    if array.spec.kind is TensorKind.KERAS:
        detail = "a symbolic tensor does not support item assignment"
        hint = "compute a new tensor, for example with `keras.ops.where` or `slice_update`"
        problem = Problem(ProblemKind.PYTHON, "TypeError", detail, hint=hint)
        raise interp.fails(problem, site, (array,))
    if array.spec.kind is not TensorKind.ARRAY:
        return
    written(array)
    part, put = _part(interp, array, key, site), array_of(interp, content)
    dims = put.spec.dims if isinstance(put, TensorV) else None
    if part and dims is not None and not _may_fit(dims, part):
        raise not_put(interp, dims, part, site)


def _part(interp: Interpreter, array: TensorV, key: Value, site: Site) -> Dims | None:
    """The shape of what a key selects, which has some axes: a place of its own may hold any object."""
    try:
        found = indexing.getitem(array.spec, to_plain(interp, key), interp.version).outputs
    except Broken as broken:
        if is_column(array):  # a place that it does not have yet is added
            return None
        raise interp.fails(replace(broken.problem, kind=ProblemKind.PYTHON), site) from None
    return found.dims if isinstance(found, TensorSpec) else None


def _may_fit(content: Dims, part: Dims) -> bool:
    """Whether something can be broadcast to the shape of a part.

    >>> _may_fit((1, 3), (3,)), _may_fit((2, 3), (3,)), _may_fit((1,), (3,))
    (True, False, True)
    """
    surplus = len(content) - len(part)
    if any(never_equal(size, 1) for size in content[: max(surplus, 0)]):
        return False
    pairs = zip(reversed(content), reversed(part))
    return not any(never_equal(size, 1) and never_equal(size, room) for size, room in pairs)
