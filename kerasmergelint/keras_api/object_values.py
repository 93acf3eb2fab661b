"""Values that optimizers, losses, metrics and callbacks refuse when they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.protocol import Broken
from kerasmergelint.keras_api.versions import V2, KerasVersion

Given = Mapping[str, object]
Check = Callable[[Given, KerasVersion], "str | None"]


def refusal(path: str, given: Given, version: KerasVersion) -> Broken | None:
    """Why a class of Keras by this path refuses its arguments; None if it takes them, or may.

    >>> refusal("optimizers.SGD", {"momentum": 1.9}, KerasVersion.V3).problem.detail
    'momentum is 1.9, and must be a float between 0 and 1'
    >>> refusal("optimizers.SGD", {"momentum": 0}, KerasVersion.V2)
    """
    root = path.partition(".")[0]
    for check in (*_OF_ROOT.get(root, ()), *_OF_CLASS.get(path, ())):
        detail = check(given, version)
        if detail is not None:
            return refused(detail)
    return None


def _rate(given: Given, version: KerasVersion) -> str | None:
    """Keras 3 wants a float; Keras 2 makes a variable of any number."""
    rate = given.get("learning_rate", 0.1)
    wrong = type(rate) is str if version in V2 else type(rate) in (bool, int, str)
    if not wrong:
        return None
    return f"learning_rate is {rate!r}, and must be a float"


_CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")


def _clips(given: Given, version: KerasVersion) -> str | None:
    clips = [name for name in _CLIPS if type(given.get(name)) in (int, float)]
    if len(clips) < 2 or version in V2:
        return None
    return f"only one of {' and '.join(clips)} can be set"


def _momentum(given: Given, version: KerasVersion) -> str | None:
    momentum = given.get("momentum", 0.0)
    if not isinstance(momentum, (int, float)):
        return None
    if 0 <= momentum <= 1 and (version in V2 or isinstance(momentum, float)):
        return None
    return f"momentum is {momentum!r}, and must be a float between 0 and 1"


_REDUCTIONS = frozenset(
    {"auto", "mean", "mean_with_sample_weight", "none", "sum", "sum_over_batch_size"}
)


def _reduction(given: Given, version: KerasVersion) -> str | None:
    """Keras 2 has the one that Keras 3 has not, and knows them in capital letters, too."""
    reduction = given.get("reduction")
    if type(reduction) is not str or (version in V2 and reduction.lower() in _REDUCTIONS):
        return None
    known = reduction in _REDUCTIONS and reduction != "auto"
    return None if known else f"there is no reduction called {reduction!r}"


def _thresholds(given: Given, version: KerasVersion) -> str | None:
    thresholds = given.get("thresholds")
    several = thresholds if isinstance(thresholds, Sequence) else (thresholds,)
    for one in several:
        if type(one) in (int, float) and not 0 <= one <= 1:  # type: ignore[operator]
            return f"the threshold {one} is not between 0 and 1"
    return None


def _curve(given: Given, version: KerasVersion) -> str | None:
    curve = given.get("curve", "ROC")
    known = type(curve) is not str or curve.upper() in ("PR", "ROC", "PRGAIN")
    return None if known else f"there is no curve called {curve!r}"


def _save_freq(given: Given, version: KerasVersion) -> str | None:
    frequency = given.get("save_freq", "epoch")
    if type(frequency) not in (str, float) or frequency == "epoch":
        return None
    return f"save_freq is {frequency!r}, and must be 'epoch' or a number of batches"


def _boundaries(given: Given, version: KerasVersion) -> str | None:
    boundaries, values = given.get("boundaries"), given.get("values")
    if not isinstance(boundaries, Sequence) or not isinstance(values, Sequence):
        return None
    if len(boundaries) == len(values) - 1:
        return None
    return f"{len(boundaries)} boundaries have {len(boundaries) + 1} values, got {len(values)}"


_OF_ROOT: Mapping[str, tuple[Check, ...]] = {
    "optimizers": (_rate, _clips),
    "losses": (_reduction,),
}
_WITH_THRESHOLDS = (
    "FalseNegatives", "FalsePositives", "Precision", "Recall", "TrueNegatives", "TruePositives",
)  # fmt: skip
_OF_CLASS: Mapping[str, tuple[Check, ...]] = {
    "optimizers.SGD": (_momentum,),
    "optimizers.schedules.PiecewiseConstantDecay": (_boundaries,),
    "metrics.AUC": (_curve,),
    "callbacks.ModelCheckpoint": (_save_freq,),
    **{f"metrics.{name}": (_thresholds,) for name in _WITH_THRESHOLDS},
}
