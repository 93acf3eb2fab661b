"""``collections``, ``functools``, ``itertools``, ``dataclasses``, ``copy``."""

from __future__ import annotations

import itertools
from typing import Any

from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import arithmetic, records
from kerasmergelint.tracker.python.builtins import iterables
from kerasmergelint.tracker.python.records import FieldV
from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV, SetV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import Instance, NativeV, PartialV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value, named


def _partial(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if not args or limits.is_long_partial(args[0]):
        return interp.unknown("partial")
    return PartialV(args[0], tuple(args[1:]), dict(keywords))


def _reduce(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[1], site) if len(args) > 1 else None
    if items is None:
        return interp.unknown("a reduction of something unknown")
    if len(args) > 2:
        items = [args[2], *items]
    if not items:
        raise interp.raised("TypeError", "reduce() of empty iterable")
    value = items[0]
    for item in items[1:]:
        value = interp.call(args[0], [value, item], {}, site)
    return value


def _chain(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    parts = [interp.iterate(argument, site) for argument in args]
    if any(part is None for part in parts):
        return interp.unknown("a chain of something unknown")
    return IteratorV(interp.heap, [item for part in parts for item in part or []])


def _chain_from(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    outer = interp.iterate(args[0], site) if args else None
    if outer is None:
        return interp.unknown("a chain of something unknown")
    return _chain(interp, outer, {}, site)


def _combined(function: Any) -> Any:
    """``itertools.product`` and the like, on known items."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        columns: list[Any] = []
        for argument in args:
            if isinstance(argument, int):
                columns.append(argument)
                continue
            items = interp.iterate(argument, site)
            if items is None:
                return interp.unknown("a combination of something unknown")
            columns.append(items)
        try:
            made = list(itertools.islice(function(*columns, **named(keywords)), 10_000))
        except (TypeError, ValueError, OverflowError):  # such as repeat=n, with n not known
            return interp.unknown("a combination of something unknown")
        return IteratorV(interp.heap, made)

    return native


def _repeat(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) == 2 and isinstance(args[1], int):
        return IteratorV(interp.heap, [args[0]] * min(args[1], 10_000))
    return interp.unknown("itertools.repeat")


def _zip_longest(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    columns = [interp.iterate(argument, site) for argument in args]
    if any(column is None for column in columns):
        return interp.unknown("zip_longest of something unknown")
    known = [column or [] for column in columns]
    fill = keywords.get("fillvalue")
    return IteratorV(interp.heap, list(itertools.zip_longest(*known, fillvalue=fill)))


def _accumulate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0], site) if args else None
    if not items:
        return interp.unknown("accumulate")
    values = [items[0]]
    for item in items[1:]:
        if len(args) > 1:
            values.append(interp.call(args[1], [values[-1], item], {}, site))
        else:
            values.append(arithmetic.binary(interp, "+", values[-1], item, site))
    return IteratorV(interp.heap, values)


def _defaultdict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = iterables.make_dict(interp, args[1:], keywords, site)
    made.default = args[0] if args else None
    return made


def _deque(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = iterables.make_list(interp, args[:1], {}, site)
    made.kind = "deque"
    return made


def _counter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = DictV(interp.heap, {})
    made.open, made.reason = True, "a Counter"
    return made


def _namedtuple(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if len(args) < 2 or not isinstance(args[0], str):
        return interp.unknown("a named tuple with unknown fields")
    if isinstance(args[1], str):
        fields = args[1].replace(",", " ").split()
    else:
        items = interp.iterate(args[1], site) or []
        fields = [item for item in items if isinstance(item, str)]
    defaults = interp.iterate(keywords["defaults"], site) if "defaults" in keywords else []
    return records.namedtuple(interp, args[0], fields, defaults or [])


def _field(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return FieldV(named(keywords))


def _dataclass(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return External("dataclasses.dataclass")


def _copy(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Copies are deep: what a program does to a shallow one seldom reaches the original."""
    return copy_value(interp, args[0]) if args else None


def copy_value(interp: Interpreter, value: Value) -> Value:
    interp.step()
    if isinstance(value, ListV):
        made: Any = ListV(
            interp.heap, [copy_value(interp, item) for item in value.items], value.kind
        )
    elif isinstance(value, DictV):
        made = DictV(interp.heap, {k: copy_value(interp, v) for k, v in value.items.items()})
        made.default = value.default
    elif isinstance(value, SetV):
        made = SetV(interp.heap, list(value.items))
    elif isinstance(value, Instance) and value.layer is None:
        made = Instance(interp.heap, value.cls)
        made.attributes = {k: copy_value(interp, v) for k, v in value.attributes.items()}
    elif isinstance(value, tuple):
        return tuple(copy_value(interp, item) for item in value)
    else:
        return value
    made.open, made.reason = value.open, value.reason
    return made


def _wraps(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return NativeV("decorator", lambda again, a, k, s: a[0] if a else None)


FUNCTIONS: dict[str, Any] = {
    "functools.partial": _partial, "functools.reduce": _reduce, "reduce": _reduce,
    "functools.wraps": _wraps, "functools.lru_cache": _wraps,
    "itertools.chain": _chain, "itertools.chain.from_iterable": _chain_from,
    "itertools.product": _combined(itertools.product),
    "itertools.combinations": _combined(itertools.combinations),
    "itertools.permutations": _combined(itertools.permutations),
    "itertools.islice": _combined(itertools.islice),
    "itertools.repeat": _repeat, "itertools.zip_longest": _zip_longest,
    "itertools.accumulate": _accumulate,
    "collections.OrderedDict": iterables.make_dict,
    "collections.defaultdict": _defaultdict, "collections.deque": _deque,
    "collections.Counter": _counter, "collections.namedtuple": _namedtuple,
    "dataclasses.field": _field, "dataclasses.dataclass": _dataclass,
    "dataclasses.replace": records.replaced, "dataclasses.asdict": records.as_dict,
    "copy.copy": _copy, "copy.deepcopy": _copy,
}  # fmt: skip
