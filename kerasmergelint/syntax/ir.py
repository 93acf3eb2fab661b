"""The tree that the tracker runs: Python, without its sugar.

Lowering Python's own tree once to these small nodes makes evaluation several times faster.  Each
keeps its ``origin``, the node that it came from, so that its position can be resolved if needed.

Nodes compare by identity and are never changed after lowering.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, Union

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.syntax.source import Origin, Source

T = TypeVar("T")

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:  # ``typing`` has it since Python 3.11

    def dataclass_transform(**_):
        return lambda function: function


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def node(cls: type[T]) -> type[T]:
    """A data class without the methods that nodes do not need: fifty are made at every start."""
    return dataclass(slots=True, eq=False, repr=False)(cls)


@node
class Node:
    """A node with an origin in a text."""

    origin: Origin


@node
class Holder(Node):
    """A node with one expression."""

    value: Expression


@node
class Display(Node):
    """Expressions side by side."""

    elements: tuple[Expression, ...]


@node
class Const(Node):
    """A literal: number, string (adjacent ones joined), bytes, True, False, None, Ellipsis."""

    value: Any


@node
class Name(Node):
    """A name that is read, or bound as a target."""

    id: str


@node
class Attribute(Node):
    """``value.attr``"""

    value: Expression
    attr: str


@node
class Subscript(Node):
    """``value[index]``; several indexes come as one TupleExpr, as in Python's own ast."""

    value: Expression
    index: Expression


@node
class SliceExpr(Node):
    """``lower:upper:step`` in an index."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None


class TupleExpr(Display):
    """``(a, b)``, with brackets or without."""

    __slots__ = ()


class ListExpr(Display):
    """``[a, b]``"""

    __slots__ = ()


class SetExpr(Display):
    """``{a, b}``"""

    __slots__ = ()


@node
class DictExpr(Node):
    """``items`` are (key, value); a key of None is ``**value``."""

    items: tuple[tuple[Expression | None, Expression], ...]


class Starred(Holder):
    """``*value`` in a call, a display or an assignment target."""

    __slots__ = ()


@node
class Call(Node):
    """``keywords`` are (name, value); a name of None is ``**value``."""

    func: Expression
    args: tuple[Expression, ...]
    keywords: tuple[tuple[str | None, Expression], ...]


@node
class BinOp(Node):
    """``op`` is the operator as written: ``+ - * / // % ** @ << >> & | ^``."""

    left: Expression
    op: str
    right: Expression


@node
class UnaryOp(Node):
    """``op`` is one of ``- + ~ not``."""

    op: str
    operand: Expression


@node
class BoolOp(Node):
    """``op`` is ``and`` or ``or``; chains of the same operator are flattened."""

    op: str
    values: tuple[Expression, ...]


@node
class Compare(Node):
    """``left ops[0] comparators[0] ops[1] ...``; ops as written, ``not in`` and ``is not`` included."""

    left: Expression
    ops: tuple[str, ...]
    comparators: tuple[Expression, ...]


@node
class IfExp(Node):
    """``body if test else orelse``"""

    test: Expression
    body: Expression
    orelse: Expression


@node
class Lambda(Node):
    """``lambda parameters: ...``"""

    code: FunctionCode


