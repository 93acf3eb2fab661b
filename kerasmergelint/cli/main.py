"""``kerasmergelint``: what flake8 has no room for."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from kerasmergelint import __version__
from kerasmergelint.cli import configuration
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.options import InvalidOption

# Where each command lives.
_MODULES = {
    "check": "check",
    "confirm": "confirm",
    "summary": "summary",
    "graph": "graph",
    "explain": "explain",
    "codes": "explain",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; gives the exit status: 0 fine, 1 something found, 2 a call or a file is wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parser(given[0] if given else None).parse_args(given)
    try:
        status: int = options.run(options)
    except (InvalidOption, CannotRun) as error:
        print(f"kerasmergelint: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    return status


def parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """The command line; only the command that is wanted is loaded, if there is one of that name."""
    top = argparse.ArgumentParser(
        prog="kerasmergelint",
        description="Follows tensor shapes through Keras code without running it.",
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    names = [wanted] if wanted in _MODULES else list(_MODULES)
    for module in dict.fromkeys(_MODULES[name] for name in names if name is not None):
        loaded = importlib.import_module(f"kerasmergelint.cli.{module}")
        loaded.add_parser(commands, common())
    return top


def common() -> argparse.ArgumentParser:
    """Options that all commands share."""
    shared = argparse.ArgumentParser(add_help=False)
    configuration.add_options(shared)
    return shared


if __name__ == "__main__":
    sys.exit(main())
