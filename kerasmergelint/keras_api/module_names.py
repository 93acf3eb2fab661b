"""Public names of modules and attributes of base classes, read by ``scripts/generate_modules.py``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from kerasmergelint.keras_api.versions import KerasVersion

Tables = dict[str, dict[str, list[str]]]
_DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=2)
def _tables(file: str) -> Tables:
    tables: Tables = json.loads((_DATA / file).read_text(encoding="utf-8"))
    return tables


def public_names(path: str) -> tuple[str, ...] | None:
    """What ``from keras.<path> import *`` may bind, in any version; None for an unknown module.

    >>> "VGG16" in public_names("applications")
    True
    """
    tables = _tables("modules.json")
    found = [tables[version][path] for version in ("3", "2") if path in tables[version]]
    return tuple(dict.fromkeys(name for names in found for name in names)) if found else None


def names_in(path: str, version: KerasVersion) -> frozenset[str]:
    """The public names of ``keras.<path>`` in the newest release of this generation."""
    return frozenset(_tables("modules.json")[str(int(version))].get(path, ()))


def names_as(package: str, path: str) -> frozenset[str]:
    """The public names of a module of the newest Keras 3, where it is `keras` or `tensorflow.keras`."""
    tables = {"keras": "3", "tensorflow.keras": "3 in TensorFlow"}
    found = _tables("modules.json")[tables[package]] if package in tables else {}
    return frozenset(found.get(path, ()))


def tensorflow_names(path: str) -> tuple[str, ...] | None:
    """What ``from tensorflow.<path> import *`` binds; None for an unknown module."""
    names = _tables("modules.json")["tensorflow"].get(path)
    return None if names is None else tuple(names)


@lru_cache(maxsize=8)
def attributes_of(base: str, version: KerasVersion) -> frozenset[str]:
    """The attributes of a new layer (``Layer``), ``Model`` or ``Sequential``, methods included."""
    return frozenset(_tables("attributes.json")[str(int(version))].get(base, ()))
