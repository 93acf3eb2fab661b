"""``json``, ``yaml``, ``toml``, ``csv``: reading data files and texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from kerasmergelint.tracker.library.formats import yaml
from kerasmergelint.tracker.library.formats.plain import Plain
from kerasmergelint.tracker.library.from_plain import MakeDict, from_plain
from kerasmergelint.tracker.library.opened import FileV, content_of, rest, split_lines
from kerasmergelint.tracker.library.paths import PathV
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value, named

NOT_KNOWN = "data that cannot be read here"


def text_of(interp: Interpreter, value: Value) -> str | None:
    """The text of an open file, or of a string; None if unknown."""
    if isinstance(value, FileV):
        return None if value.open else rest(interp, value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) and not isinstance(value, PathV) else None


def _reader(parse: Callable[[str], Plain]) -> Native:
    """A function that reads all of a file or text."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        source = args[0] if args else next(iter(named(keywords).values()), None)
        text = text_of(interp, source)
        return interp.unknown(NOT_KNOWN) if text is None else _parsed(interp, parse, text)

    return native


def _parsed(
    interp: Interpreter,
    parse: Callable[[str], Plain],
    text: str,
    make_dict: MakeDict | None = None,
) -> Value:
    try:
        plain = parse(text)
    except (ValueError, RecursionError):  # all readers raise a kind of ValueError
        return interp.unknown("data that is not understood")
    return from_plain(interp, plain, make_dict)


# -- JSON -----------------------------------------------------------------------------------


def _json(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``json.load(file)``, ``json.loads(text)``, with the program's ``object_hook``."""
    text = text_of(interp, args[0] if args else None)
    if text is None or set(keywords) - {"object_hook", "object_pairs_hook", "encoding"}:
        return interp.unknown("JSON that is not known")
    hook, pairs_hook = keywords.get("object_hook"), keywords.get("object_pairs_hook")
    if hook is None and pairs_hook is None:
        return _parsed(interp, json.loads, text)

    def make(items: dict[Any, Value]) -> Value:
        content: Value = DictV(interp.heap, items)
        if hook is None:
            content = ListV(interp.heap, list(items.items()))
        return interp.call(pairs_hook if hook is None else hook, [content], {}, site)

    return _parsed(interp, json.loads, text, make)


# -- YAML and TOML --------------------------------------------------------------------------


def _parsed_toml(text: str) -> Plain:
    if sys.version_info >= (3, 11):
        import tomllib  # late: few programs read TOML
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def _toml(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``toml.load`` takes a file or its name."""
    source = args[0] if args else keywords.get("f")
    text = content_of(interp, source) if isinstance(source, str) else text_of(interp, source)
    return interp.unknown(NOT_KNOWN) if text is None else _parsed(interp, _parsed_toml, text)


# -- CSV ------------------------------------------------------------------------------------

_CSV_OPTIONS = frozenset({"delimiter", "quotechar", "skipinitialspace", "fieldnames"})


def _csv(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    rows = _rows(interp, args, keywords)
    if rows is None:
        return interp.unknown("a table that is not known")
    return IteratorV(interp.heap, [ListV(interp.heap, list(row)) for row in rows])


def _csv_dicts(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    rows = _rows(interp, args, keywords)
    given = keywords.get("fieldnames", args[1] if len(args) > 1 else None)
    names: list[Value] | None = list(rows[0]) if rows else []
    if given is not None:
        names = interp.iterate(given, site)
    if rows is None or names is None or any(len(row) != len(names) for row in rows):
        return interp.unknown("a table that is not known")
    below = rows if given is not None else rows[1:]
    return IteratorV(interp.heap, [DictV(interp.heap, dict(zip(names, row))) for row in below])


def _rows(interp: Interpreter, args: Args, keywords: Keywords) -> list[list[str]] | None:
    """The rows of a table, without empty lines; None if they are not known."""
    options = {name: value for name, value in named(keywords).items() if name != "fieldnames"}
    source = args[0] if args else None
    if (
        REST in keywords
        or set(options) - _CSV_OPTIONS
        or not all(map(is_constant, options.values()))
    ):
        return None
    if isinstance(source, ListV) and not source.open:
        lines = [line for line in source.items if isinstance(line, str)]
        if len(lines) < len(source.items):
            return None
    elif isinstance(source, FileV) and not source.open:
        lines = split_lines(rest(interp, source))
    else:
        return None
    import csv  # late: few programs read tables

    try:
        dialect: dict[str, Any] = options
        return [row for row in csv.reader(lines, **dialect) if row]
    except (csv.Error, TypeError):
        return None


FUNCTIONS: dict[str, Native] = {
    "json.load": _json, "json.loads": _json,
    **dict.fromkeys(
        ("yaml.safe_load", "yaml.load", "yaml.full_load", "yaml.unsafe_load"), _reader(yaml.parse)
    ),
    "tomllib.load": _reader(_parsed_toml), "tomli.load": _reader(_parsed_toml),
    "tomllib.loads": _reader(_parsed_toml), "tomli.loads": _reader(_parsed_toml),
    "toml.load": _toml, "toml.loads": _reader(_parsed_toml),
    "csv.reader": _csv, "csv.DictReader": _csv_dicts,
}  # fmt: skip
