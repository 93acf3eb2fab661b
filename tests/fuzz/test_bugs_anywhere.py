"""A bug of ours that costs a finding is told, makes no other, and leaves the next analysis as it was."""

from __future__ import annotations

import gc
import os
import random
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from kerasmergelint.cli.checking.check import check
from kerasmergelint.cli.checking.results import Lists
from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.workers.pool import Here
from tests.fixture_files import programs
from tests.injected import Called, bug_in, can_have_bugs

COUNT = int(os.environ.get("KML_BUGS", "6"))
CONFIGURATION = Configuration(no_cache=True)
LISTS = [Lists.NOTHING, Lists.VERDICTS | Lists.CONTRACTS]
# What the command itself is made of, and how bugs are noted.
ELSEWHERE = (
    "/cli/", "/bugs.py", "/mishaps.py", "/internal_error.py", "/deep.py", "/garbage.py", "/dataclass.py",
    "/constructors.py", "/late.py",
)  # fmt: skip

Place = tuple[int, int]  # a bug may change the code: where a first run fails, its layer does


def chosen() -> list[Path]:
    every = [path for kind in ("broken", "clean", "hazardous") for path in programs(kind)]
    return random.Random(22).sample(every, COUNT)


def found(path: Path, lists: Lists) -> tuple[set[Place], int]:
    """The places of the findings in a file, and the number of internal errors that are told."""
    checked = check([str(path)], CONFIGURATION, stdin_name="", workers=Here(), lists=lists)
    findings = [located.finding for located in checked.findings]
    return {(f.line, f.column) for f in findings}, len(checked.errors)


def functions_by_code() -> dict[CodeType, FunctionType]:
    return {o.__code__: o for o in gc.get_objects() if can_have_bugs(o)}


@pytest.mark.parametrize("path", chosen(), ids=lambda path: path.stem)
@pytest.mark.parametrize("lists", LISTS, ids=["findings", "verdicts"])
def test_a_bug_anywhere(lists: Lists, path: Path) -> None:
    draw = random.Random(path.stem)
    as_ever = found(path, lists)
    with Called() as called:
        found(path, lists)
    by_code = functions_by_code()
    met = [
        code
        for code in called.counts
        if code in by_code and not any(part in code.co_filename for part in ELSEWHERE)
    ]
    wrong: list[str] = []
    for code in draw.sample(met, COUNT):
        first = draw.randint(1, called.counts[code])
        last = draw.choice((first, 2 * called.counts[code]))
        with bug_in(by_code[code], first=first, last=last) as bug:
            places, errors = found(path, lists)
        told = bool(errors) if bug.met and places != as_ever[0] else bug.met or not errors
        if not (told and places <= as_ever[0] and found(path, lists) == as_ever):
            wrong.append(f"{code.co_name} in {code.co_filename}, calls {first} to {last}")
    assert wrong == []
