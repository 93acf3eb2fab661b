"""Where a tensor was made."""

from __future__ import annotations

from lsprotocol import types

from kerasmergelint.rules.findings import Places
from kerasmergelint.server.diagnostics import location_of
from kerasmergelint.server.documents import Document
from kerasmergelint.server.snapshot import Snapshot
from kerasmergelint.tracker.values.graph import TensorV


def definitions(document: Document, at: types.Position, snapshot: Snapshot) -> list[types.Location]:
    """The calls that made the tensors under the cursor; empty for anything else."""
    part = snapshot.program.part_of(document)
    then = None if part is None else part.then(document.position_of(at))
    if then is None:
        return []
    places = Places(snapshot.report)
    for fact in snapshot.index.at(then):
        nodes = [value.node for value in fact.noted.values if isinstance(value, TensorV)]
        made = [
            places.place(node.site)
            for node in nodes
            if node is not None and node.site.node is not None
        ]
        found = [location_of(place, snapshot) for place in dict.fromkeys(made)]
        if made:
            return [location for location in found if location is not None]
    return []
