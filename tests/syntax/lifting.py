"""The way back: from the lowered tree to Python's own, to see that nothing was lost on the way."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kerasmergelint.syntax import ir

# What the lowering leaves out: it is of no matter to what a program does.
_LEFT_OUT = frozenset({"ctx", "kind", "type_comment", "type_ignores", "type_params"})
_OPERATORS: dict[str, type[ast.AST]] = {
    "+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div, "//": ast.FloorDiv, "%": ast.Mod,
    "**": ast.Pow, "@": ast.MatMult, "<<": ast.LShift, ">>": ast.RShift, "&": ast.BitAnd,
    "|": ast.BitOr, "^": ast.BitXor, "and": ast.And, "or": ast.Or, "==": ast.Eq, "!=": ast.NotEq,
    "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE, "in": ast.In, "not in": ast.NotIn,
    "is": ast.Is, "is not": ast.IsNot,
}  # fmt: skip
_UNARY: dict[str, type[ast.AST]] = {
    "-": ast.USub, "+": ast.UAdd, "~": ast.Invert, "not": ast.Not
}  # fmt: skip


def lifted(code: ir.ModuleCode) -> str:
    """What the lowered module is, as Python's own tree, in words."""
    return words(ast.Module(body=_statements(code.body), type_ignores=[]))


def simplified(tree: ast.Module) -> str:
    """Python's own tree in the same words, without the sugar that the lowering takes out."""
    return words(_Simplify().visit(tree))


def words(node: Any) -> str:
    """``ast.dump`` without what the lowering leaves out; with a stack, since chains are deep."""
    told: list[str] = []
    stack: list[Any] = [node]
    while stack:
        thing = stack.pop()
        if isinstance(thing, ast.AST):
            told.append(type(thing).__name__)
            fields = [name for name in thing._fields if name not in _LEFT_OUT]
            stack.extend(getattr(thing, name, None) for name in reversed(fields))
        elif isinstance(thing, list):
            told.append(f"{len(thing)}:")
            stack.extend(reversed(thing))
        else:
            told.append(repr(thing))
    return "\n".join(told)


class _Simplify(ast.NodeTransformer):
    """Takes the sugar out of Python's own tree."""

    def visit_AsyncFor(self, node: ast.AsyncFor) -> Any:
        return self.generic_visit(ast.For(*(getattr(node, name) for name in node._fields)))

    def visit_AsyncWith(self, node: ast.AsyncWith) -> Any:
        return self.generic_visit(ast.With(*(getattr(node, name) for name in node._fields)))

    def visit_TryStar(self, node: Any) -> Any:
        return self.generic_visit(ast.Try(*(getattr(node, name) for name in node._fields)))

    def visit_TypeAlias(self, node: Any) -> Any:
        return ast.Assign([node.name], node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        node.module = node.module or ""
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        self.generic_visit(node)
        operand = node.operand
        if not isinstance(node.op, ast.USub) or not isinstance(operand, ast.Constant):
            return node
        return ast.Constant(-operand.value) if isinstance(operand.value, (int, float)) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> Any:
        self.generic_visit(node)
        node.values = _joined(node.values)
        if all(isinstance(part, ast.Constant) for part in node.values):
            return node.values[0] if node.values else ast.Constant("")
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> Any:
        node.value = self.visit(node.value)
        if isinstance(node.format_spec, ast.JoinedStr):
            self.generic_visit(node.format_spec)
            node.format_spec.values = _joined(node.format_spec.values)
        return node

    def visit_Delete(self, node: ast.Delete) -> Any:
        self.generic_visit(node)
        if len(node.targets) == 1 and isinstance(node.targets[0], (ast.Tuple, ast.List)):
            node.targets = node.targets[0].elts
        return node


def _joined(parts: list[ast.expr]) -> list[ast.expr]:
    """Adjacent texts of an f-string as one, which they are in some versions of Python only."""
    joined: list[ast.expr] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, ast.Constant) and isinstance(last, ast.Constant):
            joined[-1] = ast.Constant(last.value + part.value)
        elif not (isinstance(part, ast.Constant) and part.value == ""):
            joined.append(part)
    return joined


# -- expressions ----------------------------------------------------------------------------


def _expression(node: Any) -> Any:
    return None if node is None else _EXPRESSIONS[type(node)](node)


def _expressions(nodes: Iterable[Any]) -> list[Any]:
    return [_expression(node) for node in nodes]


def _chain(node: Any) -> Any:
    """With a loop, as long chains want it."""
    links = []
    while type(node) in _INNER:
        links.append(node)
        node = getattr(node, _INNER[type(node)])
    value = _expression(node)
    for link in reversed(links):
        value = _LINKS[type(link)](link, value)
    return value


