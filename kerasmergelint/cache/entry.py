"""Entries as bytes, and back: a header with a checksum, then JSON.

What is read is never trusted: anything but the exact form that we write is :class:`Malformed`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from hashlib import blake2b
from typing import TypeVar

from kerasmergelint.dataclass import dataclass
from kerasmergelint.files import KINDS, OF_PACKAGES, Answer, Question
from kerasmergelint.regex import regex
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.operand import OperandInfo
from kerasmergelint.rules.place import Place
from kerasmergelint.tracker.machine.witness import Given

_HEAD = b"kerasmergelint 1 "
_CODE = regex(r"KML[0-9]{3}")
_MOST_LINES = 1 << 31

T = TypeVar("T")
Check = Callable[[object], object]


class Malformed(ValueError):
    """Not an entry of ours, or a damaged one."""


@dataclass(frozen=True, slots=True)
class KeptMerge:
    """A merge, and its verdict; ``reason`` is the condition of a conditional one."""

    line: int
    column: int
    end_line: int
    end_column: int
    callee: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeptContract:
    """What a function asks of its parameters; ``parameters`` lists them, in brackets."""

    line: int
    name: str
    parameters: str
    condition: str


@dataclass(frozen=True, slots=True)
class KeptFunction:
    """A function: its file, and the line that it begins in."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class KeptReach:
    """The verdict of an entry of the file on a merge, which may be in another file.

    ``entry`` is the line of its function, or None for the file run as a program. A merge in another
    file is reached by the calls on these lines, ``through`` these functions; ``doors`` are the lines of
    the first ones in the file of the merge. ``direct``: it stands in the function of the entry itself,
    so that whatever reaches it comes through there.
    """

    entry: int | None
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    callee: str
    verdict: str
    reason: str
    calls: tuple[int, ...] = ()
    through: tuple[KeptFunction, ...] = ()
    doors: tuple[int, ...] = ()
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """The result of linting a file; merges and contracts are listed only for ``check``.

    ``keras`` says which version was assumed, and why; assuming ``choice``, the newest possible one,
    adds ``more`` findings. ``general`` has the verdicts that hold for every caller of an entry,
    ``left_out`` the files whose calls were not all followed.
    """

    findings: tuple[Finding, ...]
    merges: tuple[KeptMerge, ...] = ()
    contracts: tuple[KeptContract, ...] = ()
    keras: str = ""
    reaches: tuple[KeptReach, ...] = ()
    general: tuple[KeptReach, ...] = ()
    left_out: tuple[str, ...] = ()
    choice: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept, and the answers that it rests on."""

    kept: Kept
    answers: Mapping[Question, Answer]


def encode(entry: Entry) -> bytes:
    """The content of a file."""
    asked: dict[str, dict[str, Answer]] = {}
    for (kind, subject), answer in entry.answers.items():
        asked.setdefault(kind, {})[subject] = answer
    document = {
        "asked": asked,
        "findings": [asdict(finding) for finding in entry.kept.findings],
        "merges": [asdict(merge) for merge in entry.kept.merges],
        "contracts": [asdict(contract) for contract in entry.kept.contracts],
        "keras": entry.kept.keras,
        "reaches": [asdict(reach) for reach in entry.kept.reaches],
        "general": [asdict(reach) for reach in entry.kept.general],
        "left_out": list(entry.kept.left_out),
        "choice": entry.kept.choice,
        "more": entry.kept.more,
    }
    body = json.dumps(document, separators=(",", ":")).encode()
    return _HEAD + _checksum(body) + b"\n" + body


def decode(content: bytes) -> Entry:
    """The entry in a file; raises :class:`Malformed`."""
    head, _, body = content.partition(b"\n")
    if head != _HEAD + _checksum(body):
        raise Malformed("the first line")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("the document") from error
    if not isinstance(document, dict) or document.keys() != _PARTS:
        raise Malformed("the document")
    kept = Kept(
        _each(_finding)(document["findings"]),
        _each(_merge)(document["merges"]),
        _each(_contract)(document["contracts"]),
        _one_line(document["keras"]),
        _each(_reach)(document["reaches"]),
        _each(_reach)(document["general"]),
        _each(_text)(document["left_out"]),
        _one_line(document["choice"]),
        _from(0)(document["more"]),
    )
    return Entry(kept, _asked(document["asked"]))


def _checksum(body: bytes) -> bytes:
    return blake2b(body, digest_size=20).hexdigest().encode()


# -- parts --------------------------------------------------------------------------------------


def _asked(value: object) -> dict[Question, Answer]:
    answers: dict[Question, Answer] = {}
    for kind, subjects in _is(dict, value).items():
        if kind not in KINDS:
            raise Malformed(kind)
        for subject, answer in _is(dict, subjects).items():
            if kind not in OF_PACKAGES and not os.path.isabs(subject):
                raise Malformed(subject)
            answers[kind, subject] = _answer(answer)
    return answers


def _answer(value: object) -> Answer:
    if value is None or isinstance(value, (bool, str)):
        return value
    raise Malformed("an answer")


def _is(kind: type[T], value: object) -> T:
    if type(value) is not kind:
        raise Malformed(kind.__name__)
    return value


def _text(value: object) -> str:
    return _is(str, value)


def _one_line(value: object) -> str:
    if len(_text(value).splitlines()) > 1:
        raise Malformed("a line")
    return _text(value)


def _flag(value: object) -> bool:
    return _is(bool, value)


def _code(value: object) -> str:
    if not _CODE.fullmatch(_text(value)):
        raise Malformed("a code")
    return _text(value)


def _from(smallest: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        if not smallest <= _is(int, value) < _MOST_LINES:
            raise Malformed("a number")
        return _is(int, value)

    return check


def _or_none(check: Callable[[object], T]) -> Callable[[object], T | None]:
    return lambda value: None if value is None else check(value)


def _each(check: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    return lambda value: tuple(check(item) for item in _is(list, value))


def _of(cls: type[T], checks: Mapping[str, Check]) -> Callable[[object], T]:
    def check(value: object) -> T:
        given = _is(dict, value)
        if given.keys() != checks.keys():
            raise Malformed(cls.__name__)
        return cls(**{name: checks[name](given[name]) for name in checks})

    return check


_line, _column = _from(1), _from(0)

PLACE: Mapping[str, Check] = {
    "path": _text, "line": _line, "column": _column,
    "end_line": _or_none(_line), "end_column": _or_none(_column),
}  # fmt: skip
_place = _of(Place, PLACE)

OPERAND: Mapping[str, Check] = {
    "name": _or_none(_text), "shape": _text, "line": _or_none(_line), "file": _or_none(_text),
    "made_at": _or_none(_place),
}  # fmt: skip

GIVEN: Mapping[str, Check] = {
    "name": _or_none(_text), "value": _text, "reason": _text, "tensor": _flag, "parameter": _flag,
}  # fmt: skip

FINDING: Mapping[str, Check] = {
    "code": _code, "path": _text, "line": _line, "column": _column, "message": _one_line,
    "operands": _each(_of(OperandInfo, OPERAND)), "stack": _each(_place),
    "end_line": _or_none(_line), "end_column": _or_none(_column), "sure": _flag,
    "callee": _text, "conflict": _text, "repair": _text, "witness": _each(_of(Given, GIVEN)),
    "written_for": _text,
}  # fmt: skip
_finding = _of(Finding, FINDING)


def _verdict(value: object) -> str:
    if value not in ("safe", "conditional", "broken", "unknown"):
        raise Malformed("a verdict")
    return _text(value)


_SPAN: Mapping[str, Check] = {
    "line": _line, "column": _column, "end_line": _line, "end_column": _column,
}  # fmt: skip
MERGE: Mapping[str, Check] = {
    **_SPAN, "callee": _text, "verdict": _verdict, "reason": _text,
}  # fmt: skip
_merge = _of(KeptMerge, MERGE)

CONTRACT: Mapping[str, Check] = {
    "line": _line, "name": _text, "parameters": _text, "condition": _text,
}  # fmt: skip
_contract = _of(KeptContract, CONTRACT)

FUNCTION: Mapping[str, Check] = {"path": _text, "line": _line}
REACH: Mapping[str, Check] = {
    "entry": _or_none(_line), "path": _text, **_SPAN, "callee": _text, "verdict": _verdict,
    "reason": _text, "calls": _each(_line), "through": _each(_of(KeptFunction, FUNCTION)),
    "doors": _each(_line), "direct": _flag,
}  # fmt: skip
_reach = _of(KeptReach, REACH)
_PARTS = frozenset(
    {
        "asked",
        "choice",
        "contracts",
        "findings",
        "general",
        "keras",
        "left_out",
        "merges",
        "more",
        "reaches",
    }
)
