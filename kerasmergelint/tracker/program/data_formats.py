"""Files that were written for images with the channels first, without saying so to Keras.

Which axis holds the channels is a setting in keras.json, or one that another file of the project makes
before it calls this one.  A file that passes shapes like ``(3, 224, 224)``, or the format to some of its
layers, may count on it: what fails with the channels last only is then no failure of the file's.
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
    """Whether files look as if the channels came first, and leave it to others to say so.

    >>> may_count_on_channels_first(["conv(input_shape=(3, 224, 224))"])
    True
    >>> may_count_on_channels_first(["conv(input_shape=(224, 224, 3))"])
    False
    """
    found = list(texts)
    return any(map(_COUNTS_ON_IT.search, found)) and not any(map(_SETS.search, found))


def in_both(events: Sequence[Event], others: Sequence[Event]) -> list[Event]:
    """Those events that are among the others, too, which another analysis of the same text found."""
    known = set(map(_place, others))
    return [event for event in events if _place(event) in known]


def _place(event: Event) -> tuple[str, object, object]:
    node = event.site.node
    return (event.site.module.path, None if node is None else node.origin, event.problem.kind)
