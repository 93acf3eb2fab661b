"""Comprehensions and generator expressions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import aside, limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import (
    sets,
    targets,
)
from kerasmergelint.tracker.python.iterators import UNSURE, walk
from kerasmergelint.tracker.python.join import join_contents
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.values.constants import question_of
from kerasmergelint.tracker.values.containers import FILLED, DictV, GeneratorV, Items, ListV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.terms import is_asked_anew
from kerasmergelint.tracker.values.training import DatasetV
from kerasmergelint.tracker.values.value import Value, all_are

# Python compiles no more than that inside each other.
_MOST_FORS = 20


def comprehension(interp: Interpreter, node: ir.Comprehension) -> Value:
    """The first iterable is evaluated outside, everything else in a scope of its own."""
    if len(node.generators) > _MOST_FORS:
        return interp.unknown("a comprehension of too many loops")
    frame = interp.frame
    first = interp.evaluate(node.generators[0].iterable)
    inner = Scope(interp.heap, frame.scope, frame.module, "comprehension")
    elements = _elements_of(interp, node, first, 0)
    if node.kind == "generator":
        return GeneratorV(interp.heap, elements, aside.Suspension(interp, frame, inner))
    with aside.in_scope(interp, frame, inner):
        found = list(elements)
    known = [element for element in found if element is not UNSURE]
    return _collected(interp, node.kind, known, complete=len(known) == len(found))


def _collected(interp: Interpreter, kind: str, values: list[Value], *, complete: bool) -> Value:
    """The list, set or dict of all elements."""
    if kind == "dict":
        made = DictV(interp.heap, {})
        for pair in values:
            assert isinstance(pair, tuple)
            key = dict_key(pair[0])
            if key is None:
                made.open = True
            else:
                made.items[key[0]] = pair[1]
        made.open = made.open or not complete
        return made
    result = ListV(interp.heap, values) if kind == "list" else sets.of(interp, values)
    if not complete:
        result.open, result.reason = True, FILLED if values else ""
    return result


def _elements_of(interp: Interpreter, node: ir.Comprehension, iterable: Value, depth: int) -> Items:
    """The elements, for a dict pairs of key and value; UNSURE where there may be others."""
    generator = node.generators[depth]
    site = interp.site(node)
    unsure = False
    is_first = True
    for item in walk(interp, iterable, site):
        if item is UNSURE:
            element = _any_element(interp, node, iterable, depth)
            if is_first and _gives_one_each(node):
                alike = _for_all_rows(interp, iterable, element)
                if alike is not None:
                    yield from alike
                    return None
            yield UNSURE
            if is_first and node.kind == "list" and isinstance(element, TensorV):
                yield element  # the others have its shape
            return None
        is_first = False
        interp.step()
        targets.assign(interp, generator.target, item)
        passes, perhaps = True, False
        for condition in generator.conditions:
            test = interp.evaluate(condition)
            if interp.truth(test) is None and (
                interp.both_ways(test) or _is_left_to_chance(test, node)
            ):
                perhaps = unsure = True
            elif not interp.ask(test, site):
                passes = False
                break
        if not passes:
            continue
        if depth + 1 < len(node.generators):
            inner = interp.evaluate(node.generators[depth + 1].iterable)
            yield from _elements_of(interp, node, inner, depth + 1)
        elif perhaps:  # evaluated, but perhaps not among the elements
            if node.kind == "generator":
                yield UNSURE  # whoever takes the next element may get a later one
            with _with_or_without(interp):
                element = _element(interp, node)
            yield element
        else:
            yield _element(interp, node)
    if unsure:
        yield UNSURE
    return None


def _is_left_to_chance(test: Value, node: ir.Comprehension) -> bool:
    """Whether a random number decides about an item that is given as it is: each would double the paths."""
    return (
        isinstance(node.element, ir.Name) and node.key is None and is_asked_anew(question_of(test))
    )


def _element(interp: Interpreter, node: ir.Comprehension) -> Value:
    if node.key is None:
        return interp.evaluate(node.element)
    return (interp.evaluate(node.key), interp.evaluate(node.element))


def _any_element(interp: Interpreter, node: ir.Comprehension, iterable: Value, depth: int) -> Value:
    """One of an unknown number of elements: what fails for it is a finding only if there certainly is one."""
    element: Value = None
    certain = depth == 0 and _surely_has_some(iterable) and not _may_skip(node)
    with _with_or_without(interp), nullcontext() if certain else aside.unheard(interp):
        try:
            for generator in node.generators[depth:]:
                if generator is not node.generators[depth]:
                    iterable = interp.evaluate(generator.iterable)
                targets.assign(interp, generator.target, interp.any_item(iterable))
                for condition in generator.conditions:
                    interp.evaluate(condition)
            element = _element(interp, node)
        except Raised:
            if certain:
                raise
    return element if len(node.generators) == 1 else None


def _surely_has_some(iterable: Value) -> bool:
    """Whether it has an item: a pipeline that had none would train nothing."""
    if isinstance(iterable, TensorV):
        rows = (iterable.spec.dims or (None,))[0]
        return isinstance(rows, int) and rows > 0
    return isinstance(iterable, DatasetV) and not iterable.started


def _may_skip(node: ir.Comprehension) -> bool:
    """Whether an item may give no element, or several."""
    return len(node.generators) > 1 or bool(node.generators[0].conditions)


def _gives_one_each(node: ir.Comprehension) -> bool:
    """Whether a list gets an element for each item, and nothing else."""
    return node.kind == "list" and not _may_skip(node)


def _for_all_rows(interp: Interpreter, rows: Value, element: Value) -> list[Value] | None:
    """An element for each row of an array that is too long to go through; None if they may differ."""
    is_array = isinstance(rows, TensorV) and rows.spec.kind is TensorKind.ARRAY
    dims = rows.spec.dims if isinstance(rows, TensorV) and is_array and rows.data is None else None
    if not dims or not isinstance(dims[0], int) or not 0 < dims[0] <= limits.MAX_LENGTH:
        return None
    if _has_its_sizes(element):
        return [element] * dims[0]
    items = element.items if isinstance(element, ListV) and not element.open else []
    if not items or not all(map(_has_its_sizes, items)):
        return None
    return [ListV(interp.heap, list(items)) for _ in range(dims[0])]


def _has_its_sizes(element: Value) -> bool:
    """Whether it is an array whose sizes are numbers, which do not depend on the row."""
    dims = element.spec.dims if isinstance(element, TensorV) else None
    return dims is not None and all_are(dims, int)


@contextmanager
def _with_or_without(interp: Interpreter) -> Iterator[None]:
    """Within what may be evaluated or not: what it changes is joined with what it was."""
    with aside.noting_changes(interp) as changed:
        yield
    for thing, before in changed:
        join_contents(interp, thing, before)
