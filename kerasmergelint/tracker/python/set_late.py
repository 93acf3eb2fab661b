"""What an object has at first in the place of what other code sets or fills before it is used.

``build`` leaves ``self.keys`` None, ``prepare`` sets it, and ``call`` reads it: whoever calls the layer has
prepared it.  A network has 0 classes until it has seen its labels.  Where a method or function is entered
that nobody calls, such values are open, if the file sets them anywhere but where objects are made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, TypeGuard

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import filled_by, targets_of, walk
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.objects import ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.value import Value

# What runs when an object is made, or before it is used for the first time.
_FIRST = frozenset({"__init__", "__post_init__", "build"})
_NOTHING: frozenset[str] = frozenset()
_MOST_ITEMS = 1_000  # of a list that are looked at

Holder = Instance | ClassV


def open_late(
    interp: Interpreter,
    holder: Holder,
    others: Collection[str] = _NOTHING,
    entered: ir.FunctionCode | None = None,
) -> None:
    """Open what stands for nothing yet, where its file sets or fills it later, or ``others`` do.

    Nothing is, unless failures are looked at again.  What is only counted is open if somebody counts it
    whom the function that is ``entered`` does not call.  A class has its own attributes, but seldom
    those that are set: its instances have.
    """
    if not interp.opens_late:
        return
    held = holder.namespace if isinstance(holder, ClassV) else _attributes(holder)
    waiting = {name: value for name, value in held.items() if _stands_for_nothing(value)}
    if not waiting:
        return
    late = _late_for(interp, holder if isinstance(holder, ClassV) else holder.cls)
    for name, value in waiting.items():
        assigned = name in others or late.assigns(name) or late.counts(name, entered)
        if isinstance(value, (ListV, DictV, SetV)):
            if assigned or name in late.filled:
                _open_container(interp, value)
        elif assigned and isinstance(holder, Instance):
            interp.heap.touch(holder)
            holder.attributes[name] = interp.unknown(f"{name} may be set by another method")


def open_all_late(
    interp: Interpreter,
    things: Iterable[Value],
    others: Collection[str] = _NOTHING,
    entered: ir.FunctionCode | None = None,
) -> None:
    """The same for all objects among things, and for those that they hold."""
    waiting = list(things) if interp.opens_late else []
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, (Instance, ClassV, ListV, DictV)) or thing.serial in seen:
            continue
        seen.add(thing.serial)
        if isinstance(thing, (Instance, ClassV)):
            open_late(interp, thing, others, entered)
        waiting.extend(_inside(thing))


def is_empty_array(value: Value) -> bool:
    """Whether a value is an array, or a tensor on data, without items."""
    return _is_array(value) and 0 in (value.spec.dims or ())


def _is_array(value: Value) -> TypeGuard[TensorV]:
    return isinstance(value, TensorV) and value.spec.kind in _DATA


_DATA = (TensorKind.ARRAY, TensorKind.EAGER)


def _inside(thing: Holder | ListV | DictV) -> Iterable[Value]:
    if isinstance(thing, Instance):
        return thing.attributes.values()
    if isinstance(thing, ClassV):
        return thing.namespace.values()
    return thing.items.values() if isinstance(thing, DictV) else thing.items[:_MOST_ITEMS]


def _attributes(instance: Instance) -> dict[str, Value]:
    """The attributes of an object, with those of its class that it does not have itself."""
    found: dict[str, Value] = {}
    for cls in reversed(instance.cls.mro):
        if isinstance(cls, ClassV):
            found.update(
                (name, value)
                for name, value in cls.namespace.items()
                if not name.startswith("__") and not isinstance(value, (ListV, DictV, SetV))
            )
    return {**found, **instance.attributes}


def _stands_for_nothing(value: Value) -> bool:
    """Whether a value is one that stands for another that is not there yet, as None, 0 and "" do."""
    if isinstance(value, (ListV, DictV, SetV)):
        items = value.items.values() if isinstance(value, DictV) else value.items
        return not items or any(_is_nothing(item) for item in list(items)[:_MOST_ITEMS])
    return _is_nothing(value) or _is_array(value)


def _is_nothing(value: Value) -> bool:
    if isinstance(value, (bool, int, float)):
        return value is not True and value in (0, -1)
    if isinstance(value, tuple):
        return all(map(_is_nothing, value))
    return value is None or (isinstance(value, str) and not value)


def _open_container(interp: Interpreter, container: ListV | DictV | SetV) -> None:
    reason = "it may be filled by another method"
    interp.heap.touch(container)
    if not container.items:
        container.open, container.reason = True, reason
    elif isinstance(container, DictV):
        for key, item in container.items.items():
            if _is_nothing(item):
                container.items[key] = interp.unknown(reason)
    elif isinstance(container, ListV):
        container.items = [
            interp.unknown(reason) if _is_nothing(item) else item for item in container.items
        ]


# -- who sets what ------------------------------------------------------------------------------


def sets_late(body: tuple[ir.Statement, ...]) -> bool:
    """Whether a file sets or fills attributes anywhere but where objects are made."""
    late = _late_in(body, ())
    return late.any or bool(late.assigned or late.filled or late.counted)


@dataclass(frozen=True, slots=True)
class _Late:
    """The attributes, of whatever object, that functions set, and those that they fill.

    ``counted`` are those that get a value made of their own, by the names of the functions.  ``any`` is
    set if attributes of unknown names are set.
    """

    functions: dict[str, list[ir.FunctionCode]]
    assigned: frozenset[str]
    filled: frozenset[str]
    counted: dict[str, set[str]]
    any: bool

    def assigns(self, name: str) -> bool:
        return self.any or name in self.assigned

    def counts(self, name: str, entered: ir.FunctionCode | None) -> bool:
        """Whether a function counts an attribute that ``entered`` does not call itself."""
        if entered is None or name not in self.counted:
            return False
        reached: set[str] = set()
        waiting = [entered]
        while waiting:
            for mentioned in _mentioned_in(waiting.pop()) - reached:
                reached.add(mentioned)
                waiting.extend(self.functions.get(mentioned, ()))
        return not self.counted[name] - {entered.name} <= reached


@lru_cache(maxsize=1024)
def _mentioned_in(code: ir.FunctionCode) -> frozenset[str]:
    return frozenset(
        node.id if type(node) is ir.Name else node.attr
        for node in walk(code.body)
        if type(node) in (ir.Name, ir.Attribute)
    )


def _late_for(interp: Interpreter, cls: ClassV) -> _Late:
    """What the file that is entered sets, and the methods of a class, if it is of another one."""
    entered = interp.frames[0].module
    code = interp.modules.codes.get(entered.path)
    elsewhere = tuple(
        value.code
        for base in cls.mro
        if isinstance(base, ClassV) and base.scope is not None and base.scope.module is not entered
        for value in base.namespace.values()
        if isinstance(value, FunctionV)
    )
    return _late_in(() if code is None else code.body, elsewhere)


@lru_cache(maxsize=64)
def _late_in(body: tuple[ir.Statement, ...], methods: tuple[ir.FunctionCode, ...]) -> _Late:
    functions: dict[str, list[ir.FunctionCode]] = {}
    for code in chain((node.code for node in walk(body) if type(node) is ir.FunctionDef), methods):
        functions.setdefault(code.name, []).append(code)
    assigned: set[str] = set()
    filled: set[str] = set()
    counted: dict[str, set[str]] = {}
    sets_any = False
    for code in chain.from_iterable(functions.values()):
        if code.name in _FIRST:
            continue
        for node in walk(code.body, ()):
            filled.update(t.attr for t in filled_by(node) if type(t) is ir.Attribute)
            sets_any = sets_any or _sets_unknown_names(node)
            for name in _attributes_set(node):
                if _counts(node, name):
                    counted.setdefault(name, set()).add(code.name)
                else:
                    assigned.add(name)
    return _Late(functions, frozenset(assigned), frozenset(filled), counted, sets_any)


def _attributes_set(node: Any) -> Iterator[str]:
    targets = list(targets_of(node))
    if type(node) is ir.With:
        targets += [target for _, target in node.items if target is not None]
    yield from (target.attr for target in targets if type(target) is ir.Attribute)
    if _is_call_of(node, "setattr") and len(node.args) > 1 and type(node.args[1]) is ir.Const:
        yield str(node.args[1].value)


def _counts(node: Any, name: str) -> bool:
    if type(node) is ir.AugAssign:
        return True
    return type(node) is ir.Assign and any(
        type(part) is ir.Attribute and part.attr == name for part in walk((node.value,))
    )


def _sets_unknown_names(node: Any) -> bool:
    if type(node) is ir.Attribute:
        return bool(node.attr == "__dict__")
    if _is_call_of(node, "setattr"):
        return len(node.args) < 2 or type(node.args[1]) is not ir.Const
    return _is_call_of(node, "vars") and bool(node.args)


def _is_call_of(node: Any, name: str) -> bool:
    return type(node) is ir.Call and type(node.func) is ir.Name and node.func.id == name
