"""pandas, as far as it decides the shapes of arrays: which columns a table has."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from kerasmergelint.keras_api.dtype_names import NUMBERS
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, add
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.keras.convert import new_size
from kerasmergelint.tracker.library.frame_methods import METHODS, called
from kerasmergelint.tracker.library.frame_parts import is_name, names_in, rows_left
from kerasmergelint.tracker.library.opened import FileV, content_of, rest
from kerasmergelint.tracker.library.preparation import as_array, size_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.lengths import some_length
from kerasmergelint.tracker.python.own_exceptions import not_scaled
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.arrays import TEXTS
from kerasmergelint.tracker.values.constants import from_dim, is_number
from kerasmergelint.tracker.values.containers import FILLED, DictV, ListV
from kerasmergelint.tracker.values.frames import (
    ByLabelV,
    ByPlaceV,
    Column,
    FrameV,
    Held,
    StatisticV,
    held_column,
)
from kerasmergelint.tracker.values.graph import Role, Site, TensorV, is_column
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.operators import ARITHMETIC
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def _read(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A table of unknown columns; something else, if it is read in chunks."""
    if {"chunksize", "iterator", "squeeze"} & set(keywords):
        return interp.unknown("a file that is read in pieces")
    if keywords.get("header") is not None and not isinstance(keywords["header"], (int, str)):
        return interp.unknown("a table with names in several lines")
    return FrameV(interp.heap, None, UNKNOWN)


# What does not change which columns a table has.
_READS_ALIKE = frozenset(
    {"sep", "delimiter", "encoding", "dtype", "low_memory", "na_values", "nrows", "engine"}
)


