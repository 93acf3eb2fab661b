"""Float types: what a layer computes in, by its own ``dtype`` or the program's policy."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.dtype_names import FLOATS
from kerasmergelint.keras_api.protocol import Nest, Outcome, TensorSpec
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.value import Value


def compute_dtype(interp: Interpreter, given: Value) -> str | None:
    """What a layer with this ``dtype`` argument (None: the policy's) computes in; None if not known."""
    policy = interp.dtype_policy if given is None else given
    if not isinstance(policy, str):
        return None
    name = policy.removeprefix("mixed_")
    return name if name in FLOATS else None


def variable_dtype(interp: Interpreter, given: Value) -> str | None:
    """What it stores its weights in."""
    policy = interp.dtype_policy if given is None else given
    mixed = isinstance(policy, str) and policy.startswith("mixed_")
    return "float32" if mixed else compute_dtype(interp, given)


def computed(interp: Interpreter, outcome: Outcome, given: Value) -> Outcome:
    """The outcome of a layer's rule, which speaks of float32, in what the layer computes in."""
    dtype = compute_dtype(interp, given)
    if dtype == "float32":
        return outcome
    return replace(outcome, outputs=with_floats(outcome.outputs, dtype))


def in_floats(spec: TensorSpec, dtype: str | None) -> TensorSpec:
    """A tensor of another float type, if it is of one."""
    return replace(spec, dtype=dtype) if spec.dtype in FLOATS else spec


def with_floats(nest: Nest, dtype: str | None) -> object:
    """A nest of tensors with every float tensor in another float type."""
    if isinstance(nest, TensorSpec):
        return in_floats(nest, dtype)
    if isinstance(nest, (list, tuple)):
        return type(nest)(with_floats(item, dtype) for item in nest)
    if isinstance(nest, dict):
        return {key: with_floats(item, dtype) for key, item in nest.items()}
    return nest
