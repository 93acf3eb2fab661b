"""``collections`` and ``dataclasses``."""

from __future__ import annotations

import collections

from kerasmergelint.tracker.library.chain_maps import chain_map
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import records
from kerasmergelint.tracker.python.builtins import iterables
from kerasmergelint.tracker.python.builtins.containers import trim
from kerasmergelint.tracker.python.classes import AUTO
from kerasmergelint.tracker.python.records import FieldV
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import FILLED, DictV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value, named


def _defaultdict(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = iterables.make_dict(interp, args[1:], keywords, site)
    made.default = args[0] if args else None
    return made


def _deque(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    made = iterables.make_list(interp, args[:1], {}, site)
    made.kind = "deque"
    most = interp.resolve(args[1] if len(args) > 1 else keywords.get("maxlen"))
    if type(most) is int and most > 0 and not made.open:
        made.most = most
        trim(made)
    elif most is not None:
        made.open, made.reason = True, FILLED  # what is appended may push others out
    return made


def _counter(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """How often each item occurs; what was never counted is 0."""
    made = DictV(interp.heap, {})
    source = args[0] if args else ()
    items = None if isinstance(source, DictV) else interp.iterate(source, site)
    if items is None or keywords or not all(map(is_constant, items)):
        made.open, made.reason = True, "a Counter of something unknown"
    else:
        made.items.update(collections.Counter(items))
        made.default = NativeV("int", lambda *_: 0)
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


def _attribute(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``attr.ib(default)``"""
    given = {"default": args[0]} if args else {}
    return FieldV({**given, **named(keywords)})


def _factory(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``attr.Factory(list)``: the default is made for each object; one that looks at it is not known."""
    if len(args) != 1 or keywords:
        return interp.unknown("a default that looks at its object")
    return FieldV({"factory": args[0]})


def _model_field(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``pydantic.Field(default, ...)``; an ellipsis stands for no default."""
    options = {
        name: v
        for name, v in named(keywords).items()
        if name in ("default", "default_factory", "alias")
    }
    if "validation_alias" in keywords:
        options["alias"] = keywords["validation_alias"]
    if args:
        options["default"] = args[0]
    if options.get("default") is ...:
        return records.MISSING
    return FieldV(options) if options else records.MISSING


def _fields(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``dataclasses.fields(record)``: their names and defaults."""
    record = args[0].cls if args and isinstance(args[0], Instance) else args[0] if args else None
    if not isinstance(record, ClassV) or record.fields is None:
        return interp.unknown("the fields of something unknown")
    made: list[Value] = []
    for name, default in records.stored(record):
        options = default.options if isinstance(default, FieldV) else {"default": default}
        field = Instance(interp.heap, ClassV(interp.heap, "Field", (), {}, None, None))
        field.attributes.update(
            name=name,
            type=interp.unknown("the type of a field"),
            default=options.get("default", records.MISSING),
            default_factory=options.get("default_factory", records.MISSING),
        )
        made.append(field)
    return tuple(made)


def _dataclass(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return External("dataclasses.dataclass")


def _auto(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return AUTO


FUNCTIONS: dict[str, Native] = {
    "enum.auto": _auto,
    "dataclasses.astuple": records.as_tuple, "attr.astuple": records.as_tuple,
    "attrs.astuple": records.as_tuple,
    "collections.OrderedDict": iterables.make_dict,
    "collections.defaultdict": _defaultdict, "collections.deque": _deque,
    "collections.ChainMap": chain_map, "collections.Counter": _counter, "collections.namedtuple": _namedtuple,
    "dataclasses.field": _field, "attr.field": _field, "attrs.field": _field, "attr.ib": _attribute,
    "attr.attrib": _attribute, "attr.Factory": _factory, "attrs.Factory": _factory,
    "attr.evolve": records.replaced, "attrs.evolve": records.replaced,
    "attr.asdict": records.as_dict, "attrs.asdict": records.as_dict,
    "pydantic.Field": _model_field,
    "dataclasses.fields": _fields, "flax.struct.field": _field, "dataclasses.dataclass": _dataclass,
    "dataclasses.replace": records.replaced, "dataclasses.asdict": records.as_dict,
}  # fmt: skip
