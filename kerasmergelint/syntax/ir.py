"""The tree that the tracker runs: Python, without its sugar.

Two readers make it: one from Python's own tree, and one from libcst's, for files that are newer than
the running Python.  Lowering once to these small nodes makes evaluation several times faster, and
frees the rest of the project from both.  Each node keeps its ``origin``, the node that it came from,
so that a position can be resolved when, and only when, there is something to say about it.

Nodes compare by identity and are never changed after lowering.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from kerasmergelint.syntax.source import Source


@dataclass(slots=True, eq=False)
class Const:
    """A literal: number, string (adjacent ones joined), bytes, True, False, None, Ellipsis."""

    origin: Any
    value: Any


@dataclass(slots=True, eq=False)
class Name:
    origin: Any
    id: str


@dataclass(slots=True, eq=False)
class Attribute:
    origin: Any
    value: Expression
    attr: str


@dataclass(slots=True, eq=False)
class Subscript:
    """``value[index]``; several indexes come as one TupleExpr, as in Python's own ast."""

    origin: Any
    value: Expression
    index: Expression


@dataclass(slots=True, eq=False)
class SliceExpr:
    origin: Any
    lower: Expression | None
    upper: Expression | None
    step: Expression | None


@dataclass(slots=True, eq=False)
class TupleExpr:
    origin: Any
    elements: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class ListExpr:
    origin: Any
    elements: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class SetExpr:
    origin: Any
    elements: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class DictExpr:
    """``items`` are (key, value); a key of None is ``**value``."""

    origin: Any
    items: tuple[tuple[Expression | None, Expression], ...]


@dataclass(slots=True, eq=False)
class Starred:
    """``*value`` in a call, a display or an assignment target."""

    origin: Any
    value: Expression


@dataclass(slots=True, eq=False)
class Call:
    """``keywords`` are (name, value); a name of None is ``**value``."""

    origin: Any
    func: Expression
    args: tuple[Expression, ...]
    keywords: tuple[tuple[str | None, Expression], ...]


@dataclass(slots=True, eq=False)
class BinOp:
    """``op`` is the operator as written: ``+ - * / // % ** @ << >> & | ^``."""

    origin: Any
    left: Expression
    op: str
    right: Expression


@dataclass(slots=True, eq=False)
class UnaryOp:
    """``op`` is one of ``- + ~ not``."""

    origin: Any
    op: str
    operand: Expression


@dataclass(slots=True, eq=False)
class BoolOp:
    """``op`` is ``and`` or ``or``; chains of the same operator are flattened."""

    origin: Any
    op: str
    values: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Compare:
    """``left ops[0] comparators[0] ops[1] ...``; ops as written, ``not in`` and ``is not`` included."""

    origin: Any
    left: Expression
    ops: tuple[str, ...]
    comparators: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class IfExp:
    origin: Any
    test: Expression
    body: Expression
    orelse: Expression


@dataclass(slots=True, eq=False)
class Lambda:
    origin: Any
    code: FunctionCode


