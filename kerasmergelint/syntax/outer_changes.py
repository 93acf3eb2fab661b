"""What a piece of code may change that is not its own, whoever runs it, and when."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import binds, changes_in, targets_of, walk


@dataclass(frozen=True, slots=True)
class OuterChanges:
    """Of what stands around a piece of code.

    ``global_names`` and ``names`` are bound anew, in the module and in the nearest scope that has them;
    ``filled`` are containers that are filled or emptied, ``attributes`` are set, with their owners;
    ``called`` are functions and methods.
    """

    global_names: frozenset[str]
    names: frozenset[str]
    filled: tuple[ir.Expression, ...]
    attributes: tuple[tuple[ir.Expression, str], ...]
    called: tuple[ir.Name | ir.Attribute, ...]


NOTHING = OuterChanges(frozenset(), frozenset(), (), (), ())


@lru_cache(maxsize=1024)
def changes_of_function(code: ir.FunctionCode) -> OuterChanges:
    """What a function and those inside it do; a name that any of them binds is taken for their own.

    The first parameter is not: of a method, it is the object.
    """
    codes = [code, *_inside(code.body)]
    global_names = frozenset[str]().union(*(one.global_names for one in codes))
    nonlocal_names = frozenset[str]().union(*(one.nonlocal_names for one in codes))
    own = {parameter.name for one in codes for parameter in one.parameters}
    own = own.union(*(binds(one.body) for one in codes)) - global_names - nonlocal_names
    found = _changes(code.body, own - {parameter.name for parameter in code.parameters[:1]})
    return replace(found, global_names=global_names, names=nonlocal_names - own)


@lru_cache(maxsize=1024)
def changes_of_block(body: tuple[ir.Statement, ...]) -> OuterChanges:
    """What a block does; modules that it imports are left out, since something else stands for them."""
    made = {node.name for node in body if isinstance(node, (ir.FunctionDef, ir.ClassDef))}
    return replace(_changes(body, set()), names=changes_in(body).names | made)


def _changes(body: tuple[ir.Statement, ...], own: set[str]) -> OuterChanges:
    """What a block does that is no binding of a name."""
    nodes = list(walk(body))
    blocks = (body, *(code.body for code in _inside(body)))
    filled = (one for block in blocks for one in changes_in(block).filled)
    targets = (target for node in nodes for target in targets_of(node))
    functions = (node.func for node in nodes if type(node) is ir.Call)
    return replace(
        NOTHING,
        filled=tuple(one for one in filled if _root(one) not in own),
        attributes=tuple(
            (target.value, target.attr)
            for target in targets
            if type(target) is ir.Attribute and _root(target) not in own
        ),
        called=tuple(
            one
            for one in functions
            if isinstance(one, (ir.Name, ir.Attribute)) and _root(one) not in own
        ),
    )


def _inside(body: tuple[ir.Statement, ...]) -> Iterator[ir.FunctionCode]:
    """The functions in a block."""
    for node in walk(body):
        if type(node) in (ir.FunctionDef, ir.Lambda):
            yield node.code


def _root(expression: ir.Expression) -> str | None:
    """The name from which a chain of attributes and items starts."""
    while isinstance(expression, (ir.Attribute, ir.Subscript)):
        expression = expression.value
    return expression.id if isinstance(expression, ir.Name) else None
