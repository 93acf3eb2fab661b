"""``kerasmergelint graph``: the models that a program builds, as a picture."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.target import add_target, evaluate_target, must_be_read

_FORMATS = ("mermaid", "dot", "svg", "html")
_SUFFIXES = {".mmd": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot", ".svg": "svg",
             ".html": "html", ".htm": "html"}  # fmt: skip


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "graph",
        parents=[shared],
        help="the graph of the models that a program builds, a broken merge in red",
        description="Draws what TARGET builds: every layer call with its shape; a merge that fails, "
        "and the paths that lead to it, are red.",
        epilog="exit status: 0 drawn, 2 bad usage, a file that could not be read, or no model in it",
    )
    add_target(parser)
    parser.add_argument("--format", choices=_FORMATS, help="otherwise by the name of the output")
    parser.add_argument("--output", metavar="FILE", help="write there instead of to the terminal")
    parser.add_argument("--model", metavar="NAME", help="draw only the model of this name")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from kerasmergelint.cli.graph_view import graph_of

    report = evaluate_target(options, recorder=lambda interp, problem, recipe: recipe)
    must_be_read(report, options.target)
    graph = graph_of(report, options.model)
    if not graph.boxes:
        wanted = f"no model {options.model!r}" if options.model else "no model"
        raise CannotRun(f"{options.target}: {wanted} is built here, as far as can be followed")
    _write(_render(graph, _format(options), options.target), options.output)
    return 0


def _format(options: argparse.Namespace) -> str:
    suffix = os.path.splitext(options.output or "")[1].lower()
    chosen: str = options.format or _SUFFIXES.get(suffix, "mermaid")
    return chosen


def _render(graph: Any, chosen: str, title: str) -> str:
    if chosen in ("svg", "html"):
        from kerasmergelint.cli import graph_svg

        return graph_svg.svg(graph) if chosen == "svg" else graph_svg.html(graph, title)
    from kerasmergelint.cli import graph_text

    return graph_text.mermaid(graph) if chosen == "mermaid" else graph_text.dot(graph)


def _write(text: str, path: str | None) -> None:
    if path is None:
        sys.stdout.write(text)
        return
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from error
