"""What iterating over a value gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.shapes import Shape
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.python import classes
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, IteratorV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, FunctionV, Instance
from kerasmergelint.tracker.values.value import Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter


def items(interp: Interpreter, value: Value, site: Site) -> list[Value] | None:
    """The items in order; None if they are not all known.  Iterators are used up by this."""
    found = _items(interp, value, site)
    if found is not None:
        limits.charge(interp, len(found))
    return found


def _items(interp: Interpreter, value: Value, site: Site) -> list[Value] | None:
    """The items in order; None if they are not all known.  Iterators are used up by this."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, (ListV, SetV)):
        return None if value.open else list(value.items)
    if isinstance(value, DictV):
        return None if value.open else list(value.items)
    if isinstance(value, range):
        return list(value) if len(value) <= limits.MAX_LENGTH else None
    if isinstance(value, (str, bytes, frozenset)):
        return list(value)
    if isinstance(value, IteratorV):
        interp.heap.touch(value)
        rest = value.items[value.position :]
        value.position = len(value.items)
        return rest
    if isinstance(value, GeneratorV):
        return _generator(interp, value)
    if isinstance(value, TensorV):
        return _tensor(interp, value, site)
    if isinstance(value, Instance):
        return _instance(interp, value, site)
    if isinstance(value, ClassV) and value.kind == "enum":
        names = [name for name, member in value.namespace.items() if _is_member(name, member)]
        return [interp.attribute(value, name, site) for name in names]
    if value is None or isinstance(value, (bool, int, float, FunctionV)):
        raise interp.raised("TypeError", "not iterable")
    return None


def _is_member(name: str, value: Value) -> bool:
    return not name.startswith(("_", "(")) and not isinstance(value, FunctionV)


def iterator(interp: Interpreter, value: Value, site: Site) -> IteratorV | None:
    """``iter(value)``: an iterator keeps its position, anything else gets a new one."""
    if isinstance(value, IteratorV):
        return value
    if isinstance(value, GeneratorV):
        return _start(interp, value)
    known = items(interp, value, site)
    return None if known is None else IteratorV(interp.heap, known)


def _start(interp: Interpreter, value: GeneratorV) -> IteratorV | None:
    if value.produced is None:
        interp.heap.touch(value)
        produced = value.start()
        if produced is None:
            return None
        value.produced = IteratorV(interp.heap, produced)
    return value.produced


def _generator(interp: Interpreter, value: GeneratorV) -> list[Value] | None:
    started = _start(interp, value)
    return None if started is None else items(interp, started, None)  # type: ignore[arg-type]


def _tensor(interp: Interpreter, value: TensorV, site: Site) -> list[Value] | None:
    """Tensors of known length inside ``call`` can be iterated; symbolic ones of Keras can not."""
    if value.spec.kind is TensorKind.KERAS:
        raise interp.raised("NotImplementedError", "iterating over a symbolic tensor")
    shape = value.spec.shape
    if value.spec.kind is TensorKind.ARRAY and isinstance(shape, Shape) and shape.dims:
        count = shape.dims[0]
        if isinstance(count, int) and count <= 256:
            return [interp.item(value, index, site) for index in range(count)]
    return None


def _instance(interp: Interpreter, value: Instance, site: Site) -> list[Value] | None:
    method = classes.find(value.cls, "__iter__")
    if method is not None:
        iterator = interp.call(BoundMethod(value, method[1]), [], {}, site)
        own_next = isinstance(iterator, Instance) and classes.find(iterator.cls, "__next__")
        return None if own_next or iterator is value else items(interp, iterator, site)
    if value.cls.kind == "namedtuple":
        return [value.attributes[name] for name, _ in value.cls.fields or []]
    return None
