"""The reason why a command cannot run."""

from __future__ import annotations


class CannotRun(Exception):
    """The command cannot run; the message is for the user, the exit status 2."""
