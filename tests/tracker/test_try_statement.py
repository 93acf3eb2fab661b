"""``else`` is outside the handlers, and ``finally`` runs on every way out."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

# name: a program that leaves 4 in ``size``, as CPython computes it.
PROGRAMS = {
    "finally after a handler that raises": (
        "size = 6\ntry:\n    try:\n        raise ValueError\n    except ValueError:\n        raise KeyError\n"
        "    finally:\n        size = 4\nexcept KeyError:\n    pass\n"
    ),
    "finally after an else that raises": (
        "size = 6\ntry:\n    try:\n        pass\n    except ValueError:\n        size = 7\n    else:\n"
        "        raise ValueError\n    finally:\n        size = 4\nexcept ValueError:\n    pass\n"
    ),
    "an else that raises is not for the handlers beside it": (
        "size = 4\ntry:\n    try:\n        pass\n    except ValueError:\n        size = 6\n    else:\n"
        "        raise ValueError\nexcept ValueError:\n    pass\n"
    ),
    "a finally that returns instead of the exception": (
        "def found():\n    try:\n        raise ValueError\n    finally:\n        return 4\nsize = found()\n"
    ),
    "a finally that returns instead of the handler": (
        "def found():\n    try:\n        raise ValueError\n    except ValueError:\n        return 6\n"
        "    finally:\n        return 4\nsize = found()\n"
    ),
    "no else after a body that returns": (
        "def found():\n    try:\n        return 4\n    except ValueError:\n        pass\n    else:\n"
        "        return 6\nsize = found()\n"
    ),
}
MERGE = """
from keras import Input, layers
layers.Add()([Input((3, 8)), Input((3, {width}))])
"""


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_the_size_is_what_cpython_computes(program: str) -> None:
    namespace: dict[str, object] = {}
    exec(program, namespace)
    assert namespace["size"] == 4


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_merges_of_that_size_have_a_verdict(program: str) -> None:
    fits = check_source(program + MERGE.format(width="size * 2"), "fits.py", Settings())
    breaks = check_source(program + MERGE.format(width="size"), "breaks.py", Settings())
    assert [found.code for found in fits] == []
    assert [found.code for found in breaks] == ["KML111"]


def test_nothing_is_said_after_an_else_that_ends_the_program() -> None:
    text = "try:\n    pass\nexcept ValueError:\n    pass\nelse:\n    raise ValueError\n"
    assert check_source(text + MERGE.format(width=4), "ends.py", Settings()) == []
