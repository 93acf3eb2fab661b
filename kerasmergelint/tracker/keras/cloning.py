"""``clone_model``, and layers made again from their configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.tracker.keras import inputs, layers, models
from kerasmergelint.tracker.keras.models import identity, substitute
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import LayerV, ModelV, Node, SequentialV, Site, ancestors
from kerasmergelint.tracker.values.values import (
    DictV,
    Instance,
    ListV,
    TensorV,
    Value,
    leaves,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

Args = list[Value]
Keywords = dict[str, Value]
_PARAMETERS = ("model", "input_tensors", "clone_function", "call_function", "recursive")


def clone_model(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A model of the same layers made anew, on new inputs or on the given ones."""
    bound = bind_native(interp, _PARAMETERS, args, keywords)
    model = bound.get("model")
    if isinstance(model, Instance) and model.layer is not None:
        model = model.layer.model
    if bound.get("call_function") is not None or "**" in keywords:
        return interp.unknown("a clone whose calls are replaced")
    clone = _Clone(interp, site, bound.get("clone_function"))
    given = interp.resolve(bound.get("input_tensors"))
    found = len(interp.outputs.events)
    interp.tracing += 1
    try:
        made = clone.of_model(model, given)
    finally:
        interp.tracing -= 1
    models.relocate(interp, found, site)
    if isinstance(made, (ModelV, SequentialV)):
        interp.outputs.models.append(made)
    return made


class _Clone:
    """The layers of one clone, each made once."""

    def __init__(self, interp: Interpreter, site: Site, function: Value) -> None:
        self.interp, self.site, self.function = interp, site, function
        self.made: dict[int, Value] = {}

    def of_model(self, model: Value, given: Value) -> Value:
        if isinstance(model, SequentialV) and not model.open:
            return self._sequential(model, given)
        if isinstance(model, ModelV):
            return self._functional(model, given)
        return self.interp.unknown("the clone of a model that is not known")

    # -- models --------------------------------------------------------------------------

    def _sequential(self, model: SequentialV, given: Value) -> Value:
        """The copies of the layers, behind the given input or a copy of the model's own."""
        interp = self.interp
        clone = SequentialV(interp.heap, interp.version, model.name)
        clone.named = model.named
        start = _only(given) if given is not None else model.input
        if isinstance(start, TensorV):
            layer = inputs.make_layer(interp, start.spec, None)
            clone.input = clone.output = inputs.placeholder(interp, start.spec, self.site, layer)
        elif start is not None:
            return interp.unknown("the inputs of a clone")
        for layer in model.layers:
            models.add(interp, clone, self.of_layer(layer), self.site)
        return clone

    def _functional(self, model: ModelV, given: Value) -> Value:
        interp = self.interp
        declared = [leaf for leaf in leaves(model.inputs) if isinstance(leaf, TensorV)]
        nest = self._new_inputs(model.inputs) if given is None else given
        fresh = list(leaves(nest))
        if len(fresh) != len(declared) or not all(isinstance(t, TensorV) for t in fresh):
            return interp.unknown("the inputs of a clone")
        known: dict[tuple[int, int], Value] = dict(zip(map(identity, declared), fresh))
        if interp.version in V2:
            nest = substitute(interp, model.inputs, known)
        elif _is_nested(nest) != _is_nested(model.inputs):
            return interp.unknown("the inputs of a clone are nested in another way")
        ends = {identity(tensor) for tensor in declared}
        for node in ancestors(model.outputs):
            self._again(node, known, ends)
        outputs = substitute(interp, model.outputs, known)
        clone = ModelV(interp.heap, nest, outputs, interp.version, model.name)
        clone.named = model.named
        return clone

    def _new_inputs(self, nest: Value) -> Value:
        """Placeholders of the same shapes and names."""
        if isinstance(nest, TensorV):
            node = nest.node
            old = node.layer if node is not None and Kind.INPUT in node.kind else None
            named = old.name if isinstance(old, LayerV) else None
            layer = inputs.make_layer(self.interp, nest.spec, named)
            return inputs.placeholder(self.interp, nest.spec, self.site, layer)
        if isinstance(nest, tuple):
            return tuple(map(self._new_inputs, nest))
        if isinstance(nest, ListV):
            return ListV(self.interp.heap, list(map(self._new_inputs, nest.items)))
        if isinstance(nest, DictV):
            items = {key: self._new_inputs(item) for key, item in nest.items.items()}
            return DictV(self.interp.heap, items)
        return nest

    def _again(
        self, node: Node, known: dict[tuple[int, int], Value], ends: set[tuple[int, int]]
    ) -> None:
        """One call again, of the copy of its layer."""
        interp = self.interp
        tensors = [leaf for leaf in leaves(node.outputs) if isinstance(leaf, TensorV)]
        if any(identity(tensor) in ends for tensor in tensors) or not tensors:
            return
        if Kind.INPUT in node.kind or node.replay is None:
            return
        operands = substitute(interp, node.inputs, known)
        others = {name: substitute(interp, v, known) for name, v in node.arguments.items()}
        if node.layer is None:
            more = [others] if others else []
            result = node.replay(interp, operands, self.site, *more)
        else:
            copy = self.of_layer(node.layer)
            result = interp.call(copy, [operands], others, self.site)
        results = list(leaves(result))
        for index, tensor in enumerate(tensors):
            fallback = interp.unknown("part of a clone that is not known")
            known[identity(tensor)] = results[index] if index < len(results) else fallback

    # -- layers --------------------------------------------------------------------------

    def of_layer(self, layer: Value) -> Value:
        """A new layer of the same configuration, or what the program's function makes of it."""
        if id(layer) not in self.made:
            self.made[id(layer)] = self._copy(layer)
        return self.made[id(layer)]

    def _copy(self, layer: Value) -> Value:
        if self.function is not None:
            return self.interp.call(self.function, [layer], {}, self.site)
        return copy_of(self.interp, layer, self.site)


