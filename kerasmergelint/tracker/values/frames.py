"""A pandas table: its columns by name, what they hold, and its number of rows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.dtype_names import NUMBERS
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.values.arrays import MIXED, TEXTS
from kerasmergelint.tracker.values.graph import Role, TensorV
from kerasmergelint.tracker.values.heap import Heap, HeapObject

Column = str | int
"""The name of a column; those that are given none are numbered."""

Held = Mapping[Column, TensorV]
"""The columns whose content or type is known."""

FrameContent = tuple[tuple[Column, ...] | None, Dim, Held]
"""Columns, rows, and what is held."""

_NOTHING: Held = MappingProxyType({})


class FrameV(HeapObject):
    """A ``DataFrame``; ``columns`` is None if their names are unknown.

    ``held`` is replaced as a whole, never changed.
    """

    __slots__ = ("columns", "held", "rows")

    def __init__(
        self, heap: Heap, columns: tuple[Column, ...] | None, rows: Dim, held: Held = _NOTHING
    ) -> None:
        super().__init__(heap)
        self.columns = columns
        self.rows = rows
        self.held = held

    def snapshot(self) -> FrameContent:
        return (self.columns, self.rows, self.held)

    def restore(self, content: FrameContent) -> None:
        self.columns, self.rows, self.held = content

    def forget(self, heap: Heap) -> None:
        """Something may have changed it that was not followed."""
        heap.touch(self)
        self.restore((None, UNKNOWN, _NOTHING))

    def part(self, heap: Heap, columns: tuple[Column, ...] | None) -> FrameV:
        """The table with these of its columns only."""
        return FrameV(heap, columns, self.rows, self.held)

    def with_rows(self, heap: Heap, rows: Dim) -> FrameV:
        """So many of its rows, whichever they are: the types of the columns stay."""
        shape = Shape((rows,))
        held = {
            name: TensorV(replace(column.spec, shape=shape), role=Role.COLUMN)
            for name, column in self.held.items()
        }
        return FrameV(heap, self.columns, rows, held)

    def as_array(self) -> TensorV:
        """``frame.values``"""
        width: Dim = UNKNOWN if self.columns is None else len(self.columns)
        return TensorV(TensorSpec(Shape((self.rows, width)), self._dtype(), TensorKind.ARRAY))

    def _dtype(self) -> str | None:
        """That of all columns together, where some hold texts and some certainly numbers."""
        kinds = {self.held[name].spec.dtype for name in self.columns or () if name in self.held}
        return MIXED if TEXTS in kinds and kinds & NUMBERS else None

    def column(self, name: Column | None = None) -> TensorV:
        """One column."""
        if name is not None and name in self.held:
            return self.held[name]
        return TensorV(TensorSpec(Shape((self.rows,)), None, TensorKind.ARRAY), role=Role.COLUMN)


def held_column(array: TensorV) -> TensorV:
    """An array as pandas keeps it: texts are objects."""
    spec = replace(array.spec, dtype=TEXTS) if array.spec.dtype == "string" else array.spec
    return TensorV(spec, data=array.data, role=Role.COLUMN)


@dataclass(frozen=True, slots=True)
class ByPlaceV:
    """``frame.iloc``: rows and columns by position."""

    frame: FrameV


@dataclass(frozen=True, slots=True)
class ByLabelV:
    """``frame.loc``: rows and columns by label."""

    frame: FrameV


@dataclass(frozen=True, slots=True)
class StatisticV:
    """A number for each column of a table: ``frame.mean()``."""

    columns: tuple[Column, ...] | None
