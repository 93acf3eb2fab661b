"""The abstract interpreter: one run of one path through the program.

It holds the state of the run, and looks up in its tables (:mod:`semantics`) what code and values
do.  Every save and restore of that state is in :mod:`aside`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Protocol

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Hazard, Problem
from kerasmergelint.keras_api.versions import V2, V3, Versions, newest
from kerasmergelint.shapes import Shape
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.asking import FAILS, Asker, Use
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.bugs import NO_BUGS, Bugs
from kerasmergelint.tracker.machine.events import Event, described_operands
from kerasmergelint.tracker.machine.frames import Frame, Handlers
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.machine.regions import AllPaths
from kerasmergelint.tracker.machine.semantics import Own, Semantics
from kerasmergelint.tracker.values.constants import question_of
from kerasmergelint.tracker.values.containers import (
    DictV,
)
from kerasmergelint.tracker.values.environment import EnvironmentV, FlagsV
from kerasmergelint.tracker.values.exceptions import ExceptionV, Raised, Reported
from kerasmergelint.tracker.values.foreign import is_foreign
from kerasmergelint.tracker.values.forgetting import forget
from kerasmergelint.tracker.values.graph import Node, Recipe, Site, kept
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.layer_names import Names
from kerasmergelint.tracker.values.scope import LazyV, ModuleV, Scope
from kerasmergelint.tracker.values.signals import OutOfBudget, Signal
from kerasmergelint.tracker.values.terms import Term, foreign, opaque
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value


class Importer(Protocol):
    """Finds the modules of the project.  ``codes`` are those that were loaded, by path."""

    codes: dict[str, ir.ModuleCode | None]

    def find(self, dotted: str, start: FilePath | None) -> FilePath | None: ...

    def load(self, interp: Interpreter, dotted: str) -> Value: ...

    def resolve_from(self, interp: Interpreter, dotted: str, level: int) -> Value: ...

    def member(self, interp: Interpreter, module: Value, name: str, site: Site) -> Value: ...

    def has_member(self, module: ModuleV, name: str) -> bool | None: ...

    def import_star(self, interp: Interpreter, module: Value, scope: Scope) -> None: ...

    def search(self, interp: Interpreter, folder: str | None) -> None: ...

    def data(self, interp: Interpreter, path: str) -> bytes | None: ...

    def settle(self, interp: Interpreter, registry: DictV, key: Value) -> None: ...

    def later(self, interp: Interpreter, get: Callable[[], Value]) -> LazyV: ...
    def is_library(self, path: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Equipment:
    """What an interpreter runs with.

    ``versions`` are those that ``keras`` and ``tf.keras`` may mean in the program.
    """

    semantics: Semantics[Interpreter]
    modules: Importer
    budget: Budget
    versions: Versions


class Interpreter:
    """Runs lowered code on abstract values.

    ``version`` is the newest of the versions that may be meant, whose rules are followed unless a name
    says otherwise.  ``patched`` are the attributes that the program itself sets on modules of libraries.
    ``registers_name`` tells whether it may add a name by which Keras finds an activation or a loss.
    """

    def __init__(self, equipment: Equipment) -> None:
        self.semantics = equipment.semantics
        self.modules = equipment.modules
        self.budget = equipment.budget
        self.versions = equipment.versions
        self.version = newest(self.versions)
        self.presumes = False  # whether nothing but what is installed excludes Keras 2
        self.has_tensorflow_1 = True  # whether that may be what runs the program
        self.divided = 0  # calls that some of these versions refuse, and others do not
        self.recording = True  # whether calls are recorded
        self.explaining = False  # whether to find out why merges are unknown
        self.stated: dict[Hashable, object] = {}  # what merges of unknowns need, in words
        self.naming = False  # whether each size that is not known is a symbol of its own
        self.mending = False  # whether to go on after a failure, as if it was mended
        self.doubting = False  # whether hazards that may be meant are looked for
        self.conditions = False  # whether to find out for which input sizes models work
        self.on_merge: Callable[[Node], None] | None = None
        self.on_rounds: Callable[[Term], None] | None = None
        self.on_operator: Callable[[Value, Value, Site], None] | None = None
        self.on_unpacking: Callable[[Value, int], None] | None = None
        self.bugs = Bugs()
        self.heap = Heap()
        self.environment = EnvironmentV(self.heap)
        self.flags = FlagsV(self.heap)
        self.path = Path()
        self.outputs = Outputs()
        self.names = Names()
        self.frames: list[Frame] = []
        self.handlers: list[Handlers] = []  # of the ``try`` bodies in progress
        self.handled: list[Value] = []  # the exceptions whose handlers are running
        self.entered: set[int] = set()
        self.patched: set[str] = set()
        self.default_data_format = "channels_last"
        self.image_data_format: Value = self.default_data_format
        self.registers_name: Callable[[str], bool] = lambda name: False
        self.dtype_policy: Value = "float32"
        self.handed_out: set[int] = set()  # serials of layers that were passed to something unknown
        self.of_others = 0  # what was born by then may have been called by code that was not run
        self.before_entry = 0  # what was born by then is older than the function that is entered
        self.tracing = 0
        self.resumed = 0  # generators that run, each because of the one before
        self.within_unknown = False  # whether a ``with`` is around whose manager is not known
        self.going_through = False  # whether the layers of a model are called once more
        self.custom_calls: list[tuple[str, Site] | None] = []
        self.recorder: Recorder | None = None
        self.declared: Mapping[str, Shape] = {}
        self.opens_late = False  # whether what stands for nothing yet is open where it is set later
        self.all_paths: AllPaths | None = None  # set if both branches of the undecided are taken
        self.asker: Asker | None = None  # who looks for values of what is not known
        self.opaque_terms = 0
        self.doubts = 0  # what was met so far that may raise, for all that is known
        self.supposed = 0  # rounds so far of unknown loops, each there if a generator needs it
        self.not_found = 0  # imports so far of packages that need not be installed
        self.overwritten: set[str] = set()  # files that the program itself may have written
        self._site_questions: dict[int, int] = {}

    def begin(self, path: Path, outputs: Outputs) -> None:
        """Prepare for another run; loaded modules and the record of what was entered stay."""
        self.path = path
        self.outputs = outputs
        self.names = Names()
        self.handlers, self.handled = [], []
        self.image_data_format = self.default_data_format
        self.dtype_policy = "float32"
        self.handed_out = set()
        self.of_others = self.before_entry = 0
        self.tracing = 0
        self.within_unknown = False
        self.going_through = False
        self.custom_calls = []
        self.overwritten = set()
        self._site_questions = {}

    # -- running -----------------------------------------------------------------------------

    def step(self) -> None:
        """Account for a unit of work."""
        self.budget.used += 1
        if self.budget.used > self.budget.steps:
            raise OutOfBudget

    @property
    def version_certain(self) -> bool:
        """Whether it is certain which of Keras 2 and Keras 3 is meant."""
        return self.versions <= V3 or self.versions <= V2

    def surely(self, versions: Versions) -> bool:
        """Whether every version that may be meant is one of these."""
        return self.versions <= versions

    def written_for(self, versions: Versions) -> bool:
        """The same, where the program or its project says so, and not only what is installed here."""
        return self.versions <= versions and not self.presumes

    def has_followed(self, serial: int) -> bool:
        """Whether whatever happened to an object was seen: it was made here, and nothing unknown got it."""
        older = max(self.of_others, self.before_entry)
        return serial > older and serial not in self.handed_out

    @property
    def frame(self) -> Frame:
        return self.frames[-1]

    def site(self, node: object) -> Site:
        """The place of a node of the code that runs."""
        module = self.frames[-1].module
        return module.sites.get(node) or module.site(node)

    def execute(self, body: Sequence[ir.Statement]) -> Signal:
        """Run statements in order, until one returns, breaks, continues or raises.

        What a bug of ours leaves undone is unknown; the statements after it are run.
        """
        execute = self.semantics.execute
        for statement in body:
            budget = self.budget
            budget.used += 1
            if budget.used > budget.steps:
                raise OutOfBudget
            try:
                signal = execute[type(statement)](self, statement)
            except NO_BUGS:
                raise
            except Exception as error:
                signal = self.semantics.after_bug(self, statement, error)
            if signal is not None:
                return signal
        return None

    def evaluate(self, expression: ir.Expression) -> Value:
        return self.semantics.evaluate[type(expression)](self, expression)

    # -- operations on values ----------------------------------------------------------------

    def call(self, callee: Value, args: Args, keywords: Keywords, site: Site) -> Value:
        """``callee(*args, **keywords)``"""
        found = self.semantics.call[type(callee)](self, callee, args, keywords, site)
        if type(found) is UnknownV:
            self.doubts += 1
        return found

    def attribute(self, value: Value, name: str, site: Site) -> Value:
        """``value.name``"""
        found = self.semantics.attribute[type(value)](self, value, name, site)
        if type(found) is UnknownV:
            self.doubts += 1
        return found

    def has_attribute(self, value: Value, name: str) -> bool | None:
        """``hasattr(value, name)``, if known."""
        return self.semantics.has_attribute[type(value)](self, value, name)

    def set_attribute(self, value: Value, name: str, content: Value, site: Site) -> None:
        """``value.name = content``"""
        self.semantics.set_attribute[type(value)](self, value, name, content, site)

    def item(self, value: Value, index: Value, site: Site) -> Value:
        """``value[index]``"""
        found = self.semantics.item[type(value)](self, value, index, site)
        if type(found) is UnknownV:
            self.doubts += 1
        return found

    def set_item(self, value: Value, index: Value, content: Value, site: Site) -> None:
        """``value[index] = content``"""
        self.semantics.set_item[type(value)](self, value, index, content, site)

    def delete_item(self, value: Value, index: Value) -> None:
        """``del value[index]``"""
        self.semantics.delete_item[type(value)](self, value, index)

    def operated(self, left: Value, right: Value, site: Site) -> None:
        """A hook for watchers: an operator or comparison is about to be computed."""

    def combines_by_name(self, site: Site) -> bool:
        """Whether the names in the file tell that something combines tensors, for those who watch."""
        return False

    def iterate(self, value: Value, site: Site) -> list[Value] | None:
        """The items of an iterable, if all are known.  This exhausts an iterator."""
        found = self.semantics.iterate[type(value)](self, value, site)
        if found is not None:
            self.charge(len(found))
        return found

    def any_item(self, value: Value) -> Value:
        """Any one item of an iterable whose items are not all known."""
        return self.semantics.any_item[type(value)](self, value)

    def length(self, value: Value, site: Site) -> Value:
        """``len(value)``"""
        return self.semantics.length[type(value)](self, value, site)

    def truth(self, value: Value) -> bool | None:
        """Whether a value is true, if known without a decision."""
        if type(value) is bool:
            return value
        value = self.resolve(value)
        return self.semantics.truth[type(value)](self, value)

    def refuse_truth(self, value: Value, site: Site) -> None:
        """Raise where a value that is asked for its truth has none."""
        value = self.resolve(value)
        refuse = self.semantics.no_truth.get(type(value))
        if refuse is not None:
            refuse(self, value, site)

    def ask(self, value: Value, site: Site, *, prefer: bool = True) -> bool:
        """Whether a value is true; if that is unknown, the path decides."""
        if type(value) is bool:
            return value
        value = self.resolve(value)
        known = self.truth(value)
        if known is not None:
            return known
        self.refuse_truth(value, site)
        term = question_of(value)
        if term is None:
            term = self.opaque_term()
            value = UnknownV("a condition", term)
        if self.asker is not None:
            self.asker.asked(value, Use.ANSWER, prefer)
            known = self.truth(value)
            if known is not None:
                return known
        if isinstance(term, tuple) and term[0] == "opaque" and not self._may_ask_again(site):
            term = opaque(("all others", self._place(site)))
        return self.path.decide(term, prefer=prefer)

    def decide(self, term: Term, *, prefer: bool) -> bool:
        """The answer to a question that nothing but the path decides."""
        if self.asker is not None and self.path.known(term) is None:
            self.asker.asked(UnknownV("a choice", term), Use.ANSWER, prefer)
        return self.path.decide(term, prefer=prefer)

    def both_ways(self, value: Value) -> AllPaths | None:
        """The regions in progress, if both answers to a question are to be followed."""
        paths = self.all_paths
        if paths is None or self.path.usual(question_of(value)) is not None:
            return None
        return paths

    @property
    def choices(self) -> int:
        """How many choices were made on the way here."""
        undecided = 0 if self.all_paths is None else self.all_paths.choices
        return len(self.path.answers) + undecided

    def _may_ask_again(self, site: Site) -> bool:
        """Whether another unknown condition at this place is worth paths of its own.

        All that come after it have one answer.
        """
        place = self._place(site)
        count = self._site_questions.get(place, 0)
        self._site_questions[place] = count + 1
        return count < 3

    @staticmethod
    def _place(site: Site) -> int:
        return id(getattr(site.node, "origin", None))  # shared by copies of a node

    # -- the budget --------------------------------------------------------------------------

    def charge(self, items: int) -> None:
        """Charge for work on this many items; a step pays for several."""
        if items >= ITEMS_A_STEP:
            self.budget.used += items // ITEMS_A_STEP
            self.step()

    def work(self, steps: int) -> None:
        """Charge for work that takes as long as this many steps."""
        self.budget.used += steps
        if self.budget.used > self.budget.steps:
            raise OutOfBudget

    # -- not knowing -------------------------------------------------------------------------

    def unknown(self, reason: str, term: Term = None) -> UnknownV:
        """An unknown value; without a term it equals no other."""
        return UnknownV(reason, self.opaque_term() if term is None else term)

    def opaque_term(self) -> Term:
        self.opaque_terms += 1
        return opaque(self.opaque_terms)

    def resolve(self, value: Value) -> Value:
        """An unknown value as the path's assumptions narrow it; any foreign name is one."""
        if type(value) is not UnknownV:
            if type(value) is not External or not is_foreign(value):
                return value
            value = UnknownV(f"{value.dotted} was not found", foreign(value.dotted))
        if self.path.changed:
            value = self.current(value)
        if self.path.equal and value.term in self.path.equal:
            return self.path.equal[value.term]
        return value

    def current(self, value: UnknownV) -> UnknownV:
        """An unknown object as it is now: something that was not followed may have changed it."""
        changed = self.path.changed.get(value.term) if self.path.changed else None
        return value if changed is None else UnknownV(value.reason, changed)

    def forget(self, value: Value, reason: str) -> None:
        """Forget the contents of a value that was passed to something unknown: they may be anything now."""
        self.handed_out |= forget(self.heap, value, reason)

    # -- what is found -----------------------------------------------------------------------

    def raised(self, type_name: str, message: str = "") -> Raised:
        """A Python exception that the program certainly raises here, in our words."""
        return Raised(ExceptionV(type_name, message=message))

    def fails(self, problem: Problem, site: Site, operands: Value = None) -> Raised:
        """Python raises here because of a Keras object: a finding, unless the program catches it."""
        if any(self.catches(name) for name in (problem.exception, *_MAY_BE_RAISED)):
            return self.raised(problem.exception, problem.detail)
        self.outputs.events.append(self.event(problem, site, "", operands))
        return Reported(ExceptionV(problem.exception, message=problem.detail))

    def catches(self, type_name: str) -> bool:
        """Whether a ``try`` that is active now may catch this exception."""
        return bool(self.handlers) and self.may_catch(ExceptionV(type_name))

    def may_catch(self, exception: Value) -> bool:
        """The same for an exception object."""
        return any(handlers.may_catch(exception) for handlers in self.handlers)

    def expects(self, type_name: str) -> bool:
        """Whether an active ``try`` names this very exception: the program is prepared for it."""
        wanted = External(type_name)
        return any(wanted in (handlers.classes or ()) for handlers in self.handlers)

    def recipe(
        self, kind: str, subject: Value, args: Sequence[Value], keywords: Keywords
    ) -> Recipe | None:
        """How to make a call again, if recipes are recorded."""
        if self.recorder is None:
            return None
        named = {name: kept(value) for name, value in keywords.items()}
        within = tuple((f.name, f.scope) for f in self.frames if f.code is not None)
        return Recipe(kind, subject, tuple(kept(value) for value in args), named, within)

    @property
    def inside_custom(self) -> bool:
        """Whether code of one of the program's own layers is running."""
        return bool(self.custom_calls)

    def event(
        self,
        problem: Problem | Hazard,
        site: Site,
        callee: str,
        operands: Value,
        recipe: Recipe | None = None,
    ) -> Event:
        """The event for a problem, with the calls that led there."""
        recorder, paths = self.recorder, self.all_paths
        return Event(
            problem,
            site,
            callee,
            described_operands(site, operands),
            tuple(f.called_from for f in self.frames if f.called_from is not None),
            len(self.path.taken) if paths is None else int(not paths.is_common),
            self.inside_custom,
            next((call for call in self.custom_calls if call is not None), None),
            None if recorder is None else recorder(self, problem, recipe, site, operands),
        )

    def report(
        self,
        hazard: Hazard,
        site: Site,
        callee: str,
        operands: Value,
        recipe: Recipe | None = None,
    ) -> None:
        """Report a hazard; the program goes on."""
        self.outputs.events.append(self.event(hazard, site, callee, operands, recipe))

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
        self.outputs.events.append(self.event(problem, site, callee, operands, recipe))
        return self.unknown(f"{callee}{FAILS}")


# How many items a step pays for.
ITEMS_A_STEP = 64

# The class of a failure differs between versions, and between eager and symbolic tensors: a program
# that catches any of these around a failure is prepared for it.
_MAY_BE_RAISED = ("ValueError", "TypeError", "InvalidArgumentError")


# Asked at the moment of a failure or hazard, before any state changes: how to make the call again,
# the place, and the operands.
Recorder = Callable[[Interpreter, "Problem | Hazard", "Recipe | None", Site, Value], object]
Native = Callable[[Interpreter, Args, Keywords, Site], Value]
# The same for a method: the object comes first.
Method = Callable[[Interpreter, Own, Args, Keywords, Site], Value]
