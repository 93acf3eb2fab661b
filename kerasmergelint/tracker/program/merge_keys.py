"""What identifies a merge, whichever run met it."""

from __future__ import annotations

from kerasmergelint.tracker.machine.events import Merge

MergeKey = tuple[str, int]


def key_of(merge: Merge) -> MergeKey:
    """Equal for all records of the same merge."""
    return merge.site.module.path, id(merge.site.node)
