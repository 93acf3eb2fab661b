"""Bugs put into functions of ours: any function of the package can be made to raise at its next calls."""

from __future__ import annotations

import sys
import threading
import types
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import CO_GENERATOR
from typing import Any

_PACKAGE = "/kerasmergelint/"


class Injected(Exception):
    """The bug."""


@dataclass
class Bug:
    """How often the function was called so far, and how often it raised."""

    calls: int = 0
    met: int = 0


@contextmanager
def bug_in(
    function: Callable[..., Any], *, first: int = 1, last: int = sys.maxsize
) -> Iterator[Bug]:
    """Within the block the function raises at its calls from ``first`` to ``last``.

    Its code is exchanged, so that tables and imports that hold it have the bug as well.
    """
    assert isinstance(function, types.FunctionType)
    bug = Bug()
    works = types.FunctionType(
        function.__code__,
        function.__globals__,
        "works",
        function.__defaults__,
        function.__closure__,
    )
    works.__kwdefaults__ = function.__kwdefaults__

    def called(*args: object, **keywords: object) -> object:
        bug.calls += 1
        if first <= bug.calls <= last:
            bug.met += 1
            raise Injected
        return works(*args, **keywords)

    code, name = function.__code__, f"_bug_in_{id(bug)}"
    function.__globals__[name] = called
    function.__code__ = _calling(name)
    try:
        yield bug
    finally:
        function.__code__ = code
        del function.__globals__[name]


def _calling(name: str) -> types.CodeType:
    """The code of a function that passes everything on to a global one."""

    def stand_in(*args: object, **keywords: object) -> object:
        return _other(*args, **keywords)

    return stand_in.__code__.replace(co_names=(name,))


def _other(*_: object, **__: object) -> object:
    raise NotImplementedError


class Called:
    """The functions of the package that were called within the block, each with how often."""

    def __init__(self) -> None:
        self.counts: Counter[types.CodeType] = Counter()

    def __enter__(self) -> Called:
        threading.setprofile(self._note)
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        threading.setprofile(None)  # type: ignore[arg-type]
        sys.setprofile(None)

    def _note(self, frame: types.FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and _PACKAGE in code.co_filename:
            self.counts[code] += 1


def can_have_bugs(function: object) -> bool:
    """Whether the code of a function can be exchanged: no closure, no generator."""
    return isinstance(function, types.FunctionType) and not (
        function.__code__.co_freevars or function.__code__.co_flags & CO_GENERATOR
    )
