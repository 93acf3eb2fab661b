"""Draws that are the same on every run: alone or among other tests, on one worker or on many."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

# Another number draws something else.
SEED = int(os.environ.get("KML_SEED", "1"))

Drawn = TypeVar("Drawn")


def each_draw(
    strategy: st.SearchStrategy[Drawn], times: int, title: str, check: Callable[[Drawn], None]
) -> None:
    """Put draws of a strategy to a check.

    Hypothesis's own way of repeating itself, ``derandomize``, starts from the text of the test, so that
    any edit draws something else; here it is the title.  Strategies should have no numbers above 99 in
    them: among those hypothesis mixes the constants of the modules that happen to be loaded.
    """

    def once(drawn: Drawn) -> None:
        check(drawn)

    repeated = settings(
        max_examples=times,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )(given(strategy)(once))
    seed(f"{SEED} {title}")(repeated)()
