"""What the functions of a module change in the module itself: names, attributes, containers.

A function that nobody calls may be called after any of them has run: ``configure(width)``, then ``build()``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import attributes_assigned, changes_in, walk
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.scope import ModuleV, Scope
from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class Changed:
    """Names that functions bind, attributes of named objects that they set, and containers that they fill."""

    names: frozenset[str] = frozenset()
    attributes: frozenset[tuple[str, str]] = frozenset()
    filled: frozenset[str] = frozenset()

    def and_also(self, other: Changed) -> Changed:
        return Changed(
            self.names | other.names,
            self.attributes | other.attributes,
            self.filled | other.filled,
        )

    def __bool__(self) -> bool:
        return bool(self.names or self.attributes or self.filled)


def changed_in(code: ir.ModuleCode) -> Changed:
    """What the functions of a module change of what is not their own."""
    names: set[str] = set()
    attributes: set[tuple[str, str]] = set()
    filled: set[str] = set()
    for function, cls in _functions(code):
        changes = changes_in(function.body)
        names |= changes.names & function.global_names
        own = changes.names - function.global_names
        own |= {parameter.name for parameter in function.parameters}
        filled |= {one.id for one in changes.filled if isinstance(one, ir.Name)} - own
        for name, attribute in attributes_assigned(function.body):
            if name not in own:
                attributes.add((name, attribute))
            elif cls is not None and name == function.parameters[0].name:
                attributes.add((cls, attribute))
    return Changed(frozenset(names), frozenset(attributes), frozenset(filled))


def _functions(code: ir.ModuleCode) -> Iterator[tuple[ir.FunctionCode, str | None]]:
    """The functions of a module; with a class method comes the name of its class."""
    of_class: dict[int, str] = {}
    nodes = list(walk(code.body))
    for node in nodes:
        if isinstance(node, ir.ClassDef):
            methods = [one for one in node.body if isinstance(one, ir.FunctionDef)]
            of_class |= {id(one.code): node.name for one in methods if _takes_class(one)}
    for node in nodes:
        if isinstance(node, ir.FunctionDef):
            yield node.code, of_class.get(id(node.code))


def _takes_class(method: ir.FunctionDef) -> bool:
    is_decorated = any(
        isinstance(one, ir.Name) and one.id == "classmethod" for one in method.decorators
    )
    return is_decorated and bool(method.code.parameters)


def leave_open(
    interp: Interpreter, scope: Scope, changed: Changed, attributes: frozenset[str]
) -> None:
    """Let what functions of a module change have any value, and the ``attributes`` that other files set."""
    for name in list(scope.variables):
        with suppress(Raised):
            scope.read(name)  # which carries out imports
    _open_variables(interp, scope, changed, changed.names | attributes)
    for name, attribute in changed.attributes:
        _open_attribute(interp, scope.variables.get(name), attribute)
    for holder in list(scope.variables.values()):
        if isinstance(holder, ModuleV):
            _open_variables(interp, holder.scope, changed, attributes)
        elif isinstance(holder, ClassV):
            for attribute in holder.namespace.keys() & attributes:
                _open_attribute(interp, holder, attribute)


def _open_variables(
    interp: Interpreter, scope: Scope, changed: Changed, names: Collection[str]
) -> None:
    for name in scope.variables.keys() & names:
        if not isinstance(scope.variables[name], ModuleV):
            interp.heap.touch(scope)
            scope.variables[name] = interp.unknown(f"{name} is set by others")
    for name in scope.variables.keys() & changed.filled:
        container = scope.variables[name]
        if isinstance(container, (ListV, DictV, SetV)):
            interp.heap.touch(container)
            container.open, container.reason = True, "it is changed by others"
            if isinstance(container, DictV):
                for key in container.items:
                    container.items[key] = interp.unknown("it is changed by others")


def _open_attribute(interp: Interpreter, holder: Value, name: str) -> None:
    if isinstance(holder, (ClassV, Instance, ModuleV)):
        content = interp.unknown(f"{name} is set by others")
        interp.set_attribute(holder, name, content, interp.site(None))
