"""Lint one of the worst programs, in this process, and tell what it took.

usage: python -m tests.fuzz.run_worst_program NAME [--verdicts]
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
import traceback
from pathlib import Path

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import select
from kerasmergelint.rules.findings import findings
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch
from tests.fuzz.worst_programs import WORST_PROGRAMS

_GIGABYTE = 1 << 30


def slowness() -> float:
    """How long a fixed piece of work takes here, in tenths of a second."""
    started = time.process_time()
    table: dict[int, tuple[int, ...]] = {}
    for number in range(400_000):
        table[number % 1000] = (number, number + 1)
    return (time.process_time() - started) / 0.1


def peak_megabytes() -> int:
    """What this very program used at most; getrusage counts the process that started it, too."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        if found:
            return int(found[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 * _GIGABYTE, 4 * _GIGABYTE))
    before = slowness()
    started = time.process_time()
    settings = Settings()
    every_merge = "--verdicts" in sys.argv
    watch = Watch.MERGES if every_merge else Watch.NOTHING
    report = analyse(WORST_PROGRAMS[sys.argv[1]], "worst.py", settings, watch=watch)
    if every_merge:
        report.add_unreached()
    found = select(findings(report), settings)
    seconds = time.process_time() - started
    answer = {
        "seconds": seconds,
        "slowness": max(before, slowness()),
        "megabytes": peak_megabytes(),
        "findings": [finding.text for finding in found],
        "errors": ["".join(traceback.format_exception(error)) for error in report.errors],
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
