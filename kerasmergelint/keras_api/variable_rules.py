"""Variables: what can be assigned to them, and where a list of weights does not become a tensor."""

from __future__ import annotations

import enum

from kerasmergelint.keras_api.doubts import Doubt, of_equality
from kerasmergelint.keras_api.problems import bad
from kerasmergelint.keras_api.protocol import Broken, TensorSpec
from kerasmergelint.shapes import Dim
from kerasmergelint.shapes.broadcast import never_equal


class Owner(enum.Enum):
    """Whose class a variable is of."""

    KERAS = "keras.Variable, as the weights of Keras 3 are"
    TENSORFLOW = "tf.Variable, as the weights of Keras 2 are"


UNSAID = "whether a value fits into a variable"
# The methods of both classes.
ASSIGNING = frozenset({"assign", "assign_add", "assign_sub"})


def assign(method: str, variable: TensorSpec, value: TensorSpec, owner: Owner) -> None:
    """Raises :class:`Broken` where a value does certainly not fit into a variable.

    Keras computes ``variable + value`` before it assigns, so that a smaller value is broadcast;
    TensorFlow wants the very shape of the variable.
    """
    wanted, given = variable.dims, value.dims
    if wanted is None or given is None:
        return
    stretches = owner is Owner.KERAS and method != "assign"
    if stretches and len(given) <= len(wanted):
        pairs = list(zip(wanted[len(wanted) - len(given) :], given))
        refused = not _is_bias(method, wanted, given) and any(
            _differ(a, b) and _differ(b, 1) for a, b in pairs
        )
    else:
        refused = len(wanted) != len(given) or any(map(_differ, wanted, given))
    if refused:
        hint = "a variable keeps its shape"
        raise bad(f"a value {value} for a variable {variable}", hint=hint)


def asked(method: str, variable: TensorSpec, value: TensorSpec) -> tuple[Doubt, ...]:
    """What an assignment that is not refused requires of sizes, as both owners see it."""
    if variable.dims is None or value.dims is None or method != "assign":
        return () if variable.dims == value.dims else (UNSAID,)
    return of_equality(zip(variable.dims, value.dims), UNSAID)


def _is_bias(method: str, wanted: tuple[Dim, ...], given: tuple[Dim, ...]) -> bool:
    """Whether Keras adds the value as a bias: a vector, wherever its one axis stands."""
    long = [dim for dim in given if dim != 1]
    return (
        method == "assign_add"
        and len(wanted) > 1
        and len(long) == 1
        and not _differ(long[0], wanted[-1])
    )


def _differ(a: Dim, b: Dim) -> bool:
    return a is not None and b is not None and never_equal(a, b)


def list_of_weights() -> Broken:
    """TensorFlow looks for the type of a list's tensors in its first item, and fails on that of a weight."""
    detail = "a list that begins with a weight of Keras 3 does not become a tensor"
    hint = "convert each weight, as in `[tf.convert_to_tensor(w) for w in weights]`"
    return bad(detail, exception="AttributeError", hint=hint)
