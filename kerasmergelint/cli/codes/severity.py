"""Severity: what raises is an error, what may be wrong is a warning."""

from __future__ import annotations

from kerasmergelint.rules.codes import CODES, Family

_BY_FAMILY = {Family.HAZARD: "warning", Family.NOTE: "note"}


def severity(code: str) -> str:
    """``error``, ``warning`` or ``note``.

    >>> severity("KML101"), severity("KML201"), severity("KML901")
    ('error', 'warning', 'note')
    """
    return _BY_FAMILY.get(CODES[code].family, "error")
