"""Files written for channels-first images that do not tell Keras so themselves.

Which axis holds the channels may be set in keras.json, or by another file of the project before it
calls this one.  A file that passes shapes like ``(3, 224, 224)``, or gives the format to some of
its layers, may rely on that: a failure with channels last only is then not the file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from os.path import abspath
from pathlib import Path

from kerasmergelint.files import Files
from kerasmergelint.keras_api.protocol import Problem
from kerasmergelint.regex import regex
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.callers import users_of
from kerasmergelint.tracker.program.foldings import Folding
from kerasmergelint.tracker.program.requirements import programs_around

# In a folder with more than this, the first ones in alphabetical order are asked.
_MOST_FILES = 40

_SETS = regex(r"\bset_image_(?:data_format|dim_ordering)\s*\(")
_SIZE = r"(?:\d{2,}|[A-Za-z_][\w.]*(?:\[-?\w+\])?)"
_CHANNELS = r"(?:[134]|[\w.]*channels?)"
_COUNTS_ON_IT = regex(
    r"\b(?:data_format\s*=\s*['\"]channels_first|dim_ordering\s*=\s*['\"]th)"
    rf"|(?:\b(?=\w*shape)\w+\s*=|\bInput\s*\()\s*\(\s*{_CHANNELS}\s*,\s*{_SIZE}\s*,\s*{_SIZE}\s*\)",
    re.IGNORECASE,
)


def may_count_on_channels_first(texts: Iterable[str]) -> bool:
    """Whether files look channels-first, and leave it to others to set that.

    >>> may_count_on_channels_first(["conv(input_shape=(3, 224, 224))"])
    True
    >>> may_count_on_channels_first(["conv(input_shape=(224, 224, 3))"])
    False
    """
    found = list(texts)
    return any(map(_COUNTS_ON_IT.search, found)) and not any(map(_SETS.search, found))


def may_be_set_elsewhere(path: str, files: Files) -> bool:
    """Whether a file in the same folder, or the one around it, or one that uses this sets the data format.

    A project makes the setting once, often in the script or notebook that imports this file.
    """
    folder = Path(abspath(path)).parent
    for candidate in (folder, folder.parent):
        for name in files.python_files(candidate)[:_MOST_FILES]:
            content = files.content(candidate / name)
            if content is not None and _SETS.search(content.decode("utf-8", errors="replace")):
                return True
    below = programs_around(path, files)
    return any(_SETS.search(user.text) for user in users_of([abspath(path)], below))


def for_channels_first(
    events: Sequence[Event], others: Sequence[Event], path: str, files: Files
) -> tuple[list[Event], Folding | None]:
    """What fails in both data formats, and what fails only because the channels come last.

    ``others`` are the events with the channels first.  If there are none, and nothing sets the format,
    the file was written for that setting; a merge that is only fragile without it does not show that.
    """
    both = in_both(events, others)
    kept = {id(event) for event in both}
    lost = tuple(event for event in events if id(event) not in kept)
    fails = any(isinstance(event.problem, Problem) for event in lost)
    if not fails or others or may_be_set_elsewhere(path, files):
        return both, None
    return both, Folding(lost, "the setting channels_first")


def in_both(events: Sequence[Event], others: Sequence[Event]) -> list[Event]:
    """The events that another analysis of the same text found, too."""
    known = set(map(_place, others))
    return [event for event in events if _place(event) in known]


def _place(event: Event) -> tuple[str, object, object]:
    node = event.site.node
    return (event.site.module.path, None if node is None else node.origin, event.problem.kind)
