"""SARIF 2.1.0, for code scanning services."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

from kerasmergelint import __version__
from kerasmergelint.cli.checking.results import Checked, Located
from kerasmergelint.cli.checking.together import shared_path
from kerasmergelint.cli.codes.pages import page as page_of
from kerasmergelint.cli.codes.severity import severity
from kerasmergelint.cli.frames.frame import operand_label
from kerasmergelint.cli.programs.cells import as_edits_of_file
from kerasmergelint.cli.programs.place_names import line_name
from kerasmergelint.cli.programs.sources import Source, read_source
from kerasmergelint.repairs.model import Edit, Repair, span_of
from kerasmergelint.rules.codes import CODES, Code
from kerasmergelint.rules.finding import Place

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "SRCROOT"
_FINGERPRINT = "kerasmergelint/v1"

Json = dict[str, object]


def print_report(checked: Checked) -> None:
    json.dump(log(checked), sys.stdout, indent=1, ensure_ascii=False)
    print()


def log(checked: Checked) -> Json:
    """The whole log: one run of one tool, with all of its rules."""
    rules = list(CODES)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kerasmergelint",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(CODES[code]) for code in rules],
                    }
                },
                "invocations": [_invocation(checked)],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_BASE: {"uri": _folder_uri()}},
                "results": [
                    _result(located, rules.index(located.finding.code))
                    for located in checked.findings
                ],
            }
        ],
    }


def _invocation(checked: Checked) -> Json:
    """How the run went: which files could not be read, and where a bug of ours was met."""
    unread = (_notification(file.source, file.words, file.why.line) for file in checked.unread)
    errors = (_notification(error.source, error.words, None) for error in checked.errors)
    return {
        "executionSuccessful": checked.complete,
        "toolExecutionNotifications": [*unread, *errors],
    }


def _notification(source: Source, words: str, line: int | None) -> Json:
    place: Json = {"artifactLocation": {"uri": _uri(source.path), "uriBaseId": _BASE}}
    if line is not None:
        place["region"] = {"startLine": line}
    return {
        "level": "error",
        "message": {"text": words},
        "locations": [{"physicalLocation": place}],
    }


def _rule(code: Code) -> Json:
    page = page_of(code.id)
    return {
        "id": code.id,
        "name": _pascal_case(code.title),
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": severity(code.id), "enabled": code.by_default},
        "properties": {"tags": ["keras", code.family.name.lower()]},
    }


def _pascal_case(title: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in title).split()
    return "".join(word[0].upper() + word[1:] for word in words)


def _result(located: Located, rule: int) -> Json:
    finding, source = located.finding, located.source
    place = Place(source.path, finding.line, finding.column, finding.end_line, finding.end_column)
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": severity(finding.code),
        "message": {"text": finding.message},
        "locations": [_location(located, place)],
        "partialFingerprints": {_FINGERPRINT: located.fingerprint},
    }
    related = [
        _location(located, operand.made_at, operand_label(located, index), index + 1)
        for index, operand in enumerate(finding.operands)
        if operand.made_at is not None
    ]
    if related:
        result["relatedLocations"] = related
    fixes = [fix for fix in (_fix(repair, source) for repair in located.repairs) if fix]
    if fixes:
        result["fixes"] = fixes
    if finding.stack:
        result["stacks"] = [_stack(located, place)]
    return result


def _fix(repair: Repair, program: Source) -> Json | None:
    """A repair, file by file; None where a notebook does not allow it."""
    changes: list[Json] = []
    for path in repair.paths:
        source = program if path == program.path else read_source(path)
        edits = [edit for edit in repair.edits if edit.path == path]
        in_file = as_edits_of_file(source, edits) if source.origins else (source.text, edits)
        if in_file is None:
            return None
        text, of_file = in_file
        place = {"uri": _uri(path), "uriBaseId": _BASE}
        replacements = [_replacement(text, edit) for edit in of_file]
        changes.append({"artifactLocation": place, "replacements": replacements})
    return {"description": {"text": repair.title}, "artifactChanges": changes}


def _replacement(text: str, edit: Edit) -> Json:
    line, column, end_line, end_column = span_of(text, edit)
    region = {
        "startLine": line,
        "startColumn": column + 1,
        "endLine": end_line,
        "endColumn": end_column + 1,
    }
    return {"deletedRegion": region, "insertedContent": {"text": edit.replacement}}


def _location(
    located: Located, place: Place, message: str | None = None, number: int | None = None
) -> Json:
    location: Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(place.path), "uriBaseId": _BASE},
            "region": _region(located, place),
        }
    }
    if message is not None:
        location["message"] = {"text": message}
    if number is not None:
        location["id"] = number
    cell = located.source.origin(place.line) if place.path == located.source.path else None
    if cell is not None:
        location["logicalLocations"] = [{"name": f"cell {cell.cell}", "kind": "module"}]
        location.setdefault("message", {"text": line_name(located.source, place.line)})
    return location


def _region(located: Located, place: Place) -> Json:
    """Columns count from 1, and the end is exclusive; in a notebook, only the line of the file counts."""
    cell = located.source.origin(place.line) if place.path == located.source.path else None
    if cell is not None:
        return {"startLine": cell.raw or 1}
    region: Json = {"startLine": place.line, "startColumn": place.column + 1}
    if place.end_line is not None and place.end_column is not None:
        region |= {"endLine": place.end_line, "endColumn": place.end_column + 1}
    return region


def _stack(located: Located, place: Place) -> Json:
    """The calls that led to the merge, innermost first."""
    places = [place, *reversed(located.finding.stack)]
    return {"frames": [{"location": _location(located, frame)} for frame in places]}


def _uri(path: str) -> str:
    return quote(os.fsencode(shared_path(path)))


def _folder_uri() -> str:
    return Path(os.getcwd()).as_uri().rstrip("/") + "/"
