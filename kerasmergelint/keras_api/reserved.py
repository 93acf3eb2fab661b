"""The attributes that Keras keeps to itself, measured by ``scripts/measure_reserved.py``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.versions import V2


def is_reserved(name: str, base: str, version: KerasVersion) -> bool:
    """Whether assigning this attribute of a layer or model raises, whatever the value.

    ``base`` is ``"Model"``, ``"Sequential"``, or the name of any layer.

    >>> is_reserved("weights", "Layer", KerasVersion.V3), is_reserved("name", "Layer", KerasVersion.V3)
    (True, False)
    """
    if version in V2 and name in _ONCE_SETTABLE:
        return False
    table = _table()[str(int(version))]
    return name in table.get(base, table["Layer"])


# Until version 2.2 layers could set their own lists of weights, and programs of that time do.
_ONCE_SETTABLE = frozenset({"trainable_weights", "non_trainable_weights"})


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, frozenset[str]]]:
    path = Path(__file__).parent / "data" / "reserved.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    return {
        version: {base: frozenset(names) for base, names in bases.items()}
        for version, bases in content.items()
    }
