"""How the other files of a project use what a file defines.

A default that every caller replaces is never the value of its parameter, an attribute that others set is
not what the constructor left, and whoever calls may have set the data format.  A finding has to hold for
what the project does.  All of it is told apart by names, in files that import this one or what it imports:
a wrong guess can cost a finding, and never makes one.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from os.path import abspath
from pathlib import Path

from kerasmergelint.dataclass import dataclass
from kerasmergelint.regex import regex
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.callers import users_of
from kerasmergelint.tracker.program.changed import Changed

# `net.width = 3`, but not `self.width = 3`.
_SETS = regex(
    r"^[ \t]*(?!self\.|cls\.)[A-Za-z_][\w.]*(?:\[[^\]\n]*\])?\.(\w+)[ \t]*=(?!=)", re.MULTILINE
)
# `config.branches.append(x)`, `options["width"] = 3`.
_FILLS = regex(
    r"^[ \t]*(?:\w+\.)*(\w+)(?:\[[^\]\n]*\][ \t]*=(?!=)|\.(?:append|extend|insert|add|update|setdefault)\()",
    re.MULTILINE,
)
_CHANNELS_FIRST = regex(
    r"\bset_image_(?:data_format\(\s*['\"]channels_first|dim_ordering\(\s*['\"]th)"
)


@dataclass(frozen=True, slots=True)
class Around:
    """The parameters of what stands around the places of findings, by the names that callers use.

    Functions and classes are called by their own names or as what a module has, methods on any object.
    """

    functions: Mapping[str, Sequence[Sequence[ir.Parameter]]]
    methods: Mapping[str, Sequence[Sequence[ir.Parameter]]]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usage:
    """What others decide: parameters, by the names of their functions, attributes, and the data format.

    ``changed`` is what other functions of the file itself do to what is in it, and other files to
    containers; ``sets_late`` tells whether they set attributes of objects.
    """

    given: Mapping[str, frozenset[str]]
    attributes: frozenset[str]
    channels_first: bool
    changed: Changed = Changed()
    sets_late: bool = False

    def __bool__(self) -> bool:
        some = self.given or self.attributes or self.channels_first or self.changed
        return bool(some) or self.sets_late

    def opened(self, names: Iterable[str]) -> frozenset[str]:
        """The parameters of these functions and classes whose defaults nobody uses."""
        return frozenset().union(*(self.given.get(name, frozenset()) for name in names))


UNUSED = Usage({}, frozenset(), channels_first=False)


def around(code: ir.ModuleCode, events: Iterable[Event]) -> Around:
    """What stands around the places of findings, and of the calls that led to them."""
    home = str(Path(code.path))
    lines = sorted(
        {
            span_in(code, site.node).line
            for event in events
            for site in (*event.stack, event.site)
            if site.node is not None and site.module.path == home
        }
    )
    functions: dict[str, list[Sequence[ir.Parameter]]] = defaultdict(list)
    methods: dict[str, list[Sequence[ir.Parameter]]] = defaultdict(list)
    classes: dict[str, ir.ClassDef] = {}
    definitions = [n for n in walk(code.body) if isinstance(n, (ir.ClassDef, ir.FunctionDef))]
    in_classes = {id(m) for c in definitions if isinstance(c, ir.ClassDef) for m in c.body}
    for node in definitions:
        span = span_in(code, node)
        first = bisect_left(lines, span.line)
        if first == len(lines) or lines[first] > span.end_line:
            continue
        if isinstance(node, ir.ClassDef):
            classes[node.name] = node
        elif id(node) not in in_classes:
            functions[node.name].append(node.code.parameters)
    for name, cls in classes.items():
        functions[name] += [fields] if (fields := _fields(cls)) else []
        for method in cls.body:
            if isinstance(method, ir.FunctionDef):
                called = functions[name] if method.name == "__init__" else methods[method.name]
                called.append(method.code.parameters[1:])
    return Around(functions, methods, frozenset(classes))


def _fields(node: ir.ClassDef) -> list[ir.Parameter]:
    """The fields of a data class, as the parameters of its constructor."""
    return [
        ir.Parameter(one.target.id, "positional", one.value, one.annotation)
        for one in node.body
        if isinstance(one, ir.AnnAssign) and isinstance(one.target, ir.Name)
    ]


def usage_of(
    found: Around, code: ir.ModuleCode, imported: Collection[str], below: Sequence[tuple[str, str]]
) -> Usage:
    """How the other files of a project, given as paths and texts, use what is around findings.

    ``imported`` are the paths of the modules that the file itself imports.  How the file makes instances
    of its own classes counts as well: a method that it leaves out is called on one of them.
    """
    path = abspath(code.path)
    users = users_of([path], below)
    given: dict[str, frozenset[str]] = {}
    channels_first = False
    for named, is_method in ((found.functions, False), (found.methods, True)):
        for name, several in named.items():
            calls = [
                (call, user.text)
                for user in users
                for call in user.calls(name, is_method=is_method)
            ]
            made = [] if is_method else _instances(code, found.classes & {name})
            known = given.get(name, frozenset())
            given[name] = known | _given(several, [*made, *(call for call, _ in calls)])
            given[name] |= {one.name for one in chain(*several) if _has_no_real_default(one)}
            channels_first |= any(_CHANNELS_FIRST.search(text) for _, text in calls)
    texts = [user.text for user in users_of([path, *imported], below)]
    attributes = {attribute for text in texts for attribute in _SETS.findall(text)}
    for text in texts:
        attributes.update(*(_defined_by_derived(text, cls) for cls in found.classes))
    filled = frozenset(name for text in texts for name in _FILLS.findall(text))
    replaced = {name: names for name, names in given.items() if names}
    return Usage(replaced, frozenset(attributes), channels_first, Changed(filled=filled))


def _instances(code: ir.ModuleCode, names: Collection[str]) -> list[ast.Call]:
    """The calls with which a file makes instances of some of its classes."""
    calls = (
        [node for node in _nodes_of(code.source.text) if isinstance(node, ast.Call)]
        if names
        else []
    )
    return [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]


def _defined_by_derived(text: str, base: str) -> Iterator[str]:
    """What the classes in a text that are derived from a base define, or set on themselves."""
    if base not in text:
        return
    from textwrap import dedent  # late: only for classes that others derive from ours

    for found in re.finditer(
        rf"^([ \t]*)class\s+\w+\([^()]*\b{base}\b[^()]*\):.*\n(?:\1[ \t]+.*\n|[ \t]*\n)*",
        text,
        re.M,
    ):
        for node in _nodes_of(dedent(found[0])):
            if isinstance(node, ast.FunctionDef):
                yield node.name
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                yield node.attr


def _nodes_of(text: str) -> Iterator[ast.AST]:
    try:
        return ast.walk(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return iter(())


def _given(
    functions: Sequence[Sequence[ir.Parameter]], calls: Sequence[ast.Call]
) -> frozenset[str]:
    """The parameters that all callers give, of functions of one name.

    Where there are several, nobody knows which of them a call means: one that gives it is enough.
    """
    if len(functions) == 1:
        return _always_given(functions[0], calls)
    found = (_always_given(parameters, [call]) for parameters in functions for call in calls)
    return frozenset().union(*found)


def _has_no_real_default(parameter: ir.Parameter) -> bool:
    """Whether a default only stands for what every caller gives: ``classes=-1``, but not ``axis=-1``."""
    return not _OFTEN_LEFT.search(parameter.name) and _stands_for_nothing(parameter.default)


_OFTEN_LEFT = regex(r"ax[ei]s|dim|pad|offset|index|name|prefix|suffix")


def _stands_for_nothing(default: ir.Expression | None) -> bool:
    if isinstance(default, ir.TupleExpr):
        return bool(default.elements) and all(map(_stands_for_nothing, default.elements))
    if isinstance(default, ir.UnaryOp) and default.op == "-":
        return isinstance(default.operand, ir.Const) and default.operand.value == 1
    if not isinstance(default, ir.Const) or isinstance(default.value, bool):
        return False
    return default.value in (0, -1, "")


def _always_given(parameters: Sequence[ir.Parameter], calls: Sequence[ast.Call]) -> frozenset[str]:
    """The parameters with defaults that all of these calls give; none if there is no call."""
    names = {parameter.name for parameter in parameters if parameter.default is not None}
    order = [one.name for one in parameters if one.kind in ir.BY_PLACE]
    for call in calls:
        names &= _given_by(call, order, names)
    return frozenset(names) if calls else frozenset()


def _given_by(call: ast.Call, order: Sequence[str], names: Collection[str]) -> set[str]:
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    if starred or any(keyword.arg is None for keyword in call.keywords):
        return set(names)
    return {*order[: len(call.args)], *(keyword.arg or "" for keyword in call.keywords)}
