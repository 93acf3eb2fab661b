"""The tree that the tracker runs: Python, without its sugar.

Two readers make it: one from Python's own tree, and one from libcst's, for files that are newer than
the running Python.  Lowering once to these small nodes makes evaluation several times faster, and
frees the rest of the project from both.  Each node keeps its ``origin``, the node that it came from,
so that a position can be resolved when, and only when, there is something to say about it.

Nodes compare by identity and are never changed after lowering.  They are plain classes since making
fifty data classes would take a tenth of the time of a short run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from kerasmergelint.syntax.source import Source


class Const:
    """A literal: number, string (adjacent ones joined), bytes, True, False, None, Ellipsis."""

    __slots__ = ("origin", "value")

    def __init__(self, origin: Any, value: Any) -> None:
        self.origin = origin
        self.value = value


class Name:
    """A name that is read, or bound as a target."""

    __slots__ = ("id", "origin")

    def __init__(self, origin: Any, id: str) -> None:
        self.origin = origin
        self.id = id


class Attribute:
    """``value.attr``"""

    __slots__ = ("attr", "origin", "value")

    def __init__(self, origin: Any, value: Expression, attr: str) -> None:
        self.origin = origin
        self.value = value
        self.attr = attr


class Subscript:
    """``value[index]``; several indexes come as one TupleExpr, as in Python's own ast."""

    __slots__ = ("index", "origin", "value")

    def __init__(self, origin: Any, value: Expression, index: Expression) -> None:
        self.origin = origin
        self.value = value
        self.index = index


class SliceExpr:
    """``lower:upper:step`` in an index."""

    __slots__ = ("lower", "origin", "step", "upper")

    def __init__(
        self,
        origin: Any,
        lower: Expression | None,
        upper: Expression | None,
        step: Expression | None,
    ) -> None:
        self.origin = origin
        self.lower = lower
        self.upper = upper
        self.step = step


class TupleExpr:
    """``(a, b)``, with brackets or without."""

    __slots__ = ("elements", "origin")

    def __init__(self, origin: Any, elements: tuple[Expression, ...]) -> None:
        self.origin = origin
        self.elements = elements


class ListExpr:
    """``[a, b]``"""

    __slots__ = ("elements", "origin")

    def __init__(self, origin: Any, elements: tuple[Expression, ...]) -> None:
        self.origin = origin
        self.elements = elements


class SetExpr:
    """``{a, b}``"""

    __slots__ = ("elements", "origin")

    def __init__(self, origin: Any, elements: tuple[Expression, ...]) -> None:
        self.origin = origin
        self.elements = elements


class DictExpr:
    """``items`` are (key, value); a key of None is ``**value``."""

    __slots__ = ("items", "origin")

    def __init__(
        self, origin: Any, items: tuple[tuple[Expression | None, Expression], ...]
    ) -> None:
        self.origin = origin
        self.items = items


class Starred:
    """``*value`` in a call, a display or an assignment target."""

    __slots__ = ("origin", "value")

    def __init__(self, origin: Any, value: Expression) -> None:
        self.origin = origin
        self.value = value


class Call:
    """``keywords`` are (name, value); a name of None is ``**value``."""

    __slots__ = ("args", "func", "keywords", "origin")

    def __init__(
        self,
        origin: Any,
        func: Expression,
        args: tuple[Expression, ...],
        keywords: tuple[tuple[str | None, Expression], ...],
    ) -> None:
        self.origin = origin
        self.func = func
        self.args = args
        self.keywords = keywords


class BinOp:
    """``op`` is the operator as written: ``+ - * / // % ** @ << >> & | ^``."""

    __slots__ = ("left", "op", "origin", "right")

    def __init__(self, origin: Any, left: Expression, op: str, right: Expression) -> None:
        self.origin = origin
        self.left = left
        self.op = op
        self.right = right


class UnaryOp:
    """``op`` is one of ``- + ~ not``."""

    __slots__ = ("op", "operand", "origin")

    def __init__(self, origin: Any, op: str, operand: Expression) -> None:
        self.origin = origin
        self.op = op
        self.operand = operand


class BoolOp:
    """``op`` is ``and`` or ``or``; chains of the same operator are flattened."""

    __slots__ = ("op", "origin", "values")

    def __init__(self, origin: Any, op: str, values: tuple[Expression, ...]) -> None:
        self.origin = origin
        self.op = op
        self.values = values


