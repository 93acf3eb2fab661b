"""What the tracker meets, against what the visitor of libcst's tree lists: nothing is missing from the list.

Neither knows of the other: one runs the program, the other reads its names.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings

from kerasmergelint.options import Settings
from kerasmergelint.rules.findings import Places
from kerasmergelint.syntax.merge_call import Evidence, MergeCall
from kerasmergelint.syntax.merge_calls import merge_calls
from kerasmergelint.syntax.merge_finder import find_merge_calls
from kerasmergelint.syntax.source import Span
from kerasmergelint.tracker.machine.events import Merge
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.noting import Notes
from tests.docs.test_examples import examples
from tests.fixture_files import FIXTURES
from tests.fuzz.model_programs import PROGRAMS as DRAWN
from tests.fuzz.worst_programs import WORST_PROGRAMS
from tests.rules.code_pages import with_examples
from tests.tracker.constructs import CONSTRUCTS, source_of
from tests.tracker.custom_merges import PROGRAMS
from tests.tracker.test_custom_merges import program

# The share of the merges in programs like those of users that names alone are sure of.
_SURE = 0.96


def compared(text: str, path: str) -> Iterator[tuple[Merge, MergeCall | None]]:
    """Each merge of the file that the tracker met, and the visitor's entry for it."""
    report = analyse(text, path, Settings(), notes=Notes(path))  # follows more than findings need
    assert report.module is not None
    code = report.codes[report.module.path]
    assert code is not None
    places = Places(report)
    listed: dict[Span, MergeCall] = {call.span: call for call in merge_calls(code)}
    for merge in report.merges.values():
        if places.in_main(merge.site):
            yield merge, listed.get(places.span(merge.site))


def check(programs: dict[str, str]) -> tuple[int, int]:
    """How many merges were met in all, and how many of them names are sure of."""
    missing: list[str] = []
    misnamed: list[str] = []
    met = sure = 0
    for path, text in programs.items():
        for merge, call in compared(text, path):
            met += 1
            if call is None:
                missing.append(f"{path}: {merge.callee}")
            elif call.evidence is not Evidence.NONE:
                sure += 1
                if call.evidence is not Evidence.OWN and merge.callee not in call.name.split(
                    " or "
                ):
                    misnamed.append(f"{path}: {call.name} is {merge.callee}")
    assert not missing
    assert not misnamed
    return met, sure


def test_in_the_fixtures() -> None:
    programs = {
        str(path): path.read_text(encoding="utf-8") for path in sorted(FIXTURES.rglob("*.py"))
    }
    met, sure = check(programs)
    assert met > 250
    assert sure > _SURE * met


def test_in_the_documentation() -> None:
    programs = {f"{one}.py": one.text for one in examples() if one.kind == "python"}
    for page in with_examples():
        programs |= {f"bad/{page.code}.py": page.bad or "", f"good/{page.code}.py": page.good or ""}
    met, sure = check(programs)
    assert met > 30
    assert sure > _SURE * met


def test_in_merges_of_the_programs_own() -> None:
    met, sure = check({f"{name}.py": program(name, 8) for name in PROGRAMS})
    assert met > 20
    assert sure == met


def test_in_all_constructs_of_the_language() -> None:
    met, _ = check({f"{name}.py": source_of(name) for name in CONSTRUCTS})
    assert met > 5


@pytest.mark.parametrize("name", ["sum_of_tensors", "method_chain"])
def test_in_what_is_too_deep_for_libcst(name: str) -> None:
    text = WORST_PROGRAMS[name] + "z = Add()([x, x]) + x\n"
    assert find_merge_calls(text, {}) is None
    met, _ = check({f"{name}.py": text})
    assert met > 1


@given(DRAWN)
@settings(max_examples=20, deadline=None)
def test_in_programs_that_are_drawn(text: str) -> None:
    check({"drawn.py": text})


# What real code looks like: files of Keras itself, which are read and never run.
_INSTALLED = [
    ("keras", "src/applications", 40),
    ("keras", "src/layers/attention", 5),
    ("keras", "src/layers/merging", 10),
    ("keras", "src/losses", 20),
    ("tf_keras", "src/applications", 40),
    ("tf_keras", "src/layers/rnn", 20),
]


@pytest.mark.parametrize(("package", "folder", "least"), _INSTALLED)
def test_in_an_installed_package(package: str, folder: str, least: int) -> None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"{package} is not installed")
    files = sorted(Path(spec.origin).parent.joinpath(folder).rglob("*.py"))
    assert files
    met, _ = check({str(path): path.read_text(encoding="utf-8") for path in files})
    assert met > least
