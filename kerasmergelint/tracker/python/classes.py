"""Classes that the program defines: making them, instantiating them, their decorators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import initialises_a_base
from kerasmergelint.tracker.keras import layers
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.exceptions import ExceptionV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    PropertyV,
    StaticMethodV,
)
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.value import External, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

MISSING = External("dataclasses.MISSING")


# -- definition -----------------------------------------------------------------------------


def define(interp: Interpreter, node: ir.ClassDef) -> Value:
    """Run a class body and make the class."""
    bases: list[Value] = []
    for base in node.bases:
        value = interp.evaluate(base)
        bases.append(value)
    frame = interp.frame
    scope = Scope(interp.heap, frame.scope, frame.module, "class")
    with interp.within(Frame(scope, frame.module, node.name, None, called_from=None)):
        scope.variables["__fields__"] = []
        interp.execute(node.body)
    fields = scope.variables.pop("__fields__")
    made = ClassV(interp.heap, node.name, tuple(bases), scope.variables, node, frame.scope)
    limits.charge(interp, 16 * len(made.mro))
    for name, value in scope.variables.items():
        scope.variables[name] = _owned(value, made)
    _inherit_fields(made, fields)
    result: Value = made
    for decorator in reversed(node.decorators):
        result = decorate(interp, decorator, result, node)
    interp.outputs.classes.append(made)
    return result


def _owned(value: Value, owner: ClassV) -> Value:
    """Functions of a class body know their class, for ``super()`` without arguments."""
    if isinstance(value, FunctionV) and value.owner is None:
        return FunctionV(
            value.code, value.defaults, value.scope, value.name, owner, value.attributes
        )
    if isinstance(value, StaticMethodV):
        return StaticMethodV(_owned(value.function, owner))
    if isinstance(value, ClassMethodV):
        return ClassMethodV(_owned(value.function, owner))
    if isinstance(value, PropertyV):
        setter = None if value.setter is None else _owned(value.setter, owner)
        return PropertyV(_owned(value.getter, owner), setter)
    return value


def note_field(interp: Interpreter, scope: Scope, node: ir.AnnAssign) -> None:
    """Remember an annotated name of a class body: a field, if the class is a dataclass."""
    fields = scope.variables.get("__fields__")
    if isinstance(fields, list) and isinstance(node.target, ir.Name):
        default: Value = MISSING
        if node.value is not None:
            default = interp.evaluate(node.value)
        fields.append((node.target.id, default))


def _inherit_fields(made: ClassV, own: list[tuple[str, Value]]) -> None:
    inherited: dict[str, Value] = {}
    for base in reversed(made.mro[1:]):
        if isinstance(base, ClassV) and base.fields is not None:
            inherited.update(dict(base.fields))
    inherited.update(dict(own))
    made.fields = list(inherited.items())
    dotted = [base.dotted for base in made.mro if isinstance(base, External)]
    parents = [base for base in made.mro[1:] if isinstance(base, ClassV)]
    if any(name in ("typing.NamedTuple", "collections.NamedTuple") for name in dotted):
        made.kind = "namedtuple"
    elif any(parent.kind in ("dataclass", "namedtuple") for parent in parents):
        made.kind = next(p.kind for p in parents if p.kind in ("dataclass", "namedtuple"))
    elif any(name.startswith("enum.") for name in dotted):
        made.kind = "enum"


# -- decorators -----------------------------------------------------------------------------

_TRANSPARENT = frozenset(
    {
        "functools.wraps", "six.add_metaclass", "six.python_2_unicode_compatible",
        "functools.lru_cache", "functools.cache", "tensorflow.function",
        "tensorflow.keras.utils.register_keras_serializable", "abc.abstractmethod",
        "keras.utils.register_keras_serializable", "keras.saving.register_keras_serializable",
        "tensorflow.keras.saving.register_keras_serializable",
        "tf_keras.utils.register_keras_serializable", "tf_keras.saving.register_keras_serializable",
        "keras_core.saving.register_keras_serializable", "typing.final", "typing.overload",
        "typing.no_type_check", "contextlib.contextmanager", "typing_extensions.override",
        "typing.override", "tensorflow.autograph.experimental.do_not_convert",
        "tensorflow.Module.with_name_scope", "total_ordering", "functools.total_ordering",
        "tensorflow.custom_gradient", "typing.runtime_checkable", "enum.unique",
        "keras.src.api_export.keras_export", "tensorflow.python.util.tf_export.keras_export",
    }
)  # fmt: skip


def decorate(interp: Interpreter, decorator: ir.Expression, value: Value, node: Any) -> Value:
    """Apply a decorator: harmless ones pass the function through, unknown ones hide it."""
    if isinstance(decorator, ir.Attribute) and decorator.attr in ("setter", "getter", "deleter"):
        current = interp.evaluate(decorator.value)
        if isinstance(current, PropertyV):
            if decorator.attr == "setter":
                return PropertyV(current.getter, value)
            return current
    if isinstance(decorator, ir.Call):
        maker = interp.evaluate(decorator.func)
        if isinstance(maker, External) and _passes_through(maker.dotted):
            return value
    applied = interp.evaluate(decorator)
    dotted = applied.dotted if isinstance(applied, External) else ""
    if dotted == "property" or dotted.endswith("cached_property"):
        return PropertyV(value)
    if dotted in ("abc.abstractproperty",):
        return PropertyV(value)
    if dotted == "staticmethod":
        return StaticMethodV(value)
    if dotted == "classmethod":
        return ClassMethodV(value)
    if dotted.startswith("dataclasses.dataclass") and isinstance(value, ClassV):
        value.kind = "dataclass"
        return value
    if dotted in _TRANSPARENT or dotted.endswith("(decorator)"):
        return value
    if dotted.rpartition(".")[2] in ("keras_export", "tf_export"):
        return value
    if isinstance(applied, UnknownV) and isinstance(decorator, ir.Call):
        name = decorator.func
        last = name.attr if isinstance(name, ir.Attribute) else getattr(name, "id", "")
        if last in ("keras_export", "tf_export", "register_keras_serializable"):
            return value
    site = Site(interp.frame.module, node)
    return interp.call(applied, [value], {}, site)


def _passes_through(dotted: str) -> bool:
    """Whether calling this gives a decorator that passes its function through."""
    return dotted in _TRANSPARENT or dotted.rpartition(".")[2] in ("keras_export", "tf_export")


# -- instances ------------------------------------------------------------------------------


def find(cls: ClassV, name: str, after: ClassV | None = None) -> tuple[ClassV, Value] | None:
    """Where a class attribute is defined, in the method resolution order."""
    order = cls.mro
    if after is not None:
        index = next((i for i, entry in enumerate(order) if entry is after), -1)
        order = order[index + 1 :]
    for entry in order:
        if isinstance(entry, ClassV) and name in entry.namespace:
            return entry, entry.namespace[name]
    return None


def instantiate(
    interp: Interpreter, cls: ClassV, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """``Class(*args, **keywords)``."""
    if cls.kind == "enum":
        return _member(interp, cls, args, site)
    interp.entered.add(cls.serial)
    if any(_is_exception(base) for base in cls.mro):
        return ExceptionV(cls.name, cls, tuple(args))
    maker = find(cls, "__new__")
    if maker is not None and isinstance(maker[1], FunctionV):
        return _make_and_initialise(interp, cls, maker[1], args, keywords, site)
    made = Instance(interp.heap, cls)
    layers.adopt(interp, made, interp.recipe("construct", cls, args, keywords))
    initialise(interp, made, args, keywords, site)
    return made


def _member(interp: Interpreter, cls: ClassV, args: list[Value], site: Site) -> Value:
    """``Colour(3)``: the member with this value."""
    from kerasmergelint.tracker.values.constants import is_constant

    if len(args) == 1 and is_constant(args[0]):
        for name, value in cls.namespace.items():
            if not name.startswith(("_", "(")) and is_constant(value) and value == args[0]:
                return interp.attribute(cls, name, site)
    return interp.unknown("a member of an enum")


def _make_and_initialise(
    interp: Interpreter,
    cls: ClassV,
    maker: FunctionV,
    args: list[Value],
    keywords: dict[str, Value],
    site: Site,
) -> Value:
    """A class with its own ``__new__``: what that gives is initialised if it is an instance."""
    made = interp.call(maker, [cls, *args], keywords, site)
    if isinstance(made, Instance) and made.cls is cls and find(cls, "__init__") is not None:
        initialise(interp, made, args, keywords, site)
    return made


def new_object(
    interp: Interpreter, cls: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """``super().__new__(cls, ...)`` that has reached ``object`` or a named tuple."""
    if not isinstance(cls, ClassV):
        return interp.unknown("an object of a class that is not known")
    made = Instance(interp.heap, cls)
    layers.adopt(interp, made)
    if cls.kind == "namedtuple":
        _initialise_fields(interp, made, args, keywords, site)
    return made


def initialise(
    interp: Interpreter, made: Instance, args: list[Value], keywords: dict[str, Value], site: Site
) -> None:
    """What ``__init__`` does, the class's own or the one that it inherits."""
    cls = made.cls
    initialiser = find(cls, "__init__")
    if initialiser is not None:
        function = initialiser[1]
        if isinstance(function, FunctionV):
            interp.call(function, [made, *args], keywords, site)
        else:
            made.open = True
    elif cls.kind in ("dataclass", "namedtuple"):
        _initialise_fields(interp, made, args, keywords, site)
    elif made.layer is not None:
        layers.initialise_base(interp, made, args, keywords, site)
    elif cls.unknown_base or any(
        isinstance(base, External) and base.dotted not in ("object", "abc.ABC") for base in cls.mro
    ):
        made.open, made.reason = True, "its base class is not known"


