"""Classes of the program that inherit from a library's class whose methods we implement."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.tracker.library import argument_parser
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BASE_PART, Instance
from kerasmergelint.tracker.values.value import External

_BASES: Mapping[str, Native] = argument_parser.FUNCTIONS


def adopt(interp: Interpreter, instance: Instance) -> None:
    """Give an instance the part that its base class keeps, and the methods that it does not override."""
    for base in instance.cls.mro:
        make = _BASES.get(base.dotted) if isinstance(base, External) else None
        if make is None:
            continue
        part = make(interp, [], {}, Site(interp.frame.module, None))
        if not isinstance(part, Instance):
            continue
        for name, method in part.attributes.items():
            if not name.startswith("__") and find(instance.cls, name) is None:
                instance.attributes[name] = method
        instance.attributes[BASE_PART] = part
        return
