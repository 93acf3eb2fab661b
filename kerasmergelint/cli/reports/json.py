"""The findings as one JSON object, documented in ``docs/check-json.md``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from kerasmergelint.cli.checking.project import MergeVerdict
from kerasmergelint.cli.checking.results import (
    Checked,
    FunctionContract,
    Lists,
    Located,
    UnreadFile,
)
from kerasmergelint.cli.checking.together import shared_path
from kerasmergelint.cli.codes.severity import severity
from kerasmergelint.cli.programs.edits import PlacedEdit, placed
from kerasmergelint.cli.programs.place_names import cell_of
from kerasmergelint.rules.finding import Place
from kerasmergelint.rules.operand import OperandInfo
from kerasmergelint.tracker.machine.verdict import Verdict
from kerasmergelint.tracker.machine.witness import Given

if TYPE_CHECKING:
    from kerasmergelint.cli.programs.sources import Source
    from kerasmergelint.repairs.model import Repair

VERSION = 1


def print_report(checked: Checked, old: int, lists: Lists) -> None:
    content: dict[str, object] = {
        "version": VERSION,
        "files": checked.files,
        "unread": [_unread(file) for file in checked.unread],
        "errors": [
            {"file": shared_path(error.source.path), "message": error.words}
            for error in checked.errors
        ],
        "findings": [finding(located) for located in checked.findings],
        "in_baseline": old,
    }
    if Lists.VERDICTS in lists:
        content["merges"] = [_merge(merge) for merge in checked.merges]
    if Lists.CONTRACTS in lists:
        content["contracts"] = [_contract(contract) for contract in checked.contracts]
    print(json.dumps(content, indent=1, ensure_ascii=False))


def _unread(file: UnreadFile) -> dict[str, object]:
    return {"file": shared_path(file.source.path), **asdict(file.why)}


def finding(located: Located) -> dict[str, object]:
    """One finding, with everything known about it."""
    found = located.finding
    return {
        "code": found.code,
        "severity": severity(found.code),
        "file": shared_path(located.source.path),
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
        **cell_of(located.source, found.line),
        "message": found.message,
        "conflict": found.conflict or found.message,
        "repair": (located.repairs[0].title if located.repairs else found.repair) or None,
        "witness": [_given(given) for given in found.witness],
        "operands": [_operand(operand) for operand in found.operands],
        "called_from": [_place(place) for place in found.stack],
        "reached_from": located.reached_from,
        "fingerprint": located.fingerprint,
        "fixes": [_fix(repair, located.source) for repair in located.repairs],
    }


def _fix(repair: Repair, program: Source) -> dict[str, object]:
    """A repair that is proved, with its edits by lines and columns, and by characters of the text."""
    return {
        "title": repair.title,
        "safety": repair.safety.value,
        "edits": [_edit(placed(edit, program)) for edit in repair.edits],
    }


def _edit(one: PlacedEdit) -> dict[str, object]:
    return {
        "file": shared_path(one.edit.path),
        "line": one.line,
        "column": one.column,
        "end_line": one.end_line,
        "end_column": one.end_column,
        **cell_of(one.source, one.line),
        "start": one.edit.start,
        "end": one.edit.end,
        "replacement": one.edit.replacement,
    }


def _operand(operand: OperandInfo) -> dict[str, object]:
    made_at = operand.made_at
    return {
        "name": operand.name,
        "shape": operand.shape,
        "made_at": None if made_at is None else _place(made_at),
    }


def _given(given: Given) -> dict[str, object]:
    return {
        "name": given.name,
        "reason": given.reason or None,
        "shape" if given.tensor else "value": given.value,
        "parameter": given.parameter,
    }


def _place(place: Place) -> dict[str, object]:
    return {"file": shared_path(place.path), "line": place.line, "column": place.column}


def _contract(contract: FunctionContract) -> dict[str, object]:
    return {
        "file": shared_path(contract.source.path),
        "line": contract.line,
        **cell_of(contract.source, contract.line),
        "function": contract.name,
        "parameters": contract.parameters,
        "condition": contract.condition,
    }


def _merge(merge: MergeVerdict) -> dict[str, object]:
    return {
        "file": shared_path(merge.source.path),
        "line": merge.line,
        "column": merge.column,
        **cell_of(merge.source, merge.line),
        "callee": merge.callee,
        "verdict": merge.verdict.value,
        "condition": merge.reason if merge.verdict is Verdict.CONDITIONAL else None,
        "reason": "" if merge.verdict is Verdict.CONDITIONAL else merge.reason,
        "called_from": [
            {
                "file": shared_path(call.source.path),
                "line": call.line,
                **cell_of(call.source, call.line),
            }
            for call in merge.called_from
        ],
    }
