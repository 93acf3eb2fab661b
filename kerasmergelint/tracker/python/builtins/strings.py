"""Methods of strings."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Method
from kerasmergelint.tracker.python.text import NotKnown, formatted, spoken
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value, all_are, named

_PURE = (
    "capitalize", "casefold", "center", "count", "endswith", "expandtabs", "find",
    "index", "isalnum", "isalpha", "isdigit", "isidentifier", "islower", "isnumeric", "isspace",
    "istitle", "isupper", "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix",
    "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "swapcase", "title", "upper", "zfill", "encode",
)  # fmt: skip


def _pure(name: str) -> Callable[..., Value]:
    def native(interp: Interpreter, text: str, args: Args, keywords: Keywords, site: Site) -> Value:
        if not all(is_constant(v) for v in (*args, *keywords.values())) or REST in keywords:
            return interp.unknown("a string of something unknown")
        if limits.method_explodes(text, name, args, keywords):
            return interp.unknown(limits.TOO_LARGE)
        try:
            result = getattr(text, name)(*args, **named(keywords))
        except Exception as error:
            raise interp.raised(type(error).__name__) from None
        return ListV(interp.heap, result) if isinstance(result, list) else result

    return native


def _format(interp: Interpreter, text: str, args: Args, keywords: Keywords, site: Site) -> Value:
    if REST in keywords or limits.method_explodes(text, "format", args, keywords):
        return interp.unknown("a formatted string")
    try:
        return formatted(
            interp,
            site,
            lambda say: text.format(
                *map(say, args), **{name: say(value) for name, value in named(keywords).items()}
            ),
        )
    except NotKnown:
        return interp.unknown("a formatted string")
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise interp.raised(type(error).__name__) from None


def _join(interp: Interpreter, text: str, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0], site) if args else None
    if items is None or not all(map(is_constant, items)):
        return interp.unknown("a string of something unknown")
    if not all_are(items, str):
        raise interp.raised("TypeError", "expected strings")
    if limits.join_explodes(text, items):
        return interp.unknown(limits.TOO_LARGE)
    return text.join(items)


def _translate(interp: Interpreter, text: str, args: Args, keywords: Keywords, site: Site) -> Value:
    try:
        table = spoken(interp, args[0] if args else None, site)
    except NotKnown:
        return interp.unknown("a string of something unknown")
    if not isinstance(table, dict):
        return interp.unknown("a string that is translated")
    longest = max([len(new) for new in table.values() if isinstance(new, str)], default=1)
    if len(text) * longest > limits.MAX_LENGTH:
        return interp.unknown(limits.TOO_LARGE)
    return text.translate(table)


METHODS: dict[str, Method] = {
    **{name: _pure(name) for name in _PURE},
    "join": _join,
    "format": _format,
    "translate": _translate,
}
