"""``value.name``: reading and assigning attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.tracker.keras import layers
from kerasmergelint.tracker.python import classes
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LAYERS
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
    PropertyV,
    StaticMethodV,
    SuperV,
)
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import External, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter


def get(interp: Interpreter, value: Value, name: str, site: Site) -> Value:
    """The attribute of a value."""
    if isinstance(value, External):
        return interp.modules.library.member(interp, value, name, site)
    if isinstance(value, UnknownV):
        term = None if value.term is None else make("attr", value.term, name)
        if term in interp.path.written:
            return interp.path.written[term]
        return UnknownV(value.reason, term)
    if isinstance(value, Instance):
        return _instance(interp, value, name, site)
    if isinstance(value, ModuleV):
        return interp.modules.member(interp, value, name, site)
    if isinstance(value, LAYERS):
        return layers.attribute(interp, value, name, site)
    if isinstance(value, TensorV):
        return interp.modules.library.tensor_attribute(interp, value, name, site)
    if isinstance(value, ClassV):
        return _class(interp, value, name, site)
    if isinstance(value, SuperV):
        return _super(interp, value, name)
    if isinstance(value, FunctionV):
        if name in value.attributes:
            return value.attributes[name]
        if name in ("__name__", "__qualname__"):
            return value.name
        if name == "__doc__":
            return interp.unknown("a docstring", ("name", "__doc__"))
        return _of_module_behind(interp, value, name)
    if isinstance(value, PartialV):
        if name == "func":
            return value.function
        return interp.unknown(f"the attribute {name} of a partial function")
    if isinstance(value, ExceptionV):
        return value.args if name == "args" else interp.unknown("an attribute of an exception")
    return interp.modules.library.method(interp, value, name, site)


def has_attribute(interp: Interpreter, value: Value, name: str) -> bool | None:
    """``hasattr(value, name)``; None if it is not known."""
    if isinstance(value, Instance):
        return _instance_has(value, name)
    if isinstance(value, ModuleV):
        return interp.modules.has_member(value, name)
    if isinstance(value, ClassV):
        return True if classes.find(value, name) is not None else None
    if value is None or isinstance(value, (int, float, str, tuple, ListV, DictV)):
        plain: object = (
            [] if isinstance(value, ListV) else {} if isinstance(value, DictV) else value
        )
        return hasattr(plain, name)
    if isinstance(value, TensorV):
        return True if name in ("shape", "dtype") else None
    if isinstance(value, LAYERS):
        return layers.has_attribute(value, name)
    return None


def _instance_has(instance: Instance, name: str) -> bool | None:
    if name in instance.attributes or classes.find(instance.cls, name) is not None:
        return True
    if classes.find(instance.cls, "__getattr__") is not None:
        return None
    if instance.open or instance.cls.unknown_base:
        return None
    if instance.layer is not None:
        return layers.has_attribute(instance, name)
    return False if _own(instance.cls) else None


def _of_module_behind(interp: Interpreter, function: FunctionV, name: str) -> Value:
    """``package.unet.unet`` where the package rebinds the name of its submodule to a function.

    Whether the submodule or the function is seen depends on who imported what first.
    """
    module = function.scope.module
    rebound = module is not None and module.name.rpartition(".")[2] == function.name
    if module is not None and rebound and name in module.scope.variables:
        return module.scope.read(name)
    return interp.unknown(f"the attribute {name} of a function")


def _instance(interp: Interpreter, instance: Instance, name: str, site: Site) -> Value:
    found = classes.find(instance.cls, name)
    if found is not None and isinstance(found[1], PropertyV):
        return interp.call(found[1].getter, [instance], {}, site)
    if name in instance.attributes:
        value = instance.attributes[name]
        if instance.open:
            return interp.unknown(f"{name} may have changed: {instance.reason}")
        return value
    if found is not None:
        return bind_to(found[1], instance, instance.cls)
    if name == "__class__":
        return instance.cls
    if name == "__setattr__":
        return NativeV(name, lambda again, a, k, s: _set_named(again, instance, a, s))
    if name == "__dict__":
        return dict_of(interp, instance)
    if instance.layer is not None:
        return layers.attribute(interp, instance, name, site)
    getter = classes.find(instance.cls, "__getattr__")
    if getter is not None:
        return interp.call(BoundMethod(instance, getter[1]), [name], {}, site)
    if instance.cls.kind in ("dataclass", "namedtuple") and name in ("_replace", "_asdict"):
        return interp.modules.library.record_method(interp, instance, name)
    if instance.open or not _own(instance.cls):
        return UnknownV(f"the attribute {name}", make("attr", ("object", instance.serial), name))
    if name.startswith("__"):
        return interp.unknown(f"the attribute {name}")
    raise interp.raised("AttributeError", f"{instance.cls.name} has no attribute {name}")


def _set_named(interp: Interpreter, instance: Instance, args: list[Value], site: Site) -> Value:
    """``x.__setattr__(name, value)``."""
    if len(args) == 2 and isinstance(args[0], str):
        assign(interp, instance, args[0], args[1], site)
    else:
        instance.open, instance.reason = True, "an unknown attribute was assigned"
    return None


def dict_of(interp: Interpreter, instance: Instance) -> DictV:
    """``instance.__dict__``, which shares its content with the instance."""
    interp.heap.touch(instance)
    made = DictV(interp.heap, instance.attributes)
    made.open, made.reason = instance.open, instance.reason
    return made


def _own(cls: ClassV) -> bool:
    """Whether everything that the class inherits stands in the program."""
    return all(
        isinstance(base, ClassV)
        or (isinstance(base, External) and base.dotted in ("object", "abc.ABC"))
        for base in cls.mro
    )


def bind_to(value: Value, receiver: Value, cls: ClassV) -> Value:
    """A class attribute as it looks through an instance."""
    if isinstance(value, FunctionV):
        return BoundMethod(receiver, value)
    if isinstance(value, StaticMethodV):
        return value.function
    if isinstance(value, ClassMethodV):
        return BoundMethod(cls, value.function)
    return value


def _class(interp: Interpreter, cls: ClassV, name: str, site: Site) -> Value:
    found = classes.find(cls, name)
    if found is not None:
        value = found[1]
        if isinstance(value, StaticMethodV):
            return value.function
        if isinstance(value, ClassMethodV):
            return BoundMethod(cls, value.function)
        if cls.kind == "enum" and not isinstance(value, FunctionV):
            return _enum_member(interp, cls, name, value)
        return value
    if name in ("__name__", "__qualname__"):
        return cls.name
    if name == "_fields" and cls.fields is not None:
        return tuple(field for field, _ in cls.fields)
    if name == "__new__":
        return BoundMethod(cls, NativeV(name, _new))
    if name == "__init__":
        return interp.unknown("an inherited __init__")
    for base in cls.mro:
        if isinstance(base, External):
            return interp.modules.library.member(interp, base, name, site)
    return interp.unknown(f"the attribute {name} of a class")


def _new(interp: Interpreter, args: list[Value], keywords: dict[str, Value], site: Site) -> Value:
    """``object.__new__`` and that of named tuples."""
    return classes.new_object(interp, args[0] if args else None, args[1:], keywords, site)


def _enum_member(interp: Interpreter, cls: ClassV, name: str, value: Value) -> Value:
    key = f"(member){name}"
    if key not in cls.namespace:
        made = Instance(interp.heap, cls)
        made.attributes.update({"name": name, "value": value})
        cls.namespace[key] = made
    return cls.namespace[key]


def _super(interp: Interpreter, value: SuperV, name: str) -> Value:
    receiver = value.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    if not isinstance(cls, ClassV):
        return interp.unknown("super() of something unknown")
    found = classes.find(cls, name, after=value.cls)
    if found is not None:
        content = found[1]
        if isinstance(content, PropertyV):
            return interp.unknown("a property through super()")
        return bind_to(content, receiver, cls)
    if name == "__new__":
        return NativeV(name, _new)
    if isinstance(receiver, Instance):
        if name == "__setattr__":
            return NativeV(name, lambda again, a, k, s: store_named(again, [receiver, *a], k, s))
        if name == "__call__" and _decorates(cls):
            return NativeV(name, lambda again, args, keywords, s: args[0] if args else None)
        return layers.base_method(interp, receiver, name)
    return interp.unknown(f"super().{name}")


def _decorates(cls: ClassV) -> bool:
    """Whether the base is a library's decorator that returns what it decorates."""
    return any(isinstance(base, External) and base.dotted == "namex.export" for base in cls.mro)


