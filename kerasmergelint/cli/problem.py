"""Why a command cannot do what it was asked."""

from __future__ import annotations


class CannotRun(Exception):
    """Something is wrong with the call, in words for the user: exit status 2."""
