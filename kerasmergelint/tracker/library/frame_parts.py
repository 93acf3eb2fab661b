"""Rows and columns of a table: ``frame[a:b]``, ``frame.iloc`` by position, ``frame.loc`` by label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from kerasmergelint.shapes import UNKNOWN, Dim
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.frames import ByLabelV, ByPlaceV, Column
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Value


def names_in(value: Value) -> tuple[Column, ...] | None:
    """A list of column names; None if not all are known."""
    items = value.items if isinstance(value, ListV) and not value.open else value
    if isinstance(items, (list, tuple)) and all(map(is_name, items)):
        return tuple(items)
    return None


def is_name(value: Value) -> TypeGuard[Column]:
    return isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool))


def rows_left(rows: Dim, kept: slice) -> Dim:
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
    left = rows_left(frame.rows, rows)
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


def set_by_place(
    interp: Interpreter, places: ByPlaceV, key: Value, content: Value, site: Site
) -> None:
    """``frame.iloc[rows, columns] = content``: the columns stay, and may hold anything."""
    interp.heap.touch(places.frame)
    places.frame.held = {}


def by_label(interp: Interpreter, labels: ByLabelV, key: Value, site: Site) -> Value:
    """``frame.loc[rows, columns]``: which rows are left is not known, unless all are."""
    rows, columns = key if isinstance(key, tuple) and len(key) == 2 else (key, slice(None))
    frame, rows, columns = labels.frame, interp.resolve(rows), interp.resolve(columns)
    if not isinstance(rows, (slice, ListV, TensorV)):
        return interp.unknown("part of a table")
    table = frame if rows == slice(None) else frame.with_rows(interp.heap, UNKNOWN)
    if is_name(columns):
        alone = (table.columns or ()).count(columns) < 2
        return table.column(columns) if alone else interp.unknown("columns of the same name")
    return table.part(interp.heap, _labelled(table.columns, columns))


def _labelled(columns: tuple[Column, ...] | None, wanted: Value) -> tuple[Column, ...] | None:
    """The columns of a list of names, or from one name to another, which is included."""
    if not isinstance(wanted, slice):
        return names_in(wanted)
    if columns is None or wanted.step is not None:
        return None
    ends = (wanted.start, wanted.stop)
    if any(end is not None and columns.count(end) != 1 for end in ends):
        return None
    first = 0 if wanted.start is None else columns.index(wanted.start)
    last = len(columns) if wanted.stop is None else columns.index(wanted.stop) + 1
    return columns[first:last]


def set_by_label(
    interp: Interpreter, labels: ByLabelV, key: Value, content: Value, site: Site
) -> None:
    """``frame.loc[rows, column] = content`` may add a column, and a row if it names one."""
    frame = labels.frame
    interp.heap.touch(frame)
    rows, column = key if isinstance(key, tuple) and len(key) == 2 else (key, None)
    if not isinstance(interp.resolve(rows), (slice, TensorV)):
        frame.rows = UNKNOWN
    if column is not None and frame.columns is not None and column not in frame.columns:
        frame.columns = (*frame.columns, column) if is_name(column) else None
    frame.held = {}
