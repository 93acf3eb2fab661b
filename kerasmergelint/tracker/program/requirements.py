"""Which Keras a project asks for, by the files in which it lists what it needs.

Only what rules one generation out counts: ``keras>=3`` or ``tensorflow==2.15``, but not
``tensorflow>=2.4``, which either satisfies.  TensorFlow brings Keras 3 from 2.16 on.
"""

from __future__ import annotations

import re
from os.path import abspath
from pathlib import Path

from kerasmergelint.files import Files, remembered
from kerasmergelint.keras_api.protocol import KerasVersion

_FILES = (
    "requirements.txt", "pyproject.toml", "setup.py", "setup.cfg", "environment.yml",
    "environment.yaml", "Pipfile", "requirements/base.txt",
)  # fmt: skip
_PIN = re.compile(
    r"(?<![\w-])(keras|tensorflow(?:-(?:cpu|gpu|macos|intel))?)(?:\[[\w,]*\])?[\"']?\s*[=:]?\s*[\"']?\s*"
    r"((?:(?:==|>=|~=|<=|<|>|=|\^)\s*\d+(?:\.\d+)*(?:\.\*)?\s*,?\s*)+)",
    re.IGNORECASE,
)
_BOUND = re.compile(r"(==|>=|~=|<=|<|>|=|\^)\s*(\d+)(?:\.(\d+))?")
_LARGEST = 200_000


def required(path: str, files: Files) -> KerasVersion | None:
    """The generation that the project around a file asks for; None if it does not say."""
    folder = Path(
        abspath(path)
    ).parent  # `..` is no folder of its own: what it leaves is not around the file
    for candidate in (folder, *list(folder.parents)[:6]):
        found = _in_folder(files, str(candidate))
        if found is not None:
            return found
        if files.exists(candidate / ".git"):
            return None
    return None


def installed(files: Files) -> KerasVersion | None:
    """Keras 2, if that is what is installed beside us; of Keras 3 there may be both (``tf_keras``)."""
    found = files.installed("keras")
    return KerasVersion.V2 if found is not None and found.startswith("2.") else None


@remembered
def _in_folder(files: Files, folder: str) -> KerasVersion | None:
    answers = {_in_file(files, Path(folder) / name) for name in _FILES} - {None}
    return answers.pop() if len(answers) == 1 else None


def _in_file(files: Files, path: Path) -> KerasVersion | None:
    content = files.content(path, _LARGEST) if files.is_file(path) else None
    return None if content is None else generation(content.decode("utf-8", errors="replace"))


def generation(text: str) -> KerasVersion | None:
    """The generation that requirements ask for; None if they do not say, or contradict each other.

    >>> generation("numpy\\ntensorflow>=2.16\\n"), generation("keras==2.12.0")
    (KerasVersion.V3, KerasVersion.V2)
    >>> generation("tensorflow>=2.4"), generation("keras-tuner==1.0")
    (None, None)
    """
    answers: set[KerasVersion] = set()
    for line in text.splitlines():
        for name, bounds in _PIN.findall(line.partition("#")[0]):
            first = (3, 0) if name.lower() == "keras" else (2, 16)
            answers.update(_side(bounds, first))
    return answers.pop() if len(answers) == 1 else None


def _side(bounds: str, first: tuple[int, int]) -> set[KerasVersion]:
    """On which side of the first version with Keras 3 the bounds lie."""
    for operator, major, minor in _BOUND.findall(bounds):
        version = (int(major), int(minor or 0))
        if operator in ("==", "=", "~=", "^", ">=", ">") and version >= first:
            return {KerasVersion.V3}
        if operator in ("==", "=") and version < first:
            return {KerasVersion.V2}
        if operator == "<" and version <= first:
            return {KerasVersion.V2}
        if operator == "<=" and version < first:
            return {KerasVersion.V2}
    return set()
