"""Exceptions that Python itself raises on the way to a merge, reported where certain.

Most of these only end a path: the value at fault may be a default that callers always replace.
Those about Keras objects are findings: an open size in arithmetic, an index past the end of a list
of tensors, or one that is no integer, a shape unpacked into too few names, a missing tensor argument;
and so are arrays of known sizes that NumPy does not reshape, join, or put into one another.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api import differences, names
from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.keras_api.module_names import public_names
from kerasmergelint.keras_api.problems import DIVIDE_WHOLE
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.positions import text_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import origins
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.measured import EVALUATED, is_measured
from kerasmergelint.tracker.values.objects import FunctionV, Instance, is_layer
from kerasmergelint.tracker.values.training import RUNS_EAGERLY
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    Spread,
    SymInt,
    UnknownV,
    Value,
)


def _problem(exception: str, detail: str, hint: str | None = None) -> Problem:
    return Problem(ProblemKind.PYTHON, exception, detail, hint=hint)


# -- classes --------------------------------------------------------------------------------


def check_bases(interp: Interpreter, node: ir.ClassDef, bases: Sequence[Value]) -> None:
    """``class Block(keras.layers)``: Python makes no class of a module."""
    for expression, base in zip(node.bases, bases):
        path = names.inner_path(base.dotted) if isinstance(base, External) else None
        if path and public_names(path) is not None:
            detail = f"a class cannot derive from the module `keras.{path}`"
            hint = "derive from `keras.layers.Layer`" if path == "layers" else None
            raise interp.fails(_problem("TypeError", detail, hint), interp.site(expression))


# -- what was not measured ------------------------------------------------------------------

_ABSENT = "None stands for what was not measured"


def note_absent(interp: Interpreter, problem: Problem, site: Site) -> None:
    """Remember that ``logs.get(key)`` gave None, for which ``problem`` says why."""
    if site.node is not None:
        interp.path.written[_ABSENT, id(site.node)] = problem


def absent(interp: Interpreter, value: Value, expression: object, site: Site) -> Raised | None:
    """None where a number is needed, because nothing of that name was measured."""
    if value is not None:
        return None
    source = origins.bound_once(interp, expression) or expression
    noted = interp.path.written.get((_ABSENT, id(source)))
    if not isinstance(noted, Problem):
        return None
    return interp.fails(replace(noted, exception="TypeError"), site)


# -- open sizes -----------------------------------------------------------------------------


def unsupported(
    interp: Interpreter, operator: str, left: Value, right: Value, site: Site
) -> Raised:
    """``left operator right`` of unsupported types."""
    found = open_size(interp, operator, left, right, site)
    node = site.node
    if found is None and isinstance(node, ir.BinOp):
        found = absent(interp, left, node.left, site) or absent(interp, right, node.right, site)
    return interp.raised("TypeError", "unsupported operand types") if found is None else found


def open_size(
    interp: Interpreter, operator: str, left: Value, right: Value, site: Site
) -> Raised | None:
    """``left operator right`` where one is a size that Keras does not know, None."""
    if not all(isinstance(value, (int, float, SymInt, type(None))) for value in (left, right)):
        return None
    for value, expression in zip((left, right), _sides(site.node)):
        if value is None and expression is not None and origins.is_size(interp, expression):
            name = text_of(expression) or "a size"
            detail = f"`{name}` is None, an open size, which `{operator}` does not accept"
            hint = "give the Input a fixed size there, or use a layer that does not need it"
            return interp.fails(_problem("TypeError", detail, hint), site)
    return None


def _sides(node: object) -> tuple[ir.Expression | None, ir.Expression | None]:
    if isinstance(node, ir.BinOp):
        return node.left, node.right
    if isinstance(node, ir.AugAssign):
        return node.target, node.value
    if isinstance(node, ir.Compare) and len(node.comparators) == 1:
        return node.left, node.comparators[0]
    return None, None


# -- items ----------------------------------------------------------------------------------


def no_such_index(interp: Interpreter, items: Sequence[Value], index: int, site: Site) -> Raised:
    """``items[index]`` past the end, on either side."""
    node = site.node
    if isinstance(node, ir.Subscript) and not isinstance(items, (str, bytes, range)):
        is_shape = origins.is_shape(interp, node.value)
        if is_shape or _any_of_keras(items) or _all_scores(items):
            name = text_of(node.value) or "it"
            what = "sizes" if is_shape else "items"
            detail = f"index {index} is out of range: `{name}` has {len(items)} {what}"
            return interp.fails(_problem("IndexError", detail), site)
    return interp.raised("IndexError", "index out of range")


def no_index_of_several(interp: Interpreter, items: Sequence[Value], site: Site) -> Raised:
    """``items[:, -1]`` of a list or tuple: what a tensor takes."""
    node = site.node
    if isinstance(node, ir.Subscript) and _any_of_keras(items):
        name = text_of(node.value) or "it"
        detail = f"`{name}` holds {len(items)} values, and is not one tensor to take a part of"
        return interp.fails(_problem("TypeError", detail), site)
    return interp.raised("TypeError", "indices must be integers")


def no_integer_index(
    interp: Interpreter, items: Sequence[Value], index: Value, site: Site
) -> Raised:
    """``items["a"]`` or ``items[: n / 2]`` of a list or tuple."""
    parts = (index.start, index.stop, index.step) if isinstance(index, slice) else (index,)
    wrong = next((part for part in parts if isinstance(part, (float, str))), None)
    node = site.node
    if isinstance(node, ir.Subscript) and wrong is not None and _any_of_keras(items):
        name = text_of(node.value) or "it"
        detail = f"`{name}` holds {len(items)} values by number, and {wrong!r} is no integer"
        hint = DIVIDE_WHOLE if isinstance(wrong, float) else None
        return interp.fails(_problem("TypeError", detail, hint), site)
    return interp.raised("TypeError", "indices must be integers")


def no_integer_end(interp: Interpreter, ends: Sequence[Value], site: Site) -> Raised:
    """``range(n / 2)``, in code that has tensors at hand: a quotient is a float, whatever ``n`` is."""
    node = site.node
    divided = isinstance(node, ir.Call) and any(
        isinstance(argument, ir.BinOp) and argument.op == "/" and isinstance(end, float)
        for argument, end in zip(node.args, ends)
    )
    if divided and any(map(_is_of_keras, interp.frame.scope.variables.values())):
        detail = f"`range` takes integers, got {next(e for e in ends if isinstance(e, float))}"
        hint = DIVIDE_WHOLE
        return interp.fails(_problem("TypeError", detail, hint), site)
    return interp.raised("TypeError", "an integer is required")


def no_such_key(interp: Interpreter, made: DictV, key: Value, site: Site) -> Raised:
    """``made[key]`` of a dict that has no such key."""
    if not is_constant(key):
        return interp.raised("KeyError")
    node = site.node
    if isinstance(node, ir.Subscript) and _any_of_keras(list(made.items.values())):
        name = text_of(node.value) or "the dict"
        detail = f"`{name}` has no key {key!r}"
        return interp.fails(_problem("KeyError", detail), site)
    return interp.raised("KeyError", repr(key))


def other_total(
    interp: Interpreter,
    array: TensorV,
    source: ir.Expression | None,
    shape: Sequence[Value],
    site: Site,
) -> Raised:
    """``source.reshape(shape)`` of an array that has more or fewer numbers."""
    name = (text_of(source) if source is not None else None) or "the array"
    sizes = ["?" if isinstance(size, UnknownV) else str(size) for size in shape]
    wanted = ", ".join(sizes) + ("," if len(sizes) == 1 else "")
    detail = f"`{name}` {array.spec.shape} does not have as many numbers as ({wanted})"
    return interp.fails(_problem("ValueError", detail), site)


def no_array(
    interp: Interpreter, one: tuple[Dim, ...], other: tuple[Dim, ...], site: Site
) -> Raised:
    """``np.array([one, other])`` of arrays that have no common shape."""
    shapes = " and ".join(str(Shape(dims)) for dims in (one, other))
    detail = f"items of shapes {shapes} make no array"
    return interp.fails(_problem("ValueError", detail), site)


def not_joined(
    interp: Interpreter, one: tuple[Dim, ...], other: tuple[Dim, ...], why: str, site: Site
) -> Raised:
    """``np.concatenate([one, other])`` of arrays that do not fit."""
    detail = f"arrays of shapes {Shape(one)} and {Shape(other)} cannot be joined: {why}"
    return interp.fails(_problem("ValueError", detail), site)


def not_put(
    interp: Interpreter, content: tuple[Dim, ...], part: tuple[Dim, ...], site: Site
) -> Raised:
    """``array[key] = content`` where the part of the array has another shape."""
    detail = f"{Shape(content)} does not fit into {Shape(part)}, a part of an array"
    return interp.fails(_problem("ValueError", detail), site)


def no_such_class(interp: Interpreter, label: int, classes: int, site: Site) -> Raised:
    """``to_categorical(labels, classes)`` of a label that no class has."""
    detail = f"the label {label} is none of {classes} classes, which count from 0"
    return interp.fails(_problem("IndexError", detail), site)


def not_of_callback(interp: Interpreter, callback: Instance, name: str, site: Site) -> Raised:
    """``self.predict(x)`` in a callback."""
    detail = f"{callback.cls.name} has no attribute `{name}`"
    hint = f"write `self.model.{name}`" if name in _OF_MODELS else None
    return interp.fails(_problem("AttributeError", detail, hint), site)


_OF_MODELS = frozenset(
    {"evaluate", "get_layer", "get_weights", "layers", "optimizer", "predict", "save", "save_weights",
     "set_weights", "stop_training", "summary"}
)  # fmt: skip


def not_scaled(interp: Interpreter, detail: str, site: Site) -> Raised:
    """``scaler.transform(x)`` of data that a scaler of scikit-learn refuses."""
    return interp.fails(_problem("ValueError", detail), site)


def no_picture(interp: Interpreter, detail: str, site: Site) -> Raised:
    """``array_to_img(x)`` of an array that is no picture."""
    return interp.fails(_problem("ValueError", f"array_to_img: {detail}"), site)


def used_up(interp: Interpreter, exception: str, items: Sequence[Value], site: Site) -> Raised:
    """``skips.pop()`` or ``next(skips)`` where none is left, in code that has tensors at hand."""
    node = site.node
    variables = interp.frame.scope.variables.values()
    if isinstance(node, ir.Call) and not items and any(map(_is_of_keras, variables)):
        source = node.func.value if isinstance(node.func, ir.Attribute) else None
        if source is None and node.args:
            source = node.args[0]
        name = (text_of(source) if source is not None else None) or "it"
        if _is_filled_here(interp, source):
            detail = f"`{name}` has no items left"
            return interp.fails(_problem(exception, detail), site)
    return interp.raised(exception, "nothing is left")


def not_started(interp: Interpreter, site: Site) -> Raised:
    """``next(dataset)`` of what can only be iterated over."""
    detail = "a dataset of tf.data is no iterator"
    return interp.fails(_problem("TypeError", detail, "write `next(iter(dataset))`"), site)


def _is_filled_here(interp: Interpreter, source: ir.Expression | None) -> bool:
    """Whether the code that runs made the list itself: it is nobody's default."""
    frame = interp.frame
    if not isinstance(source, ir.Name) or source.id not in frame.scope.variables:
        return False
    return frame.code is None or all(p.name != source.id for p in frame.code.parameters)


