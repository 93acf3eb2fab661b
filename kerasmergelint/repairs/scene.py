"""What candidates are made from: a finding, the program's files, and how near each place is to the cause."""

from __future__ import annotations

import ast
import dataclasses
import enum
import itertools
import os
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.causes import Cause, Plain
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.protocol import KerasVersion, Problem
from kerasmergelint.regex import regex
from kerasmergelint.repairs.model import Edit
from kerasmergelint.repairs.texts import FUNCTIONS, NamedFunction, Text
from kerasmergelint.repairs.trace import Dims, Record, TracedCall, calls_behind
from kerasmergelint.rules.finding import Finding
from kerasmergelint.tracker.machine.events import Event
from kerasmergelint.tracker.values.graph import Site

_FAR = 9.0
_PARTS = (ast.Tuple, ast.List, ast.BinOp, ast.UnaryOp, ast.Subscript, ast.Slice)
_AXIS = regex(r"axi?e?s -?\d+")
_NUMBER = regex(r"(?<![\w.])\d+(?![\w.])")


class About(enum.Enum):
    """Which part of the shapes a finding is about."""

    CHANNELS = "the last axis"
    POSITIONS = "an axis between the batch and the channels"
    ANY = "anything"


@dataclass(frozen=True, slots=True)
class Slot:
    """A value in the program, given to a parameter or not.  Those near the cause come first."""

    text: Text
    node: ast.expr
    near: float
    parameter: str = ""
    callee: str = ""
    call: ast.Call | None = None

    @property
    def is_whole(self) -> bool:
        """Whether this is all that the parameter is given, and not a part of it."""
        around = self.text.parents.get(self.node)
        return bool(self.parameter) and not isinstance(around, _PARTS)


