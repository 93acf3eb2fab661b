"""``old op= value``: changes lists, dicts, sets, arrays, and objects with a method for it."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import arithmetic, special
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.memory import replaced
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Value

_CHANGING = {ListV: ("*",), DictV: ("|",), SetV: ("|", "&", "-", "^")}


def augmented(interp: Interpreter, operator: str, old: Value, right: Value, site: Site) -> Value:
    """The new value of the target: the old object, or another if nothing changes in place."""
    if isinstance(old, ListV) and operator == "+":
        return _extended(interp, old, right, site)
    if isinstance(old, Instance):
        result = special.in_place(interp, operator, old, right, site)
        if result != special.NOT_IMPLEMENTED:
            return result
    result = replaced(old, arithmetic.binary(interp, operator, old, right, site))
    if isinstance(old, (ListV, DictV, SetV)) and operator in _CHANGING[type(old)]:
        return _replaced(interp, old, result)
    return result


def _extended(interp: Interpreter, old: ListV, right: Value, site: Site) -> ListV:
    interp.heap.touch(old)
    items = interp.iterate(right, site)
    if items is None:
        old.open, old.reason = True, "extended by an unknown sequence"
    else:
        old.items.extend(items)
        if old.most is not None:
            old.open, old.reason = True, "a deque that may be full was extended"
    return old


def _replaced(interp: Interpreter, old: ListV | DictV | SetV, new: Value) -> Value:
    """The old object with the content of the new one."""
    interp.heap.touch(old)
    if isinstance(old, DictV) and isinstance(new, DictV):
        old.restore(new.snapshot())
        return old
    if isinstance(old, (ListV, SetV)) and isinstance(new, type(old)):
        old.restore(new.snapshot())
        return old
    old.open, old.reason = True, "changed in a way that is not known"
    return old