def forgets_base(made: Instance) -> bool:
    """Whether a layer's constructor certainly does not run that of its base."""
    cls = made.cls
    initialiser = find(cls, "__init__")
    if initialiser is None or cls.unknown_base or find(cls, "__new__") is not None:
        return False
    function = initialiser[1]
    if not isinstance(function, FunctionV) or not function.code.parameters:
        return False
    receiver = function.code.parameters[0].name
    return not initialises_a_base(function.code.body, receiver)


def _is_exception(base: Value) -> bool:
    return isinstance(base, External) and base.dotted.endswith(("Exception", "Error"))


def _initialise_fields(
    interp: Interpreter, made: Instance, args: list[Value], keywords: dict[str, Value], site: Site
) -> None:
    left = dict(keywords)
    waiting = list(args)
    for name, default in made.cls.fields or []:
        if waiting:
            made.attributes[name] = waiting.pop(0)
        elif name in left:
            made.attributes[name] = left.pop(name)
        elif default is MISSING or "**" in left:
            if default is MISSING and "**" not in left:
                raise interp.raised("TypeError", f"missing {name}")
            made.attributes[name] = interp.unknown(f"the field {name} may come through **")
        else:
            made.attributes[name] = _field_default(interp, default, site)
    after = find(made.cls, "__post_init__")
    if after is not None:
        interp.call(after[1], [made], {}, site)


