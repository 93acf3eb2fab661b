"""The methods of layers and models that Keras ships."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.late import late
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.keras import absent_attributes, counting, object_arguments, sequential
from kerasmergelint.tracker.keras.configuration import config_of, open_config
from kerasmergelint.tracker.keras.convert import (
    Inner,
    shape_value,
    shapes_of,
    to_tensor_nest,
    value_to_shape,
)
from kerasmergelint.tracker.keras.initial_states import get_initial_state
from kerasmergelint.tracker.keras.model_layers import layer_named, layers_of, name_of
from kerasmergelint.tracker.keras.serializing import saved_weights
from kerasmergelint.tracker.keras.setting_weights import get_weights, set_weights
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV, leaves
from kerasmergelint.tracker.values.forgetting import forget_functions
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.training import DatasetV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras.serializing import saved_models
    from kerasmergelint.tracker.keras.training import batches, compiling, steps
else:
    saved_models = late("kerasmergelint.tracker.keras.serializing.saved_models")
    batches = late("kerasmergelint.tracker.keras.training.batches")
    compiling = late("kerasmergelint.tracker.keras.training.compiling")
    steps = late("kerasmergelint.tracker.keras.training.steps")

Method = Callable[[Interpreter, Value, Args, Keywords, Site], Value]


def _get_layer(
    interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    bound = bind_native(interp, ("name", "index"), args, keywords)
    found = layers_of(interp, model)
    index, name = bound.get("index"), bound.get("name")
    if isinstance(index, int) and found is not None and -len(found) <= index < len(found):
        return found[index]
    problem = absent_attributes.no_such_layer(interp, found, index, name)
    if problem is not None:
        raise interp.fails(problem, site)
    if index is None and isinstance(name, str):
        if found is None and isinstance(model, ModelV):
            chosen = layer_named(model, name)
            return interp.unknown("a layer that was not found") if chosen is None else chosen
        for layer in found or ():
            if name_of(layer) == name:
                return layer
    return interp.unknown("a layer of a model that was not found")


def _add(interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    layer = args[0] if args else keywords.get("layer")
    if isinstance(model, SequentialV):
        refused = object_arguments.of_method(interp, "add", args, keywords)
        if refused is not None:
            interp.broken(refused, site, "add", None)
        sequential.add(interp, model, layer, site)
    return None


def _predict_step(
    interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``predict_step(data)``: a list or tuple is taken for inputs, targets and weights."""
    data = bind_native(interp, ("data",), args, keywords).get("data")
    batch = batches.of_pipeline(interp, data)
    if batch is None or not isinstance(model, (ModelV, SequentialV)):
        return interp.unknown("what a step gives")
    return interp.call(model, [batch.x], {}, site)


