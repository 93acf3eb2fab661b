"""Names that Keras 3 did not have from the start: a file that uses one is meant for a later release.

The data file is written by ``scripts/compare_keras.py names``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.signatures import DATA
from kerasmergelint.keras_api.versions import V3, Versions, since
from kerasmergelint.regex import regex

_SPACES = r"(layers|ops|activations|random)"
# Not `\bkeras`, which would be tried at each letter of a file.
_WORDS = ("keras.layers", "keras.ops", "keras.activations", "keras.random")
_SPELLED_OUT = regex(rf"keras\.(?<!\wkeras\.){_SPACES}\.(\w+)", words=_WORDS)
_IMPORTED = regex(
    rf"^[ \t\f]*from\s+(?:tensorflow\.)?keras\.{_SPACES}\s+import\s+([\w ,]+)", re.M, words=_WORDS
)
_MODULE = regex(
    r"^[ \t\f]*from\s+(?:tensorflow\.)?keras\s+import\s+([\w ,]+)", re.M, words=("from",)
)
_SHORT = regex(rf"(?<![\w.]){_SPACES}\.(\w+)")


@dataclass(frozen=True, slots=True)
class Named:
    """The versions that have a name."""

    versions: Versions
    name: str


@lru_cache(maxsize=1)
def _since() -> Mapping[str, str]:
    """The release of Keras 3 that brought a name, for those that 3.0 does not have."""
    found: Mapping[str, str] = json.loads((DATA / "names_since.json").read_text(encoding="utf-8"))
    return found


def versions_with(name: str) -> Versions:
    """Those of Keras 3 that have a name, such as ``layers.Pipeline``, if the newest one has it."""
    release = _since().get(name)
    return V3 if release is None else since(release)


def named(text: str) -> Named | None:
    """What the newest name in a program says about its version.

    >>> named("y = keras.layers.Dense(3)(x)")
    >>> named("y = keras.layers.RMSNormalization()(x)").name
    'layers.RMSNormalization'
    """
    releases = [
        (tuple(map(int, _since()[name].split("."))), name)
        for name in _names(text)
        if name in _since()
    ]
    if not releases:
        return None
    release, name = max(releases)
    return Named(since(".".join(map(str, release))), name)


def _names(text: str) -> Iterator[str]:
    for space, name in _SPELLED_OUT.findall(text):
        yield f"{space}.{name}"
    for space, listed in _IMPORTED.findall(text):
        yield from (f"{space}.{word}" for word in re.findall(r"\w+", listed))
    modules = {word for listed in _MODULE.findall(text) for word in re.findall(r"\w+", listed)}
    for space, name in _SHORT.findall(text) if modules else ():
        if space in modules:
            yield f"{space}.{name}"
