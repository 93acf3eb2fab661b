"""``Input``, ``InputLayer`` and the input shapes that other layers declare."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api import differences
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import base_class
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.problems import int_as_shape
from kerasmergelint.keras_api.protocol import KerasVersion, Problem, ProblemKind, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Shape
from kerasmergelint.tracker.keras import outcomes
from kerasmergelint.tracker.keras.convert import value_to_shape
from kerasmergelint.tracker.keras.naming import give_name
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.constants import as_dim
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, UnknownV, Value

# The third positional argument is the dtype in Keras 3 and the name in Keras 2.
_PARAMETERS = {
    3: ("shape", "batch_size", "dtype", "sparse", "ragged", "batch_shape", "name"),
    2: ("shape", "batch_size", "name", "dtype", "sparse", "tensor", "ragged"),
}


_OF_SOME_INPUT = frozenset({
    "shape", "batch_size", "dtype", "sparse", "ragged", "batch_shape", "name", "tensor", "input_tensor",
    "optional", "type_spec",
})  # fmt: skip


def construct(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Input(...)``: the output tensor of an InputLayer."""
    layer = _made(interp, args, keywords, site, _refused_by_input)
    if not isinstance(layer, LayerV) or layer.spec is None:
        return layer
    spec = _supposed(interp, layer.spec, site)
    tensor = placeholder(interp, spec, site, layer)
    interp.outputs.calls.append(outcomes.input_call(site, spec))
    return tensor


def input_term(site: Site) -> Term:
    """The term of a tensor that comes from outside, by the place of its Input."""
    return ("input", id(site.node))


def _supposed(interp: Interpreter, spec: TensorSpec, site: Site) -> TensorSpec:
    """The spec, with the shape that this run supposes if the program gives none."""
    if spec.shape != ANY_SHAPE or not interp.path.equal:
        return spec
    supposed = interp.path.equal.get(input_term(site))
    return spec.with_shape(supposed.spec.shape) if isinstance(supposed, TensorV) else spec


