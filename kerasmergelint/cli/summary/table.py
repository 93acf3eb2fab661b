"""Models as tables, like those of ``model.summary()``, with a line for each lost shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kerasmergelint.cli.models.breaks import breaks_in
from kerasmergelint.cli.models.rows import (
    Row,
    branches,
    functional,
    rows_of_model,
    title,
    why_outputs_are_lost,
)
from kerasmergelint.cli.programs.place_names import in_cells, place_name
from kerasmergelint.cli.programs.target import Evaluated
from kerasmergelint.rules.findings import everywhere
from kerasmergelint.rules.printable import printable
from kerasmergelint.shapes import OpenShape, Shape, format_shape
from kerasmergelint.tracker.keras import counting
from kerasmergelint.tracker.values.layers import SequentialV
from kerasmergelint.tracker.values.value import Value

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_HEADER = ("Layer (type)", "Output Shape", "Param #", "Connected to")
_HEADER_OF_CALLS = ("Call", "Output Shape")
_NUMBERS = frozenset({"Param #"})
_MAX_LOST = 20


def print_models(evaluated: Evaluated, console: Console | None) -> None:
    """Every model of a report, then what is broken, and what was cut short."""
    report = evaluated.report
    models = report.models[report.built_before :]
    for model in models:
        _print_model(model, evaluated, console)
        print()
    if not models and report.calls:
        _print_calls(evaluated, console)
        print()
    for line in remarks(evaluated):
        print(line)


def _print_calls(evaluated: Evaluated, console: Console | None) -> None:
    """The calls on tensors, if no model came of them."""
    lines = [
        (
            f"{call.label} ({evaluated.line(call.site)})",
            ", ".join(_call_shape(shape) for shape in call.outputs) or "?",
        )
        for call in evaluated.report.calls
        if call.site.node is not None
    ]
    _show("Calls on tensors", _HEADER_OF_CALLS, lines, console)


def remarks(evaluated: Evaluated) -> Iterator[str]:
    """What the tables do not show."""
    report = evaluated.report
    for finding in everywhere(report):
        if finding.path == report.path:
            place = place_name(evaluated.source, finding.line)
            yield f"{place}: {in_cells(evaluated.source, finding.text)}"
        else:
            yield f"{printable(finding.path)}:{finding.line}: {finding.text}"
    if len(report.models) <= report.built_before and evaluated.expression is None:
        yield "No model is built here."
    if report.raised and evaluated.expression is None:
        yield f"The program raises {printable(report.raised)} before its end."
    if not report.complete and not report.errors:
        yield "The budget ran out before the end of the program: something may be missing."


def _call_shape(shape: object) -> str:
    return format_shape(shape) if isinstance(shape, (Shape, OpenShape)) else "?"


def _print_model(model: Value, evaluated: Evaluated, console: Console | None) -> None:
    rows = rows_of_model(model, breaks_in(evaluated.report))
    wide = not isinstance(functional(model), SequentialV) and branches(rows)
    columns = 4 if wide else 3
    lines = [fields(row)[:columns] for row in rows]
    _show(f'Model: "{printable(title(model))}"', _HEADER[:columns], lines, console)
    for line in (*count_lines(model, rows), *lost_lines(model, rows, evaluated)):
        print(f" {line}")


def fields(row: Row) -> tuple[str, str, str, str]:
    """The cells of a row."""
    count = "?" if row.parameters is None else f"{row.parameters:,}"
    sources = ", ".join(source.name for source in row.sources) or "-"
    built = count if row.built else "0 (unbuilt)"
    return (
        printable(f"{row.name} ({row.type_name})"),
        printable(row.shape),
        built,
        printable(sources),
    )


def total(model: Value, rows: Sequence[Row]) -> str:
    """The number of parameters, as far as it is known."""
    return _total(_known_count(model, rows), rows)


def _total(known: int | None, rows: Sequence[Row]) -> str:
    counted = sum(row.parameters or 0 for row in rows)
    if any(row.broken for row in rows):
        return f"{counted:,} up to where it breaks"
    return f"{counted:,} plus those that are unknown" if known is None else f"{known:,}"


def _known_count(model: Value, rows: Sequence[Row]) -> int | None:
    """The number of parameters, if nothing of the model is lost."""
    if why_outputs_are_lost(model) or any(row.broken for row in rows):
        return None
    return counting.parameters(functional(model))


def count_lines(model: Value, rows: Sequence[Row]) -> Iterator[str]:
    """The number of parameters, and how many of them training changes, where that is known."""
    known = _known_count(model, rows)
    yield f"Total params: {_total(known, rows)}"
    trained = None if known is None else counting.trained(model)
    if known is not None and trained is not None:
        yield f"Trainable params: {trained:,}"
        yield f"Non-trainable params: {known - trained:,}"


def lost_lines(model: Value, rows: Sequence[Row], evaluated: Evaluated) -> Iterator[str]:
    """The rows where a shape is lost, and why."""
    told = 0
    for row in rows:
        if (
            row.known
            or row.broken
            or not row.built
            or any(not source.known for source in row.sources)
        ):
            continue
        told += 1
        if told > _MAX_LOST:
            yield "... and more"
            return
        where = f", {evaluated.line(row.site)}" if row.site and row.site.node else ""
        why = "; ".join(dict.fromkeys(row.lost)) or _own_reason(row)
        yield f"Shape lost at {printable(row.name)} ({row.type_name}){where}: {why}"
    for reason in dict.fromkeys(why_outputs_are_lost(model)):
        yield f"An output is lost: {reason}"


def _own_reason(row: Row) -> str:
    if not row.sources and row.type_name == "InputLayer":
        return "the shape of this input is unknown"
    return "its output shape cannot be computed from its arguments"


def plain_table(header: Sequence[str], lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns as wide as their cells: nothing is cut off in a file or a pipe."""
    table = [header, *lines]
    widths = [max(len(line[column]) for line in table) for column in range(len(header))]
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    for number, line in enumerate(table):
        cells = [
            cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
            for name, cell, width in zip(header, line, widths)
        ]
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield rule
    yield rule


def _show(
    heading: str, header: Sequence[str], lines: Sequence[Sequence[str]], console: Console | None
) -> None:
    if console is None:
        print(heading)
        print("\n".join(plain_table(header, lines)))
    else:
        _draw(console, heading, header, lines)


def _draw(
    console: Console, heading: str, header: Sequence[str], lines: Sequence[Sequence[str]]
) -> None:
    from rich.table import Column, Table
    from rich.text import Text

    columns = [
        Column(name, justify="right" if name in _NUMBERS else "left", overflow="fold")
        for name in header
    ]
    table = Table(*columns)
    for line in lines:
        table.add_row(_name_cell(line[0]), *(Text(cell) for cell in line[1:]))
    console.print(Text(heading, style="bold"))
    console.print(table)


def _name_cell(cell: str) -> Text:
    from rich.text import Text

    name, bracket, kind = cell.rpartition(" (")
    return Text.assemble(name, bracket, (kind.removesuffix(")"), "cyan"), ")")
