"""A bug of ours, in words that help to find it."""

from __future__ import annotations

from types import TracebackType

from kerasmergelint.rules.codes import INTERNAL_ERROR
from kerasmergelint.rules.finding import Finding


def internal_error(error: BaseException, path: str) -> Finding:
    """A note at the first line of the file.

    It tells the type of the error and where it arose, not what the error says about itself: asking
    some of libcst's errors for their text recurses without end.
    """
    return Finding(INTERNAL_ERROR, path, 1, 0, describe(error))


def describe(error: BaseException) -> str:
    """The type of an error, and the innermost place of ours that it passed."""
    return (
        f"internal error, {type(error).__name__}{_place(error.__traceback__)}: this file was not "
        "checked; please report it"
    )


def _place(traceback: TracebackType | None) -> str:
    if traceback is None:
        return ""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    name = traceback.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f" in {name}, line {traceback.tb_lineno}"
