"""Targets: ``path.py::EXPRESSION``, a program and an expression in its namespace."""

from __future__ import annotations

import argparse
import ast
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kerasmergelint.cli.configuration.load import settings_for
from kerasmergelint.cli.problem import CannotRun

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Recorder
    from kerasmergelint.tracker.program.analysis import Report


def add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target",
        metavar="TARGET",
        help="path.py, or path.py::EXPRESSION, such as net.py::build(depth=3)",
    )


def split(target: str) -> tuple[str, str | None]:
    """The path and the expression.

    >>> split("net.py::build(3)"), split("net.py")
    (('net.py', 'build(3)'), ('net.py', None))
    """
    path, _, expression = target.partition("::")
    return path, expression.strip() or None


def evaluate_target(options: argparse.Namespace, recorder: Recorder | None = None) -> Report:
    """Run the target abstractly."""
    from kerasmergelint.tracker.program.analysis import evaluate  # late: --help needs no tracker

    path, expression = split(options.target)
    if expression is not None and not _is_expression(expression):
        raise CannotRun(f"{expression!r} is not a Python expression")
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from error
    return evaluate(content, os.path.abspath(path), settings_for(options), expression, recorder)


def must_be_read(report: Report, target: str) -> None:
    """End the command if the program could not be read."""
    if report.unread is not None:
        raise CannotRun(report.unread.of(split(target)[0]))


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
