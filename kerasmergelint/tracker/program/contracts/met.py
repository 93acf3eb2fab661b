"""Unknown values that go into layers: for verdicts they are taken for tensors with named sizes."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import Dim, Expr, Shape, symbol
from kerasmergelint.shapes.dim import is_readable
from kerasmergelint.tracker.keras.ranks import RANKS, taken_by
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.asking import FAILS, Use, follows_failure
from kerasmergelint.tracker.machine.events import Merge, Verdict
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.terms import text
from kerasmergelint.tracker.values.value import UnknownV, Value


def sizes(name: str, rank: int) -> tuple[Dim, ...]:
    """The sizes of a tensor: an open batch, axes that count from the left, and the last.

    >>> print(*sizes("x", 4))
    None x[1] x[2] x[-1]
    """
    between: list[Expr] = [symbol(f"{name}[{axis}]", positive=True) for axis in range(1, rank - 1)]
    return (None, *between, symbol(f"{name}[-1]", positive=True))


@dataclass(slots=True)
class TensorsMet:
    """An asker that gives shapes to what a layer is called on.

    An input that several ranks fit gets ``rank``, if that is set; ``any_rank`` says whether there was
    one.
    """

    interp: Interpreter
    rank: int | None = None
    any_rank: bool = False
    leads: bool = False
    names: set[str] = field(default_factory=set)

    def asked(self, value: Value, use: Use, by: object = None) -> None:
        """Suppose the shape of an input that only one layer, and no other tensor, tells of."""
        if use is not Use.TENSOR or not isinstance(by, LayerV) or not isinstance(value, UnknownV):
            return
        if follows_failure(value):
            return
        taken = taken_by(by)
        self.any_rank = self.any_rank or len(taken) > 1
        rank = min(taken) if len(taken) == 1 else self.rank
        if rank is not None and rank in taken:
            self._suppose(value, rank)

    def goes_in(self, value: Value, declared: Value) -> None:
        """Suppose that an input of a model has as many axes as the declared one; others it refuses."""
        dims = declared.spec.dims if isinstance(declared, TensorV) else None
        if dims and isinstance(value, UnknownV) and not follows_failure(value):
            self._suppose(value, len(dims))

    def _suppose(self, value: UnknownV, rank: int) -> None:
        if value.term is not None:
            spec = TensorSpec(Shape(sizes(self._name(value), rank)), kind=TensorKind.ANY)
            self.interp.path.equal[value.term] = TensorV(spec)

    def _name(self, value: UnknownV) -> str:
        """The variable that holds the value, if nothing else in this run has its name."""
        here = self.interp.frame
        scope, others = here.scope, [f for f in self.interp.frames if f is not here]
        taken = {p.name for f in others if f.code is not None for p in f.code.parameters}
        taken.update(self.names, map(text, self.interp.path.equal))
        name = next((n for n, held in scope.variables.items() if held == value), "")
        if not name or name in taken or not is_readable(name):
            return text(self.interp.opaque_term())
        self.names.add(name)
        return name

    def enters_rounds(self) -> None:
        """Loops are followed as in any other run."""

    def leaves_rounds(self) -> None:
        """Loops are followed as in any other run."""


def every_rank(interp: Interpreter, run: Callable[[], Outputs | None]) -> list[Outputs]:
    """A run for each rank that the unknown inputs can have; none at all if one of them is incomplete.

    The program does not use a rank with which something fails: only the failing merges of that run count.
    """
    found: list[Outputs] = []
    for rank in RANKS:
        met = TensorsMet(interp, rank)
        with aside.supposing(interp, met):
            outputs = run()
        if outputs is None or outputs.cut:
            return []
        if outputs.failed:
            outputs.merges = [m for m in outputs.merges if _is_at_fault(m)]
        found.append(outputs)
        if not met.any_rank:
            break
    return found


def _is_at_fault(merge: Merge) -> bool:
    return merge.verdict is Verdict.UNKNOWN and not is_behind_failure(merge)


def is_behind_failure(merge: Merge) -> bool:
    """Whether a merge is unknown because a call before it fails."""
    why = merge.reason if merge.suspect is None else merge.suspect.reason
    return merge.verdict is Verdict.UNKNOWN and why.endswith(FAILS)
