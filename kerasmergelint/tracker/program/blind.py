"""Entering a function or method that the program itself does not call.

Its parameters have their defaults, or are unknowns with names of their own: a caller is free to
pass anything.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator
from contextlib import nullcontext, suppress
from itertools import chain
from typing import Any

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import attributes_set, does_nothing, names_in
from kerasmergelint.tracker.keras import subclasses, traced
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.asking import is_led
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.python.declared import known_as
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.python.set_late import is_empty_array, open_all_late, open_late
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Node, Site
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    ClassMethodV,
    ClassV,
    FunctionV,
    Instance,
    PropertyV,
    StaticMethodV,
)
from kerasmergelint.tracker.values.scope import ModuleV, Scope
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, UnknownV, Value


@dataclass(frozen=True, slots=True)
class Entry:
    """A function to enter on its own; with a class, one of its methods, on a new instance.

    ``replaced`` are attributes that classes derived from it, or other files, set themselves; ``opened``
    are parameters whose defaults may be those of nobody.
    """

    function: FunctionV
    cls: ClassV | None = None
    takes_class: bool = False
    replaced: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()

    def names(self) -> tuple[str, ...]:
        """What callers name: the function, and the class that they make."""
        return (self.function.name, *(() if self.cls is None else (self.cls.name,)))

    @property
    def name(self) -> str:
        """``function`` or ``Class.method``: the same in each analysis of a text."""
        return ".".join(reversed(self.names()))


def entries_of(
    outputs: Outputs,
    module: ModuleV,
    entered: Collection[int],
    set_elsewhere: frozenset[str] = frozenset(),
) -> list[Entry]:
    """The functions and methods of a file; where it was run already, only the top-level ones."""
    derived = _derived(outputs.classes)
    methods = [
        replace(entry, replaced=replaced)
        for cls in outputs.classes
        if cls.scope is not None and cls.scope.module is module
        for replaced in [set_elsewhere | _set_by_derived(cls, derived.get(id(cls), ()))]
        for entry in entries_of_class(cls)
    ]
    codes = {id(entry.function.code) for entry in methods}
    functions = [
        Entry(function)
        for function in outputs.functions
        if function.scope.module is module
        and id(function.code) not in codes
        and not _is_defined_again(function)
        and (function.scope is module.scope or id(function.code) not in entered)
    ]
    return functions + methods


def hidden_entries(outputs: Outputs, module: ModuleV) -> Iterator[Entry]:
    """The functions and methods of a file that a decorator hides: whatever it does, it calls them.

    It may have other values for their parameters than the defaults, as those that take them from a file do.
    """
    owners = {
        id(node.code): cls
        for cls in outputs.classes
        if cls.code is not None
        for node in cls.code.body
        if isinstance(node, ir.FunctionDef)
    }
    for function in outputs.hidden:
        if function.scope.module is module:
            cls = owners.get(id(function.code))
            owned = function if cls is None else replace(function, owner=cls)
            yield Entry(owned, cls, opened=frozenset(function.defaults))


def _is_defined_again(function: FunctionV) -> bool:
    """Whether the name is defined again later, as in notebooks: what this one was written for may be gone."""
    now = function.scope.variables.get(function.name)
    if isinstance(now, FunctionV):
        return now.code is not function.code and now.code.name == function.code.name
    return isinstance(now, ClassV) and now.name == function.name


# What Keras itself calls or asks for, in its own way.
_OF_KERAS = frozenset({"__init__", "build", "call", "compute_output_shape", "compute_mask"})
_ITEMS_A_METHOD = 8  # the cost of looking at a method
_SKIPPED = frozenset({"__repr__", "__str__", "__hash__", "__eq__", "get_config", "from_config"})


def entries_of_class(cls: ClassV) -> Iterator[Entry]:
    """The methods of a class; the constructor runs before each of them."""
    for name, value in cls.namespace.items():
        function, takes_class = value, False
        if isinstance(value, StaticMethodV):
            function = value.function
        elif isinstance(value, ClassMethodV):
            function, takes_class = value.function, True
        if not isinstance(function, FunctionV):
            continue
        if isinstance(value, StaticMethodV):
            yield Entry(function)
        elif name not in _SKIPPED:
            yield Entry(function, cls, takes_class)


def _derived(classes: list[ClassV]) -> dict[int, list[ClassV]]:
    """The classes that derive from each, by its id."""
    found: dict[int, list[ClassV]] = {}
    for derived in classes:
        for cls in derived.mro:
            if isinstance(cls, ClassV) and cls is not derived:
                found.setdefault(id(cls), []).append(derived)
    return found


def _set_by_derived(cls: ClassV, classes: Collection[ClassV]) -> frozenset[str]:
    """What derived classes define anew or set in methods: a base class is seldom instantiated itself."""
    inherited = {name for base in cls.mro if isinstance(base, ClassV) for name in base.namespace}
    found: set[str] = set()
    for derived in classes:
        found |= (derived.namespace.keys() & inherited) - _OF_KERAS
        for method in derived.namespace.values():
            if isinstance(method, FunctionV) and method.code.parameters:
                found |= attributes_set(method.code.body, method.code.parameters[0].name)
    return frozenset(found)


def callers_first(entries: list[Entry]) -> list[Entry]:
    """Order the entries: those that no other entry mentions come first.

    Callers pass real arguments; once they have run, most helpers need no entry of their own.
    """
    mentioned: set[str] = set()
    for entry in entries:
        own = {entry.function.name} if entry.cls is None else {entry.cls.name}
        mentioned |= names_in(entry.function.code) - own

    def is_helper(entry: Entry) -> bool:
        return (entry.function if entry.cls is None else entry.cls).name in mentioned

    return sorted(entries, key=is_helper)


_NOTHING: frozenset[str] = frozenset()


class Made(enum.Enum):
    """Whether the verdicts on merges of the constructor, which runs before a method, are its own."""

    JUDGED = "by the entry of the constructor"
    WITH_METHOD = "by that of the method"


def enter(
    interp: Interpreter,
    entry: Entry,
    opened: Collection[str] = _NOTHING,
    made: Made = Made.WITH_METHOD,
) -> None:
    """Call the function, or the method on a new instance; ``opened`` parameters have no defaults."""
    site = interp.site(None)
    interp.before_entry = interp.heap.births
    if entry.cls is None:
        _call(interp, entry.function, entry.function, site, opened)
    elif entry.takes_class:
        method = BoundMethod(entry.cls, entry.function)
        _call(interp, method, entry.function, site, opened, skip=1)
    elif entry.function.name == "__init__":
        _instantiate(interp, entry.cls, site, opened)
    else:
        known = made is Made.JUDGED and "__init__" in entry.cls.namespace
        with aside.merges_known(interp) if known else nullcontext():
            instance = _instantiate(interp, entry.cls, site, opened)
        if isinstance(instance, Instance):
            _as_found(interp, instance, entry.replaced, entry.function.code)
            _call_method(interp, instance, entry.function, site, opened)


def open_names(interp: Interpreter, scope: Scope, names: Collection[str]) -> None:
    """Let names of a module have any value, since they are bound again after the function is defined."""
    for name in names:
        interp.heap.touch(scope)
        scope.variables[name] = interp.unknown(f"{name} is assigned more than once")


def enter_made(interp: Interpreter, outputs: Outputs, module: ModuleV) -> None:
    """Run the functions that were made but never entered: anyone who gets hold of one may call it.

    So may what a decorator does with one that it hides.
    """
    interp.before_entry = interp.heap.births
    for function in chain(outputs.functions, outputs.hidden):  # which may become more
        if function.scope.module is module and id(function.code) not in interp.entered:
            with suppress(Raised):
                _call(interp, function, function, interp.site(None))


def _as_found(
    interp: Interpreter, instance: Instance, replaced: Collection[str], entered: ir.FunctionCode
) -> None:
    """Open what the constructor left empty: other methods may have run since, and called its layers."""
    interp.heap.touch(instance)
    interp.of_others = interp.heap.births
    _leave_to_subclasses(interp, instance, replaced)
    for name in instance.attributes.keys() & replaced:
        instance.attributes[name] = interp.unknown(f"{name} is set by others")
    stack: list[dict[Any, Value]] = [instance.attributes]
    seen: set[int] = set()
    while stack:
        items = stack.pop()
        for name, value in items.items():
            if value is None or is_empty_array(value):
                items[name] = interp.unknown(f"{name} may be set by another method")
            elif isinstance(value, (ListV, DictV, SetV)) and value.serial not in seen:
                seen.add(value.serial)
                interp.heap.touch(value)
                if not value.items:
                    value.open, value.reason = True, "it may be filled by another method"
                elif isinstance(value, DictV):
                    stack.append(value.items)
    open_all_late(interp, [instance], replaced, entered)


def _leave_to_subclasses(
    interp: Interpreter, instance: Instance, replaced: Collection[str]
) -> None:
    """What a class leaves empty is for the class that is instantiated: None, methods that do nothing."""
    classes = [cls for cls in instance.cls.mro if isinstance(cls, ClassV)]
    interp.step()  # which ends a run that has nothing left, before more is charged
    interp.charge(_ITEMS_A_METHOD * sum(len(cls.namespace) for cls in classes))
    for cls in classes:
        empty = [n for n, v in cls.namespace.items() if n in replaced or _is_left_empty(v)]
        for name in empty:
            found = find(instance.cls, name)
            if name.startswith("__") or found is None or found[0] is not cls:
                continue
            content = interp.unknown(f"{name} may be overridden")
            if isinstance(found[1], PropertyV):  # which comes before what an instance has
                interp.set_attribute(cls, name, content, interp.site(None))
            instance.attributes.setdefault(name, content)


def _is_left_empty(value: Value) -> bool:
    """Whether a value of a class is nothing, or a method or property that gives nothing."""
    if type(value) is FunctionV:  # as most are
        return does_nothing(value.code.body)
    function = value.getter if isinstance(value, PropertyV) else value
    if isinstance(function, StaticMethodV):
        function = function.function
    if isinstance(function, FunctionV):
        return does_nothing(function.code.body)
    if isinstance(value, (ListV, DictV, SetV)):
        return not value.items
    return value is None or value == ()


def _call_method(
    interp: Interpreter,
    instance: Instance,
    function: FunctionV,
    site: Site,
    opened: Collection[str],
) -> None:
    method = BoundMethod(instance, function)
    if instance.layer is None or function.name not in _OF_LAYERS:
        if instance.layer is not None:
            _build(interp, instance, site, opened)
            open_late(interp, instance, entered=function.code)
        _call(interp, method, function, site, opened, skip=1)
        return
    args, keywords = arguments(interp, function, opened, skip=1)
    with aside.inside_custom(interp, None):
        if function.name == "call":
            _note_input(interp, instance, args, site)
            traced.build_for(interp, instance, args, keywords, site)
            open_late(interp, instance, entered=function.code)
        interp.call(method, args, keywords, site)


def _note_input(interp: Interpreter, instance: Instance, args: Args, site: Site) -> None:
    """Keras checks the input of a class that derives from one of its layers as it does for that layer."""
    inner = instance.state.inner
    if interp.on_merge is None or inner is None or not args or "input_spec" in instance.attributes:
        return
    interp.on_merge(Node(instance.cls.name, site, args[0], None, inner))


_OF_LAYERS = ("call", "build", "compute_output_shape")


def _build(interp: Interpreter, layer: Instance, site: Site, opened: Collection[str]) -> None:
    """Whoever calls other methods of a layer, such as its ``step``, has built it for some input."""
    found = find(layer.cls, "build")
    if found is not None and isinstance(found[1], FunctionV):
        with aside.inside_custom(interp, None):
            _call(interp, BoundMethod(layer, found[1]), found[1], site, opened, skip=1)


def _instantiate(interp: Interpreter, cls: ClassV, site: Site, opened: Collection[str]) -> Value:
    found = find(cls, "__init__")
    if found is None or not isinstance(found[1], FunctionV):
        given = _fields_that_are_given(interp, cls, opened) or _required_by_base(interp, cls)
        return interp.call(cls, [], given, site)
    args, keywords = arguments(interp, found[1], opened, skip=1)
    return interp.call(cls, args, keywords, site)


def _fields_that_are_given(interp: Interpreter, cls: ClassV, opened: Collection[str]) -> Keywords:
    """Unknowns for the ``opened`` fields of a data class, and those with an empty default."""
    if cls.kind != "dataclass":
        return {}
    return {
        name: interp.unknown(f"the field {name} may be given")
        for name, default in cls.fields or ()
        if default is None or default == () or name in opened
    }


def _required_by_base(interp: Interpreter, cls: ClassV) -> Keywords:
    """Unknowns for what the constructor of a layer that Keras ships cannot do without, if it is inherited."""
    reason = "the parameter {} is whatever a caller gives"
    return {
        term[-1]: interp.resolve(UnknownV(reason.format(term[-1]), term))
        for term in terms_of_base(interp, cls)
    }


def terms_of_base(interp: Interpreter, cls: ClassV) -> list[Term]:
    """The terms of what a caller gives to the inherited constructor of a layer that Keras ships."""
    if find(cls, "__init__") is not None:
        return []
    return [("param", cls.name, name) for name in subclasses.required_by_base(interp, cls.mro)]


def _call(
    interp: Interpreter,
    callee: Value,
    function: FunctionV,
    site: Site,
    opened: Collection[str] = _NOTHING,
    *,
    skip: int = 0,
) -> None:
    args, keywords = arguments(interp, function, opened, skip=skip)
    interp.call(callee, args, keywords, site)


_FURTHER = ("var_positional", "var_keyword")


def arguments(
    interp: Interpreter, function: FunctionV, opened: Collection[str] = _NOTHING, *, skip: int
) -> tuple[Args, Keywords]:
    """A value for every parameter: its default, or an unknown of its own."""
    args: Args = []
    keywords: Keywords = {}
    for parameter in function.code.parameters[skip:]:
        if is_led(interp.asker) and parameter.kind in _FURTHER:
            continue  # to reach a failure, nothing is passed that can be left out
        value = _argument(interp, function, parameter, opened)
        if parameter.kind in ir.BY_PLACE:
            args.append(value)
        elif parameter.kind == "keyword":
            keywords[parameter.name] = value
        elif parameter.kind == "var_positional":
            args.append(Spread(value))
        else:
            keywords[REST] = value
    return args, keywords


def term_of(function: str, parameter: ir.Parameter) -> Term:
    """The term of a parameter, of a function of this name, that no caller has passed."""
    return ("param", function, parameter.name)


def _argument(
    interp: Interpreter, function: FunctionV, parameter: ir.Parameter, opened: Collection[str]
) -> Value:
    term = term_of(function.name, parameter)
    if parameter.name in function.defaults and parameter.name not in opened:
        default = function.defaults[parameter.name]
        if default == () or (isinstance(default, (ListV, DictV, SetV)) and not default.items):
            return UnknownV(f"something may be given for {parameter.name}", term)
        if default is not None and not (type(default) is int and default == 0):
            return default
        # None and 0 as defaults mean "not given". Code that never tests for them is always given a
        # value.
        interp.path.absent[term] = default
    unknown = UnknownV(f"the parameter {parameter.name} is whatever a caller gives", term)
    return interp.resolve(known_as(interp, parameter.name, unknown, parameter.annotation))


__all__ = ["DictV", "Entry", "arguments", "enter", "enter_made", "entries_of_class"]
