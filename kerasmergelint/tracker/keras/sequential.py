"""Sequential models: made, extended and called."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.names import is_base_layer, is_kind_of_layer
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.problems import int_as_shape
from kerasmergelint.keras_api.protocol import (
    Problem,
    ProblemKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.keras import functional, outcomes
from kerasmergelint.tracker.keras.convert import to_tensor_nest, value_to_shape
from kerasmergelint.tracker.keras.fitting import (
    as_declared,
    is_symbolic,
    sequential_conflict,
    without_surplus,
)
from kerasmergelint.tracker.keras.model_nodes import add_node
from kerasmergelint.tracker.keras.naming import give_name, refused_name
from kerasmergelint.tracker.keras.replaying import relocate
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV, leaves
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LAYERS, LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import ClassV, Instance, is_layer
from kerasmergelint.tracker.values.value import (
    Args,
    External,
    Keywords,
    Spread,
    UnknownV,
    Value,
    named,
)

_INPUT = Kind.INPUT
_PARAMETERS = ("layers", "trainable", "name")
_PARAMETERS_OF_2 = ("layers", "name")
_IN_A_LIST = "write the layers into one list"


def construct(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Sequential([...])``."""
    names = _PARAMETERS_OF_2 if interp.surely(V2) else _PARAMETERS
    bound = bind_native(interp, names, args, keywords)
    problem = _refused_arguments(interp, args, keywords) or refused_name(interp, bound.get("name"))
    if problem is not None:
        again = interp.recipe("construct", "Sequential", args, keywords)
        return interp.broken(problem, site, "Sequential", (), again)
    model = SequentialV(interp.heap, interp.version, "")
    give_name(interp, model, bound.get("name"), "Sequential")
    interp.outputs.models.append(model)
    content = bound.get("layers")
    if content is None:
        return model
    items = [content] if isinstance(content, LAYERS) else interp.iterate(content, site)
    if items is None:
        model.open = True
        return model
    for item in items:
        add(interp, model, item, site)
    return model


def _refused_arguments(interp: Interpreter, args: Args, keywords: Keywords) -> Problem | None:
    """Layers that are passed one by one instead of in a list, and names of no parameter."""
    taken = _PARAMETERS_OF_2 if interp.surely(V2) else _PARAMETERS
    sure = not any(isinstance(value, Spread) for value in args)
    if sure and len(args) > len(taken):
        detail = f"takes at most {counted(len(taken), 'positional argument')}, got {len(args)}"
        return Problem(ProblemKind.ARGUMENT, "TypeError", detail, hint=_IN_A_LIST)
    strange = next((name for name in named(keywords) if name not in _PARAMETERS), None)
    if strange is not None:
        return Problem(ProblemKind.ARGUMENT, "TypeError", f"has no argument `{strange}`")
    if not interp.surely(V3):
        return None
    bound = bind_native(interp, _PARAMETERS, args, keywords)
    if isinstance(bound.get("layers"), LAYERS):
        detail = "takes a list of layers, got a layer"
        # A second layer is taken for `trainable`, which is looked at first.
        exception = "ValueError" if isinstance(bound.get("trainable"), LAYERS) else "TypeError"
        return Problem(ProblemKind.ARGUMENT, exception, detail, hint=_IN_A_LIST)
    return None


def add(interp: Interpreter, model: SequentialV, layer: Value, site: Site) -> None:
    """``model.add(layer)``."""
    interp.heap.touch(model)
    if model.open or isinstance(layer, UnknownV) or _may_begin(model, layer):
        model.open, model.output = True, None
        return
    if isinstance(layer, TensorV) and layer.node is not None and layer.node.kind.is_any(_INPUT):
        layer = layer.node.layer if layer.node.layer is not None else layer
    if not is_layer(layer):
        _refuse(interp, model, layer, site)
        return
    problem = _refused(model, layer)
    if problem is not None:
        interp.broken(problem, site, "Sequential", ())
        model.open, model.output = True, None
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
    model.output = interp.call(layer, [model.output], {}, site)


def _refused(model: SequentialV, layer: Value) -> Problem | None:
    """Why a layer cannot be added: another one has its name, or it says no shape for the first."""
    if not isinstance(layer, LAYERS):
        return None
    others = [one for one in model.layers if isinstance(one, LAYERS) and one is not layer]
    if layer.named and any(one.named and one.name == layer.name for one in others):
        return functional.same_name(layer.name)
    shape = layer.declared if isinstance(layer, LayerV) else None
    first = model.input is None and not model.layers
    return int_as_shape(shape).problem if first and type(shape) is int else None


def _may_begin(model: SequentialV, layer: Value) -> bool:
    """Whether nobody knows if a layer of the program's own declares what goes in."""
    if not isinstance(layer, Instance) or layer.layer is None:
        return False
    first = model.input is None and not model.layers
    return first and isinstance(layer.layer.declared, UnknownV)


