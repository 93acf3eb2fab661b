"""``kerasmergelint graph``: a picture of the models that a program builds."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from kerasmergelint.cli.graph import svg, text
from kerasmergelint.cli.graph.graph import Graph
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs.target import add_target, evaluate_target, must_be_read

_FORMATS = ("mermaid", "dot", "svg", "html")
_SUFFIXES = {".mmd": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot", ".svg": "svg",
             ".html": "html", ".htm": "html"}  # fmt: skip


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "graph",
        parents=[shared],
        help="draw the models that a program builds, broken merges in red",
        description="Draws what TARGET builds: every layer call with its shape, and in red the merges "
        "that fail and the paths that lead to them.",
        epilog="exit status: 0 drawn, 2 bad usage, a file that could not be read, or no model in it",
    )
    add_target(parser)
    parser.add_argument(
        "--format", choices=_FORMATS, help="default: by the suffix of the output, else mermaid"
    )
    parser.add_argument("--output", metavar="FILE", help="write to a file instead of the terminal")
    parser.add_argument("--model", metavar="NAME", help="draw only the model with this name")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from kerasmergelint.cli.graph.build import graph_of  # late: --help needs no tracker

    report = evaluate_target(options, recorder=lambda interp, problem, recipe: recipe)
    must_be_read(report, options.target)
    graph = graph_of(report, options.model)
    if not graph.boxes:
        wanted = f"no model named {options.model!r}" if options.model else "no model"
        raise CannotRun(f"{options.target}: {wanted} found")
    _write(_render(graph, _format(options), options.target), options.output)
    return 0


def _format(options: argparse.Namespace) -> str:
    suffix = os.path.splitext(options.output or "")[1].lower()
    chosen: str = options.format or _SUFFIXES.get(suffix, "mermaid")
    return chosen


def _render(graph: Graph, chosen: str, title: str) -> str:
    if chosen in ("svg", "html"):
        return svg.svg(graph) if chosen == "svg" else svg.html(graph, title)
    return text.mermaid(graph) if chosen == "mermaid" else text.dot(graph)


def _write(drawn: str, path: str | None) -> None:
    if path is None:
        sys.stdout.write(drawn)
        return
    try:
        Path(path).write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from error
