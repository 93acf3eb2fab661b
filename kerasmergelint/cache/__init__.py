"""Results of linting, kept so that an unchanged file need not be analysed again.

The key of an entry is made of the text of the file and everything else that decides (:mod:`.keys`).  An
entry is one file in a private folder (:mod:`.folder`), and holds only while every question that the
analysis asked the file system has the same answer (:mod:`kerasmergelint.files`).

Knows what a finding is, but never how one is found: a hit loads neither libcst nor the tracker.  If
anything is wrong with the cache, linting goes on without it.
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
from kerasmergelint.garbage import searched_seldom
from kerasmergelint.options import Settings
from kerasmergelint.rules.finding import Finding

FOLDER_VARIABLE = "KERASMERGELINT_CACHE_DIR"
OFF_VARIABLE = "KERASMERGELINT_NO_CACHE"

_LOG = logging.getLogger(__name__)
_LARGEST_FOLDER = 256 << 20
_SELDOM = "00"  # the folder is tidied when a key with this prefix is stored: one in 256


class Cache:
    """A folder of entries."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def recall(self, key: str) -> Kept | None:
        """The entry for a key, if it still holds.  Never raises."""
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
        """Store an entry.  Never raises."""
        try:
            self._folder.write(key, encode(Entry(kept, answers)))
            if key.startswith(_SELDOM):
                self._folder.shrink(_LARGEST_FOLDER)
        except Exception as error:  # disk full, no permission, or a bug of ours
            _LOG.debug("the cache could not be written: %r", error)


def findings(text: str, path: str, settings: Settings, cache: Cache | None) -> Iterable[Finding]:
    """The findings in a file, like :func:`kerasmergelint.rules.check.check_source`."""
    key = "" if cache is None else key_of("findings", text, path, settings)
    kept = None if cache is None else cache.recall(key)
    if kept is not None:
        return kept.findings
    with searched_seldom():
        from kerasmergelint.rules.check import check_with_report  # late: a hit needs no tracker

        found, report = check_with_report(text, path, settings)
    if cache is not None and report.repeatable:
        cache.keep(key, Kept(tuple(found), keras=report.keras), report.files.answers())
    return found


# -- validity -----------------------------------------------------------------------------------


def still_true(entry: Entry) -> bool:
    """Whether every question of the analysis still has the same answer."""
    return all(_ask(kind, subject) == answer for (kind, subject), answer in entry.answers.items())


_digests: dict[tuple[str, int, int], Answer] = {}


def _ask(kind: str, subject: str) -> Answer:
    if kind != "content":
        return KINDS[kind](subject)
    # Many files import the same ones.
    try:
        status = os.stat(subject)
    except (OSError, ValueError):
        return None
    known = subject, status.st_mtime_ns, status.st_size
    if known not in _digests:
        if len(_digests) > 20_000:
            _digests.clear()
        _digests[known] = KINDS["content"](subject)
    return _digests[known]


# -- its place ----------------------------------------------------------------------------------


def open_cache(folder: str | None = None) -> Cache | None:
    """The cache in the given folder, else the environment's, else the user's; None if it is of no use."""
    if os.environ.get(OFF_VARIABLE):
        return None
    return _open(folder or os.environ.get(FOLDER_VARIABLE) or "", os.getpid())


@lru_cache(maxsize=8)
def _open(chosen: str, process: int) -> Cache | None:
    try:
        place = os.path.abspath(chosen) if chosen else _usual_place()
        folder = None if place is None else Folder.open(place)
    except Exception as error:  # no home folder, say
        _LOG.debug("there is no cache: %r", error)
        return None
    return None if folder is None else Cache(folder)


def _usual_place() -> str | None:
    import platformdirs

    place = platformdirs.user_cache_dir("kerasmergelint", appauthor=False)
    return (
        place if os.path.isabs(place) else None
    )  # without a home, it would end up in the current folder
