"""What each kind of expression evaluates to."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.bugs import NO_BUGS
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import (
    arithmetic,
    choices,
    comprehensions,
    conditions,
    fstrings,
    mishaps,
    name_lookup,
    sets,
    special,
)
from kerasmergelint.tracker.python.dict_objects import plain_dict
from kerasmergelint.tracker.python.iterators import passed_over
from kerasmergelint.tracker.python.keys import certain_items, dict_key, refuse_unhashable
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.objects import FunctionV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, UnknownV, Value


def _not_modelled(interp: Interpreter, node: ir.Expression) -> Value:
    return interp.unknown(f"an expression of this form ({type(node).__name__}) is not modelled")


def _const(interp: Interpreter, node: ir.Const) -> Value:
    return node.value


def _attribute(interp: Interpreter, node: ir.Attribute) -> Value:
    value = HANDLERS[type(node.value)](interp, node.value)
    found = interp.attribute(value, node.attr, interp.site(node))
    return interp.resolve(found) if type(found) is UnknownV else found


def _subscript(interp: Interpreter, node: ir.Subscript) -> Value:
    value = interp.evaluate(node.value)
    index = interp.evaluate(node.index)
    return interp.resolve(interp.item(value, index, interp.site(node)))


def _slice(interp: Interpreter, node: ir.SliceExpr) -> Value:
    parts = (node.lower, node.upper, node.step)
    return slice(*[None if part is None else interp.evaluate(part) for part in parts])


def _elements(interp: Interpreter, elements: tuple[ir.Expression, ...]) -> tuple[list[Value], bool]:
    """The values of a display, and whether these are certainly all."""
    values: list[Value] = []
    complete = True
    for element in elements:
        if type(element) is ir.Starred:
            items = interp.iterate(interp.evaluate(element.value), interp.site(element))
            if items is None:
                complete = False
            else:
                values.extend(items)
        else:
            values.append(HANDLERS[type(element)](interp, element))
    return values, complete


def _tuple(interp: Interpreter, node: ir.TupleExpr) -> Value:
    values, complete = _elements(interp, node.elements)
    if not complete:
        return interp.unknown("a tuple of unknown length")
    return limits.bounded(interp, tuple(values))


def _list(interp: Interpreter, node: ir.ListExpr) -> Value:
    values, complete = _elements(interp, node.elements)
    made = ListV(interp.heap, values)
    made.open = not complete
    return made


def _set(interp: Interpreter, node: ir.SetExpr) -> Value:
    values, complete = _elements(interp, node.elements)
    made = sets.of(interp, values)
    made.open = made.open or not complete
    return made


def _dict(interp: Interpreter, node: ir.DictExpr) -> Value:
    made = DictV(interp.heap, {})
    for key_node, value_node in node.items:
        if key_node is None:
            value = interp.evaluate(value_node)
            merge_into(interp, made, special.as_mapping(interp, value, interp.site(node)) or value)
            continue
        key_value = interp.evaluate(key_node)
        value = interp.evaluate(value_node)
        refuse_unhashable(interp, key_value)
        key = dict_key(key_value)
        if key is None:
            made.open = True
        else:
            made.items[key[0]] = value
    return made


def merge_into(interp: Interpreter, made: DictV, value: Value) -> None:
    """``{**value}``: unknown items may replace any before them."""
    value = plain_dict(value)
    if not isinstance(value, DictV) or value.open:
        made.open = True
        for key in made.items:
            made.items[key] = interp.unknown("it may have been replaced by what is not known")
    if isinstance(value, DictV):
        made.items.update(certain_items(interp, value))


def _call(interp: Interpreter, node: ir.Call) -> Value:
    interp.step()
    callee = HANDLERS[type(node.func)](interp, node.func)
    args: Args = []
    for argument in node.args:
        if type(argument) is not ir.Starred:
            args.append(HANDLERS[type(argument)](interp, argument))
            continue
        value = interp.evaluate(argument.value)
        items = interp.iterate(value, interp.site(argument))
        if items is None:
            args.append(Spread(value))
        else:
            args.extend(items)
    keywords: Keywords = {}
    for name, expression in node.keywords:
        value = HANDLERS[type(expression)](interp, expression)
        if name is None:
            value = special.as_mapping(interp, value, interp.site(node)) or value
            _spread_keywords(interp, keywords, value)
        elif name in keywords:
            raise interp.raised("TypeError", f"multiple values for {name}")
        else:
            keywords[name] = value
    try:
        result = interp.call(callee, args, keywords, interp.site(node))
    except NO_BUGS:
        raise
    except Exception as error:
        return mishaps.after_call(interp, callee, args, keywords, error)
    return interp.resolve(result) if type(result) is UnknownV else result


def _spread_keywords(interp: Interpreter, keywords: Keywords, value: Value) -> None:
    value = plain_dict(value)
    if isinstance(value, DictV):
        items = certain_items(interp, value)
        if not keywords.keys().isdisjoint(items):
            raise interp.raised("TypeError", "multiple values for a keyword")
        keywords.update({k: v for k, v in items.items() if isinstance(k, str)})
        if value.open:
            keywords[REST] = value
    else:
        keywords[REST] = value


def _binop(interp: Interpreter, node: ir.BinOp) -> Value:
    """Left-leaning chains are walked with a loop: a sum of a thousand terms is not deep."""
    if type(node.left) is not ir.BinOp:
        first = HANDLERS[type(node.left)](interp, node.left)
        second = HANDLERS[type(node.right)](interp, node.right)
        return arithmetic.binary(interp, node.op, first, second, interp.site(node))
    chain: list[ir.BinOp] = []
    left: ir.Expression = node
    while isinstance(left, ir.BinOp):
        chain.append(left)
        left = left.left
    interp.charge(len(chain))
    value = interp.evaluate(left)
    for operation in reversed(chain):
        right = interp.evaluate(operation.right)
        value = arithmetic.binary(interp, operation.op, value, right, interp.site(operation))
    return value


def _unary(interp: Interpreter, node: ir.UnaryOp) -> Value:
    operand = interp.evaluate(node.operand)
    if node.op == "not":
        return conditions.negated(interp, operand, interp.site(node))
    return arithmetic.unary(interp, node.op, operand, interp.site(node))


def _compare(interp: Interpreter, node: ir.Compare) -> Value:
    left = HANDLERS[type(node.left)](interp, node.left)
    site = interp.site(node)
    if len(node.ops) == 1:
        [comparator] = node.comparators
        right = HANDLERS[type(comparator)](interp, comparator)
        return conditions.compare(interp, node.ops[0], left, right, site)
    result: Value = True
    for index, (operator, comparator) in enumerate(zip(node.ops, node.comparators)):
        right = HANDLERS[type(comparator)](interp, comparator)
        result = conditions.compare(interp, operator, left, right, site)
        last = index == len(node.ops) - 1
        if not last and interp.truth(result) is None and interp.both_ways(result):
            return interp.unknown("a chain of comparisons")
        if not last and not interp.ask(result, site):
            return False
        left = right
    return result


def _lambda(interp: Interpreter, node: ir.Lambda) -> Value:
    return make_function(interp, node.code, "<lambda>")


def make_function(interp: Interpreter, code: ir.FunctionCode, name: str) -> FunctionV:
    """A function object: its defaults are evaluated now, its names when it is called."""
    defaults = {
        parameter.name: interp.evaluate(parameter.default)
        for parameter in code.parameters
        if parameter.default is not None
    }
    scope = interp.frame.scope
    while scope.kind == "class" and scope.parent is not None:
        scope = scope.parent
    return FunctionV(code, defaults, scope, name)


def _named(interp: Interpreter, node: ir.NamedExpr) -> Value:
    value = interp.evaluate(node.value)
    scope = interp.frame.scope.enclosing_function()
    interp.heap.touch(scope)
    scope.variables[node.target] = value
    return value


def _yield(interp: Interpreter, node: ir.Yield | ir.YieldFrom) -> Value:
    """``yield`` within another expression or a loop of unknown length, where we cannot suspend."""
    if node.value is not None:
        interp.evaluate(node.value)
    return passed_over(interp)


def _await(interp: Interpreter, node: ir.Await) -> Value:
    return interp.evaluate(node.value)


# Every class of expression; ``tests/tracker`` looks for one that is missing.
HANDLERS: dict[type, Callable[[Interpreter, Own], Value]] = {
    ir.Const: _const,
    ir.Name: name_lookup.variable,
    ir.Attribute: _attribute,
    ir.Subscript: _subscript,
    ir.SliceExpr: _slice,
    ir.TupleExpr: _tuple,
    ir.ListExpr: _list,
    ir.SetExpr: _set,
    ir.DictExpr: _dict,
    ir.Call: _call,
    ir.BinOp: _binop,
    ir.UnaryOp: _unary,
    ir.BoolOp: choices.boolop,
    ir.Compare: _compare,
    ir.IfExp: choices.ifexp,
    ir.Lambda: _lambda,
    ir.Comprehension: comprehensions.comprehension,
    ir.NamedExpr: _named,
    ir.FString: fstrings.fstring,
    ir.Yield: _yield,
    ir.YieldFrom: _yield,
    ir.Await: _await,
    ir.Opaque: _not_modelled,
    ir.Starred: _not_modelled,
    ir.FormattedValue: _not_modelled,
}
