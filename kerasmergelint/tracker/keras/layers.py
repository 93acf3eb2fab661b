"""Layers that Keras ships: made and called through their declarations in ``keras_api``."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import filterfalse
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.layers.layer_type import LayerType, is_symbolic
from kerasmergelint.keras_api.layers.wrappers import REFUSE_RANKS
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    LayerCall,
    Nest,
    Outcome,
    Problem,
    ProblemKind,
    ShapeNest,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.late import late
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.keras import (
    asking,
    cells,
    dtypes,
    intended,
    memo,
    object_names,
    outcomes,
    worlds,
)
from kerasmergelint.tracker.keras.call import Call
from kerasmergelint.tracker.keras.combination import Combination
from kerasmergelint.tracker.keras.configured import configured, meant
from kerasmergelint.tracker.keras.convert import (
    from_plain,
    tensor_of,
    to_plain,
    to_tensor_nest,
)
from kerasmergelint.tracker.keras.naming import give_name
from kerasmergelint.tracker.keras.setting_weights import begins_with
from kerasmergelint.tracker.machine import aside, by_version
from kerasmergelint.tracker.machine.asking import follows_failure
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import (
    Again,
    Arguments,
    Node,
    Recipe,
    Site,
    TensorV,
    as_passed,
    own_copy,
)
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras import stated, type_sources
else:
    stated = late("kerasmergelint.tracker.keras.stated")
    type_sources = late("kerasmergelint.tracker.keras.type_sources")

# -- construction ---------------------------------------------------------------------------


_MERGE = Kind.MERGE
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
    if interp.asker is not None:
        asking.of_config(interp, entry, args, keywords)

    name = keywords.get("name")
    try:
        config, serial = configured(interp, entry, args, keywords, site)
    except Broken as broken:
        again = interp.recipe("construct", entry.name, args, keywords)
        if not object_names.may_be_registered(interp, broken.problem):
            failed = interp.broken(broken.problem, site, entry.name, None, again)
            if not interp.mending:
                return failed
        config, serial = meant(interp, entry, args, keywords, site), None
    object_names.check_activations(interp, config)
    if config.get("layer") is UNKNOWN:
        given = (*args, *keywords.values())
        failed = next(filter(follows_failure, given), None)
        if failed is not None:
            return failed
    if interp.image_data_format != "channels_last" and config.get("data_format", "") is None:
        order = interp.resolve(interp.image_data_format)
        config = {**config, "data_format": order if isinstance(order, str) else UNKNOWN}
        serial = None
    made = LayerV(interp.heap, entry, config, interp.version, "", serial)
    give_name(interp, made, name, entry.name)
    if name is not None and not isinstance(name, str):
        made.attributes["name"] = name
    if "trainable" in keywords:
        made.attributes["trainable"] = keywords["trainable"]
    if entry.name == "Embedding" and keywords.get("weights") is not None and interp.version in V3:
        begins_with(interp, made, keywords["weights"], site)
    return made


def construct_lambda(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Lambda(function)``, which keeps the function as a value."""
    entry = find_layer("Lambda", interp.version)
    assert entry is not None
    config: dict[str, object] = {
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


@dataclass(frozen=True, slots=True)
class _Refused:
    """What a layer raises for certain inputs, and the steps that it took to find out."""

    problem: Problem
    steps: int


_CALLED: memo.Memo[Outcome | _Refused] = memo.Memo()


def charge(interp: Interpreter, args: Args) -> None:
    """Charge for a call, and for each of the inputs of a large merge."""
    first = args[0] if args else None
    if type(first) is TensorV:
        interp.work(_STEPS_OF_A_CALL)
        return
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
    bound = bind_native(interp, parameters, args, keywords)
    is_merge = entry.kind.is_any(_MERGE)
    problem = _miscounted(entry, parameters, args, bound, keywords)
    if problem is not None:
        return interp.broken(problem, site, entry.name, tuple(args), recipe)
    first = parameters[0] if parameters else "inputs"
    inputs = bound.pop(first, bound.pop("inputs", None))
    if interp.asker is not None:
        asking.of_inputs(interp, layer, inputs)
    nest = to_tensor_nest(interp, inputs)
    call = Call(layer, args, keywords, inputs, nest, site)
    arguments = {key: to_plain(interp, value) for key, value in bound.items()} if bound else {}

    def answer(given: Nest) -> Outcome:
        return _outcome(interp, layer, given, arguments, layer.first)

    def anew(given: Nest) -> Outcome:  # at its first use a layer compares all that data must fulfil
        return _outcome(interp, layer, given, arguments, None)

    try:
        outcome = answer(nest)
    except Broken as broken:
        if is_merge:
            outcomes.note_merge(interp, site, entry.name, Verdict.BROKEN, broken.problem.detail)
        failed = interp.broken(broken.problem, site, entry.name, inputs, recipe)
        meant = intended.outcome(interp, answer, nest, broken.problem)
        if meant is None:
            return failed
        return _finish(interp, call, bound, meant, recipe)
    if is_merge:
        given = (
            stated.opened(nest, TensorKind.KERAS) if outcome.doubts and interp.explaining else nest
        )
        key = _key_of_call(interp, layer, (), arguments, None) if outcome.doubts else None
        combination = Combination(site, entry.name, inputs, given, anew, key=key)
        outcomes.note_outcome(interp, combination, outcome, recipe)
    else:
        if outcome.hazards:
            outcomes.report_hazards(interp, site, entry.name, outcome, inputs, recipe)
        if outcome.doubts:
            outcomes.note_demand(interp, site, entry.name, outcome)
    if interp.explaining:
        type_sources.note_call(interp, entry.name, inputs)
    if entry.name == "RNN" and set(bound) <= {"training"}:
        cells.run(interp, layer, nest, site)
    return _finish(interp, call, bound, outcome, recipe)


def _miscounted(
    entry: LayerType,
    parameters: tuple[str, ...],
    args: Args,
    bound: dict[str, Value],
    keywords: Keywords,
) -> Problem | None:
    """Why Python refuses the call: too many arguments, or one that is missing."""
    count = len(parameters)
    if len(args) > count:
        is_merge = entry.kind.is_any(_MERGE)
        return Problem(
            ProblemKind.MERGE_INPUTS if is_merge else ProblemKind.LAYER_INPUTS,
            "TypeError",
            f"takes {counted(count, 'positional argument')}, got {len(args)}",
            hint="pass the tensors as one list" if is_merge else None,
        )
    if not entry.needs:
        return None
    missing = next(filterfalse(bound.__contains__, entry.needs), None)
    if missing is None or REST in keywords or Spread in map(type, args):
        return None
    detail = f"needs `{missing}`, which is not passed"
    return Problem(ProblemKind.LAYER_INPUTS, "TypeError", detail)


def _outcome(
    interp: Interpreter,
    layer: LayerV,
    nest: Nest,
    arguments: dict[str, object],
    first: ShapeNest | None,
) -> Outcome:
    """The rule's answer to these inputs after those of its ``first`` use; raises Broken."""
    key = _key_of_call(interp, layer, nest, arguments, first)
    answer = None if key is None else _CALLED.get(key)
    if type(answer) is _Refused:
        interp.work(answer.steps)
    elif answer is None:
        divided, bugs = interp.divided, interp.bugs.count
        answer = _asked(interp, layer, nest, arguments, first)
        if key is not None and interp.divided == divided and interp.bugs.count == bugs:
            _CALLED.keep(key, answer)
    if isinstance(answer, _Refused):
        raise Broken(answer.problem)
    return answer


def _asked(
    interp: Interpreter,
    layer: LayerV,
    nest: Nest,
    arguments: dict[str, object],
    first: ShapeNest | None,
) -> Outcome | _Refused:
    """The answer of the rule itself."""

    def rule(version: KerasVersion) -> Outcome:
        call = LayerCall(layer.config, nest, version, first, arguments)
        if _only_asked_for_shapes(interp, call):
            return _shape_only(layer.type, call)
        return layer.type.call(call)

    steps = interp.budget.used
    explicit = layer.version if layer.version is not interp.version else None
    with aside.speaking(interp, explicit):
        others = layer.type.compared(interp.versions - {interp.version})
        try:
            answer = worlds.settled(by_version.agreed(interp, rule, others), nest)
        except Broken as broken:
            return _Refused(broken.problem, interp.budget.used - steps)
        return dtypes.computed(interp, answer, layer.config.get("dtype"))


def _shape_only(entry: LayerType, call: LayerCall) -> Outcome:
    """The output of a layer that is only asked for its shape, by its configuration."""
    for asked in (call, replace(call, first=None)):
        try:
            return entry.call(asked)
        except Broken as broken:
            kind = broken.problem.kind
            strict = kind is ProblemKind.INPUT_RANK and entry.name in REFUSE_RANKS
            if strict or kind not in _CHECKED_IN_CALLS:
                raise
    return Outcome(UNKNOWN, ("Keras 3 asks the layers of a model for shapes only",))


# What a layer compares when it is called, but not when it is asked for its output shape.
_CHECKED_IN_CALLS = frozenset({ProblemKind.PINNED, ProblemKind.INPUT_RANK})


def _only_asked_for_shapes(interp: Interpreter, call: LayerCall) -> bool:
    """Whether a Keras 3 model is called on symbolic tensors: then its layers are not called again."""
    return interp.going_through and call.version in V3 and is_symbolic(call.inputs)


def _key_of_call(
    interp: Interpreter,
    layer: LayerV,
    nest: Nest,
    arguments: dict[str, object],
    first: ShapeNest | None,
) -> Hashable | None:
    """Everything that the outcome of a call depends on; None if that cannot be told."""
    if layer.serial_of_config is None:
        return None
    policy = interp.dtype_policy
    try:
        return (
            layer.serial_of_config,
            layer.version,
            interp.versions,
            interp.going_through,
            policy if type(policy) is str else memo.key_of(policy),
            memo.key_of_inputs(nest),
            None if first is None else memo.key_of(first),
            memo.key_of(arguments) if arguments else None,
        )
    except memo.NoKey:
        return None


def _finish(
    interp: Interpreter,
    call: Call,
    bound: dict[str, Value],
    outcome: Outcome,
    recipe: Recipe | None,
) -> Value:
    """Record a call that worked with its layer, and give its outputs; ``bound`` are the other arguments."""
    layer, label, site = call.layer, call.label, call.site
    assert isinstance(layer, LayerV)
    node = Node(label, site, own_copy(interp.heap, call.inputs), _AGAIN, layer, layer.type.kind)
    if bound:
        node.arguments = dict(bound.items())
    node.recipe = recipe
    outputs = outcome.outputs
    if type(outputs) is TensorSpec:
        result: Value = tensor_of(interp, outputs, node)
    else:
        result = outcomes.number_outputs(
            from_plain(interp, outputs, node, f"the output of {label} is not known")
        )
    node.outputs = result
    interp.semantics.observers.node(interp, node)
    interp.heap.touch(layer)
    if layer.first is None:
        needed = layer.type.build_arguments
        given = {name: to_plain(interp, bound.get(name)) for name in needed} if needed else {}
        layer.first = layer.type.built_on(call.specs, given)
    layer.nodes = (*layer.nodes, node)
    outcomes.record(interp, site, label, call.specs, outcome.outputs)
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
