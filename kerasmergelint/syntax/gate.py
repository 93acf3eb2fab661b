"""The gate: whether a file can be about Keras at all.

Most files are not, and must cost nothing: this looks at the text only, and imports nothing.
"""

from __future__ import annotations

_WORDS = ("keras", "tensorflow")


def mentions_keras(text: str) -> bool:
    """Whether the text names Keras or TensorFlow anywhere; false positives are harmless."""
    return any(word in text for word in _WORDS)
