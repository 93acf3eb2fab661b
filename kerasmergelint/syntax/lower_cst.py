"""Lowering: from libcst's concrete tree to the tracker's own.

Python's own parser is ten times faster, and reads everything that the running Python can read; this
is for files that are written for a newer one.  ``_EXPRESSIONS`` and ``_STATEMENTS`` say what becomes of
each libcst class; a class that is missing becomes a node that evaluates to unknown.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import libcst as cst

from kerasmergelint.syntax import ir, literals
from kerasmergelint.syntax.deep import run_deep
from kerasmergelint.syntax.names import declared_names, is_generator
from kerasmergelint.syntax.source import NOWHERE, Span


def lower_module(module: cst.Module, path: str, size: int = 0) -> ir.ModuleCode:
    """Lower a whole file."""
    return ir.ModuleCode(module, path, _body(module.body), size)


# -- expressions ----------------------------------------------------------------------------


def expression(node: Any) -> ir.Expression:
    """Lower one expression."""
    handler = _EXPRESSIONS.get(type(node))
    return ir.Opaque(node) if handler is None else handler(node)


def _optional(node: Any) -> ir.Expression | None:
    return None if node is None else expression(node)


def identifier(name: cst.Name) -> str:
    """A name as Python understands it, to which some letters are the same."""
    return name.value if name.value.isascii() else unicodedata.normalize("NFKC", name.value)


def _name(node: cst.Name) -> ir.Expression:
    constant = _NAMED.get(node.value, _NAMED)
    return ir.Name(node, identifier(node)) if constant is _NAMED else ir.Const(node, constant)


_NAMED: dict[str, Any] = {"True": True, "False": False, "None": None}


def _number(node: Any) -> ir.Expression:
    if len(node.value) > literals.MAX_NUMBER:
        return ir.Opaque(node)
    try:
        return ir.Const(node, ast.literal_eval(node.value))
    except (ValueError, SyntaxError, MemoryError):
        return ir.Opaque(node)


def _string(node: cst.SimpleString) -> ir.Expression:
    try:
        return literals.string(node, ast.literal_eval(node.value))
    except (ValueError, SyntaxError):
        return ir.Opaque(node)


def _joined(node: cst.ConcatenatedString) -> ir.Expression:
    """Adjacent strings: one constant, or one f-string."""
    pieces: list[Any] = []
    current: Any = node
    while type(current) is cst.ConcatenatedString:
        pieces.append(current.left)
        current = current.right
    pieces.append(current)
    if all(type(piece) is cst.SimpleString for piece in pieces):
        return _joined_constants(node, pieces)
    parts: list[str | ir.FormattedValue] = []
    for piece in pieces:
        if type(piece) is cst.FormattedString:
            parts.extend(_fstring_parts(piece.parts, _is_raw(piece)))
            continue
        lowered = expression(piece)
        if not isinstance(lowered, ir.Const) or not isinstance(lowered.value, str):
            return ir.Opaque(node)
        parts.append(lowered.value)
    return literals.f_string(node, parts)


def _joined_constants(node: Any, pieces: Iterable[cst.SimpleString]) -> ir.Expression:
    try:
        values = [ast.literal_eval(piece.value) for piece in pieces]
        return literals.string(node, type(values[0])().join(values))
    except (ValueError, SyntaxError, TypeError):
        return ir.Opaque(node)


def _fstring(node: cst.FormattedString) -> ir.Expression:
    return literals.f_string(node, _fstring_parts(node.parts, _is_raw(node)))


def _is_raw(node: cst.FormattedString) -> bool:
    return "r" in node.prefix.lower()


def _fstring_parts(parts: Iterable[Any], raw: bool) -> list[str | ir.FormattedValue]:
    lowered: list[str | ir.FormattedValue] = []
    for part in parts:
        if type(part) is cst.FormattedStringText:
            lowered.append(_unescape(part.value, raw))
            continue
        spec, conversion = None, part.conversion
        if part.format_spec is not None:
            spec = literals.format_spec(part, _fstring_parts(part.format_spec, raw))
        if part.equal is not None:
            lowered.append(_spelled_out(part))
            if conversion is None and spec is None:
                conversion = "r"
        lowered.append(ir.FormattedValue(part, expression(part.expression), conversion, spec))
    return lowered


def _spelled_out(part: cst.FormattedStringExpression) -> str:
    """What ``{value = }`` shows before the value: its source up to and with the equals sign."""
    module = cst.Module([])
    assert part.equal is not None
    pieces = (
        part.whitespace_before_expression,
        part.expression,
        part.equal.whitespace_before,
        part.equal.whitespace_after,
    )
    before, value, left, right = map(module.code_for_node, pieces)
    return f"{before}{value}{left}={right}"


# An escape sequence as it is, or a quote that is none.
_QUOTES = re.compile(r'\\.|"', re.DOTALL)


def _escaped(found: re.Match[str]) -> str:
    return '\\"' if found[0] == '"' else found[0]


def _unescape(text: str, raw: bool) -> str:
    text = text.replace("{{", "{").replace("}}", "}")
    if raw or "\\" not in text:
        return text
    try:
        value = ast.literal_eval('"""' + _QUOTES.sub(_escaped, text) + '"""')
    except (ValueError, SyntaxError):
        return text
    return value if isinstance(value, str) else text


def _chain(node: Any) -> ir.Expression:
    """``a.b().c().d``: long chains are built with a loop, from the innermost value outwards."""
    links: list[Any] = []
    current = node
    while True:
        kind = type(current)
        if kind is cst.Attribute or kind is cst.Subscript:
            links.append(current)
            current = current.value
        elif kind is cst.Call:
            links.append(current)
            current = current.func
        else:
            break
    value = expression(current)
    for link in reversed(links):
        kind = type(link)
        if kind is cst.Attribute:
            value = ir.Attribute(link, value, identifier(link.attr))
        elif kind is cst.Call:
            args, keywords = arguments(link.args)
            value = ir.Call(link, value, args, keywords)
        else:
            value = ir.Subscript(link, value, _index(link))
    return value


def arguments(
    args: Iterable[cst.Arg],
) -> tuple[tuple[ir.Expression, ...], tuple[tuple[str | None, ir.Expression], ...]]:
    """Positional arguments (stars included) and keywords (``**`` under the name None)."""
    positional: list[ir.Expression] = []
    keywords: list[tuple[str | None, ir.Expression]] = []
    for arg in args:
        value = expression(arg.value)
        if arg.star == "*":
            positional.append(ir.Starred(arg, value))
        elif arg.star == "**":
            keywords.append((None, value))
        elif arg.keyword is not None:
            keywords.append((identifier(arg.keyword), value))
        else:
            positional.append(value)
    return tuple(positional), tuple(keywords)


def _index(node: cst.Subscript) -> ir.Expression:
    elements = [_subscript_element(element.slice) for element in node.slice]
    trailing = type(node.slice[0].comma) is cst.Comma
    if len(elements) == 1 and not trailing and type(elements[0]) is not ir.Starred:
        return elements[0]
    return ir.TupleExpr(node, tuple(elements))


def _subscript_element(node: Any) -> ir.Expression:
    if type(node) is cst.Slice:
        parts = (_optional(node.lower), _optional(node.upper), _optional(node.step))
        return ir.SliceExpr(node, *parts)
    value = expression(node.value)
    return ir.Starred(node, value) if getattr(node, "star", None) else value


def _elements(node: Any) -> tuple[ir.Expression, ...]:
    return tuple(
        ir.Starred(e, expression(e.value)) if type(e) is cst.StarredElement else expression(e.value)
        for e in node.elements
    )


def _dict(node: cst.Dict) -> ir.Expression:
    elements: Sequence[Any] = node.elements
    items = tuple(
        (None, expression(e.value))
        if type(e) is cst.StarredDictElement
        else (expression(e.key), expression(e.value))
        for e in elements
    )
    return ir.DictExpr(node, items)


_OPERATORS: dict[type, str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//",
    cst.Modulo: "%", cst.Power: "**", cst.MatrixMultiply: "@", cst.LeftShift: "<<",
    cst.RightShift: ">>", cst.BitAnd: "&", cst.BitOr: "|", cst.BitXor: "^",
    cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*", cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@", cst.LeftShiftAssign: "<<", cst.RightShiftAssign: ">>",
    cst.BitAndAssign: "&", cst.BitOrAssign: "|", cst.BitXorAssign: "^",
    cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~", cst.Not: "not",
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: "<", cst.LessThanEqual: "<=",
    cst.GreaterThan: ">", cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in",
    cst.Is: "is", cst.IsNot: "is not",
}  # fmt: skip


def _binary(node: cst.BinaryOperation) -> ir.Expression:
    """Left-leaning chains are built with a loop: a sum of a thousand terms is common enough."""
    chain = []
    current: Any = node
    while type(current) is cst.BinaryOperation:
        chain.append(current)
        current = current.left
    value = expression(current)
    for link in reversed(chain):
        operator = _OPERATORS[type(link.operator)]
        value = ir.BinOp(link, value, operator, expression(link.right))
    return value


def _unary(node: cst.UnaryOperation) -> ir.Expression:
    operand = expression(node.expression)
    return literals.unary(node, _OPERATORS[type(node.operator)], operand)


def _boolean(node: cst.BooleanOperation) -> ir.Expression:
    operator = "and" if type(node.operator) is cst.And else "or"
    values = []
    current: Any = node
    while (
        type(current) is cst.BooleanOperation
        and type(current.operator) is type(node.operator)
        and (current is node or not current.lpar)
    ):
        values.append(current.right)
        current = current.left
    values.append(current)
    return ir.BoolOp(node, operator, tuple(expression(value) for value in reversed(values)))


def _comparison(node: cst.Comparison) -> ir.Expression:
    operators = tuple(_OPERATORS[type(c.operator)] for c in node.comparisons)
    comparators = tuple(expression(c.comparator) for c in node.comparisons)
    return ir.Compare(node, expression(node.left), operators, comparators)


def _ifexp(node: cst.IfExp) -> ir.Expression:
    return ir.IfExp(node, expression(node.test), expression(node.body), expression(node.orelse))


def _lambda(node: cst.Lambda) -> ir.Expression:
    return ir.Lambda(
        node, ir.FunctionCode(node, "<lambda>", _parameters(node.params), False, _fill_lambda)
    )


def _fill_lambda(code: ir.FunctionCode) -> None:
    """Lower the expression of a lambda; it can declare nothing."""
    code.body = (ir.Return(code.origin, expression(code.origin.body)),)
    code.global_names = code.nonlocal_names = frozenset()
    code.is_generator = False


_COMPREHENSIONS: dict[type, str] = {
    cst.ListComp: "list", cst.SetComp: "set", cst.DictComp: "dict", cst.GeneratorExp: "generator",
}  # fmt: skip


def _comprehension(node: Any) -> ir.Expression:
    kind = _COMPREHENSIONS[type(node)]
    generators = []
    current = node.for_in
    while current is not None:
        target = expression(current.target)
        conditions = tuple(expression(condition.test) for condition in current.ifs)
        generators.append(
            ir.Generator(
                target, expression(current.iter), conditions, current.asynchronous is not None
            )
        )
        current = current.inner_for_in
    key = expression(node.key) if kind == "dict" else None
    element = expression(node.value if kind == "dict" else node.elt)
    return ir.Comprehension(node, kind, key, element, tuple(generators))


def _walrus(node: cst.NamedExpr) -> ir.Expression:
    assert isinstance(node.target, cst.Name)
    return ir.NamedExpr(node, identifier(node.target), expression(node.value))


def _yield(node: cst.Yield) -> ir.Expression:
    if type(node.value) is cst.From:
        return ir.YieldFrom(node, expression(node.value.item))
    return ir.Yield(node, _optional(node.value))


_EXPRESSIONS: dict[type, Callable[[Any], ir.Expression]] = {
    cst.Name: _name,
    cst.Integer: _number,
    cst.Float: _number,
    cst.Imaginary: _number,
    cst.Ellipsis: lambda node: ir.Const(node, ...),
    cst.SimpleString: _string,
    cst.ConcatenatedString: _joined,
    cst.FormattedString: _fstring,
    cst.Attribute: _chain,
    cst.Call: _chain,
    cst.Subscript: _chain,
    cst.Tuple: lambda node: ir.TupleExpr(node, _elements(node)),
    cst.List: lambda node: ir.ListExpr(node, _elements(node)),
    cst.Set: lambda node: ir.SetExpr(node, _elements(node)),
    cst.Dict: _dict,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _comparison,
    cst.IfExp: _ifexp,
    cst.Lambda: _lambda,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.DictComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.NamedExpr: _walrus,
    cst.Yield: _yield,
    cst.Await: lambda node: ir.Await(node, expression(node.expression)),
    cst.StarredElement: lambda node: ir.Starred(node, expression(node.value)),
}


# -- statements -----------------------------------------------------------------------------


def _body(block: Any) -> tuple[ir.Statement, ...]:
    """The statements of a block, whether indented or on the line of its header."""
    statements: list[ir.Statement] = []
    items = block.body if hasattr(block, "body") else block
    for item in items:
        if type(item) is cst.SimpleStatementLine:
            statements.extend(statement(small) for small in item.body)
        else:
            statements.append(statement(item))
    return tuple(statements)


def statement(node: Any) -> ir.Statement:
    """Lower one statement."""
    handler = _STATEMENTS.get(type(node))
    return ir.Pass(node) if handler is None else handler(node)


def _assign(node: cst.Assign) -> ir.Statement:
    targets = tuple(expression(target.target) for target in node.targets)
    return ir.Assign(node, targets, expression(node.value))


def _augmented(node: cst.AugAssign) -> ir.Statement:
    operator = _OPERATORS[type(node.operator)]
    return ir.AugAssign(node, expression(node.target), operator, expression(node.value))


def _annotated(node: cst.AnnAssign) -> ir.Statement:
    annotation = expression(node.annotation.annotation)
    return ir.AnnAssign(node, expression(node.target), annotation, _optional(node.value))


def _raise(node: cst.Raise) -> ir.Statement:
    cause = None if node.cause is None else expression(node.cause.item)
    return ir.Raise(node, _optional(node.exc), cause)


def _delete(node: cst.Del) -> ir.Statement:
    target = expression(node.target)
    targets = target.elements if isinstance(target, (ir.TupleExpr, ir.ListExpr)) else (target,)
    return ir.Delete(node, targets)


def _type_alias(node: cst.TypeAlias) -> ir.Statement:
    """``type Name = ...`` binds a name; what types are is nothing that we follow."""
    return ir.Assign(node, (expression(node.name),), ir.Opaque(node))


def _if(node: cst.If) -> ir.Statement:
    """A chain of ``elif`` is built with a loop, from its end."""
    chain = [node]
    while type(chain[-1].orelse) is cst.If:
        chain.append(chain[-1].orelse)
    last = chain[-1].orelse
    orelse: tuple[ir.Statement, ...] = () if last is None else _body(last.body)
    for link in reversed(chain):
        orelse = (ir.If(link, expression(link.test), _body(link.body), orelse),)
    return orelse[0]


def _orelse(node: Any) -> tuple[ir.Statement, ...]:
    return () if node.orelse is None else _body(node.orelse.body)


def _for(node: cst.For) -> ir.Statement:
    target, iterable = expression(node.target), expression(node.iter)
    return ir.For(node, target, iterable, _body(node.body), _orelse(node))


def _while(node: cst.While) -> ir.Statement:
    return ir.While(node, expression(node.test), _body(node.body), _orelse(node))


def _try(node: Any) -> ir.Statement:
    handlers = tuple(
        ir.Handler(
            handler,
            _optional(handler.type),
            None if handler.name is None else identifier(handler.name.name),
            _body(handler.body),
        )
        for handler in node.handlers
    )
    final = () if node.finalbody is None else _body(node.finalbody.body)
    return ir.Try(node, _body(node.body), handlers, _orelse(node), final)


def _with(node: cst.With) -> ir.Statement:
    items = tuple(
        (expression(item.item), None if item.asname is None else expression(item.asname.name))
        for item in node.items
    )
    return ir.With(node, items, _body(node.body))


def _dotted(node: Any) -> str:
    parts = []
    while type(node) is cst.Attribute:
        parts.append(identifier(node.attr))
        node = node.value
    return ".".join(reversed([*parts, identifier(node)])) if type(node) is cst.Name else ""


def _alias(alias: cst.ImportAlias) -> tuple[str, str | None]:
    name = None
    if alias.asname is not None and type(alias.asname.name) is cst.Name:
        name = identifier(alias.asname.name)
    return _dotted(alias.name), name


def _import(node: cst.Import) -> ir.Statement:
    return ir.Import(node, tuple(_alias(alias) for alias in node.names))


def _import_from(node: cst.ImportFrom) -> ir.Statement:
    names: tuple[tuple[str, str | None], ...] = (("*", None),)
    if not isinstance(node.names, cst.ImportStar):
        names = tuple(_alias(alias) for alias in node.names)
    module = "" if node.module is None else _dotted(node.module)
    return ir.ImportFrom(node, module, len(node.relative), names)


def _parameters(node: cst.Parameters) -> tuple[ir.Parameter, ...]:
    groups: list[tuple[str, Iterable[Any]]] = [
        ("positional_only", node.posonly_params),
        ("positional", node.params),
    ]
    if type(node.star_arg) is cst.Param:
        groups.append(("var_positional", [node.star_arg]))
    groups.append(("keyword", node.kwonly_params))
    if node.star_kwarg is not None:
        groups.append(("var_keyword", [node.star_kwarg]))
    return tuple(
        ir.Parameter(
            identifier(parameter.name),
            kind,
            _optional(parameter.default),
            None if parameter.annotation is None else expression(parameter.annotation.annotation),
        )
        for kind, group in groups
        for parameter in group
    )


def _function(node: cst.FunctionDef) -> ir.Statement:
    name = identifier(node.name)
    is_async = node.asynchronous is not None
    code = ir.FunctionCode(node, name, _parameters(node.params), is_async, _fill_function)
    decorators = tuple(expression(decorator.decorator) for decorator in node.decorators)
    returns = None if node.returns is None else expression(node.returns.annotation)
    return ir.FunctionDef(node, name, decorators, code, returns)


def _fill_function(code: ir.FunctionCode) -> None:
    """Lower the body of a function."""
    body = _body(code.origin.body)
    code.global_names, code.nonlocal_names = declared_names(body)
    code.is_generator = is_generator(body)
    code.body = body


def _class(node: cst.ClassDef) -> ir.Statement:
    bases, keywords = arguments([*node.bases, *node.keywords])
    decorators = tuple(expression(decorator.decorator) for decorator in node.decorators)
    return ir.ClassDef(node, identifier(node.name), decorators, bases, keywords, _body(node.body))


def _match(node: cst.Match) -> ir.Statement:
    from kerasmergelint.syntax.patterns_cst import pattern

    cases = tuple(
        ir.MatchCase(pattern(case.pattern), _optional(case.guard), _body(case.body))
        for case in node.cases
    )
    return ir.Match(node, expression(node.subject), cases)


def _declared(make: Any) -> Callable[[Any], ir.Statement]:
    def lower(node: Any) -> ir.Statement:
        result: ir.Statement = make(node, tuple(identifier(item.name) for item in node.names))
        return result

    return lower


_STATEMENTS: dict[type, Callable[[Any], ir.Statement]] = {
    cst.Assign: _assign,
    cst.AugAssign: _augmented,
    cst.AnnAssign: _annotated,
    cst.Expr: lambda node: ir.ExprStmt(node, expression(node.value)),
    cst.Return: lambda node: ir.Return(node, _optional(node.value)),
    cst.Raise: _raise,
    cst.Assert: lambda node: ir.Assert(node, expression(node.test), _optional(node.msg)),
    cst.Del: _delete,
    cst.Pass: ir.Pass,
    cst.Break: ir.Break,
    cst.Continue: ir.Continue,
    cst.Global: _declared(ir.Global),
    cst.Nonlocal: _declared(ir.Nonlocal),
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.With: _with,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.Match: _match,
    cst.TypeAlias: _type_alias,
}


# -- where things stand -----------------------------------------------------------------------


class Spans:
    """The positions of all nodes of a module, as Python's own tree would have them.

    To Python the brackets of a tuple and of a generator belong to it; to libcst they do not.
    """

    def __init__(self, module: cst.Module) -> None:
        from libcst.metadata import MetadataWrapper, PositionProvider

        wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
        # The provider writes the whole module out again, and recurses as deep as it nests.
        self._ranges: Any = run_deep(lambda: wrapper.resolve(PositionProvider))

    def of(self, node: Any) -> Span:
        first = last = node
        if isinstance(node, (cst.Tuple, cst.GeneratorExp)) and node.lpar:
            first, last = node.lpar[-1], node.rpar[0]
        start, end = self._ranges.get(first), self._ranges.get(last)
        if start is None or end is None:
            return NOWHERE
        return Span(start.start.line, start.start.column, end.end.line, end.end.column)


def text_of(node: Any) -> str | None:
    """The text of a node, brackets around it included."""
    if not isinstance(node, cst.CSTNode):
        return None
    try:
        return cst.Module([]).code_for_node(node).strip()
    except (RecursionError, AttributeError, TypeError):
        return None  # deeper than what fits a message anyway
