"""The bytes of the files that a user names, or that a folder holds."""

from __future__ import annotations

import os
import stat

from kerasmergelint.files import LARGEST
from kerasmergelint.syntax.unread import Unread

# Most of a notebook may be pictures.
_LARGEST_NOTEBOOK = 200_000_000


def content_of(path: str) -> bytes | Unread:
    """The content of a regular file, cut off where it is too large anyway; or why there is none.

    Pipes and devices may never end.
    """
    at_most = _LARGEST_NOTEBOOK if path.endswith(".ipynb") else LARGEST
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return Unread("a folder" if os.path.isdir(path) else "not a regular file")
        with open(path, "rb") as stream:
            content = stream.read(at_most + 1)
    except OSError as error:
        return Unread(error.strerror or "it cannot be opened")
    except ValueError as error:  # a null byte in its name
        return Unread(str(error))
    if path.endswith(".ipynb") and len(content) > at_most:
        return Unread(f"longer than {at_most:,} bytes")
    return content
