"""Reads a file once for its assignments, calls and operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Union

import libcst as cst
from libcst.helpers import get_full_name_for_node

from kerasmergelint.syntax.flow.annotations import annotated, declared
from kerasmergelint.syntax.flow.arguments import Arguments
from kerasmergelint.syntax.flow.expressions import Expressions, combined, last_word
from kerasmergelint.syntax.flow.facts import (
    OPEN,
    PLAIN,
    TENSOR,
    Defined,
    Facts,
    Made,
    held,
    items,
)
from kerasmergelint.syntax.flow.propagation import Rule
from kerasmergelint.syntax.flow.results import RESULT
from kerasmergelint.syntax.flow.targets import FILLING, Targets

Candidate = Union[cst.Call, cst.BinaryOperation, cst.AugAssign, cst.Comparison]
_Function = Union[cst.FunctionDef, cst.Lambda]

_NUMBERS = (cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString, cst.FormattedString,
            cst.ConcatenatedString)  # fmt: skip
_ORDER = (cst.LessThan, cst.LessThanEqual, cst.GreaterThan, cst.GreaterThanEqual)
# Methods of layers, losses and metrics that Keras calls on tensors.
_ON_TENSORS = frozenset({"call", "update_state", "train_step", "test_step", "compute_loss"})
_ON_SHAPES = frozenset({"build", "compute_output_shape"})
_KNOWN_DECORATORS = frozenset(
    {"staticmethod", "classmethod", "property", "cached_property", "function", "setter", "abstractmethod",
     "register_keras_serializable", "wraps", "lru_cache", "cache", "keras_export", "overload",
     "contextmanager", "tf_export"}
)  # fmt: skip


class Bindings(cst.CSTVisitor):
    """Sets up the rules by which facts flow, and collects candidates for merges."""

    def __init__(self, flow: Expressions) -> None:
        super().__init__()
        self.candidates: list[Candidate] = []
        self._flow = flow
        self._arguments = Arguments(flow)
        self._targets = Targets(flow)
        self._around: list[cst.ClassDef | _Function] = []

    def _rule(self, rule: Rule) -> None:
        self._flow.variables.rule(rule)

    def _add(self, name: cst.Name, facts: Facts) -> None:
        self._targets.store(name, facts)

    # -- definitions -------------------------------------------------------------------------

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._add(node.name, frozenset({Defined(node)}))
        body = node.body.body
        self._flow.classes.add(node, self._flow.names.scope(body[0]) if body else None)
        self._around.append(node)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self._around.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        words = {last_word(decorator.decorator) for decorator in node.decorators}
        owner = self._around[-1] if self._around else None
        if words & {"property", "cached_property"}:
            self._rule(lambda: self._add(node.name, self._flow.variables.read((node, RESULT))))
        else:
            self._add(node.name, frozenset({Defined(node)}))
        if words - _KNOWN_DECORATORS:
            self._add(node.name, OPEN)
        places = [*node.params.posonly_params, *node.params.params]
        if "staticmethod" in words:
            self._flow.classes.add_static(node)
        elif isinstance(owner, cst.ClassDef) and places:
            of_class = "classmethod" in words
            if of_class:
                self._flow.classes.add_class_method(node)
            receiver = Defined(owner) if of_class else Made(Defined(owner))
            self._add(places.pop(0).name, frozenset({receiver}))
        self._parameters(node.params, places)
        if isinstance(owner, cst.ClassDef):
            self._called_by_keras(owner, node.name.value, places)
        self._around.append(node)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._around.pop()

    def visit_Lambda(self, node: cst.Lambda) -> None:
        self._parameters(node.params, [*node.params.posonly_params, *node.params.params])
        self._gives(node, lambda: self._flow.of(node.body))
        self._around.append(node)

    def leave_Lambda(self, original_node: cst.Lambda) -> None:
        self._around.pop()

    def _parameters(self, given: cst.Parameters, places: Sequence[cst.Param]) -> None:
        for parameter in (*places, *given.kwonly_params):
            self._add(parameter.name, declared(parameter))
            if parameter.default is not None:
                self._assign(parameter.name, parameter.default)
        for rest in (given.star_arg, given.star_kwarg):
            if isinstance(rest, cst.Param):
                self._add(rest.name, held(OPEN))

    def _called_by_keras(
        self, owner: cst.ClassDef, name: str, parameters: Sequence[cst.Param]
    ) -> None:
        if name in _ON_SHAPES:
            for parameter in parameters[:1]:
                self._add(parameter.name, PLAIN | held(PLAIN))
        elif name in _ON_TENSORS:
            self._rule(lambda: self._called_on_tensors(owner, parameters))

    def _called_on_tensors(self, owner: cst.ClassDef, parameters: Sequence[cst.Param]) -> None:
        if self._flow.classes.is_called_on_tensors(owner):
            for parameter in parameters:
                if declared(parameter) != PLAIN:
                    self._add(parameter.name, TENSOR)

    # -- results -----------------------------------------------------------------------------

    def visit_Return(self, node: cst.Return) -> None:
        value, function = node.value, self._function()
        if value is not None and function is not None:
            self._gives(function, lambda: self._flow.of(value))

    def visit_Yield(self, node: cst.Yield) -> None:
        value, function = node.value, self._function()
        if isinstance(value, cst.From):
            whole = value.item
            self._gives(function, lambda: self._flow.of(whole))
        elif value is not None:
            one = value
            self._gives(function, lambda: held(self._flow.of(one)))

    def _function(self) -> _Function | None:
        functions = (one for one in reversed(self._around) if not isinstance(one, cst.ClassDef))
        return next(functions, None)

    def _gives(self, function: _Function | None, result: Callable[[], Facts]) -> None:
        if function is not None:
            self._rule(lambda: self._flow.variables.add((function, RESULT), result()))

    # -- assignments -------------------------------------------------------------------------

    def _assign(self, target: cst.BaseExpression, value: cst.BaseExpression) -> None:
        self._note_attributes(target)
        self._rule(lambda: self._targets.assign(target, value))

    def _note_attributes(self, target: cst.BaseExpression) -> None:
        if isinstance(target, cst.Attribute):
            self._flow.classes.add_attribute(target.attr.value)
        elif isinstance(target, cst.Subscript):
            self._note_attributes(target.value)
        elif isinstance(target, (cst.Tuple, cst.List)):
            for element in target.elements:
                self._note_attributes(element.value)

    def visit_Assign(self, node: cst.Assign) -> None:
        for target in node.targets:
            self._assign(target.target, node.value)

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self._assign(node.target, node.value)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        if node.value is not None:
            self._assign(node.target, node.value)
        else:
            self._note_attributes(node.target)
            facts = annotated(node.annotation) or OPEN
            self._rule(lambda: self._targets.store(node.target, facts))

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self._note_attributes(node.target)
        self.candidates.append(node)
        self._rule(
            lambda: self._targets.store(
                node.target, combined(self._flow.of(node.target), self._flow.of(node.value))
            )
        )

    def visit_For(self, node: cst.For) -> None:
        self._note_attributes(node.target)
        self._rule(lambda: self._targets.loop(node.target, node.iter))

    def visit_CompFor(self, node: cst.CompFor) -> None:
        self._rule(lambda: self._targets.loop(node.target, node.iter))

    def visit_WithItem(self, node: cst.WithItem) -> None:
        if node.asname is not None:
            target = node.asname.name
            self._note_attributes(target)
            self._rule(lambda: self._targets.store(target, self._entered(node.item)))

    def _entered(self, manager: cst.BaseExpression) -> Facts:
        """What ``with`` binds: the manager itself, or anything."""
        return OPEN | frozenset(fact for fact in self._flow.of(manager) if isinstance(fact, Made))

    def visit_ExceptHandler(self, node: cst.ExceptHandler) -> None:
        if node.name is not None:
            self._targets.store(node.name.name, PLAIN)

    def visit_Match(self, node: cst.Match) -> None:
        captured = [name for case in node.cases for name in _captured(case.pattern)]
        for name in captured:
            self._flow.names.add_captured(name)
        self._rule(lambda: self._match(captured, self._flow.of(node.subject)))

    def _match(self, captured: Sequence[cst.Name], subject: Facts) -> None:
        """A pattern takes a value apart, to any depth."""
        for name in captured:
            self._add(name, subject | items(subject) | items(items(subject)))

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        if isinstance(node.names, cst.ImportStar):
            module = "" if node.module is None else get_full_name_for_node(node.module) or ""
            self._flow.names.add_star("." * len(node.relative) + module)
        return False

    # -- candidates --------------------------------------------------------------------------

    def visit_Call(self, node: cst.Call) -> None:
        self.candidates.append(node)
        if node.args:
            self._rule(lambda: self._arguments.hand_over(node))
        func = node.func
        if isinstance(func, cst.Attribute) and func.attr.value in FILLING:
            self._note_attributes(func.value)
            self._rule(lambda: self._targets.fill(node))
        elif isinstance(func, cst.Name) and func.value == "super":
            classes = (one for one in reversed(self._around) if isinstance(one, cst.ClassDef))
            around = next(classes, None)
            if around is not None:
                self._flow.results.add_super(node, around)

    def visit_BinaryOperation(self, node: cst.BinaryOperation) -> None:
        if not isinstance(node.left, _NUMBERS) and not isinstance(node.right, _NUMBERS):
            self.candidates.append(node)

    def visit_Comparison(self, node: cst.Comparison) -> None:
        if any(isinstance(target.operator, _ORDER) for target in node.comparisons):
            self.candidates.append(node)

    # -- what holds neither names nor calls --------------------------------------------------

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_Annotation(self, node: cst.Annotation) -> bool:
        return False

    def visit_TrailingWhitespace(self, node: cst.TrailingWhitespace) -> bool:
        return False

    def visit_EmptyLine(self, node: cst.EmptyLine) -> bool:
        return False


def _captured(pattern: cst.CSTNode) -> Iterator[cst.Name]:
    """The names that a pattern binds."""
    if isinstance(pattern, (cst.MatchAs, cst.MatchStar)) and pattern.name is not None:
        yield pattern.name
    if isinstance(pattern, cst.MatchMapping) and pattern.rest is not None:
        yield pattern.rest
    for part in pattern.children:
        yield from _captured(part)
