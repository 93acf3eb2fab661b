"""Drawn expressions over a few symbols, and their value under every small assignment."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from kerasmergelint.shapes import Dim, add, ceildiv, floordiv, maximum, mul, sub, symbol

Assignment = dict[str, int]
NAMES = ("n", "m")


@dataclass(frozen=True)
class Tree:
    """An expression as the algebra has it, and as Python computes it."""

    dim: Dim
    value: Callable[[Assignment], int]
    text: str

    def __repr__(self) -> str:
        return self.text


def leaf(number: int) -> Tree:
    return Tree(number, lambda _: number, str(number))


def named(name: str) -> Tree:
    return Tree(symbol(name), lambda values: values[name], name)


OPERATIONS: dict[str, tuple[Callable[[Dim, Dim], Dim], Callable[[int, int], int]]] = {
    "+": (add, lambda a, b: a + b),
    "-": (sub, lambda a, b: a - b),
    "*": (mul, lambda a, b: a * b),
    "max": (maximum, max),
}
DIVISIONS: dict[str, tuple[Callable[[Dim, Dim], Dim], Callable[[int, int], int]]] = {
    "//": (floordiv, lambda a, b: a // b),
    "ceil": (ceildiv, lambda a, b: -(-a // b)),
}


def combined(operator: str, left: Tree, right: Tree) -> Tree:
    symbolic, numeric = {**OPERATIONS, **DIVISIONS}[operator]
    return Tree(
        symbolic(left.dim, right.dim),
        lambda values: numeric(left.value(values), right.value(values)),
        f"({left.text} {operator} {right.text})",
    )


def trees(*names: str, depth: int = 4) -> st.SearchStrategy[Tree]:
    """Expressions with these symbols; divisions only by positive constants."""
    leaves = st.one_of(
        st.sampled_from([named(name) for name in names]), st.integers(-3, 4).map(leaf)
    )

    def extend(children: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        plain = st.builds(combined, st.sampled_from(list(OPERATIONS)), children, children)
        divided = st.builds(
            combined, st.sampled_from(list(DIVISIONS)), children, st.integers(1, 4).map(leaf)
        )
        return st.one_of(plain, divided, divided)

    return st.recursive(leaves, extend, max_leaves=2 * depth)


def chains(name: str = "n") -> st.SearchStrategy[Tree]:
    """What down-sampling and up-sampling make of a size: halve, double, add, one after the other."""
    steps = st.lists(
        st.tuples(st.sampled_from(["//", "ceil", "*", "+", "-"]), st.sampled_from([1, 2, 2, 2, 3])),
        max_size=7,
    )
    return steps.map(lambda parts: chain(name, parts))


def there_and_back(name: str = "n") -> st.SearchStrategy[Tree]:
    """A size that is divided, and multiplied again by the same numbers, as in an hourglass."""
    halves = st.tuples(st.sampled_from(["//", "ceil"]), st.sampled_from([2, 2, 2, 3]))
    return st.lists(halves, max_size=4).map(
        lambda parts: chain(name, [*parts, *(("*", number) for _, number in reversed(parts))])
    )


def chain(name: str, steps: Iterable[tuple[str, int]]) -> Tree:
    tree = named(name)
    for operator, number in steps:
        tree = combined(operator, tree, leaf(number))
    return tree


def assignments(*names: str, low: int = -5, high: int = 13) -> Iterator[Assignment]:
    """Every assignment of small integers."""
    for values in itertools.product(range(low, high), repeat=len(names)):
        yield dict(zip(names, values))


def numeric(dim: Dim, values: Assignment) -> int:
    """The value of an expression of the algebra, computed from its text."""
    text = str(dim)
    return int(eval(text, {"__builtins__": {}, "max": max}, values))
