"""The workers of a Dask cluster.

Dask does the hard part: which worker gets which file, and which gets it again when one is lost.  The
unit is a file, which takes about a hundred times as long to analyse as to send.  Its text and the
settings go out, and the results come back.  A worker reads the program's imports and requirements at
the same paths as this process, so it needs the same file system.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from kerasmergelint import __version__
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.workers.pool import Answer, Question, Work, in_order
from kerasmergelint.files import version_of

_INSTALL = "--dask needs the package distributed: pip install 'kerasmergelint[dask]'"
_SECONDS_TO_CONNECT = 30
# Enough to always have the next file at hand.
_UNDER_WAY_EACH = 16
# For transient errors; a lost worker does not count.
_RETRIES = 2

# An analysis needs a deep stack and a high recursion limit, which the whole process shares.
_ONE_AT_A_TIME = threading.Lock()

Versions = tuple[tuple[str, str | None], ...]


class Unfit(Exception):
    """A worker could give other results than this process; the message says why."""


class Cluster:
    """The workers of a scheduler, while this is entered."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Cluster:
        try:
            from distributed import Client
        except ImportError:
            raise CannotRun(_INSTALL) from None
        try:
            self._client = Client(self._address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
            self._client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
        except Exception as error:
            self.__exit__()
            raise CannotRun(f"--dask {self._address}: {_in_words(error)}") from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def do(
        self, work: Work[Question, Answer], questions: Iterable[tuple[Question, Answer | None]]
    ) -> Iterator[tuple[Question, Answer]]:
        from distributed import KilledWorker

        # Not pure: files may have changed since the same question was asked before.
        executor = self._client.get_executor(pure=False, retries=_RETRIES)
        task = partial(answered, work.answer, versions())
        at_once = max(1, sum(self._client.ncores().values())) * _UNDER_WAY_EACH
        for question, future in in_order(
            lambda question: executor.submit(task, question, os.path.exists(question.path)),
            questions,
            at_once,
        ):
            try:
                yield question, future.result()
            except KilledWorker:
                yield question, work.given_up(question, "every worker that tried it was lost")
            except Exception as error:
                raise CannotRun(f"--dask {self._address}: {_in_words(error)}") from error


def answered(
    answer: Callable[[Question], Answer], wanted: Versions, question: Question, exists: bool
) -> Answer:
    """The answer to a question; runs in a worker."""
    if versions() != wanted:
        there, here = (", ".join(f"{n} {v}" for n, v in found) for found in (versions(), wanted))
        raise Unfit(f"{socket.gethostname()} has {there}, this machine has {here}")
    if exists and not os.path.exists(question.path):
        raise Unfit(
            f"{socket.gethostname()} has no {question.path}: workers need the same file system"
        )
    with _ONE_AT_A_TIME:
        return answer(question)


@lru_cache(maxsize=1)
def versions() -> Versions:
    """What results depend on: our version, the parser, and whether Keras 2 is installed."""
    keras = version_of("keras") or ""
    return (
        ("kerasmergelint", __version__),
        ("Python", "{}.{}".format(*sys.version_info)),
        ("libcst", version_of("libcst")),
        ("Keras", "2" if keras.startswith("2.") else "3 or none"),
    )


def _in_words(error: Exception) -> str:
    return str(error).strip() or type(error).__name__
