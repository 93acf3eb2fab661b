"""``match``: whether a pattern fits a value, and what it binds."""

from __future__ import annotations

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.conditions import compare, identical
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.python.types import is_instance
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance, is_all_own
from kerasmergelint.tracker.values.value import External, UnknownV, Value

Bound = dict[str, Value]


def matches(
    interp: Interpreter, pattern: ir.MatchPattern, subject: Value, site: Site
) -> tuple[bool | None, Bound]:
    """Whether the pattern matches, None if unknown; and the names that it binds if it does."""
    bound: Bound = {}
    return _Matcher(interp, site).fits(pattern, subject, bound), bound


class _Matcher:
    def __init__(self, interp: Interpreter, site: Site) -> None:
        self._interp = interp
        self._site = site

    def fits(self, pattern: ir.MatchPattern, subject: Value, bound: Bound) -> bool | None:
        if pattern.kind == "value":
            assert pattern.expression is not None
            wanted = self._interp.evaluate(pattern.expression)
            return self._interp.truth(compare(self._interp, "==", subject, wanted, self._site))
        if pattern.kind == "singleton":
            assert pattern.expression is not None
            return identical(subject, self._interp.evaluate(pattern.expression))
        if pattern.kind == "as":
            answer = self.fits(pattern.children[0], subject, bound) if pattern.children else True
            if pattern.name is not None:
                bound[pattern.name] = subject
            return answer
        if pattern.kind == "or":
            return self._any(pattern, subject, bound)
        if pattern.kind == "sequence":
            return self._sequence(pattern, subject, bound)
        if pattern.kind == "mapping":
            return self._mapping(pattern, subject, bound)
        return self._object(pattern, subject, bound)

    def _all(self, parts: list[tuple[ir.MatchPattern, Value]], bound: Bound) -> bool | None:
        """Whether every part matches; stops at the first that does not."""
        answer: bool | None = True
        for pattern, subject in parts:
            fits = self.fits(pattern, subject, bound)
            if fits is False:
                return False
            answer = None if fits is None else answer
        return answer

    def _any(self, pattern: ir.MatchPattern, subject: Value, bound: Bound) -> bool | None:
        """The first alternative that matches binds the names; which one may be unknown."""
        unsure = False
        for child in pattern.children:
            found: Bound = {}
            fits = self.fits(child, subject, found)
            if fits is False:
                continue
            for name, value in found.items():
                clear = fits and not unsure
                bound[name] = value if clear else self._interp.unknown(f"what {name} is bound to")
            if fits:
                return True
            unsure = True
        return None if unsure else False

    def _object(self, pattern: ir.MatchPattern, subject: Value, bound: Bound) -> bool | None:
        """``Class(child, name=child)``: a test of the type, and of attributes."""
        assert pattern.expression is not None
        cls = self._interp.evaluate(pattern.expression)
        answer = is_instance(self._interp, subject, cls)
        if answer is False:
            return False
        count = len(pattern.children) - len(pattern.keys)
        parts = [
            (child, self._positional(subject, cls, index))
            for index, child in enumerate(pattern.children[:count])
        ]
        for name, child in zip(pattern.keys, pattern.children[count:]):
            parts.append((child, self._attribute(subject, name) if answer else self._unknown()))
        fits = self._all(parts, bound)
        return None if fits and answer is None else fits

    def _positional(self, subject: Value, cls: Value, index: int) -> Value:
        """The subject of a positional sub-pattern: a field, or for ``int(x)`` the value itself."""
        if isinstance(cls, ClassV):
            found = find(cls, "__match_args__")
            names = tuple(field for field, _ in cls.fields or ()) if found is None else found[1]
            name = names[index] if isinstance(names, tuple) and index < len(names) else None
            if isinstance(name, str):
                return self._attribute(subject, name)
        if isinstance(cls, External) and "." not in cls.dotted and index == 0:
            return subject
        return self._unknown()

    def _attribute(self, subject: Value, name: str) -> Value:
        return self._interp.attribute(subject, name, self._site)

    def _unknown(self) -> Value:
        return self._interp.unknown("part of an object")

    def _sequence(self, pattern: ir.MatchPattern, subject: Value, bound: Bound) -> bool | None:
        known = _is_sequence(subject)
        if known is False:
            return False
        items = self._interp.iterate(subject, self._site) if known else None
        children = pattern.children
        if items is None:
            unknown = [(child, self._unknown()) for child in children if child.kind != "star"]
            for child in children:
                if child.kind == "star" and child.name is not None:
                    bound[child.name] = self._unknown()
            return None if self._all(unknown, bound) is not False else False
        star = next((i for i, child in enumerate(children) if child.kind == "star"), None)
        if star is None:
            fits = len(items) == len(children)
            return self._all(list(zip(children, items)), bound) if fits else False
        after = len(children) - star - 1
        if len(items) < star + after:
            return False
        rest = items[star : len(items) - after]
        name = children[star].name
        if name is not None:
            bound[name] = ListV(self._interp.heap, rest)
        tail = items[len(items) - after :]
        return self._all([*zip(children[:star], items), *zip(children[star + 1 :], tail)], bound)

    def _mapping(self, pattern: ir.MatchPattern, subject: Value, bound: Bound) -> bool | None:
        if not isinstance(subject, DictV):
            own = isinstance(subject, Instance) and is_all_own(subject.cls)
            return None if isinstance(subject, (UnknownV, Instance)) and not own else False
        left = dict(subject.items)
        parts: list[tuple[ir.MatchPattern, Value]] = []
        for key_node, child in zip(pattern.keys, pattern.children):
            key = dict_key(self._interp.evaluate(key_node))
            if key is None or (key[0] not in left and subject.open):
                return None
            if key[0] not in left:
                return False
            parts.append((child, left.pop(key[0])))
        if pattern.name is not None:
            rest = DictV(self._interp.heap, left)
            rest.open, rest.reason = subject.open, subject.reason
            bound[pattern.name] = rest
        return self._all(parts, bound)


def _is_sequence(subject: Value) -> bool | None:
    """Whether patterns take it for a sequence; strings, sets and iterators are not."""
    if isinstance(subject, (tuple, range)):
        return True
    if isinstance(subject, ListV):
        return None if subject.open else True
    own = isinstance(subject, Instance) and is_all_own(subject.cls)
    return None if isinstance(subject, (UnknownV, Instance)) and not own else False
