"""Functional models: made and called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerasmergelint.keras_api import causes
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import (
    Problem,
    ProblemKind,
    TensorKind,
)
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion, Versions
from kerasmergelint.shapes import format_shape
from kerasmergelint.tracker.keras import asking, outcomes
from kerasmergelint.tracker.keras.convert import to_tensor_nest
from kerasmergelint.tracker.keras.fitting import given_inputs, in_declared_order, input_problem
from kerasmergelint.tracker.keras.model_nodes import add_node
from kerasmergelint.tracker.keras.naming import give_name, refused_name
from kerasmergelint.tracker.keras.replaying import outputs_for
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves, may_hold_more
from kerasmergelint.tracker.values.graph import (
    Node,
    Site,
    TensorV,
    ancestors,
    identity,
    own_copy,
    parts_of,
)
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.layers import LAYERS, ModelV
from kerasmergelint.tracker.values.objects import Instance, is_layer
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    Keywords,
    Spread,
    UnknownV,
    Value,
    all_are,
)

_INPUT = Kind.INPUT
_OF_ARGUMENTS = frozenset({ProblemKind.OLD_ARGUMENT, ProblemKind.NOT_IN_KERAS_3})


def construct(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Model(inputs, outputs)``."""
    bound = bind_native(interp, ("inputs", "outputs", "name"), args, keywords)
    inputs = bound.get("inputs", bound.get("input"))
    outputs = bound.get("outputs", bound.get("output"))
    problem = (
        _of_keras_1(keywords, interp.version)
        or _by_place(interp, args, keywords)
        or refused_name(interp, bound.get("name"))
        or _graph_problem(inputs, outputs, interp.versions)
    )
    if problem is not None:
        again = interp.recipe("construct", "Model", args, keywords)
        operands = () if problem.kind in _OF_ARGUMENTS else outputs
        return interp.broken(problem, site, "Model", operands, again)
    heap = interp.heap
    if may_hold_more(inputs):
        inputs = interp.unknown("the inputs of a model")
    if may_hold_more(outputs):
        outputs = interp.unknown("the outputs of a model")
    made_of = _by_keys(heap, own_copy(heap, inputs)), own_copy(heap, outputs)
    model = ModelV(heap, *made_of, interp.version, "")
    give_name(interp, model, bound.get("name"), "Functional")
    interp.outputs.models.append(model)
    interp.semantics.observers.model(interp, model)
    return model


def _by_keys(heap: Heap, value: Value) -> Value:
    """A dict of inputs in the order of its sorted keys, which is what counts."""
    if not isinstance(value, DictV) or value.open or not all(type(k) is str for k in value.items):
        return value
    return DictV(heap, {key: value.items[key] for key in sorted(value.items)})


def _of_keras_1(keywords: Keywords, version: KerasVersion) -> Problem | None:
    """`Model(input=x, output=y)`, as Keras 1 and 2.0 to 2.3 took it."""
    old = next((name for name in ("input", "output") if name in keywords), None)
    if old is None:
        return None
    return Problem(
        ProblemKind.OLD_ARGUMENT,
        "TypeError" if version in V2 else "ValueError",
        f"has no argument `{old}`",
        hint=f"write `{old}s`",
    )


def _by_place(interp: Interpreter, args: Args, keywords: Keywords) -> Problem | None:
    """`Model(x, y, "name")`: by place, Keras 3 takes the inputs and outputs, and nothing else."""
    unsure = REST in keywords or any(isinstance(value, Spread) for value in args)
    taken = 1 if "outputs" in keywords else 2
    if not args or len(args) == taken or unsure or not interp.surely(V3):
        return None
    got = counted(len(args), "positional argument")
    hint = "pass the inputs and the outputs" if len(args) < taken else "write `name=...`"
    detail = f"takes inputs and outputs by place, got {got}"
    return Problem(ProblemKind.NOT_IN_KERAS_3, "TypeError", detail, hint=hint)


def _graph_problem(inputs: Value, outputs: Value, versions: Versions) -> Problem | None:
    """Whether the outputs certainly do not follow from the inputs."""
    sources = list(leaves(inputs))
    results = list(leaves(outputs))
    for leaf in (*sources, *results):
        if is_layer(leaf) and not isinstance(leaf, Instance):
            return Problem(
                ProblemKind.LAYER_AS_TENSOR,
                "ValueError",
                "the inputs and outputs of a model must be tensors, got a layer",
                hint="call the layer, or use its `.output`",
            )
    if not all_are(sources, TensorV) or not all_are(results, TensorV) or may_hold_more(inputs):
        return None
    repeated = _repeated_name(sources, results)
    if repeated is not None:
        return same_name(repeated)
    # Keras 2 takes any Input for an output, though not for what an output depends on.
    asked = [tensor for tensor in results if not (versions & V2 and _is_input(tensor))]
    missing = _unreached(sources, asked)
    if missing is None:
        return None
    if not sources:
        detail = f"`inputs` is empty, and an output depends on the input {missing}"
    else:
        detail = f"an output depends on the input {missing}, which is not among the model's inputs"
    return Problem(
        ProblemKind.MODEL_GRAPH,
        "ValueError",
        detail,
        hint="list every Input that the outputs depend on",
        cause=causes.Plain.UNLISTED_INPUT if sources else None,
    )


