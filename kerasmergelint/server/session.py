"""What is open, what is known of it, and what the client is told."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import field

from lsprotocol import types

from kerasmergelint import files
from kerasmergelint.dataclass import dataclass
from kerasmergelint.server.analysis import Task
from kerasmergelint.server.diagnostics import diagnostics
from kerasmergelint.server.documents import Document, Documents
from kerasmergelint.server.notebooks import Notebook, Notebooks
from kerasmergelint.server.program import Program, of_cells, of_document
from kerasmergelint.server.settings import Configurations, folder_of
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.server.worker import Done, Stage, Worker
from kerasmergelint.syntax import gate


@dataclass(frozen=True, slots=True)
class Voice:
    """How to speak to the client.

    ``publish`` findings, have it ``refresh`` its hints, ``complain`` of settings, say that work ``begins``
    or ``ends``.
    """

    publish: Callable[[str, int | None, list[types.Diagnostic]], None]
    refresh: Callable[[], None]
    complain: Callable[[str], None]
    begins: Callable[[str, str], None]
    ends: Callable[[str], None]


@dataclass(slots=True)
class Session:
    """One client, from initialize to exit; everything but the worker runs in one thread."""

    voice: Voice
    loop: asyncio.AbstractEventLoop | None = None
    roots: list[str] = field(default_factory=list)
    documents: Documents = field(default_factory=Documents)
    configurations: Configurations = field(default_factory=Configurations)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    notebooks: Notebooks = field(init=False)
    _worker: Worker = field(init=False)
    _tasks: dict[str, Task] = field(default_factory=dict)
    _complaints: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.notebooks = Notebooks(self.documents)
        self._worker = Worker(self._from_worker, self._work_begins)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._worker.start()

    def close(self) -> None:
        self._worker.close()

    # -- programs --------------------------------------------------------------------------

    def key_of(self, uri: str) -> str:
        """What a program is known by: the URI of its document, or of its notebook."""
        notebook = self.notebooks.of_cell(uri)
        return uri if notebook is None else notebook.uri

    def known(self, uri: str) -> tuple[Document, Snapshot] | None:
        """A document and what is known of its program; None if that is nothing."""
        document, snapshot = self.documents.get(uri), self.snapshots.get(self.key_of(uri))
        return None if document is None or snapshot is None else (document, snapshot)

    def _program(self, key: str) -> Program | None:
        notebook: Notebook | None = self.notebooks.opened.get(key)
        if notebook is not None:
            return of_cells(notebook.path, self.notebooks.cells(notebook))
        document = self.documents.get(key)
        return None if document is None else of_document(document)

    def _keys(self) -> Iterator[str]:
        """Everything that is open and a program."""
        yield from self.notebooks.opened
        yield from (d.uri for d in self.documents if self.notebooks.of_cell(d.uri) is None)

    # -- what the client does --------------------------------------------------------------

    def changed(self, uri: str) -> None:
        """A document, or a cell of it, has another text: it is analysed, and what imports it."""
        key = self.key_of(uri)
        document = self.documents.get(uri)
        self._analyse(key)
        if document is not None:
            self._analyse_importers(document.path, key)

    def _analyse_importers(self, path: str, besides: str) -> None:
        for other, snapshot in list(self.snapshots.items()):
            if other != besides and path in snapshot.report.codes:
                self._analyse(other)

    def closed(self, key: str, path: str, shown: list[str]) -> None:
        """A program was closed; its findings go, and what is on the disk counts again."""
        self.snapshots.pop(key, None)
        self._tasks.pop(key, None)
        self._worker.drop(key)
        self.voice.ends(key)
        for uri in shown:
            self.voice.publish(uri, None, [])
        self._analyse_importers(path, key)

    def everything_changed(self) -> None:
        """Files or settings have changed: everything is analysed again."""
        gate.forget()
        files.forget()
        for key in list(self._keys()):
            self._analyse(key)

    def _analyse(self, key: str) -> None:
        program = self._program(key)
        if program is None:
            return
        folder = folder_of(program.path, self.roots)
        configuration, complaint = self.configurations.of(folder)
        if complaint and complaint not in self._complaints:
            self._complaints.add(complaint)
            self.voice.complain(complaint)
        task = Task(program, folder, configuration, self.documents.texts())
        self._tasks[key] = task
        self._worker.submit(key, task)

    # -- what the worker does --------------------------------------------------------------

    def _work_begins(self, key: str) -> None:
        self._soon(lambda: self.voice.begins(key, os.path.basename(key)))

    def _from_worker(self, done: Done) -> None:
        self._soon(lambda: self._done(done))

    def _soon(self, function: Callable[[], None]) -> None:
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(function)

    def _done(self, done: Done) -> None:
        """Show what came of an analysis; if the text cannot be read, what was known moves with the edits."""
        self.voice.ends(done.key)
        task = self._tasks.get(done.key)
        if task is None:
            return  # closed meanwhile
        if done.snapshot is not None:
            self.snapshots[done.key] = done.snapshot
            for part in done.snapshot.program.parts:
                part.document.forget_before(part.number)
            folder = self.configurations.client_of(done.snapshot.folder)
            if done.stage is Stage.FINDINGS and folder.shown.verdicts:
                self._judge_later(done.key, task, done.snapshot)
        self._publish(done.key)
        self.voice.refresh()

    def _judge_later(self, key: str, task: Task, snapshot: Snapshot) -> None:
        if task.program is snapshot.program and snapshot.report.module is not None:
            self._worker.judge(key, task, snapshot)

    def _publish(self, key: str) -> None:
        snapshot = self.snapshots.get(key)
        if snapshot is None:
            return
        for uri, shown in diagnostics(snapshot).items():
            document = self.documents.get(uri)
            if document is not None:
                self.voice.publish(uri, document.version, shown)
