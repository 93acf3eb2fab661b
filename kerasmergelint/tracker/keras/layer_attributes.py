"""What the attributes and methods of layers and models are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.layers.weights import weight_shape
from kerasmergelint.keras_api.module_names import attributes_of
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import Expr
from kerasmergelint.tracker.keras import counting, dtypes, models
from kerasmergelint.tracker.keras.convert import (
    from_dim,
    from_plain,
    shape_to_value,
    shape_value,
    shapes_of,
    to_tensor_nest,
    value_to_shape,
)
from kerasmergelint.tracker.keras.model_layers import layer_named, layers_of
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import (
    LayerState,
    LayerV,
    ModelV,
    SequentialV,
    Site,
)
from kerasmergelint.tracker.values.values import (
    DictV,
    External,
    Instance,
    ListV,
    NativeV,
    TensorV,
    UnknownV,
    Value,
    leaves,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

Method = Callable[["Interpreter", Value, list[Value], dict[str, Value], Site], Value]


def get(interp: Interpreter, layer: Value, name: str, site: Any) -> Value:
    """``layer.name``."""
    if isinstance(layer, Instance):
        return _of_instance(interp, layer, name, site)
    if name in layer.attributes:
        return layer.attributes[name]
    method = _METHODS.get(name)
    if method is not None:
        return NativeV(name, lambda again, a, k, s: method(again, layer, a, k, s))
    if name in ("name", "_name"):
        return layer.name
    if name == "__class__":
        return class_of(layer)
    if name == "from_config" and isinstance(layer, LayerV):
        return class_of(layer).child(name)
    if name in ("output", "outputs", "input", "inputs", "output_shape", "input_shape"):
        return _ends(interp, layer, name)
    if name in ("layers", "_layers"):
        found = layers_of(interp, layer)
        return (
            interp.unknown("the layers of a model") if found is None else ListV(interp.heap, found)
        )
    if name == "built":
        return bool(not isinstance(layer, LayerV) or layer.first is not None)
    if name in _DTYPES:
        return _dtype(
            interp, layer.config.get("dtype") if isinstance(layer, LayerV) else None, name
        )
    if isinstance(layer, LayerV):
        if name in layer.config:
            return configured(interp, layer, name)
        weight = weight_shape(layer.type.name, name, layer.config, layer.first)
        if weight is not None:
            return TensorV(TensorSpec(weight, None, TensorKind.EAGER))
    return interp.unknown(f"the attribute {name} of a layer")


def class_of(layer: Value) -> External:
    """The class of a layer or model, as the program may call it again."""
    package = "keras" if layer.version in V3 else "tf_keras"
    if isinstance(layer, LayerV):
        return External(f"{package}.layers.{layer.type.name}")
    return External(f"{package}.{'Sequential' if isinstance(layer, SequentialV) else 'Model'}")


def has(layer: Value, name: str) -> bool | None:
    """``hasattr(layer, name)``; None where it depends on the version or on what happened to it."""
    if isinstance(layer, Instance):
        state: LayerState = layer.layer
        plain = state.base if state.base in ("Layer", "Model", "Sequential") else None
    else:
        plain = {ModelV: "Model", SequentialV: "Sequential"}.get(type(layer))
        if name in layer.attributes or (isinstance(layer, LayerV) and name in layer.config):
            return True
    if name in attributes_of(plain or "Layer", KerasVersion.V3) & attributes_of(
        plain or "Layer", KerasVersion.V2
    ):
        return True
    here = [attributes_of(plain, version) for version in KerasVersion] if plain else []
    return False if plain and not any(name in names for names in here) else None


_DTYPES = frozenset({"dtype", "compute_dtype", "variable_dtype"})


def _dtype(interp: Interpreter, given: Value, name: str) -> Value:
    """The dtype of a layer: what its constructor was given, or the policy of the program."""
    of = dtypes.compute_dtype if name == "compute_dtype" else dtypes.variable_dtype
    found = of(interp, given)
    return interp.unknown(f"the {name} of a layer") if found is None else found


# Sizes that a layer stores once for every spatial axis.
_WINDOWS = frozenset(
    {"kernel_size", "strides", "dilation_rate", "pool_size", "size", "output_padding"}
)


def configured(interp: Interpreter, layer: LayerV, name: str) -> Value:
    value = layer.config[name]
    if name in _WINDOWS and isinstance(value, int) and layer.type.rank is not None:
        return (value,) * (layer.type.rank - 2)
    if name == "data_format" and value is None:
        return interp.image_data_format
    if name.endswith("activation") and (value is None or isinstance(value, str)):
        return External(f"keras.activations.{value or 'linear'}")
    if name.endswith(("_initializer", "_regularizer", "_constraint")):
        return interp.unknown(f"the {name} of a layer")
    if isinstance(value, TensorSpec):  # a constant, which build() brings into another shape
        return interp.unknown(f"the attribute {name} of a layer")
    if isinstance(value, Expr):
        return from_dim(value)
    return from_plain(interp, value, None, f"the attribute {name} of a layer")


def _of_instance(interp: Interpreter, layer: Instance, name: str, site: Any) -> Value:
    state: LayerState = layer.layer
    if name in ("name", "_name"):
        return state.name
    if name == "add_weight" or name == "add_variable":
        own = layer.attributes.get("(dtype)")
        return NativeV(name, lambda again, a, k, s: _add_weight(again, a, k, own))
    if name == "built":
        return state.built
    if name in _DTYPES:
        return _dtype(interp, layer.attributes.get("(dtype)"), name)
    target = state.model or state.inner
    if target is not None:
        return get(interp, target, name, site)
    if name in ("output", "input") and state.nodes:
        node = state.nodes[0]
        return node.outputs if name == "output" else node.inputs
    if name in ("build", "compile", "summary", "add_loss", "add_metric", "load_weights", "save",
                "save_weights", "set_weights"):  # fmt: skip
        return NativeV(name, lambda *_: None)
    if name == "fit" or name == "predict":
        return NativeV(name, lambda again, *_: again.unknown(f"what {name} gives"))
    return interp.unknown(f"the attribute {name} of {layer.cls.name}")


# -- inputs and outputs ---------------------------------------------------------------------


def _ends(interp: Interpreter, layer: Value, name: str) -> Value:
    side = "outputs" if name.startswith("output") else "inputs"
    value = _tensors(interp, layer, side)
    if value is None:
        return interp.unknown(f"`{name}` of a layer that has not been called")
    if name in ("outputs", "inputs"):
        return ListV(interp.heap, list(leaves(value)))
    if name in ("output_shape", "input_shape"):
        return _shape_nest(interp, value)
    if isinstance(layer, ModelV) and layer.version in V2:
        flat = list(leaves(value))
        return flat[0] if len(flat) == 1 else value
    return value


def _tensors(interp: Interpreter, layer: Value, side: str) -> Value:
    if isinstance(layer, ModelV):
        return getattr(layer, side)
    if isinstance(layer, SequentialV):
        return layer.output if side == "outputs" else layer.input
    if layer.nodes:
        return getattr(layer.nodes[0], side)
    return None


def _shape_nest(interp: Interpreter, value: Value) -> Value:
    if isinstance(value, TensorV):
        return shape_to_value(value.spec.shape)
    if isinstance(value, ListV) and len(value.items) == 1:
        return _shape_nest(interp, value.items[0])
    if isinstance(value, (ListV, tuple)):
        items = value.items if isinstance(value, ListV) else value
        return ListV(interp.heap, [_shape_nest(interp, item) for item in items])
    return interp.unknown("a shape that is not known")


# -- layers of a model ----------------------------------------------------------------------


def _get_layer(
    interp: Interpreter, model: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    bound = bind_native(interp, ("name", "index"), args, keywords)
    found = layers_of(interp, model)
    index, name = bound.get("index"), bound.get("name")
    if isinstance(index, int) and found is not None and -len(found) <= index < len(found):
        return found[index]
    if index is None and isinstance(name, str):
        if found is None and isinstance(model, ModelV):
            chosen = layer_named(model, name)
            return interp.unknown("a layer that was not found") if chosen is None else chosen
        for layer in found or ():
            if not isinstance(layer, UnknownV) and _name_of(layer) == name:
                return layer
    return interp.unknown("a layer of a model that was not found")


def _name_of(layer: Value) -> Value:
    return layer.layer.name if isinstance(layer, Instance) else layer.name


# -- methods --------------------------------------------------------------------------------


def _add(
    interp: Interpreter, model: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    layer = args[0] if args else keywords.get("layer")
    if isinstance(model, SequentialV):
        models.add(interp, model, layer, site)
    return None


def _pop(
    interp: Interpreter, model: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    if not isinstance(model, SequentialV):
        return interp.unknown("pop")
    interp.heap.touch(model)
    if not model.layers or model.open:
        return interp.unknown("pop")
    *kept, last = model.layers
    last = None if interp.version in V2 else last  # it gives nothing there
    start = model.input
    model.layers, model.input, model.output = (), None, None
    model.input = model.output = start
    events = len(interp.outputs.events)
    model.layers = tuple(kept)
    if start is not None:
        interp.tracing += 1
        for layer in kept:
            model.output = interp.call(layer, [model.output], {}, site)
        interp.tracing -= 1
        del interp.outputs.events[events:]
    return last


def _build(
    interp: Interpreter, layer: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """``build(input_shape)``: for a Sequential model it sets the input, for a layer the weights."""
    shape = value_to_shape(interp, args[0] if args else keywords.get("input_shape"))
    if isinstance(layer, SequentialV) and layer.input is None:
        interp.call(layer, [TensorV(TensorSpec(shape))], {}, site)
    elif isinstance(layer, LayerV) and layer.first is None:
        interp.heap.touch(layer)
        layer.first = shape
    return None


def _compute_output_shape(
    interp: Interpreter, layer: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """The shape that a call on such a shape gives; nothing is reported for it."""
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
            outcome = interp.sublayer(layer).apply(to_tensor_nest(interp, inputs), layer.first)
        except Broken:
            return interp.unknown("a shape that the layer refuses")
        return shape_value(interp, shapes_of(outcome.outputs))
    with interp.aside():
        result = interp.call(layer, [inputs], {}, site)
        if not any(isinstance(leaf, TensorV) for leaf in leaves(result)):
            return interp.unknown("compute_output_shape of a layer that is not understood")
        shapes = shapes_of(to_tensor_nest(interp, result))
    return shape_value(interp, shapes)


def _count_params(
    interp: Interpreter, layer: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    found = counting.parameters(layer)
    return interp.unknown("the number of weights") if found is None else found


def _nothing(
    interp: Interpreter, layer: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    return None


def _call(
    interp: Interpreter, layer: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    return interp.call(layer, args, keywords, site)


def _get_config(
    interp: Interpreter, layer: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    if isinstance(layer, LayerV):
        from kerasmergelint.tracker.keras import cloning

        return cloning.config_of(interp, layer)
    made = DictV(interp.heap, {})
    made.open, made.reason = True, "a configuration"
    return made


def _on_data(name: str) -> Method:
    """``fit``, ``predict``, ``evaluate``: what is passed must fit the inputs."""

    def method(
        interp: Interpreter, model: Value, args: list[Value], keywords: dict[str, Value], site: Site
    ) -> Value:
        models.check_data(interp, model, args[0] if args else keywords.get("x"), site, name)
        return interp.unknown("what training gives")

    return method


_METHODS: dict[str, Method] = {
    "fit": _on_data("fit"),
    "predict": _on_data("predict"),
    "evaluate": _on_data("evaluate"),
    "train_on_batch": _on_data("train_on_batch"),
    "add": _add,
    "pop": _pop,
    "build": _build,
    "call": _call,
    "__call__": _call,
    "get_layer": _get_layer,
    "get_config": _get_config,
    "count_params": _count_params,
    "compute_output_shape": _compute_output_shape,
    **dict.fromkeys(
        ("compile", "summary", "load_weights", "save", "save_weights", "set_weights", "add_loss",
         "add_metric", "reset_states", "adapt"),
        _nothing,
    ),
}  # fmt: skip


def _add_weight(
    interp: Interpreter, args: list[Value], keywords: dict[str, Value], own_dtype: Value
) -> Value:
    """A weight is a tensor with data: its shape is what was asked for."""
    if args and isinstance(args[0], str):
        bound = bind_native(interp, ("name", "shape", "dtype", "initializer"), args, keywords)
    else:
        bound = bind_native(interp, ("shape", "initializer", "dtype"), args, keywords)
    shape = bound.get("shape", ())
    if shape is None:
        shape = ()
    dtype = bound.get("dtype")
    # Inside call() weights of a mixed policy are cast by themselves: then their type says nothing.
    plain = "float32" if interp.dtype_policy == "float32" and own_dtype is None else None
    known = dtype if isinstance(dtype, str) else plain if dtype is None else None
    return TensorV(TensorSpec(value_to_shape(interp, shape), known, TensorKind.EAGER))
