"""Objects with identity, and the log that lets a run be undone.

Every mutable abstract object announces a change before it is made (:meth:`Heap.touch`).  The first
announcement since the latest mark saves the object's content, so a mark can be rolled back, and the
objects that a piece of code changed can be listed.  Objects born after the mark need no saving:
nothing held them when it was set.
"""

from __future__ import annotations

from typing import Any


class HeapObject:
    """Base of everything mutable.  ``serial`` orders objects by birth."""

    __slots__ = ("serial",)

    def __init__(self, heap: Heap) -> None:
        heap.births += 1
        self.serial = heap.births

    def snapshot(self) -> object:
        """A copy of the content that :meth:`restore` understands; shallow, since parts log themselves."""
        raise NotImplementedError

    def restore(self, content: Any) -> None:
        raise NotImplementedError


Change = tuple[HeapObject, Any]
"""An object, and a snapshot of its content before."""


class Mark:
    """A point in time: objects born before it are logged when touched."""

    __slots__ = ("births", "log", "seen")

    def __init__(self, births: int) -> None:
        self.births = births
        self.log: list[Change] = []
        self.seen: set[int] = set()


class Heap:
    """Counts births and keeps the stack of marks.

    ``thorough``: objects born after a mark are logged, too, with their content when first touched,
    so that two branches after their birth can be told apart.
    """

    __slots__ = ("births", "marks", "thorough")

    def __init__(self) -> None:
        self.births = 0
        self.marks: list[Mark] = []
        self.thorough = False

    def touch(self, thing: HeapObject) -> None:
        """Say that ``thing`` is about to change."""
        if not self.marks:
            return
        if thing.serial > self.marks[-1].births and not self.thorough:
            return  # born since the latest mark, as nearly everything is
        for mark in reversed(self.marks):
            if thing.serial in mark.seen or (thing.serial > mark.births and not self.thorough):
                return
            mark.seen.add(thing.serial)
            mark.log.append((thing, thing.snapshot()))

    def keep_since(self, births: int, logged: list[int]) -> None:
        """Make all changes since then permanent: no mark undoes them any more.

        ``births`` and ``logged``, the lengths of the logs of all marks, say from where.
        """
        for mark, length in zip(self.marks, logged):
            mark.log = [entry for entry in mark.log[:length] if entry[0].serial <= births]
            mark.seen = {thing.serial for thing, _ in mark.log}
            mark.births = self.births

    def mark(self) -> Mark:
        mark = Mark(self.births)
        self.marks.append(mark)
        return mark

    def release(self, mark: Mark) -> list[Change]:
        """Drop a mark and all later ones, and keep the changes.

        Gives (object, content at the mark) for each object that existed then and was touched since.
        """
        assert mark in self.marks
        while self.marks.pop() is not mark:
            pass
        return [entry for entry in mark.log if entry[0].serial <= mark.births]

    def rollback_to(self, mark: Mark) -> None:
        """Undo everything since a mark, later marks included."""
        while self.marks[-1] is not mark:
            self.rollback(self.marks[-1])
        self.rollback(mark)

    def rollback(self, mark: Mark) -> None:
        """Undo everything since the latest mark, and drop that."""
        assert self.marks and self.marks[-1] is mark
        self.marks.pop()
        for thing, content in reversed(mark.log):
            thing.restore(content)
