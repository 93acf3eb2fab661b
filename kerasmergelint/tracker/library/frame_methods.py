"""The methods of a table, as far as they decide which columns and how many rows it has."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api.dtype_names import NUMBERS
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.library.frame_parts import is_name, names_in, rows_left
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.arrays import TEXTS
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.frames import FrameV, StatisticV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Value, named

Method = Callable[[Interpreter, FrameV, Args, Keywords], Value]


def called(
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
    names = (given,) if is_name(given) else names_in(given)
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
    known = frame.columns is not None and is_name(name) and frame.columns.count(name) == 1
    frame.columns = tuple(c for c in frame.columns or () if c != name) if known else None
    return frame.column(name) if is_name(name) else frame.column()


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


def _sampled(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``sample``: all rows in another order if ``frac`` is 1."""
    if (
        args
        or keywords.get("frac") != 1
        or set(keywords) - {"frac", "random_state", "ignore_index"}
    ):
        return _fewer_rows(interp, frame, args, keywords)
    return frame.with_rows(interp.heap, frame.rows)


def _first(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``head`` and ``tail``"""
    count = args[0] if args else keywords.get("n", 5)
    rows = rows_left(frame.rows, slice(count)) if isinstance(count, int) else UNKNOWN
    return frame.with_rows(interp.heap, rows)


def _ordered(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """The same rows in another order."""
    made = frame.with_rows(interp.heap, frame.rows)
    if keywords.get("axis", 0) not in (0, "index"):
        made = made.part(interp.heap, None)
    return _in_place(interp, frame, keywords, made)


def _numbered(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``reset_index``: without ``drop`` the index becomes a column of a name that is not known."""
    dropped = keywords.get("drop") is True and not args
    return _in_place(
        interp, frame, keywords, frame.part(interp.heap, frame.columns if dropped else None)
    )


def _indexed(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``set_index(name)``: the column is none of those any more."""
    name = args[0] if args else keywords.get("keys")
    known = frame.columns is not None and is_name(name) and frame.columns.count(name) == 1
    plain = known and not set(keywords) - {"keys", "inplace"} and len(args) < 2
    columns = tuple(c for c in frame.columns or () if c != name) if plain else None
    return _in_place(interp, frame, keywords, frame.part(interp.heap, columns))


def _renamed(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``rename(columns={...})``"""
    others = keywords.get("columns")
    known = isinstance(others, DictV) and not others.open and not args and frame.columns is not None
    found = None
    if known and isinstance(others, DictV):
        new = [others.items.get(name, name) for name in frame.columns or ()]
        found = tuple(name for name in new if is_name(name))
        found = found if len(found) == len(new) else None
    return _in_place(interp, frame, keywords, FrameV(interp.heap, found, frame.rows))


def _with_columns(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``assign(name=column)``"""
    new = [name for name in named(keywords) if name not in (frame.columns or ())]
    columns = None if frame.columns is None else (*frame.columns, *new)
    return FrameV(interp.heap, columns, frame.rows)


def _inserted(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``insert(place, name, column)`` changes the table itself."""
    bound = bind_native(interp, ("loc", "column", "value", "allow_duplicates"), args, keywords)
    place, name, columns = bound.get("loc"), bound.get("column"), frame.columns
    interp.heap.touch(frame)
    if columns is None or not is_name(name) or name in columns or "allow_duplicates" in bound:
        frame.forget(interp.heap)
    elif isinstance(place, int) and 0 <= place <= len(columns):
        frame.columns = (*columns[:place], name, *columns[place:])
    else:
        frame.forget(interp.heap)
    return None


def _reindexed(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``reindex(columns=names)``: these columns, whether the table had them or not."""
    plain = not args and not set(keywords) - {"columns", "fill_value"}
    names = names_in(keywords.get("columns")) if plain else None
    if not plain or "columns" not in keywords:
        return FrameV(interp.heap, None, UNKNOWN)
    return FrameV(interp.heap, names, frame.rows)


def _statistic(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``mean()`` and the like: a number for each column."""
    plain = not args and not set(keywords) - {"axis", "skipna"} and keywords.get("axis", 0) == 0
    return StatisticV(frame.columns) if plain else interp.unknown("a statistic of a table")


def _of_types(interp: Interpreter, frame: FrameV, args: Args, keywords: Keywords) -> Value:
    """``select_dtypes("number")``: the columns of numbers, where all types are known."""
    wanted = args[0] if len(args) == 1 else keywords.get("include")
    kinds = wanted.items if isinstance(wanted, ListV) and not wanted.open else [wanted]
    plain = len(args) + len(keywords) == 1 and len(kinds) == 1 and _is_of_numbers(kinds[0])
    names, types = frame.columns, frame.held
    if not plain or names is None or not all(name in types for name in names):
        return frame.part(interp.heap, None)
    found = {name: types[name].spec.dtype for name in names}
    known = set(found.values()) <= {TEXTS, *NUMBERS}
    numbers = tuple(name for name in names if found[name] in NUMBERS)
    return frame.part(interp.heap, numbers if known else None)


def _is_of_numbers(kind: Value) -> bool:
    return kind == "number" or (isinstance(kind, External) and kind.dotted == "numpy.number")


METHODS: dict[str, Method] = {
    "select_dtypes": _of_types,
    "to_numpy": _to_numpy,
    "drop": _drop,
    "pop": _pop,
    "copy": _copy,
    "sample": _sampled,
    "reset_index": _numbered,
    "set_index": _indexed,
    "rename": _renamed,
    "assign": _with_columns,
    "insert": _inserted,
    "reindex": _reindexed,
    **dict.fromkeys(("head", "tail"), _first),
    **dict.fromkeys(("sort_values", "sort_index"), _ordered),
    **dict.fromkeys(("mean", "std", "var", "min", "max", "median", "sum"), _statistic),
    **dict.fromkeys(
        ("astype", "fillna", "shift", "diff", "ffill", "bfill", "interpolate", "clip", "round", "abs",
         "replace", "pct_change"), _converted
    ),
    **dict.fromkeys(("dropna", "drop_duplicates"), _fewer_rows),
}  # fmt: skip
