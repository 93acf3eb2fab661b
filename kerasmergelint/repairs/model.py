"""What a repair is: edits of texts, and whether they keep the meaning of the program."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Iterable, Iterator, Mapping

from kerasmergelint.dataclass import dataclass


class Safety(enum.Enum):
    """Whether a program means the same after a repair."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The characters from ``start`` to ``end`` of a file's text are replaced; both count from 0."""

    path: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change that may mend a finding.  The cheapest ones are tried first.

    ``title`` says it in words that follow "repair: ".  Changes that are ``alike`` may be needed at several
    places at once, in both branches, say.
    """

    title: str
    edits: tuple[Edit, ...]
    cost: float
    safety: Safety = Safety.UNSAFE
    alike: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """A candidate that was proved, by the name of its family.

    ``outputs`` are the shapes of the outputs of the models that the program then builds, as far as
    they are known.
    """

    title: str
    edits: tuple[Edit, ...]
    cost: float
    safety: Safety
    family: str
    outputs: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it changes."""
        return tuple(dict.fromkeys(edit.path for edit in self.edits))


def overlap(one: Iterable[Edit], other: Iterable[Edit]) -> bool:
    """Whether two sets of edits get in each other's way; the same edit twice does not.

    >>> overlap([Edit("a.py", 3, 5, "x")], [Edit("a.py", 4, 8, "y")])
    True
    """
    return any(
        a != b
        and a.path == b.path
        and ((a.start < b.end and b.start < a.end) or a.start == b.start)
        for a in one
        for b in other
    )


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits carried out, each once; they must not overlap.

    >>> edited("Dense(5)", [Edit("net.py", 6, 7, "7")])
    'Dense(7)'
    """
    for edit in sorted(set(edits), reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def span_of(text: str, edit: Edit) -> tuple[int, int, int, int]:
    """Where an edit begins and ends: lines from 1, columns from 0, in characters.

    >>> span_of("x = 1\\ny = Dense(5)", Edit("net.py", 16, 17, "7"))
    (2, 10, 2, 11)
    """
    first = text.rfind("\n", 0, edit.start) + 1
    last = text.rfind("\n", 0, edit.end) + 1
    lines = (text.count("\n", 0, end) + 1 for end in (edit.start, edit.end))
    start_line, end_line = lines
    return start_line, edit.start - first, end_line, edit.end - last


def differences(path: str, old: str, new: str) -> Iterator[Edit]:
    """The edits that lead from one text to another, line by line, without what is the same.

    >>> list(differences("net.py", "a\\nDense(5)\\n", "a\\nDense(7)\\n"))
    [Edit(path='net.py', start=8, end=9, replacement='7')]
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        start = sum(map(len, before[:first]))
        was, now = "".join(before[first:last]), "".join(after[begin:stop])
        same = _common(was, now)
        ending = _common(was[same:][::-1], now[same:][::-1])
        yield Edit(path, start + same, start + len(was) - ending, now[same : len(now) - ending])


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other))
    )


def by_file(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """The new texts of the files that edits change."""
    grouped: dict[str, list[Edit]] = {}
    for edit in edits:
        grouped.setdefault(edit.path, []).append(edit)
    return {path: edited(texts[path], group) for path, group in grouped.items()}


def line_after(text: str, edits: Iterable[Edit], line: int) -> int:
    """The number that a line has after edits of its file.

    >>> line_after("a\\nb\\n", [Edit("net.py", 0, 0, "import c\\n")], 2)
    3
    """
    starts = 0
    for _ in range(line - 1):
        starts = text.find("\n", starts) + 1
    moved = (
        edit.replacement.count("\n") - text.count("\n", edit.start, edit.end)
        for edit in set(edits)
        if edit.start < starts or (edit.start == starts and edit.replacement.endswith("\n"))
    )
    return line + sum(moved)
