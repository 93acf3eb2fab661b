"""Programs with ``try``: every way to leave each of its blocks, in several surroundings.

Each notes the blocks that run, and how it ends; what is right, CPython says.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from textwrap import indent

# What a block may do in the end.  ``LookupError`` is what the handlers catch.
RAISING = {
    "raises what is caught": "raise LookupError",
    "raises a subclass": "{}['missing']",
    "raises a class of its own": "raise Own('it', 3)",
    "raises what is not caught": "raise ValueError('no')",
    "exits": "sys.exit(1)",
    "raises what is no exception": "raise 7",
}
LEAVING = {
    "falls through": "pass",
    "returns": "return 'returned'",
    "breaks": "break",
    "continues": "continue",
}
HANDLING = {
    "raises another": "raise TypeError",
    "raises the same": "raise",
    "raises from": "raise RuntimeError from error",
    "raises what it caught": "raise error",
}
BODIES = {**RAISING, **LEAVING}

SURROUNDINGS = {
    "alone": "{statement}",
    "in the body of another": """
try:
    {statement}
    log.append("after inner")
except (TypeError, Own):
    log.append("outer handler")
else:
    log.append("outer else")
finally:
    log.append("outer finally")
""",
    "in a handler": """
try:
    raise OSError
except OSError:
    {statement}
    raise
finally:
    log.append("outer finally")
""",
    "in what runs finally": """
try:
    raise OSError
finally:
    {statement}
""",
    "under a manager that swallows": """
with Manager(KeyError, "first"), Manager(TypeError, "second") as name:
    log.append(name)
    {statement}
""",
    "in a function that the body calls": """
def inner():
    for _ in "a":
        {statement}
    return "inner"

try:
    log.append(inner())
except Own as error:
    log.append(error.args)
""",
}

_START = """
import sys

class Own(LookupError):
    pass

class Manager:
    def __init__(self, cls, name):
        self.cls, self.name = cls, name

    def __enter__(self):
        log.append("enter")
        return self.name

    def __exit__(self, cls, error, traceback):
        log.append("exit " + self.name)
        return cls is not None and issubclass(cls, self.cls)

log = []

def attempt():
    for turn in range(2):
        log.append(turn)
{statement}
        log.append("after")
    else:
        log.append("loop else")
    return "end"

try:
    outcome = attempt()
except BaseException as error:
    outcome = type(error).__name__
result = (log, outcome)
"""


def _statement(body: str, handler: str, orelse: str, final: str, caught: str) -> str:
    return f"""
try:
    log.append("body")
    {body}
except {caught} as error:
    log.append("handler")
    {handler}
else:
    log.append("else")
    {orelse}
finally:
    log.append("finally")
    {final}
""".strip()


def programs(surrounding: str, body: str, caught: str = "LookupError") -> Iterator[tuple[str, str]]:
    """The programs in which the body ends like this, with what they are about."""
    falls = body == "falls through"
    handlers = {**LEAVING, **HANDLING} if body in RAISING else {"is not reached": "pass"}
    elses = {**LEAVING, **RAISING} if falls else {"is not reached": "pass"}
    finals = {**LEAVING, "raises another": "raise ZeroDivisionError", "raises again": "raise"}
    for handler, orelse, final in product(handlers, elses, finals):
        statement = _statement(
            BODIES[body], handlers[handler], elses[orelse], finals[final], caught
        )
        about = f"{surrounding}: body {body}, handler {handler}, else {orelse}, finally {final}"
        yield about, in_program(SURROUNDINGS[surrounding], statement)


def in_program(surrounding: str, statement: str) -> str:
    lines = surrounding.strip().splitlines()
    whole = "\n".join(
        indent(statement, line[: -len("{statement}")]) if line.endswith("{statement}") else line
        for line in lines
    )
    return _START.format(statement=indent(whole, " " * 8))


# -- except* --------------------------------------------------------------------------------

GROUPS = {
    "falls through": "pass",
    "raises what is caught": "raise KeyError",
    "raises what is not caught": "raise OSError",
    "raises a group of one": "raise ExceptionGroup('', [KeyError()])",
    "raises a mixed group": "raise ExceptionGroup('', [KeyError(), TypeError(), KeyError()])",
    "raises a group that is caught in part": "raise ExceptionGroup('', [OSError(), KeyError()])",
    "raises groups in a group": (
        "raise ExceptionGroup('', [ExceptionGroup('', [KeyError()]), TypeError()])"
    ),
    "exits in a group": "raise BaseExceptionGroup('', [SystemExit(), KeyError()])",
}
_GROUPED = """
try:
    log.append("body")
    {body}
except* LookupError as error:
    log.append(("first", type(error).__name__))
    {first}
except* (TypeError, ValueError) as error:
    log.append(("second", type(error).__name__))
    {second}
else:
    log.append("else")
finally:
    log.append("finally")
""".strip()


def grouped_programs(body: str) -> Iterator[tuple[str, str]]:
    """The programs with ``except*`` in which the body ends like this."""
    handlers = {"falls through": "pass", **HANDLING}
    for first, second in product(handlers, handlers):
        statement = _GROUPED.format(
            body=GROUPS[body], first=handlers[first], second=handlers[second]
        )
        about = f"body {body}, first handler {first}, second handler {second}"
        yield about, in_program(SURROUNDINGS["alone"], statement)
