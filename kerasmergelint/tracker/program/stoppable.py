"""An interpreter that can be stopped; it checks at every call."""

from __future__ import annotations

from kerasmergelint.keras_api.versions import Versions
from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.interpreter import Importer, Interpreter
from kerasmergelint.tracker.machine.semantics import Semantics
from kerasmergelint.tracker.machine.stopping import Stop, Stopped
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Args, Keywords, Value


class Stoppable(Interpreter):
    """Raises Stopped once it is asked to stop."""

    def __init__(
        self,
        semantics: Semantics[Interpreter],
        modules: Importer,
        budget: Budget,
        versions: Versions,
        stop: Stop,
    ) -> None:
        super().__init__(semantics, modules, budget, versions)
        self._stop = stop

    def call(self, callee: Value, args: Args, keywords: Keywords, site: Site) -> Value:
        if self._stop.asked:
            raise Stopped
        return super().call(callee, args, keywords, site)