def source_inputs(tensor: Value) -> Sequence[TensorV] | None:
    """The Inputs that a tensor depends on, in the order of their use; None where they are not known."""
    found = [node.outputs for node in ancestors(tensor) if Kind.INPUT in node.kind]
    inputs = [output for output in found if isinstance(output, TensorV)]
    return inputs if inputs and len(inputs) == len(found) else None


def _is_input(tensor: TensorV) -> bool:
    return tensor.node is not None and tensor.node.kind.is_any(_INPUT)


def _unreached(inputs: Sequence[TensorV], outputs: Sequence[TensorV]) -> str | None:
    """The shape of an Input that the outputs need but the inputs do not list, if certain."""
    listed = {identity(tensor) for tensor in inputs}
    makers = {id(tensor.node) for tensor in inputs}
    stack, seen = list(outputs), set[int]()
    while stack:
        tensor = stack.pop()
        if id(tensor) in seen:
            continue
        seen.add(id(tensor))
        node = tensor.node
        if id(node) in makers and identity(tensor) in listed:
            continue
        if node is None:
            return None
        if node.kind.is_any(_INPUT):
            return format_shape(tensor.spec.shape)
        before = node.inputs
        if type(before) is TensorV and not node.arguments:  # as in most layers
            if before.spec.kind is TensorKind.KERAS:
                stack.append(before)
            continue
        parts = parts_of(node)
        if UnknownV not in map(type, parts):
            stack += [
                leaf
                for leaf in parts
                if isinstance(leaf, TensorV) and leaf.spec.kind is TensorKind.KERAS
            ]
    return None


def same_name(name: str) -> Problem:
    """Two layers of a model have the same name."""
    return Problem(
        ProblemKind.MODEL_GRAPH,
        "ValueError",
        f"two layers of the model have the name `{name}`",
        hint="layer names must be unique in a model: leave the name out, or add a suffix",
        cause=causes.Plain.SAME_NAME,
    )


def _repeated_name(inputs: Sequence[TensorV], outputs: Sequence[TensorV]) -> str | None:
    """A name that the program gave to two layers between the inputs and the outputs."""
    owners: dict[str, Value] = {}
    for node in _between(inputs, outputs):
        layer = node.layer
        if not isinstance(layer, LAYERS) or not layer.named:
            continue
        if owners.setdefault(layer.name, layer) is not layer:
            return str(layer.name)
    return None


def _between(inputs: Sequence[TensorV], outputs: Sequence[TensorV]) -> Iterator[Node]:
    """The calls from the inputs to the outputs, those of the inputs included."""
    ends = {identity(tensor) for tensor in inputs}
    makers = {id(tensor.node) for tensor in inputs}
    stack, seen = [*outputs, *inputs], set()
    while stack:
        tensor = stack.pop()
        node = tensor.node
        if node is None or id(node) in seen:
            continue
        if id(node) in makers and identity(tensor) in ends:
            if node.kind.is_any(_INPUT):
                seen.add(id(node))
                yield node
            continue
        seen.add(id(node))
        yield node
        before = node.inputs
        if type(before) is TensorV and not node.arguments:
            stack.append(before)
        else:
            stack.extend([part for part in parts_of(node) if isinstance(part, TensorV)])


def call(interp: Interpreter, model: ModelV, inputs: Value, site: Site) -> Value:
    """``model(x)``: replays the graph on other inputs."""
    asking.of_model(interp, list(leaves(model.inputs)), in_declared_order(model, inputs))
    inputs = interp.resolve(inputs)
    nest = to_tensor_nest(interp, inputs)
    problem = input_problem(interp, model, inputs)
    if problem is not None:
        recipe = interp.recipe("layer", model, [inputs], {})
        return interp.broken(problem, site, "Model", inputs, recipe)
    if check_sizes(interp, model, inputs, site, "Model"):
        return interp.unknown("Model fails")
    given = given_inputs(interp, model, inputs)
    outputs = outputs_for(interp, model, given, site)
    result = add_node(interp, model, inputs, outputs, site, call)
    outcomes.record(interp, site, "Functional", nest, to_tensor_nest(interp, result))
    return _unpacked(interp, result, given)


def _unpacked(interp: Interpreter, outputs: Value, given: list[Value] | None) -> Value:
    """What a model with a list of one output gives: on data, Keras 3 takes that one out of the list."""
    items = outputs.items if isinstance(outputs, ListV) and not outputs.open else outputs
    if not isinstance(items, (list, tuple)) or len(items) != 1 or interp.surely(V2):
        return outputs
    kinds = {one.spec.kind if isinstance(one, TensorV) else TensorKind.ANY for one in given or ()}
    if interp.surely(V3) and TensorKind.KERAS in kinds:
        return outputs
    if interp.surely(V3) and kinds and TensorKind.ANY not in kinds:
        return items[0]
    return interp.unknown("whether the one output of a model comes in a list")


def check_sizes(interp: Interpreter, model: ModelV, data: Value, site: Site, callee: str) -> bool:
    """Report data of a size for which merges within the model fail; whether it did."""
    given = given_inputs(interp, model, data)
    problem = (
        None
        if given is None or interp.tracing
        else interp.semantics.observers.data(interp, model, given)
    )
    if problem is None:
        return False
    recipe = interp.recipe("layer", model, [data], {})
    interp.broken(problem, site, callee, data, recipe)
    return True
