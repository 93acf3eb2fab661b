"""The findings for people at a terminal: what, where, why, and what helps."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kerasmergelint.cli.checking.project import MergeVerdict
from kerasmergelint.cli.checking.results import Checked, Lists, Located
from kerasmergelint.cli.codes.severity import severity
from kerasmergelint.cli.frames.frame import frame, operand_label
from kerasmergelint.cli.frames.lines import MERGE, OPERAND, FrameLine, with_gaps
from kerasmergelint.cli.programs.place_names import line_name, place_name
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.rules.operand import OperandInfo
from kerasmergelint.rules.place import Place
from kerasmergelint.tracker.machine.verdict import Verdict
from kerasmergelint.tracker.machine.witness import in_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kerasmergelint.repairs.model import Repair

_MAX_OPERANDS = 8
_COLOURS = {"error": "bold red", "warning": "bold yellow", "note": "bold blue"}
_VERDICTS = {
    Verdict.SAFE: "green", Verdict.CONDITIONAL: "cyan", Verdict.BROKEN: "bold red", Verdict.UNKNOWN: "yellow",
}  # fmt: skip


def print_report(checked: Checked, old: int, console: Console | None, lists: Lists) -> None:
    """All findings, then the merges and contracts if wanted, then a summary line."""
    write = _Plain() if console is None else _Coloured(console)
    for located in checked.findings:
        write.finding(located)
    for merge in checked.merges:
        write.merge(merge)
    for contract in checked.contracts:
        where = place_name(contract.source, contract.line)
        write.line(f"{where}: {contract.name}{contract.parameters}: {contract.condition}")
    write.line(summary(checked, old, lists), "bold")


def summary(checked: Checked, old: int, lists: Lists) -> str:
    """The summary line."""
    parts = [counted(len(checked.findings), "finding"), counted(checked.files, "file") + " checked"]
    if checked.unread:
        parts.append(counted(len(checked.unread), "file") + " not read")
    if checked.errors:
        parts.append(counted(len(checked.errors), "internal error"))
    if old:
        parts.insert(1, f"{old} in the baseline")
    if Lists.VERDICTS in lists:
        counts = Counter(merge.verdict for merge in checked.merges)
        told = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict)
        parts.append(f"{counted(len(checked.merges), 'merge')}: {told}")
    return "; ".join(parts)


def details(located: Located) -> Iterator[tuple[str, str]]:
    """What goes below the frame: a keyword, and its text."""
    finding = located.finding
    told = [entry for entry in enumerate(finding.operands) if _says_something(entry[1])]
    for index, operand in told[:_MAX_OPERANDS]:
        yield "operand", operand_label(located, index) + _origin(located, operand)
    if len(told) > _MAX_OPERANDS:
        yield "operand", f"... and {len(told) - _MAX_OPERANDS} more"
    if finding.stack:
        yield "called from", ", ".join(_called_from(located, place) for place in finding.stack)
    if located.reached_from is not None:
        yield "reached from", located.reached_from
    example = in_words(finding.witness)
    if example:
        yield "for example with", example
    for repair in located.repairs:
        yield "repair", repair.title + _safety(repair)
    if finding.repair and not located.repairs:
        yield "repair", finding.repair


def _safety(repair: Repair) -> str:
    return " (--fix)" if repair.safety.value == "safe" else " (--fix --unsafe-fixes)"


def _says_something(operand: OperandInfo) -> bool:
    """Whether an operand is a tensor, or at least has a name; a literal says no more than its line."""
    return operand.shape.startswith("(") or (operand.name or "")[:1].isidentifier()


def _origin(located: Located, operand: OperandInfo) -> str:
    return "" if operand.made_at is None else f", from {_called_from(located, operand.made_at)}"


def _called_from(located: Located, place: Place) -> str:
    if place.path == located.source.path:
        return line_name(located.source, place.line)
    return f"{os.path.relpath(place.path)}:{place.line}"


class _Plain:
    """For pipes and files."""

    def line(self, text: str, style: str = "") -> None:
        print(text)

    def finding(self, located: Located) -> None:
        finding = located.finding
        where = place_name(located.source, finding.line, finding.column)
        print(f"{where}: {finding.code} {finding.conflict or finding.message}")
        lines = frame(located)
        width = max((len(line.number) for line in lines), default=0)
        for line in with_gaps(lines):
            if line is None:
                print(f"  {'...':>{width}}")
                continue
            print(f"  {line.number:>{width}} | {line.text}".rstrip())
            print(f"  {'':>{width}} | {line.underline()}")
        for word, about in details(located):
            print(f"  {word}: {about}")
        print()

    def merge(self, merge: MergeVerdict) -> None:
        print(_merge_line(merge))


def _merge_line(merge: MergeVerdict) -> str:
    where = place_name(merge.source, merge.line, merge.column)
    where_it_works = "where " if merge.verdict is Verdict.CONDITIONAL else ""
    reason = f", {where_it_works}{merge.reason}" if merge.reason else ""
    return f"{where}: {merge.callee}: {merge.verdict.value}{reason}{_callers(merge)}"


_MAX_CALLS = 3


def _callers(merge: MergeVerdict) -> str:
    """The calls in other files by which a merge was judged."""
    calls = [place_name(call.source, call.line) for call in merge.called_from]
    if not calls:
        return ""
    rest = len(calls) - _MAX_CALLS
    more = f" and {rest} more" if rest > 0 else ""
    return f" (called from {', '.join(calls[:_MAX_CALLS])}{more})"


class _Coloured:
    """For terminals."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def line(self, text: str, style: str = "") -> None:
        self._console.print(text, style=style, markup=False)

    def finding(self, located: Located) -> None:
        from rich.text import Text

        finding = located.finding
        colour = _COLOURS[severity(finding.code)]
        where = place_name(located.source, finding.line, finding.column)
        head = Text.assemble(
            (where, "bold"), ": ", (finding.code, colour), " ", finding.conflict or finding.message
        )
        self._console.print(head, soft_wrap=True)
        lines = frame(located)
        width = max((len(line.number) for line in lines), default=0)
        for line in with_gaps(lines):
            if line is None:
                self._console.print(Text(f"  {'...':>{width}}", style="dim"))
            else:
                self._frame_line(line, width, colour)
        for word, about in details(located):
            style = "bold green" if word == "repair" else "cyan"
            self._console.print(Text.assemble("  ", (word, style), ": ", about), soft_wrap=True)
        self._console.print()

    def _frame_line(self, line: FrameLine, width: int, colour: str) -> None:
        from rich.text import Text

        gutter = (f"  {line.number:>{width}} | ", "dim")
        code = _highlighted(line.text)
        fits = len("  ") + width + len(" | ") + len(line.underline()) <= self._console.width
        below = Text(line.underline() if fits else line.signs(), style="cyan")
        for mark in line.marks:
            if mark.kind == MERGE:
                code.stylize("bold", mark.start, mark.end)
                below.stylize(colour, mark.start, mark.end)
        for mark in line.marks:
            if mark.kind == OPERAND:
                below.stylize("bold cyan", mark.start, mark.end)
        self._console.print(Text.assemble(gutter, code), overflow="ellipsis", no_wrap=True)
        empty = (f"  {'':>{width}} | ", "dim")
        self._console.print(Text.assemble(empty, below), overflow="ellipsis", no_wrap=True)
        if line.labels() and not fits:  # below, since the end of a long line is not seen
            self._console.print(Text.assemble(empty, (line.labels(), "cyan")), soft_wrap=True)

    def merge(self, merge: MergeVerdict) -> None:
        from rich.text import Text

        text = Text(_merge_line(merge))
        text.highlight_words([merge.verdict.value], _VERDICTS[merge.verdict])
        self._console.print(text, soft_wrap=True)


def _highlighted(code: str) -> Text:
    """Python in colours that work on light and dark terminals."""
    from rich.syntax import Syntax

    text = Syntax("", "python", theme="ansi_dark", background_color="default").highlight(code)
    text.rstrip()
    return text
