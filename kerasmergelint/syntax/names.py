"""What a block says about names: which are global and nonlocal, and which it reads, binds and changes.

Read off the lowered tree, with a stack, so that depth does not matter.  Nested functions, lambdas
and classes have scopes of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_args

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir


def declared_names(body: tuple[ir.Statement, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that the block declares global, and nonlocal."""
    globals_: set[str] = set()
    nonlocals: set[str] = set()
    for node in _nodes(body, _IN_STATEMENTS):
        if type(node) is ir.Global:
            globals_.update(node.names)
        elif type(node) is ir.Nonlocal:
            nonlocals.update(node.names)
    return frozenset(globals_), frozenset(nonlocals)


_YIELDS = (ir.Yield, ir.YieldFrom)


@lru_cache(maxsize=1024)
def yields(node: ir.Expression) -> bool:
    """Whether there is a ``yield`` in an expression."""
    return any(type(part) in _YIELDS for part in _nodes((node,), _IN_ALL))


def parts(kind: type) -> tuple[str, ...]:
    """The fields of an expression class that hold expressions, in evaluation order."""
    return _ALL_PARTS[kind]


@lru_cache(maxsize=256)
def may_break(body: tuple[ir.Statement, ...]) -> bool:
    """Whether the body of a loop has a ``break`` that ends this very loop."""
    parts = {kind: ("orelse",) if kind in _LOOPS else p for kind, p in _STATEMENT_PARTS.items()}
    return any(type(node) is ir.Break for node in _nodes(body, _getters(parts)))


_LOOPS = (ir.For, ir.While)


@lru_cache(maxsize=256)
def may_return_true(body: tuple[ir.Statement, ...]) -> bool:
    """Whether a function may return anything but None or False."""
    returned = [node.value for node in _nodes(body, _IN_STATEMENTS) if type(node) is ir.Return]
    return any(
        value is not None and not (type(value) is ir.Const and not value.value)
        for value in returned
    )


def does_nothing(body: tuple[ir.Statement, ...]) -> bool:
    """Whether a block has only a docstring, ``...`` or ``pass``."""
    for node in body:
        if type(node) is ir.Pass:
            continue
        if type(node) is not ir.ExprStmt or type(node.value) is not ir.Const:
            return False
    return True


@lru_cache(maxsize=256)
def has_handlers(body: tuple[ir.Statement, ...]) -> bool:
    """Whether a block may catch exceptions, by ``try`` or by a manager."""
    return any(
        type(node) is ir.With or (type(node) is ir.Try and bool(node.handlers))
        for node in _nodes(body, _IN_STATEMENTS)
    )


@lru_cache(maxsize=256)
def initialises_a_base(body: tuple[ir.Statement, ...], receiver: str) -> bool:
    """Whether an ``__init__`` may, in any way, run that of a base class.

    Anything that gets ``self`` may do so: a function that it is passed to, its own methods.
    """
    for node in _nodes(body, _IN_ALL):
        kind = type(node)
        if kind in _OWN_SCOPE or kind is ir.Opaque:
            return True
        if kind is ir.Name and node.id in ("super", "eval", "exec"):
            return True
        if kind is ir.Attribute and node.attr.startswith("__"):
            return True
        if kind is ir.Call and _reaches(node, receiver):
            return True
    return False


def _reaches(call: ir.Call, receiver: str) -> bool:
    """Whether a call is a method of the receiver, or passes it on."""
    func = call.func
    if type(func) is ir.Attribute and _is_name(func.value, receiver):
        return True
    passed = (*call.args, *(value for _, value in call.keywords))
    return any(_is_name(value, receiver) or type(value) is ir.Starred for value in passed)


def _is_name(node: object, name: str) -> bool:
    return type(node) is ir.Name and node.id == name


