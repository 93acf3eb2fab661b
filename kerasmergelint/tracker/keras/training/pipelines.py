"""The items of datasets, generators and ``Sequence`` objects."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import iterators
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import GeneratorV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import BoundMethod, Instance
from kerasmergelint.tracker.values.training import DatasetV
from kerasmergelint.tracker.values.value import Value


def element_of(interp: Interpreter, source: Value, site: Site) -> Value | None:
    """One item; None if unknown."""
    if isinstance(source, DatasetV):
        return source.element
    if isinstance(source, GeneratorV):
        first = iterators.pull(interp, source, site)
        return None if isinstance(first, iterators.Missing) else first
    if isinstance(source, Instance):
        method = find(source.cls, "__getitem__")
        if method is not None:
            index = interp.unknown("the number of a batch")
            return interp.call(BoundMethod(source, method[1]), [index], {}, site)
    return None
