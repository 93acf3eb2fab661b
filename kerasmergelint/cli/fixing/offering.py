"""The repairs of the findings of a run: to be shown, or to be applied together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kerasmergelint.cli.checking.results import Located
from kerasmergelint.cli.programs.sources import Source, read_source
from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.options import Settings
from kerasmergelint.repairs.model import Repair, Safety, by_file, line_after
from kerasmergelint.repairs.search import Search
from kerasmergelint.rules.finding import Finding


def with_repairs(found: Sequence[Located], settings: Settings) -> list[Located]:
    """The findings, each with its repairs."""
    searches: dict[str, Search] = {}
    told: list[Located] = []
    for located in found:
        program = _program_of(located)
        search = searches.get(program.path)
        if search is None:
            search = searches[program.path] = Search(program.path, program.text, settings)
        told.append(replace(located, repairs=search.repairs(located.finding)))
    return told


@dataclass(slots=True)
class Mended:
    """What is to be written: the new texts of programs, by path, with those that they replace.

    ``sources`` are the programs that were checked; other files are read and written as they are.
    """

    old: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    repairs: list[tuple[Finding, Repair]] = field(default_factory=list)


def mended(found: Iterable[Located], settings: Settings, *, allowed: frozenset[Safety]) -> Mended:
    """Carry out the first repair of each finding that is allowed, one after the other.

    Each is proved on the program as those before left it.
    """
    result = Mended()
    for located in found:
        program = _program_of(located)
        result.sources.setdefault(program.path, program)
        search = Search(
            program.path, result.new.get(program.path, program.text), settings, edited=result.new
        )
        finding = _moved(located.finding, result)
        repair = next((r for r in search.repairs(finding) if r.safety in allowed), None)
        if repair is None:
            continue
        result.repairs.append((located.finding, repair))
        for path, text in by_file(search.texts, repair.edits).items():
            result.old.setdefault(path, search.texts[path])
            result.new[path] = text
    return result


def _program_of(located: Located) -> Source:
    """The program that led to a finding: the file itself, or one that imports it."""
    if located.reached_from is None:
        return located.source
    return read_source(located.reached_from)


def _moved(finding: Finding, result: Mended) -> Finding:
    """A finding where the repairs before have moved it."""
    line = finding.line
    for _, repair in result.repairs:
        edits = [edit for edit in repair.edits if edit.path == finding.path]
        if edits:
            line = line_after(result.old[finding.path], edits, line)
    return replace(finding, line=line)
