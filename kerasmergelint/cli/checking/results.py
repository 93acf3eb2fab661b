"""What comes of checking: findings with their programs, verdicts, contracts, and what was not read."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kerasmergelint.cache.entry import Kept
from kerasmergelint.cli.checking.project import MergeVerdict, Told
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.files import Answer, Question
from kerasmergelint.rules.finding import Finding
from kerasmergelint.syntax.unread import Unread

if TYPE_CHECKING:
    from kerasmergelint.repairs.model import Repair


@dataclass(frozen=True, slots=True)
class Analysed:
    """The result of an analysis.

    ``answers`` is what the file system answered, or None if the result must not be cached; ``given_up``
    says why there was no analysis, ``unread`` why there could be none.  ``errors`` are bugs of ours.
    """

    kept: Kept
    answers: Mapping[Question, Answer] | None = None
    given_up: str = ""
    unread: Unread | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, and the program that it is in.

    ``fingerprint`` stays the same when the line moves: it is a hash of the file name, the code and the text
    of the line.  ``reached_from`` is the checked file that led to a finding in another one;
    ``repairs`` has the proved ones, if asked for.
    """

    finding: Finding
    source: Source
    fingerprint: str = ""
    reached_from: str | None = None
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionContract:
    """What a function asks of its parameters, in words; ``source`` has no text."""

    source: Source
    line: int
    name: str
    parameters: str
    condition: str


class Lists(enum.Flag):
    """What is listed besides findings."""

    NOTHING = 0
    VERDICTS = enum.auto()
    CONTRACTS = enum.auto()


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that could not be read to its end; ``source`` has no text."""

    source: Source
    why: Unread

    @property
    def words(self) -> str:
        """The message for the user."""
        return self.why.of(self.source.shown)


@dataclass(frozen=True, slots=True)
class InternalError:
    """A bug of ours that was met in a file; ``source`` has no text."""

    source: Source
    words: str


@dataclass(slots=True)
class Checked:
    """The results for some programs, or for all of them.

    ``keras`` counts the files by the version assumed, ``more`` the findings that naming one would add;
    ``errors`` are the bugs of ours that were met.
    """

    findings: list[Located] = field(default_factory=list)
    merges: list[MergeVerdict] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    contracts: list[FunctionContract] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unread: list[UnreadFile] = field(default_factory=list)
    keras: Counter[str] = field(default_factory=Counter)
    more: Counter[str] = field(default_factory=Counter)
    errors: list[InternalError] = field(default_factory=list)
    files: int = 0
    complete: bool = True

    def add(self, other: Checked) -> None:
        self.findings.extend(other.findings)
        self.told.extend(other.told)
        self.contracts.extend(other.contracts)
        self.remarks.extend(other.remarks)
        self.unread.extend(other.unread)
        self.keras.update(other.keras)
        self.more.update(other.more)
        self.files += other.files
        self.errors.extend(other.errors)
        self.complete = self.complete and other.complete
