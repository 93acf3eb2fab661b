"""Which Keras a project asks for, by the files in which it lists what it needs.

Only what rules one generation out counts: ``keras>=3`` or ``tensorflow==2.15``, but not
``tensorflow>=2.4``, which either satisfies.  TensorFlow brings Keras 3 from 2.16 on.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

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


def required(path: str) -> KerasVersion | None:
    """The generation that the project around a file asks for; None if it does not say."""
    folder = Path(path).absolute().parent
    for candidate in (folder, *list(folder.parents)[:6]):
        found = _in_folder(str(candidate))
        if found is not None:
            return found
        if (candidate / ".git").exists():
            return None
    return None


@lru_cache(maxsize=1)
def installed() -> KerasVersion | None:
    """Keras 2, if that is what is installed beside us; of Keras 3 there may be both (``tf_keras``)."""
    from importlib import metadata

    try:
        found = metadata.version("keras")
    except (metadata.PackageNotFoundError, ValueError, KeyError):
        return None
    return KerasVersion.V2 if found.startswith("2.") else None


@lru_cache(maxsize=512)
def _in_folder(folder: str) -> KerasVersion | None:
    answers = {_in_file(Path(folder) / name) for name in _FILES} - {None}
    return answers.pop() if len(answers) == 1 else None


def _in_file(path: Path) -> KerasVersion | None:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return generation(text)


def generation(text: str) -> KerasVersion | None:
    """The generation that requirements ask for; None if they do not say, or contradict each other.

    >>> generation("numpy\\ntensorflow>=2.16\\n"), generation("keras==2.12.0")
    (<KerasVersion.V3: 3>, <KerasVersion.V2: 2>)
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