@dataclasses.dataclass
class Scene:
    """A finding, with all that is known of how the program got there.

    ``entered`` are the lines of the functions that were run, by file: nothing else can be the cause.
    """

    finding: Finding
    event: Event
    texts: Mapping[str, Text]
    entered: Mapping[str, Collection[int]]
    heat: dict[ast.AST, float] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        for distance, site in enumerate(self.sites):
            self._warm(site, 0.3 * distance)
        both = len(self.operands)
        for call in self.behind:
            common = 1.0 if both > 1 and len(call.sides) == both else 0.0
            self._warm(call.site, 0.25 * call.depth + common)
        for node, heat in list(self.heat.items()):
            self._warm_definitions(node, heat)

    # -- the operands ------------------------------------------------------------------------

    @property
    def record(self) -> Record:
        known = self.event.record
        return known if isinstance(known, Record) else Record((), ())

    @property
    def data(self) -> list[str]:
        """The arrays that the function in progress has names for, the newest last."""
        return list(self.record.frames[0].data) if self.record.frames else []

    @property
    def operands(self) -> list[Dims | None]:
        return [tensor.spec.dims for tensor in self.record.operands]

    @cached_property
    def behind(self) -> list[TracedCall]:
        return calls_behind(self.record.operands)

    @cached_property
    def shapes(self) -> list[Dims]:
        """The shapes of the operands whose rank is known."""
        return [dims for dims in self.operands if dims is not None]

    @cached_property
    def axis(self) -> int | None:
        """The axis at which the operands differ, counted from the first one, if there is just one."""
        axis = self.event.problem.axis
        ranks = {len(dims) for dims in self.shapes}
        if axis is None or len(ranks) != 1:
            return None
        (rank,) = ranks
        axis = axis + rank if axis < 0 else axis
        return axis if 0 < axis < rank else None

    @cached_property
    def differing(self) -> list[tuple[int, int]]:
        """Pairs of sizes that should have been equal: what is, and what would fit."""
        pairs: list[tuple[int, int]] = []
        for one, other in itertools.permutations(self.shapes, 2):
            axes = range(1, len(one)) if self.axis is None else (self.axis,)
            for axis in axes if len(one) == len(other) else ():
                a, b = one[axis], other[axis]
                if isinstance(a, int) and isinstance(b, int) and a != b:
                    pairs.append((a, b))
        if not pairs:
            told = [int(n) for n in _NUMBER.findall(_AXIS.sub("", self.event.problem.detail))]
            pairs = [(a, b) for a in told for b in told if a != b]
        return list(dict.fromkeys(pairs))

    @property
    def is_of_data(self) -> bool:
        """Whether it may be about data: data made in another way may be unknown, which proves nothing."""
        return self.finding.code.startswith(("KML5", "KML307"))

    @property
    def cause(self) -> Cause | None:
        problem = self.event.problem
        return problem.cause if isinstance(problem, Problem) else None

    @property
    def is_of_metric(self) -> bool:
        """Whether only a metric is at fault: the loss was computed, so the model fits its targets."""
        return self.cause is Plain.METRIC

    @property
    def by_one(self) -> bool:
        """Whether positions differ by one, as where an odd size was halved."""
        return self.about is About.POSITIONS and any(abs(a - b) == 1 for a, b in self.differing)

    @cached_property
    def about(self) -> About:
        """Which part of the shapes is at issue."""
        ranks = {len(dims) for dims in self.shapes}
        if self.axis is None or len(ranks) != 1 or max(ranks) < 3:
            return About.ANY
        last = max(ranks) - 1
        return About.CHANNELS if self.axis == last else About.POSITIONS

    # -- places ------------------------------------------------------------------------------

    @cached_property
    def home(self) -> Text | None:
        return self.texts.get(os.path.abspath(self.event.site.module.path))

    @cached_property
    def expression(self) -> ast.expr | None:
        """The expression that the finding is at."""
        return self.node_at(self.event.site)

    def node_at(self, site: Site) -> ast.expr | None:
        text = self.texts.get(os.path.abspath(site.module.path))
        origin = None if site.node is None else getattr(site.node, "origin", None)
        if text is None or not isinstance(origin, ast.expr):
            return None
        key = origin.lineno, origin.col_offset, origin.end_lineno, origin.end_col_offset
        return text.at.get(key)

    def near_operand(self, node: ast.AST) -> bool:
        """Whether an expression stands in that of the finding."""
        return self.expression is not None and any(n is node for n in ast.walk(self.expression))

    def near(self, text: Text, node: ast.AST) -> float:
        """How far a place is from the cause; 0 is the finding itself."""
        known = self.heat.get(node)
        if known is not None:
            return known
        for around in text.above(node):
            if around in self.heat:
                function = isinstance(around, (*FUNCTIONS, ast.Module))
                return self.heat[around] + (2.5 if function else 0.0)
        return _FAR

    def place(self, edit: Edit) -> str:
        """Where an edit is, in words."""
        text = self.texts[edit.path]
        line = f"line {text.line_of(edit.start)}"
        same = edit.path == os.path.abspath(self.finding.path)
        return line if same else f"{line} of {os.path.basename(edit.path)}"

    def was_run(self, text: Text, node: ast.AST) -> bool:
        """Whether a node stands in a function that was entered, or in none."""
        function = text.function_of(node)
        lines = self.entered.get(text.path, ())
        return isinstance(function, ast.Module) or function.lineno in lines

    @cached_property
    def calls(self) -> list[tuple[Text, ast.Call]]:
        """The calls that were run, in all files."""
        every = ((text, call) for text in self.texts.values() for call in text.calls)
        return [(text, call) for text, call in every if self.was_run(text, call)]

    @cached_property
    def slots(self) -> list[Slot]:
        """All values in what was run, those of parameters with their names."""
        named: dict[ast.AST, Slot] = {}
        for text, call in self.calls:
            for slot in self._arguments(text, call):
                named[slot.node] = slot
        found: list[Slot] = []
        for text in self.texts.values():
            for node in ast.walk(text.tree):
                if node in named:
                    found.append(named[node])
                elif isinstance(node, ast.Constant) and self._is_value(text, node):
                    near = self.near(text, node) + 0.4
                    found.append(Slot(text, node, near, *_label_of(text, node)))
        return found

    def _is_value(self, text: Text, node: ast.Constant) -> bool:
        return not _is_docstring(text, node) and self.was_run(text, node)

    def _arguments(self, text: Text, call: ast.Call) -> Iterator[Slot]:
        callee = last_name(call.func)
        near = self.near(text, call)
        names = self.parameters(callee)
        for index, value in enumerate(call.args):
            name = names[index] if index < len(names) else ""
            yield Slot(text, value, near, name, callee, call)
        for keyword in call.keywords:
            if keyword.arg is not None:
                yield Slot(text, keyword.value, near, keyword.arg, callee, call)

    def parameters(self, callee: str) -> tuple[str, ...]:
        """The positional parameters of a layer, a merge function or a function of the program's own."""
        entry = find_layer(callee, KerasVersion.V3)
        if entry is not None:
            return tuple(entry.signature(KerasVersion.V3).names)
        own = self.functions.get(callee)
        if own is not None:
            names = tuple(a.arg for a in (*own.args.posonlyargs, *own.args.args))
            return names[1:] if names[:1] in (("self",), ("cls",)) else names
        return _OF_FUNCTIONS.get(callee, ())

    @cached_property
    def functions(self) -> dict[str, NamedFunction]:
        """The program's own functions, and the constructors of its classes, by their names."""
        found: dict[str, NamedFunction] = {}
        for text in self.texts.values():
            for node in ast.walk(text.tree):
                if isinstance(node, NamedFunction):
                    around = text.parents.get(node)
                    name = node.name
                    if name == "__init__" and isinstance(around, ast.ClassDef):
                        name = around.name
                    found.setdefault(name, node)
        return found

    # -- heat --------------------------------------------------------------------------------

    @property
    def sites(self) -> list[Site]:
        """The finding and the calls that led to it, the innermost first."""
        return [self.event.site, *reversed(self.event.stack)]

    def _warm(self, site: Site, heat: float) -> None:
        text = self.texts.get(os.path.abspath(site.module.path))
        node = self.node_at(site)
        if text is None or node is None:
            return
        function = text.function_of(node)
        for place in (node, text.statement_of(node), function):
            if place is not None and self.heat.get(place, _FAR) > heat:
                self.heat[place] = heat + (0.0 if place is node else 0.3)
        for around in text.above(node):
            if isinstance(around, (ast.For, ast.comprehension)):
                self.heat.setdefault(around.iter, heat + 0.5)

    def _warm_definitions(self, node: ast.AST, heat: float) -> None:
        """What the names in a warm place stand for is nearly as warm."""
        if isinstance(node, (*FUNCTIONS, ast.Module)):
            return
        words = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        words |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
        words |= {
            n.value
            for n in ast.walk(node)
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        for word in words:
            places = [*self.definitions.get(word, ()), *self.bodies.get(word, ())]
            for place in places:
                if self.heat.get(place, _FAR) > heat + 0.6:
                    self.heat[place] = heat + 0.6
                    if isinstance(place, ast.Name):
                        self._warm_definitions(place, heat + 0.6)

    @cached_property
    def bodies(self) -> dict[str, list[ast.stmt]]:
        """What functions return, which is as near as their calls."""
        return {
            name: [part for part in function.body if isinstance(part, ast.Return)]
            for name, function in self.functions.items()
        }

    @cached_property
    def definitions(self) -> dict[str, list[ast.AST]]:
        """The values that names get: by assignment, as a default, as an item of a dict."""
        found: dict[str, list[ast.AST]] = {}
        for text in self.texts.values():
            for node in ast.walk(text.tree):
                for name, value in _bound(node):
                    found.setdefault(name, []).append(value)
        return found


def _bound(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The names that a node gives values to, with the values."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Name):
                    yield part.id, node.value
                elif isinstance(part, ast.Attribute):
                    yield part.attr, node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        if isinstance(node.target, ast.Name):
            yield node.target.id, node.value
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
    elif isinstance(node, ast.keyword) and node.arg is not None:
        yield node.arg, node.value
    elif isinstance(node, ast.arguments):
        named = [*node.posonlyargs, *node.args]
        for argument, default in zip(reversed(named), reversed(node.defaults)):
            yield argument.arg, default
        for argument, given in zip(node.kwonlyargs, node.kw_defaults):
            if given is not None:
                yield argument.arg, given


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _is_docstring(text: Text, node: ast.Constant) -> bool:
    return isinstance(node.value, str) and isinstance(text.parents.get(node), ast.Expr)


def _label_of(text: Text, node: ast.expr) -> tuple[str]:
    """The name that a literal is given: a variable, a parameter or a key of a dict."""
    inner: ast.AST = node
    for around in text.above(node):
        for name, value in _bound(around):
            if value is inner:
                return (name,)
        if isinstance(around, (ast.stmt, ast.Call)):
            break
        inner = around
    return ("",)


_OF_FUNCTIONS = {
    "concatenate": ("inputs", "axis"),
    "concat": ("values", "axis"),
    "stack": ("values", "axis"),
    "dot": ("inputs", "axes"),
}
