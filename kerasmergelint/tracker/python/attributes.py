"""``value.name``: reading and testing attributes of Python's own objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import (
    callbacks,
    dict_objects,
    instances,
    namespaces,
    own_exceptions,
    pydantic_models,
    records,
    special,
)
from kerasmergelint.tracker.python.assigning import store_named
from kerasmergelint.tracker.python.members import (
    bound_to,
    find,
    may_be_hidden,
    own_names,
)
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import ExceptionV, Raised, covers, is_exception_class
from kerasmergelint.tracker.values.graph import Node, Site
from kerasmergelint.tracker.values.objects import (
    BASE_PART,
    RECORDS,
    AttributesV,
    BoundMethod,
    ClassMethodV,
    ClassV,
    DictObject,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
    PropertyV,
    StaticMethodV,
    SuperV,
    is_all_own,
)
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value

# -- reading --------------------------------------------------------------------------------


def _of_unknown(interp: Interpreter, value: UnknownV, name: str, site: Site) -> Value:
    if interp.on_merge is not None and name in _OF_TENSORS:
        interp.on_merge(Node(name, site, value, None, None, Kind.INDEXING))
    if name not in _STAY:
        value = interp.current(value)
    term = None if value.term is None else make("attr", value.term, name)
    if term in interp.path.written:
        return interp.path.written[term]
    return UnknownV(value.reason, term)


# Attributes of arrays and tables that no method changes in place.
_STAY = frozenset({"shape", "ndim", "dtype", "size"})
_OF_TENSORS = frozenset({"shape", "get_shape"})


def _of_module(interp: Interpreter, module: ModuleV, name: str, site: Site) -> Value:
    if name == "__dict__":
        names = own_names(module)
        if names is None:
            return interp.unknown("the names in a module")
        return DictV(interp.heap, {n: interp.attribute(module, n, site) for n in names})
    return interp.modules.member(interp, module, name, site)


def _of_function(interp: Interpreter, function: FunctionV, name: str, site: Site) -> Value:
    if name in function.attributes:
        return function.attributes[name]
    if name in ("__name__", "__qualname__"):
        return function.name
    if name == "__doc__":
        return interp.unknown("a docstring", ("name", "__doc__"))
    return _of_module_behind(interp, function, name)


def _of_module_behind(interp: Interpreter, function: FunctionV, name: str) -> Value:
    """``package.unet.unet`` where the package rebinds the name of its submodule to a function.

    Which of the two is seen depends on the order of imports.
    """
    module = function.scope.module
    rebound = module is not None and module.name.rpartition(".")[2] == function.name
    if module is not None and rebound and name in module.scope.variables:
        return module.scope.read(name)
    return interp.unknown(f"the attribute {name} of a function")


def _of_partial(interp: Interpreter, partial: PartialV, name: str, site: Site) -> Value:
    if name == "func":
        return partial.function
    return interp.unknown(f"the attribute {name} of a partial function")


# Attributes that hold the first argument of an exception that the program raises.
_FIRST_ARGUMENT = frozenset({("StopIteration", "value"), ("SystemExit", "code")})


def _of_exception(interp: Interpreter, exception: ExceptionV, name: str, site: Site) -> Value:
    if name == "with_traceback":
        return NativeV(name, lambda *_: exception)
    args = exception.args
    if name == "args" and args is not None:
        return args
    if (exception.type_name, name) in _FIRST_ARGUMENT and args is not None:
        return args[0] if args else None
    return interp.unknown(f"the attribute {name} of an exception")


def _of_none(interp: Interpreter, value: None, name: str, site: Site) -> Value:
    raise interp.raised("AttributeError", f"'NoneType' object has no attribute '{name}'")


def of_other(interp: Interpreter, value: Value, name: str, site: Site) -> Value:
    return interp.unknown(f"the attribute {name} of {_KINDS.get(type(value), 'a value')}")


# What a user would call values without a class of the program's own.
_KINDS: Mapping[type, str] = {
    bool: "a bool", int: "a number", float: "a number", str: "a string", bytes: "a string", tuple: "a tuple",
    ListV: "a list", DictV: "a dict", SetV: "a set", FunctionV: "a function", BoundMethod: "a method",
    range: "a range", slice: "a slice",
}  # fmt: skip


def _of_instance(interp: Interpreter, instance: Instance, name: str, site: Site) -> Value:
    if instance.cls.looks_up:
        return _looked_up(interp, instance, name, site)
    return plain(interp, instance, name, site)


def _looked_up(interp: Interpreter, instance: Instance, name: str, site: Site) -> Value:
    """By the program's own ``__getattribute__``, then by ``__getattr__``."""
    own, getter = find(instance.cls, "__getattribute__"), find(instance.cls, "__getattr__")
    assert own is not None
    try:
        return interp.call(BoundMethod(instance, own[1]), [name], {}, site)
    except Raised as raised:
        if getter is None or not covers(_ATTRIBUTE_ERROR, raised.exception):
            raise
    return interp.call(BoundMethod(instance, getter[1]), [name], {}, site)