def _read_csv(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``read_csv``: the columns are those of the first line, if the file stands in the project."""
    table = _read(interp, args, keywords, site)
    source = args[0] if len(args) == 1 else None
    if isinstance(table, FrameV) and set(keywords) <= _READS_ALIKE:
        separator = keywords.get("sep", keywords.get("delimiter", ","))
        if isinstance(separator, str) and len(separator) == 1:
            table.columns = _header(_text_at(interp, source), separator)
    return table


def _text_at(interp: Interpreter, source: Value) -> str | None:
    """The text of a file of this name, or of an open one."""
    if isinstance(source, FileV):
        return None if source.open else rest(interp, source)
    return content_of(interp, source) if isinstance(source, str) else None


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
    data, columns = interp.resolve(bound.get("data")), names_in(bound.get("columns"))
    if _in_levels(interp.resolve(bound.get("columns"))):
        return interp.unknown("a table whose names may have several levels")
    if isinstance(data, DictV) and "columns" not in bound:
        if data.open or not all(isinstance(key, str) for key in data.items):
            return FrameV(interp.heap, None, UNKNOWN)
        made = _of_columns(interp, data)
        return made if "index" not in bound else made.with_rows(interp.heap, UNKNOWN)
    records = _records(interp, data)
    if records is not None and "columns" not in bound:
        return records
    if data is None and "columns" not in bound and "index" in bound:
        return FrameV(interp.heap, (), _length_of(interp, bound["index"]))
    array = as_array(interp, data)
    dims = array.spec.dims if array is not None else None
    rows: Dim = dims[0] if dims is not None and len(dims) == 2 else UNKNOWN
    if dims is not None and len(dims) == 2 and "columns" not in bound:
        width = dims[1]
        columns = (
            tuple(range(width)) if isinstance(width, int) and width <= _MOST_NUMBERED else None
        )
    _refuse_other_width(interp, data, columns, site)
    held = {} if columns is None else _held_in_rows(data, columns)
    if held and isinstance(data, ListV):
        rows = len(data.items)
    return FrameV(interp.heap, columns, rows, held)


def _in_levels(columns: Value) -> bool:
    """Whether a name may stand for several columns, as in a ``MultiIndex`` or a list of tuples."""
    if isinstance(columns, ListV):
        return any(isinstance(name, (tuple, ListV)) for name in columns.items)
    return not (columns is None or names_in(columns) is not None)


_MOST_NUMBERED = 4096


def _refuse_other_width(
    interp: Interpreter, data: Value, columns: tuple[Column, ...] | None, site: Site
) -> None:
    """``DataFrame(array, columns=names)`` with more or fewer names than columns."""
    plain = isinstance(data, TensorV) and data.spec.kind is TensorKind.ARRAY
    dims = data.spec.dims if plain and isinstance(data, TensorV) and not is_column(data) else None
    if not dims or len(dims) > 2 or columns is None:
        return
    width = dims[1] if len(dims) == 2 else 1
    if never_equal(width, len(columns)):
        detail = f"an array {Shape(dims)} is no table of {len(columns)} columns"
        raise not_scaled(interp, detail, site)


def _length_of(interp: Interpreter, index: Value) -> Dim:
    """The number of labels in an index."""
    made = as_array(interp, index)
    return made.spec.dims[0] if made is not None and made.spec.dims else UNKNOWN


def _records(interp: Interpreter, data: Value) -> FrameV | None:
    """A table made of a list of dicts of the same keys, one for each row."""
    if not isinstance(data, ListV) or (data.open and data.reason != FILLED):
        return None
    rows = [interp.resolve(row) for row in data.items]
    dicts = [row for row in rows if isinstance(row, DictV) and not row.open]
    if not rows or len(dicts) < len(rows):
        return None
    names = list(dicts[0].items)
    if not all(map(is_name, names)) or any(list(row.items) != names for row in dicts):
        return None
    if data.open:
        return FrameV(interp.heap, tuple(names), UNKNOWN)
    columns = {name: _column([row.items[name] for row in dicts]) for name in names}
    held = {name: column for name, column in columns.items() if column is not None}
    return FrameV(interp.heap, tuple(names), len(dicts), held)


def _held_in_rows(data: Value, names: tuple[Column, ...]) -> Held:
    """The columns that a list of lists spells out."""
    rows = data.items if isinstance(data, ListV) and not data.open else []
    lists = [row.items if isinstance(row, ListV) and not row.open else row for row in rows]
    known = [row for row in lists if isinstance(row, (list, tuple)) and len(row) == len(names)]
    if not known or len(known) < len(lists):
        return {}
    columns = {name: _column(list(cells)) for name, cells in zip(names, zip(*known))}
    return {name: column for name, column in columns.items() if column is not None}


def _column(cells: list[Value]) -> TensorV | None:
    """A column of numbers or texts that are all known."""
    data = arrays.data_of(tuple(cells))
    made = None if data is None else arrays.make(data)
    return held_column(made) if made is not None and len(made.spec.dims or ()) == 1 else None


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
        return FrameV(interp.heap, names[0] if same else None, _sum(f.rows for f in frames))
    known = None not in names and "ignore_index" not in bound
    beside = tuple(name for columns in names for name in columns or ())
    return FrameV(interp.heap, beside if known else None, UNKNOWN)


def _sum(rows: Iterable[Dim]) -> Dim:
    return reduce(add, rows)


def binary(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """Each number of a table with one number, or with one of its column: the same rows and columns."""
    frame, other = (left, right) if isinstance(left, FrameV) else (right, left)
    if isinstance(right, StatisticV) and not isinstance(left, FrameV):
        frame, other = right, left
    if operator not in ARITHMETIC or not isinstance(frame, (FrameV, StatisticV)):
        return interp.unknown("an operator on a table")
    if isinstance(other, StatisticV):
        same = frame.columns if frame.columns == other.columns else None
    elif is_number(other):
        same = frame.columns
    else:
        return interp.unknown("an operator on a table")
    return (
        StatisticV(same) if isinstance(frame, StatisticV) else FrameV(interp.heap, same, frame.rows)
    )


def _series(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Series(values)``: a column."""
    known = _vector(interp, args[0] if args else keywords.get("data"))
    plain = known is not None and not set(keywords) - {"data", "name"} and len(args) < 2
    return held_column(known) if plain and known is not None else interp.unknown("a column")


def _dummies(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``get_dummies(column)``: a column for each of its values, in their order."""
    given = interp.resolve(args[0]) if len(args) == 1 else None
    if isinstance(given, FrameV):
        return FrameV(interp.heap, _dummy_columns(given, keywords), given.rows)
    known = _vector(interp, given)
    if known is None or set(keywords) - {"dtype"}:
        return interp.unknown("columns for the values of something")
    rows = (known.spec.dims or (UNKNOWN,))[0]
    values = None if known.data is None else sorted(set(arrays.flat(known.data)))
    return FrameV(interp.heap, None if values is None else tuple(values), rows)


def _dummy_columns(frame: FrameV, keywords: Keywords) -> tuple[Column, ...] | None:
    """Those that are left as they are, and then one for each value of the others."""
    if frame.columns is None or set(keywords) - {"columns", "dtype", "drop_first"}:
        return None
    fewer = keywords.get("drop_first", False)
    chosen = names_in(keywords["columns"]) if "columns" in keywords else _of_texts(frame)
    if chosen is None or type(fewer) is not bool or not set(chosen) <= set(frame.columns):
        return None
    made: list[Column] = [name for name in frame.columns if name not in chosen]
    for name in chosen:
        held = frame.held.get(name)
        known = [] if held is None or held.data is None else arrays.flat(held.data)
        values = sorted(set(known), key=str)
        if not values:
            return None
        made += [f"{name}_{value}" for value in values[fewer:]]
    return tuple(made)


def _of_texts(frame: FrameV) -> tuple[Column, ...] | None:
    """The columns that hold texts; None if not all types are known."""
    names = frame.columns or ()
    if not all(name in frame.held for name in names):
        return None
    kinds = {name: frame.held[name].spec.dtype for name in names}
    if not set(kinds.values()) <= {TEXTS, *NUMBERS}:
        return None
    return tuple(name for name in names if kinds[name] == TEXTS)


def _dates(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``date_range(start, periods=n)``: so many dates, which have the attributes of a column."""
    bound = bind_native(interp, ("start", "end", "periods", "freq"), args, keywords)
    given = bound.get("periods")
    count = UNKNOWN if given is None or set(keywords) & {"closed", "inclusive"} else size_of(given)
    return TensorV(TensorSpec(Shape((count,)), None, TensorKind.ARRAY), role=Role.COLUMN)


def _read_as(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``to_datetime(column)`` and ``to_numeric(column)``: as many values of another type."""
    given = interp.resolve(args[0]) if args else None
    if not isinstance(given, TensorV) or len(given.spec.dims or ()) != 1:
        return interp.unknown("values of another type")
    spec = TensorSpec(given.spec.shape, None, given.spec.kind)
    return TensorV(spec, role=Role.COLUMN)


FUNCTIONS: dict[str, Native] = {
    "pandas.date_range": _dates,
    "pandas.to_datetime": _read_as,
    "pandas.to_numeric": _read_as,
    "pandas.Series": _series,
    "pandas.get_dummies": _dummies,
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
        sizes = (new_size(interp) if size is UNKNOWN else size for size in (frame.rows, width))
        return tuple(map(from_dim, sizes))
    if name == "iloc":
        return ByPlaceV(frame)
    if name == "loc":
        return ByLabelV(frame)
    if name == "columns" and frame.columns is not None:
        return ListV(interp.heap, list(frame.columns))
    method = METHODS.get(name)
    if method is not None:
        return NativeV(name, lambda again, a, k, s: called(again, method, frame, a, k))
    if frame.columns is not None and name in frame.columns:
        return frame.column(name)
    if name not in _CHANGES_NOTHING:
        frame.forget(interp.heap)
    return interp.unknown(f"the attribute {name} of a table")


_CHANGES_NOTHING = frozenset(
    {"info", "describe", "plot", "hist", "boxplot", "corr", "cov", "isnull", "isna", "notnull", "notna",
     "dtypes", "index", "size", "ndim", "empty", "groupby", "value_counts", "nunique", "memory_usage",
     "count", "iterrows", "itertuples", "to_csv",
     "select_dtypes", "T", "apply", "merge"}
)  # fmt: skip


def item(interp: Interpreter, frame: FrameV, key: Value, site: Site) -> Value:
    """``frame[key]``: one column, several columns, or some rows."""
    key = interp.resolve(key)
    if is_name(key):
        if (frame.columns or ()).count(key) > 1:
            return interp.unknown("columns of the same name")
        return frame.column(key)
    names = names_in(key) if isinstance(key, ListV) else None
    if names is not None:
        return frame.part(interp.heap, names)
    if isinstance(key, TensorV) and key.spec.dtype == "bool" and len(key.spec.dims or ()) == 1:
        return frame.with_rows(interp.heap, UNKNOWN)
    if isinstance(key, slice):
        return frame.with_rows(interp.heap, rows_left(frame.rows, key))
    return interp.unknown("part of a table")


def set_item(interp: Interpreter, frame: FrameV, key: Value, content: Value, site: Site) -> None:
    """``frame["name"] = column``"""
    interp.heap.touch(frame)
    if not is_name(key):
        frame.forget(interp.heap)
        return
    if frame.columns is not None and key not in frame.columns:
        frame.columns = (*frame.columns, key)
    frame.held = {name: known for name, known in frame.held.items() if name != key}
    _refuse_other_rows(interp, frame, content, site)
    column = _vector(interp, content)
    if column is not None and column.spec.dims == (frame.rows,):  # else it is aligned, or refused
        frame.held = {**frame.held, key: held_column(column)}


def _refuse_other_rows(interp: Interpreter, frame: FrameV, content: Value, site: Site) -> None:
    """``frame["name"] = array`` of another length: a series is aligned instead."""
    array = interp.resolve(content)
    dims = array.spec.dims if isinstance(array, TensorV) else None
    if not dims or not isinstance(array, TensorV) or frame.columns in (None, ()):
        return
    fresh = array.spec.kind is TensorKind.ARRAY and not is_column(array)
    if fresh and isinstance(frame.rows, int) and never_equal(dims[0], frame.rows):
        detail = f"an array {array.spec.shape} is no column of a table of {frame.rows} rows"
        raise not_scaled(interp, detail, site)


def set_attribute(
    interp: Interpreter, frame: FrameV, name: str, content: Value, site: Site
) -> None:
    """``frame.name = column``, if there is one of this name; ``frame.columns = names``."""
    if frame.columns is not None and name in frame.columns:
        set_item(interp, frame, name, content, site)
    else:
        frame.forget(interp.heap)


def delete_item(interp: Interpreter, frame: FrameV, key: Value) -> None:
    """``del frame["name"]``"""
    frame.forget(interp.heap)


def length(interp: Interpreter, frame: FrameV, site: Site) -> Value:
    return some_length(interp) if frame.rows is UNKNOWN else from_dim(frame.rows)
