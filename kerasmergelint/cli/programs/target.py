"""Targets: ``path.py::EXPRESSION``, a program or notebook and an expression in its namespace."""

from __future__ import annotations

import argparse
import ast
import os
import sys
from typing import TYPE_CHECKING

from kerasmergelint.cli.configuration.load import settings_for
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs.place_names import line_name
from kerasmergelint.cli.programs.sources import Source, source_of
from kerasmergelint.cli.reading import content_of
from kerasmergelint.dataclass import dataclass
from kerasmergelint.rules.printable import printable
from kerasmergelint.syntax.source import NOWHERE
from kerasmergelint.syntax.unread import Unread

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Recorder
    from kerasmergelint.tracker.program.report import Report
    from kerasmergelint.tracker.values.graph import Site


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The result of a target; ``source`` is the program that it names, for positions."""

    report: Report
    source: Source
    expression: str | None = None

    def line(self, site: Site) -> str:
        """Where something is: ``line 12``; in a notebook ``cell 2, line 4``."""
        from kerasmergelint.rules.findings import Places  # late: --help needs no tracker

        places = Places(self.report)
        number = places.span(site).line
        if places.in_main(site):
            return line_name(self.source, number)
        return f"{os.path.basename(site.module.path)}, line {number}"

    def code(self, site: Site) -> str:
        """The text of that line, if it is known."""
        from kerasmergelint.rules.findings import Places  # late: --help needs no tracker

        module, span = self.report.codes.get(site.module.path), Places(self.report).span(site)
        if module is None or span is NOWHERE:
            return ""
        return module.source.lines[span.line - 1].strip()

    def must_be_found(self) -> None:
        """End the command if the program could not be read, or has no such name as the target's."""
        report, shown = self.report, self.source.shown
        if report.unread is not None:
            raise CannotRun(report.unread.of(shown))
        if report.unbound:
            raise CannotRun(f"{shown}: {_unbound(report.unbound[0], report.bound)}")

    @property
    def status(self) -> int:
        """The exit status of a command that has shown it; what a bug of ours left out is told."""
        if not self.report.errors:
            return 0
        from kerasmergelint.rules.internal_error import describe  # late: hardly ever needed

        for error in self.report.errors:
            print(f"kerasmergelint: {self.source.shown}: {describe(error)}", file=sys.stderr)
        return 2

    def why_no_model(self) -> str:
        """Why the target gives no model: what it raises, or that it builds none."""
        report, shown, expression = self.report, self.source.shown, self.expression
        raised = printable(report.raised)
        name = shown if expression is None else printable(f"{shown}::{expression}")
        if expression is not None and not report.bound:
            return f"{shown} raises {raised}, so {printable(expression)} was not evaluated"
        if raised:
            return f"{name} raises {raised}"
        if report.unknown:
            return f"{name} is not known: {printable(report.unknown)}"
        if expression is not None and expression.replace(".", "").isidentifier():
            return f"{name} builds no model; to call it, write {name}()"
        return f"{name} builds no model"


def add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target",
        metavar="TARGET",
        help="path.py or path.ipynb, or path.py::EXPRESSION, such as net.py::build(depth=3)",
    )


def split(target: str) -> tuple[str, str | None]:
    """The path and the expression.

    >>> split("net.py::build(3)"), split("net.py")
    (('net.py', 'build(3)'), ('net.py', None))
    """
    path, _, expression = target.partition("::")
    return path, expression.strip() or None


def evaluate_target(options: argparse.Namespace, recorder: Recorder | None = None) -> Evaluated:
    """Run the target abstractly."""
    from kerasmergelint.tracker.program.analysis import evaluate  # late: --help needs no tracker

    path, expression = split(options.target)
    if expression is not None and not _is_expression(expression):
        raise CannotRun(f"{expression!r} is not a Python expression")
    source = _program(path)
    report = evaluate(source.text, source.path, settings_for(options), expression, recorder)
    report.unread = source.why_unread(report.unread)
    return Evaluated(report, source, expression)


def _program(path: str) -> Source:
    content = content_of(path)
    if isinstance(content, Unread):
        raise CannotRun(content.of(printable(path)))
    source = source_of(os.path.abspath(path), printable(path), content)
    if source.remarks:
        raise CannotRun(source.remarks[0])
    return source


def _unbound(name: str, bound: tuple[str, ...]) -> str:
    """
    >>> _unbound("buidl", ("build", "keras"))
    "the name 'buidl' is not defined; did you mean 'build'?"
    """
    import difflib  # late: only for names that are misspelt

    near = difflib.get_close_matches(name, bound, n=1)
    return f"the name {name!r} is not defined" + (f"; did you mean {near[0]!r}?" if near else "")


def _is_expression(text: str) -> bool:
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
