"""Which Keras a program means.

``keras`` and ``tf.keras`` are whatever is installed where the program runs.  The evidence,
strongest first: the user's option, what the file imports, what its project requires, what is
installed beside us.  Each may narrow what the stronger ones leave open; a failure is certain only
if every remaining version refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kerasmergelint.files import Files
from kerasmergelint.keras_api.release_names import named
from kerasmergelint.keras_api.versions import EVERY, V2, V3, Versions, in_words, known_as
from kerasmergelint.tracker.program.requirements import installed, required


@dataclass(frozen=True, slots=True)
class Spoken:
    """The versions that may be meant, and the evidence."""

    versions: Versions = EVERY
    why: str = "nothing says which"

    def narrowed(self, others: Versions | None, why: str) -> Spoken:
        """Narrowed by weaker evidence, unless the two contradict each other.

        >>> Spoken(V3, "the imports").narrowed(V2, "what is installed").why
        'the imports'
        """
        left = self.versions & others if others is not None else None
        return Spoken(left, why) if left and left != self.versions else self

    def __str__(self) -> str:
        """
        >>> str(Spoken(known_as("3.10"), "requirements.txt"))
        'Keras 3.10 (requirements.txt)'
        """
        return f"{in_words(self.versions)} ({self.why})"


# Modules that only one generation has.
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


def meant_by_imports(text: str, texts: Iterable[str]) -> bool:
    """Whether the modules that a file imports from its project can only mean Keras 2."""
    if _KERAS_2.search(text) or _KERAS_3.search(text):
        return False
    found = list(texts)
    return any(map(_KERAS_2.search, found)) and not any(map(_KERAS_3.search, found))


def settle(
    text: str, wanted: str | None, path: str | None = None, files: Files | None = None
) -> Spoken:
    """The versions for a file; ``wanted`` is the user's own choice.

    >>> settle("import tf_keras as keras", None)
    Spoken(versions=frozenset({KerasVersion.V2}), why='the imports')
    >>> str(settle("import keras", "3.10"))
    'Keras 3.10 (the option)'
    """
    spoken = Spoken()
    if wanted is not None:
        spoken = Spoken(known_as(wanted), "the option")
    elif _KERAS_2.search(text):
        return Spoken(V2, "the imports")
    elif _KERAS_3.search(text):
        spoken = Spoken(V3, "the imports")
    if len(spoken.versions) == 1 or path is None:
        return spoken
    files = Files() if files is None else files
    names = named(text)
    asked = required(path, files)
    if asked is not None:
        spoken = spoken.narrowed(asked.versions, asked.file)
    if names is not None:
        spoken = spoken.narrowed(names.versions, f"the name {names.name}")
        if asked is not None and not asked.versions & names.versions:
            # One of them is wrong, and we cannot know which: what both versions refuse is certain.
            return Spoken(spoken.versions | names.versions, f"{asked.file}, and {names.name}")
    return spoken.narrowed(installed(files), "what is installed here")
