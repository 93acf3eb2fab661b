"""``kerasmergelint check``: the findings for people, and for the machines that show them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from kerasmergelint.cli import baseline, checking, configuration, terminal
from kerasmergelint.cli.checking import Checked
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.workers import Here, Processes, Workers, add_dask

# Conditions on the input size are told here without being asked for.
CONDITION = "KML205"

_EPILOG = """\
For models of open input sizes it tells which sizes they work for (KML205).  That alone is no failure,
unless KML205 is enabled.

exit status: 0 nothing was found, 1 there are findings, 2 the call or the configuration is wrong,
or a file could not be checked
"""


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "check",
        parents=[shared],
        help="what cannot work, with the code that it is about",
        description="Checks Python files, Jupyter notebooks, and all of them in folders.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for stdin")
    parser.add_argument("--format", choices=tuple(_FORMATS), default="text")
    parser.add_argument("--output", metavar="FILE", help="write there instead of to the terminal")
    parser.add_argument(
        "--enable", action="append", metavar="CODES", help="report these codes, too (KML205, KML9)"
    )
    parser.add_argument("--ignore", action="append", metavar="CODES", help="report these codes not")
    parser.add_argument(
        "--exclude", action="append", metavar="PATTERN", help="leave out these files and folders"
    )
    parser.add_argument(
        "--verdicts", action="store_true", help="list every merge: safe, broken, or unknown and why"
    )
    parser.add_argument("--baseline", metavar="FILE", help="report only what is not in this file")
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help=f"write what is found to the baseline ({baseline.DEFAULT}), and report nothing",
    )
    parser.add_argument(
        "--stdin-display-name", default="stdin.py", metavar="PATH", help="what - is called"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument(
        "--no-cache",
        action="store_true",
        default=None,
        help="analyse every file, also those that have not changed since the last time",
    )
    parser.add_argument(
        "--cache-dir",
        metavar="FOLDER",
        help="where to keep what was found (the user's cache folder)",
    )
    add_dask(parser)
    terminal.add_option(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    chosen = configuration.load(options)
    asked = chosen.settings.enables(CONDITION)
    chosen = replace(chosen, enable=(*chosen.enable, CONDITION))
    with _workers(options) as workers:
        checked = checking.check(
            options.paths,
            chosen,
            stdin_name=options.stdin_display_name,
            workers=workers,
            verdicts=options.verdicts,
        )
    for remark in checked.remarks:
        print(f"kerasmergelint: {remark}", file=sys.stderr)
    if options.write_baseline:
        path = chosen.baseline or baseline.DEFAULT
        baseline.write(path, checked.findings)
        print(f"{len(checked.findings)} findings written to {path}", file=sys.stderr)
        return 0
    old = 0
    if chosen.baseline is not None:
        checked.findings, old = baseline.split(checked.findings, baseline.read(chosen.baseline))
    with _Output(options.output):
        _FORMATS[options.format](checked, old, options)
    if not checked.complete:
        return 2
    failing = [f for f in checked.findings if asked or f.finding.code != CONDITION]
    return 1 if failing else 0


def _workers(options: argparse.Namespace) -> AbstractContextManager[Workers]:
    if options.dask:
        from kerasmergelint.cli.distributed import Cluster

        return Cluster(options.dask)
    return nullcontext(Processes(options.jobs) if options.jobs > 1 else Here())


class _Output:
    """Standard output, or a file in its place."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._saved = sys.stdout

    def __enter__(self) -> None:
        if self._path is not None:
            try:
                sys.stdout = open(self._path, "w", encoding="utf-8")
            except OSError as error:
                raise CannotRun(f"{self._path}: {error.strerror}") from error

    def __exit__(self, *_: object) -> None:
        if self._path is not None:
            sys.stdout.close()
            sys.stdout = self._saved


# Each format is loaded when it is asked for.


def _text(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.report_text import print_report

    print_report(checked, old, terminal.console(options.color), verdicts=options.verdicts)


def _json(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.report_json import print_report

    print_report(checked, old, verdicts=options.verdicts)


def _sarif(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.report_sarif import print_report

    print_report(checked)


def _github(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.report_github import print_report

    print_report(checked, verdicts=options.verdicts)


_FORMATS: dict[str, Callable[[Checked, int, argparse.Namespace], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
