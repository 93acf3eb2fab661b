"""``tf.function``: tensors and arrays come into its body as tensors of a graph, and go out with numbers.

Numbers, texts and objects of the program stay what they are, as do variables.
"""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.own_exceptions import is_traced
from kerasmergelint.tracker.values.containers import ListV, leaves, mapped
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.objects import (
    BoundMethod,
    FunctionV,
    Instance,
    NativeV,
    PartialV,
)
from kerasmergelint.tracker.values.training import ARRAY_METHODS, RUNS_EAGERLY, SignatureV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_OF_DATA = (TensorKind.EAGER, TensorKind.ARRAY)
_TO_TENSORS = (TensorKind.GRAPH, TensorKind.ARRAY)


def function(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``@tf.function``, bare or with arguments; ``tf.function(called)``."""
    signature = interp.resolve(keywords.get("input_signature"))
    called = args[0] if args else keywords.get("func")
    if called is not None:
        return _as_graph(called, signature)
    return NativeV("tf.function", lambda again, a, k, s: _as_graph(a[0], signature) if a else None)


def array_methods(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``enable_numpy_behavior``: tensors get the methods of arrays."""
    interp.patched.add(ARRAY_METHODS)
    return None


def _as_graph(called: Value, signature: Value) -> Value:
    if isinstance(called, BoundMethod):
        return BoundMethod(called.receiver, _as_graph(called.function, signature))
    if isinstance(called, PartialV):
        return replace(called, function=_as_graph(called.function, signature))
    if not isinstance(called, FunctionV):
        return NativeV("tf.function", lambda again, a, k, s: again.call(called, a, k, s))
    if called.code.is_generator or called.memory is not None:
        return called

    def enter(
        interp: Interpreter, args: Args, keywords: Keywords, site: Site
    ) -> tuple[Args, Keywords]:
        """The arguments as the body sees them."""
        if RUNS_EAGERLY in interp.patched:
            return args, keywords
        moved = [_into_graph(interp, argument) for argument in args]
        named: Keywords = {name: _into_graph(interp, value) for name, value in keywords.items()}
        if signature is not None:
            named = {name: _with_types_of_others(interp, value) for name, value in named.items()}
        return _as_promised(interp, moved, signature, site), named

    finish = _out_of_graph if called.finish is None else called.finish
    return replace(called, enter=enter, finish=finish)


def _into_graph(interp: Interpreter, nest: Value) -> Value:
    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV) or leaf.role is not Role.TENSOR:
            return leaf
        if leaf.spec.kind not in _OF_DATA:
            return leaf
        spec = replace(leaf.spec, kind=TensorKind.GRAPH, data=None)
        return TensorV(spec, leaf.node, leaf.index)

    return _changed(interp, nest, one)


def _out_of_graph(interp: Interpreter, nest: Value) -> Value:
    """What callers get: tensors with numbers, also of plain numbers; in another graph it stays there."""
    if is_traced(interp) or RUNS_EAGERLY in interp.patched:
        return nest

    def one(leaf: Value) -> Value:
        if isinstance(leaf, (bool, int, float)):
            dtype = {bool: "bool", int: "int32", float: "float32"}[type(leaf)]
            return TensorV(TensorSpec(Shape(()), dtype, TensorKind.EAGER))
        if not isinstance(leaf, TensorV) or leaf.spec.kind not in _TO_TENSORS:
            return leaf
        return TensorV(replace(leaf.spec, kind=TensorKind.EAGER), leaf.node, leaf.index)

    return mapped(interp.heap, nest, one)


def _changed(interp: Interpreter, nest: Value, one: Callable[[Value], Value]) -> Value:
    """The nest with its tensors changed; itself if it holds none."""
    if not any(isinstance(leaf, TensorV) for leaf in leaves(nest)):
        return nest
    return mapped(interp.heap, nest, one)


# -- what ``input_signature`` promises ------------------------------------------------------------


def _as_promised(interp: Interpreter, args: list[Value], signature: Value, site: Site) -> Args:
    """The arguments with the declared shapes, whose open sizes are any.

    A method's ``self`` has none, nor has what is passed for parameters behind the declared ones.
    """
    declared = signature.items if isinstance(signature, ListV) and not signature.open else signature
    if not isinstance(declared, (list, tuple)):
        known = signature is None
        return args if known else [_with_types_of_others(interp, arg) for arg in args]
    has_self = any(isinstance(one, Instance) for one in args[:1])
    is_promised = len(args) <= len(declared) and not isinstance(declared[0], SignatureV)
    of_method = has_self and not is_promised
    promised = [None, *declared] if of_method else list(declared)
    undeclared = [None] * (len(args) - len(promised))
    return [_bound(interp, arg, spec, site) for arg, spec in zip(args, [*promised, *undeclared])]


def _with_types_of_others(interp: Interpreter, nest: Value) -> Value:
    """What a signature casts, where it is not known to which type."""

    def one(leaf: Value) -> Value:
        return TensorV(replace(leaf.spec, dtype=None)) if isinstance(leaf, TensorV) else leaf

    return _changed(interp, nest, one)


def _bound(interp: Interpreter, argument: Value, promised: Value, site: Site) -> Value:
    if not isinstance(promised, SignatureV) or not isinstance(argument, TensorV):
        return argument
    given, wanted = argument.spec.dims, promised.shape
    if given is None or not isinstance(wanted, Shape):
        return TensorV(replace(argument.spec, shape=wanted, dtype=None))
    if len(given) != len(wanted.dims) or any(
        isinstance(one, int) and isinstance(other, int) and one != other
        for one, other in zip(given, wanted.dims)
    ):
        detail = f"the function was declared for {wanted}, and gets {argument.spec.shape}"
        problem = Problem(ProblemKind.ARGUMENT, "TypeError", detail)
        raise interp.fails(problem, site, (argument,))
    return TensorV(replace(argument.spec, shape=wanted, dtype=None))
