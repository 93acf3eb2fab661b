"""The words for the values of a witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kerasmergelint.shapes import format_shape
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.tracker.machine.witness import Given
from kerasmergelint.tracker.program.witnesses.candidates import Condition, Sequence
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.terms import Term, text
from kerasmergelint.tracker.values.value import Value


def named(chosen: Mapping[Term, Value], reasons: Mapping[Term, str]) -> tuple[Given, ...]:
    """The chosen values in order, each once; items are shown within their lists."""
    found = (
        _given(term, value, chosen, reasons)
        for term, value in chosen.items()
        if not _is_inside(term, chosen)
    )
    return tuple(dict.fromkeys(found))


def _is_inside(term: Term, chosen: Mapping[Term, Value]) -> bool:
    """Whether this is an item, at any depth, of a list that was chosen."""
    while isinstance(term, tuple) and term[:1] == ("item",):
        term = term[1]
        if isinstance(chosen.get(term), Sequence):
            return True
    return False


def _given(
    term: Term, value: Value, chosen: Mapping[Term, Value], reasons: Mapping[Term, str]
) -> Given:
    name = text(term)
    return Given(
        name if is_readable(name) else None,
        _shown(term, value, chosen),
        reasons.get(term, ""),
        isinstance(value, TensorV),
        isinstance(term, tuple) and term[:1] == ("param",),
    )


def _shown(term: Term, value: Value, chosen: Mapping[Term, Value]) -> str:
    if isinstance(value, TensorV):
        return format_shape(value.spec.shape)
    if isinstance(value, Condition):
        return repr(value.answer)
    if isinstance(value, Sequence):
        return _listed(list(_items(term, value.length, chosen)), mutable=value.mutable)
    return repr(value)


def _listed(items: list[str], *, mutable: bool) -> str:
    if mutable:
        return f"[{', '.join(items)}]"
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def _items(term: Term, length: int, chosen: Mapping[Term, Value]) -> Iterator[str]:
    """The items; those that nothing asked for may be anything."""
    for index in range(length):
        item = ("item", term, index)
        inner = [
            part[2] for part in chosen if isinstance(part, tuple) and part[:2] == ("item", item)
        ]
        numbers = [part for part in inner if type(part) is int and part >= 0]
        if item in chosen:
            yield _shown(item, chosen[item], chosen)
        elif numbers:
            yield _listed(list(_items(item, max(numbers) + 1, chosen)), mutable=True)
        else:
            yield "..."
