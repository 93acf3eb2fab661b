"""The file run as a program, along its paths; then what the program itself never enters."""

from __future__ import annotations

import os.path
from pathlib import Path as FilePath

from kerasmergelint.files import Files
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.parse import parse
from kerasmergelint.syntax.unread import Unread
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.outputs import Outputs
from kerasmergelint.tracker.program.course import MODULE
from kerasmergelint.tracker.program.entries import Entries
from kerasmergelint.tracker.program.exploring import Explorer, SecondRun
from kerasmergelint.tracker.program.report import Report
from kerasmergelint.tracker.program.unbound import unbound
from kerasmergelint.tracker.values.exceptions import Raised, is_mistake
from kerasmergelint.tracker.values.exceptions import words as in_words
from kerasmergelint.tracker.values.scope import ModuleV, Scope
from kerasmergelint.tracker.values.value import UnknownV


class Program:
    """A file run as a program, and an expression in its namespace, if there is one."""

    def __init__(
        self, interp: Interpreter, report: Report, code: ir.ModuleCode, expression: str | None
    ) -> None:
        self._interp = interp
        self._report = report
        self._code = code
        self._expression = expression

    def explore(self, explorer: Explorer, others: Entries | None) -> None:
        """Run it along its paths; the ``others`` are entered in the state where the default path ends."""
        first = True

        def body(outputs: Outputs) -> None:
            nonlocal first
            module = self._module()
            self._report.module = module
            if first:
                # Set first: the program may raise before it ends.
                self._report.calls, self._report.models = outputs.calls, outputs.models
            try:
                self.run(module)
                if self._expression is not None:
                    self._report.built_before = len(outputs.models)
                    self._evaluate(module, self._expression)
            except Raised as raised:
                del self._interp.frames[:]
                outputs.failed = is_mistake(raised.exception)
                outputs.ended = outputs.failed or not self._interp.path.taken
                if first:
                    self._report.raised = in_words(raised.exception)
            if first and others is not None:
                first = False
                others.explore(outputs, module)
            first = False

        def again(outputs: Outputs) -> None:
            self.run(self._module())

        second = None if others is None else SecondRun(MODULE, again, TensorKind.ANY)
        explorer.explore(body, second=second)
        if others is not None:
            others.settle(self.run, self._module)

    def run(self, module: ModuleV) -> None:
        """Run the statements of the file."""
        with aside.within(self._interp, Frame(module.scope, module, "<module>")):
            self._interp.execute(self._code.body)

    def _module(self) -> ModuleV:
        return _main_module(self._interp, self._report.path, self._report.files)

    def _evaluate(self, module: ModuleV, expression: str) -> None:
        report = self._report
        code = parse(expression, report.path)
        if not isinstance(code, Unread):
            report.unbound = unbound(expression, module.scope)
            report.bound = tuple(module.scope.variables)
            [statement] = code.body
            assert isinstance(statement, ir.ExprStmt)
            with aside.within(self._interp, Frame(module.scope, module, "<module>")):
                value = self._interp.evaluate(statement.value)
            report.unknown = value.reason if isinstance(value, UnknownV) else ""


def _main_module(interp: Interpreter, path: str, files: Files) -> ModuleV:
    file = FilePath(path)
    name = file.stem
    folder = file.parent
    packages: list[str] = []
    while files.is_file(folder / "__init__.py") and folder.name and len(packages) < 20:
        packages.insert(0, folder.name)
        folder = folder.parent
    is_package = file.name == "__init__.py"
    dotted = ".".join(packages if is_package else [*packages, name])
    scope = Scope(interp.heap, None, None, "module")
    module = ModuleV(interp.heap, dotted, str(file), scope, package=is_package)
    scope.module = module
    scope.variables.update({"__name__": "__main__", "__file__": os.path.abspath(path)})
    return module
