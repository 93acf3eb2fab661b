"""What begins with a release of Keras 3, where the rules describe the newest one.

Nothing is said about older releases unless the rule covers them; see also the ranges of versions in
:class:`~kerasmergelint.keras_api.layers.layer_type.Behaviour`.  Measured by
``scripts/compare_keras.py``.
"""

from __future__ import annotations

import enum

from kerasmergelint.keras_api.versions import V2, KerasVersion

# Versions that no change concerns.
UP_TO_DATE = V2 | {KerasVersion.V3}
REASON = "this changed between versions of Keras 3"


class What(enum.Enum):
    """What begins with a release."""

    REFUSES = "it refuses what it let pass"
    ANSWERS = "its results are others"
