"""Numbers for sizes that the program leaves open.

A finding holds for all values of its symbols, so any one of them will do for a try.
"""

from __future__ import annotations

from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, Expr, OpenShape, Shape
from kerasmergelint.shapes.dim import FloorDiv, Max, Symbol

# Divisible often enough for networks that keep halving, and small enough to build quickly.
USUAL_SIZE = 64


class Impossible(Exception):
    """No such size exists; the message says why, for the user."""


class Choices:
    """A value for each symbol, chosen on first use; ``told`` lists those that were used."""

    def __init__(self) -> None:
        self._values: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._values)

    @property
    def told(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in sorted(self._values.items()))

    def value(self, dim: int | Expr) -> int:
        """A number for a symbolic size.

        >>> from kerasmergelint.shapes.dim import add, symbol
        >>> Choices().value(add(symbol("n"), 1))
        65
        """
        if isinstance(dim, int):
            return dim
        result = 0
        for monomial, coefficient in dim.terms:
            product = coefficient
            for atom in monomial:
                product *= self._atom(atom)
            result += product
        return result

    def _atom(self, atom: Symbol | FloorDiv | Max) -> int:
        if isinstance(atom, Symbol):
            return self._values.setdefault(atom.name, USUAL_SIZE)
        if isinstance(atom, FloorDiv):
            divisor = self.value(atom.denominator)
            if divisor == 0:
                raise Impossible("a size would be divided by zero")
            return self.value(atom.numerator) // divisor
        return max(map(self.value, atom.operands))

    def dims(self, shape: AnyShape, rank: int) -> tuple[list[int | None], bool]:
        """Sizes for a shape, and whether any of them is a guess for one that is entirely unknown."""
        known: tuple[Dim, ...] = shape.dims if isinstance(shape, Shape) else shape.tail
        guessed = False
        if isinstance(shape, OpenShape):
            missing = max(rank, shape.min_rank) - len(known)
            known = (UNKNOWN,) * missing + known
            guessed = True
        sizes: list[int | None] = []
        for axis, dim in enumerate(known):
            if isinstance(dim, (int, Expr)):
                sizes.append(self.value(dim))
            elif dim is None:
                sizes.append(None)
            else:
                guessed = True
                sizes.append(USUAL_SIZE if axis else None)
        if any(size is not None and size < 0 for size in sizes):
            raise Impossible("a size would be negative")
        return sizes, guessed
