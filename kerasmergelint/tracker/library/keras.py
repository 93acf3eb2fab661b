"""Keras and TensorFlow by name: layers, models, inputs, merge functions, ops."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from kerasmergelint.keras_api import merges, names
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.names import KerasName
from kerasmergelint.keras_api.ops import find as find_op
from kerasmergelint.keras_api.protocol import Broken, KerasVersion
from kerasmergelint.tracker.keras import (
    applications,
    functional,
    inputs,
    layers,
    object_names,
    operations,
    own_specs,
    sequential,
)
from kerasmergelint.tracker.keras.serializing import (
    cloning,
    own_objects,
    remaking,
    saved_models,
)
from kerasmergelint.tracker.library import (
    backend,
    branching,
    callbacks,
    checkpoints,
    datasets,
    gradients,
    initial_values,
    loading,
    looping,
    losses,
    metrics,
    optimizers,
    pictures,
    preparation,
    recurrence,
    scaling,
    tensorflow,
)
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, NativeV, PartialV
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    Spread,
    Value,
    keyed,
    named,
)


def is_keras(dotted: str) -> bool:
    """Whether a dotted name belongs to Keras or TensorFlow."""
    return dotted.startswith("tensorflow.") or names.inner_path(dotted) is not None


def find(interp: Interpreter, dotted: str) -> Native | None:
    """The function for a name of Keras or TensorFlow, if it is modelled."""
    spoken = names.module_version(dotted)
    if aside.speaks(interp, spoken):
        return _found(dotted, None, interp.version)
    with aside.speaking(interp, spoken):
        return _found(dotted, spoken, interp.version)


@lru_cache(maxsize=4096)
def _found(dotted: str, spoken: KerasVersion | None, version: KerasVersion) -> Native | None:
    """The function for a name that may spell out its version, ``spoken``; models use few names, but often."""
    meaning = names.canonical(dotted, spoken or version)
    if meaning is None:
        return None
    if dotted.endswith(".from_config"):
        return _from_config(dotted, spoken or version)
    native = _KINDS.get(meaning.kind, _op)(version, meaning, dotted)
    return native if spoken is None or native is None else _spoken(native, spoken)


def _spoken(native: Native, version: KerasVersion) -> Native:
    """A function whose name spells out the version of Keras."""

    def call(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        with aside.speaking(interp, version):
            return native(interp, args, keywords, site)

    return call


def _from_config(dotted: str, version: KerasVersion) -> Native | None:
    """``Dense.from_config(config)``."""
    owner = dotted.rpartition(".")[0]
    meaning = names.canonical(owner, version)
    if meaning is None or meaning.kind != "layer":
        return None
    return partial(_named, remaking.of_builtin, meaning.name)


def _named(
    function: Callable[[Interpreter, str, Args, Keywords, Site], Value],
    name: str,
    interp: Interpreter,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    return function(interp, name, args, keywords, site)


def _layer(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    return partial(_named, _construct, meaning.name)


def _function(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    return partial(_named, _merge_function, meaning.name)


def _application(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    return partial(_named, applications.construct, meaning.name)


def _backend(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    if meaning.name == "rnn":
        return recurrence.rnn
    native = backend.FUNCTIONS.get(meaning.name) or _op(version, meaning, dotted)
    return branching.of_backend(meaning.name, native)


def _activations(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    if meaning.name == "get":
        return object_names.getter("activations.get", _activation)
    return _op(version, meaning, dotted)


def _ops(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    """``keras.ops``: what calls functions has no rule on tensors alone."""
    if meaning.name == "convert_to_numpy":
        return _to_numpy
    return (
        branching.OPS.get(meaning.name)
        or looping.OPS.get(meaning.name)
        or _op(version, meaning, dotted)
    )


def _op(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    op = find_op(dotted, version)
    if op is None:
        return _constant_unknown(f"{dotted} is not modelled")

    def call(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        return operations.call_op(again, op, args, keywords, site, dotted)

    return call


def _constant_unknown(reason: str) -> Native:
    """A function whose result is unknown, but the same for the same arguments."""
    return lambda interp, args, keywords, site: interp.unknown(reason)


def _construct(interp: Interpreter, name: str, args: Args, keywords: Keywords, site: Site) -> Value:
    if name == "InputLayer":
        return inputs.construct_layer(interp, args, keywords, site)
    entry = find_layer(name, interp.version)
    if entry is None:
        return interp.unknown(f"the layer {name} is not modelled")
    if name == "Lambda":
        made: Value = layers.construct_lambda(interp, args, keywords, site)
    else:
        made = layers.construct(interp, entry, args, keywords, site)
    if isinstance(made, LayerV):
        declared = inputs.declared_shape(interp, name, keywords, site)
        if declared is not None:
            made.declared = declared
        if name == "Bidirectional":  # as of Keras 3, it makes its layers from a configuration
            own_objects.check_copied(interp, name, made, site)
    return made


def _merge_function(
    interp: Interpreter, name: str, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``concatenate([a, b])``: makes the layer, and calls it."""
    if REST in keywords or any(isinstance(argument, Spread) for argument in args):
        return interp.unknown(f"the arguments of {name} are not known")
    entry = find_layer(merges.FUNCTIONS[name], interp.version)
    assert entry is not None
    try:
        operands, config = merges.bind_function(name, args, named(keywords), interp.version)
    except Broken as broken:
        again = interp.recipe("function", f"keras.layers.{name}", args, keywords)
        return interp.broken(broken.problem, site, name, tuple(args), again)
    layer = layers.construct(interp, entry, [], keyed(config), site)
    if not isinstance(layer, LayerV):
        return layer
    return layers.call_builtin(interp, layer, [operands], {}, site)


