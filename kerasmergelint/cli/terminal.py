"""Where the output goes: a terminal, in colour, or a pipe that wants plain text."""

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
        help="colours and frames: where the output is a terminal, always, or never (the variable "
        "NO_COLOR does the same)",
    )


def console(color: str = "auto") -> Console | None:
    """A console to draw on, or None where plain text is wanted."""
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
    """As https://no-color.org has it: the variable counts if it is set and not empty."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
