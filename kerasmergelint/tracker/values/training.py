"""What a program trains with: losses, the arguments of ``compile``, and data pipelines."""

from __future__ import annotations

from dataclasses import dataclass

from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class LossV:
    """A loss of Keras, by the name of its function.

    ``reduced``: it gives one number per batch, not one per sample.
    """

    name: str
    reduced: bool = True


@dataclass(frozen=True, slots=True)
class Compiled:
    """The arguments of ``compile``; ``loss`` is None if none was given."""

    loss: Value


@dataclass(frozen=True, slots=True)
class DatasetV:
    """A data pipeline: ``element``, a nest of tensors, is one item of it."""

    element: Value
