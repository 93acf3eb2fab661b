"""What linting a file came to, kept for the next time: an unchanged file need not be followed again.

An entry is found by the text of a file and everything else that decides (:mod:`.keys`), is one file in
a folder of the user's own (:mod:`.folder`), and counts only while all that the analysis asked the file
system is still answered the same (:mod:`kerasmergelint.files`).

Knows what a finding is, and never how one is found: a hit loads neither libcst nor the tracker.
Whatever is wrong with the cache, linting goes on without it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kerasmergelint.cache.entry import Entry, Kept, Malformed, decode, encode
from kerasmergelint.cache.folder import Folder
from kerasmergelint.cache.keys import key_of
from kerasmergelint.files import KINDS, Answer, Question
from kerasmergelint.options import Settings
from kerasmergelint.rules.finding import Finding

FOLDER_VARIABLE = "KERASMERGELINT_CACHE_DIR"
OFF_VARIABLE = "KERASMERGELINT_NO_CACHE"

_LOG = logging.getLogger(__name__)
_LARGEST_FOLDER = 256 << 20
_SELDOM = "00"  # what the keys begin with at whose storing the folder is looked through: one in 256


class Cache:
    """A folder of entries."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def recall(self, key: str) -> Kept | None:
        """What was kept, if it still holds.  Never raises."""
        try:
            content = self._folder.read(key)
            entry = None if content is None else decode(content)
        except Malformed:
            return None
        except Exception as error:  # linting must go on
            _LOG.debug("the cache could not be read: %r", error)
            return None
        return entry.kept if entry is not None and still_true(entry) else None

    def keep(self, key: str, kept: Kept, answers: Mapping[Question, Answer]) -> None:
        """Keep it for the next time.  Never raises."""
        try:
            self._folder.write(key, encode(Entry(kept, answers)))
            if key.startswith(_SELDOM):
                self._folder.shrink(_LARGEST_FOLDER)
        except Exception as error:  # no room, no right to write, or a bug of ours
            _LOG.debug("the cache could not be written: %r", error)


def findings(text: str, path: str, settings: Settings, cache: Cache | None) -> Iterable[Finding]:
    """The findings in a file, as :func:`kerasmergelint.rules.check.check_source` gives them."""
    key = "" if cache is None else key_of("findings", text, path, settings)
    kept = None if cache is None else cache.recall(key)
    if kept is not None:
        return kept.findings
    from kerasmergelint.rules.check import check_with_report

    found, report = check_with_report(text, path, settings)
    if cache is not None and report.repeatable:
        cache.keep(key, Kept(tuple(found)), report.files.answers())
    return found


# -- validity -----------------------------------------------------------------------------------


def still_true(entry: Entry) -> bool:
    """Whether every question that the analysis asked is still answered the same."""
    return all(_ask(kind, subject) == answer for (kind, subject), answer in entry.answers.items())


_digests: dict[tuple[str, int, int], str | None] = {}


def _ask(kind: str, subject: str) -> Answer:
    if kind != "content":
        return KINDS[kind](subject)
    # Many files import the same others.
    try:
        status = os.stat(subject)
    except (OSError, ValueError):
        return None
    known = subject, status.st_mtime_ns, status.st_size
    if known not in _digests:
        if len(_digests) > 20_000:
            _digests.clear()
        _digests[known] = KINDS["content"](subject)  # type: ignore[assignment]
    return _digests[known]


# -- where it is --------------------------------------------------------------------------------


def open_cache(folder: str | None = None) -> Cache | None:
    """The cache in a folder, or where the environment or the system has it; None if there is none."""
    if os.environ.get(OFF_VARIABLE):
        return None
    return _open(folder or os.environ.get(FOLDER_VARIABLE) or "", os.getpid())


@lru_cache(maxsize=8)
def _open(chosen: str, process: int) -> Cache | None:
    try:
        place = os.path.abspath(chosen) if chosen else _usual_place()
        folder = None if place is None else Folder.open(place)
    except Exception as error:  # a home that is nowhere, say
        _LOG.debug("there is no cache: %r", error)
        return None
    return None if folder is None else Cache(folder)


def _usual_place() -> str | None:
    import platformdirs

    place = platformdirs.user_cache_dir("kerasmergelint", appauthor=False)
    return place if os.path.isabs(place) else None  # no home: it would be made where we are
