"""The observers of what the program makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasmergelint.late import late
from kerasmergelint.tracker.hazards import merges, zips
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Observers

if TYPE_CHECKING:
    from kerasmergelint.tracker.hazards import sizes
else:
    sizes = late("kerasmergelint.tracker.hazards.sizes")

OBSERVERS: Observers[Interpreter] = Observers(
    node=merges.notice,
    model=merges.notice_model,
    zipped=zips.notice_zip,
    traced=zips.conclude_call,
    data=sizes.violated,
)
