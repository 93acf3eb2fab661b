"""CPython as the oracle: a program is run by Python itself and by the tracker, and both must agree.

The programs are our own.  Each leaves plain values in a variable ``result``; one that raises has the
name of the exception for its result.
"""

from __future__ import annotations

import warnings
from collections import deque
from textwrap import indent
from typing import Any

from kerasmergelint.options import Settings
from kerasmergelint.tracker.program.analysis import evaluate
from kerasmergelint.tracker.values.constants import is_constant
from kerasmergelint.tracker.values.containers import DictV, ListV, SetV
from kerasmergelint.tracker.values.value import Value

UNKNOWN = "unknown"
GOES_ON = "goes on"  # it does not see that the program raises
_NO_RESULT = object()

_PROGRAM = """
try:
{body}
except BaseException as uncaught:
    result = "raises " + type(uncaught).__name__
"""


def by_python(body: str) -> str:
    """What Python computes, as a text that tells types apart."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        code = compile(_program(body), "program.py", "exec", dont_inherit=True)
    exec(code, namespace)
    return shown(namespace["result"])


def by_tracker(body: str) -> str:
    """What the tracker says that Python computes, or :data:`UNKNOWN`."""
    report = evaluate(_program(body), "program.py", Settings())
    if report.errors:
        raise report.errors[0]
    assert report.module is not None and report.interpreter is not None
    if not report.complete or report.interpreter.path.taken:
        return UNKNOWN
    found = report.module.scope.variables.get("result", _NO_RESULT)
    if found is _NO_RESULT:
        return GOES_ON
    try:
        return shown(_plain(found))
    except _NotKnown:
        return UNKNOWN


def _program(body: str) -> str:
    return _PROGRAM.format(body=indent(body.strip(), "    "))


def shown(value: Any) -> str:
    """The text of a value; the items of sets in a fixed order."""
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__} {sorted(map(shown, value))}"
    if isinstance(value, (list, tuple, deque)):
        return f"{type(value).__name__}({', '.join(map(shown, value))})"
    if isinstance(value, dict):
        items = ", ".join(f"{shown(key)}: {shown(item)}" for key, item in value.items())
        return f"dict({items})"
    return f"{type(value).__name__} {value!r}"


class _NotKnown(Exception):
    """The tracker does not say what the value is."""


_COLLECTIONS: dict[str, Any] = {"list": list, "deque": deque}


def _plain(value: Value) -> Any:
    """The Python value that an abstract value represents."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if is_constant(value):
        return value
    if isinstance(value, (ListV, DictV, SetV)) and not value.open:
        if isinstance(value, DictV):
            return {_plain(key): _plain(item) for key, item in value.items.items()}
        items = list(map(_plain, value.items))
        return set(items) if isinstance(value, SetV) else _COLLECTIONS[value.kind](items)
    raise _NotKnown
