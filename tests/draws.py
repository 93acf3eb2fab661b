"""Draws that are the same on every run: alone or among other tests, on one worker or on many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from unittest import mock

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

# Another number draws something else.
SEED = int(os.environ.get("KML_SEED", "1"))

Drawn = TypeVar("Drawn")


def each_draw(
    strategy: st.SearchStrategy[Drawn], times: int, title: str, check: Callable[[Drawn], None]
) -> None:
    """Put draws of a strategy to a check.

    Hypothesis's own way of repeating itself, ``derandomize``, starts from the text of the test, so that
    any edit draws something else; here it is the title.
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
    with _whatever_is_loaded():
        seed(f"{SEED} {title}")(repeated)()


@contextmanager
def _whatever_is_loaded() -> Iterator[None]:
    """Hypothesis also draws constants from the modules that happen to be loaded; here it finds none.

    There is no setting for it: this is why the version of hypothesis is pinned.
    """
    nothing = providers.Constants()
    known = providers.CONSTANTS_CACHE.cache
    with mock.patch.object(providers.HypothesisProvider, "_local_constants", nothing):
        known.clear()
        try:
            yield
        finally:
            known.clear()
