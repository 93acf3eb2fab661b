"""What each kind of expression evaluates to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.syntax.bindings import bound_in
from kerasmergelint.tracker.machine import aside, limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.regions import AllPaths
from kerasmergelint.tracker.python import (
    arithmetic,
    conditions,
    placeholders,
    sets,
    special,
    targets,
)
from kerasmergelint.tracker.python.alternatives import value_of_both
from kerasmergelint.tracker.python.builtin_names import builtin
from kerasmergelint.tracker.python.dict_objects import plain_dict
from kerasmergelint.tracker.python.iterators import UNSURE, passed_over, walk
from kerasmergelint.tracker.python.keys import certain_items, dict_key, refuse_unhashable
from kerasmergelint.tracker.python.text import NotKnown, spoken
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.containers import FILLED, DictV, GeneratorV, Items, ListV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import FunctionV
from kerasmergelint.tracker.values.scope import LazyV, Scope
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, UnknownV, Value

_MISSING = object()


def _not_modelled(interp: Interpreter, node: ir.Expression) -> Value:
    return interp.unknown(f"an expression of this form ({type(node).__name__}) is not modelled")


def _const(interp: Interpreter, node: ir.Const) -> Value:
    return node.value


def _name(interp: Interpreter, node: ir.Name) -> Value:
    """Usually a variable of this function or its module, or a builtin: no walk through the scopes."""
    frame, name = interp.frames[-1], node.id
    scope = frame.scope
    value = _MISSING
    if frame.code is None or not frame.code.global_names:
        value = scope.variables.get(name, _MISSING)
        parent = scope.parent
        if value is _MISSING and parent is not None:
            value = parent.variables.get(name, _MISSING)
            if value is _MISSING and parent.parent is None and not (scope.open or parent.open):
                value = builtin(name) or _MISSING
    if value is _MISSING or type(value) is LazyV:
        value = lookup(interp, scope, name)
    return interp.resolve(value) if type(value) is UnknownV else value


# Builtins that star imports of NumPy, math and Keras's backend are known to replace.
_REBOUND_BY_STARS = frozenset(
    {"sum", "min", "max", "abs", "round", "any", "all", "pow", "map", "print", "eval", "reversed"}
)


def lookup(interp: Interpreter, scope: Scope, name: str) -> Value:
    """A name by Python's rules: local, enclosing, module, builtin."""
    code = interp.frame.code
    if code is not None and name in code.global_names:
        scope = scope.top
    value = scope.read(name, _MISSING)
    if value is not _MISSING:
        return value
    unsure = scope.open
    parent = scope.parent
    while parent is not None:
        value = parent.read(name, _MISSING)
        if value is not _MISSING:
            return value
        unsure = unsure or parent.open
        parent = parent.parent
    found = builtin(name)
    if found is not None and not (unsure and name in _REBOUND_BY_STARS):
        return found
    if not unsure and (interp.expects("NameError") or _is_bound_nowhere(interp, scope, name)):
        raise interp.raised("NameError", f"{name} is not bound")
    return interp.unknown(f"the name {name} is not known")


def _is_bound_nowhere(interp: Interpreter, scope: Scope, name: str) -> bool:
    """Whether no line of the program's file could bind a name; other files do so only for packages."""
    module = scope.top.module
    if module is None or name.startswith("__") or interp.modules.is_library(module.path):
        return False
    code = interp.modules.codes.get(module.path)
    bound = None if code is None else bound_in(code.source.text)
    return bound is not None and name not in bound


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
        if isinstance(element, ir.Starred):
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
    result = interp.call(callee, args, keywords, interp.site(node))
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
        return conditions.negated(interp, operand)
    return arithmetic.unary(interp, node.op, operand, interp.site(node))


# Each unknown operand of a chain is a region in those before it.
_LONGEST_BOTH_WAYS = 200


def _boolop(interp: Interpreter, node: ir.BoolOp) -> Value:
    """``and`` and ``or`` give one of their operands; an unknown one is kept as a question."""
    return _operands_from(interp, node, 0)


