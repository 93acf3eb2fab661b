"""What is known about a program from its last good analysis, by place."""

from __future__ import annotations

from collections.abc import Iterator

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.findings import Places
from kerasmergelint.server.offers import Offers
from kerasmergelint.server.positions import Position
from kerasmergelint.server.program import Program, range_of
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.source import NOWHERE, Span
from kerasmergelint.tracker.machine.events import Merge
from kerasmergelint.tracker.program.contracts.contract import Contract
from kerasmergelint.tracker.program.noting import Noted, Notes
from kerasmergelint.tracker.program.report import Report
from kerasmergelint.tracker.values.graph import Site

# A call over more lines than this is found only by the first of them.
_MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Fact:
    """An expression, where it is in the program, and what it is."""

    span: Span
    noted: Noted

    @property
    def node(self) -> ir.Node:
        node: ir.Node = self.noted.site.node
        return node


@dataclass(slots=True)
class Index:
    """The facts about a program, by line."""

    facts: list[Fact] = field(default_factory=list)
    lines: dict[int, list[Fact]] = field(default_factory=dict)

    def add(self, fact: Fact) -> None:
        self.facts.append(fact)
        last = min(fact.span.end_line, fact.span.line + _MOST_LINES)
        for line in range(fact.span.line, last + 1):
            self.lines.setdefault(line, []).append(fact)

    def at(self, position: Position) -> list[Fact]:
        """The facts about what is there, innermost first."""
        found = [
            fact
            for fact in self.lines.get(position.line + 1, ())
            if range_of(fact.span).holds(position)
        ]
        return sorted(found, key=lambda fact: _extent(fact.span))

    def between(self, first: int, last: int) -> Iterator[Fact]:
        """The facts about what begins on these lines, counted from 0."""
        for line in range(first + 1, last + 2):
            yield from (fact for fact in self.lines.get(line, ()) if fact.span.line == line)


def _extent(span: Span) -> tuple[int, int]:
    return span.end_line - span.line, span.end_column - span.column


@dataclass(slots=True)
class Snapshot:
    """A program as it was analysed last, and what came of it.

    ``folder`` is the client's folder that it belongs to; ``world`` is that of its task; ``verdicts`` is
    a report with the verdict on every merge and the contract of every function, and ``offers`` are the
    repairs, once there was time.
    """

    program: Program
    folder: str
    report: Report
    notes: Notes
    findings: list[Finding]
    world: int = 0
    offers: Offers | None = None
    verdicts: Report | None = None
    summaries: dict[int, str] = field(default_factory=dict)
    _index: Index | None = None

    @property
    def index(self) -> Index:
        if self._index is None:
            self._index = self._made_index()
        return self._index

    def _made_index(self) -> Index:
        places, index = Places(self.report), Index()
        for noted in self.notes.places.values():
            span = places.span(noted.site)
            if span is not NOWHERE:
                index.add(Fact(span, noted))
        return index

    def span(self, site: Site) -> Span:
        return Places(self.report).span(site)

    def is_own(self, site: Site) -> bool:
        """Whether a place is in the program itself, not in a file that it imports."""
        return site.node is not None and site.module.path == self.notes.path

    def merges(self) -> Iterator[tuple[Span, Merge]]:
        """The merges of the program, where they are."""
        report = self.verdicts or self.report
        places = Places(report)
        for merge in report.merges.values():
            if places.in_main(merge.site) and merge.site.node is not None:
                yield places.span(merge.site), merge

    def contract_at(self, line: int) -> Contract | None:
        """The contract of the function that begins on a line, counted from 1."""
        if self.verdicts is None:
            return None
        places = Places(self.verdicts)
        for contract in self.verdicts.contracts:
            if places.in_main(contract.site) and places.span(contract.site).line == line:
                return contract
        return None


def merges_at(snapshot: Snapshot, position: Position) -> tuple[Span, Merge] | None:
    """The innermost merge that a position is in."""
    around = [(span, merge) for span, merge in snapshot.merges() if range_of(span).holds(position)]
    size = lambda found: (found[0].end_line - found[0].line, found[0].end_column - found[0].column)  # noqa: E731
    return min(around, key=size, default=None)
