"""What a change does to other people's code: two revisions over a corpus of published packages.

    python scripts/primer.py OLD NEW                     all packages of benchmarks/corpus.txt
    python scripts/primer.py main HEAD --first 5         five of them
    python scripts/primer.py v0.1.0 HEAD --markdown      as a comment on a pull request

Each revision is installed into an environment of its own.  The packages are brought by pip, without
what they depend on, into a folder that is kept (``--corpus``); nothing of them is imported.  Printed
are the findings that came and went, the verdicts on merges, the most frequent reasons for *unknown*,
internal errors, and what it cost.  The exit status is 0 whatever changed, 2 if it could not be run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "benchmarks" / "corpus.txt"
_REASONS = 10


@dataclass
class Record:
    """What one revision says of the corpus; ``kilobytes`` is the most memory that one run took."""

    findings: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    kilobytes: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("old", help="a revision")
    parser.add_argument("new", help="another one")
    parser.add_argument(
        "--first", type=int, metavar="N", help="only the first packages of the list"
    )
    parser.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir(), "kml-corpus"),
                        help="where the packages are kept")  # fmt: skip
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    options = parser.parse_args()
    try:
        packages = [bring(pin, options.corpus) for pin in pins()[: options.first]]
        records = [record(revision, packages) for revision in (options.old, options.new)]
    except subprocess.CalledProcessError as error:
        said = (error.stderr or b"").decode(errors="replace").strip().splitlines()
        print(f"{' '.join(map(str, error.cmd))}: {said[-1:] or error}", file=sys.stderr)
        return 2
    render = markdown if options.markdown else text
    print("\n".join(render(options.old, options.new, *records)))
    return 0


def pins() -> list[str]:
    """The corpus: ``package==version``, one a line."""
    lines = PINS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def bring(pin: str, corpus: Path) -> Path:
    """The folder of a package, downloaded if it is not there yet."""
    folder = corpus / pin
    if not folder.is_dir():
        part = corpus / f"{pin}.part"
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile",
             "--target", part, pin],
            check=True, capture_output=True,
        )  # fmt: skip
        part.rename(folder)
    return folder


# -- running a revision --------------------------------------------------------------------


def record(revision: str, packages: Sequence[Path]) -> Record:
    """Check every package with a revision, in an environment made for it."""
    found = Record()
    with tempfile.TemporaryDirectory() as place:
        tool = install(revision, Path(place))
        for package in packages:
            check(tool, package, found)
    return found


def install(revision: str, place: Path) -> Path:
    """The command of a revision, in a fresh environment."""
    source, environment = place / "source", place / "environment"
    source.mkdir()
    archive = subprocess.run(
        ["git", "archive", revision], cwd=ROOT, check=True, capture_output=True
    ).stdout
    subprocess.run(["tar", "-x", "-C", source], input=archive, check=True)
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", source],
        check=True, capture_output=True,
    )  # fmt: skip
    return programs / "kerasmergelint"


def check(tool: Path, package: Path, found: Record) -> None:
    """Add what is said of one package to a record."""
    command = [tool, "check", "--isolated", "--no-cache", "--verdicts",
               "--jobs", "1", "--enable", "KML900", "--format", "json", "."]  # fmt: skip
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, cwd=package, stdout=output, stderr=subprocess.DEVNULL)
        # Unlike Popen's own wait it tells what this child, and no other, has used.
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read()
    found.seconds += used.ru_utime + used.ru_stime
    found.kilobytes = max(found.kilobytes, used.ru_maxrss)
    try:
        told = json.loads(said)
    except ValueError:
        found.errors[f"{package.name}: no report, status {child.returncode}"] += 1
        return
    add(told, package.name, found)


def add(told: dict[str, Any], package: str, found: Record) -> None:
    """Add a report in JSON to a record."""
    for finding in told["findings"]:
        line = (
            f"{package}/{finding['file']}:{finding['line']}: {finding['code']} {finding['message']}"
        )
        (found.errors if finding["code"] == "KML900" else found.findings)[line] += 1
    for merge in told["merges"]:
        found.verdicts[merge["verdict"]] += 1
        if merge["verdict"] == "unknown":
            found.reasons[kind_of(merge["reason"])] += 1


def kind_of(reason: str) -> str:
    """A reason without the names, numbers and lines of one program.

    >>> kind_of("`up2` is not known (line 20): Concatenate fails; declare its shape")
    '`...` is not known (line N): Concatenate fails'
    """
    quoted = reason.partition(";")[0].split("`")
    plain = "`".join("..." if index % 2 else part for index, part in enumerate(quoted))
    return "".join("N" if c.isdigit() else c for c in plain).replace("NN", "N").replace("NN", "N")


# -- telling -------------------------------------------------------------------------------


def differences(old: Counter[str], new: Counter[str]) -> Iterator[str]:
    """What went (-) and what came (+), by place."""
    gone, came = old - new, new - old
    for line in sorted(gone.keys() | came.keys()):
        yield from [f"- {line}"] * gone[line]
        yield from [f"+ {line}"] * came[line]


def text(old: str, new: str, before: Record, after: Record) -> Iterator[str]:
    """The report for a terminal."""
    yield f"{old} -> {new}"
    yield f"seconds: {before.seconds:.1f} -> {after.seconds:.1f} ({_ratio(before.seconds, after.seconds)})"
    yield (f"peak memory: {before.kilobytes >> 10} -> {after.kilobytes >> 10} MB "
           f"({_ratio(before.kilobytes, after.kilobytes)})")  # fmt: skip
    for title, rows in tables(before, after):
        yield f"\n{title}"
        yield from (f"  {was:>6} -> {now:<6} {name}" for name, was, now in rows)
    for title, lines in changes(before, after):
        yield f"\n{title}: {len(lines)}"
        yield from (f"  {line}" for line in lines)


def markdown(old: str, new: str, before: Record, after: Record) -> Iterator[str]:
    """The report as a comment on a pull request."""
    yield f"**Primer**, `{old}` to `{new}`: "
    yield (f"{_ratio(before.seconds, after.seconds)} of the time, "
           f"{_ratio(before.kilobytes, after.kilobytes)} of the memory.")  # fmt: skip
    for title, rows in tables(before, after):
        yield f"\n| {title} | before | after |\n| --- | ---: | ---: |"
        yield from (f"| {name} | {was} | {now} |" for name, was, now in rows)
    for title, lines in changes(before, after):
        if lines:
            yield f"\n<details><summary>{title}: {len(lines)}</summary>\n\n```diff"
            yield from lines
            yield "```\n</details>"
        else:
            yield f"\n{title}: none"


def tables(before: Record, after: Record) -> Iterator[tuple[str, list[tuple[str, int, int]]]]:
    """The counts that are compared, each under its title."""
    yield "verdicts", _rows(before.verdicts, after.verdicts)
    yield "reasons for unknown", _rows(before.reasons, after.reasons)[:_REASONS]


def _rows(old: Counter[str], new: Counter[str]) -> list[tuple[str, int, int]]:
    names = sorted(old.keys() | new.keys(), key=lambda name: (-max(old[name], new[name]), name))
    return [(name, old[name], new[name]) for name in names]


def changes(before: Record, after: Record) -> Iterator[tuple[str, list[str]]]:
    """The lines that differ, each kind under its title."""
    yield "findings that came and went", list(differences(before.findings, after.findings))
    yield "internal errors that came and went", list(differences(before.errors, after.errors))


def _ratio(before: float, after: float) -> str:
    return f"{after / before:.2f}" if before else "no measure"


if __name__ == "__main__":
    sys.exit(main())
