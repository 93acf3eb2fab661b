"""What a program trains with: losses, the arguments of ``compile``, and data pipelines."""

from __future__ import annotations

import enum

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import AnyShape
from kerasmergelint.tracker.values.value import Value

# Noted among what a program has changed in its libraries.
RUNS_EAGERLY = "tensorflow.config.run_functions_eagerly"


class Gives(enum.Enum):
    """What a loss makes of a batch."""

    NUMBER = "one number for the whole batch"
    VALUES_OF_ONE_RANK = (
        "one number for each sample, of targets and outputs brought to the same rank"
    )
    VALUES = "one number for each sample, of targets and outputs as they are"
    EITHER = "that is not known"


@dataclass(frozen=True, slots=True)
class LossV:
    """A loss that Keras ships, by the name of its function."""

    name: str
    gives: Gives


@dataclass(frozen=True, slots=True)
class MetricV:
    """A metric that Keras ships, by the name of its class; it compares targets with outputs as they are."""

    name: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The arguments of ``compile``; None for those not given."""

    loss: Value
    metrics: Value = None
    weighted_metrics: Value = None
    run_eagerly: Value = None


@dataclass(frozen=True, slots=True)
class DatasetV:
    """A data pipeline: ``element``, a nest of tensors, is one item of it.

    ``iterator``: it is none, but what this function of Python, such as ``zip``, makes of some.
    """

    element: Value
    iterator: str = ""


@dataclass(frozen=True, slots=True)
class SignatureV:
    """``tf.TensorSpec``: the shape that a generator promises."""

    shape: AnyShape
    dtype: str | None = None
