"""Functional and sequential models: how they are made, and what calling them gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import (
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import UNKNOWN, Relation, Shape, compare, format_shape
from kerasmergelint.tracker.hazards import merges as hazards
from kerasmergelint.tracker.keras import layers
from kerasmergelint.tracker.keras.convert import to_tensor_nest, value_to_shape
from kerasmergelint.tracker.keras.operations import number_outputs
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import (
    LAYERS,
    LayerV,
    ModelV,
    Node,
    SequentialV,
    Site,
    ancestors,
    give_name,
    is_layer,
    own_copy,
    parts_of,
)
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.values import (
    DictV,
    Instance,
    ListV,
    TensorV,
    UnknownV,
    Value,
    leaves,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

_INPUT = Kind.INPUT

# -- functional -----------------------------------------------------------------------------


def construct_functional(
    interp: Interpreter, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """``Model(inputs, outputs)``."""
    bound = bind_native(interp, ("inputs", "outputs", "name"), args, keywords)
    inputs = bound.get("inputs", bound.get("input"))
    outputs = bound.get("outputs", bound.get("output"))
    problem = _graph_problem(interp, inputs, outputs)
    if problem is not None:
        again = interp.recipe("construct", "Model", args, keywords)
        return interp.broken(problem, site, "Model", outputs, again)
    heap = interp.heap
    made_of = _by_keys(heap, own_copy(heap, inputs)), own_copy(heap, outputs)
    model = ModelV(heap, *made_of, interp.version, "")
    give_name(interp, model, bound.get("name"), "Functional")
    interp.outputs.models.append(model)
    hazards.notice_model(interp, model)
    return model


def _by_keys(heap: Heap, value: Value) -> Value:
    """A dict of inputs counts in the order of its keys, whatever the order in which it was written."""
    if not isinstance(value, DictV) or value.open or not all(type(k) is str for k in value.items):
        return value
    return DictV(heap, {key: value.items[key] for key in sorted(value.items)})


def _graph_problem(interp: Interpreter, inputs: Value, outputs: Value) -> Problem | None:
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
    if not all(isinstance(leaf, TensorV) for leaf in (*sources, *results)):
        return None
    repeated = _repeated_name(sources, results)
    if repeated is not None:
        return Problem(
            ProblemKind.MODEL_GRAPH,
            "ValueError",
            f"two layers of the model have the name `{repeated}`",
            hint="layer names must be unique in a model: leave the name out, or add a suffix",
        )
    missing = _unreached(sources, results)
    if missing is None:
        return None
    return Problem(
        ProblemKind.MODEL_GRAPH,
        "ValueError",
        f"an output depends on the input {missing}, which is not among the model's inputs",
        hint="list every Input that the outputs depend on",
    )


def _unreached(inputs: list[TensorV], outputs: list[TensorV]) -> str | None:
    """The shape of an Input that the outputs need and the inputs do not list, if that is certain."""
    listed = {identity(tensor) for tensor in inputs}
    stack, seen = list(outputs), set()
    while stack:
        tensor = stack.pop()
        key = identity(tensor)
        if key in listed or key in seen:
            continue
        seen.add(key)
        node = tensor.node
        if node is None:
            return None
        if node.kind.is_any(_INPUT):
            return format_shape(tensor.spec.shape)
        parts = parts_of(node)
        if any(isinstance(leaf, UnknownV) for leaf in parts):
            continue
        stack.extend(
            leaf
            for leaf in parts
            if isinstance(leaf, TensorV) and leaf.spec.kind is TensorKind.KERAS
        )
    return None


def _repeated_name(inputs: list[TensorV], outputs: list[TensorV]) -> str | None:
    """A name that the program gave to two layers between the inputs and the outputs."""
    owners: dict[str, Value] = {}
    for node in _between(inputs, outputs):
        layer = node.layer
        named = isinstance(layer, LAYERS) and layer.named
        if named and owners.setdefault(layer.name, layer) is not layer:
            return str(layer.name)
    return None


def _between(inputs: list[TensorV], outputs: list[TensorV]) -> Iterator[Node]:
    """The calls that lead from the inputs to the outputs, those of the inputs included."""
    ends = {identity(tensor) for tensor in inputs}
    stack, seen = [*outputs, *inputs], set()
    while stack:
        tensor = stack.pop()
        node = tensor.node
        if node is None or id(node) in seen:
            continue
        if identity(tensor) in ends:
            if node.kind.is_any(_INPUT):
                seen.add(id(node))
                yield node
            continue
        seen.add(id(node))
        yield node
        stack.extend([part for part in parts_of(node) if isinstance(part, TensorV)])


def identity(tensor: TensorV) -> tuple[int, int]:
    """Which tensor of which call this is; a tensor of no call is only itself."""
    return (id(tensor.node), tensor.index) if tensor.node is not None else (id(tensor), -1)


def call_functional(interp: Interpreter, model: ModelV, inputs: Value, site: Site) -> Value:
    """``model(x)``: the graph again, on other inputs."""
    nest = to_tensor_nest(interp, inputs)
    problem = _input_problem(interp, model, inputs)
    if problem is not None:
        recipe = interp.recipe("layer", model, [inputs], {})
        return interp.broken(problem, site, "Model", inputs, recipe)
    if check_sizes(interp, model, inputs, site, "Model"):
        return interp.unknown("Model fails")
    given = _given(model, inputs)
    outputs = replay(interp, model, given, site)

    def again(other: Interpreter, new_inputs: Value, where: Site) -> Value:
        return call_functional(other, model, new_inputs, where)

    node = Node("Functional", site, own_copy(interp.heap, inputs), again, model)
    node.recipe = interp.recipe("layer", model, [inputs], {})
    result = number_outputs(_renamed(interp, outputs, node))
    node.outputs = result
    interp.heap.touch(model)
    model.nodes = (*model.nodes, node)
    layers.record(interp, site, "Functional", nest, to_tensor_nest(interp, result))
    return result


def _renamed(interp: Interpreter, value: Value, node: Node) -> Value:
    """The same tensors as outputs of another node."""
    if isinstance(value, TensorV):
        return TensorV(value.spec, node)
    if isinstance(value, tuple):
        return tuple(_renamed(interp, item, node) for item in value)
    if isinstance(value, ListV) and not value.open:
        items = [_renamed(interp, item, node) for item in value.items]
        if interp.version in V2 and len(items) == 1:
            return items[0]
        return ListV(interp.heap, items)
    if isinstance(value, DictV) and not value.open:
        renamed = {key: _renamed(interp, item, node) for key, item in value.items.items()}
        return DictV(interp.heap, renamed)
    return interp.unknown("an output of a model is not known")


def _given(model: ModelV, inputs: Value) -> list[Value] | None:
    """The actual inputs in the order of the declared ones, of the rank that those have."""
    matched = _matched(model, inputs)
    if matched is None:
        return None
    return [_with_rank_of(want, got) for want, got in zip(leaves(model.inputs), matched)]


def _matched(model: ModelV, inputs: Value) -> list[Value] | None:
    """The actual inputs in the order of the declared ones; None if they can not be matched.

    In a dict they are found by the keys of the declared dict, or by the names of the declared inputs.
    """
    declared = list(leaves(model.inputs))
    if isinstance(inputs, ListV) and inputs.open:
        return None
    if isinstance(inputs, DictV):
        if inputs.open:
            return None
        by_key = isinstance(model.inputs, DictV)
        names = list(model.inputs.items) if by_key else [_input_name(tensor) for tensor in declared]
        if len(names) != len(declared) or not all(name in inputs.items for name in names):
            return None
        actual = [inputs.items[name] for name in names]
        return None if any(isinstance(item, (ListV, DictV, tuple)) for item in actual) else actual
    actual = list(leaves(inputs))
    return actual if len(actual) == len(declared) else None


def _with_rank_of(declared: Value, actual: Value) -> Value:
    """A missing or surplus last axis of size 1 is added or dropped, as functional models do it."""
    if not isinstance(declared, TensorV) or not isinstance(actual, TensorV):
        return actual
    want, got = declared.spec.dims, actual.spec.dims
    if want is None or got is None or len(want) == len(got):
        return actual
    if len(got) == len(want) + 1 and got[-1] == 1:
        return TensorV(actual.spec.with_shape(Shape(got[:-1])), actual.node)
    if len(got) == len(want) - 1 and want[-1] == 1:
        return TensorV(actual.spec.with_shape(Shape((*got, 1))), actual.node)
    return actual


def _input_name(tensor: Value) -> Any:
    node = tensor.node if isinstance(tensor, TensorV) else None
    return node.layer.name if node is not None and isinstance(node.layer, LayerV) else None


def check_data(interp: Interpreter, model: Value, data: Value, site: Site, callee: str) -> None:
    """``model.fit(x)``: arrays that do not fit the declared inputs."""
    if isinstance(model, ModelV):
        problem = _input_problem(interp, model, data)
        if problem is not None:
            recipe = interp.recipe("layer", model, [data], {})
            interp.broken(problem, site, callee, data, recipe)
        else:
            check_sizes(interp, model, data, site, callee)


def check_sizes(interp: Interpreter, model: ModelV, data: Value, site: Site, callee: str) -> bool:
    """Data of a size for which the merges inside of the model do not work; whether that is so."""
    from kerasmergelint.tracker.hazards import sizes

    given = _given(model, data)
    problem = None if given is None or interp.tracing else sizes.violated(interp, model, given)
    if problem is None:
        return False
    recipe = interp.recipe("layer", model, [data], {})
    interp.broken(problem, site, callee, data, recipe)
    return True


def _input_problem(interp: Interpreter, model: ModelV, inputs: Value) -> Problem | None:
    """What Keras 3 says of inputs that do not fit the declared ones; Keras 2 lets most through."""
    declared = list(leaves(model.inputs))
    actual = list(leaves(inputs))
    certain = all(isinstance(leaf, TensorV) for leaf in (*declared, *actual)) and not (
        _holds_open(inputs) or _holds_open(model.inputs)
    )
    if certain and declared and len(actual) != len(declared) and not isinstance(inputs, DictV):
        return Problem(
            ProblemKind.LAYER_INPUTS,
            "ValueError",
            f"the model has {len(declared)} inputs, got {len(actual)}",
        )
    matched = None if interp.version in V2 else _matched(model, inputs)
    for want, got in zip(declared, matched or ()):
        if isinstance(want, TensorV) and isinstance(got, TensorV):
            detail = _shape_conflict(want, got)
            if detail is not None:
                return Problem(ProblemKind.LAYER_INPUTS, "ValueError", detail)
    return None


def _holds_open(value: Value) -> bool:
    return isinstance(value, ListV) and value.open


def _shape_conflict(want: TensorV, got: TensorV) -> str | None:
    """Sizes must agree, except for a last axis of 1 and a missing or surplus last 1."""
    expected, found = want.spec.shape, got.spec.shape
    if not isinstance(expected, Shape) or not isinstance(found, Shape):
        return None
    text = f"the model expects {format_shape(expected)}, got {format_shape(found)}"
    if expected.rank != found.rank:
        longer = max(expected, found, key=lambda shape: shape.rank)
        trailing = longer.dims[-1]
        one = compare(trailing, 1).relation is not Relation.NEVER or trailing is None
        return None if abs(expected.rank - found.rank) == 1 and one else text
    last = expected.rank - 1
    for axis, (a, b) in enumerate(zip(expected.dims, found.dims)):
        if axis == 0 or a is None or b is None:
            continue
        if axis == last and (a == 1 or b == 1 or a is UNKNOWN or b is UNKNOWN):
            continue
        if compare(a, b).relation is Relation.NEVER:
            return text
    return None


def replay(interp: Interpreter, model: ModelV, given: list[Value] | None, site: Site) -> Value:
    """The outputs of a model for other inputs."""
    if given is None:
        return _forgotten(interp, model.outputs)
    known: dict[tuple[int, int], Value] = {}
    same = True
    for declared, actual in zip(leaves(model.inputs), given):
        if isinstance(declared, TensorV):
            known[identity(declared)] = actual
            same = same and isinstance(actual, TensorV) and _fits(declared, actual)
    if same:
        return model.outputs
    interp.tracing += 1
    found = len(interp.outputs.events)
    try:
        for node in ancestors(model.outputs):
            _replay_node(interp, node, known, site)
    finally:
        interp.tracing -= 1
    relocate(interp, found, site)
    return substitute(interp, model.outputs, known)


def _fits(declared: TensorV, actual: TensorV) -> bool:
    return actual.spec.shape == declared.spec.shape


def relocate(interp: Interpreter, found: int, site: Site) -> None:
    """A layer inside the model fails on these inputs: that is to be seen at the model's call."""
    import dataclasses

    events = interp.outputs.events
    events[found:] = [dataclasses.replace(event, site=site) for event in events[found:]]


