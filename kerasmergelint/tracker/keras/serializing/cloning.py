"""``clone_model``, and copies of layers."""

from __future__ import annotations

from typing import Any

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.tracker.keras import inputs, sequential
from kerasmergelint.tracker.keras.convert import Inner
from kerasmergelint.tracker.keras.replaying import relocate, substitute
from kerasmergelint.tracker.keras.serializing import own_objects
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves, mapped
from kerasmergelint.tracker.values.graph import Node, Site, TensorV, as_passed, identity, repeated
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance, compiled_with
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value

_PARAMETERS = ("model", "input_tensors", "clone_function", "call_function", "recursive")


def clone_model(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A model of new copies of the layers, on new inputs or on the given ones."""
    bound = bind_native(interp, _PARAMETERS, args, keywords)
    model = bound.get("model")
    if isinstance(model, Instance) and model.layer is not None:
        if model.layer.model is None:
            return _of_subclassed(interp, model, bound, site)
        model = model.layer.model
    if bound.get("call_function") is not None or REST in keywords:
        return interp.unknown("a clone whose calls are replaced")
    if "clone_function" not in bound:
        _check_compiled(interp, model, site)
    clone = _Clone(interp, site, bound.get("clone_function"))
    given = interp.resolve(bound.get("input_tensors"))
    found = len(interp.outputs.events)
    with aside.tracing(interp):
        made = clone.of_model(model, given)
    relocate(interp, found, site)
    if isinstance(made, (ModelV, SequentialV)):
        if isinstance(model, (ModelV, SequentialV)):
            made.compiled = model.compiled  # as Keras 3 does
        interp.outputs.models.append(made)
        made.compiled = compiled_with(model)  # as of Keras 3; before, nothing could train it
    return made


def _check_compiled(interp: Interpreter, model: Value, site: Site) -> None:
    """As of Keras 3.9, the clone of a compiled model is compiled with what was written down of it."""
    if interp.surely(own_objects.BY_NAME_ALONE):
        objects = own_objects.of_compiling(compiled_with(model))
        found = own_objects.unfound(interp, objects, frozenset())
        if found is not None:
            raise interp.fails(own_objects.problem("clone_model", found), site)


def _of_subclassed(
    interp: Interpreter, model: Instance, bound: dict[str, Value], site: Site
) -> Value:
    """The clone of a model with a ``call`` of its own: Keras 3 makes it again from its configuration."""
    if len(bound) > 1 or not interp.surely(V3):
        return interp.unknown("the clone of a model of the program's own")
    return copy_of(interp, model, site)


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
        """The copies of the layers, after the given input or a copy of the model's own."""
        interp = self.interp
        clone = SequentialV(interp.heap, interp.version, model.name)
        clone.named = model.named
        start = _only(given) if given is not None else model.input
        if isinstance(start, TensorV):
            layer = inputs.make_layer(interp, start.spec, None)
            clone.input = clone.output = inputs.placeholder(interp, start.spec, self.site, layer)
        elif start is not None:
            return interp.unknown("the inputs of a clone")
        for part in model.layers:
            sequential.add(interp, clone, self.of_layer(part), self.site)
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
            return interp.unknown("the inputs of a clone are nested differently")
        ends = {identity(tensor) for tensor in declared}
        for node in repeated(model.outputs):
            self._again(node, known, ends)
        outputs = substitute(interp, model.outputs, known)
        clone = ModelV(interp.heap, nest, outputs, interp.version, model.name)
        clone.named = model.named
        return clone

    def _new_inputs(self, nest: Value) -> Value:
        """Placeholders of the same shapes and names."""

        def placeholder(leaf: Value) -> Value:
            if not isinstance(leaf, TensorV):
                return leaf
            node = leaf.node
            old = node.layer if node is not None and Kind.INPUT in node.kind else None
            name = old.name if isinstance(old, LayerV) else None
            layer = inputs.make_layer(self.interp, leaf.spec, name)
            return inputs.placeholder(self.interp, leaf.spec, self.site, layer)

        return mapped(self.interp.heap, nest, placeholder)

    def _again(
        self, node: Node, known: dict[tuple[int, int], Value], ends: set[tuple[int, int]]
    ) -> None:
        """Repeat one call with the copy of its layer."""
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
            more_args, by_name = as_passed(others)
            result = interp.call(copy, [operands, *more_args], by_name, self.site)
        results = list(leaves(result))
        for index, tensor in enumerate(tensors):
            fallback = interp.unknown("part of a clone that is not known")
            known[identity(tensor)] = results[index] if index < len(results) else fallback

    # -- layers --------------------------------------------------------------------------

    def of_layer(self, layer: Value) -> Value:
        """A new layer of the same configuration, or the result of the program's ``clone_function``."""
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
    if isinstance(layer, Instance) and layer.layer is not None:
        config = interp.call(interp.attribute(layer, "get_config", site), [], {}, site)
        return interp.call(interp.attribute(layer.cls, "from_config", site), [config], {}, site)
    if not isinstance(layer, LayerV):
        return interp.unknown("the copy of a layer that is not known")
    config = {key: _copied(interp, value, site) for key, value in layer.config.items()}
    made = LayerV(interp.heap, layer.type, config, layer.version, layer.name)
    made.named = layer.named
    made.declared, made.spec = layer.declared, layer.spec
    return made


def _copied(interp: Interpreter, value: Any, site: Site) -> object:
    """A part of a configuration; wrapped layers are copied, too."""
    if isinstance(value, Inner):
        return Inner(interp, copy_of(interp, value.layer, site))
    if isinstance(value, (list, tuple)):
        return type(value)(_copied(interp, item, site) for item in value)
    return value


def _is_nested(value: Value) -> bool:
    return isinstance(value, (ListV, tuple, DictV))


def _only(given: Value) -> Value:
    """The tensor in a list of one."""
    items = given.items if isinstance(given, ListV) else given
    return items[0] if isinstance(items, (list, tuple)) and len(items) == 1 else given
