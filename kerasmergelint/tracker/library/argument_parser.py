"""``argparse``: a program started without arguments runs with its defaults.

Its user may pass others.  So the defaults lead to one path that the program can take, and each choice
that it offers leads to another.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, NoReturn

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.library.native import NativeObject
from kerasmergelint.tracker.library.offers import OfferV, offer, settled, switch, term_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.attributes import READ
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    UnknownV,
    Value,
    named,
)


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """One ``add_argument``; ``rivals`` are the choices that exclude it."""

    name: str
    flags: tuple[str, ...]
    keywords: Keywords
    rivals: list[Term]

    @property
    def optional(self) -> bool:
        return bool(self.flags) and self.flags[0].startswith("-")

    @property
    def action(self) -> Value:
        action = self.keywords.get("action", "store")
        return _LATER_ACTIONS.get(action.dotted) if isinstance(action, External) else action


_LATER_ACTIONS = {"argparse.BooleanOptionalAction": "boolean"}


class NamespaceV(Instance):
    """The result of a parser: offers, until they are read."""

    __slots__ = ()

    def __init__(self, heap: Heap) -> None:
        super().__init__(heap, ClassV(heap, "Namespace", (), {}, None, None))


class ParserV(NativeObject):
    """A parser, with its arguments so far, and its commands by name."""

    __slots__ = ("arguments", "command", "commands", "defaults", "unsure")

    def __init__(self, heap: Heap) -> None:
        super().__init__(heap, "argparse.ArgumentParser", _METHODS)
        self.arguments: tuple[Argument, ...] = ()
        self.defaults: dict[str, Value] = {}
        self.commands: dict[str, ParserV] = {}
        self.command: str | None = None  # the name that the chosen command is stored under
        self.unsure = ""  # why it may have other arguments

    def snapshot(self) -> tuple[Any, ...]:
        own = (self.arguments, dict(self.defaults), dict(self.commands), self.command, self.unsure)
        return (*super().snapshot(), own)

    def restore(self, content: Any) -> None:
        *inherited, own = content
        super().restore(inherited)
        self.arguments, self.defaults, self.commands, self.command, self.unsure = own

    def cover(self, *kept: Any) -> None:
        [(arguments, defaults, *_)] = kept
        if self.arguments != arguments or self.defaults.keys() != defaults.keys():
            self.unsure = "a loop may have added any number of arguments"


class PartV(NativeObject):
    """A group of arguments, or the commands, of a parser."""

    __slots__ = ("parser", "rivals")

    def __init__(self, heap: Heap, parser: ParserV, methods: Mapping[str, Native]) -> None:
        super().__init__(heap, "argparse._ArgumentGroup", methods)
        self.parser = parser
        self.rivals: list[Term] | None = None


def parser(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ArgumentParser(parents=[...])``."""
    made = ParserV(interp.heap)
    _initialise(interp, [made], keywords, site)
    return made


