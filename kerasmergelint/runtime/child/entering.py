"""Calling functions that contain a finding but are never called.

As in the linter, parameters keep their defaults; the others get what the linter's witness names, or a value
that their name suggests.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from . import chosen, kerases, standins, tensors, watching
from .plain import Json, Namespace

RANKS = (4, 3, 2, 5)


def enter_unreached(
    statements: list[ast.stmt], namespace: Namespace, path: str, watch: watching.Watch
) -> None:
    """Call the outermost function around each finding that was not reached."""
    for index in watch.unreached():
        for line in _lines(watch.findings[index], path):
            if index not in watch.unreached():
                break
            for what, function in _around(statements, namespace, line):
                _try(what, function, index, watch)
                break


def _lines(finding: Json, path: str) -> list[int]:
    """The lines of this file that lead to a finding, outermost first."""
    lines = [line for where, line in finding["stack"] if where == path]
    return [*lines, *([finding["line"]] if finding["path"] == path else [])]


def _around(
    statements: list[ast.stmt], namespace: Namespace, line: int
) -> Iterator[tuple[str, Any]]:
    """The function or method at the top level of the file that a line is in."""
    for node in statements:
        if not node.lineno <= line <= (node.end_lineno or node.lineno):
            continue
        if isinstance(node, ast.FunctionDef) and callable(namespace.get(node.name)):
            yield f"{node.name}()", namespace[node.name]
        elif isinstance(node, ast.ClassDef) and isinstance(namespace.get(node.name), type):
            yield from _method(node, namespace[node.name], line)


def _method(node: ast.ClassDef, cls: object, line: int) -> Iterator[tuple[str, Any]]:
    for part in node.body:
        inside = part.lineno <= line <= (part.end_lineno or part.lineno)
        if not inside or not isinstance(part, ast.FunctionDef):
            continue
        what = f"{node.name}.{part.name}()"
        if part.name in ("__init__", "__new__"):
            yield what, cls
        elif part.name in ("call", "build", "compute_output_shape") and _is_callable(cls):
            yield what, _OnObject(cls, "call") if part.name == "call" else _built_by(cls)
        elif isinstance(cls.__dict__.get(part.name), (classmethod, staticmethod)):
            yield what, getattr(cls, part.name)
        else:
            yield what, _OnObject(cls, part.name)


def _built_by(cls: object) -> Any:
    """Building a layer, or asking for its shape, by calling it."""
    return lambda x: _made(cls)(x)


def _is_callable(cls: Any) -> bool:
    """Whether instances can be called, as layers can."""
    return any("__call__" in base.__dict__ for base in cls.__mro__)


class _OnObject:
    """A method that makes its object when it is called; ``call`` is called by calling the object."""

    def __init__(self, cls: object, name: str) -> None:
        self.cls, self.name = cls, name
        self.parameters = _parameters(getattr(cls, name))[1:]
        self.given: dict[str, Any] = {}  # of which the constructor gets its part

    def __call__(self, *args: object, **keywords: object) -> Any:
        made = _made(self.cls, self.given)
        if self.name != "call":
            return getattr(made, self.name)(*args, **keywords)
        names = [parameter.name for parameter in self.parameters]
        by_name = dict(zip(names[1:], args[1:]))  # only tensors may be passed by place
        return made(*args[:1], **by_name, **keywords)


def _made(cls: Any, given: dict[str, Any] | None = None) -> Any:
    args, keywords = _arguments(_parameters(cls), 4, given or {})
    return cls(*args, **keywords)


def _try(what: str, function: Any, index: int, watch: watching.Watch) -> None:
    """Call it with its witness, then with inputs of one rank after another, until the finding is reached."""
    watch.tried(index, what)
    try:
        parameters = (
            function.parameters if isinstance(function, _OnObject) else _parameters(function)
        )
    except (TypeError, ValueError):
        return
    witness = watch.findings[index].get("witness", [])
    for rank in (None, *RANKS) if witness else RANKS:
        standins.patch_new_modules()
        try:
            given = chosen.arguments(witness) if rank is None else {}
            if isinstance(function, _OnObject):
                function.given = given
            args, keywords = _arguments(parameters, rank or RANKS[0], given)
            watch.note = f"{what} was called with {_whose(rank)}" if args or keywords else ""
            function(*args, **keywords)
        except SystemExit:
            return
        except Exception as error:
            watch.raised(error)
        finally:
            watch.note = ""
        if index not in watch.unreached():
            return


def _whose(rank: int | None) -> str:
    return "the values of its witness" if rank is None else "arguments that we chose"


def _parameters(function: Any) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def _arguments(
    parameters: list[inspect.Parameter], rank: int, given: dict[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """A value for every parameter that is given one, or has no default."""
    args: list[Any] = []
    keywords: dict[str, Any] = {}
    for parameter in parameters:
        name, by_place = parameter.name, parameter.kind is parameter.POSITIONAL_ONLY
        by_both = parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        if parameter.default is not inspect.Parameter.empty:
            if name in given and not by_place:
                keywords[name] = given[name]
        elif by_place or by_both:
            suggested = given[name] if name in given else _suggested(name, rank, first=not args)
            args.append(suggested)
        elif parameter.kind is parameter.KEYWORD_ONLY:
            keywords[name] = given[name] if name in given else _suggested(name, rank, first=False)
    return args, keywords


_TENSORS = (
    "x",
    "input",
    "tensor",
    "skip",
    "feature",
    "image",
    "img",
    "layer",
    "net",
    "query",
    "key",
)
_SHAPES = ("shape", "size_tuple")
_SMALL = ("kernel", "pool", "stride", "rate", "depth", "block", "level", "num_layers", "repeat")
_NUMBERS = (
    "filter",
    "unit",
    "dim",
    "class",
    "channel",
    "width",
    "height",
    "size",
    "len",
    "num",
    "n_",
)


def _suggested(name: str, rank: int, *, first: bool) -> Any:
    """A value for a parameter, by its name."""
    lower = name.lower()
    if any(word in lower for word in _SHAPES):
        return tuple([64] * (rank - 2) + [3])
    if any(word in lower for word in _SMALL):
        return 2
    if any(word in lower for word in _NUMBERS):
        return 64
    if "name" in lower or "prefix" in lower:
        return "n"
    if "activation" in lower:
        return "relu"
    if "padding" in lower:
        return "same"
    if first or lower in ("x", "y", "a", "b") or any(word in lower for word in _TENSORS):
        if kerases.version() == "none":
            return 1
        return tensors.make_input([None] + [64] * (rank - 1), "float32")
    return 8
