"""Names that a test replaces: by ``unittest.mock.patch``, ``monkeypatch`` and ``mocker``."""

from __future__ import annotations

from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value, named

_OWNERS = (External, ModuleV, ClassV, Instance)
_REPLACE_ONE = frozenset({"setattr", "patch", "object"})


def replace_one(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``patch("net.Dense")``, ``patch.object(net, "Dense")``: what stands there instead is not known.

    It is put back some time later, which nobody follows.
    """
    target = args[0] if args else keywords.get("target")
    name = args[1] if len(args) > 1 else keywords.get("attribute", keywords.get("name"))
    if isinstance(target, str):
        before, _, name = target.rpartition(".")
        target = _found(interp, before, site)
    _replace(interp, target, name, site)
    return interp.unknown("what stands for something in a test")


def replace_several(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``patch.multiple("net", Dense=...)``"""
    target = args[0] if args else keywords.get("target")
    if isinstance(target, str):
        target = _found(interp, target, site)
    for name in named(keywords):
        _replace(interp, target, name, site)
    return interp.unknown("what stands for something in a test")


def replaces(term: Term) -> bool:
    """Whether an unknown function, such as a fixture's, may replace what it is told by a name."""
    return isinstance(term, tuple) and term[0] == "attr" and term[2] in _REPLACE_ONE


def _found(interp: Interpreter, dotted: str, site: Site) -> Value:
    """The module or class of a dotted name."""
    if not dotted:
        return None
    found = interp.modules.load(interp, dotted)
    outer, _, name = dotted.rpartition(".")
    if not isinstance(found, External) or not outer:
        return found
    around = interp.modules.load(interp, outer)
    if isinstance(around, External):
        return found
    with aside.unreported(interp):
        try:
            return interp.resolve(interp.attribute(around, name, site))
        except Raised:
            return None


def _replace(interp: Interpreter, owner: Value, name: Value, site: Site) -> None:
    if isinstance(owner, _OWNERS) and isinstance(name, str) and name.isidentifier():
        interp.set_attribute(owner, name, interp.unknown(f"{name}, which a test replaces"), site)


FUNCTIONS = {
    **dict.fromkeys(("unittest.mock.patch", "unittest.mock.patch.object"), replace_one),
    **dict.fromkeys(("mock.patch", "mock.patch.object"), replace_one),
    **dict.fromkeys(("unittest.mock.patch.multiple", "mock.patch.multiple"), replace_several),
}
