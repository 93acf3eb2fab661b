"""``kerasmergelint graph``: a picture of the models that a program builds."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kerasmergelint.cli.graph import graphviz, svg, text
from kerasmergelint.cli.graph.graph import Graph
from kerasmergelint.cli.graph.page import page
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs.target import add_target, evaluate_target, split
from kerasmergelint.rules.printable import printable

if TYPE_CHECKING:
    from kerasmergelint.cli.configuration.command_line import Commands

_FORMATS = ("mermaid", "dot", "svg", "html", *graphviz.FORMATS)
_SUFFIXES = {".mmd": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot", ".svg": "svg",
             ".html": "html", ".htm": "html", ".png": "png", ".pdf": "pdf"}  # fmt: skip
# As elsewhere, a file of this name is standard output.
_STDOUT = "-"


def add_parser(commands: Commands, shared: argparse.ArgumentParser) -> None:
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
        "--format", choices=_FORMATS, help="default: by the suffix of the output; without, mermaid"
    )
    parser.add_argument("--output", metavar="FILE", help="write to a file (-: the terminal)")
    parser.add_argument("--model", metavar="NAME", help="draw only the model with this name")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from kerasmergelint.cli.graph.build import Inner, graph_of  # late: --help needs no tracker

    chosen = _format(options)
    evaluated = evaluate_target(options, recorder=lambda *failure: failure[2])
    evaluated.must_be_found()
    graph = graph_of(evaluated, options.model)
    if not graph.boxes:
        if options.model:
            raise CannotRun(f"{printable(options.target)}: no model named {options.model!r} found")
        raise CannotRun(evaluated.why_no_model())
    if chosen == "html":
        opened = graph_of(evaluated, options.model, Inner.WITH_ITS_LAYERS)
        drawn = page(opened, graph, _title(options.target, options.model)).encode()
    else:
        drawn = _render(graph, chosen)
    if chosen == "mermaid" and _suffix(options.output) == ".md":
        drawn = b"```mermaid\n" + drawn + b"```\n"  # a flowchart only there
    _write(drawn, options.output)
    return evaluated.status


def _title(target: str, model: str | None) -> str:
    """Short enough for a browser tab.

    >>> _title("some/where/net.py::build(3)", None), _title("some/where/net.py", "unet")
    ('build(3), net.py', 'unet, net.py')
    """
    path, expression = split(target)
    what = model or expression
    name = os.path.basename(path)
    return printable(f"{what}, {name}" if what else name)


def _format(options: argparse.Namespace) -> str:
    """The format asked for, or else that of the output's suffix."""
    if options.format is not None:
        return str(options.format)
    if options.output in (None, _STDOUT):
        return "mermaid"
    suffix = _suffix(options.output)
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise CannotRun(f"{options.output}: give a --format, or one of the suffixes {known}")
    return _SUFFIXES[suffix]


def _suffix(path: str | None) -> str:
    return os.path.splitext(path or "")[1].lower()


def _render(graph: Graph, chosen: str) -> bytes:
    if chosen in graphviz.FORMATS:
        return graphviz.drawn(graph, chosen)
    if chosen == "svg":
        return svg.svg(graph).encode()
    return (text.mermaid(graph) if chosen == "mermaid" else text.dot(graph)).encode()


def _write(drawn: bytes, path: str | None) -> None:
    if path in (None, _STDOUT):
        _to_stdout(drawn)
        return
    try:
        Path(path or "").write_bytes(drawn)
    except OSError as error:
        raise CannotRun(f"{path}: {error.strerror}") from error


def _to_stdout(drawn: bytes) -> None:
    try:
        sys.stdout.write(drawn.decode())
    except UnicodeDecodeError:
        if sys.stdout.isatty():
            raise CannotRun("a picture of this format goes to a file: give an --output") from None
        sys.stdout.buffer.write(drawn)