class Compare:
    """``left ops[0] comparators[0] ops[1] ...``; ops as written, ``not in`` and ``is not`` included."""

    __slots__ = ("comparators", "left", "ops", "origin")

    def __init__(
        self,
        origin: Any,
        left: Expression,
        ops: tuple[str, ...],
        comparators: tuple[Expression, ...],
    ) -> None:
        self.origin = origin
        self.left = left
        self.ops = ops
        self.comparators = comparators


class IfExp:
    """``body if test else orelse``"""

    __slots__ = ("body", "orelse", "origin", "test")

    def __init__(self, origin: Any, test: Expression, body: Expression, orelse: Expression) -> None:
        self.origin = origin
        self.test = test
        self.body = body
        self.orelse = orelse


class Lambda:
    """``lambda parameters: ...``"""

    __slots__ = ("code", "origin")

    def __init__(self, origin: Any, code: FunctionCode) -> None:
        self.origin = origin
        self.code = code


class Generator:
    """One ``for target in iterable if conditions`` of a comprehension."""

    __slots__ = ("conditions", "is_async", "iterable", "target")

    def __init__(
        self,
        target: Expression,
        iterable: Expression,
        conditions: tuple[Expression, ...],
        is_async: bool,
    ) -> None:
        self.target = target
        self.iterable = iterable
        self.conditions = conditions
        self.is_async = is_async


class Comprehension:
    """``kind`` is ``list``, ``set``, ``dict`` or ``generator``; ``key`` only for dicts."""

    __slots__ = ("element", "generators", "key", "kind", "origin")

    def __init__(
        self,
        origin: Any,
        kind: str,
        key: Expression | None,
        element: Expression,
        generators: tuple[Generator, ...],
    ) -> None:
        self.origin = origin
        self.kind = kind
        self.key = key
        self.element = element
        self.generators = generators


class NamedExpr:
    """``target := value``"""

    __slots__ = ("origin", "target", "value")

    def __init__(self, origin: Any, target: str, value: Expression) -> None:
        self.origin = origin
        self.target = target
        self.value = value


class FormattedValue:
    """``{value!conversion:spec}`` inside an f-string; ``spec`` is again an FString or None."""

    __slots__ = ("conversion", "origin", "spec", "value")

    def __init__(
        self, origin: Any, value: Expression, conversion: str | None, spec: FString | None
    ) -> None:
        self.origin = origin
        self.value = value
        self.conversion = conversion
        self.spec = spec


class FString:
    """``parts`` are str or FormattedValue."""

    __slots__ = ("origin", "parts")

    def __init__(self, origin: Any, parts: tuple[str | FormattedValue, ...]) -> None:
        self.origin = origin
        self.parts = parts


class Yield:
    """``yield value``"""

    __slots__ = ("origin", "value")

    def __init__(self, origin: Any, value: Expression | None) -> None:
        self.origin = origin
        self.value = value


class YieldFrom:
    """``yield from value``"""

    __slots__ = ("origin", "value")

    def __init__(self, origin: Any, value: Expression) -> None:
        self.origin = origin
        self.value = value


class Opaque:
    """Syntax that is not modelled; its value is unknown."""

    __slots__ = ("origin",)

    def __init__(self, origin: Any) -> None:
        self.origin = origin


class Await:
    """``await value``"""

    __slots__ = ("origin", "value")

    def __init__(self, origin: Any, value: Expression) -> None:
        self.origin = origin
        self.value = value


Expression = Union[
    Const, Name, Attribute, Subscript, SliceExpr, TupleExpr, ListExpr, SetExpr, DictExpr, Starred,
    Call, BinOp, UnaryOp, BoolOp, Compare, IfExp, Lambda, Comprehension, NamedExpr, FormattedValue,
    FString, Yield, YieldFrom, Await, Opaque,
]  # fmt: skip


class Assign:
    """``targets[0] = targets[1] = ... = value``."""

    __slots__ = ("origin", "targets", "value")

    def __init__(self, origin: Any, targets: tuple[Expression, ...], value: Expression) -> None:
        self.origin = origin
        self.targets = targets
        self.value = value


class AugAssign:
    """``target op= value``; ``op`` without the equals sign."""

    __slots__ = ("op", "origin", "target", "value")

    def __init__(self, origin: Any, target: Expression, op: str, value: Expression) -> None:
        self.origin = origin
        self.target = target
        self.op = op
        self.value = value