def _pop(interp: Interpreter, model: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    if not isinstance(model, SequentialV):
        return interp.unknown("pop")
    interp.heap.touch(model)
    if not model.layers or model.open:
        return interp.unknown("pop")
    *kept, last = model.layers
    last = None if interp.version in V2 else last  # it returns nothing then
    start = model.input
    model.layers, model.input, model.output = (), None, None
    model.input = model.output = start
    model.layers = tuple(kept)
    if start is not None:
        with aside.unreported(interp), aside.tracing(interp):
            for layer in kept:
                model.output = interp.call(layer, [model.output], {}, site)
    return last


def _build(interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    """``build(input_shape)``: sets the input of a Sequential model, or makes the weights of a layer."""
    shape = value_to_shape(interp, args[0] if args else keywords.get("input_shape"))
    if isinstance(layer, SequentialV) and layer.input is None:
        sequential.build(interp, layer, TensorSpec(shape, "float32"), site)
    elif isinstance(layer, LayerV) and layer.first is None:
        interp.heap.touch(layer)
        layer.first = shape
    return None


def _adapt(interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    """``adapt(data)`` of ``Normalization``: the layer is built on the shape of the data."""
    data = interp.resolve(args[0] if args else keywords.get("data"))
    if isinstance(data, DatasetV):
        data = data.element
    dims = data.spec.dims if isinstance(data, TensorV) else None
    if not isinstance(layer, LayerV) or layer.type.name != "Normalization":
        return None
    if layer.first is None and dims:
        interp.heap.touch(layer)
        layer.first = Shape((None, *dims[1:]))
    return None


def _compute_output_shape(
    interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """The output shape of a call on this shape; nothing is reported."""
    given = args[0] if args else next(iter(keywords.values()), None)
    items = given.items if isinstance(given, ListV) else given
    if isinstance(items, (list, tuple)) and any(isinstance(item, (tuple, ListV)) for item in items):
        inputs: Value = ListV(
            interp.heap, [TensorV(TensorSpec(value_to_shape(interp, item))) for item in items]
        )
    else:
        inputs = TensorV(TensorSpec(value_to_shape(interp, given)))
    if isinstance(layer, LayerV) and layer.type.name != "Lambda":
        try:
            outcome = Inner(interp, layer).apply(to_tensor_nest(interp, inputs), layer.first)
        except Broken:
            return interp.unknown("a shape that the layer refuses")
        return shape_value(interp, shapes_of(outcome.outputs))
    with aside.forgotten(interp):
        result = interp.call(layer, [inputs], {}, site)
        if not any(isinstance(leaf, TensorV) for leaf in leaves(result)):
            return interp.unknown("compute_output_shape of a layer that is not understood")
        shapes = shapes_of(to_tensor_nest(interp, result))
    return shape_value(interp, shapes)


def _count_params(
    interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    found = counting.parameters(layer)
    return interp.unknown("the number of weights") if found is None else found


def _nothing(
    interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    """Nothing that matters, but for functions that it may call, as ``summary(print_fn=...)`` does."""
    forget_functions(interp.heap, (*args, *keywords.values()), "passed to a method of Keras")
    return None


def _raising(name: str, hint: str, *kinds: type) -> Method:
    """A method that raises in Keras 3, whatever such a layer is given."""

    def native(
        interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        version = layer.version if isinstance(layer, (LayerV, ModelV, SequentialV)) else None
        if isinstance(layer, kinds) and version in V3 and interp.surely(V3):
            detail = "raises in Keras 3, whatever it is given"
            problem = Problem(ProblemKind.NO_ATTRIBUTE, "NotImplementedError", detail, hint=hint)
            return interp.broken(problem, site, name, None)
        return _nothing(interp, layer, args, keywords, site)

    return native


def _call(interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.call(layer, args, keywords, site)


def _get_config(
    interp: Interpreter, layer: Value, args: Args, keywords: Keywords, site: Site
) -> Value:
    if isinstance(layer, LayerV):
        return config_of(interp, layer)
    return open_config(interp)


TRAINING: dict[str, Method] = {
    "fit": steps.fit,
    "evaluate": steps.evaluate,
    "predict": steps.predict,
    "train_on_batch": steps.train_on_batch,
    "test_on_batch": steps.test_on_batch,
    "predict_on_batch": steps.predict_on_batch,
    "compile": compiling.compile_model,
    "save_weights": saved_weights.save,
}
METHODS: dict[str, Method] = {
    **TRAINING,
    "add": _add,
    "predict_step": _predict_step,
    "pop": _pop,
    "save": saved_models.save,
    "to_json": saved_models.to_json,
    "add_loss": _raising("add_loss", "compute it in `call` of a layer of your own", ModelV),
    "add_metric": _raising("add_metric", "give it to `compile`", ModelV, SequentialV, LayerV),
    "adapt": _adapt,
    "build": _build,
    "call": _call,
    "__call__": _call,
    "get_layer": _get_layer,
    "get_config": _get_config,
    "count_params": _count_params,
    "compute_output_shape": _compute_output_shape,
    "get_initial_state": get_initial_state,
    "get_weights": get_weights,
    "set_weights": set_weights,
    "load_weights": saved_weights.load,
    **dict.fromkeys(
        ("summary", "reset_states"),
        _nothing,
    ),
}  # fmt: skip
