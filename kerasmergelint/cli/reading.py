"""The bytes of the files that a user or a configuration names, or that a folder holds."""

from __future__ import annotations

import os
import stat
import sys

from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.files import LARGEST
from kerasmergelint.syntax.unread import Unread

# Most of a notebook may be pictures, and a baseline grows with the findings of a project.
LARGEST_DOCUMENT = 200_000_000


def content_of(path: str) -> bytes | Unread:
    """The content of a program, cut off beyond any size that is read; or why there is none."""
    return document(path) if _is_notebook(path) else _beginning(path, LARGEST + 1)


def _is_notebook(path: str) -> bool:
    return path.endswith(".ipynb")


def document(path: str) -> bytes | Unread:
    """The content of a file that is useless unless it is whole; or why there is none."""
    content = _beginning(path, LARGEST_DOCUMENT + 1)
    if isinstance(content, bytes) and len(content) > LARGEST_DOCUMENT:
        return Unread(f"longer than {LARGEST_DOCUMENT:,} bytes")
    return content


def text_of(path: str) -> str:
    """The text of a file that a command cannot do without."""
    content = document(path)
    if isinstance(content, Unread):
        raise CannotRun(f"{path}: {content.reason}")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRun(f"{path}: not UTF-8") from error


def standard_input(name: str) -> bytes:
    """The program that is piped in under a name, cut off where it is too large anyway."""
    if sys.stdin is None:
        raise CannotRun("standard input is closed")
    return sys.stdin.buffer.read(1 + (LARGEST_DOCUMENT if _is_notebook(name) else LARGEST))


def _beginning(path: str, at_most: int) -> bytes | Unread:
    """The first bytes of a regular file: pipes and devices may never end."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return Unread("a folder" if os.path.isdir(path) else "not a regular file")
        with open(path, "rb") as stream:
            return stream.read(at_most)
    except OSError as error:
        return Unread(error.strerror or "it cannot be opened")
    except ValueError as error:  # a null byte in its name
        return Unread(str(error))
