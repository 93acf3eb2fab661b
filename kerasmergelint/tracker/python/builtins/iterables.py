"""The builtins that make containers, and ``sum``."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import arithmetic, own_exceptions, sets
from kerasmergelint.tracker.python.dict_objects import plain_dict
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.values.constants import is_constant, to_term
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value, all_are


def make_list(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> ListV:
    """``list(iterable)``"""
    made = ListV(interp.heap, [])
    if args:
        items = interp.iterate(args[0], site)
        if items is None:
            made.open, made.reason = True, "a list of something unknown"
        else:
            made.items.extend(items)
    return made


def _tuple(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if not args:
        return ()
    items = interp.iterate(args[0], site)
    if items is not None:
        return tuple(items)
    term = to_term(args[0])
    return interp.unknown(
        "a tuple of something unknown", None if term is None else make("tuple", term)
    )


def _set(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return sets.of(interp, interp.iterate(args[0], site) if args else [])


def _frozenset(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``frozenset(iterable)``: a constant if all items are."""
    made = sets.of(interp, interp.iterate(args[0], site) if args else [])
    known = not made.open and all(map(is_constant, made.items))
    return frozenset(made.items) if known else made


def make_dict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> DictV:
    """``dict(pairs, **more)``"""
    made = DictV(interp.heap, {})
    source = plain_dict(args[0]) if args else None
    if isinstance(source, DictV):
        made.items.update(source.items)
        made.open, made.reason = source.open, source.reason
    elif args:
        for pair in interp.iterate(args[0], site) or [None]:
            items = None if pair is None else interp.iterate(pair, site)
            key = dict_key(items[0]) if items is not None and len(items) == 2 else None
            if key is None or items is None:
                made.open = True
            else:
                made.items[key[0]] = items[1]
    for name, value in keywords.items():
        if name is REST:
            made.open, made.reason = True, "updated by unknown keywords"
        else:
            made.items[name] = value
    return made


def _range(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    if args and all_are(args, int):
        try:
            return range(*args)
        except (TypeError, ValueError):
            raise interp.raised("TypeError") from None
    if any(isinstance(argument, (float, str)) or argument is None for argument in args):
        raise own_exceptions.no_integer_end(interp, args, site)
    terms = [to_term(argument) for argument in args]
    named = bool(terms) and None not in terms and not keywords
    term = make("call", ("name", "range"), *terms) if named else None
    return interp.unknown("a range with unknown ends", term)


def _sum(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0] if args else None, site)
    if items is None:
        return interp.unknown("the sum of something unknown")
    value = args[1] if len(args) > 1 else keywords.get("start", 0)
    for item in items:
        value = arithmetic.binary(interp, "+", value, item, site)
    return value


FUNCTIONS: dict[str, Native] = {
    "list": make_list, "tuple": _tuple, "set": _set, "frozenset": _frozenset, "dict": make_dict,
    "range": _range, "xrange": _range, "sum": _sum,
}  # fmt: skip
