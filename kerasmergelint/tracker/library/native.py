"""Library objects whose methods are modelled."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.tracker.machine.interpreter import Native
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import Args, External, Keywords


class NativeObject(Instance):
    """An instance of a library class; its methods get it as their first argument.

    Attributes that are not modelled are unknown.
    """

    __slots__ = ()

    def __init__(self, heap: Heap, dotted: str, methods: Mapping[str, Native]) -> None:
        natives = {name: NativeV(name, method) for name, method in methods.items()}
        name = dotted.rpartition(".")[2]
        super().__init__(heap, ClassV(heap, name, (External(dotted),), dict(natives), None, None))
        self.attributes.update(
            {name: BoundMethod(self, native) for name, native in natives.items()}
        )


def text_argument(args: Args, keywords: Keywords, index: int, name: str) -> str | None:
    """A text argument by position or name; None if unknown."""
    value = args[index] if len(args) > index else keywords.get(name)
    return value if isinstance(value, str) else None