def _refuse(interp: Interpreter, model: SequentialV, layer: Value, site: Site) -> None:
    """Report an added value that is certainly not a layer."""
    is_class = _is_class_of_layers(layer)
    certain = layer is None or is_class or isinstance(layer, (TensorV, int, str, ListV, tuple))
    if certain:
        exception = "ValueError" if interp.version in V3 else "TypeError"
        kinds = {
            TensorV: "a tensor",
            ListV: "a list",
            tuple: "a tuple",
            str: "a text",
            int: "a number",
        }
        what = next((words for kind, words in kinds.items() if isinstance(layer, kind)), "None")
        what = "the class of one" if is_class else what
        problem = Problem(
            ProblemKind.LAYER_INPUTS,
            exception,
            f"only layers can be added to a Sequential model, got {what}",
            hint="write `()` behind it" if is_class else "use the functional API for branches",
        )
        again = interp.recipe("function", "keras.Sequential", [[*model.layers, layer]], {})
        interp.broken(problem, site, "Sequential", (layer,), again)
    model.open, model.output = True, None


def _is_class_of_layers(value: Value) -> bool:
    """Whether it is the class of a layer, of Keras or of the program's own."""
    if isinstance(value, ClassV):
        return any(_is_class_of_layers(base) for base in value.mro[1:])
    if not isinstance(value, External):
        return False
    return is_kind_of_layer(value.dotted) or is_base_layer(value.dotted)


def starting_tensor(interp: Interpreter, layer: Value, site: Site) -> TensorV | None:
    """The input of a Sequential model, if its first layer declares one."""
    if isinstance(layer, ModelV):
        sources = list(leaves(layer.inputs))
        if len(sources) == 1 and isinstance(sources[0], TensorV):
            return _placeholder(interp, sources[0].spec, site)
        return None
    if isinstance(layer, SequentialV):
        if isinstance(layer.input, TensorV):
            return _placeholder(interp, layer.input.spec, site)
        return None
    if isinstance(layer, Instance):
        return None if layer.layer is None else _declared_by(interp, layer.layer.declared, site)
    if not isinstance(layer, LayerV):
        return None
    if layer.type.name == "InputLayer":
        made = layer.nodes[0].outputs if layer.nodes else None
        if isinstance(made, TensorV) and interp.version in V2:
            return made  # that of `Input`: Keras 3 makes one of its own
        return None if layer.spec is None else _placeholder(interp, layer.spec, site, layer)
    return _declared_by(interp, layer.declared, site)


def _declared_by(interp: Interpreter, declared: Value, site: Site) -> TensorV | None:
    """The placeholder for ``input_shape=`` and its like."""
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


def build(interp: Interpreter, model: SequentialV, spec: TensorSpec, site: Site) -> None:
    """Give a model its graph, which begins with a placeholder of this kind."""
    interp.heap.touch(model)
    model.input = model.output = _placeholder(interp, spec, site)
    for layer in model.layers:
        model.output = interp.call(layer, [model.output], {}, site)


def _first_of(inputs: Value) -> Value:
    """The first of several arrays: Keras 3 passes over the others where the input is declared."""
    items = inputs.items if isinstance(inputs, ListV) and not inputs.open else inputs
    if not isinstance(items, (list, tuple)) or not items:
        return inputs
    data = all(isinstance(item, TensorV) and not is_symbolic(item) for item in items)
    return items[0] if data else inputs


def _only_one(inputs: Value) -> Value:
    """The tensor in a list of one, which a model whose input is declared takes out."""
    items = inputs.items if isinstance(inputs, ListV) and not inputs.open else inputs
    if not isinstance(items, (list, tuple)) or len(items) != 1:
        return inputs
    return items[0] if isinstance(items[0], TensorV) else inputs


def call(interp: Interpreter, model: SequentialV, inputs: Value, site: Site) -> Value:
    """``model(x)``; this builds a model without an input shape."""
    nest = to_tensor_nest(interp, inputs)
    if model.open:
        return interp.unknown("a Sequential model with unknown layers")
    if model.input is not None:
        inputs = _first_of(inputs) if interp.version in V3 else _only_one(inputs)
    if isinstance(model.input, TensorV) and isinstance(inputs, TensorV):
        problem = sequential_conflict(model.input, inputs)
        if problem is not None and interp.version in V3:
            recipe = interp.recipe("layer", model, [inputs], {})
            return interp.broken(problem, site, "Sequential", inputs, recipe)
    built = model.input is not None
    value = inputs
    if built:
        taken = without_surplus(interp.version, [model.input], inputs)
        value = as_declared(interp, model.input, taken)
    found = len(interp.outputs.events)
    with aside.going_through(interp) if built else aside.tracing(interp):
        for layer in model.layers:
            value = interp.call(layer, [value], {}, site)
    relocate(interp, found, site)
    result = add_node(interp, model, inputs, value, site, call)
    if not built and isinstance(inputs, TensorV):
        model.input, model.output = _placeholder(interp, inputs.spec, site), result
    outcomes.record(interp, site, "Sequential", nest, to_tensor_nest(interp, result))
    return result
