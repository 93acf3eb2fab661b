"""The abstract interpreter: one run of one path through the program.

This module is the hub.  What a construct means stands in the module of that construct (statements,
expressions, calls, attributes, ...); they meet here, so that none of them has to import another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from kerasmergelint.keras_api.protocol import Broken, Hazard, KerasVersion, Problem
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import Shape
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras import layers
from kerasmergelint.tracker.machine.events import Call, Event, Merge
from kerasmergelint.tracker.machine.frames import Frame, Handlers, exception_family
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.python import (
    arithmetic,
    attributes,
    callables,
    conditions,
    expressions,
    iteration,
    statements,
    subscripts,
)
from kerasmergelint.tracker.values.graph import Names, Node, Recipe, Site, kept
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.signals import OutOfBudget, Raised, Signal
from kerasmergelint.tracker.values.terms import Term, opaque
from kerasmergelint.tracker.values.values import (
    MUTABLE,
    BoundMethod,
    ClassV,
    DictV,
    ExceptionV,
    FunctionV,
    Instance,
    ListV,
    SetV,
    UnknownV,
    Value,
)

if TYPE_CHECKING:
    from kerasmergelint.tracker.python.modules import Modules


Answer = TypeVar("Answer")
_HANDLERS = expressions.HANDLERS
_AS_BEFORE = nullcontext()


@dataclass(slots=True)
class Budget:
    """What all runs for one file may use together."""

    steps: int
    depth: int = 120
    used: int = 0

    @property
    def left(self) -> int:
        return self.steps - self.used


@dataclass(slots=True)
class Outputs:
    """What a run found out, besides the state that it leaves behind."""

    events: list[Event] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    models: list[Value] = field(default_factory=list)
    row_joins: list[Node] = field(default_factory=list)
    pending: list[tuple[Event, set[int]]] = field(default_factory=list)
    functions: list[FunctionV] = field(default_factory=list)
    classes: list[ClassV] = field(default_factory=list)


class Interpreter:
    """Runs lowered code on abstract values.

    ``version`` is the Keras that ``keras`` and ``tf.keras`` mean in this run.
    """

    def __init__(self, modules: Modules, budget: Budget, version: KerasVersion) -> None:
        self.modules = modules
        self.budget = budget
        self.version = version
        self.version_certain = True
        self.recording = True  # whether anybody wants to know of each call
        self.conditions = False  # whether to find out for which input sizes models work
        self.on_merge: Callable[[Node], None] | None = None
        self.heap = Heap()
        self.path = Path()
        self.outputs = Outputs()
        self.names = Names()
        self.frames: list[Frame] = []
        self.handlers: list[Handlers] = []
        self.entered: set[int] = set()
        self.image_data_format = "channels_last"
        self.dtype_policy: Value = "float32"
        self.widening = 0
        self.tracing = 0
        self.inside_custom = 0
        self.custom_calls: list[tuple[str, Site]] = []
        self.recorder: Recorder | None = None
        self.declared: Mapping[str, Shape] = {}
        self._opaque = 0
        self._site_questions: dict[int, int] = {}

    def begin(self, path: Path, outputs: Outputs) -> None:
        """Prepare for another run; what is loaded and entered stays."""
        self.path = path
        self.outputs = outputs
        self.names = Names()
        self.handlers = []
        self.image_data_format = "channels_last"
        self.dtype_policy = "float32"
        self.widening = self.tracing = self.inside_custom = 0
        self.custom_calls = []
        self._site_questions = {}

    def speaking(self, version: KerasVersion | None) -> AbstractContextManager[None]:
        """Within a call whose name spells out the version of Keras (None if it does not)."""
        if version is None or (version is self.version and self.version_certain):
            return _AS_BEFORE
        return self._speaking(version)

    @contextmanager
    def _speaking(self, version: KerasVersion) -> Iterator[None]:
        saved = self.version, self.version_certain
        self.version, self.version_certain = version, True
        try:
            yield
        finally:
            self.version, self.version_certain = saved

    def apply(self, rule: Callable[[KerasVersion], Answer]) -> Answer:
        """The answer of a rule; Broken only if every version that may be meant refuses."""
        try:
            return rule(self.version)
        except Broken as broken:
            if self.version_certain:
                raise
            other = KerasVersion.V2 if self.version in V3 else KerasVersion.V3
            try:
                return rule(other)
            except Broken:
                raise broken from None

    @contextmanager
    def aside(self) -> Iterator[None]:
        """A call that the program does not make: what it changes and finds is forgotten again."""
        outputs = self.outputs
        mark = self.heap.mark()
        self.outputs = Outputs()
        self.tracing += 1
        try:
            yield
        finally:
            self.tracing -= 1
            self.outputs = outputs
            self.heap.rollback_to(mark)

    # -- running -----------------------------------------------------------------------------

    def step(self) -> None:
        """Account for a unit of work."""
        self.budget.used += 1
        if self.budget.used > self.budget.steps:
            raise OutOfBudget

    @property
    def frame(self) -> Frame:
        return self.frames[-1]

    def enter(self, frame: Frame) -> None:
        """Put a frame on top of the stack, from which the caller takes it again."""
        if len(self.frames) >= self.budget.depth:
            raise OutOfBudget
        self.frames.append(frame)

    @contextmanager
    def within(self, frame: Frame) -> Iterator[Frame]:
        """Run with this frame on top of the stack."""
        self.enter(frame)
        try:
            yield frame
        finally:
            self.frames.pop()

    def execute(self, body: Sequence[ir.Statement]) -> Signal:
        return statements.execute(self, body)

    def evaluate(self, expression: ir.Expression) -> Value:
        return _HANDLERS[type(expression)](self, expression)

    def assign(self, target: ir.Expression, value: Value) -> None:
        statements.assign(self, target, value)

    # -- operations on values ----------------------------------------------------------------

    def call(
        self, callee: Value, args: list[Value], keywords: dict[str, Value], site: Site
    ) -> Value:
        return callables.call(self, callee, args, keywords, site)

    def attribute(self, value: Value, name: str, site: Site) -> Value:
        return attributes.get(self, value, name, site)

    def set_attribute(self, value: Value, name: str, content: Value, site: Site) -> None:
        attributes.assign(self, value, name, content, site)

    def binary(self, operator: str, left: Value, right: Value, site: Site) -> Value:
        return arithmetic.binary(self, operator, left, right, site)

    def unary(self, operator: str, operand: Value, site: Site) -> Value:
        return arithmetic.unary(self, operator, operand, site)

    def compare(self, operator: str, left: Value, right: Value, site: Site) -> Value:
        return conditions.compare(self, operator, left, right, site)

    def item(self, value: Value, index: Value, site: Site) -> Value:
        return subscripts.get(self, value, index, site)

    def set_item(self, value: Value, index: Value, content: Value, site: Site) -> None:
        subscripts.assign(self, value, index, content, site)

    def iterate(self, value: Value, site: Site) -> list[Value] | None:
        """The items of an iterable; None if they are not all known."""
        return iteration.items(self, value, site)

    def truth(self, value: Value) -> bool | None:
        """Whether a value is true, if that is known (without deciding anything)."""
        return conditions.truth(self, value)

    def ask(self, value: Value, site: Site, *, prefer: bool = True) -> bool:
        """Whether a value is true; decides if it is not known."""
        return conditions.ask(self, value, site, prefer=prefer)

    # -- not knowing -------------------------------------------------------------------------

    def unknown(self, reason: str, term: Term = None) -> UnknownV:
        """An unknown value; without a term it is unlike any other."""
        return UnknownV(reason, self.opaque_term() if term is None else term)

    def opaque_term(self) -> Term:
        self._opaque += 1
        return opaque(self._opaque)

    def resolve(self, value: Value) -> Value:
        """What the path's assumptions make of an unknown value."""
        if type(value) is UnknownV and self.path.equal and value.term in self.path.equal:
            return self.path.equal[value.term]
        return value

    def may_ask_again(self, site: Site) -> bool:
        """Whether the alternatives of an unknown condition at this place are still worth a path."""
        count = self._site_questions.get(id(site.node), 0)
        self._site_questions[id(site.node)] = count + 1
        return count < 3

    def forget(self, value: Value, reason: str) -> None:
        """Something unknown got hold of this value: its contents may be anything from now on."""
        stack, seen = [value], set()
        while stack:
            thing = stack.pop()
            if isinstance(thing, tuple):
                stack.extend(thing)
            elif isinstance(thing, BoundMethod):
                stack.append(thing.receiver)
            elif isinstance(thing, MUTABLE) and thing.serial not in seen:
                seen.add(thing.serial)
                if isinstance(thing, Instance) and thing.layer is not None:
                    continue  # layers are passed around a lot, and nearly never changed
                self.heap.touch(thing)
                thing.open, thing.reason = True, reason
                stack.extend(_parts(thing))

    def sublayer(self, value: Value) -> layers.Inner:
        """A layer as a part of another layer's configuration."""
        return layers.Inner(self, value)

    def wrapped_site(self) -> Site:
        """Where a layer that a wrapper calls is called: at the wrapper's own call."""
        frame = self.frame
        return frame.called_from or Site(frame.module, None)

    # -- what is found -----------------------------------------------------------------------

    def raised(self, type_name: str, message: str = "") -> Raised:
        """A Python exception that the program certainly raises here."""
        return Raised(ExceptionV(type_name, None, (message,)))

    def catches(self, type_name: str) -> bool:
        """Whether a ``try`` that is active now would catch this exception."""
        return any(
            handler.names is None or bool(exception_family(type_name) & set(handler.names))
            for handler in self.handlers
        )

    def recipe(
        self, kind: str, subject: Value, args: Sequence[Value], keywords: dict[str, Value]
    ) -> Recipe | None:
        """How to make a call again, if anyone wants to know."""
        if self.recorder is None:
            return None
        named = {name: kept(value) for name, value in keywords.items()}
        return Recipe(kind, subject, tuple(kept(value) for value in args), named)

    def broken(
        self,
        problem: Problem,
        site: Site,
        callee: str,
        operands: Value,
        recipe: Recipe | None = None,
    ) -> Value:
        """Keras raises: a finding, unless the program catches it."""
        for name in (problem.exception, *_MAY_BE_RAISED):
            if self.catches(name):
                raise self.raised(name, problem.detail)
        self.outputs.events.append(Event.of(self, problem, site, callee, operands, recipe))
        return self.unknown(f"{callee} fails")


# Of which class a failure is differs between versions, and between data and symbols: a program that
# catches one of these where something fails is prepared for it.
_MAY_BE_RAISED = ("ValueError", "TypeError", "InvalidArgumentError")


def _parts(thing: Value) -> list[Value]:
    if isinstance(thing, (ListV, SetV)):
        return list(thing.items)
    if isinstance(thing, DictV):
        return list(thing.items.values())
    return list(thing.attributes.values())


# Asked at the moment of a failure or hazard, while everything is as the program left it.
Recorder = Callable[[Interpreter, "Problem | Hazard", "Recipe | None"], object]
Native = Callable[[Interpreter, list[Value], dict[str, Value], Site], Value]
