"""Findings with their confirmation in the message, for tools that only know findings."""

from __future__ import annotations

import atexit
import logging
from collections.abc import Iterator

from kerasmergelint.dataclass import replace
from kerasmergelint.options import Settings
from kerasmergelint.rules.codes import REFUTED
from kerasmergelint.rules.finding import Finding
from kerasmergelint.rules.messages import one_line
from kerasmergelint.runtime.confirm import INSTALL, Confirmer, Judged, Options
from kerasmergelint.runtime.verdict import Confirmation

_LOG = logging.getLogger(__name__)

_confirmers: dict[tuple[str, str | None], Confirmer] = {}


def confirmed(text: str, path: str, settings: Settings, python: str) -> Iterator[Finding]:
    """The findings of a file, each with its confirmation; a refuted one becomes a note."""
    confirmer = _confirmer(settings, python)
    linted = confirmer.lint(text, path)
    for item in confirmer.confirm([linted])[path]:
        if item.verdict.confirmation is not Confirmation.REFUTED:
            yield _annotated(item, confirmer)
            continue
        note = _note(item)
        _LOG.warning("%s: line %d: %s", path, note.line, note.message)
        if settings.enables(note.code):
            yield note


def _confirmer(settings: Settings, python: str) -> Confirmer:
    """The confirmer of this process, whose workers stay warm from file to file."""
    key = (python, settings.keras_version)
    if key not in _confirmers:
        made = Confirmer(settings, Options(python=python))
        atexit.register(made.close)
        _confirmers[key] = made
    _confirmers[key].settings = settings
    return _confirmers[key]


def _annotated(item: Judged, confirmer: Confirmer) -> Finding:
    words = item.verdict.text
    if confirmer.problems and item.verdict.confirmation is Confirmation.NOT_REACHED:
        words += f"; {INSTALL}" if INSTALL not in words else ""
    return replace(item.finding, message=one_line(f"{item.finding.message} [{words}]"))


def _note(item: Judged) -> Finding:
    finding = item.finding
    words = f"{finding.code} was refuted, {item.verdict.reason}: a bug of ours, please report it"
    return replace(finding, code=REFUTED, message=one_line(words))
