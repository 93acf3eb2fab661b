"""The values of the expressions in one file, for editors, which show them beside the code.

An interpreter that notes them costs a tenth more, so it is one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Equipment, Interpreter
from kerasmergelint.tracker.machine.semantics import Own, Semantics, Table
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.stoppable import Stoppable
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.signals import Returned, Signal
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value

# A place in a loop, or in a function that is called often, may have any number of values.
_MOST_VALUES = 8


@dataclass(slots=True)
class Noted:
    """An expression, and the values that it had: those of the default path first.

    ``assigned`` says that it is the target of an assignment, ``returned`` that it is what a function gives.
    """

    site: Site
    values: list[Value]
    assigned: bool = False
    returned: bool = False


@dataclass(slots=True)
class Notes:
    """The values of the expressions in the file at ``path``, by node."""

    path: str
    places: dict[int, Noted] = field(default_factory=dict)

    def add(self, module: ModuleV, node: ir.Expression, value: Value) -> Noted:
        noted = self.places.get(id(node))
        if noted is None:
            noted = self.places[id(node)] = Noted(Site(module, node), [value])
            return noted
        if len(noted.values) < _MOST_VALUES:
            for known in noted.values:
                if known is value:
                    return noted
            noted.values.append(value)
        return noted


class Noting(Stoppable):
    """An interpreter that notes the values of calls, operands and assigned names in one file."""

    def __init__(self, equipment: Equipment, notes: Notes, stop: Stop) -> None:
        super().__init__(replace(equipment, semantics=_observed(equipment.semantics)), stop)
        self.notes = notes

    def concerns(self, module: ModuleV) -> bool:
        """Whether to note what happens in a module; what a search for witnesses chose is none of its own."""
        return self.asker is None and module.path == self.notes.path

    def call(self, callee: Value, args: Args, keywords: Keywords, site: Site) -> Value:
        node = site.node
        if type(node) is not ir.Call or not self.concerns(site.module):
            return super().call(callee, args, keywords, site)
        if type(callee) is not External:
            self.notes.add(site.module, node.func, callee)
        if len(args) == len(node.args):
            for argument, value in zip(node.args, args):
                self._given(site.module, argument, value)
        for name, argument in node.keywords:
            if name in keywords:
                self._given(site.module, argument, keywords[name])
        result = super().call(callee, args, keywords, site)
        self.notes.add(site.module, node, result)
        return result

    def _given(self, module: ModuleV, node: ir.Expression, value: Value) -> None:
        """Note an argument; of a list display, its items."""
        if type(node) is ir.ListExpr or type(node) is ir.TupleExpr:
            items = value.items if isinstance(value, ListV) else value
            if isinstance(items, (list, tuple)) and len(items) == len(node.elements):
                for element, item in zip(node.elements, items):
                    self.notes.add(module, element, item)
        self.notes.add(module, node, value)

    def attribute(self, value: Value, name: str, site: Site) -> Value:
        result = super().attribute(value, name, site)
        node = site.node
        if (
            type(value) is not External
            and type(node) is ir.Attribute
            and node.attr == name
            and self.concerns(site.module)
        ):
            self.notes.add(site.module, node.value, value)
            self.notes.add(site.module, node, result)
        return result

    def set_attribute(self, value: Value, name: str, content: Value, site: Site) -> None:
        super().set_attribute(value, name, content, site)
        node = site.node
        if type(node) is ir.Attribute and self.concerns(site.module):
            self.notes.add(site.module, node, content).assigned = True

    def operated(self, left: Value, right: Value, site: Site) -> None:
        super().operated(left, right, site)
        node = site.node
        if type(node) is ir.BinOp and self.concerns(site.module):
            self.notes.add(site.module, node.left, left)
            self.notes.add(site.module, node.right, right)


def _observed(semantics: Semantics[Interpreter]) -> Semantics[Interpreter]:
    """The same tables, with a look at what assignments bind and functions return."""
    execute: dict[type, Callable[[Interpreter, Own], Signal]] = Table()
    execute.update(semantics.execute)
    for kind in (ir.Assign, ir.AugAssign, ir.AnnAssign):
        execute[kind] = _bound(execute[kind])
    execute[ir.Return] = _returned(execute[ir.Return])
    return replace(semantics, execute=execute)


def _bound(
    execute: Callable[[Interpreter, Own], Signal],
) -> Callable[[Interpreter, Own], Signal]:
    def run(interp: Interpreter, node: ir.Assign | ir.AugAssign | ir.AnnAssign) -> Signal:
        signal = execute(interp, node)
        frame = interp.frames[-1]
        if isinstance(interp, Noting) and interp.concerns(frame.module):
            targets = node.targets if isinstance(node, ir.Assign) else (node.target,)
            for name in _names(targets):
                if name.id in frame.scope.variables:
                    value = frame.scope.variables[name.id]
                    interp.notes.add(frame.module, name, value).assigned = True
        return signal

    return run


def _names(targets: Sequence[ir.Expression]) -> Iterator[ir.Name]:
    for target in targets:
        if isinstance(target, ir.Name):
            yield target
        elif isinstance(target, (ir.TupleExpr, ir.ListExpr)):
            yield from _names(target.elements)


def _returned(
    execute: Callable[[Interpreter, Own], Signal],
) -> Callable[[Interpreter, Own], Signal]:
    def run(interp: Interpreter, node: ir.Return) -> Signal:
        signal = execute(interp, node)
        frame = interp.frames[-1]
        if (
            node.value is not None
            and isinstance(signal, Returned)
            and isinstance(interp, Noting)
            and interp.concerns(frame.module)
        ):
            interp.notes.add(frame.module, node.value, signal.value).returned = True
        return signal

    return run
