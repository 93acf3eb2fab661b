"""Lists, dicts, sets and iterators, and the leaves of their nests."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from kerasmergelint.syntax import ir
from kerasmergelint.tracker.values.heap import Heap, HeapObject
from kerasmergelint.tracker.values.signals import OutOfBudget
from kerasmergelint.tracker.values.value import Value

# What their snapshots hold: the items, whether there may be others, and the reason for that.
SequenceContent = tuple[list[Value], bool, str]
DictContent = tuple[dict[Any, Value], bool, str]
IteratorContent = tuple[int, bool]

# The reason of an open list whose items all come from one place, and so are alike.
FILLED = "filled in a loop"


class _Items(HeapObject):
    """Items in order.  ``open``: it may hold more, or other, items."""

    __slots__ = ("items", "open", "reason")

    items: list[Value]
    open: bool
    reason: str

    def snapshot(self) -> SequenceContent:
        return (list(self.items), self.open, self.reason)

    def restore(self, content: SequenceContent) -> None:
        self.items, self.open, self.reason = content


class ListV(_Items):
    """A list, or another mutable sequence; ``most`` is the number of items that a bounded deque keeps."""

    __slots__ = ("kind", "most")

    def __init__(self, heap: Heap, items: list[Value], kind: str = "list") -> None:
        super().__init__(heap)
        self.items = items
        self.kind = kind
        self.most: int | None = None
        self.open = False
        self.reason = ""


class DictV(HeapObject):
    """A dict with known keys.

    ``open``: it may hold others; with a ``reason``, any of these may have been replaced, too.
    """

    __slots__ = ("default", "items", "open", "reason")

    def __init__(self, heap: Heap, items: dict[Any, Value]) -> None:
        super().__init__(heap)
        self.items = items
        self.open = False
        self.reason = ""
        self.default: Value | None = None

    def snapshot(self) -> DictContent:
        return (dict(self.items), self.open, self.reason)

    def restore(self, content: DictContent) -> None:
        self.items, self.open, self.reason = content


class ViewV(HeapObject):
    """``keys()``, ``values()`` or ``items()`` of a dict: what it shows changes with the dict."""

    __slots__ = ("part", "source")

    def __init__(self, heap: Heap, source: DictV, part: str) -> None:
        super().__init__(heap)
        self.source = source
        self.part = part

    @property
    def items(self) -> list[Value]:
        if self.part == "items":
            return list(self.source.items.items())
        return list(self.source.items if self.part == "keys" else self.source.items.values())

    @property
    def open(self) -> bool:
        return self.source.open

    def snapshot(self) -> None:
        return None

    def restore(self, content: None) -> None:
        """There is nothing to restore: the dict logs its own changes."""


class SetV(_Items):
    """A set; kept in insertion order, since an abstract run must be repeatable."""

    __slots__ = ()

    def __init__(self, heap: Heap, items: list[Value]) -> None:
        super().__init__(heap)
        self.items = items
        self.open = False
        self.reason = ""


class IteratorV(HeapObject):
    """An iterator over known items, or over a list that may still change.

    ``position`` counts the items taken.  ``open``: something unknown may have taken more.
    """

    __slots__ = ("_items", "open", "position", "source")

    def __init__(self, heap: Heap, items: list[Value], source: ListV | None = None) -> None:
        super().__init__(heap)
        self._items = items
        self.source = source
        self.position = 0
        self.open = False

    @property
    def items(self) -> list[Value]:
        return self._items if self.source is None else self.source.items

    def forget(self, heap: Heap) -> None:
        """Something may have taken items that was not followed."""
        heap.touch(self)
        self.open = True

    def snapshot(self) -> IteratorContent:
        return (self.position, self.open)

    def restore(self, content: IteratorContent) -> None:
        self.position, self.open = content


# Computes the items of a generator: stops at each, goes on with what is sent, and ends with a
# result.
Items = Generator[Value, Value, Value]
_NOTHING_AROUND: AbstractContextManager[object] = nullcontext()


class GeneratorV(HeapObject):
    """An iterator that computes an item when it is asked for.

    ``body`` computes them, always within ``around``; ``code`` is that of the program's generator
    function, if there is one.  ``result`` is what it returned in the end.  It is ``lost`` once its
    items are no longer known; that includes having given ``most`` items, since there may be no end.
    It is ``supposed`` once it gave an item that is there only if unknown loops have enough rounds.
    """

    __slots__ = (
        "around", "body", "code", "finished", "lost", "most", "position", "result", "running",
        "supposed",
    )  # fmt: skip

    def __init__(
        self,
        heap: Heap,
        body: Items,
        around: AbstractContextManager[object] = _NOTHING_AROUND,
        *,
        code: ir.FunctionCode | None = None,
        most: int = 10_000,
    ) -> None:
        super().__init__(heap)
        self.body = body
        self.around = around
        self.code = code
        self.most = most
        self.position = 0
        self.running = self.finished = self.lost = self.supposed = False
        self.result: Value = None

    @property
    def of_program(self) -> bool:
        """Whether the program's own code computes the items: no ``zip``, ``map`` or ``chain``."""
        return self.around is not _NOTHING_AROUND

    def forget(self, heap: Heap) -> None:
        """Something may have taken items that was not followed."""
        self.lost = True

    def snapshot(self) -> int:
        return self.position

    def restore(self, content: int) -> None:
        """A generator that has run on cannot be rewound: it is lost."""
        self.lost = self.lost or content != self.position


_MAX_LEAVES = 100_000
_NESTS = (ListV, ViewV, tuple, list, DictV)


def leaves(value: Value) -> Iterator[Value]:
    """The leaves of a nest of lists, tuples and dicts, in Keras's order.

    A nest that shares parts, or holds itself, can have more leaves than could be visited.
    """
    stack, seen = [value], 0
    while stack:
        thing = stack.pop()
        seen += 1
        if seen + len(stack) > _MAX_LEAVES:
            raise OutOfBudget
        if not isinstance(thing, _NESTS):
            yield thing
        elif isinstance(thing, (ListV, ViewV)):
            stack.extend(reversed(thing.items))
        elif isinstance(thing, DictV):
            stack.extend(reversed(list(thing.items.values())))
        else:
            stack.extend(reversed(thing))


def may_hold_more(nest: Value) -> bool:
    """Whether a nest of lists, tuples and dicts may have other leaves than those that are known."""
    stack = [nest]
    while stack:
        thing = stack.pop()
        if isinstance(thing, (ListV, ViewV, DictV)) and thing.open:
            return True
        if isinstance(thing, (ListV, ViewV)):
            stack.extend(thing.items)
        elif isinstance(thing, (tuple, list)):
            stack.extend(thing)
        elif isinstance(thing, DictV):
            stack.extend(thing.items.values())
    return False


def mapped(heap: Heap, nest: Value, change: Callable[[Value], Value]) -> Value:
    """A nest of the same structure with other leaves; an open list or dict counts as a leaf."""
    if isinstance(nest, tuple):
        return tuple(mapped(heap, item, change) for item in nest)
    if isinstance(nest, (ListV, ViewV)) and not nest.open:
        return ListV(heap, [mapped(heap, item, change) for item in nest.items])
    if isinstance(nest, DictV) and not nest.open:
        return DictV(heap, {key: mapped(heap, item, change) for key, item in nest.items.items()})
    return change(nest)
