"""Methods of lists, dicts and tuples."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Interpreter, Method
from kerasmergelint.tracker.machine.semantics import Own
from kerasmergelint.tracker.python import own_exceptions
from kerasmergelint.tracker.python.builtins.ordering import sort
from kerasmergelint.tracker.python.conditions import equal
from kerasmergelint.tracker.python.dict_objects import plain_dict
from kerasmergelint.tracker.python.keys import certain_items, dict_key
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV, ViewV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.terms import Term, make
from kerasmergelint.tracker.values.value import REST, Args, Keywords, UnknownV, Value


def _argument(
    args: Args, keywords: Keywords, index: int, name: str, default: Value = None
) -> Value:
    return args[index] if len(args) > index else keywords.get(name, default)


# -- lists ----------------------------------------------------------------------------------


def _append(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    made.items.append(args[0] if args else None)
    trim(made)
    return None


def trim(made: ListV, *, last: bool = False) -> None:
    """What a full deque, ``deque(maxlen=4)``, drops at its other end."""
    if made.most is not None and len(made.items) > made.most and not made.open:
        surplus = len(made.items) - made.most
        del made.items[slice(made.most, None) if last else slice(surplus)]


def _append_left(
    interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site
) -> Value:
    interp.heap.touch(made)
    made.items.insert(0, args[0])
    trim(made, last=True)
    return None


def _extend_left(
    interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site
) -> Value:
    items = interp.iterate(args[0], site) if args else []
    interp.heap.touch(made)
    if items is None:
        made.open, made.reason = True, "extended by an unknown sequence"
    else:
        made.items[:0] = items[::-1]
        trim(made, last=True)
    return None


def _rotate(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    by = _argument(args, keywords, 0, "n", 1)
    interp.heap.touch(made)
    if made.open or not isinstance(by, int):
        made.open, made.reason = True, "rotated by an unknown number"
    elif made.items:
        start = -by % len(made.items)
        made.items[:] = [*made.items[start:], *made.items[:start]]
    return None


def _extend(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    items = interp.iterate(args[0], site) if args else []
    if items is None:
        made.open, made.reason = True, "extended by an unknown sequence"
    else:
        made.items.extend(items)
        trim(made)
    return None


def _is_full(interp: Interpreter, site: Site) -> bool:
    return interp.ask(interp.unknown("whether a deque is full"), site, prefer=False)


def _insert(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    if made.kind == "deque" and made.open and _is_full(interp, site):
        raise interp.raised("IndexError", "deque already at its maximum size")
    interp.heap.touch(made)
    if made.most is not None:
        made.open, made.reason = True, "inserted into a deque that may be full"
    elif len(args) == 2 and isinstance(args[0], int):
        made.items.insert(args[0], args[1])
    else:
        made.open, made.reason = True, "inserted at an unknown index"
    return None


def _pop(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    index = args[0] if args else -1
    if made.open or not isinstance(index, int):
        made.open, made.reason = True, made.reason or "popped at an unknown index"
        return interp.unknown("an item of a list that is not fully known")
    try:
        return made.items.pop(index)
    except IndexError:
        raise own_exceptions.used_up(interp, "IndexError", made.items, site) from None


def _pop_left(
    interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return _pop(interp, made, [0], {}, site)


def _remove(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    for index, item in enumerate(made.items):
        same = item is args[0] or equal(interp, item, args[0])
        if same is None:
            break
        if same:
            del made.items[index]
            return None
    else:
        if not made.open:
            raise interp.raised("ValueError", "list.remove(x): x not in list")
    made.open, made.reason = True, "an unknown item was removed"
    return None


def _index(interp: Interpreter, made: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    if isinstance(made, ListV) and made.open:
        return interp.unknown("an index")
    items = made.items if isinstance(made, ListV) else made
    bounds = args[1:3]
    if not all(isinstance(bound, int) for bound in bounds):
        return interp.unknown("an index")
    start, stop, _ = (
        slice(*(*bounds, None)[:2]).indices(len(items)) if bounds else (0, len(items), 1)
    )
    for index in range(start, stop):
        same = items[index] is args[0] or equal(interp, items[index], args[0])
        if same is None:
            return interp.unknown("an index")
        if same:
            return index
    raise interp.raised("ValueError", "not in list")


def _count(interp: Interpreter, made: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    if isinstance(made, ListV) and made.open:
        return interp.unknown("a count")
    items = made.items if isinstance(made, ListV) else made
    answers = [item is args[0] or equal(interp, item, args[0]) for item in items]
    return interp.unknown("a count") if None in answers else answers.count(True)


def _reverse(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    made.items.reverse()
    return None


def _sort(interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    ordered = None if made.open else sort(interp, made.items, keywords, site)
    if ordered is None:
        made.open, made.reason = True, "sorted in an unknown order"
    else:
        made.items = ordered
    return None


def _copy_list(
    interp: Interpreter, made: ListV, args: Args, keywords: Keywords, site: Site
) -> Value:
    other = ListV(interp.heap, list(made.items), made.kind)
    other.open, other.reason = made.open, made.reason
    return other


def _clear(interp: Interpreter, made: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    made.items = {} if isinstance(made, DictV) else []
    made.open = False
    return None


LIST_METHODS: dict[str, Method] = {
    "append": _append, "appendleft": _append_left, "extend": _extend,
    "extendleft": _extend_left, "rotate": _rotate, "insert": _insert,
    "pop": _pop, "popleft": _pop_left, "remove": _remove, "index": _index, "count": _count,
    "reverse": _reverse, "sort": _sort, "copy": _copy_list, "clear": _clear,
    "as_list": _copy_list,
}  # fmt: skip


def _as_list(interp: Interpreter, made: Own, args: Args, keywords: Keywords, site: Site) -> Value:
    """``TensorShape.as_list()``: shapes are tuples here."""
    return ListV(interp.heap, list(made))


TUPLE_METHODS: dict[str, Method] = {"index": _index, "count": _count, "as_list": _as_list}


# -- dicts ----------------------------------------------------------------------------------


def _item_term(interp: Interpreter, made: DictV, key: Value) -> Term:
    if not is_constant(key):
        return interp.opaque_term()
    return make("item", ("object", made.serial), key)


def _get(interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site) -> Value:
    key = dict_key(args[0]) if args else None
    default = _argument(args, keywords, 1, "default")
    if key is not None and key[0] not in made.items:
        interp.modules.settle(interp, made, key[0])
    if key is not None and key[0] in made.items and not (made.open and made.reason):
        return made.items[key[0]]
    if key is None or made.open:
        if key is not None:
            term = _item_term(interp, made, key[0])
            return UnknownV("an item of a dict that is not fully known", term)
        return interp.unknown("an item under an unknown key")
    return default


def _items(interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site) -> Value:
    return ViewV(interp.heap, made, "items")


def _keys(interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site) -> Value:
    return ViewV(interp.heap, made, "keys")


def _values(interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site) -> Value:
    return ViewV(interp.heap, made, "values")


def _update(interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site) -> Value:
    interp.heap.touch(made)
    for value in map(plain_dict, args[:1]):
        if isinstance(value, DictV):
            made.items.update(certain_items(interp, value))
            if value.open:
                made.open, made.reason = True, value.reason or "updated by something unknown"
        else:
            _update_pairs(interp, made, value, site)
    made.items.update({key: value for key, value in keywords.items() if key is not REST})
    if REST in keywords:
        made.open, made.reason = True, "updated by unknown keywords"
    return None


def _update_pairs(interp: Interpreter, made: DictV, value: Value, site: Site) -> None:
    pairs = interp.iterate(value, site)
    for pair in pairs or []:
        if not isinstance(pair, tuple) or len(pair) != 2 or (key := dict_key(pair[0])) is None:
            made.open, made.reason = True, "updated by something unknown"
        else:
            made.items[key[0]] = pair[1]
    if pairs is None:
        made.open, made.reason = True, "updated by something unknown"


def _setdefault(
    interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    key = dict_key(args[0]) if args else None
    default = _argument(args, keywords, 1, "default")
    if key is None:
        interp.heap.touch(made)
        made.open, made.reason = True, "filled under an unknown key"
    if key is None or (made.open and key[0] not in made.items):
        return interp.unknown("an item of a dict that is not fully known")
    if key[0] not in made.items:
        interp.heap.touch(made)
        made.items[key[0]] = default
    return made.items[key[0]]


def _pop_key(interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site) -> Value:
    key = dict_key(args[0]) if args else None
    if key is None:
        interp.heap.touch(made)
        made.open, made.reason = True, "popped under an unknown key"
        return interp.unknown("an item under an unknown key")
    if key[0] in made.items:
        interp.heap.touch(made)
        value = made.items.pop(key[0])
        return (
            interp.unknown("an item that may have changed") if made.open and made.reason else value
        )
    if made.open:
        term = _item_term(interp, made, key[0])
        return UnknownV("an item of a dict that is not fully known", term)
    if len(args) > 1:
        return args[1]
    raise interp.raised("KeyError")


def _pop_item(
    interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``popitem``, from the end or, for an OrderedDict, from the start."""
    last = _argument(args, keywords, 0, "last", True)
    interp.heap.touch(made)
    if made.open or not isinstance(last, bool):
        made.open, made.reason = True, made.reason or "an item was popped"
        return interp.unknown("an item of a dict that is not fully known")
    if not made.items:
        raise interp.raised("KeyError", "dictionary is empty")
    key = list(made.items)[-1 if last else 0]
    return (key, made.items.pop(key))


def _move_to_end(
    interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    key = dict_key(args[0]) if args else None
    last = _argument(args, keywords, 1, "last", True)
    interp.heap.touch(made)
    if made.open or key is None or not isinstance(last, bool):
        made.open, made.reason = True, "an unknown item was moved"
    elif key[0] not in made.items:
        raise interp.raised("KeyError")
    else:
        moved = {key[0]: made.items[key[0]]}
        rest = {k: v for k, v in made.items.items() if k != key[0]}
        made.items = {**rest, **moved} if last else {**moved, **rest}
    return None


def _copy_dict(
    interp: Interpreter, made: DictV, args: Args, keywords: Keywords, site: Site
) -> Value:
    other = DictV(interp.heap, dict(made.items))
    other.open, other.reason, other.default = made.open, made.reason, made.default
    return other


DICT_METHODS: dict[str, Method] = {
    "get": _get, "items": _items, "keys": _keys, "values": _values, "update": _update,
    "setdefault": _setdefault, "pop": _pop_key, "copy": _copy_dict, "clear": _clear,
    "popitem": _pop_item, "move_to_end": _move_to_end,
    "iteritems": _items, "itervalues": _values,
}  # fmt: skip
