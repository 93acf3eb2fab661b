"""Confirming one program, on this machine or in a worker of a cluster."""

from __future__ import annotations

import atexit
import sys
import threading

from kerasmergelint.cli.programs.noqa import silences
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.options import Settings
from kerasmergelint.rules.finding import Finding
from kerasmergelint.runtime.confirm import Confirmer, Judged, Linted, Options

# TensorFlow takes half a gigabyte, which an idle worker gives back.
_IDLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Program:
    """A program, and the codes and prefixes of codes that are ignored in it."""

    source: Source
    ignored: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.source.path

    def lint(self, confirmer: Confirmer) -> Linted:
        """The findings that are neither ignored nor silenced."""
        file = confirmer.lint(self.source.text, self.source.path)
        return replace(file, found=tuple(pair for pair in file.found if self._wants(pair[0])))

    def _wants(self, finding: Finding) -> bool:
        silenced = silences(self.source.line(finding.line), finding.code)
        return not (silenced or finding.code.startswith(self.ignored))

    def problems(self, linted: Linted) -> tuple[str, ...]:
        """Why there is nothing to confirm in it, or not in all of it."""
        why = self.source.why_unread(linted.report.unread)
        return () if why is None else (why.of(self.source.shown),)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The result for one program."""

    judged: tuple[Judged, ...] = ()
    versions: tuple[tuple[int, dict[str, object]], ...] = ()
    problems: tuple[str, ...] = ()


def confirm_one(program: Program, settings: Settings, options: Options) -> Confirmed:
    """Lint a program and have its findings judged; TensorFlow stays loaded for the next one."""
    confirmer = _WARM.get(settings, replace(options, python=options.python or sys.executable))
    try:
        linted = program.lint(confirmer)
        problems = program.problems(linted)
        if not linted.found:
            return Confirmed(problems=problems)
        judged = confirmer.confirm([linted])[linted.path]
        return Confirmed(
            tuple(judged), tuple(confirmer.versions.items()), (*problems, *confirmer.problems)
        )
    finally:
        _WARM.put_back()


def given_up(program: Program, why: str) -> Confirmed:
    return Confirmed(problems=(f"{program.source.shown}: not confirmed, {why}",))


class _Warm:
    """The confirmer of this process: kept while the options stay the same, closed when idle."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._confirmer: Confirmer | None = None
        self._timer: threading.Timer | None = None

    def get(self, settings: Settings, options: Options) -> Confirmer:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            kept = self._confirmer
            if kept is None or (kept.settings, kept.options) != (settings, options):
                self.close()
                kept = self._confirmer = Confirmer(settings, options)
            return kept

    def put_back(self) -> None:
        with self._lock:
            self._timer = threading.Timer(_IDLE_SECONDS, self._expire)
            self._timer.daemon = True
            self._timer.start()

    def _expire(self) -> None:
        with self._lock:
            if self._timer is threading.current_thread():
                self.close()

    def close(self) -> None:
        with self._lock:
            if self._confirmer is not None:
                self._confirmer.close()
            self._confirmer = self._timer = None


_WARM = _Warm()
atexit.register(_WARM.close)