def wrong_number(interp: Interpreter, items: Sequence[Value], names: int, site: Site) -> Raised:
    """``a, b = items`` with a different number of items."""
    if _any_of_keras(items) or _is_shape(items) or _all_scores(items):
        what = "sizes of a shape" if _is_shape(items) else "values"
        detail = f"{len(items)} {what} cannot be unpacked into {names} names"
        return interp.fails(_problem("ValueError", detail), site)
    return interp.raised("ValueError", "wrong number of values to unpack")


def _of_data(tensor: TensorV) -> bool:
    """Whether these are the sizes of something whose batch is fixed: of data, where the call is eager."""
    return isinstance(tensor.data, tuple) and None not in tensor.data


def not_callable(interp: Interpreter, callee: Value, site: Site) -> Raised:
    """``self.loss(y, y_pred)`` in a step, where ``compile`` was given the name of a loss, or none."""
    func = site.node.func if isinstance(site.node, ir.Call) else None
    of_model = isinstance(func, ir.Attribute) and func.attr == "loss" and is_traced(interp)
    if of_model and isinstance(callee, (str, type(None))) and not interp.inside_custom:
        detail = f"`loss` is {callee!r}, as `compile` was told, which cannot be called"
        hint = "use `self.compute_loss(y=y, y_pred=y_pred)`"
        return interp.fails(_problem("TypeError", detail, hint), site)
    return interp.raised("TypeError", "not callable")


