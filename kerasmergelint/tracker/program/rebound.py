"""Names of a module that still change after a function was defined.

Nobody knows when a function that the program does not call will be called: as soon as it is there, or
after any later statement.  ``size = 2``, ``def build(): ...``, ``size = 10``: it may see either.
"""

from __future__ import annotations

from collections import defaultdict

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import bound_by
from kerasmergelint.syntax.positions import span_in


@dataclass(frozen=True, slots=True)
class _Binding:
    """A statement of the module that binds a name; ``constant`` is set if that is all the name can be."""

    line: int
    constant: tuple[type, object] | None

    def may_differ(self, other: _Binding) -> bool:
        return self.constant is None or self.constant != other.constant


class Rebindings:
    """The names that a module binds in more than one of its statements.

    Branches of one statement count as one.  Imports, functions and classes do not count: bound again,
    they are nearly always the same.
    """

    def __init__(self, code: ir.ModuleCode) -> None:
        bound: dict[str, list[ir.Statement]] = defaultdict(list)
        for statement in code.body:
            for name in bound_by(statement):
                bound[name].append(statement)
        self._code = code
        self._bound = {
            name: [_Binding(span_in(code, one).line, _constant(one)) for one in several]
            for name, several in bound.items()
            if len(several) > 1
        }

    def after(self, function: ir.FunctionCode) -> list[str]:
        """The names with several values from the definition of a function on."""
        line = span_in(self._code, function).line
        return [name for name, bound in self._bound.items() if _is_open(bound, line)]


def _is_open(bound: list[_Binding], line: int) -> bool:
    later = [binding for binding in bound if binding.line > line]
    seen = [*[binding for binding in bound if binding.line <= line][-1:], *later]
    return bool(later) and any(binding.may_differ(seen[0]) for binding in seen[1:])


def _constant(statement: ir.Statement) -> tuple[type, object] | None:
    value = statement.value if isinstance(statement, ir.Assign) else None
    return (type(value.value), value.value) if isinstance(value, ir.Const) else None