def _replay_node(
    interp: Interpreter, node: Node, known: dict[tuple[int, int], Value], site: Site
) -> None:
    """Do one call again, unless all of its inputs are what they were."""
    tensors = [leaf for leaf in leaves(node.outputs) if isinstance(leaf, TensorV)]
    if all(identity(tensor) in known for tensor in tensors) and tensors:
        return
    inputs = substitute(interp, node.inputs, known)
    if node.replay is None:
        results: list[Value] = [interp.unknown("part of a model that can not be repeated")]
    elif node.arguments:
        others = {name: substitute(interp, value, known) for name, value in node.arguments.items()}
        results = list(leaves(node.replay(interp, inputs, site, others)))
    else:
        results = list(leaves(node.replay(interp, inputs, site)))
    for index, tensor in enumerate(tensors):
        fallback = interp.unknown("part of a model that is not known")
        known[identity(tensor)] = results[index] if index < len(results) else fallback


def substitute(interp: Interpreter, value: Value, known: dict[tuple[int, int], Value]) -> Value:
    if isinstance(value, TensorV):
        return known.get(identity(value), value)
    if isinstance(value, tuple):
        return tuple(substitute(interp, item, known) for item in value)
    if isinstance(value, ListV) and not value.open:
        return ListV(interp.heap, [substitute(interp, item, known) for item in value.items])
    if isinstance(value, DictV) and not value.open:
        items = {key: substitute(interp, item, known) for key, item in value.items.items()}
        return DictV(interp.heap, items)
    return value