_ATTRIBUTE_ERROR = External("AttributeError")


def plain(interp: Interpreter, instance: Instance, name: str, site: Site) -> Value:
    """``object.__getattribute__(instance, name)``."""
    found = find(instance.cls, name)
    if found is not None and isinstance(found[1], PropertyV):
        return _property(interp, found[1], instance, name, site)
    if found is not None and _is_descriptor(found[1], instance, name):
        return special.call(interp, found[1], "__get__", [instance, instance.cls], site)
    if name in instance.attributes:
        value = instance.attributes[name]
        if instance.open:
            return interp.unknown(f"{name} may have changed: {instance.reason}")
        return value
    if found is not None and may_be_hidden(instance.cls, found[0]):
        return interp.unknown(f"{name} may be inherited from what is not known")
    if found is not None:
        if instance.open and is_constant(found[1]):
            return interp.unknown(f"{name} may have changed: {instance.reason}")
        own = bound_to(_current(interp, *found, name), instance, instance.cls)
        if name == "build" and instance.layer is not None:
            return interp.semantics.base_classes.build(interp, instance, own)
        return own
    if name == "__class__":
        return instance.cls
    if name == "__setattr__":
        return NativeV(name, lambda again, a, k, s: _set_named(again, instance, a, s))
    if name == "__dict__":
        interp.heap.touch(instance)
        return AttributesV(interp.heap, instance)
    if instance.layer is not None:
        return interp.semantics.base_classes.attribute(interp, instance, name, site)
    getter = None if instance.cls.looks_up else find(instance.cls, "__getattr__")
    if getter is not None:
        return interp.call(BoundMethod(instance, getter[1]), [name], {}, site)
    method = records.method(instance, name) if instance.cls.kind in RECORDS else None
    if method is not None:
        return method
    if callbacks.has_no(interp, instance, name):
        raise own_exceptions.not_of_callback(interp, instance, name, site)
    if instance.open or not is_all_own(instance.cls) or instance.cls.kind == "namedtuple":
        return UnknownV(f"the attribute {name}", make("attr", ("object", instance.serial), name))
    if name.startswith("__") and name.endswith("__"):
        return interp.unknown(f"the attribute {name}")
    raise interp.raised("AttributeError", f"{instance.cls.name} has no attribute {name}")


def _is_descriptor(value: Value, instance: Instance, name: str) -> bool:
    """Whether a class attribute is a descriptor; one without a setter yields to the instance."""
    if special.method(value, "__get__") is None:
        return False
    return name not in instance.attributes or special.method(value, "__set__") is not None


def _property(
    interp: Interpreter, found: PropertyV, instance: Instance, name: str, site: Site
) -> Value:
    """The value of a property; a cached one is computed once."""
    if not found.cached:
        return interp.call(found.getter, [instance], {}, site)
    if name not in instance.attributes:
        value = interp.call(found.getter, [instance], {}, site)
        interp.heap.touch(instance)
        instance.attributes[name] = value
    return instance.attributes[name]


def _of_dict_object(interp: Interpreter, value: DictObject, name: str, site: Site) -> Value:
    """An attribute of a dict's subclass: an item if it shares them, or an inherited method of ``dict``."""
    if not dict_objects.is_own(value, name):
        if name == "__dict__" and value.shared:
            return value.content
        if value.shared and (name in value.content.items or value.content.open):
            return interp.item(value.content, name, site)
        inherited = dict_objects.method(value, name)
        if inherited is not None:
            return inherited
    return _of_instance(interp, value, name, site)