def _initialise(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """What the constructor does: it takes over the arguments of other parsers."""
    made = _parser_of(interp, args[0])
    parents = interp.iterate(keywords["parents"], site) if "parents" in keywords else []
    for parent in parents or []:
        if isinstance(parent, ParserV):
            made.arguments += parent.arguments
            made.defaults.update(parent.defaults)
            made.unsure = made.unsure or parent.unsure
    if parents is None or not all(isinstance(parent, ParserV) for parent in parents):
        made.unsure = "the arguments of a parent parser"
    return None


# -- what is declared -----------------------------------------------------------------------


def _parser_of(interp: Interpreter, receiver: Value) -> ParserV:
    found = receiver.parser if isinstance(receiver, PartV) else receiver
    assert isinstance(found, ParserV)
    interp.heap.touch(found)
    return found


def _add_argument(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    found = _parser_of(interp, args[0])
    flags = tuple(flag for flag in args[1:] if isinstance(flag, str))
    name = keywords.get("dest") or _destination(flags)
    if not isinstance(name, str) or len(flags) < len(args) - 1:
        found.unsure = "an argument of an unknown name"
        return None
    rivals = args[0].rivals if isinstance(args[0], PartV) else None
    found.arguments += (Argument(name, flags, keywords, [] if rivals is None else rivals),)
    return None


def _destination(flags: tuple[str, ...]) -> str | None:
    """The first long flag, or else the first, without its dashes."""
    long = [flag for flag in flags if flag.startswith("--")]
    chosen = next(iter(long or flags), None)
    return None if chosen is None else chosen.lstrip("-").replace("-", "_")


def _set_defaults(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    found = _parser_of(interp, args[0])
    found.defaults.update(named(keywords))
    if REST in keywords:
        found.unsure = "defaults that are not known"
    return None


def _group(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return PartV(interp.heap, _parser_of(interp, args[0]), _METHODS)


def _exclusive(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A group of arguments of which only one may be given."""
    made = PartV(interp.heap, _parser_of(interp, args[0]), _METHODS)
    made.rivals = []
    return made


def _subparsers(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    found = _parser_of(interp, args[0])
    name = keywords.get("dest")
    found.command = name if isinstance(name, str) else None
    return PartV(interp.heap, found, {"add_parser": _add_parser})


def _add_parser(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    found = _parser_of(interp, args[0])
    made = parser(interp, [], keywords, site)
    name = args[1] if len(args) > 1 else keywords.get("name")
    if isinstance(name, str) and isinstance(made, ParserV):
        found.commands[name] = made
    else:
        found.unsure = "a command of an unknown name"
    return made


# -- the result -------------------------------------------------------------------------------

_GIVEN_AS_BOOL = {"store_true": False, "store_false": True, "boolean": None}
_MISSING = object()


def _offer(interp: Interpreter, parser: ParserV, argument: Argument, site: Site) -> Value:
    """The value of an argument that was not given."""
    keywords = argument.keywords
    default = parser.defaults.get(argument.name, keywords.get("default", _MISSING))
    action = argument.action
    if action in _GIVEN_AS_BOOL:
        usual = _GIVEN_AS_BOOL[action] if default is _MISSING else default
        return _beside_rivals(switch(argument.name, usual), argument)
    given = keywords.get("choices")
    choices = None if given is None else interp.iterate(given, site)
    if default is not _MISSING and default is not None:
        default = converted(interp, default, keywords.get("type"), site)
        return _beside_rivals(offer(argument.name, default, choices), argument)
    optional = argument.optional and keywords.get("required") is not True
    if choices and not optional:
        return offer(argument.name, choices[0], choices)
    if (optional and REST not in keywords) or keywords.get("nargs") == "?":
        return OfferV(argument.name, None)
    if keywords.get("nargs") == "*" and default is _MISSING:
        return ListV(interp.heap, [])
    return UnknownV(f"the command-line argument {argument.name}", term_of(argument.name))


def _beside_rivals(made: OfferV, argument: Argument) -> OfferV:
    """Note that the arguments of an exclusive group exclude each other."""
    own = [("==", made.term, other) for other in made.others]
    rivals = tuple(rival for rival in argument.rivals if rival not in own)
    argument.rivals.extend(choice for choice in own if choice not in argument.rivals)
    return OfferV(made.name, made.default, made.others, rivals)


def converted(interp: Interpreter, value: Value, convert: Value, site: Site) -> Value:
    """A text converted by the ``type`` of its argument; anything else as it is."""
    if not isinstance(value, str) or convert is None or convert == External("str"):
        return value
    try:
        return interp.call(convert, [value], {}, site)
    except Raised:
        return interp.unknown("an argument that is refused")


def _parse_args(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The defaults, or the values in a list of arguments."""
    made = NamespaceV(interp.heap)
    found = _parser_of(interp, args[0])
    listed = args[1] if len(args) > 1 else keywords.get("args")
    given: dict[str, Any] | None = {}
    asked = False
    if listed is not None:
        items = interp.iterate(listed, site)
        given = None if items is None else _given(found, items)
        asked = True
    if given is None or "namespace" in keywords or len(args) > 2:
        made.open, made.reason = True, "arguments from a list"
    _fill(interp, made, found, given or {}, site, asked=asked)
    return made


def _fill(
    interp: Interpreter,
    made: NamespaceV,
    parser: ParserV,
    given: dict[str, Any],
    site: Site,
    *,
    asked: bool,
) -> None:
    """Add the arguments of a parser, and those of the chosen command."""
    made.attributes.update(parser.defaults)
    for argument in parser.arguments:
        if argument.action in ("help", "version"):
            continue
        if argument.name in given:
            value = _as_value(interp, given[argument.name], argument.keywords.get("type"), site)
        else:
            value = _offer(interp, parser, argument, site)
            if asked and isinstance(value, OfferV):
                value = OfferV(value.name, value.default)  # the program itself has chosen
        made.attributes[argument.name] = value
    if parser.unsure:
        made.open, made.reason = True, parser.unsure
    if parser.commands:
        names = list(parser.commands)
        chosen = given.get(_COMMAND) if asked else None
        if not asked:
            chosen = settled(interp, offer(parser.command or "command", names[0], names))
        if parser.command is not None:
            made.attributes[parser.command] = chosen
        if isinstance(chosen, str):
            _fill(interp, made, parser.commands[chosen], given, site, asked=asked)


def _as_value(interp: Interpreter, given: Any, convert: Value, site: Site) -> Value:
    if isinstance(given, list):
        return ListV(interp.heap, [converted(interp, item, convert, site) for item in given])
    return converted(interp, given, convert, site)


# -- arguments from a list ------------------------------------------------------------------

_COMMAND = "the command"
_ACTIONS = frozenset({"store", "store_true", "store_false", "append", "count", "extend"})


class _Refused(ValueError):
    """The parser refuses these arguments."""


class _Quiet(argparse.ArgumentParser):
    """Python's own parser, on texts only, that neither prints nor exits."""

    def error(self, message: str) -> NoReturn:
        raise _Refused(message)


def _given(parser: ParserV, items: list[Value]) -> dict[str, Any] | None:
    """The values in a list of arguments; None if unknown."""
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) < len(items) or parser.unsure:
        return None
    real = _Quiet(add_help=False, argument_default=argparse.SUPPRESS)
    try:
        _declare(real, parser)
        return vars(real.parse_args(texts))
    except (ValueError, TypeError, argparse.ArgumentError):
        return None


def _declare(real: argparse.ArgumentParser, parser: ParserV) -> None:
    for argument in parser.arguments:
        action, nargs = argument.action, argument.keywords.get("nargs")
        if action == "boolean":
            options: dict[str, Any] = {"action": argparse.BooleanOptionalAction}
        elif action in _ACTIONS and is_constant(nargs):
            options = {"action": action} if nargs is None else {"action": action, "nargs": nargs}
        else:
            raise _Refused(argument.name)
        names = argument.flags or (argument.name,)
        if argument.optional:
            options["dest"] = argument.name
        real.add_argument(*names, **options)
    if parser.commands:
        commands = real.add_subparsers(dest=_COMMAND)
        for name, command in parser.commands.items():
            inner = commands.add_parser(name, add_help=False, argument_default=argparse.SUPPRESS)
            _declare(inner, command)


# -- namespaces -----------------------------------------------------------------------------


def namespace_attribute(interp: Interpreter, namespace: NamespaceV, name: str, site: Site) -> Value:
    """``args.name``; reading ``__dict__`` reads all of them."""
    if name == "__dict__":
        interp.heap.touch(namespace)
        for key, value in namespace.attributes.items():
            namespace.attributes[key] = settled(interp, value)
    return settled(interp, READ[Instance](interp, namespace, name, site))


def _parse_known(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return (_parse_args(interp, args, keywords, site), interp.unknown("the other arguments"))


def _get_default(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    found = _parser_of(interp, args[0])
    name = args[1] if len(args) > 1 else keywords.get("dest")
    for argument in found.arguments:
        if argument.name == name:
            return found.defaults.get(argument.name, argument.keywords.get("default"))
    return found.defaults.get(name) if isinstance(name, str) else interp.unknown("a default")


def _exit(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    raise interp.raised("SystemExit")


def _nothing(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


_METHODS: dict[str, Native] = {
    "__init__": _initialise, "add_argument": _add_argument,
    "set_defaults": _set_defaults, "get_default": _get_default,
    "parse_args": _parse_args, "parse_known_args": _parse_known, "add_argument_group": _group,
    "add_mutually_exclusive_group": _exclusive, "add_subparsers": _subparsers,
    "error": _exit, "exit": _exit, "print_help": _nothing, "print_usage": _nothing,
}  # fmt: skip
FUNCTIONS: dict[str, Native] = {"argparse.ArgumentParser": parser}
