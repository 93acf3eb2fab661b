"""The gate: whether a file can be about Keras at all.

Most files are not, and must cost nothing: this looks at the text only, and at the import lines of
files that it imports from its own project.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.syntax import project_imports
from kerasmergelint.syntax.project_imports import Without, leads_to

# For the whole process.
_without: Without = set()


def mentions_keras(text: str) -> bool:
    """Whether the text names Keras or TensorFlow anywhere; false positives are harmless."""
    return "keras" in text or "tensorflow" in text


def concerns_keras(text: str, path: str, roots: Sequence[str]) -> bool:
    """Whether the text, or anything that it imports from its project, names Keras or TensorFlow."""
    if mentions_keras(text):
        return True
    return "import" in text and leads_to(mentions_keras, text, path, tuple(roots), _without)


def forget() -> None:
    """Forget other files, which may have changed since they were looked at."""
    _without.clear()
    project_imports.forget()
