"""``os.path``, ``pathlib`` and ``sys.path``: paths of the project's files, as text."""

from __future__ import annotations

import os.path
from collections.abc import Callable
from typing import Any

from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Keywords, Value, all_are


def _of_text(function: Callable[..., Any]) -> Native:
    """A function of ``os.path`` that looks at the text of paths only."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if args and all_are(args, str) and not keywords:
            return function(*args)
        return interp.unknown("a path")

    return native


def _absolute(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """What is relative is relative to where the program is started, which is not known."""
    path = args[0] if len(args) == 1 else None
    if isinstance(path, str):
        return os.path.normpath(path)
    return interp.unknown("a path")


def _search(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``sys.path.insert(0, folder)``, ``sys.path.append(folder)``."""
    folder = args[-1] if args else None
    interp.modules.search(interp, folder if isinstance(folder, str) else None)
    return None


def _search_each(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``sys.path.extend(folders)``."""
    folders = interp.iterate(args[0], site) if args else None
    for folder in folders or [None]:
        interp.modules.search(interp, folder if isinstance(folder, str) else None)
    return None


FUNCTIONS: dict[str, Native] = {
    **{
        f"os.path.{function.__name__}": _of_text(function)
        for function in (
            os.path.join, os.path.basename, os.path.dirname, os.path.splitext, os.path.split,
            os.path.normpath, os.path.isabs,
        )
    },
    "os.path.abspath": _absolute, "os.path.realpath": _absolute,
    "sys.path.insert": _search, "sys.path.append": _search, "sys.path.extend": _search_each,
}  # fmt: skip
CONSTANTS: dict[str, Value] = {"os.pardir": os.pardir, "os.curdir": os.curdir}
