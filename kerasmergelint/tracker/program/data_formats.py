"""Files written for channels-first images that do not tell Keras so themselves.

Which axis holds the channels may be set in keras.json, or by another file of the project before it
calls this one.  A file that passes shapes like ``(3, 224, 224)``, or gives the format to some of
its layers, may rely on that: a failure with channels last only is then not the file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kerasmergelint.tracker.machine.events import Event

_SETS = re.compile(r"\bset_image_(?:data_format|dim_ordering)\s*\(")
_SIZE = r"(?:\d{2,}|[A-Za-z_]\w*)"
_CHANNELS = r"(?:[134]|\w*channels?)"
_COUNTS_ON_IT = re.compile(
    r"\b(?:data_format\s*=\s*['\"]channels_first|dim_ordering\s*=\s*['\"]th)"
    rf"|(?:\w*shape\w*\s*=|\bInput\s*\()\s*\(\s*{_CHANNELS}\s*,\s*{_SIZE}\s*,\s*{_SIZE}\s*\)",
    re.IGNORECASE,
)


def may_count_on_channels_first(texts: Iterable[str]) -> bool:
    """Whether files look channels-first, and leave it to others to say so.

    >>> may_count_on_channels_first(["conv(input_shape=(3, 224, 224))"])
    True
    >>> may_count_on_channels_first(["conv(input_shape=(224, 224, 3))"])
    False
    """
    found = list(texts)
    return any(map(_COUNTS_ON_IT.search, found)) and not any(map(_SETS.search, found))


def in_both(events: Sequence[Event], others: Sequence[Event]) -> list[Event]:
    """The events that another analysis of the same text found, too."""
    known = set(map(_place, others))
    return [event for event in events if _place(event) in known]


def _place(event: Event) -> tuple[str, object, object]:
    node = event.site.node
    return (event.site.module.path, None if node is None else node.origin, event.problem.kind)
