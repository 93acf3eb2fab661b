"""A pandas table: its columns by name, and its number of rows."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.heap import Heap, HeapObject

FrameContent = tuple[tuple[str, ...] | None, Dim]
"""Columns and rows."""


class FrameV(HeapObject):
    """A ``DataFrame``; ``columns`` is None if their names are unknown."""

    __slots__ = ("columns", "rows")

    def __init__(self, heap: Heap, columns: tuple[str, ...] | None, rows: Dim) -> None:
        super().__init__(heap)
        self.columns = columns
        self.rows = rows

    def snapshot(self) -> FrameContent:
        return (self.columns, self.rows)

    def restore(self, content: FrameContent) -> None:
        self.columns, self.rows = content

    def forget(self, heap: Heap) -> None:
        """Something may have changed it that was not followed."""
        heap.touch(self)
        self.columns, self.rows = None, UNKNOWN

    def as_array(self) -> TensorV:
        """``frame.values``"""
        width: Dim = UNKNOWN if self.columns is None else len(self.columns)
        return TensorV(TensorSpec(Shape((self.rows, width)), None, TensorKind.ARRAY))

    def column(self) -> TensorV:
        """One column, as an array."""
        return TensorV(TensorSpec(Shape((self.rows,)), None, TensorKind.ARRAY))


@dataclass(frozen=True, slots=True)
class ByPlaceV:
    """``frame.iloc``: rows and columns by position."""

    frame: FrameV
