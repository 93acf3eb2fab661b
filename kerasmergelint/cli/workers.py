"""Who does the work: this process, processes beside it, or those of a cluster.

Whoever it is, answers come in the order of the questions, and only so many are under way at once that
a million of them take no more memory than a thousand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import chain
from typing import Protocol, TypeVar

from kerasmergelint.cli.problem import CannotRun

Question = TypeVar("Question")
Answer = TypeVar("Answer")

# A process costs half a second to start; so many questions are quicker in one.
_WORTH_A_PROCESS = 8
_UNDER_WAY_EACH = 32


class Workers(Protocol):
    """Something that answers questions; an answer that is known already only waits for its turn."""

    def map(
        self,
        function: Callable[[Question], Answer],
        questions: Iterable[tuple[Question, Answer | None]],
    ) -> Iterator[Answer]: ...


class Here:
    """This process."""

    def map(
        self,
        function: Callable[[Question], Answer],
        questions: Iterable[tuple[Question, Answer | None]],
    ) -> Iterator[Answer]:
        for question, known in questions:
            yield function(question) if known is None else known


@dataclass(frozen=True, slots=True)
class Processes:
    """Processes beside this one, if there is enough to do for two of them."""

    jobs: int

    def map(
        self,
        function: Callable[[Question], Answer],
        questions: Iterable[tuple[Question, Answer | None]],
    ) -> Iterator[Answer]:
        from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

        rest = iter(questions)
        first: list[tuple[Question, Answer | None]] = []
        unknown = 0
        while unknown < 2 * _WORTH_A_PROCESS:
            item = next(rest, None)
            if item is None:
                yield from Here().map(function, first)
                return
            first.append(item)
            unknown += item[1] is None
        with ProcessPoolExecutor(self.jobs) as pool:
            try:
                yield from in_order(
                    lambda question: pool.submit(function, question),
                    chain(first, rest),
                    self.jobs * _UNDER_WAY_EACH,
                )
            except BrokenProcessPool as error:
                raise CannotRun("a process was ended from outside, or ran out of memory") from error


def in_order(
    submit: Callable[[Question], Future[Answer]],
    questions: Iterable[tuple[Question, Answer | None]],
    at_once: int,
) -> Iterator[Answer]:
    """The answers in the order of the questions, of which only so many are under way."""
    waiting: deque[Future[Answer]] = deque()
    for question, known in questions:
        if known is None:
            waiting.append(submit(question))
        else:
            waiting.append(Future())
            waiting[-1].set_result(known)
        if len(waiting) >= at_once:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
