"""Lint every Python file below some folders, and say what a user must never meet.

usage: python scripts/lint_everything.py [options] FOLDER ...

Prints each internal error with its traceback, each file over its time budget (with the place where
it was, if it had to be ended), each file that ends the process, and every finding, for us to judge
whether it is right.  Exits with 1 if there was anything but findings.

By default each file is treated as flake8 would treat it: files that do not mention Keras are passed
over by the gate.  ``--no-gate`` follows them, too, which tries the tracker on all Python there is.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kerasmergelint.options import Settings
from kerasmergelint.syntax.gate import mentions_keras

HARD_LIMIT = 60.0  # seconds after which a file counts as hanging
MEMORY = 4 << 30  # of one worker, so that a runaway ends itself and not the machine


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    path: str
    seconds: float = 0.0
    steps: int = 0
    kilobytes: int = 0
    analysed: bool = False
    complete: bool = True
    findings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    ended: str = ""


def lint(path: str, gate: bool) -> Outcome:
    """Lint one file in this process."""
    from kerasmergelint.rules.check import select
    from kerasmergelint.rules.findings import findings
    from kerasmergelint.tracker.program.analysis import analyse

    outcome = Outcome(path)
    text = read(path)
    started = time.process_time()
    if text is None or (gate and not mentions_keras(text)):
        return outcome
    outcome.analysed = True
    try:
        settings = Settings(enabled=("KML9",))
        report = analyse(text, path, settings)
        outcome.complete = report.complete
        if report.interpreter is not None:
            outcome.steps = report.interpreter.budget.used
        outcome.errors = ["".join(traceback.format_exception(error)) for error in report.errors]
        for finding in select(findings(report), settings):
            if not finding.code.startswith("KML9"):
                outcome.findings.append(
                    f"{path}:{finding.line}:{finding.column + 1}: {finding.text}"
                )
    except Exception:
        outcome.errors.append(traceback.format_exc())
    # Of the processor: other programs must not make a file look slow.
    outcome.seconds = time.process_time() - started
    outcome.kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return outcome


def read(path: str) -> str | None:
    """The text of a file as flake8 reads it; None for what is no text."""
    import tokenize

    try:
        with tokenize.open(path) as stream:
            return stream.read()
    except (OSError, SyntaxError, UnicodeError):
        return None


# -- workers: one file after the other, each within the time limit --------------------------


def serve(connection: Connection, stacks: str, gate: bool) -> None:
    """The loop of a worker: paths in, outcomes out."""
    import faulthandler

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with open(stacks, "w", encoding="utf-8") as stream:
        while True:
            path = connection.recv()
            faulthandler.dump_traceback_later(HARD_LIMIT - 1, file=stream)
            outcome = lint(path, gate)
            faulthandler.cancel_dump_traceback_later()
            connection.send(outcome)


class Worker:
    """A process that lints files, replaced when a file hangs it or ends it."""

    def __init__(self, gate: bool) -> None:
        self._gate = gate
        self._stacks = Path(tempfile.mkdtemp(), "stacks")
        self._start()

    def _start(self) -> None:
        self.connection, other = multiprocessing.Pipe()
        arguments = (other, str(self._stacks), self._gate)
        self._process = multiprocessing.Process(target=serve, args=arguments, daemon=True)
        self._process.start()
        other.close()

    def give(self, path: str) -> None:
        self.path, self.since = path, time.monotonic()
        self.connection.send(path)

    def result(self) -> Outcome | None:
        """The outcome if there is one by now."""
        if self.connection.poll():
            try:
                outcome: Outcome = self.connection.recv()
                return outcome
            except EOFError:
                self._process.join()
                return self._replaced(f"the process ended with {self._process.exitcode}")
        if time.monotonic() - self.since > HARD_LIMIT:
            stacks = self._stacks.read_text(encoding="utf-8")
            return self._replaced(f"hangs:\n{stacks}")
        return None

    def _replaced(self, why: str) -> Outcome:
        self._process.kill()
        self._process.join()
        self._start()
        return Outcome(self.path, time.monotonic() - self.since, analysed=True, ended=why)


def lint_all(paths: list[str], jobs: int, gate: bool) -> Iterator[Outcome]:
    """The outcomes in the order in which they come."""
    from multiprocessing.connection import wait

    waiting = list(reversed(paths))
    busy: list[Worker] = []
    for _ in range(min(jobs, len(waiting))):
        worker = Worker(gate)
        worker.give(waiting.pop())
        busy.append(worker)
    while busy:
        wait([worker.connection for worker in busy], timeout=1.0)
        for worker in list(busy):
            outcome = worker.result()
            if outcome is None:
                continue
            yield outcome
            if waiting:
                worker.give(waiting.pop())
            else:
                busy.remove(worker)


# -- the report ------------------------------------------------------------------------------


def python_files(folders: list[str]) -> list[str]:
    """Every ``.py`` below the folders, without what interpreters cache."""
    found: list[str] = []
    for folder in folders:
        place = Path(folder)
        files = [place] if place.is_file() else sorted(place.rglob("*.py"))
        found.extend(str(file) for file in files if "__pycache__" not in file.parts)
    return found


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--budget", type=float, default=2.0, help="seconds a file may take")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--no-gate", action="store_true", help="follow files without Keras, too")
    parser.add_argument("--json", metavar="FILE", help="write every outcome to this file")
    return parser.parse_args()


def main() -> int:
    chosen = options()
    outcomes: list[Outcome] = []
    for outcome in lint_all(python_files(chosen.folders), chosen.jobs, not chosen.no_gate):
        outcomes.append(outcome)
        tell(outcome, chosen.budget)
    if chosen.json:
        Path(chosen.json).write_text(json.dumps([asdict(o) for o in outcomes]), encoding="utf-8")
    return conclude(outcomes, chosen.budget)


def tell(outcome: Outcome, budget: float) -> None:
    """Say at once what is bad about a file."""
    for line in outcome.findings:
        print(line, flush=True)
    for error in outcome.errors:
        print(f"INTERNAL ERROR {outcome.path}\n{error}", flush=True)
    if outcome.ended:
        print(f"ENDED {outcome.path}: {outcome.ended}", flush=True)
    elif outcome.seconds > budget:
        print(f"SLOW {outcome.path}: {outcome.seconds:.2f} s", flush=True)


def conclude(outcomes: list[Outcome], budget: float) -> int:
    """The summary, and the exit status."""
    analysed = [outcome for outcome in outcomes if outcome.analysed]
    bad: dict[str, list[Any]] = {
        "internal errors": [o for o in outcomes if o.errors],
        "ended": [o for o in outcomes if o.ended],
        f"over {budget:g} s": [o for o in outcomes if o.seconds > budget],
    }
    slowest = max(outcomes, key=lambda outcome: outcome.seconds, default=Outcome("none"))
    cut = sum(not outcome.complete for outcome in analysed)
    print(f"{len(outcomes)} files, {len(analysed)} analysed, {cut} of them not on all paths")
    print(f"{sum(len(o.findings) for o in outcomes)} findings")
    print(", ".join(f"{len(found)} {name}" for name, found in bad.items()))
    print(f"slowest: {slowest.seconds:.2f} s, {slowest.path}")
    print(f"most memory of a worker: {max((o.kilobytes for o in outcomes), default=0) // 1024} MB")
    return int(any(bad.values()))


if __name__ == "__main__":
    sys.exit(main())
