"""``EinsumDense``: the equation gives the shapes of the weights and of the output."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.arguments import is_unknown
from kerasmergelint.keras_api.layers.layer_type import Behaviour, Integers, LayerType
from kerasmergelint.keras_api.layers.rules import as_dim, one, output
from kerasmergelint.keras_api.problems import misfit, refused, undefined, wrong_rank
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion
from kerasmergelint.regex import regex
from kerasmergelint.shapes import UNKNOWN, Dim, Relation, Shape, compare
from kerasmergelint.shapes.broadcast import never_equal

_FORMS = (
    (regex("([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)"), False),
    (regex("0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)"), True),
    (regex("([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0"), False),
)


@dataclass(frozen=True, slots=True)
class Equation:
    """The labels of input, weight and output; ``left`` where an ellipsis comes first."""

    inputs: str
    weight: str
    result: str
    left: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The shapes that an equation yields for an input."""

    weight: tuple[Dim, ...]
    bias: tuple[Dim, ...] | None
    result: tuple[Dim, ...]


def parse(text: str) -> Equation | None:
    """The parts of an equation in one of the three forms that Keras takes."""
    shortened = text.replace("...", "0")
    for pattern, left in _FORMS:
        found = pattern.match(shortened)
        if found is not None:
            return Equation(found[1], found[2], found[3], left)
    return None


def plan(config: Config, shape: Shape, version: KerasVersion) -> Plan | None:
    """What ``build`` works out; None where an argument is unknown."""
    text, bias_axes = config.get("equation"), config.get("bias_axes")
    declared = _declared(config)
    if not isinstance(text, str) or declared is None or is_unknown(bias_axes):
        return None
    equation = parse(text)
    if equation is None:
        raise refused(f"{text!r} is not an equation like ab,bc->ac")
    try:
        return _analyse(equation, bias_axes, shape.dims, declared, version)
    except (IndexError, KeyError):
        raise wrong_rank(f"{text!r} does not fit the input {shape}", "IndexError") from None


def _declared(config: Config) -> list[Dim] | None:
    """``output_shape`` as a list; None where it is unknown."""
    value = config.get("output_shape")
    if is_unknown(value):
        return None
    if not isinstance(value, (int, list, tuple)):
        raise refused(f"`output_shape` must be an int or a tuple, got {value!r}", "TypeError")
    items = value if isinstance(value, (list, tuple)) else [value]
    return [None if item is None else as_dim(item) for item in items]


def _analyse(
    equation: Equation,
    bias_axes: object,
    shape: tuple[Dim, ...],
    declared: list[Dim],
    version: KerasVersion,
) -> Plan:
    elided = len(shape) - len(equation.inputs)
    result = [shape[0], *declared]
    if elided > 0 and equation.left:
        result[1:1] = reversed(shape[1:elided])
    elif elided > 0:
        result += shape[len(shape) - elided :]
    before = elided if equation.left else 0
    behind = before - len(shape) if equation.left else 0
    inputs = {label: place + behind for place, label in enumerate(equation.inputs)}
    outputs = {label: place + before for place, label in enumerate(equation.result)}
    for label, place in inputs.items():
        if label in outputs:
            _check_shared(label, shape[place], result[outputs[label]])
    for label in equation.result:
        if label not in inputs and label not in equation.weight:
            raise refused(f"the label {label!r} of the output has no match")
    weight = _weight(equation, inputs, outputs, shape, result, version)
    bias = None
    if bias_axes is not None:
        bias = _bias(equation, str(bias_axes), result, before, elided)
    return Plan(weight, bias, tuple(result))


def _check_shared(label: str, size: Dim, wanted: Dim) -> None:
    if wanted is not None and compare(wanted, size).relation is Relation.NEVER:
        raise misfit(f"the label {label!r} is {size} in the input and {wanted} in `output_shape`")


def _weight(
    equation: Equation,
    inputs: dict[str, int],
    outputs: dict[str, int],
    shape: Sequence[Dim],
    result: Sequence[Dim],
    version: KerasVersion,
) -> tuple[Dim, ...]:
    sizes: list[Dim] = []
    for label in equation.weight:
        found = [
            *([result[outputs[label]]] if label in outputs else []),
            *([shape[inputs[label]]] if label in inputs else []),
        ]
        if not found:
            raise refused(f"the label {label!r} of the weight has no match")
        sizes.append(found[0] if version in V3 else found[-1])
    return tuple(sizes)


