"""Metrics that Keras 3 ships: which targets and outputs they refuse.

Keras passes them what the model was given: unlike a loss, some do not align the ranks.
"""

from __future__ import annotations

import enum

from kerasmergelint.keras_api import causes
from kerasmergelint.keras_api.losses import Dims, aligned, shape_conflict
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import Broken, Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.shapes import Shape, product
from kerasmergelint.shapes.broadcast import never_equal


class Compares(enum.Enum):
    """How a metric compares a target with an output."""

    BROADCAST = "whatever can be broadcast, brought to the same rank"
    AS_GIVEN = "whatever can be broadcast"
    BY_CLASS = "the largest along the last axis of both"
    BY_NUMBER = "the number of a class with the largest along the last axis"
    AS_MANY = "all numbers of both, which must be as many"
    TWO_AXES = "samples and classes, of both"
    BY_SHAPE = "one of the accuracies, by the shapes"


_BY_RULE: dict[Compares, tuple[str, ...]] = {
    Compares.BROADCAST: (
        "Accuracy", "BinaryAccuracy", "MeanSquaredError", "RootMeanSquaredError", "MeanAbsoluteError",
        "MeanAbsolutePercentageError", "MeanSquaredLogarithmicError", "CosineSimilarity", "LogCoshError",
    ),
    Compares.AS_GIVEN: ("KLDivergence", "Hinge", "SquaredHinge", "CategoricalHinge"),
    Compares.BY_CLASS: ("CategoricalAccuracy", "OneHotMeanIoU", "OneHotIoU"),
    Compares.BY_NUMBER: ("SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy"),
    Compares.AS_MANY: (
        "Precision", "Recall", "AUC", "TruePositives", "TrueNegatives", "FalsePositives",
        "FalseNegatives", "MeanIoU", "IoU", "BinaryIoU",
    ),
    Compares.TWO_AXES: ("F1Score", "FBetaScore"),
    Compares.BY_SHAPE: ("accuracy", "acc"),
}  # fmt: skip
_RULES = {name: rule for rule, names in _BY_RULE.items() for name in names}
_SHORT = {
    "mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "mean_squared_error": "MeanSquaredError",
    "mean_absolute_error": "MeanAbsoluteError", "binary_accuracy": "BinaryAccuracy",
    "categorical_accuracy": "CategoricalAccuracy",
    "sparse_categorical_accuracy": "SparseCategoricalAccuracy",
}  # fmt: skip
# Arguments with which a metric does not look at all numbers.
CHANGING = frozenset(
    {"class_id", "multi_label", "sparse_y_true", "sparse_y_pred", "axis", "target_class_ids"}
)


def metric_named(name: str) -> str | None:
    """The metric that a string in ``compile(metrics=[...])`` means; None for one that is not known.

    >>> metric_named("mae"), metric_named("accuracy"), metric_named("mine")
    ('MeanAbsoluteError', 'accuracy', None)
    """
    found = _SHORT.get(name, name)
    return found if found in _RULES else None


def metric_class(dotted: str) -> str | None:
    """The metric that a class of this dotted name makes."""
    folder, _, last = (inner_path(dotted) or "").rpartition(".")
    return last if folder == "metrics" and last in _RULES and last[0].isupper() else None


def check(name: str, target: Dims, output: Dims, version: KerasVersion) -> None:
    """Raises :class:`Broken` where Keras certainly refuses the two; of Keras 2 nothing is said."""
    if version not in V3:
        return
    rule = _RULES[name]
    if rule is Compares.BY_SHAPE:
        chosen = _accuracy(target, output)
        if chosen is None:
            return
        rule = chosen
    detail = _CHECKS[rule](target, output)
    if detail is None:
        return
    words = f"the metric {name} of targets {Shape(target)} and outputs {Shape(output)}: {detail}"
    hint, cause = _hint(rule, target, output), causes.Plain.METRIC
    raise Broken(Problem(ProblemKind.TARGETS, "ValueError", words, hint=hint, cause=cause))


def _accuracy(target: Dims, output: Dims) -> Compares | None:
    """Which accuracy Keras takes; None if that is not known."""
    if not target or not output or not isinstance(output[-1], int):
        return None
    if output[-1] == 1:
        return Compares.BROADCAST
    if len(target) < len(output) or target[-1] == 1:
        return Compares.BY_NUMBER
    return Compares.BY_CLASS if never_equal(target[-1], 1) else None


def _brought_to_one_rank(target: Dims, output: Dims) -> str | None:
    both = aligned(target, output, KerasVersion.V3)
    return None if both is None else shape_conflict(*both)


def _by_class(target: Dims, output: Dims) -> str | None:
    return shape_conflict(target[:-1], output[:-1])


def _by_number(target: Dims, output: Dims) -> str | None:
    if len(target) == len(output) and target:
        if target[-1] != 1:
            return shape_conflict(target, output[:-1]) if never_equal(target[-1], 1) else None
        target = target[:-1]
    return shape_conflict(target, output[:-1]) if len(target) == len(output) - 1 else None


def _as_many(target: Dims, output: Dims) -> str | None:
    """Both must have the same number of elements; a single one would be compared with all."""
    if None in target or None in output:
        return None
    given, wanted = product(target), product(output)
    lonely = not (never_equal(given, 1) and never_equal(wanted, 1))
    if lonely or not never_equal(given, wanted):
        return None
    if target[:1] == output[:1]:
        given, wanted = product(target[1:]), product(output[1:])
        return f"for each sample there are {given} and {wanted} numbers"
    return f"there are {given} and {wanted} numbers"


def _two_axes(target: Dims, output: Dims) -> str | None:
    if len(target) != 2 or len(output) != 2:
        return "both must have two axes, samples and classes"
    return shape_conflict(target, output)


_CHECKS = {
    Compares.BROADCAST: _brought_to_one_rank,
    Compares.AS_GIVEN: shape_conflict,
    Compares.BY_CLASS: _by_class,
    Compares.BY_NUMBER: _by_number,
    Compares.AS_MANY: _as_many,
    Compares.TWO_AXES: _two_axes,
}


def _hint(rule: Compares, target: Dims, output: Dims) -> str | None:
    """A hint at what was probably meant."""
    if rule is Compares.TWO_AXES and len(target) == 1:
        return "give the targets a second axis, by reshape(-1, 1)"
    if rule is Compares.AS_MANY and _by_number(target, output) is None and len(output) > 1:
        return "make the targets one-hot, or take a metric for numbers of classes"
    return None
