"""``kerasmergelint summary``: ``model.summary()`` without running anything."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from kerasmergelint.cli.summary_json import as_json
from kerasmergelint.options import Settings
from kerasmergelint.tracker.analysis import Report, evaluate


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "summary",
        parents=[shared],
        help="the layers and shapes of the models that a program builds",
        description="Prints the models of TARGET: path.py for every model that the file builds, or "
        "path.py::EXPRESSION for the value of an expression in that module.",
    )
    parser.add_argument("target", metavar="TARGET")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    path, _, expression = options.target.partition("::")
    roots = [os.path.abspath(root) for root in options.root]
    settings = Settings.parse([], roots, options.keras_version)
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            text = stream.read()
    except OSError as error:
        print(f"kerasmergelint: {error}", file=sys.stderr)
        return 2
    report = evaluate(text, os.path.abspath(path), settings, expression or None)
    if options.format == "json":
        json.dump(as_json(report), sys.stdout, indent=1)
        print()
    else:
        _print_table(report)
    return 0


def _print_table(report: Report) -> None:
    from kerasmergelint.cli.summary_table import print_models

    print_models(report)
