"""Makes, initialises and calls instances of the program's classes."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import dict_objects, records
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.python.namespaces import fill, is_namespace
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.exceptions import is_exception_class
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import Making
from kerasmergelint.tracker.values.objects import (
    BASE_PART,
    RECORDS,
    BoundMethod,
    ClassV,
    DictObject,
    FunctionV,
    Instance,
    instance_of,
)
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value


def instantiate(
    interp: Interpreter, cls: ClassV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``Class(*args, **keywords)``."""
    if cls.kind == "enum":
        return _member(interp, cls, args, site)
    interp.entered.add(cls.serial)
    if is_exception_class(cls):
        return _exception(interp, cls, args, keywords, site)
    maker = find(cls, "__new__")
    if maker is not None and isinstance(maker[1], FunctionV):
        return _make_and_initialise(interp, cls, maker[1], args, keywords, site)
    made = instance_of(interp.heap, cls)
    recipe = interp.recipe("construct", cls, args, keywords)
    interp.semantics.base_classes.adopt(interp, made, Making(args, keywords, recipe))
    initialise(interp, made, args, keywords, site)
    return made


def _member(interp: Interpreter, cls: ClassV, args: Args, site: Site) -> Value:
    """``Colour(3)``: the member with this value."""
    if len(args) == 1 and is_constant(args[0]):
        for name, value in cls.namespace.items():
            if not name.startswith("_") and is_constant(value) and value == args[0]:
                return interp.attribute(cls, name, site)
    return interp.unknown("a member of an enum")


def _make_and_initialise(
    interp: Interpreter,
    cls: ClassV,
    maker: FunctionV,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    """A class with its own ``__new__``, whose result is initialised if it is an instance."""
    made = interp.call(maker, [cls, *args], keywords, site)
    if isinstance(made, Instance) and made.cls is cls and find(cls, "__init__") is not None:
        initialise(interp, made, args, keywords, site)
    return made


def new_object(
    interp: Interpreter, cls: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``super().__new__(cls, ...)`` that ends at ``object`` or a named tuple."""
    if not isinstance(cls, ClassV):
        return interp.unknown("an object of a class that is not known")
    made = instance_of(interp.heap, cls)
    interp.semantics.base_classes.adopt(interp, made, None)
    if cls.kind == "namedtuple":
        records.initialise(interp, made, args, keywords, site)
    return made


def initialise(
    interp: Interpreter, made: Instance, args: Args, keywords: Keywords, site: Site
) -> None:
    """Run ``__init__``, the class's own or an inherited one."""
    cls = made.cls
    initialiser = find(cls, "__init__")
    if initialiser is not None:
        function = initialiser[1]
        if isinstance(function, FunctionV):
            result = interp.call(function, [made, *args], keywords, site)
            if result is not None and is_constant(result):
                raise interp.raised("TypeError", "__init__() should return None")
        else:
            made.open = True
    elif isinstance(made, DictObject):
        dict_objects.fill(interp, made, args, keywords, site)
    elif cls.kind in RECORDS:
        records.initialise(interp, made, args, keywords, site)
    elif made.layer is not None:
        interp.semantics.base_classes.initialise(interp, made, args, keywords, site)
    elif isinstance(part := made.attributes.get(BASE_PART), Instance):
        interp.call(part.attributes["__init__"], args, keywords, site)
    elif is_namespace(cls):
        fill(interp, made, args, keywords)
    elif cls.unknown_base or any(
        isinstance(base, External) and base.dotted not in ("object", "abc.ABC") for base in cls.mro
    ):
        made.open, made.reason = True, "its base class is not known"


def _exception(
    interp: Interpreter, cls: ClassV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """An exception; its arguments are set before its own constructor runs, if it has one."""
    made = instance_of(interp.heap, cls)
    made.attributes["args"] = tuple(args)
    if find(cls, "__init__") is not None:
        initialise(interp, made, args, keywords, site)
    return made


def call_instance(
    interp: Interpreter,
    instance: Instance,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    """``instance(*args)``: Keras's ``__call__`` for layers, the class's own otherwise."""
    own = find(instance.cls, "__call__")
    if own is not None:
        return interp.call(BoundMethod(instance, own[1]), args, keywords, site)
    if instance.layer is not None:
        return interp.semantics.base_classes.call(interp, instance, args, keywords, site)
    part = instance.attributes.get(BASE_PART)
    inherited = part.attributes.get("__call__") if isinstance(part, Instance) else None
    if inherited is not None:
        return interp.call(inherited, [instance, *args], keywords, site)
    for value in (*args, *keywords.values()):
        interp.forget(value, "passed to an object that is not known")
    return interp.unknown(f"calling a {instance.cls.name} is not modelled")
