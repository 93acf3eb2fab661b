"""Names that no Keras has, reported where they are imported or read."""

from __future__ import annotations

from kerasmergelint.keras_api.absent import Absent, absent
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Site


def check_name(interp: Interpreter, dotted: str, site: Site) -> None:
    """Report a name that no Keras has, where it is imported or read."""
    missing = absent(dotted)
    if missing is None or dotted.removeprefix("tensorflow.") in interp.patched:
        return
    if dotted == "keras.layers.merge" and not _is_called(interp, "merge", site):
        return  # the module of Keras 2, which had no such function any more
    imported = isinstance(getattr(site, "node", None), ir.ImportFrom)
    exception = "ImportError" if imported else "AttributeError"
    kind = ProblemKind.REMOVED_NAME if missing.removed else ProblemKind.NO_SUCH_NAME
    problem = Problem(kind, exception, _told(missing), hint=missing.instead)
    interp.broken(problem, site, "", None, interp.recipe("name", dotted, [], {}))


def why_missing(dotted: str) -> str | None:
    """What is told of a name that no Keras has; None for any other."""
    missing = absent(dotted)
    return None if missing is None else _told(missing)


def _told(missing: Absent) -> str:
    if missing.removed:
        return f"`{missing.name}` was removed with Keras 1"
    return f"Keras has no {missing.kind} `{missing.name}`"


def _is_called(interp: Interpreter, name: str, site: Site) -> bool:
    """Whether the file of a place calls a name that is imported or read there."""
    code = interp.modules.codes.get(site.module.path)
    if code is None:
        return True
    imported = site.node.names if isinstance(site.node, ir.ImportFrom) else ()
    names = {alias or name for each, alias in imported if each == name}
    called = (node.func for node in walk(code.body) if type(node) is ir.Call)
    return any(_is_one_of(function, names, name) for function in called)


def _is_one_of(function: ir.Expression, names: set[str], attribute: str) -> bool:
    """Whether a function is one of some imported names, or else this attribute of something."""
    if names:
        return isinstance(function, ir.Name) and function.id in names
    return isinstance(function, ir.Attribute) and function.attr == attribute
