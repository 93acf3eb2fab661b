"""What is open, what is known about it, and what the client is told."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from kerasmergelint import files
from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.server.documents import Document, Documents
from kerasmergelint.server.jobs import Done, Stage
from kerasmergelint.server.notebooks import Notebook, Notebooks
from kerasmergelint.server.program import Program, of_cells, of_document
from kerasmergelint.server.settings import Configurations, folder_of
from kerasmergelint.server.task import Task
from kerasmergelint.server.worker import Worker
from kerasmergelint.syntax import gate

if TYPE_CHECKING:
    from kerasmergelint.server.snapshot import Snapshot

# How long an action waits for the search for repairs, in seconds.
_PATIENCE = 20.0
_LOOK_EVERY = 0.03


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
    """One client, from ``initialize`` to ``exit``; everything but the worker runs in one thread."""

    voice: Voice
    loop: asyncio.AbstractEventLoop | None = None
    roots: list[str] = field(default_factory=list)
    documents: Documents = field(default_factory=Documents)
    configurations: Configurations = field(default_factory=Configurations)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    notebooks: Notebooks = field(init=False)
    _worker: Worker = field(init=False)
    _tasks: dict[str, Task] = field(default_factory=dict)
    _worlds: dict[str, int] = field(default_factory=dict)
    _complaints: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.notebooks = Notebooks(self.documents)
        self._worker = Worker(self._from_worker, self._work_begins)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    def warm_up(self) -> None:
        """Load the analysis now that the client has its answer."""
        self._worker.start()

    def close(self) -> None:
        self._worker.close()

    # -- programs --------------------------------------------------------------------------

    def key_of(self, uri: str) -> str:
        """What a program is known by: the URI of its document, or of its notebook."""
        notebook = self.notebooks.of_cell(uri)
        return uri if notebook is None else notebook.uri

    def known(self, uri: str) -> tuple[Document, Snapshot] | None:
        """A document and what is known about its program; None if nothing is."""
        document, snapshot = self.documents.get(uri), self.snapshots.get(self.key_of(uri))
        return None if document is None or snapshot is None else (document, snapshot)

    def _program(self, key: str) -> Program | None:
        notebook: Notebook | None = self.notebooks.opened.get(key)
        if notebook is not None:
            return of_cells(notebook.path, self.notebooks.cells(notebook))
        document = self.documents.get(key)
        return None if document is None else of_document(document)

    def _keys(self) -> Iterator[str]:
        """Everything open that is a program."""
        yield from self.notebooks.opened
        yield from (d.uri for d in self.documents if self.notebooks.of_cell(d.uri) is None)

    # -- what the client does --------------------------------------------------------------

    def changed(self, uri: str) -> None:
        """The text of a document, or of one of its cells, has changed: analyse it, and what imports it."""
        key = self.key_of(uri)
        document = self.documents.get(uri)
        self._analyse(key)
        if document is not None:
            self._analyse_importers(document.path, key)

    def _analyse_importers(self, path: str, besides: str) -> None:
        for other, snapshot in list(self.snapshots.items()):
            if other != besides and path in snapshot.report.codes:
                self._analyse_anew(other)

    def closed(self, key: str, path: str, shown: list[str]) -> None:
        """A program was closed: its findings go, and what is on disk counts again."""
        self.snapshots.pop(key, None)
        self._tasks.pop(key, None)
        self._worker.drop(key)
        self.voice.ends(key)
        for uri in shown:
            self.voice.publish(uri, None, [])
        self._analyse_importers(path, key)

    def everything_changed(self) -> None:
        """Files or settings have changed: analyse everything again."""
        gate.forget()
        files.forget()
        for key in list(self._keys()):
            self._analyse_anew(key)

    def _analyse_anew(self, key: str) -> None:
        """Analyse a program around which something has changed: what was known foretells nothing."""
        self._worlds[key] = self._worlds.get(key, 0) + 1
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
        world = self._worlds.get(key, 0)
        task = Task(program, folder, configuration, self.documents.texts(), world)
        self._tasks[key] = task
        self._worker.submit(key, task, self.snapshots.get(key))

    # -- what the worker does --------------------------------------------------------------

    def _work_begins(self, key: str) -> None:
        self._soon(lambda: self.voice.begins(key, os.path.basename(key)))

    def _from_worker(self, done: Done) -> None:
        self._soon(lambda: self._done(done))

    def _soon(self, function: Callable[[], None]) -> None:
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(function)

    def _done(self, done: Done) -> None:
        """Show the results of an analysis; if the text is unreadable, what was known moves with the edits."""
        if done.stage is Stage.EARLY:
            self._show_early(done)
            return
        self.voice.ends(done.key)
        if done.key not in self._tasks:
            return  # closed in the meantime
        snapshot = done.snapshot
        if snapshot is not None:
            self.snapshots[done.key] = snapshot
            for part in snapshot.program.parts:
                part.document.forget_before(part.number)
            stage = self._next_stage(done.stage, snapshot)
            if stage is not None and self._tasks[done.key] is done.task:
                self._worker.add_later(done.key, done.task, stage, snapshot)
        if done.stage is not Stage.REPAIRS:
            self._publish(done.key, self.snapshots.get(done.key))
            self.voice.refresh()

    def _show_early(self, done: Done) -> None:
        """Show an early answer, unless a whole one has come in between: then edits are forgotten."""
        known = self.snapshots.get(done.key)
        if known is not None and done.kept is not None and done.kept.report is known.report:
            self._publish(done.key, done.snapshot, done.kept)

    def _next_stage(self, stage: Stage, snapshot: Snapshot) -> Stage | None:
        """What to find out next about a program."""
        if stage is Stage.FINDINGS and snapshot.findings:
            return Stage.REPAIRS
        shown = self.configurations.client_of(snapshot.folder).shown
        judged = stage is Stage.VERDICTS or snapshot.report.module is None
        return Stage.VERDICTS if shown.verdicts and not judged else None

    async def with_offers(self, uri: str) -> tuple[Document, Snapshot] | None:
        """A document and its program, once the repairs of its findings are known."""
        end = time.monotonic() + _PATIENCE
        while (known := self.known(uri)) is not None:
            searched = known[1].offers is not None or not known[1].findings
            if searched or time.monotonic() > end:
                break
            await asyncio.sleep(_LOOK_EVERY)
        return known

    def _publish(self, key: str, *snapshots: Snapshot | None) -> None:
        """Show the findings of some snapshots of a program."""
        # late: the client that starts us is answered before all this is loaded
        from kerasmergelint.server.diagnostics import diagnostics

        for uri, shown in diagnostics(*filter(None, snapshots)).items():
            document = self.documents.get(uri)
            if document is not None:
                self.voice.publish(uri, document.version, shown)
