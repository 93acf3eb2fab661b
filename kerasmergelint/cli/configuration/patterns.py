"""Patterns for files and folders, as in flake8."""

from __future__ import annotations

import fnmatch


def matches(path: str, pattern: str) -> bool:
    """Whether a path, one of its parts or one of its parents fits a pattern.

    >>> matches("tests/data/net.py", "tests"), matches("src/net.py", "*.py"), matches("a.py", "b.py")
    (True, True, False)
    """
    wanted = pattern.removeprefix("./").rstrip("/")
    parts = path.split("/")
    parents = ("/".join(parts[: count + 1]) for count in range(len(parts)))
    return any(fnmatch.fnmatch(candidate, wanted) for candidate in (*parts, *parents))
