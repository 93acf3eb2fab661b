"""``match``: whether a pattern fits a value, and what it binds."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.conditions import equal
from kerasmergelint.tracker.python.targets import bind
from kerasmergelint.tracker.python.types import is_instance
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.value import External, UnknownV, Value


def matches(
    interp: Interpreter, pattern: ir.MatchPattern, subject: Value, site: Site
) -> bool | None:
    """Whether the pattern fits; None if that is not known.  Binds names as it goes."""
    if pattern.kind in ("value", "singleton"):
        assert pattern.expression is not None
        return equal(interp, subject, interp.evaluate(pattern.expression))
    if pattern.kind == "as":
        fits = matches(interp, pattern.children[0], subject, site) if pattern.children else True
        if fits is not False and pattern.name is not None:
            bind(interp, pattern.name, subject)
        return fits
    if pattern.kind == "or":
        answers = [matches(interp, child, subject, site) for child in pattern.children]
        return True if True in answers else None if None in answers else False
    if pattern.kind == "sequence":
        return _sequence(interp, pattern, subject, site)
    if pattern.kind == "mapping":
        return _mapping(interp, pattern, subject, site)
    return _object(interp, pattern, subject, site)


def _object(
    interp: Interpreter, pattern: ir.MatchPattern, subject: Value, site: Site
) -> bool | None:
    """``Class(child, name=child)``: a test of the type, and of attributes."""
    assert pattern.expression is not None
    cls = interp.evaluate(pattern.expression)
    fits = is_instance(interp, subject, cls)
    if fits is False:
        return False
    count = len(pattern.children) - len(pattern.keys)
    positional, named = pattern.children[:count], pattern.children[count:]
    answers: list[bool | None] = [fits]
    for index, child in enumerate(positional):
        answers.append(matches(interp, child, _part(interp, subject, cls, index), site))
    for name, child in zip(pattern.keys, named):
        part = interp.attribute(subject, name, site) if fits else interp.unknown("an attribute")
        answers.append(matches(interp, child, part, site))
    return False if False in answers else None if None in answers else True


def _part(interp: Interpreter, subject: Value, cls: Value, index: int) -> Value:
    """What a positional sub-pattern is about: a field, or for ``int(x)`` the value itself."""
    if isinstance(cls, ClassV) and cls.fields and isinstance(subject, Instance):
        names = [name for name, _ in cls.fields]
        return subject.attributes.get(names[index]) if index < len(names) else None
    if isinstance(cls, External) and "." not in cls.dotted and index == 0:
        return subject
    return interp.unknown("part of an object")


def _sequence(
    interp: Interpreter, pattern: ir.MatchPattern, subject: Value, site: Site
) -> bool | None:
    if isinstance(subject, (str, DictV)) or subject is None or isinstance(subject, (int, float)):
        return False
    items = None if isinstance(subject, UnknownV) else interp.iterate(subject, site)
    if items is None:
        for child in pattern.children:
            matches(interp, child, interp.unknown("part of an unknown sequence"), site)
        return None
    star = next((i for i, c in enumerate(pattern.children) if c.kind == "star"), None)
    count = len(pattern.children)
    if (star is None and len(items) != count) or (star is not None and len(items) < count - 1):
        return False
    answers: list[bool | None] = []
    for index, child in enumerate(pattern.children):
        if index == star:
            rest = items[index : len(items) - (count - index - 1)]
            if child.name is not None:
                bind(interp, child.name, ListV(interp.heap, rest))
            continue
        position = index if star is None or index < star else len(items) - (count - index)
        answers.append(matches(interp, child, items[position], site))
    return False if False in answers else None if None in answers else True


def _mapping(
    interp: Interpreter, pattern: ir.MatchPattern, subject: Value, site: Site
) -> bool | None:
    if not isinstance(subject, DictV):
        return None if isinstance(subject, UnknownV) else False
    answers: list[bool | None] = []
    for key_node, child in zip(pattern.keys, pattern.children):
        key = interp.evaluate(key_node)
        if key not in subject.items:
            return None if subject.open else False
        answers.append(matches(interp, child, subject.items[key], site))
    return False if False in answers else None if None in answers else True
