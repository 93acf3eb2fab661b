"""A summary as one JSON object, documented in ``docs/summary-json.md``."""

from __future__ import annotations

from dataclasses import asdict

from kerasmergelint.cli.programs.place_names import cell_of, in_cells
from kerasmergelint.cli.programs.sources import Source
from kerasmergelint.cli.programs.target import Evaluated
from kerasmergelint.rules.findings import Places, everywhere
from kerasmergelint.rules.internal_error import describe
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.keras import counting
from kerasmergelint.tracker.keras.model_layers import name_of
from kerasmergelint.tracker.machine.events import Call, Merge
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import ModelV, SequentialV
from kerasmergelint.tracker.values.value import Value

FORMAT_VERSION = 1


def as_json(evaluated: Evaluated) -> dict[str, object]:
    """Calls, models, findings and merges of a report."""
    report = evaluated.report
    places = Places(report)
    source = evaluated.source
    return {
        "version": FORMAT_VERSION,
        "unread": None if report.unread is None else asdict(report.unread),
        "complete": report.complete,
        "raised": report.raised or None,
        "calls": [
            _call(call, places, source) for call in report.calls if call.site.node is not None
        ],
        "models": [_model(model) for model in report.models],
        "findings": [
            {
                "code": finding.code,
                "file": finding.path,
                "line": finding.line,
                "column": finding.column,
                **(cell_of(source, finding.line) if finding.path == report.path else {}),
                "message": in_cells(source, finding.message),
            }
            for finding in everywhere(report)
        ],
        "merges": [_merge(merge, places, source) for merge in report.merges.values()],
        "errors": list(map(describe, report.errors)),
    }


def _place(site: Site, places: Places, source: Source) -> dict[str, object]:
    line = places.span(site).line
    cell = cell_of(source, line) if places.in_main(site) else {}
    return {"file": site.module.path, "line": line, **cell}


def _call(call: Call, places: Places, source: Source) -> dict[str, object]:
    return {
        **_place(call.site, places, source),
        "layer": call.label,
        "inputs": [shape_list(shape) for shape in call.inputs],
        "outputs": [shape_list(shape) for shape in call.outputs],
    }


def _merge(merge: Merge, places: Places, source: Source) -> dict[str, object]:
    return {
        **_place(merge.site, places, source),
        "callee": merge.callee,
        "verdict": merge.verdict.value,
        "reason": in_cells(source, merge.words),
    }


def _model(model: Value) -> dict[str, object]:
    inputs, outputs = ends(model)
    return {
        "name": name_of(model),
        "inputs": inputs,
        "outputs": outputs,
        "parameters": counting.parameters(model),
        "trainable_parameters": counting.trained(model),
    }


def ends(model: Value) -> tuple[object, object]:
    """The input and the output shapes of a model; None if it is not built."""
    if isinstance(model, ModelV):
        return _shapes(model.inputs), _shapes(model.outputs)
    if isinstance(model, SequentialV) and isinstance(model.input, TensorV):
        return _shapes(model.input), _shapes(model.output)
    return None, None


def _shapes(value: Value) -> list[object]:
    return [
        shape_list(leaf.spec.shape) if isinstance(leaf, TensorV) else None for leaf in leaves(value)
    ]


def shape_list(shape: object) -> list[object] | None:
    """A shape as a list: null for ``None``, strings for symbols; null if the rank is unknown."""
    if not isinstance(shape, Shape):
        return None
    return [_dim(dim) for dim in shape.dims]


def _dim(dim: Dim) -> int | str | None:
    if dim is UNKNOWN:
        return "?"
    return dim if dim is None or isinstance(dim, int) else str(dim)
