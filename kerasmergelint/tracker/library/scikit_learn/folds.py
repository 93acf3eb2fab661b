"""Splitters of scikit-learn: for each split, the numbers of the rows for training and for the test."""

from __future__ import annotations

from functools import partial

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.dim import sub
from kerasmergelint.tracker.library.native import NativeObject
from kerasmergelint.tracker.library.preparation import as_array
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import IteratorV
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value


def _equal(rows: int, splits: int) -> list[Dim]:
    """As equal as possible, the longer ones first.

    >>> _equal(10, 4)
    [3, 3, 2, 2]
    """
    return [rows // splits + (split < rows % splits) for split in range(splits)]


def _splitter(
    dotted: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    splits = bind_native(interp, ("n_splits",), args, keywords).get("n_splits", 5)
    if REST in keywords or type(splits) is not int or not 2 <= splits <= _MOST:
        return interp.unknown("a splitter of samples")

    def split(again: Interpreter, given: Args, named: Keywords, where: Site) -> Value:
        rows = _rows(again, bind_native(again, ("self", "X"), given, named).get("X"))
        return IteratorV(again.heap, _folds(rows, splits))

    def count(again: Interpreter, given: Args, named: Keywords, where: Site) -> Value:
        return splits

    return NativeObject(interp.heap, dotted, {"split": split, "get_n_splits": count})


_MOST = 100  # splits; more are not worth a list


def _rows(interp: Interpreter, data: Value) -> Dim:
    data = interp.resolve(data)
    if isinstance(data, FrameV):
        return data.rows
    array = as_array(interp, data)
    dims = None if array is None else array.spec.dims
    return dims[0] if dims else UNKNOWN


def _folds(rows: Dim, splits: int) -> list[Value]:
    sizes = _equal(rows, splits) if isinstance(rows, int) else [UNKNOWN] * splits
    return [_pair(rows, size) for size in sizes]


def _pair(rows: Dim, test: Dim) -> Value:
    return _numbers(sub(rows, test)), _numbers(test)


def _numbers(count: Dim) -> TensorV:
    return TensorV(TensorSpec(Shape((count,)), "int64", TensorKind.ARRAY))


# The classes of the samples decide which of them a fold holds, not how many.
_NAMES = [f"sklearn.model_selection.{name}" for name in ("KFold", "StratifiedKFold")]
FUNCTIONS: dict[str, Native] = {dotted: partial(_splitter, dotted) for dotted in _NAMES}
