"""What each kind of statement does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import (
    assigning,
    classes,
    contexts,
    effects,
    exceptions,
    loops,
    placeholders,
)
from kerasmergelint.tracker.python.alternatives import as_loop, both
from kerasmergelint.tracker.python.decorators import are_meant_to_work, decorators
from kerasmergelint.tracker.python.expressions import make_function
from kerasmergelint.tracker.python.in_place import augmented
from kerasmergelint.tracker.python.matching import matches
from kerasmergelint.tracker.python.plans import Block, Plan, at_once
from kerasmergelint.tracker.python.records import MISSING
from kerasmergelint.tracker.python.targets import assign, bind, unbind
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.exceptions import ExceptionV, Raised
from kerasmergelint.tracker.values.foreign import LIBRARIES
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import FunctionV, PropertyV
from kerasmergelint.tracker.values.signals import Jump, Returned, Signal
from kerasmergelint.tracker.values.value import UnknownV, Value

# -- assignments ----------------------------------------------------------------------------


def _assign(interp: Interpreter, node: ir.Assign) -> Signal:
    value = interp.evaluate(node.value)
    if isinstance(value, placeholders.CONTAINERS):
        value = placeholders.in_place_of(interp, node, value)
    for target in node.targets:
        if type(target) is ir.Name:
            bind(interp, target.id, value)
        else:
            assign(interp, target, value)
    return None


def _augmented(interp: Interpreter, node: ir.AugAssign) -> Signal:
    """The target is evaluated once, before the value."""
    site = interp.site(node)
    target = node.target
    if isinstance(target, ir.Attribute):
        receiver = interp.evaluate(target.value)
        old = interp.attribute(receiver, target.attr, site)
        interp.set_attribute(receiver, target.attr, _in_place(interp, old, node, site), site)
    elif isinstance(target, ir.Subscript):
        receiver, index = interp.evaluate(target.value), interp.evaluate(target.index)
        old = interp.item(receiver, index, site)
        interp.set_item(receiver, index, _in_place(interp, old, node, site), site)
    else:
        assign(interp, target, _in_place(interp, interp.evaluate(target), node, site))
    return None


def _in_place(interp: Interpreter, old: Value, node: ir.AugAssign, site: Site) -> Value:
    return augmented(interp, node.op, old, interp.evaluate(node.value), site)


def _annotated(interp: Interpreter, node: ir.AnnAssign) -> Signal:
    value = MISSING if node.value is None else interp.evaluate(node.value)
    if interp.frame.scope.kind == "class":
        classes.note_field(interp, node, value)
    if node.value is not None:
        assign(interp, node.target, value)
    return None


def _expression(interp: Interpreter, node: ir.ExprStmt) -> Signal:
    if type(interp.evaluate(node.value)) is UnknownV:
        effects.of_statement(interp, node.value)
    return None


def _return(interp: Interpreter, node: ir.Return) -> Signal:
    return Returned(None if node.value is None else interp.evaluate(node.value))


def _delete(interp: Interpreter, node: ir.Delete) -> Signal:
    for target in node.targets:
        if isinstance(target, ir.Name):
            unbind(interp, target.id)
        elif isinstance(target, ir.Subscript):
            receiver, index = interp.evaluate(target.value), interp.evaluate(target.index)
            interp.delete_item(receiver, index)
        elif isinstance(target, ir.Attribute):
            receiver = interp.evaluate(target.value)
            assigning.delete(interp, receiver, target.attr, interp.site(target))
    return None


def _nothing(interp: Interpreter, node: Any) -> Signal:
    return None


# -- conditions -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Undecided:
    """The condition of a chain that is undecided, and its value."""

    node: ir.If
    test: Value


def _if(interp: Interpreter, node: ir.If) -> Block:
    """One branch is taken."""
    current: ir.If = node
    while True:
        met = _follow_chain(interp, current)
        if not isinstance(met, _Undecided):
            return met
        current = met.node
        if interp.ask(met.test, interp.site(current), prefer=_preferred(current.test)):
            return current.body
        following = _elif(current)
        if following is None:
            return current.orelse
        current = following


def _run_if(interp: Interpreter, node: ir.If) -> Signal:
    """One branch is taken, or both where all paths are followed at once."""
    if interp.all_paths is None:
        return interp.execute(_if(interp, node))
    met = _follow_chain(interp, node)
    if not isinstance(met, _Undecided):
        return interp.execute(met)
    current, test = met.node, met.test
    paths = interp.both_ways(test)
    if paths is None:
        prefer = _preferred(current.test)
        taken = interp.ask(test, interp.site(current), prefer=prefer)
        return interp.execute(current.body if taken else current.orelse)
    return both(
        interp,
        paths,
        test,
        lambda: interp.execute(current.body),
        lambda: interp.execute(current.orelse),
    )


def _elif(node: ir.If) -> ir.If | None:
    """The condition in the ``elif`` of another one."""
    first = node.orelse[0] if len(node.orelse) == 1 else None
    return first if isinstance(first, ir.If) else None


def _follow_chain(interp: Interpreter, node: ir.If) -> Block | _Undecided:
    """The branch that is taken, as far as known; ``elif`` chains are followed in a loop."""
    current: ir.If = node
    while True:
        chosen: bool | None = False
        if not _is_type_checking(current.test):
            test = interp.evaluate(current.test)
            chosen = _branch(interp, current, test)
            if chosen is None:
                return _Undecided(current, test)
        if chosen:
            return current.body
        following = _elif(current)
        if following is None:
            return current.orelse
        current = following


def _is_type_checking(test: ir.Expression) -> bool:
    name = test.attr if isinstance(test, ir.Attribute) else getattr(test, "id", None)
    return name == "TYPE_CHECKING"


def _branch(interp: Interpreter, node: ir.If, test: Value) -> bool | None:
    """The branch, if there is no choice: the negation of a guard that only raises is a fact."""
    known = interp.truth(test)
    if known is not None:
        return known
    interp.refuse_truth(test, interp.site(node))
    term = to_term(test)
    if _ends_path(interp, node.body):
        if term is not None:
            interp.path.assume(term, answer=False)
        return False
    if not node.orelse and _inert(node.body):
        return False
    if node.orelse and _ends_path(interp, node.orelse):
        if term is not None:
            interp.path.assume(term, answer=True)
        return True
    return None


def _preferred(test: ir.Expression) -> bool:
    """The likelier side of an unknown test: an argument is passed, an object exists."""
    if isinstance(test, ir.UnaryOp) and test.op == "not":
        return not _preferred(test.operand)
    if isinstance(test, ir.Compare) and len(test.ops) == 1:
        comparator = test.comparators[0]
        is_none = isinstance(comparator, ir.Const) and comparator.value is None
        if is_none and test.ops[0] in ("is", "=="):
            return False
    return True


_QUIET_CALLS = frozenset(
    {"print", "warn", "warning", "info", "debug", "error", "log", "exception", "summary", "write"}
)


def _inert(body: tuple[ir.Statement, ...]) -> bool:
    """Whether a block does nothing that matters: it prints, logs, warns or passes."""
    return all(_inert_statement(statement) for statement in body)


def _inert_statement(statement: ir.Statement) -> bool:
    if isinstance(statement, ir.Pass):
        return True
    if not isinstance(statement, ir.ExprStmt):
        return False
    value = statement.value
    if isinstance(value, ir.Const):
        return True
    if not isinstance(value, ir.Call):
        return False
    func = value.func
    name = func.attr if isinstance(func, ir.Attribute) else getattr(func, "id", None)
    return name in _QUIET_CALLS


def _ends_path(interp: Interpreter, body: tuple[ir.Statement, ...]) -> bool:
    """Whether a block only raises what no active ``try`` catches: then it certainly ends the path."""
    last = body[-1] if body else None
    return (
        isinstance(last, ir.Raise)
        and all(isinstance(statement, (ir.Raise, ir.ExprStmt, ir.Assign)) for statement in body)
        and not (interp.handlers and interp.catches(_name_raised(last)))
    )


def _name_raised(node: ir.Raise) -> str:
    """The name of what is raised: that of any exception where it has none."""
    raised = node.exception
    raised = raised.func if isinstance(raised, ir.Call) else raised
    return raised.id if isinstance(raised, ir.Name) else "Exception"


def _assert(interp: Interpreter, node: ir.Assert) -> Signal:
    test = interp.evaluate(node.test)
    known = interp.truth(test)
    if known is False:
        args = () if node.message is None else (interp.evaluate(node.message),)
        raise Raised(ExceptionV("AssertionError", args))
    if known is None:
        interp.refuse_truth(test, interp.site(node))
        term = to_term(test)
        if term is not None:
            interp.path.assume(term, answer=True)
    return None


# -- definitions and imports ----------------------------------------------------------------


def _function(interp: Interpreter, node: ir.FunctionDef) -> Signal:
    decorate = decorators(interp, node)
    made = make_function(interp, node.code, node.name)
    value = decorate(made)
    if isinstance(value, PropertyV) and value.getter is None:
        return None
    bind(interp, node.name, value)
    if isinstance(value, FunctionV) and interp.frame.scope.kind != "class":
        interp.outputs.functions.append(value)  # methods are entered with their class
    elif isinstance(value, UnknownV) and are_meant_to_work(node.decorators):
        interp.outputs.hidden.append(made)
    return None


def _class(interp: Interpreter, node: ir.ClassDef) -> Signal:
    bind(interp, node.name, classes.define(interp, node))
    return None


def _import(interp: Interpreter, node: ir.Import) -> Signal:
    modules = interp.modules
    for dotted, alias in node.names:
        name = dotted.partition(".")[0] if alias is None else alias

        def get(dotted: str = dotted, alias: str | None = alias) -> Value:
            value = modules.load(interp, dotted)
            return value if alias else modules.load(interp, dotted.partition(".")[0])

        bind(interp, name, get() if _needed_now(interp) else modules.later(interp, get))
    return None


def _needed_now(interp: Interpreter) -> bool:
    """Top-level imports of a module wait until the name is used; others are carried out now."""
    return interp.frame.scope.kind != "module"


def _import_from(interp: Interpreter, node: ir.ImportFrom) -> Signal:
    modules = interp.modules
    site = interp.site(node)
    if _needed_now(interp) or node.names[0][0] == "*" or _is_library(interp, node):
        module = modules.resolve_from(interp, node.module, node.level)
        for name, alias in node.names:
            if name == "*":
                modules.import_star(interp, module, interp.frame.scope)
            else:
                bind(interp, alias or name, modules.member(interp, module, name, site))
        return None
    for name, alias in node.names:

        def get(name: str = name) -> Value:
            module = modules.resolve_from(interp, node.module, node.level)
            return modules.member(interp, module, name, site)

        bind(interp, alias or name, modules.later(interp, get))
    return None


def _is_library(interp: Interpreter, node: ir.ImportFrom) -> bool:
    """Whether this import needs no file to be parsed."""
    return node.level == 0 and node.module.partition(".")[0] in LIBRARIES


def _match(interp: Interpreter, node: ir.Match) -> Block:
    """The block of the first case that matches; only that one binds its names."""
    subject = interp.evaluate(node.subject)
    site = interp.site(node)
    for case in node.cases:
        answer, bound = matches(interp, case.pattern, subject, site)
        if answer is None:
            answer = interp.decide(interp.opaque_term(), prefer=True)
        if not answer:
            continue
        for name, value in bound.items():
            bind(interp, name, value)
        if case.guard is None or interp.ask(interp.evaluate(case.guard), site):
            return case.body
    return ()


# Statements that run blocks: one of several, or by a plan.
CHOICES: dict[type, Callable[[Interpreter, Own], Block]] = {ir.If: _if, ir.Match: _match}
PLANS: dict[type, Callable[[Interpreter, Own], Plan]] = {
    ir.For: loops.run_for,
    ir.While: loops.run_while,
    ir.Try: exceptions.run_try,
    ir.With: contexts.run_with,
}


def _chosen(block_of: Callable[[Interpreter, Own], Block]) -> Callable[[Interpreter, Own], Signal]:
    return lambda interp, node: interp.execute(block_of(interp, node))


HANDLERS: dict[type, Callable[[Interpreter, Own], Signal]] = {
    ir.Assign: _assign,
    ir.AugAssign: _augmented,
    ir.AnnAssign: _annotated,
    ir.ExprStmt: _expression,
    ir.Return: _return,
    ir.Raise: exceptions.run_raise,
    ir.Assert: _assert,
    ir.Delete: _delete,
    ir.Pass: _nothing,
    ir.Global: _nothing,
    ir.Nonlocal: _nothing,
    ir.Break: lambda interp, node: Jump.BREAK,
    ir.Continue: lambda interp, node: Jump.CONTINUE,
    ir.FunctionDef: _function,
    ir.ClassDef: _class,
    ir.Import: _import,
    ir.ImportFrom: _import_from,
    **{kind: _chosen(block_of) for kind, block_of in CHOICES.items()},
    **{kind: at_once(plan_of) for kind, plan_of in PLANS.items()},
    ir.If: _run_if,
    ir.For: as_loop(loops.run_for),
    ir.While: as_loop(loops.run_while),
}
