"""Early answers: an analysis that leaves out what an edit has hardly changed, ahead of the whole one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_lsp import LanguageClient

from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.server.analysis import early_snapshot, snapshot_of
from kerasmergelint.server.documents import Document
from kerasmergelint.server.positions import Units
from kerasmergelint.server.program import of_document
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.server.task import Task
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program import course
from tests.repository import ROOT
from tests.server.editor import File

# Each function is too much to follow path by path; `joined` fails in both branches of its condition.
HEAD = """\
import keras
from keras import layers

def grow(x, n):
    return layers.Dense(n)(x)

def joined(x, c):
    one, two = grow(x, 3), grow(x, 4)
    return layers.Add()([one, two])

"""
BUILDER = """\
def {name}(a, b, c, d, e, f, g, size):
    x = keras.Input((8,))
    if a: x = grow(x, 2)
    if b: x = grow(x, size)
    if c: x = grow(x, 4)
    if d: x = grow(x, 5)
    if e: x = grow(x, 6)
    if f: x = grow(x, 7)
    if g: x = grow(x, 8)
    return keras.Model(x, layers.Dense({units})(x))

"""
NETS = HEAD + BUILDER.format(name="first", units=1) + BUILDER.format(name="second", units=2)


@dataclass(frozen=True)
class Net:
    """A file in a project of its own, and what is known of its texts."""

    path: Path

    def task(self, text: str, world: int = 0) -> Task:
        path = str(self.path)
        document = Document(self.path.as_uri(), path, text, 1, Units.UTF16)
        folder = str(self.path.parent)
        return Task(of_document(document), folder, Configuration(), {path: text}, world)

    def whole(self, text: str) -> Snapshot:
        snapshot = snapshot_of(self.task(text), Stop())
        assert snapshot is not None
        return snapshot

    def early(self, before: str, after: str) -> tuple[Snapshot, Snapshot] | None:
        return early_snapshot(self.task(after), self.whole(before), Stop())


@pytest.fixture
def net(tmp_path: Path) -> Net:
    (tmp_path / ".git").mkdir()
    return Net(tmp_path / "net.py")


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Early answers however little they save."""
    monkeypatch.setattr(course, "_LEAST", 0)


def kept(answer: tuple[Snapshot, Snapshot] | None) -> set[str]:
    """The entries that an early answer did not explore."""
    assert answer is not None and answer[0].report.course is not None
    return answer[0].report.course.kept


def places(*snapshots: Snapshot) -> set[tuple[str, str, int]]:
    """The code of each finding, the text of its line, and its column."""
    return {
        (finding.code, snapshot.program.line(finding.line).strip(), finding.column)
        for snapshot in snapshots
        for finding in snapshot.findings
    }


def test_only_what_enters_a_changed_function_is_explored(net: Net, always: None) -> None:
    after = NETS.replace("Dense(2)(x))", "Dense(3)(x))")
    assert kept(net.early(NETS, after)) == {"joined", "first"}
    assert (
        kept(net.early(NETS, NETS.replace("return layers.Dense(n)", "return layers.Dense(n + 1)")))
        == set()
    )


def test_findings_stay_where_nothing_changed_and_go_where_they_are_mended(
    net: Net, always: None
) -> None:
    answer = net.early(NETS, NETS.replace("Dense(2)(x))", "Dense(3)(x))"))
    assert answer is not None
    new, staying = answer
    assert not new.findings
    assert places(staying) == {("KML111", "return layers.Add()([one, two])", 11)}
    answer = net.early(NETS, NETS.replace("grow(x, 4)\n    return", "grow(x, 3)\n    return"))
    assert answer is not None
    assert not places(*answer)


def test_new_findings_come_early(net: Net, always: None) -> None:
    after = NETS.replace("Dense(2)(x))", "Add()([x, grow(x, 9)]))")
    answer = net.early(NETS, after)
    assert answer is not None
    assert places(*answer) == places(net.whole(after))
    assert {code for code, _, _ in places(answer[0])} == {"KML111"}