def names_in(code: ir.FunctionCode) -> set[str]:
    """Every name that the code of a function reads or binds, functions inside it included."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        for node in _nodes(waiting.pop().body, _IN_ALL):
            if type(node) is ir.Name:
                found.add(node.id)
            elif type(node) is ir.FunctionDef or type(node) is ir.Lambda:
                waiting.append(node.code)
    return found


@dataclass(frozen=True, slots=True)
class Changes:
    """What a block may change: names that it binds, and containers that it fills or empties."""

    names: frozenset[str]
    filled: tuple[ir.Expression, ...]


# Methods of builtin containers, and of arrays, that change them.
_CHANGING = frozenset(
    {"append", "appendleft", "extend", "extendleft", "insert", "add", "update", "setdefault", "pop",
     "popleft", "popitem", "remove", "discard", "clear", "sort", "reverse",
     "intersection_update", "difference_update", "symmetric_difference_update", "__setitem__",
     "__delitem__", "fill", "put", "itemset"}
)  # fmt: skip


@lru_cache(maxsize=256)
def changes_in(body: tuple[ir.Statement, ...]) -> Changes:
    """What the block itself may change, in any of its branches."""
    names: set[str] = set()
    filled: list[ir.Expression] = []
    for node in _nodes(body, _IN_ALL):
        if type(node) is ir.NamedExpr:
            names.add(node.target)
        names.update(target.id for target in targets_of(node) if type(target) is ir.Name)
        filled.extend(filled_by(node))
    return Changes(frozenset(names), tuple(filled))


def filled_by(node: Any) -> Iterator[ir.Expression]:
    """The containers that a node itself fills or empties, by a method or by an item."""
    if type(node) is ir.Call and type(node.func) is ir.Attribute and node.func.attr in _CHANGING:
        yield node.func.value
    for target in targets_of(node):
        if type(target) is ir.Subscript:
            yield target.value


def binds(body: tuple[ir.Statement, ...]) -> set[str]:
    """All names that the block itself binds in any way."""
    names = set(changes_in(body).names)
    for node in _nodes(body, _IN_ALL):
        if isinstance(node, (ir.FunctionDef, ir.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ir.Import):
            names.update(alias or dotted.partition(".")[0] for dotted, alias in node.names)
        elif isinstance(node, ir.ImportFrom):
            names.update(alias or name for name, alias in node.names if name != "*")
        elif isinstance(node, ir.Handler) and node.name is not None:
            names.add(node.name)
        elif isinstance(node, ir.With):
            targets = tuple(target for _, target in node.items if target is not None)
            names.update(part.id for part in _nodes(targets, _IN_ALL) if type(part) is ir.Name)
        elif isinstance(node, ir.MatchCase):
            names.update(_captures(node.pattern))
    return names


def _captures(pattern: ir.MatchPattern) -> Iterator[str]:
    stack = [pattern]
    while stack:
        part = stack.pop()
        if part.name is not None:
            yield part.name
        stack.extend(part.children)


def bound_by(statement: ir.Statement) -> set[str]:
    """The names that a statement assigns, in any of its branches."""
    nodes = _nodes((statement,), _IN_STATEMENTS)
    return {t.id for node in nodes for t in targets_of(node) if type(t) is ir.Name}


@lru_cache(maxsize=256)
def attributes_assigned(body: tuple[ir.Statement, ...]) -> frozenset[tuple[str, str]]:
    """The attributes that a block assigns to, each with the name of its object."""
    return frozenset(
        (target.value.id, target.attr)
        for node in _nodes(body, _IN_ALL)
        for target in targets_of(node)
        if type(target) is ir.Attribute and type(target.value) is ir.Name
    )


def attributes_set(body: tuple[ir.Statement, ...], receiver: str) -> frozenset[str]:
    """The attributes of an object that a block assigns to."""
    return frozenset(attr for name, attr in attributes_assigned(body) if name == receiver)


def targets_of(node: Any) -> Iterator[ir.Expression]:
    """The targets of an assignment, a deletion or a loop, including those inside tuples and stars."""
    kind = type(node)
    stack: list[Any] = []
    if kind is ir.Assign or kind is ir.Delete:
        stack.extend(node.targets)
    elif kind in (ir.AugAssign, ir.AnnAssign, ir.For):
        stack.append(node.target)
    while stack:
        target = stack.pop()
        if type(target) in (ir.TupleExpr, ir.ListExpr):
            stack.extend(target.elements)
        elif type(target) is ir.Starred:
            stack.append(target.value)
        else:
            yield target


def walk(
    body: tuple[ir.Statement | ir.Expression, ...], entered: Container[int] | None = None
) -> Iterator[Any]:
    """All nodes of a block, in any order, nested functions and classes included.

    With ``entered``, which are ids of functions' codes, the bodies of other functions are left out.
    """
    waiting: list[tuple[Any, ...]] = [body]
    while waiting:
        for node in _nodes(waiting.pop(), _IN_ALL):
            yield node
            if type(node) is ir.ClassDef:
                waiting.append((node.decorators, node.bases, node.body))
            elif type(node) in _OWN_SCOPE:
                defaults = tuple(parameter.default for parameter in node.code.parameters)
                waiting.append((getattr(node, "decorators", ()), defaults))
                if entered is None or id(node.code) in entered:
                    waiting.append(node.code.body)


def only_called(body: tuple[ir.Statement, ...]) -> set[int]:
    """The functions inside functions that only code around them can call, by the ids of their codes.

    Nobody else gets hold of one whose name is only read to call it.
    """
    found: set[int] = set()
    for outer in walk(body):
        if type(outer) is not ir.FunctionDef:
            continue
        inside = list(walk(outer.code.body))
        reads = Counter(node.id for node in inside if type(node) is ir.Name)
        calls = (node.func for node in inside if type(node) is ir.Call)
        called = Counter(function.id for function in calls if type(function) is ir.Name)
        found.update(
            id(node.code)
            for node in inside
            if type(node) is ir.FunctionDef
            and not node.decorators
            and 0 < called[node.name] == reads[node.name]
        )
    return found


def only_called_by_program(body: tuple[ir.Statement, ...]) -> set[int]:
    """The functions and methods that only the statements of a module lead to, by the ids of their codes.

    Somebody else may import each of them, but a program is rarely written for that which calls it itself.
    """
    defined: dict[str, Any] = {
        node.name: node
        for node in body
        if isinstance(node, (ir.FunctionDef, ir.ClassDef)) and not node.decorators
    }
    inside = {name: getattr(node, "code", node).body for name, node in defined.items()}
    own = tuple(node for node in body if node not in defined.values())
    early = tuple(expression for node in defined.values() for expression in _read_early(node))
    callers: dict[str, set[str]] = {name: set() for name in defined}
    for caller, statements in {_PROGRAM: (*own, *early), **inside}.items():
        nodes = list(walk(statements))
        reads = Counter(node.id for node in nodes if type(node) is ir.Name)
        calls = (node.func for node in nodes if type(node) is ir.Call)
        called = Counter(function.id for function in calls if type(function) is ir.Name)
        for name in reads.keys() & defined.keys():
            callers[name].add(caller if called[name] == reads[name] else "somebody")
    left = {name for name, known in callers.items() if known}
    while wrong := {name for name in left if not callers[name] <= {*left, _PROGRAM}}:
        left -= wrong
    functions = (node for name in left for node in (defined[name], *walk(inside[name])))
    return {id(node.code) for node in functions if type(node) is ir.FunctionDef}


_PROGRAM = "the program"


def _read_early(node: ir.FunctionDef | ir.ClassDef) -> Iterator[ir.Expression]:
    """What is evaluated where a function or class is defined."""
    if isinstance(node, ir.ClassDef):
        yield from node.bases
    else:
        yield from (one.default for one in node.code.parameters if one.default is not None)


def is_nested_too_deeply(body: tuple[ir.Statement, ...]) -> bool:
    """Whether much of a block is nested deep inside other expressions, as the links of a long chain are.

    Where each link costs as much time as it is deep, the depths of all of them add up.
    """
    waiting: list[tuple[Any, int]] = [(body, 0)]
    total = 0
    while waiting:
        thing, depth = waiting.pop()
        kind = type(thing)
        if kind is tuple:
            waiting.extend((part, depth) for part in thing)
            continue
        total += max(depth - _USUAL_DEPTH, 0)
        if total > _MOST_DEPTH:
            return True
        if kind in _OWN_SCOPE:
            waiting.append((thing.body if kind is ir.ClassDef else thing.code.body, depth + 1))
        elif kind is ir.Call:
            waiting += (
                (thing.func, depth + 1),
                ((thing.args, thing.keywords), depth + _AN_ARGUMENT),
            )
        elif kind in _ALL_PARTS:
            links = len(thing.values) if kind is ir.BoolOp else 1
            waiting.extend((getattr(thing, part), depth + links) for part in _ALL_PARTS[kind])
    return False


# Statements and expressions that somebody wrote are not nested deeper than this.
_USUAL_DEPTH = 50
_MOST_DEPTH = 500_000
# For libcst an argument of a call costs more than a link of a chain.
_AN_ARGUMENT = 5


# From a node to a part of it, or a tuple of them.
_Getters = dict[type, Callable[[Any], Any]]


def _nodes(body: tuple[Any, ...], parts_of: _Getters) -> Iterator[Any]:
    """The nodes of a block that are reached through certain parts."""
    stack: list[Any] = list(body)
    while stack:
        thing = stack.pop()
        if type(thing) is tuple:
            stack.extend(thing)
            continue
        parts = parts_of.get(type(thing))
        if parts is not None:
            yield thing
            stack.append(parts(thing))


def _getters(fields: dict[type, tuple[str, ...]]) -> _Getters:
    return {kind: attrgetter(*names) if names else _no_parts for kind, names in fields.items()}


def _no_parts(node: object) -> tuple[()]:
    return ()


_OWN_SCOPE = (ir.FunctionDef, ir.ClassDef, ir.Lambda)
_LEAVES = ("origin", "op", "ops", "kind", "id", "attr", "star")


def _parts(kind: Any) -> tuple[str, ...]:
    """The fields of a node that can hold other nodes."""
    if kind in _OWN_SCOPE:
        return ()
    return tuple(name for name in kind.__match_args__ if name not in _LEAVES)


_HELPERS = (ir.Generator, ir.Handler, ir.MatchCase)
_ALL_PARTS: dict[type, tuple[str, ...]] = {
    kind: _parts(kind) for kind in (*get_args(ir.Expression), *get_args(ir.Statement), *_HELPERS)
}
# Declarations are statements, so that expressions need no visit.
_STATEMENT_PARTS: dict[type, tuple[str, ...]] = {
    kind: tuple(f for f in _parts(kind) if f in ("body", "orelse", "handlers", "final", "cases"))
    for kind in (*get_args(ir.Statement), ir.Handler, ir.MatchCase)
}
_IN_ALL = _getters(_ALL_PARTS)
_IN_STATEMENTS = _getters(_STATEMENT_PARTS)