def _field_default(interp: Interpreter, default: Value, site: Site) -> Value:
    """``field(default_factory=list)`` makes a new one for each instance."""
    if isinstance(default, DictV) and "__field__" in default.items:
        factory = default.items.get("default_factory")
        if factory is not None:
            return interp.call(factory, [], {}, site)
        return default.items.get("default", interp.unknown("a field without a default"))
    return default


def call_instance(
    interp: Interpreter,
    instance: Instance,
    args: list[Value],
    keywords: dict[str, Value],
    site: Site,
) -> Value:
    """``instance(*args)``: Keras's ``__call__`` for layers, the class's own otherwise."""
    own = find(instance.cls, "__call__")
    if own is not None:
        return interp.call(BoundMethod(instance, own[1]), args, keywords, site)
    if instance.layer is not None:
        return layers.call_layer(interp, instance, args, keywords, site)
    for value in (*args, *keywords.values()):
        interp.forget(value, "passed to an object that is not known")
    return interp.unknown(f"calling a {instance.cls.name} is not modelled")


def enter_context(interp: Interpreter, manager: Value, site: Site) -> Value:
    """What ``with manager as x`` binds."""
    if isinstance(manager, Instance):
        method = find(manager.cls, "__enter__")
        if method is not None:
            return interp.call(BoundMethod(manager, method[1]), [], {}, site)
    return interp.unknown("what a context manager gives")


def namedtuple(interp: Interpreter, name: str, fields: list[str], defaults: list[Value]) -> ClassV:
    """``collections.namedtuple(name, fields)``."""
    made = ClassV(interp.heap, name, (), {}, None, None)
    made.kind = "namedtuple"
    missing: list[Value] = [MISSING] * (len(fields) - len(defaults))
    made.fields = list(zip(fields, [*missing, *defaults]))
    return made
