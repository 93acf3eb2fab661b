"""``kerasmergelint summary``: ``model.summary()`` without running anything."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from kerasmergelint.cli import terminal
from kerasmergelint.cli.summary_json import as_json
from kerasmergelint.cli.target import add_target, evaluate_target, must_be_read


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "summary",
        parents=[shared],
        help="the layers and shapes of the models that a program builds",
        description="Prints the models of TARGET: path.py for every model that the file builds, or "
        "path.py::EXPRESSION for the value of an expression in that module.",
        epilog="exit status: 0 summarised, 2 bad usage, or a file that could not be read",
    )
    add_target(parser)
    terminal.add_option(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    report = evaluate_target(options)
    if options.format == "json":
        json.dump(as_json(report), sys.stdout, indent=1)
        print()
    must_be_read(report, options.target)
    if options.format == "table":
        from kerasmergelint.cli.summary_table import print_models

        print_models(report, terminal.console(options.color))
    return 0
