"""Attributes and methods of layers and models."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.module_names import attributes_of
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.tracker.keras import absent_attributes, dtypes, weights
from kerasmergelint.tracker.keras.configuration import configured
from kerasmergelint.tracker.keras.convert import shape_to_value
from kerasmergelint.tracker.keras.layer_methods import METHODS, TRAINING
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.keras.new_weights import add_weight
from kerasmergelint.tracker.keras.serializing import own_configs
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.values.containers import ListV, leaves
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import AnyLayer, LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance, NativeV, compiled_with
from kerasmergelint.tracker.values.training import Compiled, OptimizerV
from kerasmergelint.tracker.values.value import External, Value


def get(interp: Interpreter, layer: AnyLayer, name: str, site: Site) -> Value:
    """``layer.name`` of a layer or model that Keras ships."""
    if name in layer.attributes:
        return layer.attributes[name]
    absent = absent_attributes.of_layer(interp, layer, name)
    if absent is not None:
        raise interp.fails(absent, site)
    method = METHODS.get(name)
    if method is not None:
        takes = _parameters(layer) if name == "call" else ()
        return NativeV(name, lambda again, a, k, s: method(again, layer, a, k, s), takes)
    reader = _READERS.get(name)
    if reader is not None:
        return reader(interp, layer, name)
    if isinstance(layer, LayerV):
        return _of_layer(interp, layer, name)
    return interp.unknown(f"the attribute {name} of a layer")


def _parameters(layer: AnyLayer) -> tuple[str, ...]:
    """What ``layer.call`` takes, which programs ask ``inspect`` for: ``training``, ``mask``."""
    if not isinstance(layer, LayerV):
        return ()
    return layer.type.signature(layer.version).call


def _of_layer(interp: Interpreter, layer: LayerV, name: str) -> Value:
    """Attributes that only layers have: methods of their class, configuration, weights."""
    if name == "from_config":
        return class_of(layer).child(name)
    if name in layer.config:
        return configured(interp, layer, name)
    if weights.is_weight(layer, name):
        return weights.read(interp, layer, name)
    return interp.unknown(f"the attribute {name} of a layer")


def _name(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    return layer.name


def _class(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    return class_of(layer)


def _layers(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    found = layers_of(interp, layer)
    return interp.unknown("the layers of a model") if found is None else ListV(interp.heap, found)


def _built(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    return bool(not isinstance(layer, LayerV) or layer.first is not None)


def _own_dtype(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    given = layer.config.get("dtype") if isinstance(layer, LayerV) else None
    return _dtype(interp, given, name)


def class_of(layer: AnyLayer) -> External:
    """The class of a layer or model, which the program may call again."""
    package = "keras" if layer.version in V3 else "tf_keras"
    if isinstance(layer, LayerV):
        return External(f"{package}.layers.{layer.type.name}")
    return External(f"{package}.{'Sequential' if isinstance(layer, SequentialV) else 'Model'}")


def has(interp: Interpreter, layer: AnyLayer, name: str) -> bool | None:
    """``hasattr(layer, name)``; None if that depends on the version or on the layer's state."""
    if name in layer.attributes:
        return True
    if isinstance(layer, LayerV) and (name in layer.config or weights.is_built_with(layer, name)):
        return True
    if absent_attributes.of_layer(interp, layer, name) is not None:
        return False
    return _has({ModelV: "Model", SequentialV: "Sequential"}.get(type(layer)), name)


def instance_has(layer: Instance, name: str) -> bool | None:
    """The same for one of the program's own layers or models."""
    base = layer.state.base
    return _has(base if base in ("Layer", "Model", "Sequential") else None, name)


def _has(base: str | None, name: str) -> bool | None:
    """Whether Keras's class of this name has an attribute; None stands for a subclass of Layer."""
    of_layers = [attributes_of(base or "Layer", version) for version in KerasVersion]
    if all(name in names for names in of_layers):
        return True
    return False if base and not any(name in names for names in of_layers) else None


_DTYPES = frozenset({"dtype", "compute_dtype", "variable_dtype"})


def _dtype(interp: Interpreter, given: Value, name: str) -> Value:
    """The dtype of a layer: the constructor's argument, or the program's policy."""
    of = dtypes.compute_dtype if name == "compute_dtype" else dtypes.variable_dtype
    found = of(interp, given)
    return interp.unknown(f"the {name} of a layer") if found is None else found


