"""What a program asks Keras's backend, and sets there: data formats, float types, sessions."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.keras.functional import source_inputs
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value


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
    known = {given: name for name, given in _DATA_FORMATS.items()}.get(
        str(interp.image_data_format)
    )
    return interp.unknown("the data format") if known is None else known


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


def get_source_inputs(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The Inputs that a tensor depends on, in the order of their use."""
    found = source_inputs(args[0] if args else keywords.get("tensor"))
    return (
        interp.unknown("the inputs behind a tensor")
        if found is None
        else ListV(interp.heap, list(found))
    )


def always(value: Value) -> Native:
    """A function that returns this, whatever it is given."""

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


FUNCTIONS: dict[str, Native] = {
    "image_data_format": _image_data_format,
    "set_image_data_format": _set_image_data_format,
    "image_dim_ordering": _image_dim_ordering,
    "set_image_dim_ordering": _set_image_dim_ordering,
    "is_keras_tensor": _is_keras_tensor,
    "backend": always("tensorflow"),
    "floatx": _floatx,
    "set_floatx": _set_policy,
    "epsilon": always(1e-7),
    "set_epsilon": always(None),
    "clear_session": _clear,
    "learning_phase": _learning_phase,
}

# The same by their paths in Keras.
BY_PATH: dict[str, Native] = {
    "config.image_data_format": _image_data_format,
    "config.set_image_data_format": _set_image_data_format,
    "config.backend": always("tensorflow"),
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
    "utils.is_keras_tensor": _is_keras_tensor,
    "utils.clear_session": _clear,
    "backend.common.is_keras_tensor": _is_keras_tensor,
}