class AnnAssign:
    """``target: annotation = value``"""

    __slots__ = ("annotation", "origin", "target", "value")

    def __init__(
        self, origin: Any, target: Expression, annotation: Expression, value: Expression | None
    ) -> None:
        self.origin = origin
        self.target = target
        self.annotation = annotation
        self.value = value


class ExprStmt:
    """An expression as a statement."""

    __slots__ = ("origin", "value")

    def __init__(self, origin: Any, value: Expression) -> None:
        self.origin = origin
        self.value = value


class Return:
    """``return value``"""

    __slots__ = ("origin", "value")

    def __init__(self, origin: Any, value: Expression | None) -> None:
        self.origin = origin
        self.value = value


class Raise:
    """``raise exception from cause``"""

    __slots__ = ("cause", "exception", "origin")

    def __init__(self, origin: Any, exception: Expression | None, cause: Expression | None) -> None:
        self.origin = origin
        self.exception = exception
        self.cause = cause


class Assert:
    """``assert test, message``"""

    __slots__ = ("message", "origin", "test")

    def __init__(self, origin: Any, test: Expression, message: Expression | None) -> None:
        self.origin = origin
        self.test = test
        self.message = message


class Delete:
    """``del targets``"""

    __slots__ = ("origin", "targets")

    def __init__(self, origin: Any, targets: tuple[Expression, ...]) -> None:
        self.origin = origin
        self.targets = targets


class Pass:
    """``pass``, and what is not modelled."""

    __slots__ = ("origin",)

    def __init__(self, origin: Any) -> None:
        self.origin = origin


class Break:
    """``break``"""

    __slots__ = ("origin",)

    def __init__(self, origin: Any) -> None:
        self.origin = origin


class Continue:
    """``continue``"""

    __slots__ = ("origin",)

    def __init__(self, origin: Any) -> None:
        self.origin = origin


class If:
    """``elif`` is an If inside ``orelse``."""

    __slots__ = ("body", "orelse", "origin", "test")

    def __init__(
        self,
        origin: Any,
        test: Expression,
        body: tuple[Statement, ...],
        orelse: tuple[Statement, ...],
    ) -> None:
        self.origin = origin
        self.test = test
        self.body = body
        self.orelse = orelse


class For:
    """``for target in iterable``, ``async`` or not."""

    __slots__ = ("body", "iterable", "orelse", "origin", "target")

    def __init__(
        self,
        origin: Any,
        target: Expression,
        iterable: Expression,
        body: tuple[Statement, ...],
        orelse: tuple[Statement, ...],
    ) -> None:
        self.origin = origin
        self.target = target
        self.iterable = iterable
        self.body = body
        self.orelse = orelse


class While:
    """``while test``"""

    __slots__ = ("body", "orelse", "origin", "test")

    def __init__(
        self,
        origin: Any,
        test: Expression,
        body: tuple[Statement, ...],
        orelse: tuple[Statement, ...],
    ) -> None:
        self.origin = origin
        self.test = test
        self.body = body
        self.orelse = orelse


class Handler:
    """``except type as name``; a type of None catches everything."""

    __slots__ = ("body", "name", "origin", "type")

    def __init__(
        self, origin: Any, type: Expression | None, name: str | None, body: tuple[Statement, ...]
    ) -> None:
        self.origin = origin
        self.type = type
        self.name = name
        self.body = body


class Try:
    """``try`` with its ``except``, ``else`` and ``finally``."""

    __slots__ = ("body", "final", "handlers", "orelse", "origin")

    def __init__(
        self,
        origin: Any,
        body: tuple[Statement, ...],
        handlers: tuple[Handler, ...],
        orelse: tuple[Statement, ...],
        final: tuple[Statement, ...],
    ) -> None:
        self.origin = origin
        self.body = body
        self.handlers = handlers
        self.orelse = orelse
        self.final = final


class With:
    """``items`` are (context, target or None)."""

    __slots__ = ("body", "items", "origin")

    def __init__(
        self,
        origin: Any,
        items: tuple[tuple[Expression, Expression | None], ...],
        body: tuple[Statement, ...],
    ) -> None:
        self.origin = origin
        self.items = items
        self.body = body


class Import:
    """``names`` are (dotted name, alias or None)."""

    __slots__ = ("names", "origin")

    def __init__(self, origin: Any, names: tuple[tuple[str, str | None], ...]) -> None:
        self.origin = origin
        self.names = names


