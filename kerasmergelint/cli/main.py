"""The ``kerasmergelint`` command line."""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Sequence

from kerasmergelint import __version__
from kerasmergelint.cli.configuration.command_line import add_options, as_called_here
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.garbage import leave_to_the_system, search_seldom
from kerasmergelint.options import InvalidOption

# The module of each command.
_MODULES = {
    "check": "cli.commands.check",
    "confirm": "cli.commands.confirm",
    "summary": "cli.commands.summary",
    "graph": "cli.commands.graph",
    "explain": "cli.commands.explain",
    "codes": "cli.commands.explain",
    "server": "server.command",
}

# A command that looks at one file makes fewer that live on, and never searches for garbage.  flake8 has more
# garbage of its own: there the same number makes linting slower.
_OBJECTS = 200_000

# As shells count it: 128 and the number of the signal.
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; the exit status is 0 if all is fine, 1 for findings, 2 for a bad call or file.

    An interrupt ends it with 130, without a traceback.
    """
    given = as_called_here(sys.argv[1:] if arguments is None else arguments)
    _print_what_can_be_printed()
    leave_to_the_system()
    search_seldom(_OBJECTS)  # not only within a block: at its end Python would search at once
    return _run(given)


def _run(given: list[str]) -> int:
    options = parser(given[0] if given else None).parse_args(given)
    try:
        status: int = options.run(options)
    except (InvalidOption, CannotRun) as error:
        print(f"kerasmergelint: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        # late: hardly ever needed
        from kerasmergelint.rules.internal_error import what_and_where

        told = f"internal error, {what_and_where(error)}: please report it"
        print(f"kerasmergelint: {told}", file=sys.stderr)
        return 2
    return status


def _print_what_can_be_printed() -> None:
    """A terminal that lacks a character shows its code; it does not end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The command line; if ``wanted`` is a command, no other one is loaded."""
    top = argparse.ArgumentParser(
        prog="kerasmergelint",
        description="Follows tensor shapes through Keras code without running it.",
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", prog=top.prog)
    names = [wanted] if wanted in _MODULES else list(_MODULES)
    for module in dict.fromkeys(_MODULES[name] for name in names if name is not None):
        # late: a command loads none of the others
        loaded = importlib.import_module(f"kerasmergelint.{module}")
        loaded.add_parser(commands, common())
    return top


def common() -> argparse.ArgumentParser:
    """The options that all commands share."""
    shared = argparse.ArgumentParser(add_help=False)
    add_options(shared)
    return shared


if __name__ == "__main__":
    sys.exit(main())
