"""Keras and TensorFlow by name: layers, models, inputs, merge functions, ops, the backend's questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from kerasmergelint.keras_api import merges, names
from kerasmergelint.keras_api.absent import absent
from kerasmergelint.keras_api.dtype_names import NUMBERS
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.names import KerasName
from kerasmergelint.keras_api.ops import find as find_op
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Problem,
    ProblemKind,
    TensorKind,
)
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras import (
    applications,
    cloning,
    functional,
    inputs,
    layers,
    operations,
    sequential,
)
from kerasmergelint.tracker.library import (
    branching,
    datasets,
    gradients,
    loading,
    looping,
    losses,
    metrics,
    preparation,
    scaling,
    variables,
)
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV, ancestors
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, NativeV, PartialV
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    Spread,
    UnknownV,
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
    return partial(_named, cloning.from_config, meaning.name)


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
    native = _BACKEND.get(meaning.name) or _op(version, meaning, dotted)
    return branching.of_backend(meaning.name, native)


def _activations(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    return _activation if meaning.name == "get" else _op(version, meaning, dotted)


def _ops(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    """``keras.ops``: what calls functions has no rule on tensors alone."""
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
    if name == "Lambda":
        return layers.construct_lambda(interp, args, keywords, site)
    if name == "InputLayer":
        return inputs.construct_layer(interp, args, keywords, site)
    entry = find_layer(name, interp.version)
    if entry is None:
        return interp.unknown(f"the layer {name} is not modelled")
    made = layers.construct(interp, entry, args, keywords, site)
    if isinstance(made, LayerV):
        declared = inputs.declared_shape(interp, name, keywords)
        if declared is not None:
            made.declared = declared
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


# -- the backend's questions ----------------------------------------------------------------


def _image_data_format(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.image_data_format


def _set_image_data_format(
    interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    value = interp.resolve(args[0] if args else keywords.get("data_format"))
    if isinstance(value, UnknownV) or value in ("channels_first", "channels_last"):
        interp.image_data_format = value
    return None


def _image_dim_ordering(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return "tf" if interp.image_data_format == "channels_last" else "th"


_DATA_FORMATS = {"th": "channels_first", "tf": "channels_last"}


def _set_image_dim_ordering(
    interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    """The older name of ``set_image_data_format``, with older names of the formats."""
    value = interp.resolve(args[0] if args else keywords.get("dim_ordering"))
    if isinstance(value, UnknownV):
        interp.image_data_format = value
    elif value in _DATA_FORMATS:
        interp.image_data_format = _DATA_FORMATS[value]
    return None


def _is_keras_tensor(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else keywords.get("x")
    if isinstance(value, TensorV):
        return value.spec.kind in (TensorKind.KERAS,)
    return interp.unknown("whether this is a Keras tensor")


def _source_inputs(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The Inputs that a tensor depends on, in the order of their use."""
    tensor = args[0] if args else keywords.get("tensor")
    found = [node.outputs for node in ancestors(tensor) if Kind.INPUT in node.kind]
    if not found or not all(isinstance(output, TensorV) for output in found):
        return interp.unknown("the inputs behind a tensor")
    return ListV(interp.heap, found)


def _constant(value: Value) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        return value

    return native