class ImportFrom:
    """``names`` are (name, alias or None); a single ``("*", None)`` for a star import."""

    __slots__ = ("level", "module", "names", "origin")

    def __init__(
        self, origin: Any, module: str, level: int, names: tuple[tuple[str, str | None], ...]
    ) -> None:
        self.origin = origin
        self.module = module
        self.level = level
        self.names = names


class Global:
    """``global names``"""

    __slots__ = ("names", "origin")

    def __init__(self, origin: Any, names: tuple[str, ...]) -> None:
        self.origin = origin
        self.names = names


class Nonlocal:
    """``nonlocal names``"""

    __slots__ = ("names", "origin")

    def __init__(self, origin: Any, names: tuple[str, ...]) -> None:
        self.origin = origin
        self.names = names


class Parameter:
    """``kind`` is ``positional_only``, ``positional``, ``var_positional``, ``keyword`` or ``var_keyword``."""

    __slots__ = ("annotation", "default", "kind", "name")

    def __init__(
        self, name: str, kind: str, default: Expression | None, annotation: Expression | None
    ) -> None:
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation


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


class FunctionDef:
    """``def name``, ``async`` or not."""

    __slots__ = ("code", "decorators", "name", "origin", "returns")

    def __init__(
        self,
        origin: Any,
        name: str,
        decorators: tuple[Expression, ...],
        code: FunctionCode,
        returns: Expression | None,
    ) -> None:
        self.origin = origin
        self.name = name
        self.decorators = decorators
        self.code = code
        self.returns = returns


class ClassDef:
    """``keywords`` are those of the class statement (``metaclass=...``)."""

    __slots__ = ("bases", "body", "decorators", "keywords", "name", "origin")

    def __init__(
        self,
        origin: Any,
        name: str,
        decorators: tuple[Expression, ...],
        bases: tuple[Expression, ...],
        keywords: tuple[tuple[str | None, Expression], ...],
        body: tuple[Statement, ...],
    ) -> None:
        self.origin = origin
        self.name = name
        self.decorators = decorators
        self.bases = bases
        self.keywords = keywords
        self.body = body


class MatchPattern:
    """``kind`` is ``value`` (expression), ``singleton`` (Const), ``sequence``, ``mapping``, ``class``,
    ``star``, ``as``, ``or``.

    ``expression`` is the value of a value or singleton pattern, the class of a class pattern.
    ``children`` are sub-patterns; ``keys`` the keys of a mapping pattern (expressions) or the
    attribute names of a class pattern's keyword part (str), aligned with the *last* children.
    ``name`` is what an ``as``, ``star`` or mapping-rest pattern binds; an ``as`` pattern with neither
    child nor name is the wildcard.
    """

    __slots__ = ("children", "expression", "keys", "kind", "name", "origin")

    def __init__(
        self,
        origin: Any,
        kind: str,
        expression: Expression | None = None,
        children: tuple[MatchPattern, ...] = (),
        keys: tuple[Any, ...] = (),
        name: str | None = None,
    ) -> None:
        self.origin = origin
        self.kind = kind
        self.expression = expression
        self.children = children
        self.keys = keys
        self.name = name


class MatchCase:
    """``case pattern if guard``"""

    __slots__ = ("body", "guard", "pattern")

    def __init__(
        self, pattern: MatchPattern, guard: Expression | None, body: tuple[Statement, ...]
    ) -> None:
        self.pattern = pattern
        self.guard = guard
        self.body = body


class Match:
    """``match subject``"""

    __slots__ = ("cases", "origin", "subject")

    def __init__(self, origin: Any, subject: Expression, cases: tuple[MatchCase, ...]) -> None:
        self.origin = origin
        self.subject = subject
        self.cases = cases


Statement = Union[
    Assign, AugAssign, AnnAssign, ExprStmt, Return, Raise, Assert, Delete, Pass, Break, Continue,
    If, For, While, Try, With, Import, ImportFrom, Global, Nonlocal, FunctionDef, ClassDef, Match,
]  # fmt: skip


class ModuleCode:
    """A file, lowered.  Comments are gone; ``size`` is the length of its text.

    ``source`` is the text, if Python's own parser read it; a tree of libcst's holds its text itself.
    """

    __slots__ = ("body", "origin", "path", "size", "source")

    def __init__(
        self,
        origin: Any,
        path: str,
        body: tuple[Statement, ...],
        size: int = 0,
        source: Source | None = None,
    ) -> None:
        self.origin = origin
        self.path = path
        self.body = body
        self.size = size
        self.source = source
