"""``collections`` and ``dataclasses``."""

from __future__ import annotations

from typing import Any

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import records
from kerasmergelint.tracker.python.builtins import iterables
from kerasmergelint.tracker.python.records import FieldV
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value, named


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


FUNCTIONS: dict[str, Any] = {
    "collections.OrderedDict": iterables.make_dict,
    "collections.defaultdict": _defaultdict, "collections.deque": _deque,
    "collections.Counter": _counter, "collections.namedtuple": _namedtuple,
    "dataclasses.field": _field, "dataclasses.dataclass": _dataclass,
    "dataclasses.replace": records.replaced, "dataclasses.asdict": records.as_dict,
}  # fmt: skip
