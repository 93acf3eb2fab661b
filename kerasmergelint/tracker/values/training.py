"""What a program trains with: losses, what a model was compiled with, and pipelines of data."""

from __future__ import annotations

from dataclasses import dataclass

from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class LossV:
    """A loss that Keras ships, by the name of its function.

    ``reduced``: it gives one number for the whole batch, and not one for each sample.
    """

    name: str
    reduced: bool = True


@dataclass(frozen=True, slots=True)
class Compiled:
    """What ``compile`` was given; ``loss`` is None where there is none."""

    loss: Value


@dataclass(frozen=True, slots=True)
class DatasetV:
    """A pipeline of batches: ``element`` is what each step gives, a nest of tensors."""

    element: Value
