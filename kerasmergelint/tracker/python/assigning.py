"""``value.name = content`` and ``del value.name`` for Python's own objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerasmergelint.syntax.mangling import mangled
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import records, special
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassV,
    DictObject,
    FunctionV,
    Instance,
    PropertyV,
    is_all_own,
)
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value, all_are


def _assign_instance(
    interp: Interpreter, instance: Instance, name: str, content: Value, site: Site
) -> None:
    setter = find(instance.cls, "__setattr__")
    if setter is None:
        store(interp, instance, name, content, site)
    else:
        interp.call(BoundMethod(instance, setter[1]), [name, content], {}, site)


def _assign_dict_object(
    interp: Interpreter, value: DictObject, name: str, content: Value, site: Site
) -> None:
    if name == "__dict__":
        interp.heap.touch(value)
        value.shared = content is value
        if not value.shared:
            value.open, value.reason = True, "its attributes were replaced"
    elif value.shared and find(value.cls, "__setattr__") is None:
        interp.set_item(value.content, name, content, site)
    else:
        _assign_instance(interp, value, name, content, site)


def _assign_class(interp: Interpreter, cls: ClassV, name: str, content: Value, site: Site) -> None:
    interp.heap.touch(cls)
    cls.namespace[name] = content


def _assign_module(
    interp: Interpreter, module: ModuleV, name: str, content: Value, site: Site
) -> None:
    interp.heap.touch(module.scope)
    module.scope.variables[name] = content


def _assign_function(
    interp: Interpreter, function: FunctionV, name: str, content: Value, site: Site
) -> None:
    function.attributes[name] = content


def _assign_unknown(
    interp: Interpreter, value: UnknownV, name: str, content: Value, site: Site
) -> None:
    value = interp.current(value)
    if value.term is not None:
        interp.path.written[make("attr", value.term, name)] = content


def _assign_method(
    interp: Interpreter, method: BoundMethod, name: str, content: Value, site: Site
) -> None:
    """``Point.__new__.__defaults__ = (None,) * 2``: the last fields of a named tuple."""
    cls = method.receiver
    if name == "__defaults__" and isinstance(cls, ClassV) and cls.fields is not None:
        items = interp.iterate(content, site)
        if items is not None:
            records.set_defaults(cls, items)


def _assign_other(interp: Interpreter, value: Value, name: str, content: Value, site: Site) -> None:
    """An assignment that nothing can read back."""


def store(interp: Interpreter, instance: Instance, name: str, content: Value, site: Site) -> None:
    """``object.__setattr__``, or Keras's own if the class inherits that."""
    found = find(instance.cls, name)
    if found is not None and special.method(found[1], "__set__") is not None:
        special.call(interp, found[1], "__set__", [instance, content], site)
        return
    if found is not None and isinstance(found[1], PropertyV) and not found[1].cached:
        if found[1].setter is None and is_all_own(instance.cls):
            raise interp.raised("AttributeError", f"{name} has no setter")
        if found[1].setter is not None:
            interp.call(found[1].setter, [instance, content], {}, site)
            return
    if instance.layer is not None:
        bases = interp.semantics.base_classes
        if bases.refuses(interp, instance, name, site):
            return
        bases.assigned(interp, instance, name, content)
    if instance.layer is None and _has_no_slot(instance.cls, name):
        raise interp.raised("AttributeError", f"{instance.cls.name} has no slot {name}")
    interp.heap.touch(instance)
    instance.attributes[name] = content


def _has_no_slot(cls: ClassV, name: str) -> bool:
    """Whether ``__slots__`` leave no place for an attribute."""
    for base in cls.mro:
        if not isinstance(base, ClassV):
            return is_all_own(cls)
        slots = base.namespace.get("__slots__")
        if isinstance(slots, (ListV, SetV, DictV)) and not slots.open:
            slots = tuple(slots.items)
        names = (slots,) if isinstance(slots, str) else slots
        if not isinstance(names, tuple) or not all_are(names, str) or "__dict__" in names:
            return False
        if name in (mangled(slot, base.name) for slot in names):
            return False
    return True


def delete(interp: Interpreter, value: Value, name: str, site: Site) -> None:
    """``del value.name``"""
    if isinstance(value, Instance):
        own = find(value.cls, "__delattr__")
        found = find(value.cls, name)
        if own is not None:
            interp.call(BoundMethod(value, own[1]), [name], {}, site)
        elif found is not None and isinstance(found[1], PropertyV) and not found[1].cached:
            interp.call(found[1].deleter, [value], {}, site)
        elif name in value.attributes:
            interp.heap.touch(value)
            del value.attributes[name]
        elif is_all_own(value.cls) and not value.open:
            raise interp.raised("AttributeError", name)
    elif isinstance(value, ClassV) and name in value.namespace:
        interp.heap.touch(value)
        del value.namespace[name]
    elif isinstance(value, FunctionV):
        value.attributes.pop(name, None)


def store_named(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``object.__setattr__(instance, name, value)``."""
    if len(args) == 3 and isinstance(args[0], Instance):
        if isinstance(args[1], str):
            store(interp, args[0], args[1], args[2], site)
        else:
            interp.forget(args[0], "an unknown attribute was assigned")
    return None


ASSIGN: Mapping[type, Callable[[Interpreter, Own, str, Value, Site], None]] = {
    Instance: _assign_instance,
    DictObject: _assign_dict_object,
    ClassV: _assign_class,
    ModuleV: _assign_module,
    FunctionV: _assign_function,
    UnknownV: _assign_unknown,
    BoundMethod: _assign_method,
    object: _assign_other,
}
