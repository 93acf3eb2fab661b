"""``kerasmergelint check``: findings for people, and for the machines that show them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from kerasmergelint.cli import amounts, terminal
from kerasmergelint.cli.checking import baseline
from kerasmergelint.cli.checking.check import check
from kerasmergelint.cli.checking.results import Checked, Lists
from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.load import load
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.workers.cluster import Cluster
from kerasmergelint.cli.workers.pool import Here, Processes, Workers, add_dask
from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.numerals import counted

if TYPE_CHECKING:
    from kerasmergelint.cli.configuration.command_line import Commands
    from kerasmergelint.cli.fixing.offering import Mended

# Reported here even if not enabled: it says which input sizes a model works for.
CONDITION = "KML205"

_EPILOG = """\
Models with open input sizes are listed with the sizes they work for (KML205).  This alone does not
make the command fail, unless KML205 is enabled.

Exit status: 0 no findings, 1 findings, 2 bad usage, bad configuration, or a file that could not be
read or checked (the other files are checked all the same)
"""


def add_parser(commands: Commands, shared: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "check",
        parents=[shared],
        help="report merges that cannot work, with the code around them",
        description="Checks Python files, Jupyter notebooks, and folders of them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for stdin")
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="text", help="how to report (default: text)"
    )
    parser.add_argument("--output", metavar="FILE", help="write to a file (-: the terminal)")
    parser.add_argument(
        "--enable", action="append", metavar="CODES", help="also report these codes (KML205, KML9)"
    )
    parser.add_argument(
        "--ignore", action="append", metavar="CODES", help="do not report these codes"
    )
    parser.add_argument(
        "--exclude", action="append", metavar="PATTERN", help="skip these files and folders"
    )
    parser.add_argument(
        "--verdicts",
        action="store_true",
        help="list every merge as safe, conditional and on what, broken, or unknown and why",
    )
    parser.add_argument(
        "--contracts",
        action="store_true",
        help="list for each function for which parameters all of its merges work",
    )
    _add_repairs(parser)
    parser.add_argument("--baseline", metavar="FILE", help="report only what is not in this file")
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help=f"write the findings to the baseline ({baseline.DEFAULT}) instead of reporting them",
    )
    parser.add_argument(
        "--stdin-display-name",
        default="stdin.py",
        metavar="PATH",
        help="the name of the file on stdin",
    )
    _add_work(parser)
    add_dask(parser)
    terminal.add_option(parser)
    parser.set_defaults(run=run)


def _add_repairs(parser: argparse.ArgumentParser) -> None:
    """Options about repairs, as Ruff names them."""
    parser.add_argument(
        "--fix", action="store_true", help="carry out repairs that keep the meaning of the program"
    )
    parser.add_argument(
        "--unsafe-fixes",
        action="store_true",
        help="with --fix or --diff: also those that change what the model computes",
    )
    parser.add_argument(
        "--confirm",
        action="store_true",
        help="with --fix: write a file only if the repaired program runs in TensorFlow",
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help="show what --fix would change, and change nothing; the status is 1 if there is anything",
    )
    parser.add_argument(
        "--show-fixes",
        action="store_true",
        help="list the repairs of each finding; all of them are proved by analysing again",
    )


def _add_work(parser: argparse.ArgumentParser) -> None:
    """Options about the work itself: processes and the cache."""
    parser.add_argument(
        "--jobs",
        type=amounts.processes,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many processes to use (default: one for each core)",
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        default=None,
        help="analyse every file, even if it has not changed since the last run",
    )
    parser.add_argument(
        "--cache-dir",
        metavar="FOLDER",
        help="where to keep results (default: the user's cache folder)",
    )


def run(options: argparse.Namespace) -> int:
    chosen = load(options)
    asked = chosen.settings.enables(CONDITION)
    chosen = replace(chosen, enable=(*chosen.enable, CONDITION))
    checked = _check(options, chosen)
    if options.diff:
        return _diff(checked, options, chosen)
    if options.fix:
        checked = _fix(checked, options, chosen)
    if options.show_fixes:
        from kerasmergelint.cli.fixing.offering import with_repairs  # late: only if asked for

        checked.findings = with_repairs(checked.findings, chosen.settings)
    for remark in checked.remarks:
        print(f"kerasmergelint: {remark}", file=sys.stderr)
    for file in checked.unread:
        print(f"kerasmergelint: {file.words}", file=sys.stderr)
    for error in checked.errors:
        print(f"kerasmergelint: {error.source.shown}: {error.words}", file=sys.stderr)
    if options.write_baseline:
        path = chosen.baseline or baseline.DEFAULT
        baseline.write(path, checked.findings)
        print(f"{counted(len(checked.findings), 'finding')} written to {path}", file=sys.stderr)
        return 0 if checked.complete else 2
    old = 0
    if chosen.baseline is not None:
        checked.findings, old = baseline.split(checked.findings, baseline.read(chosen.baseline))
    with _Output(None if options.output == "-" else options.output):
        FORMATS[options.format](checked, old, options)
    if options.format == "text" and checked.keras:
        print(f"kerasmergelint: {_which_keras(checked)}", file=sys.stderr)
    if not checked.complete:
        return 2
    failing = [f for f in checked.findings if asked or f.finding.code != CONDITION]
    return 1 if failing else 0


def _check(options: argparse.Namespace, chosen: Configuration) -> Checked:
    with _workers(options) as workers:
        return check(
            options.paths,
            chosen,
            stdin_name=options.stdin_display_name,
            workers=workers,
            lists=_lists(options),
        )


def _mended(checked: Checked, options: argparse.Namespace, chosen: Configuration) -> Mended:
    # late: only if repairs are asked for
    from kerasmergelint.cli.fixing.offering import mended
    from kerasmergelint.repairs.model import Safety

    allowed = frozenset(Safety) if options.unsafe_fixes else frozenset({Safety.SAFE})
    if "-" in options.paths:
        raise CannotRun("--fix and --diff need files: standard input cannot be written")
    return mended(checked.findings, chosen.settings, allowed=allowed)


def _fix(checked: Checked, options: argparse.Namespace, chosen: Configuration) -> Checked:
    """Carry out repairs, and check again what was changed."""
    from kerasmergelint.cli.fixing.writing import write  # late: only if repairs are asked for

    done = _mended(checked, options, chosen)
    if not done.repairs:
        return checked
    remarks: list[str] = []
    if options.confirm:
        # late: only if asked for
        from kerasmergelint.cli.fixing.confirming import keep_what_runs

        remarks += keep_what_runs(done, chosen.settings)
    remarks += write(done)
    checked = _check(options, chosen)
    checked.remarks += remarks
    written = [repair for _, repair in done.repairs if set(repair.paths) <= done.new.keys()]
    checked.remarks.append(f"{counted(len(written), 'repair')} carried out")
    return checked


def _diff(checked: Checked, options: argparse.Namespace, chosen: Configuration) -> int:
    from kerasmergelint.cli.fixing.writing import diff  # late: only if repairs are asked for

    lines = list(diff(_mended(checked, options, chosen)))
    sys.stdout.writelines(lines)
    return 1 if lines else 0


def _lists(options: argparse.Namespace) -> Lists:
    verdicts = Lists.VERDICTS if options.verdicts else Lists.NOTHING
    return verdicts | (Lists.CONTRACTS if options.contracts else Lists.NOTHING)


def _which_keras(checked: Checked) -> str:
    """Which versions of Keras were assumed and why, the most frequent first; what naming one would add."""
    taken = checked.keras.most_common()
    said = [f"{words} in {counted(n, 'file')}" for words, n in taken]
    told = "checked for " + (taken[0][0] if len(taken) == 1 else ", ".join(said))
    for version, n in checked.more.most_common():
        told += f"; with --keras-version {version} there would be {counted(n, 'more finding')}"
    return told


def _workers(options: argparse.Namespace) -> AbstractContextManager[Workers]:
    if options.dask:
        return Cluster(options.dask)
    return nullcontext(Processes(options.jobs) if options.jobs > 1 else Here())


class _Output:
    """Redirects standard output to a file, if there is one."""

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


def _text(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.reports.text import print_report  # late: one format a run

    print_report(checked, old, terminal.console(options.color), _lists(options))


def _json(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.reports.json import print_report  # late: one format a run

    print_report(checked, old, _lists(options))


def _sarif(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.reports.sarif import print_report  # late: one format a run

    print_report(checked)


def _github(checked: Checked, old: int, options: argparse.Namespace) -> None:
    from kerasmergelint.cli.reports.github import print_report  # late: one format a run

    print_report(checked, verdicts=options.verdicts)


# Each module of reports, loaded only for the format that is asked for.
FORMATS: dict[str, Callable[[Checked, int, argparse.Namespace], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