def test_the_run_along_all_paths_is_taken_from_before(net: Net, always: None) -> None:
    past = net.whole(NETS).report.course
    assert past is not None and past.ran["second"].together
    answer = net.early(NETS, NETS.replace("Dense(2)(x))", "Dense(3)(x))"))
    assert answer is not None and answer[0].report.course is not None
    now = answer[0].report.course.ran["second"]
    assert not now.together
    assert now.spent == past.ran["second"].spent


def test_what_only_the_run_along_all_paths_enters_is_entered_on_its_own(
    net: Net, always: None
) -> None:
    before = NETS + "def tail(x):\n    return layers.Add()([grow(x, 3), grow(x, 3)])\n"
    ends = "    return keras.Model(x, layers.Dense(2)(x))"
    after = before.replace("([grow(x, 3), grow(x, 3)])", "([grow(x, 3), grow(x, 4)])")
    after = after.replace(ends, f"    if not (a or b or c or d or e): tail(x)\n{ends}")
    answer = net.early(before, after)
    assert answer is not None
    assert places(answer[0]) == {("KML111", "return layers.Add()([grow(x, 3), grow(x, 4)])", 11)}
    assert places(*answer) == places(net.whole(after))


def test_there_is_none_if_it_saves_little(net: Net) -> None:
    small = HEAD + BUILDER.format(name="first", units=2).replace("    if", "    # if")
    assert net.early(small, small.replace("Dense(2)", "Dense(3)")) is None
    assert net.early(NETS, NETS.replace("Dense(2)", "Dense(3)")) is not None
    assert net.early(NETS, f"import os\n{NETS}") is None


def test_there_is_none_if_something_else_has_changed(net: Net) -> None:
    after = net.task(NETS.replace("Dense(2)", "Dense(3)"), world=1)
    assert early_snapshot(after, net.whole(NETS), Stop()) is None


def edited(text: str, drawn: random.Random) -> str:
    """Delete, repeat or insert a line, change a number, or write one name for another."""
    lines = text.split("\n")
    at = drawn.randrange(len(lines))
    line = lines[at]
    numbers, names = list(re.finditer(r"\d+", line)), list(re.finditer(r"\b[a-z]\w*", line))
    kind = drawn.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, line)
    elif kind == 2:
        lines.insert(at, line[: len(line) - len(line.lstrip())] + "_ = 1")
    elif kind == 3 and numbers:
        found = drawn.choice(numbers)
        lines[at] = line[: found.start()] + str(drawn.randrange(1, 9)) + line[found.end() :]
    elif names:
        found, other = drawn.choice(names), drawn.choice(re.findall(r"\b[a-z]\w*", text))
        lines[at] = line[: found.start()] + other + line[found.end() :]
    return "\n".join(lines)


def programs() -> Iterator[str]:
    yield NETS
    for path in sorted((ROOT / "fixtures" / "broken").glob("*.py"))[::12]:
        yield path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", list(programs()))
def test_random_edits_give_early_what_the_whole_analysis_gives(
    net: Net, text: str, always: None
) -> None:
    drawn = random.Random(len(text))
    before, compared = net.whole(text), 0
    for _ in range(12):
        text = edited(before.program.text, drawn)
        after = snapshot_of(net.task(text), Stop())
        if after is None:
            continue  # no longer Python
        answer = early_snapshot(net.task(text), before, Stop())
        if answer is not None:
            assert places(*answer) == places(after), text
            compared += 1
        before = after
    assert compared


@pytest.mark.asyncio(loop_scope="module")
async def test_in_an_editor(client: LanguageClient, tmp_path: Path) -> None:
    file = File(client, tmp_path / "net.py").open(NETS)
    await file.diagnostics("KML111", line=8)
    file.insert(3, 0, "\n")
    await file.diagnostics("KML111", line=9)
    last = NETS.count("\n") - 1
    file.insert(last, 4, "layers.Add()([x, grow(x, 9)]); ")
    shown = await file.diagnostics("KML111", "KML111")
    assert {each.range.start.line for each in shown} == {9, last}
