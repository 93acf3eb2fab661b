"""``absl.flags`` and the flags of TensorFlow 1: defined anywhere, looked up in one place."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.tracker.library.offers import OfferV, offer, settled, switch
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.attributes import of_other
from kerasmergelint.tracker.python.name_lookup import lookup
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.environment import FlagsV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import NativeV
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value


@dataclass(frozen=True, slots=True)
class HolderV:
    """The result of defining a flag: ``holder.value`` is the flag's value."""

    name: str


def _define(kind: str) -> Native:
    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        name = args[0] if args else keywords.get("name", keywords.get("flag_name"))
        default = (
            args[1] if len(args) > 1 else keywords.get("default", keywords.get("default_value"))
        )
        interp.heap.touch(interp.flags)
        if not isinstance(name, str):
            return interp.unknown("a flag of an unknown name")
        interp.flags.items[name] = _offered(interp, kind, name, default, args, keywords, site)
        return HolderV(name)

    return native


def _offered(
    interp: Interpreter,
    kind: str,
    name: str,
    default: Value,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    if kind in ("bool", "boolean"):
        return switch(name, default)
    if kind in ("list", "multi_integer", "multi_string", "multi_float", "spaceseplist"):
        if isinstance(default, str):
            parts = default.split(",") if kind == "list" else default.split()
            return ListV(interp.heap, [part.strip() for part in parts])
        return default if default is not None else OfferV(name, None)
    if kind == "enum":
        values = args[2] if len(args) > 2 else keywords.get("enum_values")
        return offer(name, default, interp.iterate(values, site))
    if isinstance(default, str) and kind in ("integer", "float"):
        default = int(default) if kind == "integer" else float(default)
    return OfferV(name, default)


def flags_attribute(interp: Interpreter, flags: FlagsV, name: str, site: Site) -> Value:
    """``FLAGS.name``"""
    if name in flags.items:
        return settled(interp, flags.items[name])
    if name in ("mark_as_parsed", "parse_flags", "set_default"):
        return NativeV(name, _set_default if name == "set_default" else lambda *_: None)
    return of_other(interp, flags, name, site)


def set_flag(interp: Interpreter, flags: FlagsV, name: str, content: Value, site: Site) -> None:
    """``FLAGS.name = value``"""
    interp.heap.touch(flags)
    flags.items[name] = content


def call_flags(
    interp: Interpreter, flags: FlagsV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``FLAGS(sys.argv)``: parses them."""
    return interp.unknown("the other arguments")


def holder_attribute(interp: Interpreter, holder: HolderV, name: str, site: Site) -> Value:
    """``holder.value``"""
    if name == "value":
        return flags_attribute(interp, interp.flags, holder.name, site)
    return holder.name if name == "name" else of_other(interp, holder, name, site)


def _set_default(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    name = args[0].name if args and isinstance(args[0], HolderV) else args[0] if args else None
    if isinstance(name, str) and len(args) > 1:
        set_flag(interp, interp.flags, name, args[1], site)
    return None


def _run(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``app.run(main)``: calls it with the remaining arguments, and ends the program."""
    main = args[0] if args else keywords.get("main")
    if main is None:
        main = lookup(interp, interp.frames[0].scope, "main")
    rest = ListV(interp.heap, [UnknownV("the name of the program", ("name", "argv"))])
    interp.call(main, [rest], {}, site)
    raise interp.raised("SystemExit")


_PLACES = (
    "absl.flags", "tensorflow.app.flags", "tensorflow.flags", "tensorflow.compat.v1.flags",
    "tensorflow.compat.v1.app.flags", "tensorflow.python.platform.flags", "gflags",
)  # fmt: skip
_KINDS = (
    "integer", "float", "string", "bool", "boolean", "enum", "list", "multi_integer", "multi_string",
    "multi_float", "spaceseplist",
)  # fmt: skip
# Where FLAGS themselves are found.
NAMES = frozenset(f"{place}.FLAGS" for place in _PLACES)
FUNCTIONS: dict[str, Native] = {
    **{f"{place}.DEFINE_{kind}": _define(kind) for place in _PLACES for kind in _KINDS},
    **{f"{place}.set_default": _set_default for place in _PLACES},
    "absl.app.run": _run, "tensorflow.app.run": _run, "tensorflow.compat.v1.app.run": _run,
}  # fmt: skip
