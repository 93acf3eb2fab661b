"""How state is set aside: a block has values of its own, and those from before come back at its end.

However a block is left, by a return, by the program's exceptions or by ours, ``__exit__`` sees it.
These are classes rather than generators, since some of them are entered at every call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.heap import Heap

if TYPE_CHECKING:
    from typing import TypedDict

    from typing_extensions import Unpack

    from kerasmergelint.keras_api.protocol import KerasVersion
    from kerasmergelint.keras_api.versions import Versions
    from kerasmergelint.tracker.machine.asking import Asker
    from kerasmergelint.tracker.machine.frames import Handlers
    from kerasmergelint.tracker.machine.interpreter import Recorder
    from kerasmergelint.tracker.machine.outputs import Outputs
    from kerasmergelint.tracker.machine.paths import Path
    from kerasmergelint.tracker.machine.regions import AllPaths
    from kerasmergelint.tracker.machine.semantics import Semantics
    from kerasmergelint.tracker.values.graph import Node, Site
    from kerasmergelint.tracker.values.layer_names import Names
    from kerasmergelint.tracker.values.terms import Term
    from kerasmergelint.tracker.values.value import Value

    class Fields(TypedDict, total=False):
        """What of an interpreter can be set aside."""

        all_paths: AllPaths | None
        asker: Asker | None
        budget: Budget
        conditions: bool
        entered: set[int]
        going_through: bool
        handled: list[Value]
        handlers: list[Handlers]
        mending: bool
        names: Names
        naming: bool
        on_merge: Callable[[Node], None] | None
        on_operator: Callable[[Value, Value, Site], None] | None
        on_rounds: Callable[[Term], None] | None
        on_unpacking: Callable[[Value, int], None] | None
        outputs: Outputs
        path: Path
        recorder: Recorder | None
        semantics: Semantics[Interpreter]
        tracing: int
        version: KerasVersion
        versions: Versions
        within_unknown: bool


Item = TypeVar("Item")


class holding:
    """While some fields hold other values."""

    __slots__ = ("_kept", "_of")

    @overload
    def __init__(self, of: Interpreter, **meanwhile: Unpack[Fields]) -> None: ...

    @overload
    def __init__(self, of: Budget, *, steps: int) -> None: ...

    @overload
    def __init__(self, of: Heap, *, thorough: bool) -> None: ...

    def __init__(self, of: object, **meanwhile: object) -> None:
        self._of, self._kept = of, meanwhile

    def __enter__(self) -> None:
        self._exchange()

    def __exit__(self, *exception: object) -> None:
        self._exchange()

    def _exchange(self) -> None:
        of, kept = self._of, self._kept
        for name, value in kept.items():
            kept[name] = getattr(of, name)
            setattr(of, name, value)


class on_top(Generic[Item]):
    """While a stack has this item on top."""

    __slots__ = ("_item", "_stack")

    def __init__(self, stack: list[Item], item: Item) -> None:
        self._stack, self._item = stack, item

    def __enter__(self) -> None:
        self._stack.append(self._item)

    def __exit__(self, *exception: object) -> None:
        # A generator of the program that is never resumed ends when Python collects it, at any time;
        # its items left the stack when it was suspended.
        if self._stack and self._stack[-1] is self._item:
            self._stack.pop()