def copy_of(interp: Interpreter, layer: Value, site: Site) -> Value:
    """``layer.from_config(layer.get_config())``."""
    if isinstance(layer, (ModelV, SequentialV)):
        return _Clone(interp, site, None).of_model(layer, None)
    if not isinstance(layer, LayerV):
        # What get_config of the program's own layers keeps is up to them.
        return interp.unknown("the copy of a layer of the program's own")
    config = {key: _copied(interp, value, site) for key, value in layer.config.items()}
    made = LayerV(interp.heap, layer.type, config, layer.version, layer.name)
    made.named = layer.named
    made.attributes = {k: v for k, v in layer.attributes.items() if k.startswith("(")}
    return made


def _copied(interp: Interpreter, value: Any, site: Site) -> Any:
    """A part of a configuration: wrapped layers are made anew as well."""
    if isinstance(value, layers.Inner):
        return interp.sublayer(copy_of(interp, value.layer, site))
    if isinstance(value, (list, tuple)):
        return type(value)(_copied(interp, item, site) for item in value)
    return value


def _is_nested(value: Value) -> bool:
    return isinstance(value, (ListV, tuple, DictV))


def _only(given: Value) -> Value:
    """The one tensor of a list of one."""
    items = given.items if isinstance(given, ListV) else given
    return items[0] if isinstance(items, (list, tuple)) and len(items) == 1 else given


# -- configurations -------------------------------------------------------------------------


def config_of(interp: Interpreter, layer: LayerV) -> DictV:
    """``layer.get_config()``: the arguments of the constructor, as far as they are plain values."""
    from kerasmergelint.tracker.keras.layer_attributes import configured

    items: dict[Any, Value] = {"name": layer.name, "trainable": True}
    for key, value in layer.config.items():
        if key.endswith(("activation", "_initializer", "_regularizer", "_constraint")):
            plain = value is None or isinstance(value, str)
            items[key] = value if plain else interp.unknown(f"the {key} of a layer")
        elif isinstance(value, layers.Inner):
            items[key] = interp.unknown("the configuration of a wrapped layer")
        else:
            items[key] = configured(interp, layer, key)
    return DictV(interp.heap, items)


def from_config(
    interp: Interpreter, name: str, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``Dense.from_config(config)``: the constructor with these arguments."""
    from kerasmergelint.keras_api.layers import find

    entry = find(name, interp.version)
    given = args[0] if args else keywords.get("config")
    if entry is None or name in ("Lambda", "InputLayer"):
        return interp.unknown(f"{name}.from_config is not modelled")
    if not isinstance(given, DictV) or given.open or not all(type(k) is str for k in given.items):
        return layers.construct(interp, entry, [], {"**": given}, site)
    return layers.construct(interp, entry, [], dict(given.items), site)