def _operands_from(interp: Interpreter, node: ir.BoolOp, start: int) -> Value:
    """The rest of a chain.  Where it has no effects, no choice is needed to go on behind an unknown one."""
    stop_at = node.op == "or"
    last = len(node.values) - 1
    for index in range(start, last):
        value = interp.evaluate(node.values[index])
        known = interp.truth(value)
        if known is stop_at:
            return value
        if known is not None:
            continue
        if stop_at and index == last - 1 and placeholders.is_empty_display(node.values[last]):
            return placeholders.given_or_empty(interp, value)
        paths = interp.both_ways(value)
        if paths is not None and last - index > _LONGEST_BOTH_WAYS:
            return interp.unknown("a chain of conditions that is too long to follow")
        if paths is not None:
            return _both_operands(interp, paths, node, index, value)
        interp.step()
        if interp.ask(value, interp.site(node), prefer=not stop_at):
            if stop_at:
                return value
        elif not stop_at:
            return False if not isinstance(value, UnknownV) or _is_question(value) else value
    return interp.evaluate(node.values[last])


def _both_operands(
    interp: Interpreter, paths: AllPaths, node: ir.BoolOp, index: int, value: Value
) -> Value:
    """One operand or the rest of the chain; two questions make a third."""
    found: list[Value] = []

    def go_on() -> Value:
        found.append(_operands_from(interp, node, index + 1))
        return found[-1]

    ways = (lambda: value, go_on) if node.op == "or" else (go_on, lambda: value)
    result = value_of_both(interp, paths, value, *ways)
    terms = [to_term(part) for part in (value, *found)]
    if None in terms or not (isinstance(value, UnknownV) and _is_question(value)):
        return result
    return UnknownV("a condition", make(node.op, *terms))


_QUESTIONS = (
    "==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in", "not", "isinstance",
)  # fmt: skip


def _is_question(value: UnknownV) -> bool:
    """Whether an unknown stands for a comparison, and so is a bool."""
    return isinstance(value.term, tuple) and bool(value.term) and value.term[0] in _QUESTIONS


def _compare(interp: Interpreter, node: ir.Compare) -> Value:
    left = HANDLERS[type(node.left)](interp, node.left)
    site = interp.site(node)
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


def _ifexp(interp: Interpreter, node: ir.IfExp) -> Value:
    test = interp.evaluate(node.test)
    paths = None if interp.truth(test) is not None else interp.both_ways(test)
    if paths is not None:
        return value_of_both(
            interp,
            paths,
            test,
            lambda: interp.evaluate(node.body),
            lambda: interp.evaluate(node.orelse),
        )
    chosen = interp.ask(test, interp.site(node))
    value = interp.evaluate(node.body if chosen else node.orelse)
    if placeholders.is_empty_display(node.body if chosen else node.orelse):
        missing = placeholders.tests_missing(interp, node.test)
        return placeholders.reserved(interp, value) if missing else value
    return value


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


# Python compiles no more than that inside each other.
_MOST_FORS = 20


def _comprehension(interp: Interpreter, node: ir.Comprehension) -> Value:
    """The first iterable is evaluated outside, everything else in a scope of its own."""
    if len(node.generators) > _MOST_FORS:
        return interp.unknown("a comprehension of too many loops")
    frame = interp.frame
    first = interp.evaluate(node.generators[0].iterable)
    inner = Scope(interp.heap, frame.scope, frame.module, "comprehension")
    elements = _elements_of(interp, node, first, 0)
    if node.kind == "generator":
        return GeneratorV(interp.heap, elements, aside.Suspension(interp, frame, inner))
    with aside.in_scope(interp, frame, inner):
        found = list(elements)
        if found == [UNSURE] and node.kind == "list" and len(node.generators) == 1:
            found += _any_element(interp, node, first)
    known = [element for element in found if element is not UNSURE]
    return _collected(interp, node.kind, known, complete=len(known) == len(found))


def _collected(interp: Interpreter, kind: str, values: list[Value], *, complete: bool) -> Value:
    """The list, set or dict of all elements."""
    if kind == "dict":
        made = DictV(interp.heap, {})
        for pair in values:
            assert isinstance(pair, tuple)
            key = dict_key(pair[0])
            if key is None:
                made.open = True
            else:
                made.items[key[0]] = pair[1]
        made.open = made.open or not complete
        return made
    result = ListV(interp.heap, values) if kind == "list" else sets.of(interp, values)
    if not complete:
        result.open, result.reason = True, FILLED if values else ""
    return result


