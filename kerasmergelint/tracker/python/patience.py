"""When the rounds of a loop are too many to be followed one by one.

Training loops run through thousands of epochs and batches.  Following them all would use up the
budget, and the rest of the file would be left out.  Such a loop goes on like one over unknown
items.
"""

from __future__ import annotations

from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.values.containers import DictV, IteratorV, ListV, ViewV
from kerasmergelint.tracker.values.value import Value

# The cheapest of this many rounds is the least that the others cost.
_ENOUGH_ROUNDS = 3
# Two are enough where the others would cost so many times what is left.
_HOPELESS = 4
# The share of the remaining budget for a loop whose number of rounds cannot be known.
_SHARE = 4
# After this many rounds, it may use this many steps; loops that double or halve a size are over by then.
_MANY_ROUNDS = 32
_CHEAP = 4_000


class Patience:
    """What the rounds of a loop have cost, and whether the budget lasts for the rest.

    ``iterable`` is what the loop exhausts; None if it may stop early.  One round is enough to know the
    cost if all was run ``before``: nothing is imported in the first round, then.
    """

    def __init__(self, budget: Budget, iterable: Value = None, *, before: bool = False) -> None:
        self._budget = budget
        self._iterable = iterable
        self._enough = 1 if before else _ENOUGH_ROUNDS
        self._most = budget.used + budget.left // _SHARE
        self._first = self._begun = budget.used
        self._cheapest = budget.left
        self._rounds = 0

    def lasts(self) -> bool:
        """Whether to follow one more round; to be asked before each."""
        used = self._budget.used
        if self._rounds:
            self._cheapest = min(self._cheapest, used - self._begun)
        self._begun = used
        self._rounds += 1
        total = self.total
        rest = 0 if total is None else (total - self._rounds) * self._cheapest
        if self._rounds <= self._enough:
            return self._rounds < _ENOUGH_ROUNDS or rest <= _HOPELESS * self._budget.left
        if total is None:
            cheap = self._rounds <= _MANY_ROUNDS or used - self._first <= _CHEAP
            return cheap and used <= self._most
        return rest <= self._budget.left

    @property
    def total(self) -> int | None:
        """How many rounds there are in all."""
        items = self._iterable
        if isinstance(items, (ListV, DictV, ViewV, IteratorV)):
            items = items.items
        if isinstance(items, range):  # `len` counts no further than to sys.maxsize
            return max(0, -((items.start - items.stop) // items.step))
        return len(items) if isinstance(items, (tuple, list, dict)) else None
