"""The observers of what the program makes."""

from __future__ import annotations

from kerasmergelint.tracker.hazards import merges, sizes, zips
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Observers

OBSERVERS: Observers[Interpreter] = Observers(
    node=merges.notice,
    model=merges.notice_model,
    zipped=zips.notice_zip,
    traced=zips.conclude_call,
    data=sizes.violated,
)
