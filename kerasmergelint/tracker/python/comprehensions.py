"""Comprehensions and generator expressions."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import (
    sets,
    targets,
)
from kerasmergelint.tracker.python.iterators import UNSURE, walk
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.values.containers import FILLED, DictV, GeneratorV, Items, ListV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.value import Value

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
        if found == [UNSURE] and node.kind == "list" and len(node.generators) == 1:
            found += _any_element(interp, node, first)
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


def _any_element(interp: Interpreter, node: ir.Comprehension, iterable: Value) -> list[Value]:
    """One of an unknown number of elements, if it is a tensor: the others have its shape."""
    with aside.forgotten(interp):
        try:
            targets.assign(interp, node.generators[0].target, interp.any_item(iterable))
            element = interp.evaluate(node.element)
        except Raised:
            return []
    return [element] if isinstance(element, TensorV) else []


def _elements_of(interp: Interpreter, node: ir.Comprehension, iterable: Value, depth: int) -> Items:
    """The elements, for a dict pairs of key and value; UNSURE where there may be others."""
    generator = node.generators[depth]
    site = interp.site(node)
    unsure = False
    for item in walk(interp, iterable, site):
        if item is UNSURE:
            yield UNSURE
            return None
        interp.step()
        targets.assign(interp, generator.target, item)
        passes = True
        for condition in generator.conditions:
            test = interp.evaluate(condition)
            if interp.truth(test) is None and interp.both_ways(test):
                unsure = True  # evaluated, but perhaps not among the elements
            elif not interp.ask(test, site):
                passes = False
                break
        if not passes:
            continue
        if depth + 1 < len(node.generators):
            inner = interp.evaluate(node.generators[depth + 1].iterable)
            yield from _elements_of(interp, node, inner, depth + 1)
        elif node.key is None:
            yield interp.evaluate(node.element)
        else:
            yield (interp.evaluate(node.key), interp.evaluate(node.element))
    if unsure:
        yield UNSURE
    return None
