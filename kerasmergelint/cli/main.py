"""``kerasmergelint``: what flake8 has no room for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from kerasmergelint import __version__
from kerasmergelint.cli import check, configuration, confirm, explain, graph, summary
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.options import InvalidOption


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; gives the exit status: 0 fine, 1 something found, 2 a wrong call."""
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except (InvalidOption, CannotRun) as error:
        print(f"kerasmergelint: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    return status


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(
        prog="kerasmergelint",
        description="Follows tensor shapes through Keras code without running it.",
    )
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    check.add_parser(commands, common())
    summary.add_parser(commands, common())
    graph.add_parser(commands, common())
    explain.add_parsers(commands)
    confirm.add_parser(commands, common())
    return top


def common() -> argparse.ArgumentParser:
    """Options that all commands share."""
    shared = argparse.ArgumentParser(add_help=False)
    configuration.add_options(shared)
    return shared


if __name__ == "__main__":
    sys.exit(main())
