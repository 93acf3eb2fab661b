"""``kerasmergelint summary``: ``model.summary()``, without running anything."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from kerasmergelint.cli import terminal
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs.target import add_target, evaluate_target

if TYPE_CHECKING:
    from kerasmergelint.cli.configuration.command_line import Commands


def add_parser(commands: Commands, shared: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "summary",
        parents=[shared],
        help="show the layers and shapes of the models that a program builds",
        description="Prints the models of TARGET: all that path.py builds, or the value of the "
        "expression in path.py::EXPRESSION.",
        epilog="exit status: 0 summarised, 2 bad usage, a file that could not be read, or "
        "an expression that builds no model",
    )
    add_target(parser)
    terminal.add_option(parser)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="how to print (default: table)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    evaluated = evaluate_target(options, recorder=lambda *failure: failure[2])
    if options.format == "json":
        from kerasmergelint.cli.summary.json import as_json  # late: --help needs no tracker

        json.dump(as_json(evaluated), sys.stdout, indent=1)
        print()
    evaluated.must_be_found()
    if options.format == "table":
        from kerasmergelint.cli.summary.table import print_models  # late: --help needs no tracker

        print_models(evaluated, terminal.console(options.color))
    report = evaluated.report
    if evaluated.expression is not None and len(report.models) <= report.built_before:
        raise CannotRun(evaluated.why_no_model())
    return evaluated.status
