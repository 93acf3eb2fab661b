"""Work done by this process, or by processes beside it; :mod:`.cluster` has those of a cluster.

Either way answers come in the order of the questions, and the number under way is bounded: a million
questions take no more memory than a thousand.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from itertools import chain
from typing import Generic, Protocol, TypeVar

from kerasmergelint.dataclass import dataclass


def add_dask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="use the workers of this Dask scheduler, such as tcp://host:8786",
    )


class AboutAFile(Protocol):
    """A question, which is always about a file."""

    @property
    def path(self) -> str: ...


Question = TypeVar("Question", bound=AboutAFile)
Answer = TypeVar("Answer")

# A process takes half a second to start; fewer questions than this are not worth one.
_WORTH_A_PROCESS = 8
_UNDER_WAY_EACH = 32


@dataclass(frozen=True, slots=True)
class Work(Generic[Question, Answer]):
    """How to answer questions; ``given_up`` answers one whose workers keep dying."""

    answer: Callable[[Question], Answer]
    given_up: Callable[[Question, str], Answer]


class Workers(Protocol):
    """Answers questions in order; some answers are known already and only wait their turn."""

    def do(
        self, work: Work[Question, Answer], questions: Iterable[tuple[Question, Answer | None]]
    ) -> Iterator[tuple[Question, Answer]]: ...


class Here:
    """This process."""

    def do(
        self, work: Work[Question, Answer], questions: Iterable[tuple[Question, Answer | None]]
    ) -> Iterator[tuple[Question, Answer]]:
        for question, known in questions:
            yield question, work.answer(question) if known is None else known


@dataclass(frozen=True, slots=True)
class Processes:
    """Processes beside this one, if there is enough work for two of them."""

    jobs: int

    def do(
        self, work: Work[Question, Answer], questions: Iterable[tuple[Question, Answer | None]]
    ) -> Iterator[tuple[Question, Answer]]:
        rest = iter(questions)
        first: list[tuple[Question, Answer | None]] = []
        unknown = 0
        while unknown < 2 * _WORTH_A_PROCESS:
            item = next(rest, None)
            if item is None:
                yield from Here().do(work, first)
                return
            first.append(item)
            unknown += item[1] is None
        left: Iterator[tuple[Question, Answer | None]] | None = chain(first, rest)
        while left is not None:
            left = yield from self._until_one_dies(work, left)

    def _until_one_dies(
        self, work: Work[Question, Answer], questions: Iterator[tuple[Question, Answer | None]]
    ) -> Generator[tuple[Question, Answer], None, Iterator[tuple[Question, Answer | None]] | None]:
        """Answers, and the questions that are left after a process has died; None if none has.

        The dead one takes the others of its pool along. Those that were at work then are asked once
        more, each with a process to itself, so that only the one to blame is given up.
        """
        from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

        under_way: deque[tuple[Question, Future[Answer]]] = deque()
        with ProcessPoolExecutor(self.jobs, initializer=_leave_interrupts_to_the_command) as pool:

            def submit(question: Question) -> Future[Answer]:
                try:
                    return pool.submit(work.answer, question)
                except BrokenProcessPool as error:
                    failed: Future[Answer] = Future()
                    failed.set_exception(error)
                    return failed

            try:
                answers = in_order(submit, questions, self.jobs * _UNDER_WAY_EACH, under_way)
                for question, future in answers:
                    try:
                        answer = future.result()
                    except BrokenProcessPool:
                        under_way.appendleft((question, future))
                        break
                    yield question, answer
                else:
                    return None
            except KeyboardInterrupt:
                for worker in multiprocessing.active_children():
                    worker.terminate()  # or the pool would wait for the files at hand as it ends
                raise
        for question, future in under_way:
            broken = isinstance(future.exception(), BrokenProcessPool)
            yield question, _alone(work, question) if broken else future.result()
        return questions


def _alone(work: Work[Question, Answer], question: Question) -> Answer:
    """The answer of a process that does nothing else."""
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    with ProcessPoolExecutor(1, initializer=_leave_interrupts_to_the_command) as pool:
        try:
            return pool.submit(work.answer, question).result()
        except BrokenProcessPool:
            return work.given_up(question, "its process was killed, or ran out of memory")


def _leave_interrupts_to_the_command() -> None:
    """A terminal interrupts all processes: if a worker ended first, it would count as killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def in_order(
    submit: Callable[[Question], Future[Answer]],
    questions: Iterable[tuple[Question, Answer | None]],
    at_once: int,
    waiting: deque[tuple[Question, Future[Answer]]] | None = None,
) -> Iterator[tuple[Question, Future[Answer]]]:
    """The answers in the order of the questions, with at most ``at_once`` under way.

    ``waiting`` holds those whose turn has not come.
    """
    waiting = deque() if waiting is None else waiting
    for question, known in questions:
        future: Future[Answer] = Future() if known is not None else submit(question)
        if known is not None:
            future.set_result(known)
        waiting.append((question, future))
        if len(waiting) >= at_once:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()
