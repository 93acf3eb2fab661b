"""``value[index]``: reading, assigning and deleting items."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import array_numbers, dict_objects, own_exceptions, special
from kerasmergelint.tracker.python.join import any_of
from kerasmergelint.tracker.python.keys import dict_key, refuse_unhashable
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.containers import (
    FILLED,
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.foreign import is_foreign
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, DictObject, Instance
from kerasmergelint.tracker.values.terms import item_of, make
from kerasmergelint.tracker.values.value import External, SymInt, UnknownV, Value

# -- reading --------------------------------------------------------------------------------


def _of_unknown(interp: Interpreter, value: UnknownV, index: Value, site: Site) -> Value:
    if interp.on_merge is not None and selects_axes(index):
        node = Node("indexing", site, value, None, None, Kind.INDEXING)
        node.key = index
        interp.on_merge(node)
    own_exceptions.check_no_items(interp, value, site)
    value = interp.current(value)
    term = to_term(index)
    if value.term is None or (term is None and index is not None):
        return interp.unknown(value.reason)
    item = item_of(value.term, term)
    if item in interp.path.written:
        return interp.path.written[item]
    return interp.resolve(UnknownV(value.reason, item))


def selects_axes(index: Value) -> bool:
    """Whether an index is one that only tensors and arrays take: ``x[..., 1:]``, ``x[:, None]``."""
    if not isinstance(index, tuple):
        return index is ...
    return any(part is ... or isinstance(part, slice) for part in index)


def _of_class(interp: Interpreter, value: ClassV, index: Value, site: Site) -> Value:
    """A member of an enum, or a type with parameters."""
    if value.kind == "enum" and isinstance(index, str):
        return interp.attribute(value, index, site)
    return value


# ``np.c_[a, b]`` is a call in the clothes of an index.
_JOINING = frozenset({"numpy.c_", "numpy.r_"})


def _of_external(interp: Interpreter, value: External, index: Value, site: Site) -> Value:
    if _is_type(value.dotted) and not is_foreign(value):
        return value  # with parameters: list[int], Optional[str]
    if value.dotted in _JOINING:
        return interp.call(External(f"{value.dotted}.__getitem__"), [index], {}, site)
    term = to_term(index)
    owner = to_term(value) or ("name", value.dotted)
    named = None if term is None else make("item", owner, term)
    return interp.unknown(f"an item of {value.dotted}", named)


def _not_subscriptable(interp: Interpreter, value: Value, index: Value, site: Site) -> Value:
    raise interp.raised("TypeError", "not subscriptable")


def _of_other(interp: Interpreter, value: Value, index: Value, site: Site) -> Value:
    return interp.unknown("an item of something that is not modelled")


def _is_type(dotted: str) -> bool:
    """Whether a library name is that of a class: ``list``, ``typing.Optional``."""
    name = dotted.rpartition(".")[2]
    return "." not in dotted or name[:1].isupper() or dotted.startswith("collections.")


def is_known_slice(index: Value) -> TypeGuard[slice]:
    return isinstance(index, slice) and all(
        part is None or isinstance(part, int) for part in (index.start, index.stop, index.step)
    )


def _of_sequence(interp: Interpreter, value: Any, index: Value, site: Site) -> Value:
    if isinstance(value, ListV):
        if value.open and value.reason == FILLED and is_known_slice(index):
            part = ListV(interp.heap, list(value.items))
            part.open, part.reason = True, FILLED
            return part
        if value.open and value.reason == FILLED and (isinstance(index, int) or _is_number(index)):
            return any_of(interp, value.items)
        if value.open:
            why = f" ({value.reason})" if value.reason else ""
            return interp.unknown(f"an item of a list that is not fully known{why}")
        items: Any = value.items
    else:
        items = value
    if isinstance(index, slice):
        if not is_known_slice(index):
            if any(
                isinstance(part, (float, str)) for part in (index.start, index.stop, index.step)
            ):
                raise own_exceptions.no_integer_index(interp, items, index, site)
            return interp.unknown("a slice with unknown ends")
        if index.step == 0:
            raise interp.raised("ValueError", "slice step cannot be zero")
        part = items[index]
        interp.charge(len(part))
        return ListV(interp.heap, part) if isinstance(value, ListV) else part
    if isinstance(index, int):
        try:
            return items[index]
        except IndexError:
            raise own_exceptions.no_such_index(interp, items, index, site) from None
    if isinstance(index, tuple):
        raise own_exceptions.no_index_of_several(interp, items, site)
    if isinstance(index, (str, float)) or index is None:
        raise own_exceptions.no_integer_index(interp, items, index, site)
    if isinstance(index, TensorV):
        array_numbers.check_index(interp, index, site)
    if _is_number(index):
        return any_of(interp, items)
    return interp.unknown("an item at an unknown index")


def _is_number(index: Value) -> bool:
    """Whether an index is some number: what is unknown may be a slice."""
    if isinstance(index, TensorV):
        return index.spec.dims == ()
    drawn = (
        isinstance(index, UnknownV) and isinstance(index.term, tuple) and index.term[0] == "random"
    )
    return drawn or isinstance(index, SymInt)


def _of_dict(interp: Interpreter, value: DictV, index: Value, site: Site) -> Value:
    refuse_unhashable(interp, index)
    if isinstance(index, TensorV) and index.spec.kind is TensorKind.ARRAY:
        array_numbers.check_key(interp, index, site)
        if not isinstance(index.data, (int, float)):
            return interp.unknown("an item under a number that is not known")
        index = index.data
    key = dict_key(index)
    if key is None:
        if value.default is not None:
            interp.heap.touch(value)
            value.open, value.reason = True, "filled under an unknown key"
        return interp.unknown("an item under an unknown key")
    if key[0] not in value.items:
        interp.modules.settle(interp, value, key[0])
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
    raise own_exceptions.no_such_key(interp, value, key[0], site)


def _of_instance(interp: Interpreter, value: Instance, index: Value, site: Site) -> Value:
    method = find(value.cls, "__getitem__")
    if method is not None:
        return interp.call(BoundMethod(value, method[1]), [index], {}, site)
    if isinstance(value, DictObject):
        return dict_objects.item(interp, value, index, site)
    if value.cls.kind == "namedtuple" and isinstance(index, (int, slice)):
        fields = [value.attributes[name] for name, _ in value.cls.fields or []]
        return _of_sequence(interp, tuple(fields), index, site)
    return interp.unknown(f"an item of a {value.cls.name}")


READ: Mapping[type, Callable[[Interpreter, Own, Value, Site], Value]] = {
    **dict.fromkeys((ListV, tuple, str, bytes, range), _of_sequence),
    DictV: _of_dict,
    UnknownV: _of_unknown,
    Instance: _of_instance,
    ClassV: _of_class,
    External: _of_external,
    **dict.fromkeys(
        (type(None), int, float, SetV, ViewV, IteratorV, GeneratorV), _not_subscriptable
    ),
    object: _of_other,
}

# -- assigning ------------------------------------------------------------------------------


def _assign_dict(
    interp: Interpreter, value: DictV, index: Value, content: Value, site: Site
) -> None:
    refuse_unhashable(interp, index)
    interp.heap.touch(value)
    key = dict_key(index)
    if key is None:
        value.open, value.reason = True, "assigned under an unknown key"
    else:
        value.items[key[0]] = content


def _assign_instance(
    interp: Interpreter, value: Instance, index: Value, content: Value, site: Site
) -> None:
    method = find(value.cls, "__setitem__")
    if method is not None:
        interp.call(BoundMethod(value, method[1]), [index, content], {}, site)
    elif isinstance(value, DictObject):
        interp.set_item(value.content, index, content, site)


def _assign_unknown(
    interp: Interpreter, value: UnknownV, index: Value, content: Value, site: Site
) -> None:
    """An item under a name is remembered: only dicts have names.  What else it changes is not known."""
    value = interp.current(value)
    if isinstance(index, str):
        interp.path.written[item_of(value.term, index)] = content
    else:
        interp.path.change(value.term, interp.opaque_term())


def _refuse_assignment(
    interp: Interpreter, value: Value, index: Value, content: Value, site: Site
) -> None:
    raise interp.raised("TypeError", "does not support item assignment")


def _assign_other(
    interp: Interpreter, value: Value, index: Value, content: Value, site: Site
) -> None:
    """Nothing that anyone could read again."""


def _assign_list(
    interp: Interpreter, value: ListV, index: Value, content: Value, site: Site
) -> None:
    interp.heap.touch(value)
    if value.open:
        if isinstance(index, slice):
            value.reason = "a part of it was replaced"
        elif value.reason == FILLED:
            value.items.append(content)  # it may be any of them now
        return
    if isinstance(index, int):
        try:
            value.items[index] = content
        except IndexError:
            raise interp.raised("IndexError", "assignment index out of range") from None
        return
    items = interp.iterate(content, site) if is_known_slice(index) else None
    if items is not None:
        assert isinstance(index, slice)
        try:
            value.items[index] = items
        except ValueError:
            raise interp.raised("ValueError", "wrong size for an extended slice") from None
        return
    value.open, value.reason = True, "assigned at an unknown index"


ASSIGN: Mapping[type, Callable[[Interpreter, Own, Value, Value, Site], None]] = {
    ListV: _assign_list,
    DictV: _assign_dict,
    Instance: _assign_instance,
    UnknownV: _assign_unknown,
    **dict.fromkeys((type(None), tuple, str, bytes, int, float, range), _refuse_assignment),
    object: _assign_other,
}

# -- deleting -------------------------------------------------------------------------------


def _delete_of_list(interp: Interpreter, value: ListV, index: Value) -> None:
    interp.heap.touch(value)
    if not value.open and (isinstance(index, int) or is_known_slice(index)):
        try:
            del value.items[index]
        except (IndexError, ValueError) as error:
            raise interp.raised(type(error).__name__) from None
    else:
        value.open, value.reason = True, "an unknown item was deleted"


def _delete_of_dict(interp: Interpreter, value: DictV, index: Value) -> None:
    interp.heap.touch(value)
    key = dict_key(index)
    if key is None:
        value.open, value.reason = True, "an unknown item was deleted"
    elif key[0] in value.items:
        del value.items[key[0]]
    elif not value.open:
        raise interp.raised("KeyError")


def _delete_of_instance(interp: Interpreter, value: Instance, index: Value) -> None:
    special.call(interp, value, "__delitem__", [index], Site(interp.frame.module, None))


def _refuse_deletion(interp: Interpreter, value: Value, index: Value) -> None:
    raise interp.raised("TypeError", "does not support item deletion")


def _delete_of_dict_object(interp: Interpreter, value: DictObject, index: Value) -> None:
    interp.delete_item(value.content, index)


def _delete_of_other(interp: Interpreter, value: Value, index: Value) -> None:
    """Nothing that anyone could read again."""


DELETE: Mapping[type, Callable[[Interpreter, Own, Value], None]] = {
    ListV: _delete_of_list,
    DictV: _delete_of_dict,
    Instance: _delete_of_instance,
    **dict.fromkeys((type(None), tuple, str, int, float), _refuse_deletion),
    DictObject: _delete_of_dict_object,
    object: _delete_of_other,
}
