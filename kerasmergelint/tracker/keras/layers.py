"""Layers that Keras ships: made and called through their declarations in ``keras_api``."""

from __future__ import annotations

import itertools
from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.layers import foreign_integers
from kerasmergelint.keras_api.layers.layer_type import LayerType, is_symbolic
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    KerasVersion,
    LayerCall,
    Nest,
    Outcome,
    Problem,
    ProblemKind,
)
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.keras import asking, cells, dtypes, intended, memo, outcomes, worlds
from kerasmergelint.tracker.keras.convert import (
    from_plain,
    to_plain,
    to_tensor_nest,
)
from kerasmergelint.tracker.keras.naming import give_name
from kerasmergelint.tracker.machine import aside, by_version
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import (
    Again,
    Arguments,
    Node,
    Recipe,
    Site,
    as_passed,
    own_copy,
)
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.numpy_numbers import NumPyInt
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value, named

# -- construction ---------------------------------------------------------------------------


_MERGE = Kind.MERGE
_AS_IT_IS = frozenset({int, str, bool, float, type(None)})  # to a rule as in the program
_STEPS_OF_A_CALL = 7  # the cost of a rule, in plain statements


def construct(
    interp: Interpreter,
    entry: LayerType,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    """``Dense(5)``."""
    interp.work(_STEPS_OF_A_CALL)
    asking.of_config(interp, entry, args, keywords)

    name = keywords.get("name")
    unsure = REST in keywords or Spread in map(type, args)
    chosen = type(name) is str  # so the constructor has nothing to check
    known = {
        key: value if type(value) in _AS_IT_IS else to_plain(interp, value)
        for key, value in keywords.items()
        if key is not REST and not (chosen and key == "name")
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
            _refuse_foreign_integers(interp, entry, args, keywords)
    except Broken as broken:
        again = interp.recipe("construct", entry.name, args, keywords)
        failed = interp.broken(broken.problem, site, entry.name, None, again)
        if not interp.mending:
            return failed
        config, serial = _meant(interp, entry, plain, known), None
    if interp.image_data_format != "channels_last" and config.get("data_format", "") is None:
        config = {**config, "data_format": to_plain(interp, interp.image_data_format)}
        serial = None
    outcomes.note_sizes(interp, site, entry.name, config)
    made = LayerV(interp.heap, entry, config, interp.version, "", serial)
    give_name(interp, made, name, entry.name)
    if name is not None and not isinstance(name, str):
        made.attributes["name"] = name
    if "trainable" in keywords:
        made.attributes["trainable"] = keywords["trainable"]
    return made


_CONFIGURED: memo.Memo[tuple[Config, int]] = memo.Memo()
_CALLED: memo.Memo[Outcome] = memo.Memo()
_SERIALS = itertools.count()


def _configured(
    interp: Interpreter, entry: LayerType, args: list[Any], keywords: dict[str, Any]
) -> tuple[Config, int | None]:
    """The configuration for these arguments, and its serial number."""
    try:
        given = (memo.key_of(args), memo.key_of(keywords))
    except memo.NoKey:
        return by_version.applied(
            interp, lambda version: entry.construct(args, keywords, version)
        ), None
    key = (entry.name, interp.versions, given)
    known = _CONFIGURED.get(key)
    if known is None:
        divided = interp.divided
        config = by_version.applied(
            interp, lambda version: entry.construct(args, keywords, version)
        )
        known = config, next(_SERIALS)
        if interp.divided == divided:
            _CONFIGURED.keep(key, known)
    return known


def _meant(
    interp: Interpreter, entry: LayerType, args: list[Any], keywords: dict[str, Any]
) -> Config:
    """What a refused configuration was meant to be.

    The argument at fault is read in small letters, or is not known.
    """

    def made(given: dict[str, Any]) -> Config | None:
        try:
            return by_version.applied(interp, lambda version: entry.construct([], given, version))
        except Broken:
            return None

    given = {**dict(zip(entry.unknown_config(interp.version), args)), **keywords}
    for key, value in given.items():
        small = made({**given, key: value.lower()}) if isinstance(value, str) else None
        if small is not None:
            return small
        rest = {name: other for name, other in given.items() if name != key}
        config = made(rest)
        if config is not None and key in config:
            return {**config, key: UNKNOWN}
        if config is not None:  # no such argument: it may mean any that is not given
            rest.setdefault("data_format", config.get("data_format"))
            return _partly_known(interp, entry, [], rest)
    return _partly_known(interp, entry, [], {})


def _refuse_foreign_integers(
    interp: Interpreter, entry: LayerType, args: Args, keywords: Keywords
) -> None:
    """Integers of NumPy where the constructor wants one of Python; raises :class:`Broken`."""
    if NumPyInt not in map(type, (*args, *keywords.values())):
        return

    def check(version: KerasVersion) -> None:
        given = entry.signature(version).bind(args, named(keywords))
        for name, value in given.items():
            if isinstance(value, NumPyInt):
                refused = foreign_integers.refusal(entry.name, name, value, version)
                if refused is not None:
                    raise refused

    by_version.applied(interp, check)


def _partly_known(
    interp: Interpreter, entry: LayerType, plain: list[Any], known: dict[str, Any]
) -> Config:
    """A configuration of which some arguments are known; the others need not be defaults."""
    unknown: dict[str, Any] = dict(entry.unknown_config(interp.version))
    given = dict(zip(list(unknown), plain))
    for key, value in {**given, **known}.items():
        if key in unknown:
            unknown[key] = value
    return unknown


def construct_lambda(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Lambda(function)``, which keeps the function as a value."""
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


def charge(interp: Interpreter, args: Args) -> None:
    """Charge for a call, and for each of the inputs of a large merge."""
    first = args[0] if args else None
    items = first.items if isinstance(first, ListV) else first
    many = len(items) if isinstance(items, (list, tuple)) else 0
    interp.work(_STEPS_OF_A_CALL + many)


def call_builtin(
    interp: Interpreter, layer: LayerV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """Call a layer that Keras ships, through its rule."""
    entry = layer.type
    recipe = interp.recipe("layer", layer, args, keywords)
    parameters = entry.call_parameters
    bound: dict[str, Value] = dict(zip(parameters, args))
    if keywords:
        bound.update({key: value for key, value in keywords.items() if key is not REST})
    is_merge = entry.kind.is_any(_MERGE)
    if len(args) > len(parameters):
        problem = Problem(
            ProblemKind.MERGE_INPUTS if is_merge else ProblemKind.LAYER_INPUTS,
            "TypeError",
            f"takes {counted(len(parameters), 'positional argument')}, got {len(args)}",
            hint="pass the tensors as one list" if is_merge else None,
        )
        return interp.broken(problem, site, entry.name, tuple(args), recipe)
    first = parameters[0] if parameters else "inputs"
    inputs = bound.pop(first, bound.pop("inputs", None))
    asking.of_inputs(interp, layer, inputs)
    nest = to_tensor_nest(interp, inputs)
    arguments = {key: to_plain(interp, value) for key, value in bound.items()}
    try:
        outcome = _outcome(interp, layer, nest, arguments)
    except Broken as broken:
        if is_merge:
            outcomes.note_merge(interp, site, entry.name, Verdict.BROKEN, broken.problem.detail)
        failed = interp.broken(broken.problem, site, entry.name, inputs, recipe)
        meant = intended.outcome(
            interp, lambda less: _outcome(interp, layer, less, arguments), nest, broken.problem
        )
        if meant is None:
            return failed
        return finish_call(interp, layer, entry.name, inputs, bound, nest, meant, site, recipe)
    if interp.mending:  # a mended layer may not know all of its configuration
        outcome = replace(outcome, outputs=intended.named(interp, outcome.outputs))
    if is_merge:
        outcomes.note_outcome(interp, site, entry.name, outcome, inputs, recipe)
    else:
        outcomes.report_hazards(interp, site, entry.name, outcome, inputs, recipe)
        if outcome.doubts:
            outcomes.note_demand(interp, site, entry.name, outcome)
    if entry.name == "RNN" and set(bound) <= {"training"}:
        cells.run(interp, layer, nest, site)
    return finish_call(interp, layer, entry.name, inputs, bound, nest, outcome, site, recipe)


def _outcome(interp: Interpreter, layer: LayerV, nest: Nest, arguments: dict[str, Any]) -> Outcome:
    """The rule's answer to these inputs; raises Broken."""
    key = _key_of_call(interp, layer, nest, arguments)
    known = None if key is None else _CALLED.get(key)
    if known is not None:
        return known

    def rule(version: KerasVersion) -> Outcome:
        call = LayerCall(layer.config, nest, version, layer.first, arguments)
        if _only_asked_for_shapes(interp, call):
            return _shape_only(layer.type, call)
        return layer.type.call(call)

    divided = interp.divided
    explicit = layer.version if layer.version is not interp.version else None
    with aside.speaking(interp, explicit):
        others = layer.type.compared(interp.versions - {interp.version})
        answer = worlds.settled(by_version.agreed(interp, rule, others), nest)
        outcome = dtypes.computed(interp, answer, layer.config.get("dtype"))
    if key is not None and interp.divided == divided:
        _CALLED.keep(key, outcome)
    return outcome


def _shape_only(entry: LayerType, call: LayerCall) -> Outcome:
    """The output of a layer that is only asked for its shape, by its configuration."""
    for asked in (call, replace(call, first=None)):
        try:
            return entry.call(asked)
        except Broken as broken:
            if broken.problem.kind not in _CHECKED_IN_CALLS:
                raise
    return Outcome(UNKNOWN, ("Keras 3 asks the layers of a model for shapes only",))


# What a layer compares when it is called, but not when it is asked for its output shape.
_CHECKED_IN_CALLS = frozenset({ProblemKind.PINNED, ProblemKind.INPUT_RANK})


def _only_asked_for_shapes(interp: Interpreter, call: LayerCall) -> bool:
    """Whether a Keras 3 model is called on symbolic tensors: then its layers are not called again."""
    return interp.going_through and call.version in V3 and is_symbolic(call.inputs)


def _key_of_call(
    interp: Interpreter, layer: LayerV, nest: Nest, arguments: dict[str, Any]
) -> Hashable | None:
    """Everything that the outcome of a call depends on; None if that cannot be told."""
    if layer.serial_of_config is None:
        return None
    try:
        return (
            layer.serial_of_config,
            layer.version,
            interp.versions,
            interp.going_through,
            memo.key_of(interp.dtype_policy),
            memo.key_of_inputs(nest),
            memo.key_of(layer.first),
            memo.key_of(arguments),
        )
    except memo.NoKey:
        return None


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
    """Record a call that worked with its layer, and give its outputs."""
    node = Node(label, site, own_copy(interp.heap, inputs), _AGAIN, layer, layer.type.kind)
    node.arguments.update(bound.items())
    node.recipe = recipe
    result = outcomes.number_outputs(
        from_plain(interp, outcome.outputs, node, f"the output of {label} is not known")
    )
    node.outputs = result
    interp.semantics.observers.node(interp, node)
    interp.heap.touch(layer)
    if layer.first is None:
        given = {name: to_plain(interp, bound.get(name)) for name in layer.type.build_arguments}
        layer.first = layer.type.built_on(nest, given)
    layer.nodes = (*layer.nodes, node)
    outcomes.record(interp, site, label, nest, outcome.outputs)
    return result


def _again(
    node: Node,
    interp: Interpreter,
    inputs: Value,
    site: Site,
    others: Arguments | None = None,
) -> Value:
    assert isinstance(node.layer, LayerV)
    arguments = node.arguments if others is None else others
    more, by_name = as_passed(arguments)
    return call_builtin(interp, node.layer, [inputs, *more], by_name, site)


_AGAIN = Again(_again)
