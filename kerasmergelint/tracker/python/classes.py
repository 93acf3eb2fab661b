"""Class statements."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import own_exceptions, records, special
from kerasmergelint.tracker.python.decorators import decorators
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.python.records import InitVarV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import (
    RECORDS,
    BoundMethod,
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    PropertyV,
    StaticMethodV,
    is_all_own,
)
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.value import External, Value, keyed

# The cost of a class in the method resolution order, in items.
_ITEMS_A_BASE = 16


def define(interp: Interpreter, node: ir.ClassDef) -> Value:
    """Run a class body and make the class."""
    decorate = decorators(interp, node)
    bases = tuple(interp.evaluate(base) for base in node.bases)
    frame = interp.frame
    scope = Scope(interp.heap, frame.scope, frame.module, "class")
    fields: list[tuple[str, Value]] = []
    with aside.within(interp, Frame(scope, frame.module, node.name, fields=fields)):
        interp.execute(node.body)
    own_exceptions.check_bases(interp, node, bases)
    made = ClassV(interp.heap, node.name, bases, scope.variables, node, frame.scope)
    interp.charge(_ITEMS_A_BASE * len(made.mro))
    own = all(is_all_own(base) for base in bases if isinstance(base, ClassV))
    if not made.consistent and own:
        raise interp.raised("TypeError", "no consistent method resolution order")
    for name, value in scope.variables.items():
        scope.variables[name] = _owned(value, made)
    _inherit_fields(made, fields)
    _announce(interp, made, interp.site(node))
    result = decorate(made)
    interp.outputs.classes.append(made)
    return result


def _announce(interp: Interpreter, made: ClassV, site: Site) -> None:
    """Call ``__set_name__`` of the parts of a class, and ``__init_subclass__`` of its bases."""
    for name, value in list(made.namespace.items()):
        if isinstance(value, Instance):
            special.call(interp, value, "__set_name__", [made, name], site)
    hook = find(made, "__init_subclass__", after=made)
    if hook is not None and made.code is not None:
        function = hook[1].function if isinstance(hook[1], ClassMethodV) else hook[1]
        keywords = {k: interp.evaluate(v) for k, v in made.code.keywords if k is not None}
        keywords.pop("metaclass", None)
        interp.call(BoundMethod(made, function), [], keyed(keywords), site)


def _owned(value: Value, owner: ClassV) -> Value:
    """Functions of a class body know their class, for ``super()`` without arguments."""
    if isinstance(value, FunctionV) and value.owner is None:
        return replace(value, owner=owner)
    if isinstance(value, StaticMethodV):
        return StaticMethodV(_owned(value.function, owner))
    if isinstance(value, ClassMethodV):
        return ClassMethodV(_owned(value.function, owner))
    if isinstance(value, PropertyV):
        getter, setter, deleter = (
            _owned(part, owner) for part in (value.getter, value.setter, value.deleter)
        )
        return PropertyV(getter, setter, deleter, value.cached)
    return value


# Annotations of names that are not fields.
_NO_FIELDS = ("ClassVar", "KW_ONLY")


def note_field(interp: Interpreter, node: ir.AnnAssign, default: Value) -> None:
    """Remember an annotated name of a class body: a field, if the class is a dataclass."""
    annotation = node.annotation
    while isinstance(annotation, ir.Subscript):
        annotation = annotation.value
    kind = (
        annotation.attr if isinstance(annotation, ir.Attribute) else getattr(annotation, "id", "")
    )
    fields = interp.frame.fields
    if fields is not None and isinstance(node.target, ir.Name) and kind not in _NO_FIELDS:
        fields.append((node.target.id, InitVarV(default) if kind == "InitVar" else default))


# Base classes that turn their subclasses into records of the annotated names.
_RECORDS = frozenset(
    {
        "pydantic.BaseModel",
        "pydantic.BaseSettings",
        "pydantic_settings.BaseSettings",
        "msgspec.Struct",
    }
)


def _inherit_fields(made: ClassV, own: list[tuple[str, Value]]) -> None:
    """The fields of the bases, and the class's own if it is a record without a decorator."""
    made.declared = own
    made.fields = records.inherited_fields(made)
    dotted = [base.dotted for base in made.mro if isinstance(base, External)]
    parents = [base for base in made.mro[1:] if isinstance(base, ClassV)]
    if any(name in ("typing.NamedTuple", "collections.NamedTuple") for name in dotted):
        made.kind = "namedtuple"
        made.fields = made.fields or own
    elif any(name in _RECORDS for name in dotted):
        records.make_dataclass(made)
    elif any(parent.kind in RECORDS for parent in parents):
        made.kind = next(parent.kind for parent in parents if parent.kind in RECORDS)
    elif any(name.startswith("enum.") for name in dotted):
        made.kind = "enum"
        _count(made)


# What ``enum.auto()`` gives until the class is made.
AUTO = External("enum.auto()")


def _count(made: ClassV) -> None:
    """The values of members that an enum counts itself: one more than the largest before."""
    flags = any(isinstance(base, External) and base.dotted.endswith("Flag") for base in made.mro)
    texts = any(isinstance(base, External) and base.dotted == "enum.StrEnum" for base in made.mro)
    if "_generate_next_value_" in made.namespace:
        return
    largest = 0
    for name, value in made.namespace.items():
        if value == AUTO:
            value = made.namespace[name] = largest * 2 or 1 if flags else largest + 1
            if texts:
                made.namespace[name] = name.lower()
        if isinstance(value, int):
            largest = max(largest, value)
