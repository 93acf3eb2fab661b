"""Which Keras a program means.

``keras`` and ``tf.keras`` are Keras 2 or Keras 3, depending on what is installed where the program
runs.  Some programs say it themselves; for the others a failure is certain only if both versions
refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kerasmergelint.files import Files
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.tracker.program.requirements import installed, required


@dataclass(frozen=True, slots=True)
class Spoken:
    """The version to take, and whether the other one is ruled out."""

    version: KerasVersion
    certain: bool


# Modules that only one of the two has.
_KERAS_2 = re.compile(
    r"^\s*(?:import|from)\s+(?:tf_keras\b|tensorflow\.python\.keras|tensorflow\.contrib|tensorflow_addons|keras_contrib|keras\.engine"
    r"|keras\.layers\.(?:merge|core|convolutional|pooling|normalization|recurrent|advanced_activations"
    r"|embeddings|noise|wrappers|local)\b|keras\.utils\.(?:np_utils|vis_utils|generic_utils)"
    r"|keras\.(?:legacy|objectives)\b)|\btf\.(?:placeholder|Session|contrib)\b"
    r"|TF_USE_LEGACY_KERAS['\"]\]\s*=\s*['\"](?:1|[Tt]rue)",
    re.MULTILINE,
)
_KERAS_3 = re.compile(
    r"^\s*(?:import\s+keras\.(?:ops|random|src)\b|from\s+keras\.(?:ops|random|src)\b|import keras_core\b"
    r"|from\s+keras\s+import\s+(?:[\w ,]*,\s*)?(?:ops|random)\b)"
    r"|\bkeras\.(?:ops|random)\.\w|KERAS_BACKEND|\bkeras\.distribution\b",
    re.MULTILINE,
)


def settle(
    text: str, wanted: int | None, path: str | None = None, files: Files | None = None
) -> Spoken:
    """The version for a file; ``wanted`` is the user's own choice.

    A file says it by what it imports; otherwise what its project requires decides, and then
    what is installed.

    >>> settle("import tf_keras as keras", None)
    Spoken(version=KerasVersion.V2, certain=True)
    >>> settle("import keras", None)
    Spoken(version=KerasVersion.V3, certain=False)
    """
    if wanted is not None:
        return Spoken(KerasVersion(wanted), certain=True)
    if _KERAS_2.search(text):
        return Spoken(KerasVersion.V2, certain=True)
    if _KERAS_3.search(text):
        return Spoken(KerasVersion.V3, certain=True)
    files = Files() if files is None else files
    pinned = None if path is None else required(path, files) or installed(files)
    return Spoken(pinned or KerasVersion.V3, certain=pinned is not None)