def construct_layer(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``InputLayer(...)``; it keeps the spec of its output.  That of Keras 2 needs no shape."""
    return _made(interp, args, keywords, site, _accepted if interp.versions & V2 else _refused)


def _made(
    interp: Interpreter,
    args: Args,
    keywords: Keywords,
    site: Site,
    check: Callable[[Interpreter, dict[str, Value]], Problem | None],
) -> Value:
    """The layer, or a finding if the arguments do not pass the check."""
    bound = bind_native(interp, _PARAMETERS[interp.version.major], args, keywords)
    unsure = REST in keywords or any(isinstance(argument, Spread) for argument in args)
    problem = None if unsure else check(interp, bound)
    if problem is not None:
        again = interp.recipe("construct", "Input", args, keywords)
        return interp.broken(problem, site, "Input", None, again)
    shape = ANY_SHAPE if unsure and "shape" not in bound else _shape(interp, bound)
    dtype = bound.get("dtype")
    if dtype is None:
        dtype = _default_dtype(interp)
    spec = TensorSpec(shape, dtype if isinstance(dtype, str) else None)
    layer = make_layer(interp, spec, bound.get("name"))
    if not layer.named and (unsure or bound.get("name") is not None):
        layer.attributes["name"] = bound.get("name", interp.unknown("the name of an input"))
    source = bound.get("tensor", bound.get("input_tensor"))
    if source is not None:
        layer.config = {**layer.config, "input_tensor": source}
    return layer


def _default_dtype(interp: Interpreter) -> str | None:
    """A mixed policy concerns layers only; any other concerns inputs, too."""
    policy = interp.dtype_policy
    mixed = isinstance(policy, str) and policy.startswith("mixed_")
    return "float32" if mixed or policy == "float32" else None


def make_layer(interp: Interpreter, spec: TensorSpec, name: Value) -> LayerV:
    """An InputLayer for a known spec."""
    entry = find_layer("InputLayer", interp.version)
    assert entry is not None
    layer = LayerV(interp.heap, entry, {}, interp.version, "")
    give_name(interp, layer, name, _stem(interp.version))
    if interp.version in V2 and not layer.named:
        layer.name = f"input_{interp.names.counts['input']}"  # it counts from 1
    layer.spec = spec
    return layer


def _stem(version: KerasVersion) -> str:
    return "InputLayer" if version in V3 else "Input"


def placeholder(interp: Interpreter, spec: TensorSpec, site: Site, layer: Value) -> TensorV:
    """A tensor that no call of the program computes."""
    node = Node("Input", site, (), None, layer, Kind.INPUT)
    made = TensorV(spec, node)
    node.outputs = made
    if isinstance(layer, LayerV):
        interp.heap.touch(layer)
        layer.nodes = (*layer.nodes, node)
        layer.first = spec.shape
    return made


def _accepted(interp: Interpreter, bound: dict[str, Value]) -> None:
    """No arguments are refused."""


def _refused_by_input(interp: Interpreter, bound: dict[str, Value]) -> Problem | None:
    """Why ``Input`` raises; the layer takes the arguments of any layer as well."""
    strange = next((name for name in bound if name not in _OF_SOME_INPUT), None)
    if strange is None:
        return _refused(interp, bound)
    exception = "TypeError" if interp.version in V3 else "ValueError"
    return Problem(ProblemKind.ARGUMENT, exception, f"has no argument `{strange}`")


def _refused(interp: Interpreter, bound: dict[str, Value]) -> Problem | None:
    """Why ``Input`` raises, and the layer of Keras 3 as well."""
    return _wrong_shape(interp, bound) or by_version.refusal(
        interp,
        lambda version: (
            base_class.refused_name(bound.get("name"), version)
            or base_class.refused_dtype(bound.get("dtype"), version)
        ),
    )


def _wrong_shape(interp: Interpreter, bound: dict[str, Value]) -> Problem | None:
    """What is wrong with the shape that an input declares."""
    for name in ("shape", "batch_shape"):
        size = next((size for size in leaves(bound.get(name)) if _is_no_size(size)), None)
        if size is not None:
            return Problem(
                ProblemKind.ARGUMENT,
                "ValueError",
                f"{size!r} in `{name}` is no size",
                hint="write None for a size that is left open" if size == -1 else None,
            )
    shape = bound.get("shape")
    if any(key in bound for key in ("tensor", "input_tensor", "type_spec", "batch_shape",
                                    "batch_input_shape", "input_shape", "sparse")):  # fmt: skip
        return None
    if shape is None:
        return Problem(
            ProblemKind.ARGUMENT, "ValueError", "a shape is needed", hint="pass `shape=`"
        )
    if isinstance(shape, int) and interp.surely(differences.REFUSES_INT_AS_SHAPE):
        return int_as_shape(shape).problem
    return None


def _is_no_size(value: Value) -> bool:
    """Whether no axis can be as long as this; 0 is taken."""
    return isinstance(value, (float, str)) or (isinstance(value, int) and value < 0)


def _shape(interp: Interpreter, bound: dict[str, Value]) -> AnyShape:
    """The shape with its batch axis."""
    for key in ("batch_shape", "batch_input_shape"):
        if bound.get(key) is not None:
            return value_to_shape(interp, bound[key])
    for key in ("tensor", "input_tensor"):
        source = bound.get(key)
        if isinstance(source, TensorV):
            return source.spec.shape
        if source is not None:
            return ANY_SHAPE
    shape = interp.resolve(bound.get("shape", bound.get("input_shape")))
    batch = as_dim(interp.resolve(bound.get("batch_size")))
    if isinstance(shape, int) and not isinstance(shape, bool):
        return Shape((batch, shape))
    body = value_to_shape(interp, shape)
    if not isinstance(body, Shape):
        return ANY_SHAPE
    return Shape((batch, *body.dims))


_DECLARING = frozenset(
    {"batch_input_shape", "batch_shape", "input_shape", "input_dim", "input_length"}
)


def declared_shape(interp: Interpreter, name: str, keywords: Keywords, site: Site) -> Value:
    """The batch input shape by ``input_shape=``, ``input_dim=`` or ``batch_input_shape=``.

    In Keras 2 an Embedding always has one, in Keras 3 the length of its input says nothing.
    """
    of_keras_2 = interp.version in V2
    if _DECLARING.isdisjoint(keywords) and not (name == "Embedding" and of_keras_2):
        return None
    for key in ("batch_input_shape", "batch_shape"):
        if keywords.get(key) is not None:
            return keywords[key]
    batch, shape = keywords.get("batch_size"), keywords.get("input_shape")
    if type(shape) is int:
        return shape  # refused where it is used
    if shape is not None:
        items = None if isinstance(shape, UnknownV) else interp.iterate(shape, site)
        return shape if items is None else (batch, *items)
    if name == "Embedding":
        if not of_keras_2 or REST in keywords:
            return None
        return (batch, keywords.get("input_length") or None)
    if keywords.get("input_dim") is None:
        return None
    return (batch, *_steps(name, keywords, of_keras_2=of_keras_2), keywords["input_dim"])


def _steps(name: str, keywords: Keywords, *, of_keras_2: bool) -> tuple[Value, ...]:
    """The axis of time where a layer tells the size of the last one; Keras 3 has none then."""
    if "input_length" in keywords:
        return (keywords["input_length"],)
    return (None,) if of_keras_2 and name in _OVER_TIME else ()


_OVER_TIME = frozenset({"LSTM", "GRU", "SimpleRNN", "Conv1D"})


__all__ = ["UNKNOWN", "construct", "construct_layer", "declared_shape", "placeholder"]