def assign(interp: Interpreter, value: Value, name: str, content: Value, site: Site) -> None:
    """``value.name = content``."""
    if isinstance(value, Instance):
        setter = classes.find(value.cls, "__setattr__")
        if setter is None:
            store(interp, value, name, content, site)
        else:
            interp.call(BoundMethod(value, setter[1]), [name, content], {}, site)
    elif isinstance(value, LAYERS):
        interp.heap.touch(value)
        value.attributes[name] = content
        if name in ("name", "_name"):
            value.name, value.named = content, isinstance(content, str)
    elif isinstance(value, ClassV):
        interp.heap.touch(value)
        value.namespace[name] = content
    elif isinstance(value, ModuleV):
        interp.heap.touch(value.scope)
        value.scope.variables[name] = content
    elif isinstance(value, FunctionV):
        value.attributes[name] = content
    elif isinstance(value, UnknownV):
        if value.term is not None:
            interp.path.written[make("attr", value.term, name)] = content
    elif isinstance(value, External):
        interp.modules.library.patched.add(value.child(name).dotted)
    elif isinstance(value, BoundMethod) and name == "__defaults__":
        _set_defaults(interp, value, content, site)


def store(interp: Interpreter, instance: Instance, name: str, content: Value, site: Site) -> None:
    """What ``object.__setattr__`` does, and Keras's own where it is in between."""
    found = classes.find(instance.cls, name)
    if found is not None and isinstance(found[1], PropertyV) and found[1].setter is not None:
        interp.call(found[1].setter, [instance, content], {}, site)
        return
    if instance.layer is not None and layers.reserved(interp, instance, name, site):
        return
    interp.heap.touch(instance)
    instance.attributes[name] = content


def store_named(
    interp: Interpreter, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """``object.__setattr__(instance, name, value)``."""
    if len(args) == 3 and isinstance(args[0], Instance):
        if isinstance(args[1], str):
            store(interp, args[0], args[1], args[2], site)
        else:
            interp.forget(args[0], "an unknown attribute was assigned")
    return None


def _set_defaults(interp: Interpreter, method: BoundMethod, content: Value, site: Site) -> None:
    """``Point.__new__.__defaults__ = (None,) * 2``: the last fields of a named tuple."""
    cls = method.receiver
    items = interp.iterate(content, site)
    if isinstance(cls, ClassV) and cls.fields is not None and items is not None:
        names = [field for field, _ in cls.fields]
        start = len(names) - len(items)
        cls.fields = [
            (field, items[index - start] if index >= start else default)
            for index, (field, default) in enumerate(cls.fields)
        ]
