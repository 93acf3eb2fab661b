"""Write down what the tracker says of a corpus: compare two records, and a refactoring shows what it changed.

    python scripts/record_verdicts.py FOLDER... > before.jsonl
    python scripts/record_verdicts.py FOLDER... > after.jsonl
    diff before.jsonl after.jsonl

A line is a file that names Keras: the steps it took, its findings with their words, and the verdict
on each of its merges.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

from kerasmergelint.options import Settings
from kerasmergelint.rules.findings import findings
from kerasmergelint.syntax.gate import mentions_keras
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Report, Watch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="only every so many-th file")
    arguments = parser.parse_args()
    files = sorted(file for folder in arguments.folders for file in folder.rglob("*.py"))
    with Pool(arguments.jobs, maxtasksperchild=200) as pool:
        for line in pool.imap(record, files[:: arguments.every], chunksize=8):
            if line:
                print(line)


def record(file: Path) -> str:
    """What is said of one file, as a line of JSON; nothing for a file that does not name Keras."""
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    if not mentions_keras(text):
        return ""
    report = analyse(text, str(file), Settings(enabled=("KML2", "KML9")), watch=Watch.MERGES)
    report.add_unreached()
    steps = report.interpreter.budget.used if report.interpreter is not None else 0
    return json.dumps(
        {
            "file": str(file),
            "steps": steps,
            "complete": report.complete,
            "errors": [repr(error) for error in report.errors],
            "findings": sorted(_findings(report)),
            "merges": sorted(_merges(report)),
        }
    )


def _findings(report: Report) -> Iterator[list[object]]:
    for finding in findings(report):
        yield [finding.line, finding.column, finding.code, finding.message]


def _merges(report: Report) -> Iterator[list[object]]:
    for merge in report.merges.values():
        code = report.codes.get(merge.site.module.path)
        if code is not None:
            span = span_in(code, merge.site.node)
            yield [str(span), merge.callee, merge.verdict.value, merge.reason]


if __name__ == "__main__":
    sys.exit(main())
