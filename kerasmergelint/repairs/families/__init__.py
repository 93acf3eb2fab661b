"""The families of repairs: each module here that has a ``FAMILY`` is one, with its examples."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import Family


def _families() -> Iterator[Family]:
    """Those of all modules beside this one, by their names."""
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        family = getattr(importlib.import_module(f"{__name__}.{found.name}"), "FAMILY", None)
        if isinstance(family, Family):
            yield family


FAMILIES = tuple(_families())