def _forgotten(interp: Interpreter, outputs: Value) -> Value:
    """Outputs of the same structure, on inputs of which nothing is known."""
    if isinstance(outputs, TensorV):
        return TensorV(TensorSpec())
    if isinstance(outputs, tuple):
        return tuple(_forgotten(interp, item) for item in outputs)
    if isinstance(outputs, ListV) and not outputs.open:
        return ListV(interp.heap, [_forgotten(interp, item) for item in outputs.items])
    return interp.unknown("an output of a model is not known")


# -- sequential -----------------------------------------------------------------------------


def construct_sequential(
    interp: Interpreter, args: list[Value], keywords: dict[str, Value], site: Site
) -> SequentialV:
    """``Sequential([...])``."""
    bound = bind_native(interp, ("layers", "name"), args, keywords)
    model = SequentialV(interp.heap, interp.version, "")
    give_name(interp, model, bound.get("name"), "Sequential")
    interp.outputs.models.append(model)
    content = bound.get("layers")
    if content is None:
        return model
    items = interp.iterate(content, site)
    if items is None:
        model.open = True
        return model
    for item in items:
        add(interp, model, item, site)
    return model


def add(interp: Interpreter, model: SequentialV, layer: Value, site: Site) -> None:
    """``model.add(layer)``."""
    interp.heap.touch(model)
    if model.open or isinstance(layer, UnknownV):
        model.open, model.output = True, None
        return
    if isinstance(layer, TensorV) and layer.node is not None and layer.node.kind.is_any(_INPUT):
        layer = layer.node.layer if layer.node.layer is not None else layer
    if not is_layer(layer):
        _refuse(interp, model, layer, site)
        return
    if not (isinstance(layer, LayerV) and layer.type.name == "InputLayer"):
        model.layers = (*model.layers, layer)
    elif model.layers or model.input is not None:
        return
    start = starting_tensor(interp, layer, site) if model.input is None else None
    if model.input is None and len(model.layers) <= 1:
        if start is None:
            return
        model.input = start
        model.output = start
        if isinstance(layer, LayerV) and layer.type.name == "InputLayer":
            return
    if model.input is None:
        return
    model.output = layers.call_layer(interp, layer, [model.output], {}, site)


