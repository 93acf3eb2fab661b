"""Answers that say nothing: counted over the draws of each layer and op, and held below a bound."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass, field
from typing import Any

# A file that gets a line of JSON for each tally.
LOG = os.environ.get("KML_DRAWS_LOG")
# With this many draws, chance is no excuse.
MANY = 100
_LIKELY = 0.2


@dataclass(frozen=True)
class Allowed:
    """The share of the answers that may leave something open, and why it is larger than usual."""

    share: float
    reason: str = ""

    def most(self, draws: int) -> int:
        """How many of ``draws`` answers.

        Few draws scatter, so that two standard deviations are added; but never all of them, unless that
        is likely.
        """
        most = draws * self.share
        if draws < MANY:
            most += 2 * math.sqrt(most * (1 - self.share))
        all_silent = self.share**draws
        return min(int(most), draws if all_silent > _LIKELY else draws - 1)

    def least(self, draws: int) -> int:
        """With fewer than that, a large share is larger than it need be."""
        return int(draws * self.share / 5) if self.share > 0.5 and draws >= MANY else 0


USUAL = Allowed(0.1)


@dataclass
class Tally:
    """How many draws there were, and how many of them were not answered, or not in full."""

    title: str
    draws: int = 0
    silent: int = 0
    some: list[Any] = field(default_factory=list)

    def note(self, drawn: Any, *, silent: bool) -> None:
        self.draws += 1
        self.silent += silent
        if silent and len(self.some) < 3:
            self.some.append(drawn)

    def hold(self, allowed: Allowed = USUAL, **more: int) -> None:
        """Fails if more was left open than is allowed; ``more`` goes into the log."""
        self._log(more)
        assert self.draws, f"{self.title}: nothing was drawn"
        told = f"{self.title}: {self.silent} of {self.draws} answers leave something open"
        assert self.silent <= allowed.most(self.draws), (
            f"{told}, {allowed.most(self.draws)} may; for instance {self.some}"
        )
        assert self.silent >= allowed.least(self.draws), (
            f"{told}: the share of {allowed.share} can be lowered ({allowed.reason})"
        )

    def _log(self, more: dict[str, int]) -> None:
        if LOG:
            line = {"title": self.title, "draws": self.draws, "silent": self.silent, **more}
            with open(LOG, "a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
