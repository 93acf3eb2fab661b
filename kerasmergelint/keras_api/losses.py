"""Losses that Keras ships: which targets and outputs they take.

Both may be broadcast, or must be of the same shape; before that Keras drops or adds a last axis of
size 1 to bring them to the same rank.
"""

from __future__ import annotations

import enum

from kerasmergelint.keras_api.doubts import Doubt, of_broadcast, of_equality
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.shapes import Dim, Expr, Shape, product
from kerasmergelint.shapes.broadcast import NonePolicy, broadcast, never_equal


class Takes(enum.Enum):
    """How a loss compares a target with an output."""

    BROADCAST = "whatever can be broadcast"
    SAME = "the same shape"
    NUMBERS = "the number of a class in place of the last axis"


_BROADCAST = (
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error", "huber", "log_cosh", "hinge", "squared_hinge",
    "categorical_hinge", "kl_divergence", "poisson", "cosine_similarity",
)  # fmt: skip
_LOSSES: dict[str, Takes] = {
    **dict.fromkeys(_BROADCAST, Takes.BROADCAST),
    "binary_crossentropy": Takes.SAME,
    "binary_focal_crossentropy": Takes.SAME,
    "categorical_crossentropy": Takes.SAME,
    "categorical_focal_crossentropy": Takes.BROADCAST,
    "dice": Takes.BROADCAST,
    "tversky": Takes.BROADCAST,
    "sparse_categorical_crossentropy": Takes.NUMBERS,
}
_OF_ALL = ("dice", "tversky")  # one number for all samples
_SHORT = {
    "mse": "mean_squared_error", "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error", "msle": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy", "kld": "kl_divergence", "logcosh": "log_cosh",
    "kullback_leibler_divergence": "kl_divergence", "cosine": "cosine_similarity",
}  # fmt: skip


def _class_name(function: str) -> str:
    return "".join(word.capitalize() for word in function.split("_"))


_CLASSES = {_class_name(name): name for name in _LOSSES} | {"KLDivergence": "kl_divergence"}


def loss_named(name: str) -> str | None:
    """The function that ``compile(loss=name)`` means; None for one that is not known.

    >>> loss_named("mse"), loss_named("BinaryCrossentropy"), loss_named("mine")
    ('mean_squared_error', 'binary_crossentropy', None)
    """
    found = _SHORT.get(name.lower(), _CLASSES.get(name, name))
    return found if found in _LOSSES else None


def loss_function(dotted: str) -> str | None:
    """The loss behind the dotted name of a function of target and output."""
    path = inner_path(dotted) or ""
    folder, _, last = path.rpartition(".")
    name = _SHORT.get(last.lower(), last) if folder in ("losses", "metrics") else ""
    return name if name in _LOSSES else None


def loss_class(dotted: str) -> str | None:
    """The loss that a class of this dotted name makes."""
    path = inner_path(dotted) or ""
    folder, _, last = path.rpartition(".")
    return _CLASSES.get(last) if folder == "losses" else None


Dims = tuple[Dim, ...]
_ALIGNING = ("mean_squared_error", "mean_absolute_error", "cosine_similarity", "log_cosh", "huber")


def aligns_itself(name: str, output: Dims) -> bool:
    """Whether the function of Keras 3 refuses all that its class refuses."""
    takes = _LOSSES[name]
    if takes is Takes.NUMBERS:
        return bool(output) and never_equal(output[-1], 1)
    return takes is Takes.SAME or name in _ALIGNING


def aligned(target: Dims, output: Dims, version: KerasVersion) -> tuple[Dims, Dims] | None:
    """Both with a last axis of size 1 dropped or added, as ``fit`` does; None if that is not known."""
    return _of_one_rank(*_fed(target, output, version), version)


def _fed(target: Dims, output: Dims, version: KerasVersion) -> tuple[Dims, Dims]:
    """Keras 2 feeds targets of one axis as a column to whatever has columns."""
    if version not in V3 and len(target) == 1 and len(output) == 2:
        target = (*target, 1)
    return target, output


def _of_one_rank(target: Dims, output: Dims, version: KerasVersion) -> tuple[Dims, Dims] | None:
    longer, shorter = (target, output) if len(target) > len(output) else (output, target)
    if len(longer) != len(shorter) + 1:
        return target, output
    if longer[-1] != 1:
        return (target, output) if never_equal(longer[-1], 1) else None
    if len(shorter) == 1 and version in V3:
        shorter = (*shorter, 1)
    else:
        longer = longer[:-1]
    return (longer, shorter) if len(target) > len(output) else (shorter, longer)


def of_object(target: Dims, output: Dims, version: KerasVersion) -> tuple[Dims, Dims] | None:
    """Both as ``call`` of a loss class of the program's own gets them: no ranks are brought together."""
    return _fed(target, output, version)


def checked(
    name: str, target: Dims, output: Dims, version: KerasVersion, activation: str | None = None
) -> Dims | None:
    """The shape of a loss per sample; None if unknown.

    ``activation`` is what the output comes from: of a sigmoid or a softmax Keras 2 takes the logits,
    and does not broadcast them.  Raises :class:`Broken` where Keras certainly refuses the two.
    """
    return _checked(name, aligned(target, output, version), (target, output), version, activation)


def _checked(
    name: str,
    both: tuple[Dims, Dims] | None,
    given: tuple[Dims, Dims],
    version: KerasVersion,
    activation: str | None = None,
) -> Dims | None:
    if both is None:
        return None
    target, output = given
    # An output that lost an axis is another tensor, without them.
    has_logits = activation in ("sigmoid", "softmax") and len(both[1]) == len(output)
    strict = version in V3 or name == "categorical_crossentropy" or has_logits
    rules = {Takes.BROADCAST: shape_conflict, Takes.SAME: _same, Takes.NUMBERS: _numbers}
    rule = rules[_LOSSES[name]]
    if version not in V3 and rule is _numbers:
        rule = _as_many_numbers
    detail = rule(*both) if strict or rule is not _same else shape_conflict(*both)
    if detail is not None:
        raise _refusal(name, target, output, detail, _hint(name, *both))
    return None if name in _OF_ALL else _rows(rule, *both)


