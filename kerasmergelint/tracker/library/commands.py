"""``click``, ``typer`` and ``fire``: functions that are started from the command line.

Started without arguments they have their defaults; each choice that they offer is a path, too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.tracker.library.argument_parser import converted
from kerasmergelint.tracker.library.native import NativeObject
from kerasmergelint.tracker.library.offers import OfferV, offer, settled, switch, term_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.attributes import of_other
from kerasmergelint.tracker.values.containers import DictV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.objects import FunctionV, NativeV
from kerasmergelint.tracker.values.value import Args, Keywords, UnknownV, Value


@dataclass(frozen=True, slots=True)
class ChoicesV:
    """``click.Choice([...])``."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CommandV:
    """A function, and its options from the command line."""

    function: Value
    options: tuple[tuple[str, Value], ...] = ()
    context: bool = False


def _start(interp: Interpreter, command: CommandV, site: Site) -> Value:
    """Run it as if the program were started without arguments."""
    chosen: Keywords = {name: settled(interp, value) for name, value in command.options}
    first = [interp.unknown("the context of a command")] if command.context else []
    return interp.call(command.function, [*first], chosen, site)


def call_command(
    interp: Interpreter, command: CommandV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``main()``: the program ends with the command."""
    _start(interp, command, site)
    if keywords.get("standalone_mode") is False:
        return interp.unknown("what a command gives")
    raise interp.raised("SystemExit")


def command_attribute(interp: Interpreter, command: CommandV, name: str, site: Site) -> Value:
    """``command.callback``"""
    if name == "callback":
        return command.function
    if name == "main":
        return command
    return of_other(interp, command, name, site)


def _decorator(change: Callable[[Interpreter, CommandV], Value]) -> NativeV:
    """A decorator that makes another command of a function or command."""

    def decorate(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        inner = args[0] if args else None
        command = inner if isinstance(inner, CommandV) else CommandV(inner)
        return change(interp, command)

    return NativeV("decorator", decorate)


# -- click ----------------------------------------------------------------------------------


def _click_option(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``@click.option("--name", default=...)``, ``@click.argument("name")``."""
    flags = [flag for flag in args if isinstance(flag, str)]
    name = _click_name(flags)
    value = None if name is None else _click_value(interp, name, flags, keywords, site)

    def add(again: Interpreter, command: CommandV) -> CommandV:
        if name is None:
            return command
        return replace(command, options=((name, value), *command.options))

    return _decorator(add)


def _click_name(flags: list[str]) -> str | None:
    """The name of the parameter: the name without dashes, or the longest flag."""
    plain = [flag for flag in flags if not flag.startswith("-")]
    if plain:
        return plain[0].replace("-", "_").lower()
    first = [flag.partition("/")[0].strip() for flag in flags]
    longest = max(first, key=lambda flag: len(flag) - len(flag.lstrip("-")), default=None)
    return None if longest is None else longest.lstrip("-").replace("-", "_").lower()


def _click_value(
    interp: Interpreter, name: str, flags: list[str], keywords: Keywords, site: Site
) -> Value:
    default, kind = keywords.get("default"), keywords.get("type")
    if isinstance(default, (FunctionV, NativeV)):
        default = interp.call(default, [], {}, site)
    if keywords.get("is_flag") is True or any("/" in flag for flag in flags):
        return switch(name, False if default is None else default)
    optional = bool(flags) and flags[0].startswith("-") and keywords.get("required") is not True
    if isinstance(kind, ChoicesV):
        if default is None and not optional and kind.items:
            default = kind.items[0]
        return offer(name, default, kind.items)
    if default is not None:
        return OfferV(name, converted(interp, default, kind, site))
    if keywords.get("multiple") is True:
        return ()
    if optional:
        return OfferV(name, None)
    return UnknownV(f"the command-line argument {name}", term_of(name))


def _choice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    items = interp.iterate(args[0], site) if args else None
    return (
        interp.unknown("a choice of something unknown") if items is None else ChoicesV(tuple(items))
    )


def _click_command(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``@click.command()``, or ``@click.command`` itself."""
    if args and not isinstance(args[0], str):
        return _finished(interp, args[0])
    return _decorator(_finished)


def _finished(interp: Interpreter, command: Value) -> CommandV:
    """A finished command: it may be started from outside the program, so it can be entered on its own."""
    made = command if isinstance(command, CommandV) else CommandV(command)
    if isinstance(made.function, FunctionV):
        plain = {
            name: v.default for name, v in made.options if isinstance(v, OfferV) and not v.others
        }
        known = {name: value for name, value in plain.items() if value is not None}
        defaults = {**made.function.defaults, **known}
        interp.outputs.functions.append(replace(made.function, defaults=defaults))
    return made


def _with_context(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    inner = args[0] if args else None
    command = inner if isinstance(inner, CommandV) else CommandV(inner)
    return replace(command, context=True)


def _click_group(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    def make(again: Interpreter, command: CommandV) -> Value:
        return ProgramV(again.heap, command)

    if args and not isinstance(args[0], str):
        return make(interp, args[0] if isinstance(args[0], CommandV) else CommandV(args[0]))
    return _decorator(make)


# -- several commands -----------------------------------------------------------------------


class ProgramV(NativeObject):
    """A group of commands, of which one is started; ``before`` runs first."""

    __slots__ = ("before", "commands")

    def __init__(self, heap: Heap, before: CommandV | None) -> None:
        super().__init__(heap, "click.Group", _PROGRAM)
        self.before = before
        self.commands: tuple[tuple[str, Value], ...] = ()

    def snapshot(self) -> tuple[Any, ...]:
        return (*super().snapshot(), self.commands)

    def restore(self, content: Any) -> None:
        *inherited, self.commands = content
        super().restore(inherited)


def _program(args: Args) -> ProgramV:
    assert isinstance(args[0], ProgramV)
    return args[0]


def _add(interp: Interpreter, program: ProgramV, name: Value, command: Value) -> None:
    interp.heap.touch(program)
    given = name if isinstance(name, str) else f"command {len(program.commands)}"
    program.commands += ((given, command),)


def _add_command(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``group.add_command(command)``."""
    _add(interp, _program(args), args[2] if len(args) > 2 else None, args[1])
    return None


def _command_of(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``@group.command()``."""
    program, name = _program(args), args[1] if len(args) > 1 else keywords.get("name")

    def add(again: Interpreter, command: CommandV) -> CommandV:
        made = _finished(again, command)
        _add(again, program, name or getattr(command.function, "name", None), made)
        return made

    return _decorator(add)


def _run_command(interp: Interpreter, command: Value, site: Site) -> None:
    if isinstance(command, CommandV):
        _start(interp, _with_signature(command), site)
    elif isinstance(command, ProgramV):
        _run_program(interp, [command], {}, site)


def _run_program(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Start one of the commands: each is a path of the program."""
    program = _program(args)
    if program.before is not None:
        _start(interp, program.before, site)
    commands = dict(program.commands)
    if commands:
        names = list(commands)
        chosen = settled(interp, offer("command", names[0], names))
        if isinstance(chosen, str):
            _run_command(interp, commands[chosen], site)
        else:  # all paths are followed at once
            for command in commands.values():
                with suppress(Raised):
                    _run_command(interp, command, site)
    raise interp.raised("SystemExit")


_PROGRAM: dict[str, Native] = {
    "command": _command_of, "add_command": _add_command, "__call__": _run_program,
    "group": _click_group, "callback": lambda *_: NativeV("decorator", lambda i, a, k, s: a[0]),
}  # fmt: skip

# -- typer and fire -------------------------------------------------------------------------


def _typer(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return ProgramV(interp.heap, None)


def _typer_default(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``typer.Option(default)``: an ellipsis asks for an argument."""
    default = args[0] if args else keywords.get("default")
    if default is ...:
        return UnknownV("a command-line argument", term_of(f"argument {id(site.node)}"))
    return default


def _with_signature(command: CommandV) -> CommandV:
    """A function whose parameters are the options."""
    function = command.function
    if command.options or not isinstance(function, FunctionV):
        return command
    options: list[tuple[str, Value]] = []
    for parameter in function.code.parameters:
        if parameter.kind not in ("positional", "keyword"):
            continue
        if parameter.name not in function.defaults:
            unknown = UnknownV(
                f"the command-line argument {parameter.name}", term_of(parameter.name)
            )
            options.append((parameter.name, unknown))
        elif isinstance(function.defaults[parameter.name], bool):
            options.append(
                (parameter.name, switch(parameter.name, function.defaults[parameter.name]))
            )
    return replace(command, options=tuple(options))


def _run_function(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``typer.run(function)``, ``fire.Fire(function)``."""
    value = args[0] if args else keywords.get("component")
    if isinstance(value, DictV) and value.items and not value.open:
        names = [name for name in value.items if isinstance(name, str)]
        value = value.items[settled(interp, offer("command", names[0], names))] if names else None
    if isinstance(value, FunctionV):
        return _start(interp, _with_signature(CommandV(value)), site)
    return interp.unknown("what a command gives")


FUNCTIONS: dict[str, Native] = {
    "click.option": _click_option, "click.argument": _click_option, "click.Choice": _choice,
    "click.command": _click_command, "click.group": _click_group,
    "click.pass_context": _with_context, "click.pass_obj": _with_context,
    "typer.Typer": _typer, "typer.Option": _typer_default, "typer.Argument": _typer_default,
    "typer.run": _run_function, "fire.Fire": _run_function,
}  # fmt: skip
