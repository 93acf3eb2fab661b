"""Classes of the program that inherit from ``SimpleNamespace``: its constructor sets what it is given."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Value

_NAMESPACES = ("types.SimpleNamespace", "argparse.Namespace")


def is_namespace(cls: ClassV) -> bool:
    """Whether a class inherits from one."""
    return any(isinstance(base, External) and base.dotted in _NAMESPACES for base in cls.mro)


def fill(interp: Interpreter, instance: Instance, args: Args, keywords: Keywords) -> Value:
    """``SimpleNamespace.__init__``: the keywords become attributes."""
    interp.heap.touch(instance)
    instance.attributes.update({name: v for name, v in keywords.items() if name is not REST})
    if args or REST in keywords:
        instance.open = True
    return None
