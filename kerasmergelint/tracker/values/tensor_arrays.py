"""``tf.TensorArray``: a list of tensors that a loop of TensorFlow fills."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import TensorSpec


@dataclass(frozen=True, slots=True)
class TensorArrayV:
    """``element`` is what each place holds; None before anything is known to be written.

    ``dtype`` is the data type of all elements, None if unknown.  How many there are is never known.
    """

    element: TensorSpec | None
    dtype: str | None
