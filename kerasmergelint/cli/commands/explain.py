"""``kerasmergelint explain CODE`` and ``kerasmergelint codes``."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from kerasmergelint.cli import terminal
from kerasmergelint.cli.codes import pages
from kerasmergelint.cli.problem import CannotRun

if TYPE_CHECKING:
    from kerasmergelint.cli.configuration.command_line import Commands

_HEADER = ("code", "level", "default", "title")


def add_parser(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Two commands; neither takes the options of an analysis."""
    del shared
    explain = commands.add_parser(
        "explain",
        help="explain a code, with examples and repairs",
        description="Explains codes: KML101, or KML1 for the family.",
    )
    explain.add_argument(
        "codes", nargs="+", metavar="CODE", help="a code, or a family of codes by its first letters"
    )
    terminal.add_option(explain)
    explain.set_defaults(run=run_explain)
    listing = commands.add_parser("codes", help="list all codes", description="Lists all codes.")
    listing.add_argument(
        "--format",
        choices=("text", "markdown", "json"),
        default="text",
        help="how to list (default: text)",
    )
    listing.set_defaults(run=run_codes)


def run_explain(options: argparse.Namespace) -> int:
    found = [code for given in options.codes for code in _known(given)]
    console = terminal.console(options.color)
    for number, code in enumerate(dict.fromkeys(found)):
        if number:
            print()
        if console is None:
            print(pages.page(code), end="")
        else:
            from rich.markdown import Markdown

            console.print(Markdown(pages.page(code)))
    return 0


def _known(given: str) -> list[str]:
    found = pages.matching(given) if given.upper().startswith("KML") else []
    if not found:
        raise CannotRun(f"{given}: no such code; `kerasmergelint codes` lists them")
    return found


def run_codes(options: argparse.Namespace) -> int:
    if options.format == "markdown":
        print(pages.index(), end="")
    elif options.format == "json":
        keys = ("code", "severity", "default", "title")
        json.dump([dict(zip(keys, row)) for row in pages.table()], sys.stdout, indent=1)
        print()
    else:
        for code, level, on, title in (_HEADER, *pages.table()):
            print(f"{code}  {level:<7}  {on:<7}  {title}")
    return 0
