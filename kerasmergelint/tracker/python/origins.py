"""Where a size came from, by the code: out of a shape, through names, helpers and arguments.

A ``None`` that a program computes with is an open size or a default: only the code shows which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter

_SHAPES = frozenset({"shape", "input_shape", "output_shape"})
_GIVE_SHAPES = frozenset(
    {"shape", "int_shape", "get_shape", "as_list", "get_input_shape_at", "get_output_shape_at"}
)
_GET_SHAPES = frozenset({"build", "compute_output_shape"})  # methods that Keras calls with a shape
_DEEPEST = 8


def is_size(interp: Interpreter, expression: ir.Expression) -> bool:
    """Whether an expression of the code that runs takes a size out of the shape of a tensor."""
    return _is_size(interp, len(interp.frames) - 1, expression, 0)


def bound_once(interp: Interpreter, expression: object) -> ir.Expression | None:
    """What a name of the code that runs is bound to, if that is one expression alone."""
    if not isinstance(expression, ir.Name):
        return None
    body = _body(interp, len(interp.frames) - 1, expression.id)
    found = list(_bindings(body, expression.id))
    return found[0][0] if len(found) == 1 and not found[0][1] else None


def is_shape(interp: Interpreter, expression: ir.Expression) -> bool:
    """Whether an expression of the code that runs is the shape of a tensor."""
    return _is_shape(interp, len(interp.frames) - 1, expression, 0)


def _is_size(interp: Interpreter, level: int, expression: ir.Expression, depth: int) -> bool:
    if depth > _DEEPEST:
        return False
    if isinstance(expression, ir.Subscript) and not isinstance(expression.index, ir.SliceExpr):
        return _is_shape(interp, level, expression.value, depth + 1)
    if not isinstance(expression, ir.Name):
        return False
    found = list(_bindings(_body(interp, level, expression.id), expression.id))
    if found:
        return all(
            _is_shape(interp, level, value, depth + 1)
            if is_part
            else _is_size(interp, level, value, depth + 1)
            for value, is_part in found
        )
    passed = _passed(interp, level, expression.id)
    return passed is not None and _is_size(interp, level - 1, passed, depth + 1)


def _is_shape(interp: Interpreter, level: int, expression: ir.Expression, depth: int) -> bool:
    if depth > _DEEPEST:
        return False
    if isinstance(expression, ir.Attribute):
        return expression.attr in _SHAPES
    if isinstance(expression, ir.Subscript):
        is_part = isinstance(expression.index, ir.SliceExpr)
        return is_part and _is_shape(interp, level, expression.value, depth + 1)
    if isinstance(expression, ir.Call):
        return _gives_shape(interp, level, expression, depth)
    if not isinstance(expression, ir.Name):
        return False
    found = list(_bindings(_body(interp, level, expression.id), expression.id))
    if found:
        return all(
            not is_part and _is_shape(interp, level, value, depth + 1) for value, is_part in found
        )
    if _is_given_a_shape(interp.frames[level], expression.id):
        return True
    passed = _passed(interp, level, expression.id)
    return passed is not None and _is_shape(interp, level - 1, passed, depth + 1)


def _gives_shape(interp: Interpreter, level: int, call: ir.Call, depth: int) -> bool:
    function = call.func
    name = getattr(function, "attr", None) or getattr(function, "id", None)
    if name in _GIVE_SHAPES:
        return True
    copies = name in ("list", "tuple") and len(call.args) == 1
    return copies and _is_shape(interp, level, call.args[0], depth + 1)


def _is_given_a_shape(frame: Frame, name: str) -> bool:
    """Whether this is the shape that Keras passes to a method of a layer."""
    code = frame.code
    if code is None or frame.owner is None or code.name not in _GET_SHAPES:
        return False
    return len(code.parameters) == 2 and code.parameters[1].name == name


def _body(interp: Interpreter, level: int, name: str) -> Sequence[ir.Statement]:
    """The code that binds a name visible in this frame: the function's, or the module's."""
    frame = interp.frames[level]
    code = frame.code
    if code is not None:
        own = any(parameter.name == name for parameter in code.parameters)
        if own or any(_bindings(code.body, name)):
            return code.body
    module = interp.modules.codes.get(frame.module.path)
    return () if module is None else module.body


def _bindings(body: Sequence[ir.Statement], name: str) -> Iterator[tuple[ir.Expression, bool]]:
    """The expressions that a name is bound to, each with whether it is unpacked from that.

    ``n -= 1`` does not count: the result of arithmetic is never None.
    """
    for statement in body:
        if isinstance(statement, ir.Assign):
            for target in statement.targets:
                if isinstance(target, ir.Name) and target.id == name:
                    yield statement.value, False
                elif isinstance(target, (ir.TupleExpr, ir.ListExpr)) and _holds(target, name):
                    yield _part(target, statement.value, name)
        elif isinstance(statement, ir.For) and _holds(statement.target, name):
            yield statement.iterable, True
        for block in ("body", "orelse", "final"):
            if not isinstance(statement, (ir.FunctionDef, ir.ClassDef)):
                yield from _bindings(getattr(statement, block, ()), name)


def _holds(target: ir.Expression, name: str) -> bool:
    if isinstance(target, ir.Name):
        return target.id == name
    return isinstance(target, (ir.TupleExpr, ir.ListExpr)) and any(
        _holds(element, name) for element in target.elements
    )


def _part(
    target: ir.TupleExpr | ir.ListExpr, value: ir.Expression, name: str
) -> tuple[ir.Expression, bool]:
    """``a, b = x, y`` binds each by itself."""
    if isinstance(value, (ir.TupleExpr, ir.ListExpr)) and len(value.elements) == len(
        target.elements
    ):
        for place, part in zip(target.elements, value.elements):
            if isinstance(place, ir.Name) and place.id == name:
                return part, False
    return value, True


def _passed(interp: Interpreter, level: int, name: str) -> ir.Expression | None:
    """The expression that a caller passes for a parameter."""
    frame = interp.frames[level]
    code, call = frame.code, frame.called_from
    if code is None or call is None or level == 0 or not isinstance(call.node, ir.Call):
        return None
    if interp.frames[level - 1].module is not call.module:
        return None
    for keyword, value in call.node.keywords:
        if keyword == name:
            return value
    if any(isinstance(argument, ir.Starred) for argument in call.node.args):
        return None
    names = [p.name for p in code.parameters if p.kind in ir.BY_PLACE]
    place = names.index(name) if name in names else len(names)
    if frame.owner is not None:
        place -= 1  # the receiver
    return call.node.args[place] if 0 <= place < len(call.node.args) else None
