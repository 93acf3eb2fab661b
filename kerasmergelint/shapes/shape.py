"""Shapes: of known rank, or of unknown rank with a known tail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Union

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes.dim import UNKNOWN, Dim


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of known rank; the batch axis is one of its dimensions.

    >>> Shape((None, 8)).rank
    2
    """

    dims: tuple[Dim, ...]

    @property
    def rank(self) -> int:
        return len(self.dims)

    def __iter__(self) -> Iterator[Dim]:
        return iter(self.dims)

    def __str__(self) -> str:
        return format_shape(self)


@dataclass(frozen=True, slots=True)
class OpenShape:
    """A shape of unknown rank with known last dimensions.

    ``min_rank`` is its least possible rank, never less than the length of the tail.  ``untraced``: it
    is TensorFlow that does not know the rank, while it traces; when the tensor is there, it has one.
    """

    tail: tuple[Dim, ...] = ()
    min_rank: int = 0
    untraced: bool = False

    def __post_init__(self) -> None:
        if self.min_rank < len(self.tail):
            object.__setattr__(self, "min_rank", len(self.tail))

    def __str__(self) -> str:
        return format_shape(self)


AnyShape = Union[Shape, OpenShape]

ANY_SHAPE: Final = OpenShape()
UNTRACED: Final = OpenShape(untraced=True)


def is_untraced(shape: AnyShape) -> bool:
    """Whether TensorFlow does not know the rank while it traces."""
    return isinstance(shape, OpenShape) and shape.untraced


def last_dim(shape: AnyShape) -> Dim:
    """The last dimension; unknown if there may be none."""
    dims = shape.dims if isinstance(shape, Shape) else shape.tail
    return dims[-1] if dims else UNKNOWN


def format_shape(shape: AnyShape) -> str:
    """A shape as Keras writes it, with ``?`` for unknown and ``...`` for unknown leading dimensions.

    >>> format_shape(Shape((None, 3, UNKNOWN)))
    '(None, 3, ?)'
    >>> format_shape(OpenShape((5,)))
    '(..., 5)'
    """
    dims = shape.dims if isinstance(shape, Shape) else shape.tail
    words = ["?" if dim is UNKNOWN else str(dim) for dim in dims]
    if isinstance(shape, OpenShape):
        words.insert(0, "...")
    elif len(words) == 1:
        return f"({words[0]},)"
    return f"({', '.join(words)})"
