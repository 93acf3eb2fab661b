"""A failure of Keras is a finding, unless the program is prepared for it at that very place."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.analysis import evaluate

_START = """
import contextlib
import keras
import pytest
from keras import Input, layers

a, b = Input((3,)), Input((5,))

class Swallow:
    def __init__(self, what):
        self.what = what

    def __enter__(self):
        return self

    def __exit__(self, cls, error, traceback):
        return cls is not None and issubclass(cls, self.what)

class Passing(Swallow):
    def __exit__(self, *about):
        print("done")

@contextlib.contextmanager
def prepared():
    try:
        yield
    except ValueError:
        pass

@contextlib.contextmanager
def timed():
    try:
        yield
    finally:
        print("done")

"""
_BROKEN = "layers.Add()([a, b])"

CAUGHT = {
    "by its class": f"try:\n    {_BROKEN}\nexcept ValueError:\n    pass",
    "by everything": f"try:\n    {_BROKEN}\nexcept:\n    pass",
    "by the outer try": (
        f"try:\n    try:\n        {_BROKEN}\n    except KeyError:\n        pass\n"
        "except Exception:\n    pass"
    ),
    "in a function": (
        f"def build():\n    return {_BROKEN}\n\n"
        "try:\n    build()\nexcept (OSError, ValueError):\n    pass"
    ),
    "in a generator": (
        f"def build():\n    yield {_BROKEN}\n\ntry:\n    list(build())\nexcept ValueError:\n    pass"
    ),
    "where the generator stops": (
        f"def build():\n    try:\n        yield 1\n        {_BROKEN}\n"
        "    except ValueError:\n        pass\n\nfor _ in build():\n    pass"
    ),
    "by suppress": f"with contextlib.suppress(ValueError):\n    {_BROKEN}",
    "by pytest": f"with pytest.raises(ValueError):\n    {_BROKEN}",
    "by a manager of its own": f"with Swallow(ValueError):\n    {_BROKEN}",
    "by a generator as a manager": f"with prepared():\n    {_BROKEN}",
    "by a return in finally": (
        f"def build():\n    try:\n        {_BROKEN}\n    finally:\n        return None\n\n"
        "try:\n    build()\nexcept ValueError:\n    pass"
    ),
}
CAUGHT |= {
    "by a handler that may return": "def build():\n    try:\n"
    f"        {_BROKEN}\n    except Exception:\n        if a is None:\n            return a\n"
    "        raise\nbuild()",
    "by a handler that raises another": "try:\n    try:\n"
    f"        {_BROKEN}\n    except ValueError as error:\n        raise KeyError from error\n"
    "except KeyError:\n    print(a)",
    "around a handler that raises it again": "try:\n    try:\n"
    f"        {_BROKEN}\n    except ValueError:\n        raise\nexcept Exception:\n    print(a)",
}
NOT_CAUGHT = {
    "by another class": f"try:\n    {_BROKEN}\nexcept KeyError:\n    pass",
    "in else": f"try:\n    pass\nexcept ValueError:\n    pass\nelse:\n    {_BROKEN}",
    "in the handler": (
        f"try:\n    raise ValueError\nexcept ValueError:\n    {_BROKEN}\nexcept Exception:\n    pass"
    ),
    "in finally": f"try:\n    pass\nexcept ValueError:\n    pass\nfinally:\n    {_BROKEN}",
    "after the statement": f"try:\n    pass\nexcept ValueError:\n    pass\n{_BROKEN}",
    "where the generator stopped": (
        "def build():\n    try:\n        yield 1\n    except ValueError:\n        pass\n\n"
        f"for _ in build():\n    {_BROKEN}"
    ),
    "by suppress of another class": f"with contextlib.suppress(KeyError):\n    {_BROKEN}",
    "by a manager that passes": f"with Passing(ValueError):\n    {_BROKEN}",
    "by a generator that only cleans up": f"with timed():\n    {_BROKEN}",
    "by a handler that raises it again": f"try:\n    {_BROKEN}\nexcept Exception:\n    print(a)\n    raise",
    "by a handler that ends the program": f"try:\n    {_BROKEN}\nexcept Exception:\n    exit(1)",
    "by finally": f"try:\n    {_BROKEN}\nfinally:\n    print('done')",
    "by a library's manager": f"with keras.name_scope('a'):\n    {_BROKEN}",
}


def codes(body: str) -> list[str]:
    found = check_source(_START + body + "\n", "program.py", Settings())
    return [finding.code for finding in found]


@pytest.mark.parametrize("name", CAUGHT)
def test_a_caught_failure_is_no_finding(name: str) -> None:
    assert codes(CAUGHT[name]) == []


@pytest.mark.parametrize("name", NOT_CAUGHT)
def test_a_failure_that_is_not_caught_is_one(name: str) -> None:
    assert codes(NOT_CAUGHT[name]) == ["KML111"]


def test_the_handler_runs_in_the_place_of_what_failed() -> None:
    body = f"try:\n    x = {_BROKEN}\nexcept ValueError:\n    x = a\nlayers.Add()([x, b])"
    assert codes(body) == ["KML111"]
    assert codes(body.replace("x = a", "x = b")) == []


def test_no_block_runs_when_the_steps_are_used_up() -> None:
    """What is not concluded from the body must not be concluded from what follows it."""
    body = "    x = layers.Dense(8)(a)\n" * 100
    program = _START + f"try:\n{body}finally:\n    {_BROKEN}\n"
    report = evaluate(program, "program.py", Settings(steps=500))
    assert not report.complete
    assert not report.events
    assert not report.errors
