"""``argparse``: a program started without arguments runs with its defaults.

Whoever starts it may pass others, so what its defaults lead to is a path that the program can take.
"""

from __future__ import annotations

from typing import Any

from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.objects import BoundMethod, ClassV, Instance, NativeV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, UnknownV, Value

_MISSING = object()
_FLAGS = {"store_true": False, "store_false": True, "count": None, "append": None}


def parser(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ArgumentParser()``: an object whose attributes are the defaults so far."""
    made = ParserV(interp.heap, _plain_object(interp, "Namespace"))
    for name, method in _METHODS.items():
        made.attributes[name] = BoundMethod(made, method)
    return made


class ParserV(Instance):
    """A parser, with the namespace of its defaults so far."""

    __slots__ = ("defaults",)

    def __init__(self, heap: Heap, defaults: Instance) -> None:
        super().__init__(heap, ClassV(heap, "ArgumentParser", (), {}, None, None))
        self.defaults = defaults


def _defaults_of(receiver: Value) -> Instance:
    assert isinstance(receiver, ParserV)
    return receiver.defaults


def _plain_object(interp: Interpreter, name: str) -> Instance:
    return Instance(interp.heap, ClassV(interp.heap, name, (), {}, None, None))


def _add_argument(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    receiver, *flags = args
    names = [flag for flag in flags if isinstance(flag, str)]
    wanted = keywords.get("dest") or _destination(names)
    defaults = _defaults_of(receiver)
    interp.heap.touch(defaults)
    if not isinstance(wanted, str):
        defaults.open, defaults.reason = True, "an argument of an unknown name"
        return None
    defaults.attributes[wanted] = _default(interp, wanted, names, keywords)
    return None


def _destination(names: list[str]) -> str | None:
    """The first long flag, or else the first, without its dashes."""
    long = [name for name in names if name.startswith("--")]
    chosen = next(iter(long or names), None)
    return None if chosen is None else chosen.lstrip("-").replace("-", "_")


def _default(interp: Interpreter, name: str, names: list[str], keywords: Keywords) -> Value:
    given = keywords.get("default", _MISSING)
    chosen = UnknownV(f"the command-line argument {name}", ("param", "command line", name))
    if given is _MISSING:
        action = keywords.get("action")
        if action in _FLAGS:
            return _FLAGS[action]
        optional = names and names[0].startswith("-") and keywords.get("required") is not True
        if optional and REST not in keywords:
            interp.path.absent[chosen.term] = None
        return chosen
    convert = keywords.get("type")
    if (
        isinstance(given, str)
        and isinstance(convert, External)
        and convert.dotted in ("int", "float")
    ):
        try:
            return int(given) if convert.dotted == "int" else float(given)
        except ValueError:
            return chosen
    return chosen if given is None else given


def _set_defaults(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    defaults = _defaults_of(args[0])
    interp.heap.touch(defaults)
    defaults.attributes.update({key: value for key, value in keywords.items() if key is not REST})
    return None


def _parse_args(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """The defaults; arguments that stand in the program are not followed."""
    listed = args[1] if len(args) > 1 else keywords.get("args")
    defaults = _defaults_of(args[0])
    if listed is None or (isinstance(listed, ListV) and not listed.open and not listed.items):
        return defaults
    made = Instance(interp.heap, defaults.cls)
    made.attributes = dict(defaults.attributes)
    made.open, made.reason = True, "arguments from a list"
    return made


def _parse_known(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return (_parse_args(interp, args, keywords, site), interp.unknown("the other arguments"))


def _group(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Groups add to the same arguments."""
    return args[0]


def _subparsers(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    defaults = _defaults_of(args[0])
    interp.heap.touch(defaults)
    defaults.open, defaults.reason = True, "sub-commands add arguments of their own"
    return interp.unknown("sub-commands")


def _exit(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    raise interp.raised("SystemExit")


def _nothing(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return None


_METHODS: dict[str, Any] = {
    name: NativeV(name, function)
    for name, function in {
        "add_argument": _add_argument, "set_defaults": _set_defaults, "parse_args": _parse_args,
        "parse_known_args": _parse_known, "add_argument_group": _group,
        "add_mutually_exclusive_group": _group, "add_subparsers": _subparsers,
        "error": _exit, "exit": _exit, "print_help": _nothing, "print_usage": _nothing,
    }.items()
}  # fmt: skip
FUNCTIONS: dict[str, Any] = {"argparse.ArgumentParser": parser}
