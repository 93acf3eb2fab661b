"""What a process gets from outside: its environment and its flags."""

from __future__ import annotations

from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.heap import Heap


class EnvironmentV(DictV):
    """``os.environ``: what the program itself sets is known, the rest is up to whoever runs it."""

    __slots__ = ()

    def __init__(self, heap: Heap) -> None:
        super().__init__(heap, {})
        self.open = True


class FlagsV(DictV):
    """``absl.flags.FLAGS``: the flags that the program has defined so far, by name."""

    __slots__ = ()

    def __init__(self, heap: Heap) -> None:
        super().__init__(heap, {})
        self.open = True
