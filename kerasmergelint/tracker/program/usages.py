"""How the other files of a project use what a file defines.

A default that every caller replaces is never the value of its parameter, an attribute that others set is
not what the constructor left, and whoever calls may have set the data format.  A finding has to hold for
what the project does.  Calls are told apart by names, in files that import this one: a wrong guess can
cost a finding, and never makes one.
"""

from __future__ import annotations

import ast
import os.path
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from kerasmergelint.dataclass import dataclass
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.names import walk
from kerasmergelint.syntax.positions import span_in
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.program.changed import Changed

# Calls of one function that are read, and the characters of one of them.
_MOST_CALLS, _LONGEST_CALL = 200, 2_000
# `net.width = 3`, but not `self.width = 3`.
_SETS = re.compile(
    r"^[ \t]*(?!self\.|cls\.)[A-Za-z_][\w.]*(?:\[[^\]\n]*\])?\.(\w+)[ \t]*=(?!=)", re.MULTILINE
)
_IMPORT = re.compile(r"^[ \t]*(?:from|import)\b(?:[^\n(#]*\([^()]*\)|[^\n#]*)", re.MULTILINE)
_WORD = re.compile(r"\w+|\*")
_CHANNELS_FIRST = re.compile(
    r"\bset_image_(?:data_format\(\s*['\"]channels_first|dim_ordering\(\s*['\"]th)"
)


@dataclass(frozen=True, slots=True)
class Around:
    """The functions around the places of findings, by the names that callers use for them."""

    parameters: Mapping[str, Sequence[ir.Parameter]]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Usage:
    """What others decide: parameters, by the names of their functions, attributes, and the data format.

    ``changed`` is what other functions of the file itself do.
    """

    given: Mapping[str, frozenset[str]]
    attributes: frozenset[str]
    channels_first: bool
    changed: Changed = Changed()

    def __bool__(self) -> bool:
        return bool(self.given or self.attributes or self.channels_first or self.changed)

    def opened(self, names: Iterable[str]) -> frozenset[str]:
        """The parameters of these functions and classes whose defaults nobody uses."""
        return frozenset().union(*(self.given.get(name, frozenset()) for name in names))


UNUSED = Usage({}, frozenset(), channels_first=False)


def around(code: ir.ModuleCode, events: Iterable[Event]) -> Around:
    """What stands around the places of findings, and of the calls that led to them."""
    lines = {
        span_in(code, site.node).line
        for event in events
        for site in (*event.stack, event.site)
        if site.node is not None and site.module.path == code.path
    }
    parameters: dict[str, Sequence[ir.Parameter]] = {}
    classes = set()
    for node in walk(code.body):
        span = span_in(code, node) if isinstance(node, (ir.ClassDef, ir.FunctionDef)) else None
        if span is None or not any(span.line <= line <= span.end_line for line in lines):
            continue
        if isinstance(node, ir.FunctionDef):
            parameters.setdefault(node.name, node.code.parameters)
            continue
        classes.add(node.name)
        for method in node.body:
            if isinstance(method, ir.FunctionDef):
                name = node.name if method.name == "__init__" else method.name
                parameters[name] = method.code.parameters[1:]
    return Around(parameters, frozenset(classes))


def usage_of(found: Around, path: str, below: Sequence[tuple[str, str]]) -> Usage:
    """How the other files of a project, given as paths and texts, use what is around findings."""
    users = _users(path, below)
    given: dict[str, frozenset[str]] = {}
    channels_first = False
    for name, parameters in found.parameters.items():
        calls = [(call, user.text) for user in users for call in user.calls(name)]
        given[name] = _always_given(parameters, [call for call, _ in calls])
        channels_first |= any(_CHANNELS_FIRST.search(text) for _, text in calls)
    makers = [user.text for user in users if user.imported & found.classes]
    attributes = {attribute for text in makers for attribute in _SETS.findall(text)}
    replaced = {name: names for name, names in given.items() if names}
    return Usage(replaced, frozenset(attributes), channels_first)


@dataclass(frozen=True, slots=True)
class _User:
    """A file that imports another, and the words of its imports."""

    text: str
    imported: frozenset[str]

    def calls(self, name: str) -> Iterator[ast.Call]:
        """The calls of a name that may come from the other file, as far as each can be read by itself."""
        if name not in self.text or re.search(rf"\b(?:def|class)\s+{name}\b", self.text):
            return
        may_be_plain = name in self.imported or "*" in self.imported
        before = r"(?<!\w)" if may_be_plain else r"(?<=\.)"
        for found in islice(re.finditer(rf"{before}{name}\s*\(", self.text), _MOST_CALLS):
            call = _call_at(self.text[found.start() : found.start() + _LONGEST_CALL])
            if call is not None:
                yield call


def _users(path: str, below: Sequence[tuple[str, str]]) -> list[_User]:
    """The files that import a file, or one that does: packages pass on what is in their modules."""
    files = {other: (text, _words_of_imports(text)) for other, text in below if other != path}
    wanted, users = {_module(path)}, dict[str, _User]()
    for _ in range(2):
        found = {o: _User(text, words) for o, (text, words) in files.items() if words & wanted}
        users |= found
        wanted = {_module(other) for other in found}
    return list(users.values())


def _words_of_imports(text: str) -> frozenset[str]:
    return frozenset(word for line in _IMPORT.findall(text) for word in _WORD.findall(line))


def _module(path: str) -> str:
    """The last word of the name by which a file is imported."""
    folder, name = os.path.split(os.path.splitext(path)[0])
    return os.path.basename(folder) if name == "__init__" else name


def _always_given(parameters: Sequence[ir.Parameter], calls: Sequence[ast.Call]) -> frozenset[str]:
    """The parameters with defaults that all of these calls give; none if there is no call."""
    names = {parameter.name for parameter in parameters if parameter.default is not None}
    order = [one.name for one in parameters if one.kind in ("positional", "positional_only")]
    for call in calls:
        names &= _given_by(call, order, names)
    return frozenset(names) if calls else frozenset()


def _given_by(call: ast.Call, order: Sequence[str], names: Collection[str]) -> set[str]:
    starred = any(isinstance(argument, ast.Starred) for argument in call.args)
    if starred or any(keyword.arg is None for keyword in call.keywords):
        return set(names)
    return {*order[: len(call.args)], *(keyword.arg or "" for keyword in call.keywords)}


def _call_at(text: str) -> ast.Call | None:
    """The call with which a text begins."""
    try:
        call = ast.parse(text[: _end_of_call(text)], mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return call if isinstance(call, ast.Call) else None


def _end_of_call(text: str) -> int:
    depth = 0
    for found in re.finditer(r"[()]|'[^'\n]*'|\"[^\"\n]*\"", text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0 and found[0] == ")":
            return found.end()
    return len(text)
