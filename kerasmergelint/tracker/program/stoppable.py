"""An interpreter that can be stopped; it checks at every call."""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Equipment, Interpreter
from kerasmergelint.tracker.machine.stopping import Stop, Stopped
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Keywords, Value


class Stoppable(Interpreter):
    """Raises Stopped once it is asked to stop."""

    def __init__(self, equipment: Equipment, stop: Stop) -> None:
        super().__init__(equipment)
        self._stop = stop

    def call(self, callee: Value, args: Args, keywords: Keywords, site: Site) -> Value:
        if self._stop.asked:
            raise Stopped
        return super().call(callee, args, keywords, site)