@dataclass(slots=True, eq=False)
class Generator:
    """One ``for target in iterable if conditions`` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]
    is_async: bool


@dataclass(slots=True, eq=False)
class Comprehension:
    """``kind`` is ``list``, ``set``, ``dict`` or ``generator``; ``key`` only for dicts."""

    origin: Any
    kind: str
    key: Expression | None
    element: Expression
    generators: tuple[Generator, ...]


@dataclass(slots=True, eq=False)
class NamedExpr:
    origin: Any
    target: str
    value: Expression


@dataclass(slots=True, eq=False)
class FormattedValue:
    """``{value!conversion:spec}`` inside an f-string; ``spec`` is again an FString or None."""

    origin: Any
    value: Expression
    conversion: str | None
    spec: FString | None


@dataclass(slots=True, eq=False)
class FString:
    """``parts`` are str or FormattedValue."""

    origin: Any
    parts: tuple[str | FormattedValue, ...]


@dataclass(slots=True, eq=False)
class Yield:
    origin: Any
    value: Expression | None


@dataclass(slots=True, eq=False)
class YieldFrom:
    origin: Any
    value: Expression


@dataclass(slots=True, eq=False)
class Opaque:
    """Syntax that is not modelled; its value is unknown."""

    origin: Any


@dataclass(slots=True, eq=False)
class Await:
    origin: Any
    value: Expression


Expression = Union[
    Const, Name, Attribute, Subscript, SliceExpr, TupleExpr, ListExpr, SetExpr, DictExpr, Starred,
    Call, BinOp, UnaryOp, BoolOp, Compare, IfExp, Lambda, Comprehension, NamedExpr, FormattedValue,
    FString, Yield, YieldFrom, Await, Opaque,
]  # fmt: skip


@dataclass(slots=True, eq=False)
class Assign:
    """``targets[0] = targets[1] = ... = value``."""

    origin: Any
    targets: tuple[Expression, ...]
    value: Expression


@dataclass(slots=True, eq=False)
class AugAssign:
    """``target op= value``; ``op`` without the equals sign."""

    origin: Any
    target: Expression
    op: str
    value: Expression


@dataclass(slots=True, eq=False)
class AnnAssign:
    origin: Any
    target: Expression
    annotation: Expression
    value: Expression | None


@dataclass(slots=True, eq=False)
class ExprStmt:
    origin: Any
    value: Expression


@dataclass(slots=True, eq=False)
class Return:
    origin: Any
    value: Expression | None


@dataclass(slots=True, eq=False)
class Raise:
    origin: Any
    exception: Expression | None
    cause: Expression | None


@dataclass(slots=True, eq=False)
class Assert:
    origin: Any
    test: Expression
    message: Expression | None


@dataclass(slots=True, eq=False)
class Delete:
    origin: Any
    targets: tuple[Expression, ...]


@dataclass(slots=True, eq=False)
class Pass:
    origin: Any


@dataclass(slots=True, eq=False)
class Break:
    origin: Any


@dataclass(slots=True, eq=False)
class Continue:
    origin: Any


@dataclass(slots=True, eq=False)
class If:
    """``elif`` is an If inside ``orelse``."""

    origin: Any
    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class For:
    origin: Any
    target: Expression
    iterable: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class While:
    origin: Any
    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class Handler:
    """``except type as name``; a type of None catches everything."""

    origin: Any
    type: Expression | None
    name: str | None
    body: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class Try:
    origin: Any
    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Statement, ...]
    final: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class With:
    """``items`` are (context, target or None)."""

    origin: Any
    items: tuple[tuple[Expression, Expression | None], ...]
    body: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class Import:
    """``names`` are (dotted name, alias or None)."""

    origin: Any
    names: tuple[tuple[str, str | None], ...]


@dataclass(slots=True, eq=False)
class ImportFrom:
    """``names`` are (name, alias or None); a single ``("*", None)`` for a star import."""

    origin: Any
    module: str
    level: int
    names: tuple[tuple[str, str | None], ...]


@dataclass(slots=True, eq=False)
class Global:
    origin: Any
    names: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Nonlocal:
    origin: Any
    names: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Parameter:
    """``kind`` is ``positional_only``, ``positional``, ``var_positional``, ``keyword`` or ``var_keyword``."""

    name: str
    kind: str
    default: Expression | None
    annotation: Expression | None


class FunctionCode:
    """The code of a function or lambda, lowered when first asked for: most of what a program
    imports is never called.

    ``global_names`` and ``nonlocal_names`` are those that the body declares to be so.  The body of a
    lambda is a single Return.
    """

    __slots__ = (
        "_lower",
        "body",
        "global_names",
        "is_async",
        "is_generator",
        "name",
        "nonlocal_names",
        "origin",
        "parameters",
    )
    body: tuple[Statement, ...]
    global_names: frozenset[str]
    nonlocal_names: frozenset[str]
    is_generator: bool

    def __init__(
        self,
        origin: Any,
        name: str,
        parameters: tuple[Parameter, ...],
        is_async: bool,
        lower: Callable[[FunctionCode], None],
    ) -> None:
        self.origin = origin
        self.name = name
        self.parameters = parameters
        self.is_async = is_async
        self._lower = lower

    def __getattr__(self, name: str) -> Any:
        # Only comes here while a slot is empty; ``lower`` fills all four that wait for it.
        if name not in _WAITING:
            raise AttributeError(name)
        self._lower(self)
        return getattr(self, name)


_WAITING = frozenset({"body", "global_names", "nonlocal_names", "is_generator"})


@dataclass(slots=True, eq=False)
class FunctionDef:
    origin: Any
    name: str
    decorators: tuple[Expression, ...]
    code: FunctionCode
    returns: Expression | None


@dataclass(slots=True, eq=False)
class ClassDef:
    """``keywords`` are those of the class statement (``metaclass=...``)."""

    origin: Any
    name: str
    decorators: tuple[Expression, ...]
    bases: tuple[Expression, ...]
    keywords: tuple[tuple[str | None, Expression], ...]
    body: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class MatchPattern:
    """``kind`` is ``value`` (expression), ``singleton`` (Const), ``sequence``, ``mapping``, ``class``,
    ``star``, ``as``, ``or``.

    ``expression`` is the value of a value or singleton pattern, the class of a class pattern.
    ``children`` are sub-patterns; ``keys`` the keys of a mapping pattern (expressions) or the
    attribute names of a class pattern's keyword part (str), aligned with the *last* children.
    ``name`` is what an ``as``, ``star`` or mapping-rest pattern binds; an ``as`` pattern with neither
    child nor name is the wildcard.
    """

    origin: Any
    kind: str
    expression: Expression | None = None
    children: tuple[MatchPattern, ...] = ()
    keys: tuple[Any, ...] = ()
    name: str | None = None


@dataclass(slots=True, eq=False)
class MatchCase:
    pattern: MatchPattern
    guard: Expression | None
    body: tuple[Statement, ...]


@dataclass(slots=True, eq=False)
class Match:
    origin: Any
    subject: Expression
    cases: tuple[MatchCase, ...]


Statement = Union[
    Assign, AugAssign, AnnAssign, ExprStmt, Return, Raise, Assert, Delete, Pass, Break, Continue,
    If, For, While, Try, With, Import, ImportFrom, Global, Nonlocal, FunctionDef, ClassDef, Match,
]  # fmt: skip


@dataclass(slots=True, eq=False)
class ModuleCode:
    """A file, lowered.  Comments are gone; ``size`` is the length of its text.

    ``source`` is the text, if Python's own parser read it; a tree of libcst's holds its text itself.
    """

    origin: Any
    path: str
    body: tuple[Statement, ...]
    size: int = 0
    source: Source | None = None
