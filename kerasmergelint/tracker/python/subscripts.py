"""``value[index]``: reading and assigning items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.tracker.keras import operations
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.python import classes
from kerasmergelint.tracker.values.constants import is_constant, to_term
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, Instance
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import External, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter


def get(interp: Interpreter, value: Value, index: Value, site: Site) -> Value:
    """The item of a value."""
    if isinstance(value, (ListV, tuple, str, bytes, range)):
        return _sequence(interp, value, index)
    if isinstance(value, DictV):
        return _mapping(interp, value, index, site)
    if isinstance(value, TensorV):
        return operations.index(interp, value, index, site)
    if isinstance(value, UnknownV):
        term = to_term(index)
        if value.term is None or (term is None and index is not None):
            return interp.unknown(value.reason)
        return UnknownV(value.reason, make("item", value.term, term))
    if isinstance(value, Instance):
        return _instance(interp, value, index, site)
    if isinstance(value, ClassV) and value.kind == "enum" and isinstance(index, str):
        return interp.attribute(value, index, site)
    if isinstance(value, ClassV) or (isinstance(value, External) and _is_type(value.dotted)):
        return value  # a type with parameters: list[int], Optional[str]
    if isinstance(value, External):
        term = to_term(index)
        named = None if term is None else make("item", ("name", value.dotted), term)
        return interp.unknown(f"an item of {value.dotted}", named)
    if value is None or isinstance(value, (int, float)):
        raise interp.raised("TypeError", "not subscriptable")
    return interp.unknown("an item of something that is not modelled")


def _is_type(dotted: str) -> bool:
    """Whether a library's name is one of a class: ``list``, ``typing.Optional``."""
    name = dotted.rpartition(".")[2]
    return "." not in dotted or name[:1].isupper() or dotted.startswith("collections.")


def _sequence(interp: Interpreter, value: Value, index: Value) -> Value:
    if isinstance(value, ListV):
        if value.open:
            return interp.unknown(f"an item of a list that is not fully known ({value.reason})")
        items: Value = value.items
    else:
        items = value
    if isinstance(index, slice):
        parts = (index.start, index.stop, index.step)
        if not all(part is None or isinstance(part, int) for part in parts):
            return interp.unknown("a slice with unknown ends")
        part = items[index]
        limits.charge(interp, len(part))
        return ListV(interp.heap, part) if isinstance(value, ListV) else part
    if isinstance(index, int):
        try:
            return items[index]
        except IndexError:
            raise interp.raised("IndexError", "index out of range") from None
    if isinstance(index, (str, float, tuple)) or index is None:
        raise interp.raised("TypeError", "indices must be integers")
    return interp.unknown("an item at an unknown index")


def _mapping(interp: Interpreter, value: DictV, index: Value, site: Site) -> Value:
    from kerasmergelint.tracker.python.expressions import dict_key

    key = dict_key(index)
    if key is None:
        return interp.unknown("an item under an unknown key")
    if key[0] in value.items:
        if value.open and value.reason:
            return interp.unknown(f"an item of a dict that may have changed ({value.reason})")
        return value.items[key[0]]
    if value.open:
        term = to_term(index)
        return UnknownV(
            "an item of a dict that is not fully known",
            make("item", ("object", value.serial), term) if term is not None else None,
        )
    if value.default is not None:
        interp.heap.touch(value)
        value.items[key[0]] = interp.call(value.default, [], {}, site)
        return value.items[key[0]]
    raise interp.raised("KeyError", repr(key[0]) if is_constant(key[0]) else "")


def _instance(interp: Interpreter, value: Instance, index: Value, site: Site) -> Value:
    method = classes.find(value.cls, "__getitem__")
    if method is not None:
        return interp.call(BoundMethod(value, method[1]), [index], {}, site)
    if value.cls.kind == "namedtuple" and isinstance(index, (int, slice)):
        fields = [value.attributes[name] for name, _ in value.cls.fields or []]
        return _sequence(interp, tuple(fields), index)
    return interp.unknown(f"an item of a {value.cls.name}")


def assign(interp: Interpreter, value: Value, index: Value, content: Value, site: Site) -> None:
    """``value[index] = content``."""
    from kerasmergelint.tracker.python.expressions import dict_key

    if isinstance(value, ListV):
        interp.heap.touch(value)
        _assign_sequence(interp, value, index, content, site)
    elif isinstance(value, DictV):
        interp.heap.touch(value)
        key = dict_key(index)
        if key is None:
            value.open, value.reason = True, "assigned under an unknown key"
        else:
            value.items[key[0]] = content
    elif isinstance(value, Instance):
        method = classes.find(value.cls, "__setitem__")
        if method is not None:
            interp.call(BoundMethod(value, method[1]), [index, content], {}, site)


def _assign_sequence(
    interp: Interpreter, value: ListV, index: Value, content: Value, site: Site
) -> None:
    if value.open:
        return
    if isinstance(index, int):
        try:
            value.items[index] = content
        except IndexError:
            raise interp.raised("IndexError", "assignment index out of range") from None
        return
    if isinstance(index, slice) and all(
        part is None or isinstance(part, int) for part in (index.start, index.stop, index.step)
    ):
        items = interp.iterate(content, site)
        if items is not None:
            value.items[index] = items
            return
    value.open, value.reason = True, "assigned at an unknown index"
