"""One analysis of one file: for certain versions of Keras, one data format, and one use of its functions.

The file is run as a program first.  Functions and classes that this never enters are then entered
on their own, with nothing known of their parameters but the defaults.  Each entry is explored along
the paths that its unknown conditions open.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import dataclass
from kerasmergelint.files import Files
from kerasmergelint.keras_api.versions import EVERY, Versions
from kerasmergelint.late import late, loaded
from kerasmergelint.options import Settings
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.unread import Unread
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.interpreter import Equipment, Interpreter, Recorder
from kerasmergelint.tracker.machine.stopping import Stop
from kerasmergelint.tracker.program.allowance import STEPS_OF_A_FILE
from kerasmergelint.tracker.program.as_program import Program
from kerasmergelint.tracker.program.course import Course
from kerasmergelint.tracker.program.entries import Entries
from kerasmergelint.tracker.program.eras import Era
from kerasmergelint.tracker.program.exploring import Explorer, Recheck
from kerasmergelint.tracker.program.own_names import may_register
from kerasmergelint.tracker.program.report import Report, Watch
from kerasmergelint.tracker.program.stoppable import Stoppable
from kerasmergelint.tracker.program.usages import UNUSED, Usage
from kerasmergelint.tracker.program.version import settle
from kerasmergelint.tracker.program.wiring import SEMANTICS
from kerasmergelint.tracker.python import declared
from kerasmergelint.tracker.python.modules import Follow, Modules

if TYPE_CHECKING:
    from kerasmergelint.tracker.program import noting, watching
    from kerasmergelint.tracker.program.contracts import entering
    from kerasmergelint.tracker.program.noting import Notes
else:
    entering = late("kerasmergelint.tracker.program.contracts.entering")
    noting = late("kerasmergelint.tracker.program.noting")
    watching = late("kerasmergelint.tracker.program.watching")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be analysed, and how.

    ``blind``: whether functions that the program does not call are entered; if not, its calls are recorded.
    ``edited`` has other files of the program as they should be read.  ``before`` is the course of an
    analysis before an edit, if an early answer is wanted; ``recheck`` says that an earlier analysis of
    the same text has failures, and that this one is about them.
    """

    path: str
    settings: Settings
    data_format: str = "channels_last"
    used: Usage = UNUSED
    edited: Mapping[str, str] | None = None
    steps: int = STEPS_OF_A_FILE
    expression: str | None = None
    blind: bool = True
    recorder: Recorder | None = None
    watch: Watch = Watch.NOTHING
    notes: Notes | None = None
    stop: Stop | None = None
    before: Course | None = None
    recheck: Recheck | None = None

    @property
    def joins_paths(self) -> bool:
        """Whether anybody asks what holds on all paths together: failures are those of single ones."""
        asked = any(x is not None for x in (self.notes, self.recorder, self.before))
        return self.blind and (asked or self.watch is not Watch.NOTHING)


class Analysis:
    """The runs for one task; they share the loaded modules and the budget."""

    def __init__(self, task: Task) -> None:
        self.task = task
        watched = None if task.watch is Watch.NOTHING else watching.Watched()
        self.report = Report(task.path, watched=watched, files=Files(task.edited))
        self.versions: Versions = EVERY
        self.presumed = False  # whether these versions are no more than likely
        self._budget = Budget(task.settings.steps or task.steps)

    def run(self, text: str | bytes) -> Report:
        """Analyse the text of the file.  Our own bugs end up in the report."""
        with self.report.bugs.survived():
            self._run(text)
        return self.report.concluded()

    def _run(self, text: str | bytes) -> None:
        task, report = self.task, self.report
        code = parse(text, task.path)
        if isinstance(code, Unread):
            report.unread = code
            report.repeatable = False  # memory may have run out while it was read
            return
        if task.notes is not None or task.before is not None:
            report.course = Course(code, task.before)
            if task.before is not None and not report.course.is_early:
                return
        spoken = settle(code.source.text, task.settings.keras_version, task.path, report.files)
        self.versions, self.presumed = spoken.versions, spoken.presumed
        report.keras, report.era = str(spoken), spoken.era
        interp = self._interpreter()
        interp.registers_name = cache(lambda name: may_register(name, code, self._modules))
        report.interpreter = interp
        report.codes = interp.modules.codes
        report.codes[str(FilePath(task.path))] = code
        if report.watched is not None:
            report.watched.code = code
        self._explore(interp, code)
        if interp.divided:
            report.choice = interp.version

    def _explore(self, interp: Interpreter, code: ir.ModuleCode) -> None:
        task, report = self.task, self.report
        contracts = (
            None
            if report.watched is None
            else loaded(entering).Contracts.of_file(interp, code.size)
        )
        explorer = Explorer(
            interp,
            report,
            task.watch,
            contracts,
            join_paths=task.joins_paths,
            recheck=task.recheck,
        )
        others = Entries(interp, report, explorer, contracts, task.watch, task.used)
        program = Program(interp, report, code, task.expression)
        program.explore(explorer, others if task.blind else None)

    def _interpreter(self) -> Interpreter:
        task = self.task
        interp = self._plain_interpreter()
        interp.bugs = self.report.bugs
        interp.presumes = self.presumed
        interp.has_tensorflow_1 = self.report.era is not Era.KNOWN
        interp.default_data_format = task.data_format
        interp.doubting = task.settings.enables("KML201")
        interp.conditions = task.settings.enables("KML205")
        interp.opens_late = task.used.sets_late
        interp.recorder = task.recorder
        interp.recording = not task.blind
        interp.declared = declared.shapes(task.settings.declared)
        return interp

    def _plain_interpreter(self) -> Interpreter:
        """One that watches, notes or can be stopped, if that was asked for."""
        task = self.task
        roots = tuple(FilePath(root) for root in task.settings.roots)
        self._modules = Modules(_read, Follow(task.settings.follow), roots, self.report.files)
        equipment = Equipment(SEMANTICS, self._modules, self._budget, self.versions)
        stop = task.stop or Stop()
        if self.report.watched is not None:
            return watching.Watching(equipment, self.report.watched, stop)
        if task.notes is not None:
            return noting.Noting(equipment, task.notes, stop)
        if task.stop is not None:
            return Stoppable(equipment, stop)
        return Interpreter(equipment)


def _read(files: Files, path: str) -> ir.ModuleCode | None:
    """Parse another file of the project; None stands for one that cannot be read."""
    content = files.content(path)
    code = None if content is None else parse(content, path)
    return None if isinstance(code, Unread) else code
