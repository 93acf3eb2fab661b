"""Which calls and operators were run, to tell merges that no path reaches from what merges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.merge_call import Evidence, MergeCall
from kerasmergelint.syntax.merge_calls import merge_calls
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.syntax.source import Span
from kerasmergelint.tracker.keras import literals_beside, operations
from kerasmergelint.tracker.machine.interpreter import Equipment
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.stoppable import Stoppable
from kerasmergelint.tracker.values.constants import is_number
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.scope import ModuleV
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value

_BY_NAME = (Evidence.CALLEE, Evidence.OPERANDS)

# The first few runs of a place are typical of the rest.
_LOOKS = 8
_PARTS = 20


@dataclass(slots=True)
class Ran:
    """A call or operator that was run, and which of its parts were unknown.

    ``resolved`` if a run knew what is called.
    """

    site: Site
    looks: int = 0
    resolved: bool = False
    unknown_callee: str = ""
    unknown_operand: str = ""
    unknown_result: str = ""


@dataclass(slots=True)
class Watched:
    """Everything that was run, by node; ``code`` is that of the file itself."""

    code: ir.ModuleCode | None = None
    places: dict[int, Ran] = field(default_factory=dict)
    _named: dict[int, bool] = field(default_factory=dict)
    _spans: frozenset[Span] | None = None

    def combines_by_name(self, site: Site) -> bool:
        """Whether the names in the file tell that something combines tensors."""
        code, node = self.code, site.node
        if code is None or node is None or site.module.path != code.path:
            return False
        known = self._named.get(id(node))
        if known is None:
            if self._spans is None:
                calls = listed(code, site.module)
                self._spans = frozenset(one.span for one in calls if one.evidence in _BY_NAME)
            known = self._named[id(node)] = span_in(code, node) in self._spans
        return known

    def note(self, site: Site | None, callee: Value, operands: tuple[Value, ...]) -> Ran | None:
        """Note what is about to run; calls that only we make have no place in the file."""
        if site is None or site.node is None:
            return None
        ran = self.places.get(id(site.node))
        if ran is None:
            ran = self.places[id(site.node)] = Ran(site)
        ran.resolved = ran.resolved or not isinstance(callee, UnknownV)
        if ran.looks < _LOOKS:
            ran.looks += 1
            ran.unknown_callee = ran.unknown_callee or _why_unknown((callee,))
            ran.unknown_operand = ran.unknown_operand or _why_unknown(operands)
        return ran

    def within(self, path: str) -> Iterator[Ran]:
        """What was run in one file."""
        return (ran for ran in self.places.values() if ran.site.module.path == path)


def listed(code: ir.ModuleCode, module: ModuleV) -> Sequence[MergeCall]:
    """The calls and operators in a file that may combine tensors, by the names that it has by now."""
    if "import *" not in code.source.text:
        return merge_calls(code)
    names = module.scope.variables.items()
    starred = ((name, value.dotted) for name, value in names if type(value) is External)
    return merge_calls(code, frozenset(starred))


def _why_unknown(values: tuple[Value, ...]) -> str:
    """The reason of the first unknown value, also within a list."""
    for value in values:
        if isinstance(value, ListV) and value.open:
            return value.reason or "a list that is not fully known"
        parts = value.items if isinstance(value, ListV) else value
        for part in parts[:_PARTS] if isinstance(parts, (list, tuple)) else (value,):
            if isinstance(part, UnknownV):
                return part.reason
    return ""


class Watching(Stoppable):
    """An interpreter that notes what it runs, where that can be a merge."""

    def __init__(self, equipment: Equipment, watched: Watched, stop: Stop) -> None:
        super().__init__(equipment, stop)
        self.explaining = True
        self._watched = watched

    def call(self, callee: Value, args: Args, keywords: Keywords, site: Site) -> Value:
        ran = self._watched.note(site, callee, (*args, *keywords.values()))
        result = super().call(callee, args, keywords, site)
        if ran is not None:
            ran.unknown_result = ran.unknown_result or _why_unknown((result,))
        return result

    def operated(self, left: Value, right: Value, site: Site) -> None:
        left, right = self.resolve(left), self.resolve(right)
        number = is_number(left) or is_number(right)  # which fits whatever the other one is
        self._watched.note(site, None, () if number else (left, right))
        literals_beside.note(self, left, right, site.node)
        if self.on_operator is not None:
            self.on_operator(left, right, site)
        unknown = isinstance(left, UnknownV) and isinstance(right, UnknownV)
        if unknown and not number and self.combines_by_name(site):
            operator = _operator(site.node)
            if operator:
                operations.note_unknowns(self, operator, (left, right), site)

    def combines_by_name(self, site: Site) -> bool:
        return self._watched.combines_by_name(site)

    def iterate(self, value: Value, site: Site) -> list[Value] | None:
        self._watched.note(site, None, ())  # ``x += y`` on a list merges nothing
        return super().iterate(value, site)


def _operator(node: object) -> str:
    """The operator of which shapes can make a failure."""
    if isinstance(node, (ir.BinOp, ir.AugAssign)):
        return node.op
    if isinstance(node, ir.Compare) and len(node.ops) == 1 and node.ops[0] in _ORDER:
        return node.ops[0]
    return ""


_ORDER = frozenset({"<", "<=", ">", ">="})
