"""``os.path``, ``pathlib`` and ``sys.path``: paths of the project's files, as text."""

from __future__ import annotations

import os.path
import pathlib
from collections.abc import Callable

from kerasmergelint.tracker.library import opened
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.attributes import of_other
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import Args, Keywords, Value, all_are


class PathV(str):
    """A path of ``pathlib``: a text with its own methods and operators."""

    __slots__ = ()


# -- pathlib --------------------------------------------------------------------------------

_PARTS = ("name", "stem", "suffix", "anchor")


def _path(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Path(part, ...)``."""
    if not all_are(args, str):
        return interp.unknown("a path")
    return PathV(pathlib.PurePath(*map(str, args)))


def path_attribute(interp: Interpreter, path: PathV, name: str, site: Site) -> Value:
    """``path.name``"""
    plain = pathlib.PurePath(str(path))
    if name in _PARTS:
        return str(getattr(plain, name))
    if name == "parent":
        return PathV(plain.parent)
    if name == "parents":
        return tuple(PathV(parent) for parent in plain.parents)
    if name == "parts":
        return plain.parts
    method = _METHODS.get(name)
    if method is None:
        return of_other(interp, path, name, site)
    return NativeV(name, lambda again, a, k, where: method(again, [path, *a], k, where))


def path_operator(
    interp: Interpreter, operator: str, left: Value, right: Value, site: Site
) -> Value:
    """``path / part``"""
    if operator == "/" and isinstance(left, str) and isinstance(right, str):
        return _path(interp, [left, right], {}, site)
    return interp.unknown("an operator on a path")


def path_is_instance(interp: Interpreter, path: PathV, dotted: str) -> bool | None:
    last = dotted.rpartition(".")[2]
    return last in ("Path", "PurePath", "PosixPath", "PathLike", "object")


def _same(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return PathV(os.path.normpath(str(args[0])))


def _text(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return str(args[0])


def _changed(name: str) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if len(args) != 2 or not isinstance(args[1], str):
            return interp.unknown("a path")
        try:
            return PathV(getattr(pathlib.PurePath(str(args[0])), name)(args[1]))
        except ValueError:
            raise interp.raised("ValueError") from None

    return native


def _read(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    text = opened.content_of(interp, str(args[0]))
    return interp.unknown("a file that cannot be read here") if text is None else text


def _open(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return opened.open_file(interp, [str(args[0]), *args[1:]], keywords, site)


def _write(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.overwritten.add(os.path.basename(str(args[0])))
    return interp.unknown("how much was written")


_METHODS: dict[str, Native] = {
    "resolve": _same, "absolute": _same, "expanduser": _same, "as_posix": _text,
    "__str__": _text, "__fspath__": _text, "joinpath": _path,
    "with_suffix": _changed("with_suffix"), "with_name": _changed("with_name"),
    "read_text": _read, "open": _open, "write_text": _write, "unlink": _write,
    "exists": opened.FUNCTIONS["os.path.exists"], "is_file": opened.FUNCTIONS["os.path.isfile"],
}  # fmt: skip

# -- os.path --------------------------------------------------------------------------------


def _of_text(function: Callable[..., object]) -> Native:
    """A function of ``os.path`` that depends on the text of paths only."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        if args and all_are(args, str) and not keywords:
            return function(*map(str, args))
        terms = [to_term(argument) for argument in args]
        known = args and not keywords and None not in terms
        return interp.unknown("a path", make("path", function.__name__, *terms) if known else None)

    return native


def _absolute(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """An absolute path; relative ones depend on where the program is started, which is unknown."""
    path = args[0] if len(args) == 1 else None
    if isinstance(path, str):
        return os.path.normpath(str(path))
    return interp.unknown("a path")


def _here(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``os.getcwd()``: unknown."""
    return os.curdir


# -- sys.path -------------------------------------------------------------------------------


def _search(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``sys.path.insert(0, folder)``, ``sys.path.append(folder)``."""
    folder = args[-1] if args else None
    interp.modules.search(interp, str(folder) if isinstance(folder, str) else None)
    return None


def _search_each(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``sys.path.extend(folders)``."""
    folders = interp.iterate(args[0], site) if args else None
    for folder in folders or [None]:
        _search(interp, [folder], {}, site)
    return None


FUNCTIONS: dict[str, Native] = {
    **{
        f"os.path.{function.__name__}": _of_text(function)
        for function in (
            os.path.join, os.path.basename, os.path.dirname, os.path.splitext, os.path.split,
            os.path.normpath, os.path.isabs,
        )
    },
    "os.path.abspath": _absolute, "os.path.realpath": _absolute, "os.path.expanduser": _absolute,
    "os.fspath": _of_text(str), "os.getcwd": _here,
    **dict.fromkeys(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"), _path),
    "pathlib.Path.cwd": lambda interp, args, keywords, site: PathV(os.curdir),
    "sys.path.insert": _search, "sys.path.append": _search, "sys.path.extend": _search_each,
}  # fmt: skip
CONSTANTS: dict[str, Value] = {"os.pardir": os.pardir, "os.curdir": os.curdir}
