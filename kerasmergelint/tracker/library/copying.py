"""``copy``: shallow and deep copies."""

from __future__ import annotations

from typing import TypeGuard

from kerasmergelint.tracker.keras.serializing import own_objects
from kerasmergelint.tracker.library.attribute_dicts import AttributeDictV
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import special
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import DictObject, Instance, instance_of, is_layer
from kerasmergelint.tracker.values.value import Args, Keywords, Value

Parts = ListV | DictV | SetV | Instance


def _copy(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    value = args[0] if args else None
    own = special.call(interp, value, "__copy__", [], site)
    if own != special.NOT_IMPLEMENTED:
        return own
    _check_layer(interp, "copy.copy", value, site)
    return _shell(interp, value) if _has_parts(value) else value


def _deep_copy(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return _Copier(interp, site).copy(args[0] if args else None)


def _has_parts(value: Value) -> TypeGuard[Parts]:
    """Whether a value is copied; layers are not, since a copy has the same shapes."""
    return isinstance(value, (ListV, DictV, SetV)) or (
        isinstance(value, Instance) and value.layer is None
    )


def _check_layer(interp: Interpreter, action: str, value: Value, site: Site) -> None:
    """Layers and models are copied as Keras saves them, unless their class says how."""
    own = isinstance(value, Instance) and any(find(value.cls, name) for name in _SAYS_HOW)
    if is_layer(value) and not own:
        own_objects.check_copied(interp, action, value, site)


_SAYS_HOW = ("__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__")


def _shell(interp: Interpreter, value: Parts) -> Parts:
    """A new object that shares its parts with the old one."""
    made: Parts
    if isinstance(value, ListV):
        made = ListV(interp.heap, list(value.items), value.kind)
    elif isinstance(value, DictV):
        kind = AttributeDictV if isinstance(value, AttributeDictV) else DictV
        made = kind(interp.heap, dict(value.items))
        made.default = value.default
    elif isinstance(value, SetV):
        made = SetV(interp.heap, list(value.items))
    else:
        made = instance_of(interp.heap, value.cls)
        if isinstance(value, DictObject) and isinstance(made, DictObject):
            made.content.items, made.shared = dict(value.content.items), value.shared
            made.content.open, made.content.reason = value.content.open, value.content.reason
        made.attributes = dict(value.attributes)
    made.open, made.reason = value.open, value.reason
    return made


class _Copier:
    """A deep copy, which keeps shared parts and cycles."""

    def __init__(self, interp: Interpreter, site: Site) -> None:
        self._interp = interp
        self._site = site
        self._made: dict[int, Value] = {}

    def copy(self, value: Value) -> Value:
        self._interp.step()
        if isinstance(value, tuple):
            return tuple([self.copy(item) for item in value])
        if not _has_parts(value):
            _check_layer(self._interp, "copy.deepcopy", value, self._site)
            return value
        if value.serial not in self._made:
            memo = DictV(self._interp.heap, {})
            own = special.call(self._interp, value, "__deepcopy__", [memo], self._site)
            if own != special.NOT_IMPLEMENTED:
                self._made[value.serial] = own
            else:
                self._made[value.serial] = made = _shell(self._interp, value)
                self._fill(made)
        return self._made[value.serial]

    def _fill(self, made: Parts) -> None:
        if isinstance(made, ListV):
            made.items = [self.copy(item) for item in made.items]
        elif isinstance(made, DictV):
            made.items = {key: self.copy(item) for key, item in made.items.items()}
        elif isinstance(made, Instance):
            made.attributes = {name: self.copy(item) for name, item in made.attributes.items()}
            if isinstance(made, DictObject):
                content = made.content.items
                made.content.items = {key: self.copy(item) for key, item in content.items()}


FUNCTIONS: dict[str, Native] = {"copy.copy": _copy, "copy.deepcopy": _deep_copy}
