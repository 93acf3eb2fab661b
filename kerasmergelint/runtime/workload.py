"""What a worker has to do, and how far it has got: whatever it does, every key gets exactly one result."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.runtime.answers import Result, lost

OnResult = Callable[[Any, Result], None]


@dataclass(frozen=True, slots=True)
class Job:
    """Items that one process handles in order; ``keys`` identify them for the caller."""

    kind: str
    items: tuple[Mapping[str, object], ...]
    keys: tuple[object, ...]

    def findings(self, index: int) -> int:
        """How many findings an item has, if it is a program."""
        listed = self.items[index].get("findings")
        return len(listed) if isinstance(listed, list) else 0

    def only(self, indexes: Iterable[int]) -> Job:
        """The same for some of the items."""
        chosen = list(indexes)
        items = tuple(self.items[index] for index in chosen)
        return Job(self.kind, items, tuple(self.keys[index] for index in chosen))


@dataclass(slots=True)
class _Pending:
    """A job that the worker has, and its progress."""

    job: Job
    started: bool = False
    answered: set[int] = field(default_factory=set)

    @property
    def left(self) -> list[int]:
        return [index for index in range(len(self.job.items)) if index not in self.answered]


class Workload:
    """Jobs that wait, that the worker has, and that are suspected of having killed it.

    Suspects are tried again one at a time, each with a worker of its own: so the guilty one is found,
    and costs no other its result.
    """

    def __init__(self, jobs: Iterable[Job], on_result: OnResult) -> None:
        self._waiting = list(jobs)
        self._suspects: list[Job] = []
        self._pending: dict[int, _Pending] = {}
        self._numbers = itertools.count(1)
        self._tell = on_result
        self.answers = 0

    @property
    def is_over(self) -> bool:
        return not (self._waiting or self._suspects or self._pending)

    def to_submit(self) -> dict[int, Job]:
        """The jobs that the worker may have now, by number."""
        if not self._suspects:
            chosen, self._waiting = self._waiting, []
        else:
            chosen = [] if self._pending else [self._suspects.pop(0)]
        numbered = {next(self._numbers): job for job in chosen}
        self._pending.update((number, _Pending(job)) for number, job in numbered.items())
        return numbered

    def job(self, number: object) -> Job | None:
        """The job with a number, if the worker has it."""
        pending = self._pending.get(number) if isinstance(number, int) else None
        return None if pending is None else pending.job

    def started(self, number: int) -> None:
        self._pending[number].started = True

    def answer(self, number: int, index: object, result: Result) -> None:
        """Take the result of an item, the first time."""
        pending = self._pending[number]
        if isinstance(index, int) and index in pending.left:
            pending.answered.add(index)
            self._say(pending.job.keys[index], result)

    def ended(self, number: int, why: str, output: str) -> None:
        """The item in progress is lost; those after it go on in a new process."""
        pending = self._pending.pop(number)
        if pending.left:
            first, *others = pending.left
            why = why or "the process ended without an answer"
            self._say(pending.job.keys[first], lost(why, output))
            if others:
                self._waiting.append(pending.job.only(others))

    def died(self, why: str) -> None:
        """The worker is gone: a job that was alone with it is why, several that ran are suspects."""
        running = [number for number, pending in self._pending.items() if pending.started]
        if len(running) == 1:
            self.ended(running[0], why, "")
            running = []
        for number, pending in self._pending.items():
            rest = self._suspects if number in running else self._waiting
            if pending.left:
                rest.append(pending.job.only(pending.left))
        self._pending.clear()

    def give_up(self, why: str) -> None:
        """Nothing more will be answered."""
        left = [pending.job.only(pending.left) for pending in self._pending.values()]
        jobs = [*left, *self._suspects, *self._waiting]
        self._pending, self._suspects, self._waiting = {}, [], []
        for job in jobs:
            for key in job.keys:
                self._say(key, lost(why))

    def _say(self, key: object, result: Result) -> None:
        self.answers += 1
        self._tell(key, result)