def _set_named(interp: Interpreter, instance: Instance, args: Args, site: Site) -> Value:
    """``x.__setattr__(name, value)``."""
    if len(args) == 2 and isinstance(args[0], str):
        interp.set_attribute(instance, args[0], args[1], site)
    else:
        instance.open, instance.reason = True, "an unknown attribute was assigned"
    return None


def _of_class(interp: Interpreter, cls: ClassV, name: str, site: Site) -> Value:
    found = find(cls, name)
    if found is not None and may_be_hidden(cls, found[0]):
        return interp.unknown(f"{name} may be inherited from what is not known")
    if found is not None:
        value = _current(interp, *found, name)
        if isinstance(value, StaticMethodV):
            return value.function
        if isinstance(value, ClassMethodV):
            return BoundMethod(cls, value.function)
        if special.method(value, "__get__") is not None:
            return special.call(interp, value, "__get__", [None, cls], site)
        if cls.kind == "enum" and not isinstance(value, FunctionV):
            return _enum_member(interp, cls, name, value, site)
        return value
    if name in ("__name__", "__qualname__"):
        return cls.name
    if name == "__dict__" and not cls.open:
        return DictV(interp.heap, dict(cls.namespace))
    if name == "_fields" and cls.fields is not None:
        return tuple(field for field, _ in cls.fields)
    if name == "__new__":
        return BoundMethod(cls, NativeV(name, _new))
    if name == "__init__":
        return interp.unknown("an inherited __init__")
    method = pydantic_models.class_method(cls, name)
    if method is not None:
        return method
    for base in cls.mro:
        if isinstance(base, External):
            return interp.semantics.base_classes.of_class(interp, cls, base, name, site)
    return interp.unknown(f"the attribute {name} of a class")


def _current(interp: Interpreter, owner: ClassV, value: Value, name: str) -> Value:
    """An attribute of a class; if the class is open, a plain value may have been replaced."""
    if not owner.open or isinstance(value, (FunctionV, PropertyV, StaticMethodV, ClassMethodV)):
        return value
    return interp.unknown(f"{name} may have changed: {owner.reason}")


