"""Names that no Keras has, or none that may be meant, reported where they are imported or read."""

from __future__ import annotations

from kerasmergelint.keras_api.absent import Absent, absent
from kerasmergelint.keras_api.gone import gone, gone_module
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Site


def check_name(interp: Interpreter, dotted: str, site: Site) -> None:
    """Report a name that no Keras has, where it is imported or read."""
    missing = absent(dotted)
    if missing is None:
        _check_gone(interp, dotted, site)
        return
    if _is_set(interp, dotted):
        return
    if dotted == "keras.layers.merge" and not _is_called(interp, "merge", site):
        return  # the module of Keras 2, which had no such function any more
    kind = ProblemKind.REMOVED_NAME if missing.removed else ProblemKind.NO_SUCH_NAME
    problem = Problem(kind, _exception(site), _told(missing), hint=missing.instead)
    interp.broken(problem, site, "", None, interp.recipe("name", dotted, [], {}))


def lacks(interp: Interpreter, dotted: str) -> bool:
    """Whether the Keras that a program is written for has no such name."""
    if absent(dotted) is not None:
        return True
    return interp.written_for(V3) and gone(dotted) is not None


def _check_gone(interp: Interpreter, dotted: str, site: Site) -> None:
    """Report what only Keras 2 has, in a program that is written for Keras 3."""
    if not interp.written_for(V3):
        return
    module = gone_module(dotted.rpartition(".")[0]) if _is_import(site) else None
    found = module or gone(dotted)
    if found is None or _is_set(interp, dotted):
        return
    told = f"{found.package}.{found.path}"
    exception = "ModuleNotFoundError" if module else _exception(site)
    detail = f"Keras 3 has no `{told}`"
    problem = Problem(ProblemKind.GONE_NAME, exception, detail, hint=found.instead)
    interp.broken(problem, site, "", None, interp.recipe("name", told, [], {}))


def _is_set(interp: Interpreter, dotted: str) -> bool:
    return dotted.removeprefix("tensorflow.") in interp.patched


def _exception(site: Site) -> str:
    return "ImportError" if _is_import(site) else "AttributeError"


def _is_import(site: Site) -> bool:
    return isinstance(getattr(site, "node", None), ir.ImportFrom)


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
