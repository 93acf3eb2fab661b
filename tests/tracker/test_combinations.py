"""``itertools`` with arguments that are not known."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import analyse


@pytest.mark.parametrize(
    "call", ["product([0, 1], repeat=n)", "islice([1, 2], -3)", "combinations([1], 'a')"]
)
def test_what_is_not_known_is_no_bug_of_ours(call: str) -> None:
    program = f"import itertools, keras\n\n\ndef f(n):\n    return list(itertools.{call})\n"
    assert analyse(program, "combine.py", Settings()).errors == []
