"""Which calls and operators combine tensors, as far as names tell."""

from __future__ import annotations

import libcst as cst

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.merge_names import Role, meaning
from kerasmergelint.syntax.flow.bindings import Candidate
from kerasmergelint.syntax.flow.expressions import Expressions, last_word
from kerasmergelint.syntax.flow.facts import (
    Fact,
    Holding,
    Kind,
    Made,
    Named,
    Tensor,
    items,
    tensor,
    union,
)
from kerasmergelint.syntax.merge_call import Evidence
from kerasmergelint.syntax.merge_operands import count, is_spelled_out, operands


@dataclass(frozen=True, slots=True)
class Judgement:
    """The name of a merge, and the evidence for it."""

    name: str
    evidence: Evidence


_OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Add: "+", cst.Subtract: "-", cst.Multiply: "*", cst.Divide: "/", cst.FloorDivide: "//",
    cst.Modulo: "%", cst.Power: "**", cst.MatrixMultiply: "@", cst.LeftShift: "<<",
    cst.RightShift: ">>", cst.BitAnd: "&", cst.BitOr: "|", cst.BitXor: "^",
    cst.AddAssign: "+", cst.SubtractAssign: "-", cst.MultiplyAssign: "*", cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//", cst.ModuloAssign: "%", cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@", cst.LeftShiftAssign: "<<", cst.RightShiftAssign: ">>",
    cst.BitAndAssign: "&", cst.BitOrAssign: "|", cst.BitXorAssign: "^",
    cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">", cst.GreaterThanEqual: ">=",
}  # fmt: skip
_FUNCTIONS = (Role.MERGE, Role.JOIN_OP, Role.PAIR_OP, Role.OPERATOR)
_UNKNOWN = (Role.OPEN, Role.OTHER)
# Functions that call their first argument on the items of the others.
_CALLING = frozenset({"builtins.map", "functools.reduce"})
_SUMS = frozenset({"builtins.sum", "itertools.accumulate"})
_LIKELY = (Tensor.YES, Tensor.OPEN)
_STRENGTH = tuple(Evidence)