_INNER: dict[type, str] = {
    ir.Attribute: "value", ir.Subscript: "value", ir.Call: "func", ir.BinOp: "left"
}  # fmt: skip
_LINKS: dict[type, Callable[[Any, Any], Any]] = {
    ir.Attribute: lambda n, value: ast.Attribute(value, n.attr),
    ir.Subscript: lambda n, value: ast.Subscript(value, _expression(n.index)),
    ir.Call: lambda n, value: ast.Call(value, _expressions(n.args), _keywords(n.keywords)),
    ir.BinOp: lambda n, left: ast.BinOp(left, _OPERATORS[n.op](), _expression(n.right)),
}


def _keywords(keywords: Iterable[tuple[str | None, Any]]) -> list[ast.keyword]:
    return [ast.keyword(name, _expression(value)) for name, value in keywords]


def _dict(node: ir.DictExpr) -> Any:
    return ast.Dict(*map(list, zip(*((_expression(k), _expression(v)) for k, v in node.items))))


def _lambda(node: ir.Lambda) -> Any:
    [returned] = node.code.body
    assert isinstance(returned, ir.Return)
    return ast.Lambda(_arguments(node.code.parameters), _expression(returned.value))


def _comprehension(node: ir.Comprehension) -> Any:
    generators = [
        ast.comprehension(
            _expression(part.target), _expression(part.iterable), _expressions(part.conditions),
            int(part.is_async),
        )
        for part in node.generators
    ]  # fmt: skip
    if node.kind == "dict":
        return ast.DictComp(_expression(node.key), _expression(node.element), generators)
    kinds = {"list": ast.ListComp, "set": ast.SetComp, "generator": ast.GeneratorExp}
    return kinds[node.kind](_expression(node.element), generators)


def _f_string(node: ir.FString) -> Any:
    return ast.JoinedStr(
        [ast.Constant(p) if isinstance(p, str) else _expression(p) for p in node.parts]
    )


def _formatted(node: ir.FormattedValue) -> Any:
    conversion = -1 if node.conversion is None else ord(node.conversion)
    return ast.FormattedValue(_expression(node.value), conversion, _expression(node.spec))


_EXPRESSIONS: dict[type, Callable[[Any], Any]] = {
    ir.Const: lambda n: ast.Constant(n.value),
    ir.Name: lambda n: ast.Name(n.id),
    **dict.fromkeys(_INNER, _chain),
    ir.SliceExpr: lambda n: ast.Slice(*_expressions((n.lower, n.upper, n.step))),
    ir.TupleExpr: lambda n: ast.Tuple(_expressions(n.elements)),
    ir.ListExpr: lambda n: ast.List(_expressions(n.elements)),
    ir.SetExpr: lambda n: ast.Set(_expressions(n.elements)),
    ir.DictExpr: lambda n: _dict(n) if n.items else ast.Dict([], []),
    ir.Starred: lambda n: ast.Starred(_expression(n.value)),
    ir.UnaryOp: lambda n: ast.UnaryOp(_UNARY[n.op](), _expression(n.operand)),
    ir.BoolOp: lambda n: ast.BoolOp(_OPERATORS[n.op](), _expressions(n.values)),
    ir.Compare: lambda n: ast.Compare(
        _expression(n.left), [_OPERATORS[op]() for op in n.ops], _expressions(n.comparators)
    ),
    ir.IfExp: lambda n: ast.IfExp(*_expressions((n.test, n.body, n.orelse))),
    ir.Lambda: _lambda,
    ir.Comprehension: _comprehension,
    ir.NamedExpr: lambda n: ast.NamedExpr(ast.Name(n.target), _expression(n.value)),
    ir.FormattedValue: _formatted,
    ir.FString: _f_string,
    ir.Yield: lambda n: ast.Yield(_expression(n.value)),
    ir.YieldFrom: lambda n: ast.YieldFrom(_expression(n.value)),
    ir.Await: lambda n: ast.Await(_expression(n.value)),
    ir.Opaque: lambda n: n.origin,
}


# -- statements -----------------------------------------------------------------------------


def _statements(nodes: Iterable[Any]) -> list[Any]:
    return [_STATEMENTS[type(node)](node) for node in nodes]


def _arguments(parameters: Iterable[ir.Parameter]) -> ast.arguments:
    of: dict[str, list[ir.Parameter]] = {}
    for parameter in parameters:
        of.setdefault(parameter.kind, []).append(parameter)

    def args(kind: str) -> list[ast.arg]:
        return [ast.arg(p.name, _expression(p.annotation)) for p in of.get(kind, ())]

    usual = [*of.get("positional_only", ()), *of.get("positional", ())]
    return ast.arguments(
        args("positional_only"), args("positional"), next(iter(args("var_positional")), None),
        args("keyword"), _expressions(p.default for p in of.get("keyword", ())),
        next(iter(args("var_keyword")), None),
        _expressions(p.default for p in usual if p.default is not None),
    )  # fmt: skip


def _function(node: ir.FunctionDef) -> Any:
    kind: Any = ast.AsyncFunctionDef if node.code.is_async else ast.FunctionDef
    return kind(
        node.name, _arguments(node.code.parameters), _statements(node.code.body),
        _expressions(node.decorators), _expression(node.returns),
    )  # fmt: skip


