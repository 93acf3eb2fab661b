"""Whether to write in colour, for a terminal, or as plain text, for a pipe."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

COLOURS = ("auto", "always", "never")


def add_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--color",
        choices=COLOURS,
        default="auto",
        help="when to use colours: auto is for terminals, unless NO_COLOR is set",
    )


def console(color: str = "auto") -> Console | None:
    """A console to draw on; None for plain text."""
    if color == "never" or (color == "auto" and not _is_colourful()):
        return None
    from rich.console import Console

    return Console(
        highlight=False,
        soft_wrap=False,
        force_terminal=color == "always" or None,
        no_color=False,
        color_system="256" if color == "always" else "auto",
    )


def _is_colourful() -> bool:
    """NO_COLOR counts if it is set and not empty (https://no-color.org)."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
