"""The code cells of Jupyter notebooks, word for word: magics are not replaced."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence


def get(value: object, *keys: str) -> object:
    """The value behind some keys of nested dicts; None if one of them is missing.

    >>> get({"metadata": {"name": "python"}}, "metadata", "name"), get([], "metadata")
    ('python', None)
    """
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def sources(cells: Sequence[object]) -> Iterator[str]:
    """The texts of the cells with code, in their order."""
    return (source(cell) for cell in cells if get(cell, "cell_type") == "code")


def source(cell: object) -> str:
    """The text of a cell; empty if it has none."""
    found = get(cell, "source")
    if isinstance(found, list):
        found = "".join(part for part in found if isinstance(part, str))
    return found.replace("\r", "") if isinstance(found, str) else ""


def code_in(content: bytes) -> str:
    """All the code of a notebook; empty if it cannot be read.

    >>> code_in(b'{"cells": [{"cell_type": "code", "source": ["x = 1"]}]}')
    'x = 1'
    """
    try:
        cells = get(json.loads(content), "cells")
    except (ValueError, RecursionError):
        return ""
    return "\n".join(sources(cells)) if isinstance(cells, list) else ""
