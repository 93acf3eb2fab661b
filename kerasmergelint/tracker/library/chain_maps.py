"""``collections.ChainMap``: several dicts, of which the first that has a key gives its value."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.tracker.library.native import NativeObject
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value

_UNSURE = "which dict of a ChainMap has the key"


def chain_map(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ChainMap(*maps)``, which sees later changes of its dicts."""
    maps = [interp.resolve(value) for value in args] or [DictV(interp.heap, {})]
    known = [value for value in maps if isinstance(value, DictV)]
    if len(known) < len(maps):
        return interp.unknown("a ChainMap of something unknown")
    methods: dict[str, Native] = {
        "__getitem__": _method(known, _item),
        "__contains__": _method(known, _contains),
        "get": _method(known, _get),
        "keys": _method(known, _keys),
        "__iter__": _method(known, _iterated),
    }
    return NativeObject(interp.heap, "collections.ChainMap", methods)


_Reading = Callable[[Interpreter, list[DictV], dict[str, Value], Site], Value]


def _method(maps: list[DictV], read: _Reading) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        return read(
            interp, maps, bind_native(interp, ("self", "key", "default"), args, keywords), site
        )

    return native


def _holder(interp: Interpreter, maps: list[DictV], key: Value) -> DictV | UnknownV | None:
    """The first dict that has the key; None if none has it."""
    for one in maps:
        if one.open or not is_constant(key):
            return UnknownV(_UNSURE, interp.opaque_term())
        if key in one.items:
            return one
    return None


def _item(interp: Interpreter, maps: list[DictV], bound: dict[str, Value], site: Site) -> Value:
    key = interp.resolve(bound.get("key"))
    holder = _holder(interp, maps, key)
    if holder is None:
        raise interp.raised("KeyError")
    return interp.item(holder, key, site) if isinstance(holder, DictV) else holder


def _contains(interp: Interpreter, maps: list[DictV], bound: dict[str, Value], site: Site) -> Value:
    holder = _holder(interp, maps, interp.resolve(bound.get("key")))
    return holder if isinstance(holder, UnknownV) else holder is not None


def _get(interp: Interpreter, maps: list[DictV], bound: dict[str, Value], site: Site) -> Value:
    holder = _holder(interp, maps, interp.resolve(bound.get("key")))
    return bound.get("default") if holder is None else _item(interp, maps, bound, site)


def _keys(interp: Interpreter, maps: list[DictV], bound: dict[str, Value], site: Site) -> Value:
    if any(one.open for one in maps):
        return interp.unknown("the keys of a ChainMap")
    return ListV(interp.heap, list({key: None for one in reversed(maps) for key in one.items}))


def _iterated(interp: Interpreter, maps: list[DictV], bound: dict[str, Value], site: Site) -> Value:
    keys = _keys(interp, maps, bound, site)
    return IteratorV(interp.heap, keys.items) if isinstance(keys, ListV) else keys
