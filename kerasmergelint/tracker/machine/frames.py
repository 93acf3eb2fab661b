"""What is in progress while code runs: calls, and the ``try`` statements around them."""

from __future__ import annotations

from dataclasses import dataclass

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV
from kerasmergelint.tracker.values.scope import ModuleV, Scope
from kerasmergelint.tracker.values.value import Value


@dataclass(slots=True)
class Frame:
    """A function call (or module or class body) in progress.

    ``fields`` are the annotated names of a class body, with their defaults.
    """

    scope: Scope
    module: ModuleV
    name: str
    code: ir.FunctionCode | None = None
    owner: ClassV | None = None
    receiver: Value = None
    called_from: Site | None = None
    yields: list[Value] | None = None
    fields: list[tuple[str, Value]] | None = None


@dataclass(slots=True)
class Handlers:
    """The exceptions that an active ``try`` would catch; None catches everything."""

    names: tuple[str, ...] | None


_PARENTS = {
    "ValueError": ("ValueError",),
    "TypeError": ("TypeError",),
    "KeyError": ("KeyError", "LookupError"),
    "IndexError": ("IndexError", "LookupError"),
    "ZeroDivisionError": ("ZeroDivisionError", "ArithmeticError"),
    "NotImplementedError": ("NotImplementedError", "RuntimeError"),
    "RuntimeError": ("RuntimeError",),
    "InvalidArgumentError": ("InvalidArgumentError", "OpError"),
    "OperatorNotAllowedInGraphError": ("OperatorNotAllowedInGraphError", "TypeError"),
    "ModuleNotFoundError": ("ModuleNotFoundError", "ImportError"),
    "FileNotFoundError": ("FileNotFoundError", "OSError", "IOError"),
    "UnicodeDecodeError": ("UnicodeDecodeError", "ValueError"),
    "JSONDecodeError": ("JSONDecodeError", "ValueError"),
}


def exception_family(type_name: str) -> frozenset[str]:
    """The names under which an exception of this class can be caught."""
    if type_name in ("SystemExit", "KeyboardInterrupt", "GeneratorExit"):
        return frozenset({type_name, "BaseException"})
    return frozenset({type_name, *_PARENTS.get(type_name, ()), "Exception", "BaseException"})