_STEPS = frozenset({"train_step", "test_step", "predict_step"})


def is_traced(interp: Interpreter) -> bool:
    """Whether this runs within a graph: in a layer, a loss or metric, a ``tf.function``, or a step."""
    if interp.inside_custom:
        return True
    if RUNS_EAGERLY in interp.patched:
        return False
    return interp.tracing > 0 or any(
        frame.in_graph or (frame.code is not None and frame.code.name in _STEPS)
        for frame in interp.frames
    )


def check_unpacked(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """``a, b = x`` of a symbolic tensor: Keras 2 allows it where the batch is known.

    Within a layer the tensors are graph tensors of TensorFlow, which can never be unpacked.
    """
    if tensor.spec.kind is TensorKind.GRAPH and is_traced(interp) and not _of_data(tensor):
        detail = f"a graph tensor {tensor.spec} cannot be unpacked"
        hint = "call the layer on a list of tensors"
        raise interp.fails(_problem("OperatorNotAllowedInGraphError", detail, hint), site)
    if tensor.spec.kind is not TensorKind.KERAS or tensor.node is None or not tensor.spec.dims:
        return
    if tensor.spec.dims[0] is None or interp.surely(differences.REFUSES_TO_UNPACK):
        exception = "NotImplementedError" if interp.version in V3 else "TypeError"
        detail = f"a symbolic tensor {tensor.spec} cannot be unpacked"
        raise interp.fails(
            _problem(exception, detail, "the call gives one tensor, not several"), site
        )


def check_no_number(interp: Interpreter, value: UnknownV, site: Site) -> None:
    """``loss, accuracy = model.evaluate(x, y)`` of a model that measures nothing but its loss."""
    term = value.term
    if isinstance(term, tuple) and term[:2] == ("call", ("name", "float")):
        detail = f"{value.reason} is one number, which cannot be unpacked"
        hint = "`compile` with metrics, for which `evaluate` gives a number each"
        raise interp.fails(_problem("TypeError", detail, hint), site)


def check_no_items(interp: Interpreter, value: UnknownV, site: Site) -> None:
    """``model.evaluate(x, y)[1]`` of a model that measures nothing but its loss."""
    term = value.term
    if isinstance(term, tuple) and term[:2] == ("call", ("name", "float")):
        detail = f"{value.reason} is one number, which has no items"
        hint = "`compile` with metrics, for which `evaluate` gives a number each"
        raise interp.fails(_problem("TypeError", detail, hint), site)


def _all_scores(items: Sequence[Value]) -> bool:
    return bool(items) and all(
        isinstance(item, UnknownV) and item.reason == EVALUATED for item in items
    )


def are_scores(value: Value) -> bool:
    """Whether this is a list of what ``evaluate`` gives."""
    return isinstance(value, ListV) and not value.open and _all_scores(value.items)


def check_no_scores(interp: Interpreter, value: Value, site: Site) -> None:
    """``f"{score:.3f}"`` and ``score / 2`` of several numbers: from ``evaluate``, or of a history."""
    if isinstance(value, ListV) and are_scores(value):
        detail = f"`evaluate` gives a list of {len(value.items)} numbers here, which is no number"
        hint = "take one of them: the first is the loss"
    elif isinstance(value, UnknownV) and is_measured(value.term):
        detail, hint = "a history holds a list of numbers, one for each epoch", "take one of them"
    else:
        return
    raise interp.fails(_problem("TypeError", detail, hint), site)


def _is_shape(items: Sequence[Value]) -> bool:
    """Whether these are sizes, the first of them an open batch."""
    rest = items[1:]
    sizes = (int, type(None), SymInt, UnknownV)
    return bool(rest) and items[0] is None and all(isinstance(item, sizes) for item in rest)


def _any_of_keras(items: Sequence[Value]) -> bool:
    return any(_is_of_keras(item) for item in items)


def _is_of_keras(value: Value) -> bool:
    """A tensor, layer or model, or a list of some."""
    if isinstance(value, TensorV) or is_layer(value):
        return True
    if isinstance(value, (ListV, DictV)) and value.open:
        return False
    parts = value.items if isinstance(value, ListV) else value
    if isinstance(parts, (tuple, list)):
        return any(isinstance(part, TensorV) or is_layer(part) for part in parts)
    return False


# -- arguments ------------------------------------------------------------------------------

_FILLED_BY_KERAS = frozenset({"training", "mask"})


def misses(
    interp: Interpreter, function: FunctionV, name: str, given: tuple[Args, Keywords], site: Site
) -> Raised:
    """A parameter without a default for which a call passes nothing."""
    detail = f"{function.name}() gets no argument for `{name}`"
    if name not in _FILLED_BY_KERAS and _is_own_call(function, given, site):
        return interp.fails(_unfit(detail), site)
    return interp.raised("TypeError", detail)


def surplus(
    interp: Interpreter, function: FunctionV, given: tuple[Args, Keywords], wrong: str, site: Site
) -> Raised:
    """More positional arguments than parameters, or keywords that name none: ``wrong`` says it.

    The keywords of a layer's call may be meant for the layers inside.
    """
    for_others = _FILLED_BY_KERAS & set(given[1]) or (function.name == "call" and given[1])
    detail = f"{function.name}() {wrong}"
    if not for_others and _is_own_call(function, given, site):
        return interp.fails(_unfit(detail), site)
    return interp.raised("TypeError", detail)


def _unfit(detail: str) -> Problem:
    return Problem(ProblemKind.PYTHON, "TypeError", detail, cause=Plain.OWN_CALL)


def _is_own_call(function: FunctionV, given: tuple[Args, Keywords], site: Site) -> bool:
    """Whether the program itself calls the function here, by its name, with something of Keras."""
    node = site.node
    args, keywords = given
    if not isinstance(node, ir.Call) or REST in keywords:
        return False
    passed = [*args, *keywords.values()]
    if any(isinstance(value, Spread) for value in passed) or not _any_of_keras(passed):
        return False
    if any(isinstance(argument, ir.Starred) for argument in node.args):
        return False
    called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
    owner = "" if function.owner is None else function.owner.name
    if function.name == "__init__":
        return called == owner
    return called == function.name or (function.name == "call" and bool(owner))
