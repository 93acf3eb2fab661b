"""How many bugs are repaired, and how well: ``python -m benchmarks.repairs cases|programs|mutants PATH``.

cases     a folder of folders, each with a program that fails (``bug.py``) and its corrected twin (``ok.py``)
programs  a folder of programs that fail, such as ``fixtures/broken``
mutants   a folder of ``*.jsonl.gz``: small changes to published packages, which lie in ``--sources``

With ``--confirm`` each repaired program is run in TensorFlow.  Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kerasmergelint.options import Settings
from kerasmergelint.repairs.model import Repair, by_file
from kerasmergelint.repairs.search import Search
from kerasmergelint.repairs.trial import Look, look
from kerasmergelint.rules.finding import Finding

RUNNER = Path(__file__).parent.parent / "tests" / "run_in_tensorflow.py"
_STEPS = 4_000_000
_RAISES = ("raises_at_merge", "raises_at_other_layer")


@dataclass
class Result:
    """What became of one program: its repairs, and the files that each of them changes."""

    name: str
    finding: Finding | None = None
    repairs: tuple[Repair, ...] = ()
    seconds: float = 0.0
    changed: list[dict[str, str]] = field(default_factory=list)
    is_as_meant: bool = False
    builds: list[bool] = field(default_factory=list)


def mended(name: str, path: str, text: str, settings: Settings) -> Result:
    """The repairs of the first finding of a program."""
    found = _first(look(text, path, settings))
    if found is None:
        return Result(name)
    begun = time.process_time()
    search = Search(path, text, settings)
    repairs = search.repairs(found)
    seconds = time.process_time() - begun
    changed = [by_file(search.texts, repair.edits) for repair in repairs]
    return Result(name, found, repairs, seconds, changed)


def _first(seen: Look) -> Finding | None:
    found = sorted(seen.events, key=lambda met: met[0].key)
    return found[0][0] if found else None


# -- kinds of programs ------------------------------------------------------------------------


def cases(folder: Path) -> Iterator[Result]:
    for bug in sorted(folder.glob("*/bug.py")):
        result = mended(bug.parent.name, str(bug), bug.read_text(encoding="utf-8"), Settings())
        twin = bug.with_name("ok.py")
        wanted = look(twin.read_text(encoding="utf-8"), str(twin), Settings()).outputs
        result.is_as_meant = bool(result.repairs) and result.repairs[0].outputs == wanted
        yield result


def programs(folder: Path) -> Iterator[Result]:
    for path in sorted(folder.glob("*.py")):
        yield mended(path.stem, str(path), path.read_text(encoding="utf-8"), Settings())


def mutants(folder: Path, sources: Path, limit: int) -> Iterator[Result]:
    """As meant is a mutant that one of the repairs turns back to the original text."""
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl.gz"))
        for line in gzip.decompress(path.read_bytes()).decode().splitlines()
    ]
    rows = [row for row in rows if row["outcome"] in _RAISES and row["driver"]]
    for row in rows[:: max(1, len(rows) // limit)][:limit] if limit else rows:
        with tempfile.TemporaryDirectory() as scratch:
            result = _mutant(row, sources, Path(scratch))
            if result is not None:
                yield result


def _mutant(row: dict[str, object], sources: Path, scratch: Path) -> Result | None:
    package, file = str(row["package"]), str(row["file"]).partition(":")[2]
    shutil.copytree(sources / "pkgs" / package, scratch / "root", symlinks=True)
    place = scratch / "root" / file
    original = place.read_bytes()
    old = str(row["old"]).encode()
    first = _place_of(row, original)
    last = first + len(old)
    if original[first:last] != old:
        return None
    place.write_bytes(original[:first] + str(row["new"]).encode() + original[last:])
    roots = [
        str(sources / root) if root != f"pkgs/{package}" else str(scratch / "root")
        for root in row["roots"] or [f"pkgs/{package}"]  # type: ignore[attr-defined]
    ]
    driver = scratch / "driver.py"
    driver.write_text(str(row["driver"]), encoding="utf-8")
    # As `kerasmergelint summary` follows a program, to the end of large packages.
    settings = Settings(roots=tuple(roots), keras_version=str(row["keras"]), steps=_STEPS)
    name = f"{package} {row['operator']} {file}:{row['line']} {row['old']} -> {row['new']}"
    result = mended(name, str(driver), str(row["driver"]), settings)
    result.is_as_meant = any(
        changed == {str(place): original.decode()} for changed in result.changed
    )
    return result


def _place_of(row: dict[str, object], text: bytes) -> int:
    """Where a mutant was changed; by its line if the lines above are others than when it was made."""
    first, _ = row["byte_span"]  # type: ignore[misc]
    old = str(row["old"]).encode()
    if text[first : first + len(old)] == old:
        return int(first)
    above = text.splitlines(keepends=True)[: int(str(row["line"])) - 1]
    return sum(map(len, above)) + int(str(row["col"] or 0))


# -- TensorFlow -------------------------------------------------------------------------------


def confirm(results: list[Result], folder: Path) -> None:
    """Run each repaired program."""
    with tempfile.TemporaryDirectory() as scratch:
        files: list[tuple[Result, Path]] = []
        for result in results:
            for changed in result.changed:
                (home,) = {os.path.dirname(path) for path in changed} or {str(folder)}
                copy = Path(scratch) / f"{len(files)}"
                shutil.copytree(home, copy)
                for path, text in changed.items():
                    (copy / os.path.basename(path)).write_text(text, encoding="utf-8")
                assert result.finding is not None
                files.append((result, copy / os.path.basename(result.finding.path)))
        done = subprocess.run(
            [sys.executable, str(RUNNER), *(str(path) for _, path in files)],
            capture_output=True,
            text=True,
            check=True,
        )
        outcomes = json.loads(done.stdout.splitlines()[-1])
        for result, path in files:
            result.builds.append(outcomes[str(path)] is None)


# -- telling ----------------------------------------------------------------------------------


def tell(results: list[Result], *, verbose: bool) -> None:
    found = [result for result in results if result.finding is not None]
    repaired = [result for result in found if result.repairs]
    if verbose:
        for result in results:
            _tell_one(result)
    share = f"{len(repaired)} of {len(found)} found bugs have a repair that is proved"
    print(f"{share} ({_percent(len(repaired), len(found))})")
    as_meant = sum(result.is_as_meant for result in repaired)
    print(f"as meant: {as_meant} ({_percent(as_meant, len(repaired))} of these, "
          f"{_percent(as_meant, len(found))} of all found)")  # fmt: skip
    built = [ok for result in repaired for ok in result.builds]
    if built:
        first = [result.builds[0] for result in repaired]
        print(f"TensorFlow builds {sum(built)} of {len(built)} repaired programs, "
              f"{sum(first)} of {len(first)} of the first ones")  # fmt: skip
    seconds = sorted(result.seconds for result in found)
    if seconds:
        print(f"seconds: {sum(seconds) / len(seconds):.2f} on average, {seconds[-1]:.2f} at most")
    print("families:", dict(Counter(result.repairs[0].family for result in repaired)))


def _tell_one(result: Result) -> None:
    mark = "as meant" if result.is_as_meant else ""
    code = result.finding.code if result.finding is not None else "not found"
    print(f"{result.name}: {code} {result.seconds:.2f} s {mark}")
    for number, repair in enumerate(result.repairs):
        fails = result.builds[number : number + 1] == [False]
        outputs = ", ".join(repair.outputs[:4])
        print(f"    {repair.cost:.2f} {repair.family}: {repair.title} [{outputs}]",
              "FAILS" if fails else "")  # fmt: skip


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "none"


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.repairs",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("kind", choices=("cases", "programs", "mutants"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--sources", type=Path, help="where the packages of mutants are")
    parser.add_argument("--limit", type=int, default=0, help="so many mutants, evenly chosen")
    parser.add_argument("--confirm", action="store_true", help="run what is repaired")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    if options.kind == "mutants":
        results = list(mutants(options.path, options.sources, options.limit))
    else:
        results = list((cases if options.kind == "cases" else programs)(options.path))
    if options.confirm:
        confirm(results, options.path)
    tell(results, verbose=options.verbose)


if __name__ == "__main__":
    main()
