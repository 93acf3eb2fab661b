"""What the paths of an entry cost, and whether there is room for another."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.tracker.machine.budget import Budget
from kerasmergelint.tracker.machine.outputs import Outputs

# Of one entry, in steps.
_MOST_ON_OTHERS = 8_000


class Spending:
    """The steps of an entry: its default path may use all that is left of the file's budget.

    The other paths share ``left_for_others``, which the other paths of all entries share.
    """

    def __init__(self, budget: Budget, left_for_others: int) -> None:
        self._budget = budget
        self._allowed = min(_MOST_ON_OTHERS, left_for_others)
        # Steps used before and after all paths, the latest one, and the default path.
        self._begun = self._latest = self._ended = budget.used
        self._done: int | None = None

    def on(self, run: Callable[[], Outputs]) -> Outputs:
        """Run a path; the first one is the default path."""
        self._latest = self._budget.used
        outputs = run()
        self._ended = self._budget.used
        if self._done is None:
            self._done = self._ended
        return outputs

    def may_go_on(self, needed: bool) -> bool:
        """Whether there is room for another path, which costs about what the latest one did."""
        expected = 0 if needed else self._ended - self._latest
        spent = self._ended - self._default_done
        return self._budget.left > 0 and spent < self._allowed and spent + expected <= self._allowed

    @property
    def on_default(self) -> int:
        return self._default_done - self._begun

    @property
    def on_others(self) -> int:
        """The steps of all paths but the default one."""
        return self._ended - self._default_done

    @property
    def _default_done(self) -> int:
        assert self._done is not None
        return self._done
