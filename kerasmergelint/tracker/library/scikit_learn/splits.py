"""``train_test_split``: parts of arrays, tables and lists for training and for the test."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.library.preparation import as_array
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.join import any_of
from kerasmergelint.tracker.values.containers import FILLED, ListV
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Role, Site, TensorV, is_column
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value


def _train_test_split(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``train_test_split``: two parts of each array, the first for training."""
    if any(isinstance(a, Spread) for a in args) or REST in keywords or not args:
        return interp.unknown("parts of data")
    parts: list[Value] = []
    for given in args:
        value = interp.resolve(given)
        listed = _arrays_in(value)
        if listed:
            sizes = _split(len(listed), keywords.get("test_size"), keywords.get("train_size"))
            parts.extend(_some_of(interp, listed, size) for size in sizes)
            continue
        known = value if isinstance(value, FrameV) else as_array(interp, value)
        if known is None:
            rows = [interp.unknown("a part of data"), interp.unknown("a part of data")]
            parts.extend(rows)
            continue
        count = known.rows if isinstance(known, FrameV) else (known.spec.dims or (UNKNOWN,))[0]
        for size in _split(count, keywords.get("test_size"), keywords.get("train_size")):
            parts.append(_with_rows(interp, known, size))
    return ListV(interp.heap, parts)


def _arrays_in(value: Value) -> Sequence[Value]:
    """The items of a list of arrays, whose parts are lists as well."""
    items = value.items if isinstance(value, ListV) and not value.open else value
    if not isinstance(items, (list, tuple)):
        return ()
    arrays_only = all(isinstance(item, TensorV) and item.spec.dims for item in items)
    return items if arrays_only else ()


def _some_of(interp: Interpreter, items: Sequence[Value], size: Dim) -> ListV:
    """A list of so many of these items, whichever."""
    common = any_of(interp, items)
    if isinstance(size, int):
        return ListV(interp.heap, [common] * size)
    made = ListV(interp.heap, [common])
    made.open, made.reason = True, FILLED
    return made


def _with_rows(interp: Interpreter, data: FrameV | TensorV, rows: Dim) -> Value:
    if isinstance(data, FrameV):
        return data.with_rows(interp.heap, rows)
    dims = data.spec.dims or ()
    role = Role.COLUMN if is_column(data) else Role.TENSOR
    return TensorV(replace(data.spec, shape=Shape((rows, *dims[1:])), data=None), role=role)


def _split(count: Dim, test: Value, train: Value) -> tuple[Dim, Dim]:
    """The numbers of training and test samples, rounded as scikit-learn does."""
    if train is not None or not isinstance(count, int):
        return UNKNOWN, UNKNOWN
    if test is None:
        test = 0.25
    if isinstance(test, float) and 0 < test < 1:
        held = math.ceil(test * count)
    elif isinstance(test, int) and not isinstance(test, bool):
        held = test
    else:
        return UNKNOWN, UNKNOWN
    return (count - held, held) if 0 < held < count else (UNKNOWN, UNKNOWN)


FUNCTIONS: dict[str, Native] = {
    "sklearn.model_selection.train_test_split": _train_test_split,
}
