"""``itertools``: items are taken from an iterator when they are asked for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import arithmetic, iterators
from kerasmergelint.tracker.python.builtins.iterating import each, started
from kerasmergelint.tracker.python.conditions import compare
from kerasmergelint.tracker.python.iterators import END
from kerasmergelint.tracker.values.containers import GeneratorV, Items, IteratorV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.signals import Unfollowed
from kerasmergelint.tracker.values.value import Args, Keywords, Value, all_are, named

# A limit on what is computed at once.
_MOST = 10_000


def _lazily(body: Callable[..., Items], unknown: str) -> Native:
    """A function whose arguments are all iterables, and whose result is an iterator."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        sources = started(interp, args, site)
        if sources is None:
            return interp.unknown(unknown)
        return GeneratorV(interp.heap, body(interp, sources, keywords, site))

    return native


def _chain(interp: Interpreter, sources: Args, keywords: Keywords, site: Site) -> Items:
    for source in sources:
        yield from each(interp, source, site)
    return None


def _chain_from(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    outer = iterators.start(interp, args[0], site) if args else None
    if outer is None:
        return interp.unknown("a chain of something unknown")
    return GeneratorV(interp.heap, _chained(interp, outer, site))


def _chained(interp: Interpreter, outer: Value, site: Site) -> Items:
    for part in each(interp, outer, site):
        source = iterators.start(interp, part, site)
        if source is None:
            raise Unfollowed
        yield from each(interp, source, site)
    return None


def _pairwise(interp: Interpreter, sources: Args, keywords: Keywords, site: Site) -> Items:
    yield from itertools.pairwise(each(interp, sources[0], site))
    return None


def _compress(interp: Interpreter, sources: Args, keywords: Keywords, site: Site) -> Items:
    for item, selector in zip(*[each(interp, source, site) for source in sources]):
        if interp.ask(selector, site):
            yield item
    return None


def _zip_longest(interp: Interpreter, sources: Args, keywords: Keywords, site: Site) -> Items:
    columns = [each(interp, source, site) for source in sources]
    yield from itertools.zip_longest(*columns, fillvalue=keywords.get("fillvalue"))
    return None


# -- with a function ------------------------------------------------------------------------


def _with_function(body: Callable[..., Items]) -> Native:
    """A function of a function and an iterable."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        source = iterators.start(interp, args[1], site) if len(args) == 2 else None
        if source is None:
            return interp.unknown("an iterator over something unknown")
        return GeneratorV(interp.heap, body(interp, args[0], source, site))

    return native


def _take_while(interp: Interpreter, function: Value, source: Value, site: Site) -> Items:
    for item in each(interp, source, site):
        if not interp.ask(interp.call(function, [item], {}, site), site):
            return None
        yield item
    return None


def _drop_while(interp: Interpreter, function: Value, source: Value, site: Site) -> Items:
    items = each(interp, source, site)
    for item in items:
        if not interp.ask(interp.call(function, [item], {}, site), site):
            yield item
            yield from items
    return None


def _filter_false(interp: Interpreter, function: Value, source: Value, site: Site) -> Items:
    for item in each(interp, source, site):
        test = item if function is None else interp.call(function, [item], {}, site)
        if not interp.ask(test, site):
            yield item
    return None


def _star_map(interp: Interpreter, function: Value, source: Value, site: Site) -> Items:
    for row in each(interp, source, site):
        args = interp.iterate(row, site)
        if args is None:
            raise Unfollowed
        yield interp.call(function, args, {}, site)
    return None


def _accumulate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = iterators.start(interp, args[0], site) if args else None
    if source is None:
        return interp.unknown("accumulate")
    function = args[1] if len(args) > 1 else keywords.get("func")
    return GeneratorV(interp.heap, _sums(interp, source, function, keywords.get("initial"), site))


def _sums(interp: Interpreter, source: Value, function: Value, initial: Value, site: Site) -> Items:
    items = each(interp, source, site)
    total = next(items, END) if initial is None else initial
    if total is END:
        return None
    yield total
    for item in items:
        if function is None:
            total = arithmetic.binary(interp, "+", total, item, site)
        else:
            total = interp.call(function, [total, item], {}, site)
        yield total
    return None


def _group_by(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``groupby``; groups are lists here, since programs read each before going on."""
    source = iterators.start(interp, args[0], site) if args else None
    if source is None:
        return interp.unknown("groups of something unknown")
    function = args[1] if len(args) > 1 else keywords.get("key")
    return GeneratorV(interp.heap, _groups(interp, source, function, site))


def _groups(interp: Interpreter, source: Value, function: Value, site: Site) -> Items:
    group: list[Value] = []
    key: Value = None
    for item in each(interp, source, site):
        other = item if function is None else interp.call(function, [item], {}, site)
        same = interp.truth(compare(interp, "==", key, other, site)) if group else True
        if same is None:
            raise Unfollowed
        if not same:
            yield (key, IteratorV(interp.heap, group))
            group = []
        key = other
        group.append(item)
    if group:
        yield (key, IteratorV(interp.heap, group))
    return None


# -- slices, and iterators without an end ---------------------------------------------------


def _islice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = iterators.start(interp, args[0], site) if args else None
    bounds = [bound for bound in args[1:] if bound is not None]
    if source is None or not all_are(bounds, int) or len(args) < 2:
        return interp.unknown("a slice of something unknown")
    if any(bound < 0 for bound in bounds):
        raise interp.raised("ValueError", "indices of islice() must not be negative")
    return GeneratorV(interp.heap, _sliced(interp, source, slice(*args[1:]), site))


def _sliced(interp: Interpreter, source: Value, part: slice, site: Site) -> Items:
    yield from itertools.islice(each(interp, source, site), part.start, part.stop, part.step)
    return None


def _count(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    start = args[0] if args else keywords.get("start", 0)
    step = args[1] if len(args) > 1 else keywords.get("step", 1)
    return GeneratorV(interp.heap, _counted(interp, start, step, site), most=_ENDLESS)


# How many items of an endless iterator are taken where all are asked for.
_ENDLESS = 512


def _counted(interp: Interpreter, value: Value, step: Value, site: Site) -> Items:
    while True:
        yield value
        value = arithmetic.binary(interp, "+", value, step, site)


def _cycle(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    source = iterators.start(interp, args[0], site) if args else None
    if source is None:
        return interp.unknown("a cycle of something unknown")
    return GeneratorV(interp.heap, _cycled(interp, source, site), most=_ENDLESS)


def _cycled(interp: Interpreter, source: Value, site: Site) -> Items:
    yield from itertools.cycle(each(interp, source, site))
    return None


def _repeat(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    times = args[1] if len(args) > 1 else keywords.get("times")
    if not args or not isinstance(times, (int, type(None))):
        return interp.unknown("itertools.repeat")
    if times is not None:
        return IteratorV(interp.heap, [args[0]] * min(times, _MOST))
    return GeneratorV(interp.heap, _repeated(args[0]), most=_ENDLESS)


def _repeated(value: Value) -> Items:
    while True:
        yield value


def _tee(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0], site) if args else None
    count = args[1] if len(args) > 1 else keywords.get("n", 2)
    if items is None or not isinstance(count, int):
        return interp.unknown("itertools.tee")
    return tuple(IteratorV(interp.heap, list(items)) for _ in range(count))


# -- combinations ---------------------------------------------------------------------------


def _combined(function: Callable[..., Iterable[Value]]) -> Native:
    """``itertools.product`` and the like, on known items."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        columns: list[object] = []
        for argument in args:
            if isinstance(argument, int):
                columns.append(argument)
                continue
            items = interp.iterate(argument, site)
            if items is None:
                return interp.unknown("a combination of something unknown")
            columns.append(items)
        try:
            made = list(itertools.islice(function(*columns, **named(keywords)), _MOST))
        except (TypeError, ValueError, OverflowError):  # such as repeat=n, with n not known
            return interp.unknown("a combination of something unknown")
        return IteratorV(interp.heap, made)

    return native


FUNCTIONS: dict[str, Native] = {
    "itertools.chain": _lazily(_chain, "a chain of something unknown"),
    "itertools.chain.from_iterable": _chain_from,
    "itertools.pairwise": _lazily(_pairwise, "pairs of something unknown"),
    "itertools.compress": _lazily(_compress, "a choice of something unknown"),
    "itertools.zip_longest": _lazily(_zip_longest, "zip_longest of something unknown"),
    "itertools.takewhile": _with_function(_take_while),
    "itertools.dropwhile": _with_function(_drop_while),
    "itertools.filterfalse": _with_function(_filter_false),
    "itertools.starmap": _with_function(_star_map),
    "itertools.accumulate": _accumulate, "itertools.groupby": _group_by,
    "itertools.islice": _islice, "itertools.count": _count, "itertools.cycle": _cycle,
    "itertools.repeat": _repeat, "itertools.tee": _tee,
    "itertools.product": _combined(itertools.product),
    "itertools.combinations": _combined(itertools.combinations),
    "itertools.combinations_with_replacement": _combined(itertools.combinations_with_replacement),
    "itertools.permutations": _combined(itertools.permutations),
}  # fmt: skip
