"""What exactly is wrong, where the kind of a problem leaves that open: repairs are chosen by it."""

from __future__ import annotations

import enum
from typing import Literal

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import AnyShape


class Plain(enum.Enum):
    """A cause that needs no further words."""

    METRIC = "a metric refuses what the loss takes"
    CLASS_WEIGHT = "class weights for targets that are no single classes"
    SAMPLE_WEIGHT = "sample weights that do not go with the targets"
    UNLISTED_INPUT = "an output depends on an Input that the model does not list"
    SAME_NAME = "two layers of a model have the same name"
    OF_TENSORFLOW = (
        "what TensorFlow gives tensors and models lacks it; another backend's may have it"
    )
    MIXED_TYPES = "TensorFlow converts none of the types, unless it is told to behave as NumPy"
    OWN_CALL = "a call does not fit the parameters of the program's own function"
    OPEN_SEQUENTIAL = "a Sequential model has no input or output yet"


@dataclass(frozen=True, slots=True)
class OneForSeveral:
    """One array where a model has several inputs, or several outputs."""

    end: Literal["input", "output"]
    number: int


@dataclass(frozen=True, slots=True)
class OtherShape:
    """Data whose shape is not what a model expects."""

    expected: AnyShape
    given: AnyShape


@dataclass(frozen=True, slots=True)
class UnfoundName:
    """A text by which Keras finds no object, unless the program registers one."""

    name: str


Cause = Plain | UnfoundName | OneForSeveral | OtherShape
