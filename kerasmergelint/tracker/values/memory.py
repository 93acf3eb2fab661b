"""Arrays that share memory: what is written into one is in all of them, and none has its known content then.

A slice, a transposed or reshaped array and the like show the memory of the one that they were taken
from.  A function is taken to give a view unless it is known to copy: that costs no more than some content.
Content that is lost stays lost, on other paths, too.
"""

from __future__ import annotations

from collections.abc import Iterable

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Memory, TensorV
from kerasmergelint.tracker.values.value import UnknownV, Value


def shared(sources: Iterable[Value], made: Value) -> Value:
    """What was made of arrays, as something that may show their memory."""
    for source in sources:
        if type(source) is TensorV and _holds(source):
            _share(source, made)
    return made


def written(array: Value) -> None:
    """Something was written into an array, nobody knows what."""
    if type(array) is not TensorV or array.spec.kind is not TensorKind.ARRAY:
        return
    stack = [array]
    while stack:
        changed = stack.pop()
        changed.data = None
        if changed.memory is not None:
            stack += changed.memory.whole().empty()


def replaced(old: Value, new: Value) -> Value:
    """``old -= 1``: whoever has the old array sees the content of the new one, and may write into it."""
    if type(old) is TensorV and type(new) is TensorV and old.spec.kind is TensorKind.ARRAY:
        written(old)
        if new.data is not None:
            old.memory = old.memory or Memory()
            old.memory.whole().add(new)
    return new


def _share(source: TensorV, made: Value) -> None:
    if type(made) is UnknownV:
        written(source)  # it may be a view, too, and nobody follows what is written into it
    elif type(made) is TensorV:
        if made is not source and made.spec.kind is TensorKind.ARRAY:
            source.memory = source.memory or Memory(source)
            made.memory = made.memory or Memory(made)
            source.memory.whole().join(made.memory.whole())
    elif isinstance(made, (tuple, ListV)):
        for item in made if isinstance(made, tuple) else made.items:
            _share(source, item)


def _holds(array: TensorV) -> bool:
    """Whether the numbers of an array are known, or those of another one that has the same memory."""
    known = type(array.data) is tuple or array.memory is not None
    return known and array.spec.kind is TensorKind.ARRAY
