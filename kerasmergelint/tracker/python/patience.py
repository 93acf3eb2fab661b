"""When the rounds of a loop are too many to be followed one by one.

Training loops go through epochs and batches by the thousand.  What would use up the budget is not
worth it: the rest of the file would be left out.  Such a loop goes on like one of which the rounds
are not known.
"""

from __future__ import annotations

from kerasmergelint.tracker.machine.interpreter import Budget
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.value import Value

# The cheapest of so many rounds says what the others cost at the least.
_ENOUGH_ROUNDS = 3
# What a loop may use of what is left when it begins, if nobody can know how many rounds there will be.
_SHARE = 4


class Patience:
    """What the rounds of a loop have cost, and whether the rest of them can be paid for.

    ``iterable`` is what it goes through to the end; None if there may be fewer rounds.
    """

    def __init__(self, budget: Budget, iterable: Value = None) -> None:
        self._budget = budget
        self._iterable = iterable
        self._most = budget.used + budget.left // _SHARE
        self._begun = budget.used
        self._cheapest = budget.left
        self._rounds = 0

    def lasts(self) -> bool:
        """Whether to follow one more round; to be asked before each."""
        used = self._budget.used
        if self._rounds:
            self._cheapest = min(self._cheapest, used - self._begun)
        self._begun = used
        self._rounds += 1
        if self._rounds <= _ENOUGH_ROUNDS:
            return True
        total = self._length()
        if total is None:
            return used <= self._most
        return (total - self._rounds) * self._cheapest <= self._budget.left

    def _length(self) -> int | None:
        """How many rounds there are in all."""
        items = self._iterable.items if isinstance(self._iterable, ListV) else self._iterable
        return len(items) if isinstance(items, (range, tuple, list)) else None