def of_instance(interp: Interpreter, layer: Instance, name: str, site: Site) -> Value:
    state = layer.state
    if name in ("name", "_name"):
        return state.name
    if name == "add_weight" or name == "add_variable":
        own = state.own_dtype
        return NativeV(name, lambda again, a, k, s: add_weight(again, a, k, own, s))
    if name == "built":
        return state.built
    if name in _DTYPES:
        return _dtype(interp, state.own_dtype, name)
    if name in TRAINING and state.base in ("Model", "Sequential"):
        train = TRAINING[name]
        return NativeV(name, lambda again, a, k, s: train(again, layer, a, k, s))
    if name == "optimizer" and state.base in ("Model", "Sequential"):
        return _compiled_optimizer(state.compiled)
    if name == "loss" and state.compiled is not None:
        return state.compiled.loss
    if name == "__call__":  # not that of the base: the class may have a `call` of its own
        return NativeV(name, lambda again, a, k, s: again.call(layer, a, k, s))
    if name in ("save", "to_json") and state.base in ("Model", "Sequential"):
        return NativeV(name, lambda again, a, k, s: METHODS[name](again, layer, a, k, s))
    if name == "get_config":
        return NativeV(name, lambda again, a, k, s: own_configs.of_base(again, layer, s))
    target = state.model or state.inner
    if target is not None:
        if isinstance(target, (ModelV, SequentialV)) and absent_attributes.unheard_of(target, name):
            return interp.unknown(f"the attribute {name} of {layer.cls.name}")  # others may set it
        return interp.attribute(target, name, site)
    absent = absent_attributes.of_instance(interp, layer, name)
    if absent is not None:
        raise interp.fails(absent, site)
    if name in ("output", "input") and state.nodes:
        node = state.nodes[0]
        return node.outputs if name == "output" else node.inputs
    if name in ("build", "summary", "add_loss", "add_metric", "load_weights", "save",
                "save_weights", "set_weights"):  # fmt: skip
        return NativeV(name, lambda *_: None)
    return interp.unknown(f"the attribute {name} of {layer.cls.name}")


# -- inputs and outputs ---------------------------------------------------------------------


def _ends(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    side = "outputs" if name.startswith("output") else "inputs"
    if isinstance(layer, SequentialV) and layer.version in V3 and name in ("output", "input"):
        return _of_first_call(interp, layer, side)
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


def _of_first_call(interp: Interpreter, model: SequentialV, side: str) -> Value:
    """The input or output of a Sequential model's first symbolic call."""
    calls = [node for node in model.nodes if absent_attributes.may_be_symbolic(node)]
    if calls:
        return getattr(calls[0], side)
    value = _tensors(interp, model, side)
    return interp.unknown(f"the {side} of a model that was not called") if value is None else value


def _tensors(interp: Interpreter, layer: AnyLayer, side: str) -> Value:
    if isinstance(layer, ModelV):
        return getattr(layer, side)
    if isinstance(layer, SequentialV):
        return layer.output if side == "outputs" else layer.input
    if layer.nodes:
        first = layer.nodes[0]
        # An Input of Keras 2 is its own input; one of Keras 3 has none.
        begins = Kind.INPUT in first.kind and layer.version in V2
        return first.outputs if begins else getattr(first, side)
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


def _optimizer(interp: Interpreter, layer: AnyLayer, name: str) -> Value:
    """What a model was compiled with: without it, nothing trains."""
    if isinstance(layer, LayerV):
        return interp.unknown("the optimizer of a layer")
    return _compiled_optimizer(compiled_with(layer))


def _compiled_optimizer(compiled: Compiled | None) -> OptimizerV:
    optimizer = None if compiled is None else compiled.optimizer
    return optimizer if isinstance(optimizer, OptimizerV) else OptimizerV()


_READERS: dict[str, Callable[[Interpreter, Own, str], Value]] = {
    **dict.fromkeys(("name", "_name"), _name),
    "__class__": _class,
    **dict.fromkeys(("output", "outputs", "input", "inputs", "output_shape", "input_shape"), _ends),
    **dict.fromkeys(("layers", "_layers"), _layers),
    "built": _built,
    "optimizer": _optimizer,
    **dict.fromkeys(weights.LISTS, weights.listed),
    **dict.fromkeys(_DTYPES, _own_dtype),
}