def _class(node: ir.ClassDef) -> Any:
    return ast.ClassDef(
        node.name, _expressions(node.bases), _keywords(node.keywords), _statements(node.body),
        _expressions(node.decorators),
    )  # fmt: skip


def _annotated(node: ir.AnnAssign) -> Any:
    origin = node.origin
    assert isinstance(origin, ast.AnnAssign)  # only this knows of brackets around a target
    parts = _expressions((node.target, node.annotation, node.value))
    return ast.AnnAssign(*parts, origin.simple)


def _try(node: ir.Try) -> Any:
    handlers: list[Any] = [
        ast.ExceptHandler(_expression(handler.type), handler.name, _statements(handler.body))
        for handler in node.handlers
    ]
    return ast.Try(
        _statements(node.body), handlers, _statements(node.orelse), _statements(node.final)
    )


def _with(node: ir.With) -> Any:
    items = [ast.withitem(_expression(item), _expression(target)) for item, target in node.items]
    return ast.With(items, _statements(node.body))


def _aliases(names: Iterable[tuple[str, str | None]]) -> list[ast.alias]:
    return [ast.alias(name, alias) for name, alias in names]


def _match(node: ir.Match) -> Any:
    cases = [
        ast.match_case(_pattern(c.pattern), _expression(c.guard), _statements(c.body))
        for c in node.cases
    ]
    return ast.Match(_expression(node.subject), cases)


_STATEMENTS: dict[type, Callable[[Any], Any]] = {
    ir.Assign: lambda n: ast.Assign(_expressions(n.targets), _expression(n.value)),
    ir.AugAssign: lambda n: ast.AugAssign(
        _expression(n.target), _OPERATORS[n.op](), _expression(n.value)
    ),
    ir.AnnAssign: _annotated,
    ir.ExprStmt: lambda n: ast.Expr(_expression(n.value)),
    ir.Return: lambda n: ast.Return(_expression(n.value)),
    ir.Raise: lambda n: ast.Raise(_expression(n.exception), _expression(n.cause)),
    ir.Assert: lambda n: ast.Assert(_expression(n.test), _expression(n.message)),
    ir.Delete: lambda n: ast.Delete(_expressions(n.targets)),
    ir.Pass: lambda n: ast.Pass(),
    ir.Break: lambda n: ast.Break(),
    ir.Continue: lambda n: ast.Continue(),
    ir.If: lambda n: ast.If(_expression(n.test), _statements(n.body), _statements(n.orelse)),
    ir.For: lambda n: ast.For(
        _expression(n.target), _expression(n.iterable), _statements(n.body), _statements(n.orelse)
    ),
    ir.While: lambda n: ast.While(_expression(n.test), _statements(n.body), _statements(n.orelse)),
    ir.Try: _try,
    ir.With: _with,
    ir.Import: lambda n: ast.Import(_aliases(n.names)),
    ir.ImportFrom: lambda n: ast.ImportFrom(n.module, _aliases(n.names), n.level),
    ir.Global: lambda n: ast.Global(list(n.names)),
    ir.Nonlocal: lambda n: ast.Nonlocal(list(n.names)),
    ir.FunctionDef: _function,
    ir.ClassDef: _class,
    ir.Match: _match,
}


# -- the patterns of ``match`` ----------------------------------------------------------------


def _pattern(node: ir.MatchPattern) -> Any:
    return _PATTERNS[node.kind](node, [_pattern(child) for child in node.children])


def _class_pattern(node: ir.MatchPattern, children: list[Any]) -> Any:
    named = len(children) - len(node.keys)
    return ast.MatchClass(
        _expression(node.expression), children[:named], list(node.keys), children[named:]
    )


_PATTERNS: dict[str, Callable[[ir.MatchPattern, list[Any]], Any]] = {
    "value": lambda n, _: ast.MatchValue(_expression(n.expression)),
    "singleton": lambda n, _: ast.MatchSingleton(_expression(n.expression).value),
    "sequence": lambda _, children: ast.MatchSequence(children),
    "mapping": lambda n, children: ast.MatchMapping(_expressions(n.keys), children, n.name),
    "class": _class_pattern,
    "star": lambda n, _: ast.MatchStar(n.name),
    "as": lambda n, children: ast.MatchAs(children[0] if children else None, n.name),
    "or": lambda _, children: ast.MatchOr(children),
}


# -- all nodes --------------------------------------------------------------------------------


def nodes(code: ir.ModuleCode) -> Iterator[ir.Node]:
    """Every node that comes from somewhere in the text, those in functions included."""
    stack: list[Any] = [code.body]
    while stack:
        thing = stack.pop()
        if isinstance(thing, tuple):
            stack.extend(thing)
        elif isinstance(thing, ir.FunctionCode):
            stack.extend((thing.parameters, thing.body))
        elif hasattr(thing, "__match_args__"):
            if isinstance(thing, ir.Node):
                yield thing
            stack.extend(getattr(thing, name) for name in thing.__match_args__ if name != "origin")
