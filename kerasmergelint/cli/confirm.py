"""``kerasmergelint confirm``: TensorFlow judges what the linter says."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from kerasmergelint.cli import sources
from kerasmergelint.cli.configuration import Configuration, load
from kerasmergelint.cli.confirming import Program
from kerasmergelint.cli.noqa import silences_file
from kerasmergelint.cli.place_names import place_name
from kerasmergelint.cli.sources import Source
from kerasmergelint.cli.workers import Work, add_dask
from kerasmergelint.options import InvalidOption
from kerasmergelint.runtime.confirm import Confirmer, Judged, Options
from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.verdict import Confirmation
from kerasmergelint.syntax.gate import mentions_keras

FORMAT_VERSION = 1

Results = Sequence[tuple[Source, Judged]]

_REPORT_TO_US = "a bug of ours; please report it with the program and the versions below"
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    defaults = Limits()
    parser = commands.add_parser(
        "confirm",
        parents=[shared],
        help="have TensorFlow confirm or refute each finding",
        description="Lints, then builds in TensorFlow what each finding is about, in a child process "
        "with limits. Exit status: 0 nothing confirmed, 1 a finding confirmed, 2 it could not run, "
        "or there is a file that could not be read.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument(
        "--execute",
        action="store_true",
        help="run the programs themselves, instead of rebuilding what leads to a finding",
    )
    parser.add_argument(
        "--allow-user-code",
        action="store_true",
        help="when rebuilding, run the classes of the program's own layers, too",
    )
    parser.add_argument(
        "--python",
        metavar="INTERPRETER",
        help="where TensorFlow is installed (the one that runs this)",
    )
    parser.add_argument(
        "--jobs", "-j", type=_positive, default=min(4, os.cpu_count() or 1), metavar="N",
        help="processes that build at the same time",
    )  # fmt: skip
    parser.add_argument(
        "--timeout", type=float, default=defaults.seconds, metavar="SECONDS",
        help="for one finding, or one program (%(default)g)",
    )  # fmt: skip
    parser.add_argument(
        "--memory", type=_size, default=defaults.memory, metavar="SIZE",
        help="beyond what TensorFlow itself takes, such as 512M (4G)",
    )  # fmt: skip
    parser.add_argument(
        "--enable", action="append", default=[], metavar="CODES",
        help="confirm these codes, too, which are off by default",
    )  # fmt: skip
    add_dask(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.set_defaults(run=run)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _size(text: str) -> int:
    number, unit = text.rstrip("BbIi"), ""
    if number[-1:].upper() in _UNITS and not number[-1:].isdigit():
        number, unit = number[:-1], number[-1:].upper()
    value = int(float(number) * _UNITS[unit]) if unit in _UNITS else 0
    if value <= 0:
        raise ValueError(text)
    return value


def run(options: argparse.Namespace) -> int:
    configuration = load(options)
    if not options.timeout > 0:
        raise InvalidOption(f"--timeout: {options.timeout:g} is not a positive number")
    chosen = Options(
        options.execute,
        options.allow_user_code,
        options.python or sys.executable,
        options.jobs,
        Limits(seconds=options.timeout, memory=options.memory),
    )
    outcome = _outcome(configuration, chosen, options)
    if options.format == "json":
        json.dump(as_json(outcome), sys.stdout, indent=1)
        print()
    else:
        _print_text(outcome)
    for problem in outcome.problems:
        print(f"kerasmergelint: {problem}", file=sys.stderr)
    if outcome.problems:
        return 2
    confirmed = (item.verdict.confirmation is Confirmation.CONFIRMED for _, item in outcome.results)
    return int(any(confirmed))


@dataclass(slots=True)
class Outcome:
    """The verdicts in the order of the files, what built, and why part of it could not be done."""

    results: list[tuple[Source, Judged]] = field(default_factory=list)
    versions: dict[int, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def _outcome(configuration: Configuration, chosen: Options, options: argparse.Namespace) -> Outcome:
    programs = _programs(configuration, options.paths)
    if options.dask:
        return _by_cluster(configuration, chosen, options, programs)
    with Confirmer(configuration.settings, chosen) as confirmer:
        linted = [(program, program.lint(confirmer)) for program in programs]
        unread = [p for program, file in linted for p in program.problems(file)]
        total = sum(len(file.found) for _, file in linted)
        with _progress(total) as advance:
            judged = confirmer.confirm([file for _, file in linted], advance)
        results = [(p.source, item) for p, file in linted for item in judged[file.path]]
        return Outcome(results, confirmer.versions, [*unread, *confirmer.problems])


def _by_cluster(
    configuration: Configuration,
    chosen: Options,
    options: argparse.Namespace,
    programs: Iterable[Program],
) -> Outcome:
    from kerasmergelint.cli.confirming import Confirmed, confirm_one, given_up
    from kerasmergelint.cli.distributed import Cluster

    # Whoever has no other wish means the Python of the worker; there, files are what runs at once.
    there = replace(chosen, python=options.python or "", jobs=1)
    work: Work[Program, Confirmed] = Work(
        partial(confirm_one, settings=configuration.settings, options=there), given_up
    )
    outcome = Outcome()
    with Cluster(options.dask) as workers:
        for program, confirmed in workers.do(work, ((program, None) for program in programs)):
            outcome.results.extend((program.source, item) for item in confirmed.judged)
            outcome.versions.update(confirmed.versions)
            outcome.problems.extend(p for p in confirmed.problems if p not in outcome.problems)
    return outcome


# -- files -----------------------------------------------------------------------------------


def _programs(configuration: Configuration, paths: Sequence[str]) -> Iterator[Program]:
    """The programs to lint."""
    for path in dict.fromkeys(sources.find(paths, configuration.exclude)):
        source = sources.read_source(path)
        wanted = source.unread is not None or mentions_keras(source.text)
        if wanted and not silences_file(source.lines):
            yield Program(source, configuration.ignored_in(source.path))


# -- progress --------------------------------------------------------------------------------


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Judged], None] | None]:
    """A bar on a terminal; nothing where nobody looks."""
    if total == 0 or not sys.stderr.isatty():
        yield None
        return
    try:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )
    except ImportError:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("importing TensorFlow", total=total)

        def advance(judged: Judged) -> None:
            place = f"{os.path.basename(judged.finding.path)}:{judged.finding.line}"
            bar.update(task, advance=1, description=place)

        yield advance


# -- output ----------------------------------------------------------------------------------


def _print_text(outcome: Outcome) -> None:
    for source, item in outcome.results:
        finding, verdict = item.finding, item.verdict
        print(f"{place_name(source, finding.line, finding.column)}: {finding.text}")
        print(f"    {verdict.text}")
        for note in verdict.notes:
            print(f"    note: {note}")
        if verdict.confirmation is Confirmation.REFUTED:
            print(f"    note: {_REPORT_TO_US}")
    counts = counted(outcome.results)
    print(", ".join(f"{counts[kind.value]} {kind.value}" for kind in Confirmation))
    for keras, about in outcome.versions.items():
        print(
            f"built with TensorFlow {about.get('tensorflow')}, Keras {about.get('keras', keras)}"
            f" (network: {_NETWORK.get(str(about.get('network')), 'unknown')})"
        )


_NETWORK = {"namespace": "none", "blocked": "closed for Python's own sockets"}


def counted(results: Results) -> dict[str, int]:
    """How many findings have each verdict."""
    counts = {kind.value: 0 for kind in Confirmation}
    for _, item in results:
        counts[item.verdict.confirmation.value] += 1
    return counts


def as_json(outcome: Outcome) -> dict[str, Any]:
    """One object, documented in ``docs/confirm.md``."""
    return {
        "version": FORMAT_VERSION,
        "findings": [_finding(source, item) for source, item in outcome.results],
        "counts": counted(outcome.results),
        "built_with": [
            {name: about.get(name) for name in ("tensorflow", "keras", "network")}
            for about in outcome.versions.values()
        ],
        "problems": list(outcome.problems),
    }


def _finding(source: Source, item: Judged) -> dict[str, Any]:
    finding, verdict = item.finding, item.verdict
    origin = source.origin(finding.line)
    return {
        "path": source.shown,
        "cell": None if origin is None else origin.cell,
        "line": finding.line if origin is None else origin.line,
        "column": finding.column + 1,
        "code": finding.code,
        "message": finding.message,
        "confirmation": verdict.confirmation.value,
        "reason": verdict.reason,
        "exception": verdict.exception,
        "exception_message": verdict.message,
        "notes": list(verdict.notes),
    }
