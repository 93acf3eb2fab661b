"""What follows from the values that were chosen: sums and lengths of them are no choices of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from kerasmergelint.tracker.values.operators import ARITHMETIC
from kerasmergelint.tracker.values.terms import Term

# Without powers and shifts, which may take any time.
_OPERATORS: Final = frozenset({"+", "-", "*", "/", "//", "%"})
_FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "int": int, "float": float, "abs": abs, "round": round, "max": max, "min": min,
}  # fmt: skip


def computed(term: Term, equal: Mapping[Term, object]) -> int | float | None:
    """The number that a term comes to, if those in it are known; None if not.

    >>> computed(("+", ("call", ("name", "int"), ("opaque", 3)), 1), {("opaque", 3): 8})
    9
    """
    if type(term) in (int, float):
        return term  # type: ignore[no-any-return]
    if not isinstance(term, tuple) or not term:
        return None
    if term in equal:
        known = equal[term]
        return known if isinstance(known, (int, float)) and type(known) is not bool else None
    function, parts = _operation(term)
    numbers = [computed(part, equal) for part in parts]
    if function is None or not numbers or None in numbers:
        return None
    try:
        found = function(*numbers)
    except (ArithmeticError, TypeError, ValueError):
        return None
    return found if isinstance(found, (int, float)) else None


def _operation(term: tuple[Any, ...]) -> tuple[Callable[..., Any] | None, tuple[Term, ...]]:
    head, *parts = term
    if head in _OPERATORS and len(parts) == 2:
        return ARITHMETIC[head], tuple(parts)
    if head == "call" and isinstance(parts[0], tuple) and parts[0][:1] == ("name",):
        return _FUNCTIONS.get(parts[0][1]), tuple(parts[1:])
    return None, ()
