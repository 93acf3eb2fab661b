"""Instances of classes that inherit from ``dict``: a dict, and what the class adds."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, DictObject, Instance, NativeV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

METHODS = frozenset(
    {
        "get",
        "items",
        "keys",
        "values",
        "update",
        "setdefault",
        "pop",
        "popitem",
        "clear",
        "move_to_end",
    }
)


def plain_dict(value: Value) -> Value:
    """The content of such an object as a dict; any other value as it is."""
    return value.content if isinstance(value, DictObject) else value


def fill(interp: Interpreter, made: DictObject, args: Args, keywords: Keywords, site: Site) -> None:
    """``dict.__init__``."""
    first = [plain_dict(argument) for argument in args]
    content = interp.call(External("dict"), first, keywords, site)
    interp.heap.touch(made.content)
    if isinstance(content, DictV):
        made.content.items.update(content.items)
    if not isinstance(content, DictV) or content.open:
        made.content.open, made.content.reason = True, "a dict of something unknown"


def item(interp: Interpreter, value: DictObject, index: Value, site: Site) -> Value:
    """``value[index]`` of the dict itself, or the class's ``__missing__``."""
    missing = find(value.cls, "__missing__")
    if missing is not None and contained(interp, value, index) is False:
        return interp.call(BoundMethod(value, missing[1]), [index], {}, site)
    return interp.item(value.content, index, site)


def contained(interp: Interpreter, value: DictObject, index: Value) -> Value:
    """Whether the dict has a key."""
    try:
        if index in value.content.items:
            return True
    except TypeError:
        return interp.unknown("whether a dict has a key")
    return interp.unknown("whether a dict has a key") if value.content.open else False


def method(value: DictObject, name: str) -> NativeV | None:
    """An inherited method of ``dict``; None if it is not modelled."""
    function = _INHERITED.get(name)
    if function is None and name not in METHODS:
        return None

    def call(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if function is not None:
            return function(interp, value, args, keywords, site)
        return interp.call(
            interp.attribute(value.content, name, site),
            [plain_dict(argument) for argument in args],
            keywords,
            site,
        )

    return NativeV(name, call)


def _initialise(
    interp: Interpreter, value: DictObject, args: Args, keywords: Keywords, site: Site
) -> Value:
    fill(interp, value, args, keywords, site)
    return None


def _read(
    interp: Interpreter, value: DictObject, args: Args, keywords: Keywords, site: Site
) -> Value:
    return item(interp, value, args[0] if args else None, site)


def _write(
    interp: Interpreter, value: DictObject, args: Args, keywords: Keywords, site: Site
) -> Value:
    if len(args) == 2:
        interp.set_item(value.content, args[0], args[1], site)
    return None


def _delete(
    interp: Interpreter, value: DictObject, args: Args, keywords: Keywords, site: Site
) -> Value:
    interp.delete_item(value.content, args[0] if args else None)
    return None


def _has(
    interp: Interpreter, value: DictObject, args: Args, keywords: Keywords, site: Site
) -> Value:
    return contained(interp, value, args[0] if args else None)


def _copied(
    interp: Interpreter, value: DictObject, args: Args, keywords: Keywords, site: Site
) -> Value:
    return interp.call(External("dict"), [value.content], {}, site)


_INHERITED: dict[str, Callable[[Interpreter, DictObject, Args, Keywords, Site], Value]] = {
    "__init__": _initialise, "__getitem__": _read, "__setitem__": _write, "__delitem__": _delete,
    "__contains__": _has, "copy": _copied,
}  # fmt: skip


def _unbound(name: str) -> Native:
    """``dict.name(value, ...)``."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        receiver = args[0] if args else None
        if isinstance(receiver, DictObject):
            found = method(receiver, name)
            if found is not None:
                return interp.call(found, args[1:], keywords, site)
        for value in args:
            interp.forget(value, f"passed to dict.{name}")
        return interp.unknown(f"dict.{name}")

    return native


FUNCTIONS: dict[str, Native] = {
    f"{cls}.{name}": _unbound(name)
    for cls in ("dict", "collections.OrderedDict", "collections.UserDict")
    for name in (*METHODS, *_INHERITED)
}


def is_own(value: Instance, name: str) -> bool:
    """Whether an attribute is the instance's or the program's class's, not inherited from ``dict``."""
    return name in value.attributes or find(value.cls, name) is not None
