"""Checking programs: findings and verdicts, from the cache or from an analysis."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from kerasmergelint.cache import open_cache
from kerasmergelint.cache.entry import Kept, KeptContract
from kerasmergelint.cache.keys import key_of
from kerasmergelint.cli.checking.project import Told, across
from kerasmergelint.cli.checking.results import (
    Analysed,
    Checked,
    FunctionContract,
    InternalError,
    Lists,
    Located,
    UnreadFile,
)
from kerasmergelint.cli.checking.together import broken_elsewhere, folded, numbered, once
from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs import sources
from kerasmergelint.cli.programs.noqa import silences, silences_file
from kerasmergelint.cli.programs.place_names import in_cells
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.cli.progress import with_progress
from kerasmergelint.cli.workers.pool import Work, Workers
from kerasmergelint.dataclass import replace
from kerasmergelint.options import Settings
from kerasmergelint.rules.finding import Finding
from kerasmergelint.syntax.gate import concerns_keras

if TYPE_CHECKING:
    from kerasmergelint.tracker.program.report import Report


def check(
    paths: Sequence[str],
    configuration: Configuration,
    *,
    stdin_name: str,
    workers: Workers,
    lists: Lists = Lists.NOTHING,
) -> Checked:
    """Check programs: each finding once, ordered by file and line.

    Merges and contracts are listed on request only, since that takes longer.
    """
    total = Checked()
    skipped = total.remarks.append
    found = list(dict.fromkeys(sources.find(paths, configuration.exclude, skipped=skipped)))
    read = partial(_read, named=frozenset(paths), stdin_name=stdin_name)
    checked = _each(found, read, configuration, workers, lists)
    for one in with_progress(checked, len(found), "files checked"):
        total.add(one)
    total.findings = numbered(folded(once(total.findings), configuration.settings))
    total.merges = across(total.told)
    if Lists.VERDICTS in lists:
        total.merges += broken_elsewhere(total.findings, total.merges)
    total.contracts.sort(key=lambda contract: (contract.source.path, contract.line))
    return total


def _each(
    paths: Sequence[str],
    read: Callable[[str], Source],
    configuration: Configuration,
    workers: Workers,
    lists: Lists,
) -> Iterator[Checked]:
    """The result for each program, in order; workers get only what the cache does not have."""
    cache = None if configuration.no_cache else open_cache(configuration.cache_dir)
    settings = configuration.settings

    def key(source: Source) -> str:
        return key_of(f"check {lists.value}", source.text, source.path, settings)

    def at_once(source: Source) -> Analysed | None:
        if not concerns_keras(source.text, source.path, settings.roots):
            return Analysed(Kept(()))
        kept = None if cache is None else cache.recall(key(source))
        return None if kept is None else Analysed(kept)

    def questions() -> Iterator[tuple[Source, Analysed | None]]:
        for path in paths:
            with _told_of(path) as met:
                source = read(path)
                known = at_once(source)
            yield (Source(path, ascii(path)[1:-1], ""), met[0]) if met else (source, known)

    asked = cache is not None
    work = Work(partial(analysed, settings=settings, asked=asked, lists=lists), _given_up)
    for source, found in workers.do(work, questions()):
        if cache is not None and found.answers is not None:
            cache.keep(key(source), found.kept, found.answers)
        with _told_of(source.path) as met:
            one = _checked(source, configuration, found)
        yield _checked(source, configuration, met[0]) if met else one


def _read(path: str, *, named: Collection[str], stdin_name: str) -> Source:
    shown = stdin_name if path == "-" else path
    return sources.read_source(path, shown, named=path in named)


@contextmanager
def _told_of(path: str) -> Iterator[list[Analysed]]:
    """A bug of ours within the block is told of this file, and nothing else of it is."""
    met: list[Analysed] = []
    try:
        yield met
    except CannotRun:
        raise
    except Exception as error:
        # late: few files have any
        from kerasmergelint.rules.internal_error import internal_error

        met.append(Analysed(Kept(()), errors=(internal_error(error, path).message,)))


def analysed(source: Source, settings: Settings, asked: bool, lists: Lists) -> Analysed:
    """Analyse one program.  A bug of ours is told, so that the other files still get checked."""
    try:
        return _analysed(source, settings, asked, lists)
    except Exception as error:
        # late: few files have any
        from kerasmergelint.rules.internal_error import internal_error

        note = internal_error(error, source.path)
        told = (note,) if note.code.startswith(settings.enabled) else ()
        return Analysed(Kept(told), errors=(note.message,))


def _analysed(source: Source, settings: Settings, asked: bool, lists: Lists) -> Analysed:
    """The same; what a bug leaves out is left out, and the rest is kept."""
    # late: a file that is in the cache needs no analysis
    from kerasmergelint.cli.checking.keeping import with_merges
    from kerasmergelint.rules.codes import NOT_ANALYSED
    from kerasmergelint.rules.findings import in_place
    from kerasmergelint.rules.internal_error import describe
    from kerasmergelint.tracker.program.analysis import analyse
    from kerasmergelint.tracker.program.report import Watch

    watch = Watch.NOTHING
    if Lists.VERDICTS in lists or settings.enables(NOT_ANALYSED):
        watch = Watch.MERGES
    if Lists.CONTRACTS in lists:
        watch = Watch.CONTRACTS
    report = analyse(source.text, source.path, settings, watch=watch)
    with report.bugs.survived():
        if watch is not Watch.NOTHING:
            report.add_unreached()
    kept = Kept(tuple(_selected(in_place(report), settings)), keras=report.keras)
    with report.bugs.survived():
        if Lists.CONTRACTS in lists:
            kept = replace(kept, contracts=tuple(_contracts(report)))
        if report.choice is not None and settings.keras_version is None:
            kept = _with_choice(kept, source, settings, str(report.choice))
        if Lists.VERDICTS in lists:
            kept = with_merges(kept, report)
    answers = report.files.answers() if asked and report.concluded().repeatable else None
    errors = dict.fromkeys(describe(error) for error in report.errors)
    return Analysed(kept, answers, unread=report.unread, errors=tuple(errors))


def _with_choice(kept: Kept, source: Source, settings: Settings, choice: str) -> Kept:
    """How many more findings there would be if the program were known to be for one version."""
    # late: a file that is in the cache needs no analysis
    from kerasmergelint.rules.findings import in_place
    from kerasmergelint.tracker.program.analysis import analyse

    report = analyse(source.text, source.path, replace(settings, keras_version=choice))
    known = {finding.key for finding in kept.findings}
    found = {finding.key for finding in _selected(in_place(report), settings)}
    return replace(kept, choice=choice, more=len(found - known))


def _given_up(source: Source, why: str) -> Analysed:
    return Analysed(Kept(()), given_up=f"{source.shown}: not checked, {why}")


def _checked(source: Source, configuration: Configuration, found: Analysed) -> Checked:
    kept = found.kept
    result = Checked(remarks=list(source.remarks), files=1)
    if kept.keras:
        result.keras[kept.keras] = 1
    if kept.more:
        result.more[kept.choice] = kept.more
    if found.given_up:
        result.remarks.append(found.given_up)
        result.complete = False
    bare = replace(source, text="")
    result.errors = [InternalError(bare, words) for words in found.errors]
    result.complete = result.complete and not found.errors
    why = source.why_unread(found.unread)
    if why is not None and not silences_file(source.text):
        result.unread = [UnreadFile(bare, why)]
        result.files, result.complete = 0, False
    if kept.merges or kept.reaches:
        result.told = [Told(bare, kept)]
    result.contracts = [
        FunctionContract(bare, c.line, c.name, c.parameters, c.condition) for c in kept.contracts
    ]
    files = _Files(source)
    for finding in kept.findings:
        located = files.locate(finding)
        if located is not None and not _is_unwanted(located, configuration):
            result.findings.append(located)
    return result


def _selected(found: Iterable[Finding], settings: Settings) -> Iterator[Finding]:
    """The enabled findings, file by file: places are comparable only within a file."""
    # late: a file that is in the cache needs no analysis
    from kerasmergelint.rules.check import select

    by_path: dict[str, list[Finding]] = {}
    for finding in found:
        by_path.setdefault(finding.path, []).append(finding)
    for group in by_path.values():
        yield from select(group, settings)


def _is_unwanted(located: Located, configuration: Configuration) -> bool:
    finding, source = located.finding, located.source
    if configuration.ignores(finding.code, source.path) or silences_file(source.text):
        return True
    return silences(source.line(finding.line), finding.code)


class _Files:
    """The program being checked, and the others that its findings are in."""

    def __init__(self, main: Source) -> None:
        self._main = main
        self._others: dict[str, Source | None] = {}

    def locate(self, finding: Finding) -> Located | None:
        if finding.path == self._main.path:
            return Located(_by_cells(self._main, finding), self._main)
        other = self._other(finding.path)
        return None if other is None else Located(finding, other, "", self._main.shown)

    def _other(self, path: str) -> Source | None:
        if path not in self._others:
            other = sources.read_source(path, os.path.relpath(path))
            self._others[path] = other if other.unread is None else None
        return self._others[path]


def _by_cells(source: Source, finding: Finding) -> Finding:
    """A finding in a notebook names cells instead of lines."""
    if not source.origins:
        return finding
    words = in_cells(source, finding.message), in_cells(source, finding.conflict)
    return replace(finding, message=words[0], conflict=words[1])


def _contracts(report: Report) -> Iterator[KeptContract]:
    """The contracts of the program's own functions."""
    # late: a file that is in the cache needs no analysis
    from kerasmergelint.rules.findings import Places

    places = Places(report)
    for contract in report.contracts:
        if places.in_main(contract.site):
            line = places.span(contract.site).line
            yield KeptContract(line, contract.name, contract.signature, contract.condition)