def _refuse(interp: Interpreter, model: SequentialV, layer: Value, site: Site) -> None:
    """Only layers can be added; what else is certainly none is a finding."""
    certain = (
        isinstance(layer, TensorV) or layer is None or isinstance(layer, (int, str, ListV, tuple))
    )
    if certain:
        exception = "ValueError" if interp.version in V3 else "TypeError"
        what = "a tensor" if isinstance(layer, TensorV) else f"a {type(layer).__name__}"
        problem = Problem(
            ProblemKind.LAYER_INPUTS,
            exception,
            f"only layers can be added to a Sequential model, got {what}",
            hint="use the functional API for branches",
        )
        again = interp.recipe("function", "keras.Sequential", [[*model.layers, layer]], {})
        interp.broken(problem, site, "Sequential", (layer,), again)
    model.open, model.output = True, None


def starting_tensor(interp: Interpreter, layer: Value, site: Site) -> TensorV | None:
    """The input of a sequential model, if its first layer tells it."""
    if isinstance(layer, ModelV):
        sources = list(leaves(layer.inputs))
        if len(sources) == 1 and isinstance(sources[0], TensorV):
            return _placeholder(interp, sources[0].spec, site)
        return None
    if isinstance(layer, SequentialV):
        if isinstance(layer.input, TensorV):
            return _placeholder(interp, layer.input.spec, site)
        return None
    if not isinstance(layer, LayerV):
        return None
    if layer.type.name == "InputLayer":
        spec = layer.attributes.get("(spec)")
        return _placeholder(interp, spec, site, layer) if isinstance(spec, TensorSpec) else None
    declared = layer.attributes.get("(input_shape)")
    if declared is None:
        return None
    shape = value_to_shape(interp, declared)
    if not isinstance(shape, Shape):
        return _placeholder(interp, TensorSpec(), site)
    return _placeholder(interp, TensorSpec(shape, "float32"), site)


