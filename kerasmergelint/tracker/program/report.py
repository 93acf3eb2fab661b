"""What an analysis found out about a file."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.files import Files
from kerasmergelint.keras_api.protocol import ABSENT_NAMES
from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.late import late
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.unread import Unread
from kerasmergelint.tracker.machine.bugs import Bugs
from kerasmergelint.tracker.machine.events import Call, Event, Merge
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.program.course import Course
from kerasmergelint.tracker.program.eras import Era
from kerasmergelint.tracker.program.foldings import Folding
from kerasmergelint.tracker.program.judging import note
from kerasmergelint.tracker.program.merge_keys import MergeKey
from kerasmergelint.tracker.program.reaching import Contributions
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.value import Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.program import unmet
    from kerasmergelint.tracker.program.contracts.contract import Contract
    from kerasmergelint.tracker.program.watching import Watched
else:
    unmet = late("kerasmergelint.tracker.program.unmet")


class Watch(enum.Enum):
    """What to find out besides failures and hazards."""

    NOTHING = "findings only"
    MERGES = "every merge has a verdict"
    CONTRACTS = "every function has a contract, too"


@dataclass(slots=True)
class Report:
    """What is known about a file after all runs.

    ``calls`` and ``models`` are those of the default run; calls are recorded by :func:`evaluate` only.
    ``failing`` are the entries, by name, that met events, also those that others had met before.
    ``built_before`` counts the models that the file itself built, before the expression was evaluated.
    ``codes`` are the files that the runs entered, for positions. ``complete`` is False if the budget
    or a bug of ours cut the analysis short, ``repeatable`` is False if that may not happen again.
    ``course``, kept for editors, is what each entry came to. ``files`` are the questions asked of the
    file system; ``watched`` is what was run, if that was asked for. ``unbound`` are the names in the
    expression that the program does not define, ``bound`` those that it does once the expression is
    reached; ``raised`` is the exception that ends the default run, ``unknown`` why the expression has
    no known value, both in words. ``keras`` says which versions were meant, and why. If ``choice`` is
    set, this one of them refuses calls that others take. If ``unread`` is set, all else is empty.
    """

    path: str
    unread: Unread | None = None
    module: ModuleV | None = None
    events: list[Event] = field(default_factory=list)
    failing: set[str] = field(default_factory=set)
    foldings: list[Folding] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    merges: dict[MergeKey, Merge] = field(default_factory=dict)
    contracts: list[Contract] = field(default_factory=list)
    contributions: Contributions = field(default_factory=Contributions)
    models: list[Value] = field(default_factory=list)
    built_before: int = 0
    codes: dict[str, ir.ModuleCode | None] = field(default_factory=dict)
    bugs: Bugs = field(default_factory=Bugs)
    keras: str = ""
    choice: KerasVersion | None = None
    era: Era = Era.KNOWN
    complete: bool = True
    has_unreached: bool = False
    repeatable: bool = True
    course: Course | None = None
    files: Files = field(default_factory=Files)
    interpreter: Interpreter | None = None
    watched: Watched | None = None
    unbound: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    raised: str = ""
    unknown: str = ""

    @property
    def errors(self) -> list[Exception]:
        """The bugs of ours that were met; what they left out is not known."""
        return self.bugs.met

    def concluded(self) -> Report:
        """The same report: after a bug it is not complete, and worth no place in the cache.

        Merges that no run decided are conditional if their operands have words for what they need.
        """
        for key, merge in self.merges.items():
            self.merges[key] = merge.settled.typed
        self.contributions.settle()
        if self.bugs.met:
            self.complete = self.repeatable = False
        return self

    @property
    def ends(self) -> bool:
        """Whether the program comes to its end in the default run."""
        return not self.raised or self.raised.partition(":")[0] == "SystemExit"

    def with_causes(self) -> Iterator[tuple[Event, str]]:
        """Each event, with what the file was written for if the event comes from that alone."""
        yield from ((event, "") for event in self.events)
        for folding in self.foldings:
            yield from ((event, folding.why) for event in folding.events)

    def text_of(self, path: str) -> str:
        """The text of a file that the runs entered; empty for any other."""
        code = self.codes.get(path)
        return "" if code is None else code.source.text

    def add_unreached(self) -> None:
        """Judge each merge that no run met: it is unknown, or has a name that Keras does not have."""
        module = self.module
        code = None if module is None else self.codes.get(module.path)
        if code is None or module is None or self.has_unreached:
            return
        self.has_unreached = True
        names = {
            event.problem.detail
            for event, _ in self.with_causes()
            if event.problem.kind in ABSENT_NAMES and event.site.module.path == module.path
        }
        for merge in list(unmet.unmet(code, module, self.merges.values(), self.watched, names)):
            note(self.merges, merge)
