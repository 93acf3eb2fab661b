"""``kerasmergelint confirm``: TensorFlow judges what the linter says."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from kerasmergelint.cli import amounts
from kerasmergelint.cli.workers.pool import add_dask
from kerasmergelint.runtime.limits import Limits

if TYPE_CHECKING:
    from kerasmergelint.cli.configuration.command_line import Commands


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
        "--jobs", "-j", type=amounts.processes, default=min(4, os.cpu_count() or 1), metavar="N",
        help="how many processes build at the same time",
    )  # fmt: skip
    parser.add_argument(
        "--timeout", type=amounts.seconds, default=defaults.seconds, metavar="SECONDS",
        help="for one finding, or one program (%(default)g)",
    )  # fmt: skip
    parser.add_argument(
        "--memory", type=amounts.size, default=defaults.memory, metavar="SIZE",
        help="on top of what TensorFlow itself takes, such as 512M (4G)",
    )  # fmt: skip
    parser.add_argument(
        "--enable", action="append", default=[], metavar="CODES",
        help="also confirm these codes, which are off by default",
    )  # fmt: skip
    add_dask(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to report (default: text)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from kerasmergelint.cli.confirming import confirm  # late: --help needs no tracker

    return confirm.run(options)
