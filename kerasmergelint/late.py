"""Modules that are loaded when one of their functions is first called.

Most programs neither train a model nor read a table, and most have no failure whose witness is to be
found.  What is known of all that lies in modules of its own, whose functions are named in tables; they
are loaded for the programs that come to them.  For the type checker such a module is imported as usual::

    if TYPE_CHECKING:
        from kerasmergelint.tracker.library import frames
    else:
        frames = late("kerasmergelint.tracker.library.frames")

Every room may import this module, so it imports the standard library only.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, TypeVar

T = TypeVar("T")


class _Late:
    """Stands for a module; its attributes are functions that call those of the module."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, function: str) -> Any:
        name = self._name

        def call(*args: Any, **keywords: Any) -> Any:
            return getattr(import_module(name), function)(*args, **keywords)

        setattr(self, function, call)  # it is the same function each time
        return call


def late(name: str) -> Any:
    """The module of this name, of which only functions are taken, to be called later."""
    return _Late(name)


def loaded(module: T) -> T:
    """The module itself, for what is no function in it."""
    return import_module(module._name) if isinstance(module, _Late) else module  # type: ignore[return-value]
