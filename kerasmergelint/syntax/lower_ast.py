"""Lowering: from Python's own tree to the tracker's.

``_EXPRESSIONS`` and ``_STATEMENTS`` have the lowering of each class of ``ast``; a missing class
becomes a node that evaluates to unknown.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kerasmergelint.syntax import ir, literals
from kerasmergelint.syntax.names import declared_names
from kerasmergelint.syntax.source import Source


def lower_module(module: ast.Module, path: str, source: Source) -> ir.ModuleCode:
    """Lower a whole file."""
    return ir.ModuleCode(path, Lowering(source).body(module.body), source)


class Lowering:
    """The lowering of one text.  Every origin gets a reference to the text, for its position.

    ``yields`` counts the expressions that make a generator of the function that they stand in.
    """

    __slots__ = ("source", "yields")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.yields = 0

    def expression(self, node: Any) -> ir.Expression:
        """Lower one expression."""
        node.source = self.source
        handler = _EXPRESSIONS.get(type(node))
        return ir.Opaque(node) if handler is None else handler(self, node)

    def statement(self, node: Any) -> ir.Statement:
        """Lower one statement."""
        node.source = self.source
        handler = _STATEMENTS.get(type(node))
        return ir.Pass(node) if handler is None else handler(self, node)

    def optional(self, node: object) -> ir.Expression | None:
        return None if node is None else self.expression(node)

    def expressions(self, nodes: Iterable[ast.expr]) -> tuple[ir.Expression, ...]:
        return tuple([self.expression(node) for node in nodes])

    def body(self, nodes: Iterable[ast.stmt]) -> tuple[ir.Statement, ...]:
        return tuple([self.statement(node) for node in nodes])

    def keywords(
        self, nodes: Iterable[ast.keyword]
    ) -> tuple[tuple[str | None, ir.Expression], ...]:
        return tuple([(node.arg, self.expression(node.value)) for node in nodes])


# -- expressions ----------------------------------------------------------------------------


def _constant(to: Lowering, node: ast.Constant) -> ir.Expression:
    value = node.value
    if isinstance(value, (str, bytes)):
        return literals.string(node, value)
    if isinstance(value, (int, float, complex)) and _length(node) > literals.MAX_NUMBER:
        return ir.Opaque(node)
    return ir.Const(node, value)


def _length(node: ast.Constant) -> int:
    """The length of a literal on one line; numbers always are."""
    return (node.end_col_offset or 0) - node.col_offset


def _fstring(to: Lowering, node: ast.JoinedStr) -> ir.Expression:
    return literals.f_string(node, _parts(to, node))


def _parts(to: Lowering, node: Any) -> list[str | ir.FormattedValue]:
    lowered: list[str | ir.FormattedValue] = []
    for part in node.values:
        if type(part) is ast.FormattedValue:
            lowered.append(_formatted(to, part))
        else:
            lowered.append(part.value)
    return lowered


def _formatted(to: Lowering, node: Any) -> ir.FormattedValue:
    node.source = to.source
    spec = None
    if node.format_spec is not None:
        spec = literals.format_spec(node, _parts(to, node.format_spec))
    conversion = None if node.conversion == -1 else chr(node.conversion)
    return ir.FormattedValue(node, to.expression(node.value), conversion, spec)


def _chain(to: Lowering, node: Any) -> ir.Expression:
    """``a.b().c().d``: long chains are built with a loop, from the innermost value outwards."""
    links: list[Any] = []
    current = node
    while True:
        kind = type(current)
        if kind is ast.Attribute or kind is ast.Subscript:
            links.append(current)
            current = current.value
        elif kind is ast.Call:
            links.append(current)
            current = current.func
        else:
            break
    value = to.expression(current)
    source = to.source
    while links:
        link = links.pop()
        link.source = source
        kind = type(link)
        if kind is ast.Attribute:
            value = ir.Attribute(link, value, link.attr)
        elif kind is ast.Call:
            value = ir.Call(link, value, to.expressions(link.args), to.keywords(link.keywords))
        else:
            value = ir.Subscript(link, value, to.expression(link.slice))
    return value


def _slice(to: Lowering, node: ast.Slice) -> ir.Expression:
    return ir.SliceExpr(
        node, to.optional(node.lower), to.optional(node.upper), to.optional(node.step)
    )


def _dict(to: Lowering, node: ast.Dict) -> ir.Expression:
    pairs = zip(node.keys, node.values)
    return ir.DictExpr(node, tuple([(to.optional(k), to.expression(v)) for k, v in pairs]))


_OPERATORS: dict[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%",
    ast.Pow: "**", ast.MatMult: "@", ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&",
    ast.BitOr: "|", ast.BitXor: "^", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~",
    ast.Not: "not", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">",
    ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
    ast.And: "and", ast.Or: "or",
}  # fmt: skip


def _binary(to: Lowering, node: ast.BinOp) -> ir.Expression:
    """Left-leaning chains are built with a loop: a sum of a thousand terms is common enough."""
    chain: list[Any] = []
    current: Any = node
    while type(current) is ast.BinOp:
        chain.append(current)
        current = current.left
    value = to.expression(current)
    while chain:
        link = chain.pop()
        link.source = to.source
        value = ir.BinOp(link, value, _OPERATORS[type(link.op)], to.expression(link.right))
    return value


def _unary(to: Lowering, node: ast.UnaryOp) -> ir.Expression:
    return literals.unary(node, _OPERATORS[type(node.op)], to.expression(node.operand))


def _boolean(to: Lowering, node: ast.BoolOp) -> ir.Expression:
    return ir.BoolOp(node, _OPERATORS[type(node.op)], to.expressions(node.values))


def _comparison(to: Lowering, node: ast.Compare) -> ir.Expression:
    operators = tuple([_OPERATORS[type(op)] for op in node.ops])
    return ir.Compare(node, to.expression(node.left), operators, to.expressions(node.comparators))


def _ifexp(to: Lowering, node: ast.IfExp) -> ir.Expression:
    test, body = to.expression(node.test), to.expression(node.body)
    return ir.IfExp(node, test, body, to.expression(node.orelse))


def _lambda(to: Lowering, node: ast.Lambda) -> ir.Expression:
    def fill(code: ir.FunctionCode) -> None:
        """Lower the expression of a lambda, which has no declarations."""
        code.body = (ir.Return(node, to.expression(node.body)),)
        code.global_names = code.nonlocal_names = frozenset()
        code.is_generator = False

    return ir.Lambda(
        node, ir.FunctionCode(node, "<lambda>", _parameters(to, node.args), False, fill)
    )


_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_COMPREHENSIONS: dict[type, ir.ComprehensionKind] = {
    ast.ListComp: "list", ast.SetComp: "set", ast.DictComp: "dict", ast.GeneratorExp: "generator",
}  # fmt: skip


def _comprehension(to: Lowering, node: _Comprehension) -> ir.Expression:
    kind = _COMPREHENSIONS[type(node)]
    generators = tuple(
        ir.Generator(
            to.expression(part.target),
            to.expression(part.iter),
            to.expressions(part.ifs),
            bool(part.is_async),
        )
        for part in node.generators
    )
    key = to.expression(node.key) if isinstance(node, ast.DictComp) else None
    element = to.expression(node.value if isinstance(node, ast.DictComp) else node.elt)
    return ir.Comprehension(node, kind, key, element, generators)


def _walrus(to: Lowering, node: ast.NamedExpr) -> ir.Expression:
    return ir.NamedExpr(node, node.target.id, to.expression(node.value))


def _yield(to: Lowering, node: ast.Yield) -> ir.Expression:
    to.yields += 1
    return ir.Yield(node, to.optional(node.value))


def _yield_from(to: Lowering, node: ast.YieldFrom) -> ir.Expression:
    to.yields += 1
    return ir.YieldFrom(node, to.expression(node.value))


_EXPRESSIONS: dict[type, Callable[[Lowering, Any], ir.Expression]] = {
    ast.Name: lambda to, node: ir.Name(node, node.id),
    ast.Constant: _constant,
    ast.JoinedStr: _fstring,
    ast.Attribute: _chain,
    ast.Call: _chain,
    ast.Subscript: _chain,
    ast.Slice: _slice,
    ast.Tuple: lambda to, node: ir.TupleExpr(node, to.expressions(node.elts)),
    ast.List: lambda to, node: ir.ListExpr(node, to.expressions(node.elts)),
    ast.Set: lambda to, node: ir.SetExpr(node, to.expressions(node.elts)),
    ast.Dict: _dict,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Compare: _comparison,
    ast.IfExp: _ifexp,
    ast.Lambda: _lambda,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.NamedExpr: _walrus,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
    ast.Await: lambda to, node: ir.Await(node, to.expression(node.value)),
    ast.Starred: lambda to, node: ir.Starred(node, to.expression(node.value)),
}


# -- statements -----------------------------------------------------------------------------


def _assign(to: Lowering, node: ast.Assign) -> ir.Statement:
    return ir.Assign(node, to.expressions(node.targets), to.expression(node.value))


def _augmented(to: Lowering, node: ast.AugAssign) -> ir.Statement:
    operator = _OPERATORS[type(node.op)]
    return ir.AugAssign(node, to.expression(node.target), operator, to.expression(node.value))


def _annotated(to: Lowering, node: ast.AnnAssign) -> ir.Statement:
    annotation = to.expression(node.annotation)
    return ir.AnnAssign(node, to.expression(node.target), annotation, to.optional(node.value))


def _delete(to: Lowering, node: ast.Delete) -> ir.Statement:
    targets: Sequence[ast.expr] = node.targets
    if len(targets) == 1 and isinstance(targets[0], (ast.Tuple, ast.List)):
        targets = targets[0].elts
    return ir.Delete(node, to.expressions(targets))


def _type_alias(to: Lowering, node: Any) -> ir.Statement:
    """``type Name = ...`` binds a name to something unknown: types are not followed."""
    return ir.Assign(node, (to.expression(node.name),), ir.Opaque(node))


def _if(to: Lowering, node: ast.If) -> ir.Statement:
    """A chain of ``elif`` is built with a loop, from its end."""
    chain: list[Any] = [node]
    while len(chain[-1].orelse) == 1 and type(chain[-1].orelse[0]) is ast.If:
        chain.append(chain[-1].orelse[0])
    orelse = to.body(chain[-1].orelse)
    for link in reversed(chain):
        link.source = to.source
        orelse = (ir.If(link, to.expression(link.test), to.body(link.body), orelse),)
    return orelse[0]


def _for(to: Lowering, node: ast.For | ast.AsyncFor) -> ir.Statement:
    target, iterable = to.expression(node.target), to.expression(node.iter)
    return ir.For(node, target, iterable, to.body(node.body), to.body(node.orelse))


def _while(to: Lowering, node: ast.While) -> ir.Statement:
    return ir.While(node, to.expression(node.test), to.body(node.body), to.body(node.orelse))


def _try(to: Lowering, node: Any) -> ir.Statement:
    body = to.body(node.body)
    handlers = tuple([_handler(to, handler) for handler in node.handlers])
    star = type(node) is not ast.Try
    return ir.Try(node, body, handlers, to.body(node.orelse), to.body(node.finalbody), star)


def _handler(to: Lowering, node: Any) -> ir.Handler:
    node.source = to.source
    return ir.Handler(node, to.optional(node.type), node.name, to.body(node.body))


def _with(to: Lowering, node: ast.With | ast.AsyncWith) -> ir.Statement:
    items = tuple(
        [(to.expression(item.context_expr), to.optional(item.optional_vars)) for item in node.items]
    )
    return ir.With(node, items, to.body(node.body))


def _import(to: Lowering, node: ast.Import) -> ir.Statement:
    return ir.Import(node, tuple([(alias.name, alias.asname) for alias in node.names]))


def _import_from(to: Lowering, node: ast.ImportFrom) -> ir.Statement:
    names = tuple([(alias.name, alias.asname) for alias in node.names])
    return ir.ImportFrom(node, node.module or "", node.level, names)


def _parameters(to: Lowering, node: ast.arguments) -> tuple[ir.Parameter, ...]:
    usual = [*node.posonlyargs, *node.args]
    without = [None] * (len(usual) - len(node.defaults))
    found: list[tuple[ir.ParameterKind, ast.arg, ast.expr | None]] = [
        ("positional_only" if place < len(node.posonlyargs) else "positional", arg, default)
        for place, (arg, default) in enumerate(zip(usual, [*without, *node.defaults]))
    ]
    if node.vararg is not None:
        found.append(("var_positional", node.vararg, None))
    found += [("keyword", arg, default) for arg, default in zip(node.kwonlyargs, node.kw_defaults)]
    if node.kwarg is not None:
        found.append(("var_keyword", node.kwarg, None))
    return tuple(
        [
            ir.Parameter(arg.arg, kind, to.optional(default), to.optional(arg.annotation))
            for kind, arg, default in found
        ]
    )


def _function(to: Lowering, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ir.Statement:
    def fill(code: ir.FunctionCode) -> None:
        """Lower the body of the function."""
        before = to.yields
        body = to.body(node.body)
        code.global_names, code.nonlocal_names = declared_names(body)
        code.is_generator = to.yields > before  # functions inside it are lowered later
        code.body = body

    is_async = type(node) is ast.AsyncFunctionDef
    code = ir.FunctionCode(node, node.name, _parameters(to, node.args), is_async, fill)
    decorators = to.expressions(node.decorator_list)
    return ir.FunctionDef(node, node.name, decorators, code, to.optional(node.returns))


def _class(to: Lowering, node: ast.ClassDef) -> ir.Statement:
    decorators = to.expressions(node.decorator_list)
    bases, keywords = to.expressions(node.bases), to.keywords(node.keywords)
    return ir.ClassDef(node, node.name, decorators, bases, keywords, to.body(node.body))


def _match(to: Lowering, node: ast.Match) -> ir.Statement:
    subject = to.expression(node.subject)
    cases = tuple(
        ir.MatchCase(_pattern(to, case.pattern), to.optional(case.guard), to.body(case.body))
        for case in node.cases
    )
    return ir.Match(node, subject, cases)


_STATEMENTS: dict[type, Callable[[Lowering, Any], ir.Statement]] = {
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.AnnAssign: _annotated,
    ast.Expr: lambda to, node: ir.ExprStmt(node, to.expression(node.value)),
    ast.Return: lambda to, node: ir.Return(node, to.optional(node.value)),
    ast.Raise: lambda to, node: ir.Raise(node, to.optional(node.exc), to.optional(node.cause)),
    ast.Assert: lambda to, node: ir.Assert(node, to.expression(node.test), to.optional(node.msg)),
    ast.Delete: _delete,
    ast.Pass: lambda to, node: ir.Pass(node),
    ast.Break: lambda to, node: ir.Break(node),
    ast.Continue: lambda to, node: ir.Continue(node),
    ast.Global: lambda to, node: ir.Global(node, tuple(node.names)),
    ast.Nonlocal: lambda to, node: ir.Nonlocal(node, tuple(node.names)),
    ast.Import: _import,
    ast.ImportFrom: _import_from,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.Try: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.Match: _match,
}
if hasattr(ast, "TryStar"):  # Python 3.11
    _STATEMENTS[ast.TryStar] = _try
if hasattr(ast, "TypeAlias"):  # Python 3.12
    _STATEMENTS[ast.TypeAlias] = _type_alias


# -- the patterns of ``match`` ----------------------------------------------------------------


def _pattern(to: Lowering, node: Any) -> ir.MatchPattern:
    node.source = to.source
    return _PATTERNS[type(node)](to, node)


def _patterns(to: Lowering, nodes: Iterable[ast.pattern]) -> tuple[ir.MatchPattern, ...]:
    return tuple([_pattern(to, node) for node in nodes])


def _mapping(to: Lowering, node: ast.MatchMapping) -> ir.MatchPattern:
    keys, children = to.expressions(node.keys), _patterns(to, node.patterns)
    return ir.MatchPattern(node, "mapping", children=children, keys=keys, name=node.rest)


def _class_pattern(to: Lowering, node: ast.MatchClass) -> ir.MatchPattern:
    children = (*_patterns(to, node.patterns), *_patterns(to, node.kwd_patterns))
    return ir.MatchPattern(node, "class", to.expression(node.cls), children, tuple(node.kwd_attrs))


def _as_pattern(to: Lowering, node: ast.MatchAs) -> ir.MatchPattern:
    children = () if node.pattern is None else (_pattern(to, node.pattern),)
    return ir.MatchPattern(node, "as", children=children, name=node.name)


_PATTERNS: dict[type, Callable[[Lowering, Any], ir.MatchPattern]] = {
    ast.MatchValue: lambda to, node: ir.MatchPattern(node, "value", to.expression(node.value)),
    ast.MatchSingleton: lambda to, node: ir.MatchPattern(
        node, "singleton", ir.Const(node, node.value)
    ),
    ast.MatchSequence: lambda to, node: ir.MatchPattern(
        node, "sequence", children=_patterns(to, node.patterns)
    ),
    ast.MatchStar: lambda to, node: ir.MatchPattern(node, "star", name=node.name),
    ast.MatchMapping: _mapping,
    ast.MatchClass: _class_pattern,
    ast.MatchAs: _as_pattern,
    ast.MatchOr: lambda to, node: ir.MatchPattern(
        node, "or", children=_patterns(to, node.patterns)
    ),
}
