"""What TensorFlow computes while it traces: small tensors that follow from constants alone.

``tf.maximum(tf.shape(x)[1], 3)`` is a number once the shape of ``x`` is fixed, and TensorFlow knows a size
that is made of it.  Most rules of ops follow no content, and "no content" says that only a run decides.
"""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import (
    DECIDED_BY_A_RUN,
    Nest,
    Outcome,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN


def folded(outcome: Outcome, given: Nest) -> Outcome:
    """The outcome, whose numbers and vectors have some content if nothing that was given is dynamic."""
    outputs = outcome.outputs
    parts = outputs if isinstance(outputs, (list, tuple)) else (outputs,)
    if not any(map(_lacks_content, parts)) or _is_dynamic(given):
        return outcome
    kept = [replace(part, data=UNKNOWN) if _lacks_content(part) else part for part in parts]
    return replace(outcome, outputs=type(outputs)(kept) if parts is outputs else kept[0])


def _lacks_content(part: Nest) -> bool:
    if not isinstance(part, TensorSpec) or part.data is not None or part.kind is TensorKind.KERAS:
        return False
    return part.dims is None or len(part.dims) <= 1


def _is_dynamic(given: Nest) -> bool:
    """Whether a tensor is among these whose content only a run decides."""
    if isinstance(given, TensorSpec):
        if given.data is None:
            return given.kind in DECIDED_BY_A_RUN
        return isinstance(given.data, tuple) and None in given.data
    if isinstance(given, dict):
        given = given.values()
    elif not isinstance(given, (list, tuple)):
        return False
    return any(map(_is_dynamic, given))
