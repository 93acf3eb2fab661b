"""``re`` on known texts, where matching cannot take long."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.regex import regex
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.attributes import of_other
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Value, named

_MOST_WORK = 10_000_000
_UNBOUNDED = regex(r"(?<!\\)[*+]|\{\d*,\d*\}")
# A repeated group: with a repetition inside, the work may double with each character.
_REPEATED_GROUP = regex(r"\)(?:[*+]|\{)")


@dataclass(frozen=True, slots=True)
class PatternV:
    """``re.compile(text, flags)``."""

    text: str
    flags: int


@dataclass(frozen=True, slots=True)
class MatchV:
    """A match object."""

    found: re.Match[str]


def _is_quick(pattern: str, subject: str) -> bool:
    """Whether matching is certain to end soon, even in the worst case."""
    repetitions = len(_UNBOUNDED.findall(pattern))
    if _REPEATED_GROUP.search(pattern) and repetitions > 1:
        return False
    return len(pattern) < 1_000 and (len(subject) + 1) ** (repetitions + 1) <= _MOST_WORK


# -- functions of the module and methods of patterns ----------------------------------------

# The position of the text among the arguments.
_SUBJECT = {"sub": 1, "subn": 1}
_NAMES = ("match", "search", "fullmatch", "findall", "finditer", "split", "sub")


def _apply(
    interp: Interpreter, name: str, pattern: PatternV, args: Args, keywords: Keywords
) -> Value:
    given = (*args, *named(keywords).values())
    index = _SUBJECT.get(name, 0)
    subject = args[index] if len(args) > index else keywords.get("string")
    if REST in keywords or not isinstance(subject, str) or not all(map(is_constant, given)):
        return interp.unknown("a pattern in a text that is not known")
    if not _is_quick(pattern.text, subject):
        return interp.unknown("a pattern that may take long")
    try:
        with warnings.catch_warnings():  # they are the program's
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern.text, pattern.flags)
        return _as_value(interp, getattr(compiled, name)(*args, **named(keywords)))
    except (re.error, ValueError, TypeError, IndexError, RecursionError):
        return interp.unknown("a pattern that is not understood")


def _as_value(interp: Interpreter, result: object) -> Value:
    if isinstance(result, re.Match):
        return MatchV(result)
    if isinstance(result, list):
        return ListV(interp.heap, result)
    if result is None or isinstance(result, str):
        return result
    if isinstance(result, Iterator):
        return IteratorV(interp.heap, [MatchV(match) for match in result])
    return interp.unknown("what a pattern gives")


def _function(name: str) -> Native:
    """``re.name(pattern, ...)``."""
    last = _SUBJECT.get(name, 0) + 2  # of the arguments other than flags and counts

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        more: Keywords = {key: value for key, value in keywords.items() if key != "flags"}
        counts = name in ("split", "sub")
        flags = 0 if counts or len(args) <= last else args[last]
        inner = args[1:] if counts else args[1:last]
        flags = keywords.get("flags", flags)
        pattern = _pattern(args[0] if args else None, flags)
        if pattern is None:
            return interp.unknown("a pattern that is not known")
        return _apply(interp, name, pattern, inner, more)

    return native


def _pattern(value: Value, flags: Value) -> PatternV | None:
    if isinstance(value, PatternV):
        return value
    number = _flags(flags)
    return PatternV(value, number) if isinstance(value, str) and number is not None else None


def _flags(value: Value) -> int | None:
    if isinstance(value, External) and value.dotted.startswith("re."):
        flag = getattr(re, value.dotted.removeprefix("re."), None)
        return int(flag) if isinstance(flag, re.RegexFlag) else None
    return value if isinstance(value, int) else None


def _compile(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    flags = args[1] if len(args) > 1 else keywords.get("flags", 0)
    made = _pattern(args[0] if args else None, flags)
    return interp.unknown("a pattern that is not known") if made is None else made


def pattern_attribute(interp: Interpreter, pattern: PatternV, name: str, site: Site) -> Value:
    """``pattern.name``"""
    if name == "pattern":
        return pattern.text
    if name not in _NAMES:
        return of_other(interp, pattern, name, site)
    return NativeV(name, lambda again, a, k, s: _apply(again, name, pattern, a, k))


# -- matches --------------------------------------------------------------------------------

_OF_MATCH: dict[str, Callable[..., object]] = {
    "group": re.Match.group, "groups": re.Match.groups, "start": re.Match.start,
    "end": re.Match.end, "span": re.Match.span, "groupdict": re.Match.groupdict,
}  # fmt: skip


def match_attribute(interp: Interpreter, match: MatchV, name: str, site: Site) -> Value:
    """``match.name``"""
    if name not in _OF_MATCH:
        return of_other(interp, match, name, site)

    def method(again: Interpreter, args: Args, keywords: Keywords, where: Site) -> Value:
        return _of_match(again, _OF_MATCH[name], match, args, keywords)

    return NativeV(name, method)


def match_item(interp: Interpreter, match: MatchV, index: Value, site: Site) -> Value:
    """``match[1]``, ``match["name"]``"""
    return _of_match(interp, re.Match.group, match, [index], {})


def _of_match(
    interp: Interpreter,
    function: Callable[..., object],
    match: MatchV,
    args: Args,
    keywords: Keywords,
) -> Value:
    if REST in keywords or not all(map(is_constant, (*args, *named(keywords).values()))):
        return interp.unknown("a part of what a pattern found")
    try:
        result = function(match.found, *args, **named(keywords))
    except (IndexError, TypeError) as error:
        raise interp.raised(type(error).__name__) from None
    return DictV(interp.heap, dict(result)) if isinstance(result, dict) else result


FUNCTIONS: dict[str, Native] = {
    "re.compile": _compile, **{f"re.{name}": _function(name) for name in _NAMES},
    "re.escape": lambda interp, args, keywords, site: (
        re.escape(args[0]) if args and isinstance(args[0], str) else interp.unknown("a pattern")
    ),
}  # fmt: skip