class Judge:
    """Judges the candidates one by one, once all facts have flowed."""

    def __init__(self, flow: Expressions) -> None:
        self._flow = flow

    def judge(self, node: Candidate) -> Judgement | None:
        """The judgement; None for what is not a merge."""
        if isinstance(node, cst.Call):
            return self._call(node)
        if isinstance(node, cst.BinaryOperation):
            return self._operator(node.operator, node.left, node.right)
        if isinstance(node, cst.AugAssign):
            return self._operator(node.operator, node.target, node.value)
        return self._comparison(node)

    # -- operators ---------------------------------------------------------------------------

    def _operator(
        self, operator: cst.CSTNode, left: cst.BaseExpression, right: cst.BaseExpression
    ) -> Judgement | None:
        sides = tensor(self._flow.of(left)), tensor(self._flow.of(right))
        name = _OPERATORS.get(type(operator))
        if name is None or Tensor.NO in sides:
            return None
        return _combining(name, Tensor.YES in sides and Tensor.UNLIKELY not in sides)

    def _comparison(self, node: cst.Comparison) -> Judgement | None:
        left = node.left
        for target in node.comparisons:
            found = self._operator(target.operator, left, target.comparator)
            if found is not None:
                return found
            left = target.comparator
        return None

    # -- calls -------------------------------------------------------------------------------

    def _call(self, node: cst.Call) -> Judgement | None:
        """A certain judgement for any possible callee outweighs open ones for others."""
        callees = self._flow.of(node.func) or {Kind.OPEN}
        told = {found for found in (self._callee(fact, node) for fact in callees) if found}
        evidence = min((found.evidence for found in told), key=_STRENGTH.index, default=None)
        if evidence is None:
            return None
        names = sorted(found.name for found in told if found.evidence is evidence)
        return Judgement(" or ".join(names), evidence)

    def _callee(self, callee: Fact, node: cst.Call) -> Judgement | None:
        if isinstance(callee, Named):
            return self._named(callee.dotted, node)
        if isinstance(callee, Made):
            return self._instance(callee, node)
        return self._open(node) if callee is Kind.OPEN else None

    def _named(self, dotted: str, node: cst.Call) -> Judgement | None:
        if dotted in _CALLING and len(node.args) > 1:
            return self._on_items(node)
        if dotted in _SUMS:
            return self._sum(node)
        found = meaning(dotted)
        if found.role is Role.MERGE:
            return Judgement(found.label, Evidence.CALLEE)
        if found.role is Role.REPEAT:
            return Judgement(found.label, Evidence.NONE)
        if found.role is Role.JOIN_OP:
            tensors = count(list(operands(self._flow, node)))
            several = tensors > (1 if is_spelled_out(node) else 0)
            return Judgement(found.label, Evidence.OPERANDS) if several else None
        if found.role in (Role.PAIR_OP, Role.OPERATOR):
            return self._pair(found.label, node, named=found.role is Role.PAIR_OP)
        return self._open(node) if found.role in _UNKNOWN or self._passes_merge(node) else None

    def _pair(self, label: str, node: cst.Call, *, named: bool) -> Judgement | None:
        """A function of several tensors; Python's own take anything."""
        given = list(operands(self._flow, node))
        if count(given) < 2:
            return None
        likely = [operand for operand in given if operand.tensor in _LIKELY]
        evident = named or any(operand.tensor is Tensor.YES for operand in likely)
        return _combining(label, evident and count(likely) > 1)

    def _instance(self, callee: Made, node: cst.Call) -> Judgement | None:
        if isinstance(callee.of, Named):
            found = meaning(callee.of.dotted)
            if found.role is Role.MERGE_LAYER:
                return Judgement(found.label, Evidence.CALLEE)
            if found.role is Role.LAMBDA:
                return self._own("Lambda", node)
            return None if found.role is Role.LAYER else self._open(node)
        cls = callee.of.node
        if not isinstance(cls, cst.ClassDef):
            return None
        label = self._flow.classes.merge_label(cls)
        if label is not None:
            return Judgement(label, Evidence.CALLEE)
        if not self._flow.classes.is_layer(cls):
            return None
        return self._own(cls.name.value, node) or self._open(node)

    def _own(self, name: str, node: cst.Call) -> Judgement | None:
        several = count(list(operands(self._flow, node))) > 1
        return Judgement(name, Evidence.OWN) if several else None

    def _open(self, node: cst.Call) -> Judgement | None:
        """Undecided, if an argument may be or hold a tensor."""
        if any(True for _ in operands(self._flow, node)) or self._passes_merge(node):
            return Judgement(last_word(node.func) or "call", Evidence.NONE)
        return None

    # -- functions that call others ----------------------------------------------------------

    def _sum(self, node: cst.Call) -> Judgement | None:
        item = tensor(items(self._flow.of(node.args[0].value))) if node.args else Tensor.NO
        return None if item is Tensor.NO else _combining("+", item is Tensor.YES)

    def _on_items(self, node: cst.Call) -> Judgement | None:
        """``reduce(tf.add, tensors)``, ``map(Add(), pairs)``."""
        functions = self._flow.of(node.args[0].value)
        item = tensor(union(items(self._flow.of(argument.value)) for argument in node.args[1:]))
        for fact in functions:
            label = _merging(fact)
            if label is not None:
                return _combining(label, item in _LIKELY)
        return self._open(node) if not functions or Kind.OPEN in functions else None

    def _passes_merge(self, node: cst.Call) -> bool:
        """Whether a merge layer or function is among the arguments, alone or in a list."""
        return any(
            _merging(fact.item if isinstance(fact, Holding) else fact) is not None
            for argument in node.args
            for fact in self._flow.of(argument.value)
        )


def _combining(name: str, sure: bool) -> Judgement:
    """A callee that combines its arguments, if these are tensors or may be."""
    return Judgement(name, Evidence.OPERANDS if sure else Evidence.NONE)


def _merging(fact: Fact) -> str | None:
    """The name of the merge behind a function or layer."""
    if isinstance(fact, Made) and isinstance(fact.of, Named):
        found = meaning(fact.of.dotted)
        return found.label if found.role is Role.MERGE_LAYER else None
    if isinstance(fact, Named):
        found = meaning(fact.dotted)
        return found.label if found.role in _FUNCTIONS else None
    return None
