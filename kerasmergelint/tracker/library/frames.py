"""pandas, as far as it decides the shapes of arrays: which columns a table has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeGuard

from kerasmergelint.shapes import UNKNOWN, Dim
from kerasmergelint.tracker.library.opened import content_of
from kerasmergelint.tracker.library.preparation import as_array
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.lengths import some_length
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import from_dim, is_number
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.frames import ByPlaceV, Column, FrameV, held_column
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.operators import ARITHMETIC
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value


def _read(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A table of unknown columns; something else, if it is read in chunks."""
    if {"chunksize", "iterator", "squeeze"} & set(keywords):
        return interp.unknown("a file that is read in pieces")
    return FrameV(interp.heap, None, UNKNOWN)


# What does not change which columns a table has.
_READS_ALIKE = frozenset(
    {"sep", "delimiter", "encoding", "dtype", "low_memory", "na_values", "nrows", "engine"}
)


def _read_csv(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``read_csv``: the columns are those of the first line, if the file stands in the project."""
    table = _read(interp, args, keywords, site)
    path = args[0] if len(args) == 1 else None
    if isinstance(table, FrameV) and isinstance(path, str) and set(keywords) <= _READS_ALIKE:
        separator = keywords.get("sep", keywords.get("delimiter", ","))
        if isinstance(separator, str) and len(separator) == 1:
            table.columns = _header(content_of(interp, path), separator)
    return table


def _header(text: str | None, separator: str) -> tuple[str, ...] | None:
    """The names in the first line of a table; None if rows have more fields, which makes an index."""
    import csv  # late: few programs read tables

    rows = csv.reader((text or "").lstrip("\ufeff").splitlines(), delimiter=separator)
    try:
        first, second = next(rows), next(rows)
    except (StopIteration, csv.Error):
        return None
    plain = len(first) == len(second) and len(set(first)) == len(first)
    return tuple(first) if plain else None


def _frame(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``DataFrame(data, columns=...)``"""
    bound = bind_native(interp, ("data", "index", "columns"), args, keywords)
    data, columns = bound.get("data"), _names(bound.get("columns"))
    if isinstance(data, DictV) and "columns" not in bound:
        if data.open or not all(isinstance(key, str) for key in data.items):
            return FrameV(interp.heap, None, UNKNOWN)
        return _of_columns(interp, data)
    array = as_array(interp, data)
    dims = array.spec.dims if array is not None else None
    rows: Dim = dims[0] if dims is not None and len(dims) == 2 else UNKNOWN
    if dims is not None and len(dims) == 2 and "columns" not in bound:
        width = dims[1]
        columns = (
            tuple(range(width)) if isinstance(width, int) and width <= _MOST_NUMBERED else None
        )
    return FrameV(interp.heap, columns, rows)


_MOST_NUMBERED = 4096


def _of_columns(interp: Interpreter, data: DictV) -> FrameV:
    """A table made of a dict of its columns."""
    known = {name: _vector(interp, column) for name, column in data.items.items()}
    held = {name: held_column(column) for name, column in known.items() if column is not None}
    rows = [column.spec.dims[0] for column in held.values() if column.spec.dims]
    return FrameV(interp.heap, tuple(data.items), rows[0] if rows else UNKNOWN, held)


def _vector(interp: Interpreter, value: Value) -> TensorV | None:
    """A column, with its content if that is known."""
    value = interp.resolve(value)
    data = None if isinstance(value, TensorV) else arrays.data_of(value)
    made = as_array(interp, value) if data is None else arrays.make(data)
    dims = made.spec.dims if made is not None else None
    return made if dims is not None and len(dims) == 1 else None


def _names(value: Value) -> tuple[Column, ...] | None:
    """A list of column names; None if not all are known."""
    items = value.items if isinstance(value, ListV) and not value.open else value
    if isinstance(items, (list, tuple)) and all(map(_is_name, items)):
        return tuple(items)
    return None


def _is_name(value: Value) -> TypeGuard[Column]:
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def _concat(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``pd.concat(tables, axis)``: columns beside each other, or rows under those of the same columns."""
    bound = bind_native(interp, ("objs", "axis"), args, keywords)
    tables, axis = interp.iterate(bound.get("objs"), site), bound.get("axis", 0)
    if not tables or set(bound) - {"objs", "axis", "ignore_index"}:
        return interp.unknown("joined tables")
    frames = [table for table in tables if isinstance(table, FrameV)]
    names = [frame.columns for frame in frames]
    if len(frames) < len(tables) or axis not in (0, 1, "columns"):
        return interp.unknown("joined tables")
    if axis == 0:
        same = all(columns == names[0] for columns in names)
        return FrameV(interp.heap, names[0] if same else None, UNKNOWN)
    known = None not in names and "ignore_index" not in bound
    beside = tuple(name for columns in names for name in columns or ())
    return FrameV(interp.heap, beside if known else None, UNKNOWN)


def binary(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """Each number of a table with one number: the same rows and columns."""
    frame, other = (left, right) if isinstance(left, FrameV) else (right, left)
    if isinstance(frame, FrameV) and operator in ARITHMETIC and is_number(other):
        return FrameV(interp.heap, frame.columns, frame.rows)
    return interp.unknown("an operator on a table")


FUNCTIONS: dict[str, Native] = {
    "pandas.DataFrame": _frame,
    "pandas.concat": _concat,
    "pandas.read_csv": _read_csv,
    **{f"pandas.read_{kind}": _read for kind in ("table", "parquet", "feather")},
}


# -- what a table has ---------------------------------------------------------------------------


def attribute(interp: Interpreter, frame: FrameV, name: str, site: Site) -> Value:
    """``frame.name``: an attribute, or the column of this name."""
    if name == "values":
        return frame.as_array()
    if name == "shape":
        width = UNKNOWN if frame.columns is None else len(frame.columns)
        return (from_dim(frame.rows), from_dim(width))
    if name == "iloc":
        return ByPlaceV(frame)
    if name == "columns" and frame.columns is not None:
        return ListV(interp.heap, list(frame.columns))
    method = _METHODS.get(name)
    if method is not None:
        return NativeV(name, lambda again, a, k, s: _called(again, method, frame, a, k))
    if frame.columns is not None and name in frame.columns:
        return frame.column(name)
    if name not in _CHANGES_NOTHING:
        frame.forget(interp.heap)
    return interp.unknown(f"the attribute {name} of a table")


_CHANGES_NOTHING = frozenset(
    {"info", "describe", "plot", "hist", "boxplot", "corr", "cov", "isnull", "isna", "notnull", "notna",
     "dtypes", "index", "size", "ndim", "empty", "groupby", "value_counts", "nunique", "memory_usage",
     "mean", "std", "min", "max", "sum", "median", "count", "iterrows", "itertuples", "to_csv",
     "select_dtypes", "T", "apply", "merge"}
)  # fmt: skip


def item(interp: Interpreter, frame: FrameV, key: Value, site: Site) -> Value:
    """``frame[key]``: one column, several columns, or some rows."""
    key = interp.resolve(key)
    if _is_name(key):
        if (frame.columns or ()).count(key) > 1:
            return interp.unknown("columns of the same name")
        return frame.column(key)
    names = _names(key) if isinstance(key, ListV) else None
    if names is not None:
        return frame.part(interp.heap, names)
    if isinstance(key, slice):
        return frame.with_rows(interp.heap, _rows_left(frame.rows, key))
    return interp.unknown("part of a table")


def _rows_left(rows: Dim, kept: slice) -> Dim:
    """How many rows a slice by their numbers leaves."""
    ends = (kept.start, kept.stop, kept.step)
    if not isinstance(rows, int) or not all(end is None or type(end) is int for end in ends):
        return rows if kept == slice(None) else UNKNOWN
    return len(range(rows)[kept]) if kept.step != 0 else UNKNOWN


def by_place(interp: Interpreter, places: ByPlaceV, key: Value, site: Site) -> Value:
    """``frame.iloc[rows, columns]``"""
    frame = places.frame
    rows, columns = key if isinstance(key, tuple) and len(key) == 2 else (key, slice(None))
    if not isinstance(rows, slice):
        return interp.unknown("part of a table")
    left = _rows_left(frame.rows, rows)
    table = frame if rows == slice(None) else frame.with_rows(interp.heap, left)
    if isinstance(columns, int):
        names = _at(frame.columns, [columns]) or (None,)
        return table.column(names[0])
    if isinstance(columns, ListV):
        return table.part(interp.heap, None if columns.open else _at(frame.columns, columns.items))
    if not isinstance(columns, slice):
        return interp.unknown("part of a table")
    ends = (columns.start, columns.stop, columns.step)
    known = all(end is None or isinstance(end, int) for end in ends)
    kept = frame.columns[columns] if known and frame.columns is not None else None
    return table.part(interp.heap, kept)


def _at(columns: tuple[Column, ...] | None, places: Sequence[Value]) -> tuple[Column, ...] | None:
    """The columns at these places; None if unknown."""
    if columns is None:
        return None
    inside = range(-len(columns), len(columns))
    known = [columns[place] for place in places if type(place) is int and place in inside]
    return tuple(known) if len(known) == len(places) else None


def set_item(interp: Interpreter, frame: FrameV, key: Value, content: Value, site: Site) -> None:
    """``frame["name"] = column``"""
    interp.heap.touch(frame)
    if not _is_name(key):
        frame.forget(interp.heap)
        return
    if frame.columns is not None and key not in frame.columns:
        frame.columns = (*frame.columns, key)
    frame.held = {name: known for name, known in frame.held.items() if name != key}
    column = _vector(interp, content)
    if column is not None and column.spec.dims == (frame.rows,):  # else it is aligned, or refused
        frame.held = {**frame.held, key: held_column(column)}


def set_attribute(
    interp: Interpreter, frame: FrameV, name: str, content: Value, site: Site
) -> None:
    """``frame.name = column``, if there is one of this name; ``frame.columns = names``."""
    if frame.columns is not None and name in frame.columns:
        set_item(interp, frame, name, content, site)
    else:
        frame.forget(interp.heap)


def set_by_place(
    interp: Interpreter, places: ByPlaceV, key: Value, content: Value, site: Site
) -> None:
    """``frame.iloc[rows, columns] = content``: the columns stay, and may hold anything."""
    interp.heap.touch(places.frame)
    places.frame.held = {}


def delete_item(interp: Interpreter, frame: FrameV, key: Value) -> None:
    """``del frame["name"]``"""
    frame.forget(interp.heap)


def length(interp: Interpreter, frame: FrameV, site: Site) -> Value:
    return some_length(interp) if frame.rows is UNKNOWN else from_dim(frame.rows)


Method = Callable[[Interpreter, FrameV, Args, Keywords], Value]


def _called(
    interp: Interpreter, method: Method, frame: FrameV, args: Args, keywords: Keywords
) -> Value:
    if REST in keywords or keywords.get("inplace", False) not in (True, False):
        frame.forget(interp.heap)
        return interp.unknown("what a method of a table gives")
    return method(interp, frame, args, keywords)


def _in_place(interp: Interpreter, frame: FrameV, keywords: Keywords, made: FrameV) -> Value:
    """With ``inplace=True`` the table itself changes."""
    wanted = keywords.get("inplace", False)
    if wanted is False:
        return made
    interp.heap.touch(frame)
    frame.restore(made.snapshot())
    return None


def _drop(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    given = keywords.get("columns", args[0] if args else keywords.get("labels"))
    axis = args[1] if len(args) > 1 else keywords.get("axis", 0)
    names = (given,) if _is_name(given) else _names(given)
    of_columns = "columns" in keywords or axis in (1, "columns")
    columns = frame.columns
    if not of_columns and axis in (0, "index"):
        return _in_place(interp, frame, keywords, frame.with_rows(interp.heap, UNKNOWN))
    if not of_columns or columns is None or names is None or not set(names) <= set(columns):
        columns = None
    else:
        columns = tuple(name for name in columns if name not in names)
    return _in_place(interp, frame, keywords, frame.part(interp.heap, columns))


def _pop(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    name = args[0] if args else keywords.get("item")
    interp.heap.touch(frame)
    known = frame.columns is not None and _is_name(name) and frame.columns.count(name) == 1
    frame.columns = tuple(c for c in frame.columns or () if c != name) if known else None
    return frame.column(name) if _is_name(name) else frame.column()


def _fewer_rows(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    plain = not keywords.get("axis") and not any(isinstance(argument, str) for argument in args)
    made = frame.with_rows(interp.heap, UNKNOWN)
    return _in_place(interp, frame, keywords, made if plain else made.part(interp.heap, None))


def _copy(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    return frame.part(interp.heap, frame.columns)


def _converted(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """The same columns, of other types or content."""
    return _in_place(interp, frame, keywords, FrameV(interp.heap, frame.columns, frame.rows))


def _to_numpy(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    return frame.as_array()


_METHODS: dict[str, Method] = {
    "to_numpy": _to_numpy,
    "drop": _drop,
    "pop": _pop,
    "copy": _copy,
    **dict.fromkeys(("astype", "fillna", "shift", "diff"), _converted),
    **dict.fromkeys(("dropna", "drop_duplicates", "head", "tail", "sample"), _fewer_rows),
}
