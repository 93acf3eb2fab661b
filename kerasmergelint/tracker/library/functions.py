"""``functools``: partial functions, reductions, caches."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import special
from kerasmergelint.tracker.python.conditions import compare
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, FunctionV, Memory, NativeV, PartialV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


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


def _wraps(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A decorator that gives the name of one function to another."""
    wrapped = args[0] if args else None

    def decorate(again: Interpreter, a: Args, k: Keywords, s: Site) -> Value:
        function = a[0] if a else None
        if isinstance(function, FunctionV) and isinstance(wrapped, FunctionV):
            own = {"__name__": wrapped.name, "__qualname__": wrapped.name, "__wrapped__": wrapped}
            function.attributes.update({**own, **wrapped.attributes})
        return function

    return NativeV("(decorator)", decorate)


def _lru_cache(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``lru_cache``, as a decorator or a call that makes one."""
    if args and isinstance(args[0], FunctionV):
        return _remembering(interp, args[0], 128)
    most = args[0] if args else keywords.get("maxsize", 128)
    if not isinstance(most, (int, type(None))):
        return interp.unknown("a cache of unknown size")

    def decorate(again: Interpreter, a: Args, k: Keywords, s: Site) -> Value:
        return _remembering(again, a[0], most) if a else None

    return NativeV("(decorator)", decorate)


def _cache(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return _remembering(interp, args[0], None) if args else interp.unknown("a cache")


def _remembering(interp: Interpreter, function: Value, most: int | None) -> Value:
    if not isinstance(function, FunctionV):
        return function
    return replace(function, memory=Memory(DictV(interp.heap, {}), most))


# -- total_ordering -------------------------------------------------------------------------

_ORDERS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def _total_ordering(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``total_ordering``: derives the other comparisons from one and equality."""
    cls = args[0] if args else None
    if not isinstance(cls, ClassV):
        return cls
    given = [name for name in _ORDERS if name in cls.namespace]
    if given:
        interp.heap.touch(cls)
        for name in _ORDERS:
            cls.namespace.setdefault(name, _derived(given[0], name))
    return cls


def _derived(given: str, name: str) -> NativeV:
    known, wanted = _ORDERS[given], _ORDERS[name]

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        one, other = args
        answer = interp.truth(special.call(interp, one, given, [other], site))
        equal = interp.truth(compare(interp, "==", one, other, site))
        if answer is None or equal is None:
            return interp.unknown("an order of objects")
        if known[0] != wanted[0]:
            answer = not answer
        if wanted == _OPPOSITE[known]:
            return answer
        return (answer or equal) if "=" in wanted else (answer and not equal)

    return NativeV(name, native)


FUNCTIONS: dict[str, Native] = {
    "functools.partial": _partial, "functools.reduce": _reduce, "reduce": _reduce,
    "functools.wraps": _wraps, "functools.lru_cache": _lru_cache, "functools.cache": _cache,
    "functools.total_ordering": _total_ordering,
}  # fmt: skip