def _any_element(interp: Interpreter, node: ir.Comprehension, iterable: Value) -> list[Value]:
    """One of an unknown number of elements, if it is a tensor: the others have its shape."""
    with aside.forgotten(interp):
        try:
            targets.assign(interp, node.generators[0].target, interp.any_item(iterable))
            element = interp.evaluate(node.element)
        except Raised:
            return []
    return [element] if isinstance(element, TensorV) else []


def _elements_of(interp: Interpreter, node: ir.Comprehension, iterable: Value, depth: int) -> Items:
    """The elements, for a dict pairs of key and value; UNSURE where there may be others."""
    generator = node.generators[depth]
    site = interp.site(node)
    unsure = False
    for item in walk(interp, iterable, site):
        if item is UNSURE:
            yield UNSURE
            return None
        interp.step()
        targets.assign(interp, generator.target, item)
        passes = True
        for condition in generator.conditions:
            test = interp.evaluate(condition)
            if interp.truth(test) is None and interp.both_ways(test):
                unsure = True  # evaluated, but perhaps not among the elements
            elif not interp.ask(test, site):
                passes = False
                break
        if not passes:
            continue
        if depth + 1 < len(node.generators):
            inner = interp.evaluate(node.generators[depth + 1].iterable)
            yield from _elements_of(interp, node, inner, depth + 1)
        elif node.key is None:
            yield interp.evaluate(node.element)
        else:
            yield (interp.evaluate(node.key), interp.evaluate(node.element))
    if unsure:
        yield UNSURE
    return None


def _named(interp: Interpreter, node: ir.NamedExpr) -> Value:
    value = interp.evaluate(node.value)
    scope = interp.frame.scope.enclosing_function()
    interp.heap.touch(scope)
    scope.variables[node.target] = value
    return value


def _fstring(interp: Interpreter, node: ir.FString) -> Value:
    text = ""
    for part in node.parts:
        if isinstance(part, str):
            text += part
            continue
        value = interp.evaluate(part.value)
        spec = interp.evaluate(part.spec) if part.spec is not None else ""
        if type(value) is str and part.conversion is None and spec == "":
            formatted: str | None = value
        else:
            formatted = _formatted(interp, value, part.conversion, spec, interp.site(node))
        if formatted is None:
            return interp.unknown("a formatted string")
        text += formatted
    return limits.bounded(interp, text)


_CONVERSIONS: dict[str | None, Callable[[object], object]] = {
    "r": repr, "s": str, "a": ascii, None: lambda value: value,
}  # fmt: skip


def _formatted(
    interp: Interpreter, value: Value, conversion: str | None, spec: Value, site: Site
) -> str | None:
    """``{value!conversion:spec}``; None if that is not known."""
    if not isinstance(spec, str) or limits.widens(spec):
        return None
    try:
        return format(_CONVERSIONS[conversion](spoken(interp, value, site)), spec)
    except (NotKnown, ValueError, TypeError):
        return None


def _yield(interp: Interpreter, node: ir.Yield | ir.YieldFrom) -> Value:
    """``yield`` within another expression or a loop of unknown length, where we cannot suspend."""
    if node.value is not None:
        interp.evaluate(node.value)
    return passed_over(interp)


def _await(interp: Interpreter, node: ir.Await) -> Value:
    return interp.evaluate(node.value)


# Every class of expression; ``tests/tracker`` looks for one that is missing.
HANDLERS: dict[type, Callable[[Any, Any], Value]] = {
    ir.Const: _const,
    ir.Name: _name,
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
    ir.BoolOp: _boolop,
    ir.Compare: _compare,
    ir.IfExp: _ifexp,
    ir.Lambda: _lambda,
    ir.Comprehension: _comprehension,
    ir.NamedExpr: _named,
    ir.FString: _fstring,
    ir.Yield: _yield,
    ir.YieldFrom: _yield,
    ir.Await: _await,
    ir.Opaque: _not_modelled,
    ir.Starred: _not_modelled,
    ir.FormattedValue: _not_modelled,
}
