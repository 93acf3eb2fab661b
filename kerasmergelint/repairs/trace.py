"""How a program got to a finding: the calls that made the operands, and the variables in sight."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.protocol import Hazard, Problem, TensorKind
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import Node, Recipe, Site, TensorV, parts_of
from kerasmergelint.tracker.values.value import Value

Dims = tuple[object, ...]
_FARTHEST = 400


@dataclass(frozen=True, slots=True)
class Variables:
    """The tensors that a function in progress has names for, with their dimensions; and lists of tensors.

    ``data`` are those that have numbers: arrays, and tensors that are not symbolic.
    """

    path: str
    shapes: dict[str, Dims]
    lists: tuple[str, ...] = ()
    data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What is noted at the moment of a failure."""

    operands: tuple[TensorV, ...]
    frames: tuple[Variables, ...]


class Unproved(BaseException):
    """Ends the trial of a change that does not help; nothing on the way may catch it."""


class Recording:
    """What is asked at each failure: it notes how the program got there.

    With ``known`` places of failures, the first other one ends the run.
    """

    def __init__(self, known: Callable[[str, Site], bool] | None = None) -> None:
        self._known = known
        self.met: list[Site] = []

    def __call__(
        self,
        interp: Interpreter,
        problem: Problem | Hazard,
        recipe: Recipe | None,
        site: Site,
        operands: Value,
    ) -> Record | None:
        self.met.append(site)
        if self._known is not None:
            failed = isinstance(problem, Problem) and not interp.path.taken
            if failed and not self._known(site.module.path, site):
                raise Unproved
            return None
        frames = tuple(_variables(frame) for frame in reversed(interp.frames))
        return Record(_tensors(recipe, operands), frames)


def _tensors(recipe: Recipe | None, operands: Value) -> tuple[TensorV, ...]:
    """The tensors that go into a call."""
    nest = operands
    if recipe is not None:
        given = (*recipe.args, *recipe.keywords.values())
        nest = (recipe.subject, *given) if isinstance(recipe.subject, TensorV) else given
    return tuple(leaf for leaf in leaves(nest) if isinstance(leaf, TensorV))


def _variables(frame: Frame) -> Variables:
    variables = frame.scope.variables
    lists = tuple(name for name, value in variables.items() if _holds_tensors(value))
    data = tuple(name for name, value in variables.items() if _is_data(value))
    return Variables(frame.module.path, _shapes(variables), lists, data)


def _is_data(value: Value) -> bool:
    return isinstance(value, TensorV) and value.spec.kind in (TensorKind.ARRAY, TensorKind.EAGER)


def _holds_tensors(value: Value) -> bool:
    if isinstance(value, ListV):
        return any(isinstance(item, TensorV) for item in value.items)
    return isinstance(value, DictV) and any(isinstance(v, TensorV) for v in value.items.values())


def _shapes(variables: dict[str, Value]) -> dict[str, Dims]:
    return {
        name: value.spec.dims
        for name, value in variables.items()
        if isinstance(value, TensorV) and value.spec.dims is not None
    }


@dataclass(slots=True)
class TracedCall:
    """A call that the operands come from: how many calls lie between, and which operands it leads to."""

    site: Site
    label: str
    depth: int
    sides: set[int] = field(default_factory=set)
    outputs: Dims | None = None

    @property
    def origin(self) -> ast.expr | None:
        node = self.site.node
        origin = None if node is None else node.origin
        return origin if isinstance(origin, ast.expr) else None


def calls_behind(operands: tuple[TensorV, ...]) -> list[TracedCall]:
    """The calls that made the operands, the nearest first; each place in the program once."""
    found: dict[int, TracedCall] = {}
    for side, operand in enumerate(operands):
        for node, depth in _ancestors(operand):
            key = id(node.site.node)
            call = found.get(key)
            if call is None:
                call = found[key] = TracedCall(node.site, node.label, depth, outputs=_dims(node))
            call.depth = min(call.depth, depth)
            call.sides.add(side)
    return sorted(found.values(), key=lambda call: call.depth)


def _ancestors(operand: TensorV) -> Iterator[tuple[Node, int]]:
    """The calls that lead to a tensor, by their distance, the nearest first."""
    seen: set[int] = set()
    level, depth = [operand], 1
    while level and len(seen) < _FARTHEST:
        further: list[TensorV] = []
        for tensor in level:
            if tensor.node is not None and id(tensor.node) not in seen:
                seen.add(id(tensor.node))
                yield tensor.node, depth
                further += [part for part in parts_of(tensor.node) if isinstance(part, TensorV)]
        level, depth = further, depth + 1


def _dims(node: Node) -> Dims | None:
    first = next((leaf for leaf in leaves(node.outputs) if isinstance(leaf, TensorV)), None)
    return None if first is None else first.spec.dims