def compared(name: str, target: Dims, output: Dims, version: KerasVersion) -> Dims | None:
    """The same of an object that the program calls: nothing makes a column of a target of one axis.

    Of a single output Keras 2 drops the last axis first, since TensorFlow has it: then the rows are classes.
    """
    both = _of_one_rank(target, output, version)
    if version not in V3 and _LOSSES[name] is Takes.NUMBERS and both != (target, output):
        return None
    return _checked(name, both, (target, output), version)


def called(name: str, target: Dims, output: Dims, version: KerasVersion) -> Dims | None:
    """The same of the function itself: where Keras 3 compares shapes it takes the ranks as they are."""
    if version in V3 and _LOSSES[name] is Takes.SAME:
        detail = _same(target, output)
        if detail is not None:
            hint = _hint(name, target, output)
            if len(target) != len(output) and aligned(target, output, version) != (target, output):
                hint = "only `compile` brings a column and a row together; give both the same rank"
            raise _refusal(name, target, output, detail, hint)
    return checked(name, target, output, version)


def _refusal(name: str, target: Dims, output: Dims, detail: str, hint: str | None) -> Broken:
    words = f"{name} of targets {Shape(target)} and outputs {Shape(output)}: {detail}"
    return Broken(Problem(ProblemKind.TARGETS, "ValueError", words, hint=hint))


UNSAID = "how the sizes of targets and outputs are compared"


def asked(name: str, target: Dims, output: Dims, version: KerasVersion) -> tuple[Doubt, ...]:
    """What a loss that is called requires of sizes if it refuses nothing; :data:`UNSAID` where unsaid."""
    both = _of_one_rank(target, output, version)
    if both is None:
        return (UNSAID,)
    target, output = both
    takes = _LOSSES[name]
    if takes is Takes.NUMBERS and output:
        target, output = target[: len(output) - 1], output[:-1]
    if takes is Takes.BROADCAST:
        return of_broadcast(broadcast(Shape(target), Shape(output), NonePolicy.SIZE_WINS), UNSAID)
    if len(target) != len(output):
        return (UNSAID,)
    doubts = of_equality(zip(target, output), UNSAID)
    return doubts if version in V3 or not doubts else (UNSAID,)


def per_sample(name: str, target: Dims, output: Dims) -> Dims | None:
    """The shape of a loss per sample where all versions, functions and classes agree; None elsewhere."""
    if name in _OF_ALL:
        return None
    if _LOSSES[name] is not Takes.NUMBERS:
        return _broadcast_rows(target, output) if len(target) == len(output) else None
    places = output[:-1]
    is_sure = bool(places) and never_equal(output[-1], 1) and target in (places, (*places, 1))
    return places if is_sure else None


def _rows(rule: object, target: Dims, output: Dims) -> Dims | None:
    """Both without their last axis; None if unknown."""
    if rule is shape_conflict:
        return _broadcast_rows(target, output)
    return output[:-1] if output else None


def _broadcast_rows(target: Dims, output: Dims) -> Dims | None:
    made = broadcast(Shape(target), Shape(output), NonePolicy.SIZE_WINS).shape
    return made.dims[:-1] if output and isinstance(made, Shape) else None


def shape_conflict(target: Dims, output: Dims) -> str | None:
    """Why two shapes certainly do not broadcast."""
    conflict = broadcast(Shape(target), Shape(output), NonePolicy.SIZE_WINS).conflict
    if conflict is None:
        return None
    return f"{conflict.left} and {conflict.right} do not broadcast"


def _same(target: Dims, output: Dims) -> str | None:
    if len(target) != len(output):
        return "the ranks differ"
    for one, other in zip(target, output):
        if never_equal(one, other):
            return f"{one} and {other} differ"
    return None


def _numbers(target: Dims, output: Dims) -> str | None:
    if len(target) == len(output) and target:
        if not never_equal(target[-1], 1) and target[-1] != 1:
            return None
        target = target[:-1] if target[-1] == 1 else target
    if len(target) != len(output) - 1:
        return (
            "it takes one class number per sample, and the classes on the last axis of the outputs"
        )
    for one, other in zip(target, output[:-1]):
        if never_equal(one, other):
            return f"{one} and {other} differ"
    return None


def _as_many_numbers(target: Dims, output: Dims) -> str | None:
    """Keras 2 flattens both: only how many numbers there are counts."""
    if None in target or None in output:
        return None
    sizes, places = target, output[:-1]
    if sizes and places and sizes[0] == places[0] and isinstance(sizes[0], (int, Expr)):
        sizes, places = sizes[1:], places[1:]  # for each sample
    given, wanted = product(sizes), product(places)
    return f"it takes {wanted} numbers, got {given}" if never_equal(given, wanted) else None


def _hint(name: str, target: Dims, output: Dims) -> str | None:
    """A hint at what was probably meant."""
    wide = bool(output) and never_equal(output[-1], 1)
    if name == "sparse_categorical_crossentropy" and _same(target, output) is None:
        return "use categorical_crossentropy for one-hot targets"
    if name == "categorical_crossentropy" and wide and _numbers(target, output) is None:
        return "use sparse_categorical_crossentropy for numbers of classes, or to_categorical"
    if name == "binary_crossentropy" and wide and len(target) == len(output) == 2:
        return "end in one unit, or give one target for each unit"
    return None
