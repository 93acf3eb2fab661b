"""``try`` does what CPython does: body, handlers, ``else`` and ``finally``, left in every way."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.tracker.cpython import by_python, by_tracker
from tests.tracker.try_programs import BODIES, GROUPS, SURROUNDINGS, grouped_programs, programs


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("surrounding", SURROUNDINGS)
def test_blocks_run_as_in_python(surrounding: str, body: str) -> None:
    assert not _disagreements(programs(surrounding, body))


@pytest.mark.skipif(sys.version_info < (3, 11), reason="except* came with Python 3.11")
@pytest.mark.parametrize("body", GROUPS)
def test_groups_are_shared_out_as_in_python(body: str) -> None:
    assert not _disagreements(grouped_programs(body))


def _disagreements(found: Iterator[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """What CPython says and what the tracker says, where it is not the same."""
    said = {about: (by_python(program), by_tracker(program)) for about, program in found}
    assert said
    return {about: answers for about, answers in said.items() if answers[0] != answers[1]}