def _placeholder(interp: Interpreter, spec: TensorSpec, site: Site, layer: Value = None) -> TensorV:
    node = Node("Input", site, (), None, layer, _INPUT)
    made = TensorV(spec, node)
    node.outputs = made
    return made


def call_sequential(interp: Interpreter, model: SequentialV, inputs: Value, site: Site) -> Value:
    """``model(x)``; a model without an input shape is built by this."""
    nest = to_tensor_nest(interp, inputs)
    if model.open:
        return interp.unknown("a Sequential model with unknown layers")
    if isinstance(model.input, TensorV) and isinstance(inputs, TensorV):
        detail = _shape_conflict(model.input, inputs)
        if detail is not None and interp.version in V3:
            problem = Problem(ProblemKind.LAYER_INPUTS, "ValueError", detail)
            recipe = interp.recipe("layer", model, [inputs], {})
            return interp.broken(problem, site, "Sequential", inputs, recipe)
    built = model.input is not None
    value = _with_rank_of(model.input, inputs) if built else inputs
    found = len(interp.outputs.events)
    if built:
        interp.tracing += 1
    try:
        for layer in model.layers:
            value = layers.call_layer(interp, layer, [value], {}, site)
    finally:
        if built:
            interp.tracing -= 1
    relocate(interp, found, site)

    def again(other: Interpreter, new_inputs: Value, where: Site) -> Value:
        return call_sequential(other, model, new_inputs, where)

    node = Node("Sequential", site, own_copy(interp.heap, inputs), again, model)
    node.recipe = interp.recipe("layer", model, [inputs], {})
    result = number_outputs(_renamed(interp, value, node))
    node.outputs = result
    interp.heap.touch(model)
    if not built and isinstance(inputs, TensorV):
        model.input, model.output = _placeholder(interp, inputs.spec, site), result
    model.nodes = (*model.nodes, node)
    layers.record(interp, site, "Sequential", nest, to_tensor_nest(interp, result))
    return result