@node
class Generator:
    """One ``for target in iterable if conditions`` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]
    is_async: bool


ComprehensionKind = Literal["list", "set", "dict", "generator"]


@node
class Comprehension(Node):
    """``key`` is there for dicts only."""

    kind: ComprehensionKind
    key: Expression | None
    element: Expression
    generators: tuple[Generator, ...]


@node
class NamedExpr(Node):
    """``target := value``"""

    target: str
    value: Expression


@node
class FormattedValue(Node):
    """``{value!conversion:spec}`` inside an f-string; ``spec`` is again an FString or None."""

    value: Expression
    conversion: str | None
    spec: FString | None


@node
class FString(Node):
    """``parts`` are str or FormattedValue."""

    parts: tuple[str | FormattedValue, ...]


@node
class Yield(Node):
    """``yield value``"""

    value: Expression | None


class YieldFrom(Holder):
    """``yield from value``"""

    __slots__ = ()


class Opaque(Node):
    """Syntax that is not modelled: its value is unknown."""

    __slots__ = ()


class Await(Holder):
    """``await value``"""

    __slots__ = ()


Expression = Union[
    Const, Name, Attribute, Subscript, SliceExpr, TupleExpr, ListExpr, SetExpr, DictExpr, Starred,
    Call, BinOp, UnaryOp, BoolOp, Compare, IfExp, Lambda, Comprehension, NamedExpr, FormattedValue,
    FString, Yield, YieldFrom, Await, Opaque,
]  # fmt: skip


@node
class Assign(Node):
    """``targets[0] = targets[1] = ... = value``."""

    targets: tuple[Expression, ...]
    value: Expression


@node
class AugAssign(Node):
    """``target op= value``; ``op`` without the equals sign."""

    target: Expression
    op: str
    value: Expression


@node
class AnnAssign(Node):
    """``target: annotation = value``"""

    target: Expression
    annotation: Expression
    value: Expression | None


class ExprStmt(Holder):
    """An expression as a statement."""

    __slots__ = ()


@node
class Return(Node):
    """``return value``"""

    value: Expression | None


@node
class Raise(Node):
    """``raise exception from cause``"""

    exception: Expression | None
    cause: Expression | None


@node
class Assert(Node):
    """``assert test, message``"""

    test: Expression
    message: Expression | None


@node
class Delete(Node):
    """``del targets``"""

    targets: tuple[Expression, ...]


class Pass(Node):
    """``pass``, and what is not modelled."""

    __slots__ = ()


class Break(Node):
    """``break``"""

    __slots__ = ()


class Continue(Node):
    """``continue``"""

    __slots__ = ()


@node
class If(Node):
    """``elif`` is an If inside ``orelse``."""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@node
class For(Node):
    """``for target in iterable``, ``async`` or not."""

    target: Expression
    iterable: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@node
class While(Node):
    """``while test``"""

    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@node
class Handler(Node):
    """``except type as name``; a type of None catches everything."""

    type: Expression | None
    name: str | None
    body: tuple[Statement, ...]


@node
class Try(Node):
    """``try`` with its ``except``, ``else`` and ``finally``; ``star`` if it has ``except*``."""

    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Statement, ...]
    final: tuple[Statement, ...]
    star: bool


@node
class With(Node):
    """``items`` are (context, target or None)."""

    items: tuple[tuple[Expression, Expression | None], ...]
    body: tuple[Statement, ...]


@node
class Import(Node):
    """``names`` are (dotted name, alias or None)."""

    names: tuple[tuple[str, str | None], ...]


@node
class ImportFrom(Node):
    """``names`` are (name, alias or None); a single ``("*", None)`` for a star import."""

    module: str
    level: int
    names: tuple[tuple[str, str | None], ...]


@node
class Global(Node):
    """``global names``"""

    names: tuple[str, ...]


@node
class Nonlocal(Node):
    """``nonlocal names``"""

    names: tuple[str, ...]


ParameterKind = Literal["positional_only", "positional", "var_positional", "keyword", "var_keyword"]
BY_PLACE: Final = ("positional_only", "positional")


@node
class Parameter:
    """``positional`` ones may be given by name as well."""

    name: str
    kind: ParameterKind
    default: Expression | None
    annotation: Expression | None


@node
class FunctionCode(Node):
    """The code of a function or lambda, lowered when first asked for: most of what a program
    imports is never called.

    ``global_names`` and ``nonlocal_names`` are those that the body declares to be so.  The body of a
    lambda is a single Return.
    """

    name: str
    parameters: tuple[Parameter, ...]
    is_async: bool
    lower: Callable[[FunctionCode], None]
    body: tuple[Statement, ...] = field(init=False)
    global_names: frozenset[str] = field(init=False)
    nonlocal_names: frozenset[str] = field(init=False)
    is_generator: bool = field(init=False)

    def __getattr__(self, name: str) -> object:
        # Called only while a slot is empty; ``lower`` fills all four.
        if name not in _WAITING:
            raise AttributeError(name)
        self.lower(self)
        return getattr(self, name)


_WAITING = frozenset({"body", "global_names", "nonlocal_names", "is_generator"})


@node
class FunctionDef(Node):
    """``def name``, ``async`` or not."""

    name: str
    decorators: tuple[Expression, ...]
    code: FunctionCode
    returns: Expression | None


@node
class ClassDef(Node):
    """``keywords`` are those of the class statement (``metaclass=...``)."""

    name: str
    decorators: tuple[Expression, ...]
    bases: tuple[Expression, ...]
    keywords: tuple[tuple[str | None, Expression], ...]
    body: tuple[Statement, ...]


PatternKind = Literal["value", "singleton", "sequence", "mapping", "class", "star", "as", "or"]


@node
class MatchPattern(Node):
    """A pattern behind ``case``, or a part of one.

    ``expression`` is the value of a value or singleton pattern, the class of a class pattern.
    ``children`` are sub-patterns; ``keys`` the keys of a mapping pattern (expressions) or the
    attribute names of a class pattern's keyword part (str), aligned with the *last* children.
    ``name`` is what an ``as``, ``star`` or mapping-rest pattern binds; an ``as`` pattern with neither
    child nor name is the wildcard.
    """

    kind: PatternKind
    expression: Expression | None = None
    children: tuple[MatchPattern, ...] = ()
    keys: tuple[Any, ...] = ()
    name: str | None = None


@node
class MatchCase:
    """``case pattern if guard``"""

    pattern: MatchPattern
    guard: Expression | None
    body: tuple[Statement, ...]


@node
class Match(Node):
    """``match subject``"""

    subject: Expression
    cases: tuple[MatchCase, ...]


Statement = Union[
    Assign, AugAssign, AnnAssign, ExprStmt, Return, Raise, Assert, Delete, Pass, Break, Continue,
    If, For, While, Try, With, Import, ImportFrom, Global, Nonlocal, FunctionDef, ClassDef, Match,
]  # fmt: skip


@node
class ModuleCode:
    """A file, lowered.  Comments are gone."""

    path: str
    body: tuple[Statement, ...]
    source: Source

    @property
    def size(self) -> int:
        """The length of its text."""
        return len(self.source.text)
