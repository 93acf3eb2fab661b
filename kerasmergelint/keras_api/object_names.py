"""The texts by which Keras finds activations, losses, optimizers and the like, and those that find nothing.

Keras grows, and programs register names of their own, so an unfamiliar text proves nothing.  Certain are
misspellings of known names, and names that people expect and that never existed.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from functools import lru_cache

from kerasmergelint.keras_api.causes import UnfoundName
from kerasmergelint.keras_api.protocol import Broken, Config, Problem, ProblemKind
from kerasmergelint.keras_api.signatures import DATA
from kerasmergelint.keras_api.versions import V2, KerasVersion


class Kind(enum.Enum):
    """What a text stands for, in the words of Keras's messages; the value is the module."""

    ACTIVATION = "activations"
    CONSTRAINT = "constraints"
    INITIALIZER = "initializers"
    LOSS = "losses"
    METRIC = "metrics"
    OPTIMIZER = "optimizers"
    REGULARIZER = "regularizers"


# What Keras looks up elsewhere, or did in early releases.
_ALSO = {
    Kind.INITIALIZER: {"orthogonal_initializer"},
    Kind.LOSS: {"ce", "crossentropy", "cosine", "cosine_proximity"},
    Kind.METRIC: {
        "acc", "accuracy", "ce", "crossentropy", "cosine", "cosine_proximity", "fbeta_score", "fmeasure",
        "matthews_correlation",
    },
    Kind.OPTIMIZER: {"tfoptimizer", "lamb", "lossscaleoptimizer"},
}  # fmt: skip
_FOLDED = frozenset({Kind.OPTIMIZER, Kind.METRIC})  # in which case does not matter, or not always
# What people write for something that Keras has by another name, or not at all.
_NEVER: dict[Kind, dict[str, str | None]] = {
    Kind.ACTIVATION: {"none": "leave it out, or write None", "identity": "use 'linear'", "": None},
    Kind.INITIALIZER: {"xavier": "use 'glorot_uniform'", "glorot": "use 'glorot_uniform'",
                       "he": "use 'he_normal'", "kaiming": "use 'he_normal'", "random": None},
    Kind.LOSS: {"dice_loss": None, "focal_loss": None, "nll": None, "l1": "use 'mae'", "l2": "use 'mse'"},
    Kind.METRIC: {"f1": "use keras.metrics.F1Score", "r2": "use keras.metrics.R2Score",
                  "iou": "use keras.metrics.MeanIoU", "dice": None, "dice_coef": None,
                  "loss": "the loss is reported without being asked for", "val_loss": None,
                  "val_accuracy": "use 'accuracy'"},
}  # fmt: skip
# Layers that programs of early TensorFlow 2 take as activations, by names in small letters.
_ONCE_ACTIVATIONS = frozenset(
    {"prelu", "p_re_lu", "leakyrelu", "leaky_re_lu", "thresholdedrelu", "thresholded_re_lu"}
)
_ALIKE = 0.78


def kind_of(argument: str) -> Kind | None:
    """What an argument of a layer takes by its name.

    >>> kind_of("recurrent_activation"), kind_of("bias_initializer"), kind_of("units")
    (<Kind.ACTIVATION: 'activations'>, <Kind.INITIALIZER: 'initializers'>, None)
    """
    if argument == "activity_regularizer":
        return None  # not every layer looks at it
    return _BY_LAST_WORD.get(argument.rpartition("_")[2])


_BY_LAST_WORD = {
    "activation": Kind.ACTIVATION, "constraint": Kind.CONSTRAINT, "initializer": Kind.INITIALIZER,
    "regularizer": Kind.REGULARIZER,
}  # fmt: skip


def refused_arguments(config: Config, version: KerasVersion) -> None:
    """Raises :class:`Broken` for a name that the constructor of a layer does not find."""
    for argument, value in config.items():
        if type(value) not in (str, int, float):
            continue
        kind = kind_of(argument)
        if kind is None:
            continue
        if type(value) is not str:
            raise _number(argument, value)
        broken = refusal(kind, value, version)
        if broken is not None:
            raise broken


def _number(argument: str, value: object) -> Broken:
    """Keras makes no object of a number."""
    hint = f"write keras.regularizers.L2({value})" if "regularizer" in argument else None
    detail = f"{argument} is the number {value}"
    return Broken(Problem(ProblemKind.ARGUMENT, "ValueError", detail, hint=hint))


def refusal(
    kind: Kind, name: str, version: KerasVersion, *, at: ProblemKind = ProblemKind.ARGUMENT
) -> Broken | None:
    """Why Keras does not find an object by this text; None if it does, or may.

    >>> refusal(Kind.ACTIVATION, "rellu", KerasVersion.V3).problem.hint
    "did you mean 'relu'?"
    >>> refusal(Kind.ACTIVATION, "my_own", KerasVersion.V3)
    """
    if finds(kind, name, version):
        return None
    never = _NEVER.get(kind, {})
    near = nearest(kind, name, version)
    if near is None and name.lower() not in never:
        return None
    hint = never.get(name.lower()) or (None if near is None else f"did you mean {near!r}?")
    what = kind.name.lower()
    detail = f"there is no {what} called {name!r}"
    untyped = version in V2 and kind is Kind.METRIC  # taken for a function, and called
    exception = "TypeError" if untyped else "ValueError"
    return Broken(Problem(at, exception, detail, hint=hint, cause=UnfoundName(name)))


def finds(kind: Kind, name: str, version: KerasVersion) -> bool:
    """Whether Keras itself has an object of this name."""
    if version in V2 and kind is Kind.ACTIVATION and name in _ONCE_ACTIVATIONS:
        return True
    if version in V2 and kind is Kind.REGULARIZER:
        return True  # it keeps the text, and may never use it
    folded = name.lower() if kind in _FOLDED else name
    names = _names(kind, version.major)
    return name in names or folded in names or folded in _ALSO.get(kind, ())


def nearest(kind: Kind, name: str, version: KerasVersion) -> str | None:
    """The name that a text misspells: other letters, or other signs between the words."""
    from difflib import get_close_matches  # late: only for names that are misspelt

    names = _names(kind, version.major) & _names(
        kind, 3
    )  # those of Keras 2 have other things among them
    plain = {_letters(known): known for known in sorted(names)}
    known = get_close_matches(_letters(name), plain, 1, _ALIKE)
    return plain[known[0]] if known else None


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


@lru_cache(maxsize=16)
def _names(kind: Kind, major: int) -> frozenset[str]:
    return frozenset(_table()[str(major)][kind.value])


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    found: Mapping[str, Mapping[str, list[str]]] = json.loads(
        (DATA / "object_names.json").read_text(encoding="utf-8")
    )
    return found