def _bias(
    equation: Equation, axes: str, result: Sequence[Dim], before: int, elided: int
) -> tuple[Dim, ...]:
    sizes = {label: result[place + before] for place, label in enumerate(equation.result)}
    strange = [label for label in axes if label not in equation.result]
    if strange or not axes:
        raise refused(f"`bias_axes` {axes!r} are not among the output's {equation.result!r}")
    start = min(equation.result.find(label) for label in axes)
    dims: list[Dim] = [sizes[label] if label in axes else 1 for label in equation.result[start:]]
    if not equation.left:
        dims += [1] * max(elided, 0)
    return tuple(dims)


# -- the layer ------------------------------------------------------------------------------


def _rule(call: LayerCall) -> Outcome:
    spec = one(call)
    text = call.config.get("equation")
    if not isinstance(spec.shape, Shape):
        if isinstance(text, str) and parse(text) is None:
            raise refused(f"{text!r} is not an equation like ab,bc->ac")
        return Outcome(TensorSpec(kind=spec.kind), ("the rank of the input is not known",))
    if call.version in V3 or call.first is None:
        found = plan(call.config, spec.shape, call.version)
    else:
        first = call.first
        found = plan(call.config, first, call.version) if isinstance(first, Shape) else None
    if found is None:
        return Outcome(TensorSpec(kind=spec.kind), ("the equation is not known",))
    if call.first is None and None in (*found.weight, *(found.bias or ())):
        raise undefined(f"a weight would have the shape {Shape(found.weight)}")
    if call.version in V3:
        return output(call, found.result)
    return _contracted(call, spec.shape, found, str(text))


def _contracted(call: LayerCall, shape: Shape, found: Plan, text: str) -> Outcome:
    """Keras 2 runs TensorFlow's einsum, which takes sizes from both operands."""
    equation = parse(text)
    assert equation is not None
    dots = "..." in text
    elided = shape.rank - len(equation.inputs)
    if elided < 0 or (elided > 0 and not dots):
        raise wrong_rank(f"{text!r} does not fit the input {shape}")
    if any(len(set(labels)) < len(labels) for labels in (equation.inputs, equation.weight)):
        return Outcome(TensorSpec(kind=one(call).kind), ("a label is repeated",))
    own = shape.dims[elided:] if equation.left else shape.dims[: len(equation.inputs)]
    rest = shape.dims[:elided] if equation.left else shape.dims[len(equation.inputs) :]
    sizes: dict[str, Dim] = {}
    for label, size in (*zip(equation.inputs, own), *zip(equation.weight, found.weight)):
        known = sizes.get(label)
        if never_equal(known, size):
            raise misfit(f"the label {label!r} is {known} in the input and {size} in the weight")
        sizes[label] = size if known is None or known is UNKNOWN else known
    result = [sizes[label] for label in equation.result]
    return output(call, (*rest, *result) if equation.left else (*result, *rest))


def weight_shape(config: Config, first: ShapeNest, version: KerasVersion) -> tuple[Dim, ...] | None:
    """The shape of the kernel after a first call; None where it is unknown."""
    found = plan(config, first, version) if isinstance(first, Shape) else None
    return None if found is None else found.weight


def _count(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    found = plan(config, first, version) if isinstance(first, Shape) else None
    if found is None:
        return None
    total = 0
    for dims in (found.weight, found.bias):
        if dims is None:
            continue
        known = [dim for dim in dims if isinstance(dim, int)]
        if len(known) < len(dims):
            return None
        total += prod(known)
    return total


def _check(config: Config, version: KerasVersion) -> None:
    _declared(config)
    shape = config.get("output_shape")
    items = shape if isinstance(shape, (list, tuple)) else []
    if any(isinstance(item, (float, str)) for item in items):
        raise refused(f"`output_shape` must hold integers or None, got {shape!r}")


LAYERS = (
    LayerType("EinsumDense", _rule, Kind.FLOATING, check=_check, weights=_count, pins_rank=True,
              behaviours=(Behaviour(V2, integers=Integers.REFUSED),)),
)  # fmt: skip
