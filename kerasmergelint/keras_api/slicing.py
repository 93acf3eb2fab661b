"""How long a slice of an axis is."""

from __future__ import annotations

from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, ceildiv, sub
from kerasmergelint.shapes.bounds import smaller


def slice_length(size: Dim, item: slice) -> Dim:
    """The length of a slice of an axis; an unknown size is assumed to be large enough."""
    if item == slice(None):
        return size
    item = slice(_end(item.start), _end(item.stop), _end(item.step))
    parts = (item.start, item.stop, item.step)
    if size is None:
        return None
    if size is UNKNOWN or not all(part is None or isinstance(part, (int, Expr)) for part in parts):
        return UNKNOWN
    if isinstance(size, int) and not any(isinstance(part, Expr) for part in parts):
        if item.step == 0:
            raise bad("the step of a slice is 0")
        # `len` of more than a machine's word raises.
        left = range(size)[item]
        return max(-((left.start - left.stop) // left.step), 0)
    return _symbolic_length(size, item)


def _end(part: object) -> object:
    """What a scalar tensor is known to hold, such as ``tf.shape(x)[1]``; any other end as it is."""
    held = part.data if isinstance(part, TensorSpec) and part.dims == () else None
    return part if held is None else held


def _symbolic_length(size: Dim, item: slice) -> Dim:
    """``n - a - b`` for ``x[a:-b]``, and at most ``b - a`` for ``x[a:b]``, divided by the step.

    ``x[a:b]`` may be empty: boxes are taken apart by it, and their parts broadcast.
    """
    start, stop, step = item.start or 0, item.stop, item.step or 1
    if not isinstance(step, int) or step < 1 or (isinstance(start, int) and start < 0):
        return UNKNOWN
    if stop is None or stop == size:
        end: Dim = size
    elif isinstance(stop, int) and stop < 0:
        end = sub(size, -stop)
    elif isinstance(stop, int) and isinstance(start, int) and stop <= start:
        return 0
    elif isinstance(stop, int) and isinstance(size, Expr) and not size.nullable:
        return ceildiv(sub(smaller(size, stop), smaller(size, start)), step)
    else:
        return UNKNOWN
    return ceildiv(sub(end, start), step)
