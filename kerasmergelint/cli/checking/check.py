"""Checking programs: findings and verdicts, from the cache or from an analysis."""

from __future__ import annotations

import enum
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kerasmergelint.cache import open_cache
from kerasmergelint.cache.entry import Kept, KeptContract
from kerasmergelint.cache.keys import key_of
from kerasmergelint.cli.checking.project import MergeVerdict, Told, across
from kerasmergelint.cli.configuration.choices import Configuration
from kerasmergelint.cli.problem import CannotRun
from kerasmergelint.cli.programs import sources
from kerasmergelint.cli.programs.noqa import silences, silences_file
from kerasmergelint.cli.programs.place_names import in_cells
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.cli.progress import with_progress
from kerasmergelint.cli.workers.pool import Work, Workers
from kerasmergelint.dataclass import dataclass
from kerasmergelint.files import Answer, Question
from kerasmergelint.options import Settings
from kerasmergelint.rules.finding import Finding
from kerasmergelint.syntax.gate import concerns_keras
from kerasmergelint.syntax.unread import Unread
from kerasmergelint.tracker.machine.verdict import Verdict

if TYPE_CHECKING:
    from kerasmergelint.repairs.model import Repair
    from kerasmergelint.tracker.program.report import Report


@dataclass(frozen=True, slots=True)
class Analysed:
    """The result of an analysis.

    ``answers`` is what the file system answered, or None if the result must not be cached; ``given_up``
    says why there was no analysis, ``unread`` why there could be none.  ``errors`` are bugs of ours.
    """

    kept: Kept
    answers: Mapping[Question, Answer] | None = None
    given_up: str = ""
    unread: Unread | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """A finding, and the program that it is in.

    ``fingerprint`` stays the same when the line moves: it is a hash of the file name, the code and the text
    of the line.  ``reached_from`` is the checked file that led to a finding in another one;
    ``repairs`` has the proved ones, if asked for.
    """

    finding: Finding
    source: Source
    fingerprint: str = ""
    reached_from: str | None = None
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionContract:
    """What a function asks of its parameters, in words; ``source`` has no text."""

    source: Source
    line: int
    name: str
    parameters: str
    condition: str


class Lists(enum.Flag):
    """What is listed besides findings."""

    NOTHING = 0
    VERDICTS = enum.auto()
    CONTRACTS = enum.auto()


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that could not be read to its end; ``source`` has no text."""

    source: Source
    why: Unread

    @property
    def words(self) -> str:
        """The message for the user."""
        return self.why.of(self.source.shown)


@dataclass(slots=True)
class Checked:
    """The results for some programs, or for all of them.

    ``keras`` counts the files by the version assumed, ``more`` the findings that naming one would add,
    ``errors`` the bugs of ours that were met.
    """

    findings: list[Located] = field(default_factory=list)
    merges: list[MergeVerdict] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    contracts: list[FunctionContract] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unread: list[UnreadFile] = field(default_factory=list)
    keras: Counter[str] = field(default_factory=Counter)
    more: Counter[str] = field(default_factory=Counter)
    files: int = 0
    errors: int = 0
    complete: bool = True

    def add(self, other: Checked) -> None:
        self.findings.extend(other.findings)
        self.told.extend(other.told)
        self.contracts.extend(other.contracts)
        self.remarks.extend(other.remarks)
        self.unread.extend(other.unread)
        self.keras.update(other.keras)
        self.more.update(other.more)
        self.files += other.files
        self.errors += other.errors
        self.complete = self.complete and other.complete


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
    checked = _each(found, configuration, stdin_name, workers, lists)
    for one in with_progress(checked, len(found), "files checked"):
        total.add(one)
    total.findings = _numbered(_folded(_once(total.findings), configuration.settings))
    total.merges = across(total.told)
    if Lists.VERDICTS in lists:
        total.merges += broken_elsewhere(total.findings, total.merges)
    total.contracts.sort(key=lambda contract: (contract.source.path, contract.line))
    return total


def _each(
    paths: Sequence[str],
    configuration: Configuration,
    stdin_name: str,
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
            shown = stdin_name if path == "-" else path
            with _told_of(path) as met:
                source = sources.read_source(path, shown)
                known = at_once(source)
            yield (Source(path, ascii(shown)[1:-1], ""), met[0]) if met else (source, known)

    asked = cache is not None
    work = Work(partial(analysed, settings=settings, asked=asked, lists=lists), _given_up)
    for source, found in workers.do(work, questions()):
        if cache is not None and found.answers is not None:
            cache.keep(key(source), found.kept, found.answers)
        with _told_of(source.path) as met:
            one = _checked(source, configuration, found)
        yield _checked(source, configuration, met[0]) if met else one


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
    if found.errors:
        result.remarks += [f"{source.shown}: {error}" for error in found.errors]
        result.errors, result.complete = len(found.errors), False
    bare = replace(source, text="")
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


# -- all programs together -------------------------------------------------------------------


_MERGES = "KML1"


def broken_elsewhere(
    found: Sequence[Located], merges: Sequence[MergeVerdict]
) -> Iterator[MergeVerdict]:
    """Broken merges in files that are only imported, whose merges are not listed."""
    listed = {merge.source.path for merge in merges}
    for located in found:
        finding, source = located.finding, located.source
        if not finding.code.startswith(_MERGES) or located.reached_from is None:
            continue
        if source.path not in listed:
            place, reason = (finding.line, finding.column), finding.conflict
            reason = reason.removeprefix(f"{finding.callee}: ")
            without_text = replace(source, text="")
            yield MergeVerdict(without_text, *place, finding.callee, Verdict.BROKEN, reason)


def _once(found: Sequence[Located]) -> list[Located]:
    """Each finding once: one in an imported file turns up with every file that imports it."""
    unique: dict[tuple[str, int, int, str], Located] = {}
    for located in found:
        finding = located.finding
        key = (located.source.path, finding.line, finding.column, finding.code)
        if key not in unique or located.reached_from is None:
            unique[key] = located
    return [unique[key] for key in sorted(unique)]


def _folded(found: Sequence[Located], settings: Settings) -> list[Located]:
    """The first of the findings in a file that have the same cause."""
    if not any(located.finding.written_for for located in found):
        return list(found)
    # late: few projects have such files
    from kerasmergelint.rules.folding import fold

    told: list[Located] = []
    for _, group in groupby(found, key=lambda located: located.source.path):
        at = {located.finding.key: located for located in group}
        for finding in fold((located.finding for located in at.values()), settings):
            told.append(replace(at[finding.key], finding=finding))
    return told


def _numbered(found: Sequence[Located]) -> list[Located]:
    """Give findings their fingerprints; equal lines of a file are counted to tell them apart."""
    seen: Counter[str] = Counter()
    result = []
    for located in found:
        text = _identity(located)
        seen[text] += 1
        digest = hashlib.sha256(f"{text}\0{seen[text]}".encode(errors="surrogatepass")).hexdigest()[
            :32
        ]
        result.append(replace(located, fingerprint=digest))
    return result


def _identity(located: Located) -> str:
    finding, source = located.finding, located.source
    line = "".join(source.line(finding.line).split())
    return "\0".join((shared_path(source.path), finding.code, line))


def shared_path(path: str) -> str:
    """A path that is the same on every machine: relative to the current folder, with slashes."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        return Path(path).as_posix()
    return Path(relative).as_posix()
