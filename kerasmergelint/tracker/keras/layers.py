"""Layers: making them, calling them, and what their attributes are.

Layers that Keras ships are called through their declaration in ``keras_api``; layers that the program
defines run their ``build`` and ``call`` on the shapes that reach them, as Keras does.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api import names
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Nest,
    Outcome,
    Problem,
    ProblemKind,
    SubLayer,
    TensorSpec,
)
from kerasmergelint.keras_api.reserved import is_reserved
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.hazards import merges as hazards
from kerasmergelint.tracker.keras import dtypes, memo, models, traced, worlds
from kerasmergelint.tracker.keras.convert import (
    from_plain,
    shape_leaves,
    to_plain,
    to_tensor_nest,
    value_to_shape,
)
from kerasmergelint.tracker.keras.operations import note_merge, note_outcome, number_outputs
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.events import Call, Event, Verdict
from kerasmergelint.tracker.python import classes
from kerasmergelint.tracker.values.graph import (
    Again,
    LayerState,
    LayerV,
    ModelV,
    Node,
    Recipe,
    SequentialV,
    Site,
    give_name,
    own_copy,
)
from kerasmergelint.tracker.values.values import (
    ClassV,
    DictV,
    External,
    FunctionV,
    Instance,
    ListV,
    NativeV,
    Spread,
    Value,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter

# -- construction ---------------------------------------------------------------------------


_MERGE = Kind.MERGE
_STEPS_OF_A_CALL = 7  # what a rule costs, compared to a plain statement


def construct(
    interp: Interpreter,
    entry: LayerType,
    args: list[Value],
    keywords: dict[str, Value],
    site: Site,
) -> Value:
    """``Dense(5)``."""
    limits.work(interp, _STEPS_OF_A_CALL)

    name = keywords.get("name")
    unsure = "**" in keywords or Spread in map(type, args)
    chosen = type(name) is str  # and so nothing that a constructor would look at
    known = {
        key: to_plain(interp, value)
        for key, value in keywords.items()
        if key != "**" and not (chosen and key == "name")
    }
    serial: int | None = None
    try:
        if unsure:
            plain: list[Any] = []
            for argument in args:
                if isinstance(argument, Spread):
                    break
                plain.append(to_plain(interp, argument))
            config = _partly_known(interp, entry, plain, known)  # nothing to refuse
        else:
            plain = [to_plain(interp, argument) for argument in args]
            config, serial = _configured(interp, entry, plain, known)
    except Broken as broken:
        again = interp.recipe("construct", entry.name, args, keywords)
        return interp.broken(broken.problem, site, entry.name, None, again)
    if interp.image_data_format != "channels_last" and config.get("data_format", "") is None:
        config = {**config, "data_format": to_plain(interp, interp.image_data_format)}
        serial = None
    made = LayerV(interp.heap, entry, config, interp.version, "", serial)
    give_name(interp, made, name, entry.name)
    if name is not None and not isinstance(name, str):
        made.attributes["name"] = name
    return made


_CONFIGURED: memo.Memo[tuple[Config, int]] = memo.Memo()
_CALLED: memo.Memo[Outcome] = memo.Memo()
_SERIALS = itertools.count()


def _configured(
    interp: Interpreter, entry: LayerType, args: list[Any], keywords: dict[str, Any]
) -> tuple[Config, int | None]:
    """The configuration for these arguments, and a number that no other configuration has."""
    try:
        given = (memo.key_of(args), memo.key_of(keywords))
    except memo.NoKey:
        return interp.apply(lambda version: entry.construct(args, keywords, version)), None
    key = (entry.name, interp.version, interp.version_certain, given)
    known = _CONFIGURED.get(key)
    if known is None:
        config = interp.apply(lambda version: entry.construct(args, keywords, version))
        known = config, next(_SERIALS)
        _CONFIGURED.keep(key, known)
    return known


def _partly_known(
    interp: Interpreter, entry: LayerType, plain: list[Any], known: dict[str, Any]
) -> Any:
    """A configuration of which only some arguments are known: nothing is taken for a default."""
    unknown = dict(entry.unknown_config(interp.version))
    given = dict(zip(list(unknown), plain))
    for key, value in {**given, **known}.items():
        if key in unknown:
            unknown[key] = value
    return unknown


def construct_lambda(
    interp: Interpreter, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """A Lambda keeps its function as a value."""
    entry = find_layer("Lambda", interp.version)
    assert entry is not None
    config: dict[str, Any] = {
        "function": UNKNOWN,
        "output_shape": None,
        "mask": None,
        "arguments": None,
    }
    config.update(dict(zip(config, args)))
    config.update({k: v for k, v in keywords.items() if k in config})
    made = LayerV(interp.heap, entry, config, interp.version, "")
    give_name(interp, made, keywords.get("name"), "Lambda")
    return made


# -- calling --------------------------------------------------------------------------------


def _many(args: list[Value]) -> int:
    """How many inputs a merge has beyond the usual: each of them costs."""
    first = args[0] if args else None
    items = first.items if isinstance(first, ListV) else first
    return len(items) if isinstance(items, (list, tuple)) else 0


def call_layer(
    interp: Interpreter, layer: Value, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """``layer(inputs, ...)`` for any kind of layer or model."""
    limits.work(interp, _STEPS_OF_A_CALL + _many(args))
    if type(layer) is LayerV and layer.type.name != "Lambda":
        return call_builtin(interp, layer, args, keywords, site)
    if isinstance(layer, ModelV):
        return models.call_functional(interp, layer, _only_input(args, keywords, "inputs"), site)
    if isinstance(layer, SequentialV):
        return models.call_sequential(interp, layer, _only_input(args, keywords, "inputs"), site)
    if isinstance(layer, Instance):
        if classes.forgets_base(layer):
            return _not_initialised(interp, layer, site)
        return traced.call_custom(interp, layer, args, keywords, site)
    return traced.call_lambda(interp, layer, _only_input(args, keywords, "inputs"), site)


def _not_initialised(interp: Interpreter, layer: Instance, site: Site) -> Value:
    """Both versions of Keras notice it at the first call."""
    problem = Problem(
        ProblemKind.NOT_INITIALISED,
        "RuntimeError",
        "the constructor does not call `super().__init__()`",
        hint="make it the first statement of `__init__`",
    )
    return interp.broken(problem, site, layer.cls.name, None)


def _only_input(args: list[Value], keywords: dict[str, Value], name: str) -> Value:
    if args:
        return args[0]
    return keywords.get(name)


def call_builtin(
    interp: Interpreter, layer: LayerV, args: list[Value], keywords: dict[str, Value], site: Site
) -> Value:
    """Call a layer that Keras ships, through its rule."""
    entry = layer.type
    recipe = interp.recipe("layer", layer, args, keywords)
    parameters = entry.call_parameters
    bound: dict[str, Value] = dict(zip(parameters, args))
    if keywords:
        bound.update({key: value for key, value in keywords.items() if key != "**"})
    is_merge = entry.kind.is_any(_MERGE)
    if len(args) > len(parameters):
        problem = Problem(
            ProblemKind.MERGE_INPUTS if is_merge else ProblemKind.LAYER_INPUTS,
            "TypeError",
            f"takes {len(parameters)} positional arguments, got {len(args)}",
            hint="pass the tensors as one list" if is_merge else None,
        )
        return interp.broken(problem, site, entry.name, tuple(args), recipe)
    first = parameters[0] if parameters else "inputs"
    inputs = bound.pop(first, bound.pop("inputs", None))
    nest = to_tensor_nest(interp, inputs)
    arguments = {key: to_plain(interp, value) for key, value in bound.items()}
    try:
        outcome = _outcome(interp, layer, nest, arguments)
    except Broken as broken:
        if is_merge:
            note_merge(interp, site, entry.name, Verdict.BROKEN, broken.problem.detail)
        return interp.broken(broken.problem, site, entry.name, inputs, recipe)
    if is_merge:
        note_outcome(interp, site, entry.name, outcome, inputs, recipe)
    else:
        report_hazards(interp, site, entry.name, outcome, inputs, recipe)
    return finish_call(interp, layer, entry.name, inputs, bound, nest, outcome, site, recipe)


def _outcome(interp: Interpreter, layer: LayerV, nest: Nest, arguments: dict[str, Any]) -> Outcome:
    """What the rule says to these inputs; raises Broken."""
    key = _key_of_call(interp, layer, nest, arguments)
    known = None if key is None else _CALLED.get(key)
    if known is not None:
        return known

    def rule(version: KerasVersion) -> Outcome:
        return layer.type.call(LayerCall(layer.config, nest, version, layer.first, arguments))

    explicit = layer.version if layer.version is not interp.version else None
    with interp.speaking(explicit):
        answer = worlds.settled(interp.apply(rule), nest)
        outcome = dtypes.computed(interp, answer, layer.config.get("dtype"))
    if key is not None:
        _CALLED.keep(key, outcome)
    return outcome


def _key_of_call(
    interp: Interpreter, layer: LayerV, nest: Nest, arguments: dict[str, Any]
) -> Hashable | None:
    """All that the outcome of a call depends on; None if it cannot be told."""
    if layer.serial_of_config is None:
        return None
    try:
        return (
            layer.serial_of_config,
            layer.version,
            interp.version,
            interp.version_certain,
            memo.key_of(interp.dtype_policy),
            memo.key_of_inputs(nest),
            memo.key_of(layer.first),
            memo.key_of(arguments),
        )
    except memo.NoKey:
        return None


def report_hazards(
    interp: Interpreter,
    site: Site,
    label: str,
    outcome: Outcome,
    operands: Value,
    recipe: Recipe | None = None,
) -> None:
    for hazard in outcome.hazards:
        interp.outputs.events.append(Event.of(interp, hazard, site, label, operands, recipe))


def finish_call(
    interp: Interpreter,
    layer: LayerV,
    label: str,
    inputs: Value,
    bound: dict[str, Value],
    nest: Any,
    outcome: Outcome,
    site: Site,
    recipe: Recipe | None = None,
) -> Value:
    """The outputs of a call that worked, remembered by the layer."""
    node = Node(label, site, own_copy(interp.heap, inputs), _AGAIN, layer, layer.type.kind)
    node.arguments = bound
    node.recipe = recipe
    result = number_outputs(
        from_plain(interp, outcome.outputs, node, f"the output of {label} is not known")
    )
    node.outputs = result
    hazards.notice(interp, node)
    interp.heap.touch(layer)
    if layer.first is None:
        given = {name: to_plain(interp, bound.get(name)) for name in layer.type.build_arguments}
        layer.first = layer.type.built_on(nest, given)
    layer.nodes = (*layer.nodes, node)
    record(interp, site, label, nest, outcome.outputs)
    return result


def _again(
    node: Node,
    interp: Interpreter,
    inputs: Value,
    site: Site,
    others: dict[str, Value] | None = None,
) -> Value:
    arguments = node.arguments if others is None else others
    return call_builtin(interp, node.layer, [inputs], dict(arguments), site)


_AGAIN = Again(_again)


def record(
    interp: Interpreter, site: Site, label: str, nest: Any, outputs: Any, *, custom: bool = False
) -> None:
    """Remember a call on symbolic tensors, for summaries."""
    if interp.recording and not interp.tracing:
        call = Call(site, label, shape_leaves(nest), shape_leaves(outputs), custom)
        interp.outputs.calls.append(call)


def input_call(site: Site, spec: TensorSpec) -> Call:
    """``Input(...)``, for summaries."""
    return Call(site, "Input", (), (spec.shape,))


# -- layers that the program defines --------------------------------------------------------

_BASES = {"Layer": "Layer", "Model": "Model", "Sequential": "Sequential", "Functional": "Model"}


def adopt(interp: Interpreter, instance: Instance, made_with: Recipe | None = None) -> None:
    """Give an instance its layer state, if its class inherits from Keras."""
    base = keras_base(interp, instance.cls.mro)
    if base is not None:
        name = interp.names.fresh(instance.cls.name)
        instance.layer = LayerState(base, interp.version, name, made_with=made_with)


def keras_base(interp: Interpreter, mro: tuple[Value, ...]) -> str | None:
    """The Keras class that comes first in a method resolution order."""
    for entry in mro:
        if isinstance(entry, External):
            found = names.canonical(entry.dotted, interp.version)
            if found is None:
                continue
            if found.kind in ("Model", "Sequential"):
                return found.kind
            if found.kind == "layer" or found.name in _BASES:
                return _BASES.get(found.name, found.name)
    return None


def initialise_base(
    interp: Interpreter,
    instance: Instance,
    args: list[Value],
    keywords: dict[str, Value],
    site: Site,
) -> Value:
    """``super().__init__(...)`` that has reached Keras."""
    import dataclasses

    state: LayerState = instance.layer
    interp.heap.touch(instance)
    name = keywords.get("name")
    if isinstance(name, str):
        state = dataclasses.replace(state, name=name)
    if state.base == "Model" and (len(args) >= 2 or "outputs" in keywords):
        model = models.construct_functional(interp, args, keywords, site)
        if isinstance(model, ModelV):
            state = dataclasses.replace(state, model=model, built=True)
    elif state.base == "Sequential":
        sequential = models.construct_sequential(interp, args, keywords, site)
        state = dataclasses.replace(state, model=sequential)
    elif state.base not in ("Layer", "Model"):
        entry = find_layer(state.base, interp.version)
        if entry is not None:
            taken = _for_base(instance, entry, keywords)
            told = len(interp.outputs.events)
            inner = construct(interp, entry, args, taken, site)
            if _has_hooks(instance):
                del interp.outputs.events[told:]
            if isinstance(inner, LayerV):
                state = dataclasses.replace(state, inner=inner)
    instance.layer = state
    if "dtype" in keywords:
        instance.attributes["(dtype)"] = keywords["dtype"]
    elif "**" in keywords:
        instance.attributes["(dtype)"] = interp.unknown("whether a dtype is among the arguments")
    if "trainable" in keywords:
        instance.attributes["trainable"] = keywords["trainable"]
    return None


def _has_hooks(instance: Instance) -> bool:
    """Whether the program's classes have methods that may be hooks, such as Keras 2's ``_validate_init``."""
    return any(
        name.startswith("_") and not name.startswith("__") and isinstance(value, FunctionV)
        for cls in instance.cls.mro
        if isinstance(cls, ClassV)
        for name, value in cls.namespace.items()
    )


def _for_base(instance: Instance, entry: LayerType, keywords: dict[str, Value]) -> dict[str, Value]:
    """With several bases, what one constructor does not know may be for the next."""
    if len(instance.cls.mro) <= 2:
        return keywords
    known = entry.signature(instance.layer.version)
    return {
        name: value
        for name, value in keywords.items()
        if name in known.names or name in known.elsewhere or name == "**"
    }


def _build_base(inner: LayerV | None) -> Any:
    """``super().build(input_shape)``: a layer that Keras ships has its weights from then on."""

    def native(interp: Interpreter, args: Any, keywords: Any, site: Site) -> Value:
        shape = args[0] if args else next(iter(keywords.values()), None)
        if inner is not None and inner.first is None:
            interp.heap.touch(inner)
            inner.first = value_to_shape(interp, shape)
        return None

    return native


def base_method(interp: Interpreter, instance: Instance, name: str) -> Value:
    """``super().name`` that has reached Keras."""
    if instance.layer is None:
        if name == "__init__":
            return NativeV("object.__init__", lambda *_: None)
        return interp.unknown(f"super().{name}")
    if name == "__init__":
        return NativeV(
            "Layer.__init__",
            lambda again, args, keywords, site: initialise_base(
                again, instance, args, keywords, site
            ),
        )
    state: LayerState = instance.layer
    target = state.inner or state.model
    if name in ("call", "__call__") and target is not None:
        return target
    if name == "build":
        return NativeV("Layer.build", _build_base(state.inner))
    if name == "get_config":
        return NativeV("Layer.get_config", lambda again, *_: _open_dict(again))
    if target is not None:
        return attribute(interp, target, name, None)
    return interp.unknown(f"super().{name}")


def _open_dict(interp: Interpreter) -> DictV:
    made = DictV(interp.heap, {})
    made.open, made.reason = True, "a configuration"
    return made


def reserved(interp: Interpreter, instance: Instance, name: str, site: Site) -> bool:
    """Assigning an attribute that Keras keeps as a read-only property; whether that was so."""
    base = instance.layer.base
    versions = [interp.version] if interp.version_certain else list(KerasVersion)
    if not all(is_reserved(name, base, version) for version in versions):
        return False
    if instance.cls.unknown_base or classes.find(instance.cls, name) is not None:
        return False
    if any(isinstance(c, External) and names.of_frozen_copy(c.dotted) for c in instance.cls.mro):
        return False
    what = "models" if base in ("Model", "Sequential") else "layers"
    problem = Problem(
        ProblemKind.RESERVED_ATTRIBUTE,
        "AttributeError",
        f"`{name}` is a read-only property of Keras {what}",
        hint=f"use another name, such as `self.my_{name}`",
    )
    recipe = interp.recipe("attribute", (base, name), [], {})
    interp.broken(problem, site, instance.cls.name, None, recipe)
    return True


# -- attributes -----------------------------------------------------------------------------


def attribute(interp: Interpreter, layer: Value, name: str, site: Any) -> Value:
    """``layer.name`` for any kind of layer or model."""
    from kerasmergelint.tracker.keras import layer_attributes

    return layer_attributes.get(interp, layer, name, site)


# -- layers inside layers -------------------------------------------------------------------


def has_attribute(layer: Value, name: str) -> bool | None:
    """Whether a layer or model has an attribute that its own class does not define."""
    from kerasmergelint.tracker.keras import layer_attributes

    return layer_attributes.has(layer, name)


class Inner(SubLayer):
    """A layer value as the rules of wrappers see it."""

    def __init__(self, interp: Interpreter, layer: Value) -> None:
        self.interp = interp
        self.layer = layer

    @property
    def type_name(self) -> str:
        if isinstance(self.layer, LayerV):
            return self.layer.type.name
        if isinstance(self.layer, Instance):
            inner = self.layer.layer.inner
            return inner.type.name if inner is not None else ""
        return "Sequential" if isinstance(self.layer, SequentialV) else "Functional"

    @property
    def config(self) -> Any:
        if isinstance(self.layer, LayerV):
            return self.layer.config
        if isinstance(self.layer, Instance) and self.layer.layer.inner is not None:
            return self.layer.layer.inner.config
        return {}

    def apply(self, inputs: Any, first: Any = None) -> Outcome:
        """Call it on specs, without leaving a trace in the program's own graph."""
        layer = self.layer
        if isinstance(layer, LayerV) and layer.type.name != "Lambda":
            return layer.type.call(LayerCall(layer.config, inputs, layer.version, first))
        interp = self.interp
        value = from_plain(interp, inputs, None, "an input")
        found = len(interp.outputs.events)
        interp.tracing += 1
        try:
            result = call_layer(interp, layer, [value], {}, interp.wrapped_site())
        finally:
            interp.tracing -= 1
        if len(interp.outputs.events) > found:
            return Outcome(UNKNOWN, ("the wrapped layer fails",))
        return Outcome(to_tensor_nest(interp, result))

    def parameters(self, first: Any) -> int | None:
        from kerasmergelint.tracker.keras.counting import parameters

        layer = self.layer
        if isinstance(layer, LayerV):  # only the wrapper is called, and knows what goes in
            return layer.type.parameters(layer.config, layer.first or first, layer.version)
        return parameters(layer)

    def attribute(self, name: str) -> Any:
        if not isinstance(self.layer, Instance):
            return UNKNOWN
        own = classes.find(self.layer.cls, name) is not None or name in self.layer.attributes
        if not own and not self.layer.cls.unknown_base and self.layer.layer.inner is None:
            return None
        site = self.interp.wrapped_site()
        return to_plain(self.interp, self.interp.attribute(self.layer, name, site))
