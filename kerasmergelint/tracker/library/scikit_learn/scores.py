"""``sklearn.metrics``: what they refuse of truth and prediction by their shapes alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kerasmergelint.shapes import Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.library.preparation import as_array
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import not_scaled
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_Dims = tuple[Dim, ...]
# Why two shapes of as many rows are refused; None if they are not.
_Rule = Callable[[int | None, int | None], str | None]


def _score(
    name: str, rule: _Rule, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    bound = bind_native(interp, ("y_true", "y_pred"), args, keywords)
    bound.setdefault("y_pred", bound.get("y_score"))
    true, predicted = (_dims(interp, bound.get(part)) for part in ("y_true", "y_pred"))
    why = None if true is None or predicted is None else _refusal(rule, true, predicted)
    if why is not None and true is not None and predicted is not None:
        detail = f"{name} of {Shape(true)} and {Shape(predicted)}: {why}"
        raise not_scaled(interp, detail, site)
    return interp.unknown(f"what {name} gives")


def _dims(interp: Interpreter, given: Value) -> _Dims | None:
    given = interp.resolve(given)
    made = given.as_array() if isinstance(given, FrameV) else as_array(interp, given)
    return None if made is None else made.spec.dims


def _refusal(rule: _Rule, true: _Dims, predicted: _Dims) -> str | None:
    if not true or not predicted:
        return None
    if never_equal(true[0], predicted[0]):
        return f"there are {true[0]} samples and {predicted[0]}"
    if max(len(true), len(predicted)) > 2:
        return "there are more than two axes"
    return rule(_width(true), _width(predicted))


def _width(dims: _Dims) -> int | None:
    """The number of columns; a vector is a column. None if unknown."""
    last = dims[1] if len(dims) > 1 else 1
    return last if isinstance(last, int) else None


def _of_classes(true: int | None, predicted: int | None) -> str | None:
    """Numbers of classes are not compared with columns, of probabilities or of a one-hot code."""
    if true is None or predicted is None or (true > 1) == (predicted > 1):
        return None
    return "numbers of classes, and a column for each; use `argmax(axis=1)`"


def _of_numbers_of_classes(true: int | None, predicted: int | None) -> str | None:
    if any(width is not None and width > 1 for width in (true, predicted)):
        return "there is a column for each class; use `argmax(axis=1)`"
    return None


def _of_values(true: int | None, predicted: int | None) -> str | None:
    if true is None or predicted is None or true == predicted:
        return None
    return f"there are {true} columns and {predicted}"


def _of_two_classes(true: int | None, predicted: int | None) -> str | None:
    if any(width is not None and width > 1 for width in (true, predicted)):
        return "both are vectors: take the column of one class"
    return None


_RULES: dict[_Rule, tuple[str, ...]] = {
    _of_classes: (
        "accuracy_score", "classification_report", "f1_score", "fbeta_score", "hamming_loss",
        "jaccard_score", "multilabel_confusion_matrix", "precision_recall_fscore_support",
        "precision_score", "recall_score", "zero_one_loss",
    ),
    _of_numbers_of_classes: (
        "balanced_accuracy_score", "cohen_kappa_score", "confusion_matrix", "matthews_corrcoef",
    ),
    _of_values: (
        "explained_variance_score", "mean_absolute_error", "mean_absolute_percentage_error",
        "mean_squared_error", "mean_squared_log_error", "median_absolute_error", "r2_score",
        "root_mean_squared_error",
    ),
    _of_two_classes: ("precision_recall_curve", "roc_curve"),
}  # fmt: skip

FUNCTIONS: dict[str, Native] = {
    f"sklearn.metrics.{name}": partial(_score, name, rule)
    for rule, names in _RULES.items()
    for name in names
}