def _clear(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.names.counts.clear()
    return None


def _learning_phase(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return interp.unknown("the learning phase", ("name", "learning_phase"))


def _set_policy(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``set_global_policy("mixed_float16")``: layers made from now on compute in it."""
    given = args[0] if args else next(iter(keywords.values()), None)
    interp.dtype_policy = given if isinstance(given, str) else interp.unknown("the dtype policy")
    return None


def _policy(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A policy, represented by its name."""
    return args[0] if args else keywords.get("name", interp.unknown("a dtype policy"))


def _floatx(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    policy = interp.dtype_policy
    if isinstance(policy, str) and not policy.startswith("mixed_"):
        return policy
    return "float32" if isinstance(policy, str) else interp.unknown("the default float type")


_BACKEND: dict[str, Native] = {
    "image_data_format": _image_data_format,
    "set_image_data_format": _set_image_data_format,
    "image_dim_ordering": _image_dim_ordering,
    "set_image_dim_ordering": _set_image_dim_ordering,
    "is_keras_tensor": _is_keras_tensor,
    "backend": _constant("tensorflow"),
    "floatx": _floatx,
    "set_floatx": _set_policy,
    "epsilon": _constant(1e-7),
    "set_epsilon": _constant(None),
    "clear_session": _clear,
    "learning_phase": _learning_phase,
}

_OTHER: dict[str, Native] = {
    "config.image_data_format": _image_data_format,
    "config.set_image_data_format": _set_image_data_format,
    "config.backend": _constant("tensorflow"),
    "config.floatx": _floatx,
    "config.set_floatx": _set_policy,
    "config.set_dtype_policy": _set_policy,
    "mixed_precision.set_dtype_policy": _set_policy,
    "mixed_precision.set_global_policy": _set_policy,
    "mixed_precision.experimental.set_policy": _set_policy,
    "mixed_precision.Policy": _policy,
    "mixed_precision.experimental.Policy": _policy,
    "mixed_precision.DTypePolicy": _policy,
    "dtype_policies.DTypePolicy": _policy,
    "models.clone_model": cloning.clone_model,
    "utils.is_keras_tensor": _is_keras_tensor,
    "utils.clear_session": _clear,
    "backend.common.is_keras_tensor": _is_keras_tensor,
    **datasets.BY_PATH,
    **preparation.BY_PATH,
    **loading.BY_PATH,
    **scaling.BY_PATH,
    **variables.BY_PATH,
}


def _elsewhere(version: KerasVersion, meaning: KerasName, dotted: str) -> Native | None:
    """Other parts of Keras: data formats, decorators, initializers."""
    path = meaning.name
    last = path.rpartition(".")[2]
    native = _OTHER.get(path) or losses.find(dotted) or metrics.find(dotted)
    if native is not None:
        return native
    if last in ("image_data_format", "is_keras_tensor"):
        return _BACKEND[last]
    if last == "get_source_inputs":
        return _source_inputs
    if path.endswith("VersionAwareLayers"):
        return _constant(External(dotted.rpartition(".")[0]))
    if path.endswith("register_keras_serializable") or path == "saving.serialize_keras_object":
        return _constant(NativeV("decorator", lambda again, a, k, s: a[0] if a else None))
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


# -- TensorFlow -----------------------------------------------------------------------------


def _decorate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``@tf.function``, bare or with arguments."""
    if args and isinstance(args[0], (FunctionV, BoundMethod, PartialV)):
        return args[0]
    return NativeV("decorator", lambda again, a, k, s: a[0] if a else None)


def _tensor_shape(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.TensorShape([...])``: as a tuple."""
    value = args[0] if args else keywords.get("dims")
    items = interp.iterate(value, site) if value is not None else None
    return interp.unknown("a TensorShape") if items is None else tuple(items)


def _is_tensor(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    if isinstance(value, TensorV) and value.spec.kind is not TensorKind.ANY:
        return value.spec.kind is not TensorKind.ARRAY
    return interp.unknown("whether this is a tensor")


FUNCTIONS: dict[str, Native] = {
    **branching.FUNCTIONS,
    **gradients.FUNCTIONS,
    **looping.FUNCTIONS,
    **variables.FUNCTIONS,
    "tensorflow.function": _decorate,
    "tensorflow.autograph.experimental.do_not_convert": _decorate,
    "tensorflow.TensorShape": _tensor_shape,
    "tensorflow.is_tensor": _is_tensor,
    "tensorflow.keras.saving.register_keras_serializable": _decorate,
}

_DTYPES = NUMBERS | {"bool", "string", "complex64"}
CONSTANTS: dict[str, Value] = {f"tensorflow.{name}": name for name in _DTYPES}
CONSTANTS["tensorflow.newaxis"] = None
# The backend of Keras 2 up to 2.3 had imported TensorFlow under this name.
CONSTANTS.update(
    {
        f"{root}.backend.tf": External("tensorflow")
        for root in ("keras", "tensorflow.keras", "tf_keras")
    }
)


# -- names ----------------------------------------------------------------------------------


def check_name(interp: Interpreter, dotted: str, site: Site) -> None:
    """Report a name that no Keras has, where it is imported or read."""
    missing = absent(dotted)
    if missing is None or dotted in interp.patched:
        return
    if dotted == "keras.layers.merge" and not _is_called(interp, "merge", site):
        return  # the module of Keras 2, which had no such function any more
    imported = isinstance(getattr(site, "node", None), ir.ImportFrom)
    exception = "ImportError" if imported else "AttributeError"
    if missing.removed:
        problem = Problem(
            ProblemKind.REMOVED_NAME,
            exception,
            f"`{missing.name}` was removed with Keras 1",
            hint=missing.instead,
        )
    else:
        problem = Problem(
            ProblemKind.NO_SUCH_NAME,
            exception,
            f"Keras has no layer `{missing.name}`",
            hint=missing.instead,
        )
    interp.broken(problem, site, "", None, interp.recipe("name", dotted, [], {}))


def _is_called(interp: Interpreter, name: str, site: Site) -> bool:
    """Whether the file of a place calls a name that is imported or read there."""
    code = interp.modules.codes.get(site.module.path)
    imported = site.node.names if isinstance(site.node, ir.ImportFrom) else ()
    names = [alias or name for each, alias in imported if each == name] or [name]
    called = rf"\b(?:{'|'.join(names)})\s*\("
    return code is None or re.search(called, code.source.text) is not None