def _model(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    two = len(args) >= 2 or (len(args) == 1 and "outputs" in keywords)
    named = ("inputs" in keywords or "input" in keywords) and (
        "outputs" in keywords or "output" in keywords
    )
    if not (two or named):
        return interp.unknown("a model whose inputs and outputs are not known")
    return functional.construct(interp, args, keywords, site)


def _activation(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``activations.get("relu")``: the function of that name; a function as it is; linear for None."""
    given = args[0] if args else keywords.get("identifier", keywords.get("name"))
    if given is None or isinstance(given, str):
        return External(f"keras.activations.{given or 'linear'}")
    if isinstance(given, (External, FunctionV, BoundMethod, PartialV, NativeV, LayerV)):
        return given
    return interp.unknown("an activation")


def _to_numpy(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ops.convert_to_numpy(x)``"""
    given = args[:1] or [keywords.get("x")]
    return interp.call(External("numpy.array"), given, {}, site)


_OTHER: dict[str, Native] = {
    "models.clone_model": cloning.clone_model,
    "models.load_model": saved_models.load,
    "models.model_from_json": saved_models.from_json,
    "saving.load_model": saved_models.load,
    **backend.BY_PATH,
    **datasets.BY_PATH,
    **preparation.BY_PATH,
    **pictures.BY_PATH,
    **loading.BY_PATH,
    **scaling.BY_PATH,
    **initial_values.BY_PATH,
    **optimizers.BY_PATH,
    **callbacks.BY_PATH,
    **checkpoints.BY_PATH,
    **losses.BY_PATH,
}


def _elsewhere(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    """Other parts of Keras: data formats, decorators, initializers."""
    path = meaning.name
    last = path.rpartition(".")[2]
    if path in object_names.GETTERS:
        return object_names.getter(path, _OTHER.get(path))
    native = _OTHER.get(path) or losses.find(dotted) or metrics.find(dotted)
    if native is not None:
        return native
    if last in ("image_data_format", "is_keras_tensor"):
        return backend.FUNCTIONS[last]
    if last == "get_source_inputs":
        return backend.get_source_inputs
    if last == "InputSpec":
        return own_specs.construct
    if path.endswith("VersionAwareLayers"):
        return backend.always(External(dotted.rpartition(".")[0]))
    if path.endswith("register_keras_serializable") or path == "saving.serialize_keras_object":
        return backend.always(NativeV("decorator", lambda again, a, k, s: a[0] if a else None))
    return None


_KINDS: dict[str, Callable[[KerasVersion, KerasName, str], Native | None]] = {
    "layer": _layer,
    "merge_function": _function,
    "application": _application,
    "backend": _backend,
    "activation": _activations,
    "module": _elsewhere,
    "op": _ops,
    "Input": lambda version, meaning, dotted: inputs.construct,
    "Model": lambda version, meaning, dotted: _model,
    "Sequential": lambda version, meaning, dotted: sequential.construct,
}


FUNCTIONS: dict[str, Native] = {
    **branching.FUNCTIONS,
    **gradients.FUNCTIONS,
    **looping.FUNCTIONS,
    **initial_values.FUNCTIONS,
    **tensorflow.FUNCTIONS,
}
