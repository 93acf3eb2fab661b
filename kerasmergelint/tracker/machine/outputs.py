"""What one run finds out."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.tracker.machine.events import Call, Demand, Event, Merge
from kerasmergelint.tracker.values.graph import Node
from kerasmergelint.tracker.values.objects import ClassV, FunctionV
from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class Reported:
    """How much a run had reported at some moment."""

    events: int
    merges: int
    demands: int


@dataclass(slots=True)
class Outputs:
    """What a run found out, besides the state that it leaves.

    ``cut`` says that the run is incomplete, ``failed`` that there was a failure although no event says so,
    ``ended`` that no run goes beyond the place where this one ended.
    """

    events: list[Event] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    models: list[Value] = field(default_factory=list)
    row_joins: list[Node] = field(default_factory=list)
    batch_sizes: set[int] = field(default_factory=set)  # that models are trained or tested on
    pending: list[tuple[Event, set[int]]] = field(default_factory=list)
    functions: list[FunctionV] = field(default_factory=list)
    hidden: list[FunctionV] = field(default_factory=list)  # behind decorators that are not known
    classes: list[ClassV] = field(default_factory=list)
    # of models that were run on data of some shapes, and did not fail
    first_runs: dict[tuple[object, ...], Value] = field(default_factory=dict)
    cut: bool = False
    failed: bool = False
    ended: bool = False

    @property
    def failures(self) -> int:
        """How many events there are after which the program does not go on; it does after a hazard."""
        return sum(isinstance(event.problem, Problem) for event in self.events)

    @property
    def reported(self) -> Reported:
        return Reported(len(self.events), len(self.merges), len(self.demands))

    def take_back(self, since: Reported) -> None:
        """Drop what was reported since then."""
        del self.events[since.events :]
        del self.merges[since.merges :]
        del self.demands[since.demands :]
