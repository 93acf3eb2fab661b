"""Variables, and the facts that flow into them until nothing changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from kerasmergelint.syntax.flow.facts import NOTHING, OPEN, Facts

# A name in a scope, an attribute of a class, the result of a function.
Variable = tuple[object, str]
Rule = Callable[[], None]

MOST_FACTS = 60  # about one variable; more of them tell nothing
# Rules run again when a variable that they read has changed; few run more than three times.
_RUNS_PER_RULE = 30
# A third of this is enough for a module of 4,000 lines; all of it takes half a second.
_MOST_READS = 25_000


class TooMuchFlows(Exception):
    """So much flows in this file that finding out what would take too long."""


class Variables:
    """The facts about each variable.  Raises TooMuchFlows after a number of questions about them."""

    def __init__(self) -> None:
        self._facts: dict[Variable, Facts] = {}
        self._readers: dict[Variable, dict[int, None]] = {}
        self._rules: list[Rule] = []
        self._waiting: deque[int] = deque()
        self._queued: set[int] = set()
        self._running: int | None = None
        self._reads = 0

    def read(self, variable: Variable) -> Facts:
        self._reads += 1
        if self._reads > _MOST_READS:
            raise TooMuchFlows
        if self._running is not None:
            self._readers.setdefault(variable, {})[self._running] = None
        return self._facts.get(variable, NOTHING)

    def add(self, variable: Variable, facts: Facts) -> None:
        known = self._facts.get(variable, NOTHING)
        if facts <= known:
            return
        merged = known | facts
        self._facts[variable] = merged if len(merged) <= MOST_FACTS else known | OPEN
        if self._facts[variable] != known:
            self._queue(self._readers.get(variable, ()))

    def rule(self, rule: Rule) -> None:
        """Add a rule that reads variables and adds facts to others."""
        self._rules.append(rule)

    def settle(self) -> bool:
        """Run all rules until nothing changes; returns whether that was reached."""
        self._queue(range(len(self._rules)))
        for _ in range(_RUNS_PER_RULE * len(self._rules)):
            if not self._waiting:
                break
            self._running = self._waiting.popleft()
            self._queued.discard(self._running)
            self._rules[self._running]()
        self._running = None
        return not self._waiting

    def _queue(self, rules: Iterable[int]) -> None:
        for rule in rules:
            if rule not in self._queued:
                self._queued.add(rule)
                self._waiting.append(rule)
