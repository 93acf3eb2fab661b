"""The findings of all programs together: each once, with a fingerprint that outlives edits elsewhere."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from kerasmergelint.cli.checking.project import MergeVerdict
from kerasmergelint.cli.checking.results import Located
from kerasmergelint.dataclass import replace
from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.verdict import Verdict

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


def once(found: Sequence[Located]) -> list[Located]:
    """Each finding once: one in an imported file turns up with every file that imports it."""
    unique: dict[tuple[str, int, int, str], Located] = {}
    for located in found:
        finding = located.finding
        key = (located.source.path, finding.line, finding.column, finding.code)
        if key not in unique or located.reached_from is None:
            unique[key] = located
    return [unique[key] for key in sorted(unique)]


def folded(found: Sequence[Located], settings: Settings) -> list[Located]:
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


def numbered(found: Sequence[Located]) -> list[Located]:
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
