"""A bug of ours, in words that help us find it."""

from __future__ import annotations

from types import TracebackType

from kerasmergelint.rules.codes import INTERNAL_ERROR
from kerasmergelint.rules.finding import Finding


def internal_error(error: BaseException, path: str) -> Finding:
    """A note on the first line of the file.

    It names the type of the error and where it arose, but not its message: some of libcst's errors
    recurse endlessly when asked for it.
    """
    return Finding(INTERNAL_ERROR, path, 1, 0, describe(error))


def describe(error: BaseException) -> str:
    """The type of an error, and the place where it was raised."""
    return f"internal error, {what_and_where(error)}: not all of this file was checked; please report it"


def what_and_where(error: BaseException) -> str:
    """
    >>> what_and_where(KeyError("a secret"))
    'KeyError'
    """
    return f"{type(error).__name__}{_place(error.__traceback__)}"


def _place(traceback: TracebackType | None) -> str:
    if traceback is None:
        return ""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    name = traceback.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f" in {name}, line {traceback.tb_lineno}"
