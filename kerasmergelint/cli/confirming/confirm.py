"""Confirming the findings in some paths, by this machine or by a cluster."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from kerasmergelint.cli.checking.together import shared_path
from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.configuration.load import load
from kerasmergelint.cli.confirming.program import Confirmed, Program, confirm_one, given_up
from kerasmergelint.cli.confirming.progress import progress
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs import sources
from kerasmergelint.cli.programs.noqa import silences_file
from kerasmergelint.cli.programs.place_names import cell_of, in_cells, place_name
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.cli.workers.cluster import Cluster
from kerasmergelint.cli.workers.pool import Work
from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.runtime.confirm import Confirmer, Judged, Options
from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.verdict import Confirmation
from kerasmergelint.runtime.worker import NO_FORK, can_fork
from kerasmergelint.syntax.gate import concerns_keras

FORMAT_VERSION = 2

Results = Sequence[tuple[Source, Judged]]

_REPORT_TO_US = "a bug of ours; please report it with the program and the versions below"
_NETWORK = {"namespace": "none", "blocked": "closed for Python's own sockets"}


def run(options: argparse.Namespace) -> int:
    """Confirm, print, and return the exit status."""
    if not can_fork():
        raise CannotRun(NO_FORK)
    configuration = load(options)
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
        print_text(outcome)
    for problem in outcome.problems:
        print(f"kerasmergelint: {problem}", file=sys.stderr)
    if outcome.problems:
        return 2
    confirmed = (item.verdict.confirmation is Confirmation.CONFIRMED for _, item in outcome.results)
    return int(any(confirmed))


@dataclass(slots=True)
class Outcome:
    """The verdicts in the order of the files, what built them, and the reasons for gaps."""

    results: list[tuple[Source, Judged]] = field(default_factory=list)
    versions: dict[int, dict[str, object]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def _outcome(configuration: Configuration, chosen: Options, options: argparse.Namespace) -> Outcome:
    programs = _programs(configuration, options.paths)
    if options.dask:
        return _by_cluster(configuration, chosen, options, programs)
    with Confirmer(configuration.settings, chosen) as confirmer:
        linted = [(program, program.lint(confirmer)) for program in programs]
        unread = [p for program, file in linted for p in program.problems(file)]
        total = sum(len(file.found) for _, file in linted)
        with progress(total) as advance:
            judged = confirmer.confirm([file for _, file in linted], advance)
        results = [(p.source, item) for p, file in linted for item in judged[file.path]]
        return Outcome(results, confirmer.versions, [*unread, *confirmer.problems])


def _by_cluster(
    configuration: Configuration,
    chosen: Options,
    options: argparse.Namespace,
    programs: Iterable[Program],
) -> Outcome:
    # Unless told otherwise, a worker uses its own Python; and there, it is files that run in parallel.
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


def _programs(configuration: Configuration, paths: Sequence[str]) -> Iterator[Program]:
    """The programs to lint."""
    for path in dict.fromkeys(sources.find(paths, configuration.exclude, skipped=_tell)):
        source = sources.read_source(path, named=path in paths)
        roots = configuration.settings.roots
        wanted = source.unread is not None or concerns_keras(source.text, source.path, roots)
        if wanted and not silences_file(source.text):
            yield Program(source, configuration.ignored_in(source.path))


def _tell(remark: str) -> None:
    print(f"kerasmergelint: {remark}", file=sys.stderr)


# -- output ----------------------------------------------------------------------------------


def print_text(outcome: Outcome) -> None:
    for source, item in outcome.results:
        finding, verdict = item.finding, item.verdict
        print(
            f"{place_name(source, finding.line, finding.column)}: {in_cells(source, finding.text)}"
        )
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


def counted(results: Results) -> dict[str, int]:
    """The number of findings with each verdict."""
    counts = {kind.value: 0 for kind in Confirmation}
    for _, item in results:
        counts[item.verdict.confirmation.value] += 1
    return counts


def as_json(outcome: Outcome) -> dict[str, object]:
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


def _finding(source: Source, item: Judged) -> dict[str, object]:
    finding, verdict = item.finding, item.verdict
    return {
        "code": finding.code,
        "file": shared_path(source.path),
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        **cell_of(source, finding.line),
        "message": in_cells(source, finding.message),
        "confirmation": verdict.confirmation.value,
        "reason": verdict.reason,
        "exception": verdict.exception,
        "exception_message": verdict.message,
        "notes": list(verdict.notes),
    }
