"""``kerasmergelint confirm``: TensorFlow judges what the linter says."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from kerasmergelint.cli.workers.pool import add_dask
from kerasmergelint.runtime.limits import Limits

if TYPE_CHECKING:
    from kerasmergelint.cli.configuration.command_line import Commands

_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def add_parser(commands: Commands, shared: argparse.ArgumentParser) -> None:
    defaults = Limits()
    parser = commands.add_parser(
        "confirm",
        parents=[shared],
        help="have TensorFlow confirm or refute each finding",
        description="Lints, then builds in TensorFlow what each finding is about, in a child process "
        "with limits. Exit status: 0 nothing confirmed, 1 a finding confirmed, 2 it could not run, "
        "or there is a file that could not be read.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument(
        "--execute",
        action="store_true",
        help="run the programs themselves instead of rebuilding what leads to a finding",
    )
    parser.add_argument(
        "--allow-user-code",
        action="store_true",
        help="run the program's own layer classes when rebuilding",
    )
    parser.add_argument(
        "--python",
        metavar="INTERPRETER",
        help="the Python that has TensorFlow (default: this one)",
    )
    parser.add_argument(
        "--jobs", "-j", type=_positive, default=min(4, os.cpu_count() or 1), metavar="N",
        help="how many processes build at the same time",
    )  # fmt: skip
    parser.add_argument(
        "--timeout", type=float, default=defaults.seconds, metavar="SECONDS",
        help="for one finding, or one program (%(default)g)",
    )  # fmt: skip
    parser.add_argument(
        "--memory", type=_size, default=defaults.memory, metavar="SIZE",
        help="on top of what TensorFlow itself takes, such as 512M (4G)",
    )  # fmt: skip
    parser.add_argument(
        "--enable", action="append", default=[], metavar="CODES",
        help="also confirm these codes, which are off by default",
    )  # fmt: skip
    add_dask(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _size(text: str) -> int:
    number, unit = text.rstrip("BbIi"), ""
    if number[-1:].upper() in _UNITS and not number[-1:].isdigit():
        number, unit = number[:-1], number[-1:].upper()
    value = int(float(number) * _UNITS[unit]) if unit in _UNITS else 0
    if value <= 0:
        raise ValueError(text)
    return value


def run(options: argparse.Namespace) -> int:
    from kerasmergelint.cli.confirming import confirm  # late: --help needs no tracker

    return confirm.run(options)