def _new(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``object.__new__`` and that of named tuples."""
    return instances.new_object(interp, args[0] if args else None, args[1:], keywords, site)


# The members of an enum that inherits from one of these are numbers or strings.
_PLAIN_ENUMS = frozenset({"int", "str", "float", "enum.IntEnum", "enum.IntFlag", "enum.StrEnum"})


def _enum_member(interp: Interpreter, cls: ClassV, name: str, value: Value, site: Site) -> Value:
    """The member of this name; names of equal values are aliases of the first."""
    if is_constant(value) and any(
        isinstance(base, External) and base.dotted in _PLAIN_ENUMS for base in cls.mro
    ):
        return value
    if is_constant(value):
        name = next(
            (n for n, v in cls.namespace.items() if n[:1] != "_" and is_constant(v) and v == value),
            name,
        )
    if name not in cls.members:
        made = Instance(interp.heap, cls)
        made.attributes.update({"name": name, "value": value})
        cls.members[name] = made
        own = find(cls, "__init__")
        if own is not None:
            given = value if isinstance(value, tuple) else (value,)
            interp.call(BoundMethod(made, own[1]), [*given], {}, site)
    return cls.members[name]


def _of_super(interp: Interpreter, value: SuperV, name: str, site: Site) -> Value:
    receiver = value.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    if not isinstance(cls, ClassV):
        return interp.unknown("super() of something unknown")
    found = find(cls, name, after=value.cls)
    if found is not None:
        content = found[1]
        if isinstance(content, PropertyV) and isinstance(receiver, Instance):
            return _property(interp, content, receiver, name, site)
        return bound_to(content, receiver, cls)
    if name == "__new__":
        return NativeV(name, _new)
    if isinstance(receiver, DictObject):
        inherited = dict_objects.method(receiver, name)
        if inherited is not None:
            return inherited
    if name == "__init_subclass__" and is_all_own(cls):
        return NativeV(name, lambda *_: None)
    if not isinstance(receiver, Instance):
        return interp.unknown(f"super().{name}")
    if name == "__setattr__":
        return NativeV(name, lambda again, a, k, s: store_named(again, [receiver, *a], k, s))
    if name == "__getattribute__":
        return NativeV(name, lambda again, a, k, s: read_named(again, [receiver, *a], k, s))
    if name == "__call__" and _decorates(cls):
        return NativeV(name, lambda again, args, keywords, s: args[0] if args else None)
    if receiver.layer is not None:
        return interp.semantics.base_classes.inherited(interp, receiver, name)
    part = receiver.attributes.get(BASE_PART)
    if isinstance(part, Instance) and name in part.attributes:
        return part.attributes[name]
    if name == "__init__":
        if is_exception_class(cls):
            return NativeV(name, lambda again, a, k, s: _set_arguments(again, receiver, a))
        if namespaces.is_namespace(cls):
            return NativeV(name, lambda again, a, k, s: namespaces.fill(again, receiver, a, k))
        return NativeV("object.__init__", lambda *_: None)
    return interp.unknown(f"super().{name}")


def _set_arguments(interp: Interpreter, exception: Instance, args: Args) -> Value:
    """The constructor of builtin exceptions."""
    interp.heap.touch(exception)
    exception.attributes["args"] = tuple(args)
    return None


def _decorates(cls: ClassV) -> bool:
    """Whether the base is a library's decorator that returns what it decorates."""
    return any(isinstance(base, External) and base.dotted == "namex.export" for base in cls.mro)


READ: Mapping[type, Callable[[Interpreter, Own, str, Site], Value]] = {
    UnknownV: _of_unknown,
    ModuleV: _of_module,
    FunctionV: _of_function,
    PartialV: _of_partial,
    ExceptionV: _of_exception,
    Instance: _of_instance,
    DictObject: _of_dict_object,
    ClassV: _of_class,
    SuperV: _of_super,
    type(None): _of_none,
    object: of_other,
}

# -- testing --------------------------------------------------------------------------------


def _instance_has(interp: Interpreter, instance: Instance, name: str) -> bool | None:
    if (not instance.cls.looks_up and name in instance.attributes) or find(
        instance.cls, name
    ) is not None:
        return True
    if instance.cls.looks_up or find(instance.cls, "__getattr__") is not None:
        return None
    if instance.open or instance.cls.unknown_base:
        return None
    if instance.layer is not None:
        return interp.semantics.base_classes.has_attribute(instance, name)
    return False if is_all_own(instance.cls) else None


def _dict_object_has(interp: Interpreter, value: DictObject, name: str) -> bool | None:
    if value.shared and name in value.content.items:
        return True
    return _instance_has(interp, value, name)


def _module_has(interp: Interpreter, module: ModuleV, name: str) -> bool | None:
    return interp.modules.has_member(module, name)


def _class_has(interp: Interpreter, cls: ClassV, name: str) -> bool | None:
    return True if find(cls, name) is not None else None


def _plain_has(interp: Interpreter, value: object, name: str) -> bool | None:
    return hasattr(value, name)


def _list_has(interp: Interpreter, value: ListV, name: str) -> bool | None:
    return hasattr([], name)


def _dict_has(interp: Interpreter, value: DictV, name: str) -> bool | None:
    return hasattr({}, name)


def _not_known_to_have(interp: Interpreter, value: Value, name: str) -> bool | None:
    return None


TEST: Mapping[type, Callable[[Interpreter, Own, str], bool | None]] = {
    Instance: _instance_has,
    DictObject: _dict_object_has,
    ModuleV: _module_has,
    ClassV: _class_has,
    ListV: _list_has,
    DictV: _dict_has,
    **dict.fromkeys((type(None), int, float, str, tuple), _plain_has),
    object: _not_known_to_have,
}


def read_named(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``object.__getattribute__(instance, name)``."""
    if len(args) == 2 and isinstance(args[0], Instance) and isinstance(args[1], str):
        return plain(interp, args[0], args[1], site)
    return interp.unknown("an attribute of an unknown name")
