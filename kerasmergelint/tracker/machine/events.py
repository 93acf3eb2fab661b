"""What a run reports: failures of Keras, calls on tensors, verdicts on merges."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.protocol import Hazard, Problem
from kerasmergelint.shapes import UNKNOWN, format_shape
from kerasmergelint.shapes.needs import Need
from kerasmergelint.shapes.wording import conjunction
from kerasmergelint.syntax import ir
from kerasmergelint.syntax.mangling import is_mangled
from kerasmergelint.syntax.positions import text_of
from kerasmergelint.tracker.machine.verdict import Verdict as Verdict
from kerasmergelint.tracker.machine.witness import Witness
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import UnknownV, Value


@dataclass(frozen=True, slots=True)
class Operand:
    """One input of a merge: its name in the code, its shape, and the call that made it.

    For anything but a tensor, ``shape`` says what it is instead.
    """

    name: str | None
    shape: str
    made_at: Site | None
    is_layer: bool = False  # or a model, where a tensor belongs


@dataclass(frozen=True, slots=True)
class Event:
    """A failure or hazard, at the innermost place where the program meets Keras.

    ``stack`` holds the calls that led there, outermost first.  ``questions`` is how many decisions
    the path had taken by then; of all paths at once, 0 for what all that reach it have in common, else 1.
    ``inside_custom``: it arose in a layer or Lambda of the program's own,
    and ``fed_by`` is the outermost such, by its name and the call that gave it its inputs.
    ``inside_model``: in a layer of a model that was called.
    """

    problem: Problem | Hazard
    site: Site
    callee: str
    operands: tuple[Operand, ...]
    stack: tuple[Site, ...]
    questions: int
    inside_custom: bool = False
    fed_by: tuple[str, Site] | None = None
    record: object = None  # how to make the call again, by the interpreter's recorder
    witness: Witness | None = None  # the values that lead here, if they were looked for and found
    unwitnessed: bool = False
    inside_model: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that the run met, and its verdict.

    A conditional one has in ``needs`` what must hold of sizes, and in ``reason`` the same in words.
    ``suspect`` is the operand of an unknown one where knowledge ended; ``stated`` says what it needs in
    words of its operands, which counts where nothing else decides.  ``after`` are the failures that a
    run met before it, if it went on.  ``defaults`` says whose defaults the verdict rests on.
    ``tentative``: only the names in the file tell that its operands are tensors.  ``supposes``: what is
    stated takes something of which nothing is known for tensors of some rank.  ``general`` states the
    same for operands of any shapes, which holds for each call that leads here.  ``types`` are the data types
    that operands must have besides, each in words.
    """

    site: Site
    callee: str
    verdict: Verdict
    reason: str
    needs: tuple[Need, ...] = ()
    suspect: Suspect | None = None
    reached: Reached | None = None
    after: tuple[Site, ...] = ()
    defaults: str = ""
    stated: str = ""
    tentative: bool = False
    supposes: bool = False
    general: str = ""
    types: tuple[str, ...] = ()

    @property
    def settled(self) -> Merge:
        """The verdict if no other run decides."""
        if not self.stated:
            return self
        return replace(
            self, verdict=Verdict.CONDITIONAL, reason=self.stated, suspect=None, stated=""
        )

    @property
    def typed(self) -> Merge:
        """The verdict with the data types among its conditions."""
        if not self.types or self.verdict not in (Verdict.SAFE, Verdict.CONDITIONAL):
            return self
        told = [*([self.reason] if self.reason else []), *self.types]
        return replace(
            self, verdict=Verdict.CONDITIONAL, reason=conjunction(told), needs=(), types=()
        )

    def open_like(self, other: Merge) -> Merge:
        """What is settled in this way, yet as open as another."""
        return replace(other, needs=self.needs, stated=self.reason)

    @property
    def words(self) -> str:
        """The reason, and the defaults; empty for what is safe for all callers."""
        return ", ".join(filter(None, (self.reason, self.defaults)))


def with_types(merge: Merge, met: Iterable[Merge]) -> Merge:
    """A verdict that rests on several runs, with the data types that any of them needs."""
    types = tuple(dict.fromkeys(told for one in met for told in one.types))
    return merge if types == merge.types else replace(merge, types=types)


@dataclass(frozen=True, slots=True)
class Reached:
    """How a run reached a merge in another file than its own.

    ``call`` is the last place in the run's own file, and ``through`` are the functions entered since, the
    outermost first.
    """

    call: Site
    through: tuple[Site, ...]


class Taken(enum.Enum):
    """What something unknown is taken for, by its place in a call or operator."""

    TENSOR = "a tensor"
    EITHER = "a tensor or a number, as operators take them"
    OTHER = "something else that decides a shape"


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something unknown: its name in a call or operator, and why it is unknown."""

    name: str | None
    site: Site
    reason: str
    taken: Taken = Taken.TENSOR


_FARTHEST = 40  # calls between a merge and where knowledge ended


def suspect_of(site: Site, operands: Value) -> Suspect | None:
    """Where knowledge of the operands ended: the first of them, or of what they were made from."""
    node: Node | None = None
    for _ in range(_FARTHEST):
        values = list(leaves(operands)) if operands is not None else []
        before = None
        for index, value in enumerate(values):
            if isinstance(value, UnknownV):
                names = operand_names(site.node, len(values))
                name = names[index] if index < len(names) else None
                return Suspect(name, site, value.reason, _taken(site, node, value))
            if before is None and isinstance(value, TensorV) and not _is_known(value):
                before = value.node
        if before is None:
            return None
        node, site, operands = before, before.site, before.inputs
    return None


def _taken(site: Site, node: Node | None, value: UnknownV) -> Taken:
    """By the place of a value among what goes into a merge, or into another call before it.

    Functions take a tensor first, or a list of some to join.
    """
    if isinstance(site.node, ir.BinOp):
        return Taken.EITHER
    args = node.inputs[0] if node is not None and isinstance(node.inputs, tuple) else None
    if node is None or not isinstance(args, tuple) or node.kind.is_any(Kind.JOIN | Kind.STACK):
        return Taken.TENSOR
    return Taken.TENSOR if args[:1] == (value,) else Taken.OTHER


def _is_known(tensor: TensorV) -> bool:
    dims = tensor.spec.dims
    return dims is not None and UNKNOWN not in dims


@dataclass(frozen=True, slots=True)
class Demand:
    """What a call that worked requires of unknown sizes; ``unsaid`` is what cannot be put in words.

    ``of_result``: the sizes of what it gives rest on that, and so do merges of it.
    """

    site: Site
    callee: str
    needs: tuple[Need, ...]
    unsaid: str = ""
    of_result: bool = False


# Never changed, yet not frozen: one is made for every layer, and frozen ones take three times as
# long.
@dataclass(slots=True)
class Call:
    """A call of a layer or op on tensors, with the nested shapes of its inputs and outputs."""

    site: Site
    label: str
    inputs: tuple[Value, ...]
    outputs: tuple[Value, ...]
    custom: bool = False


def described_operands(site: Site, operands: Value) -> tuple[Operand, ...]:
    """The tensors among the operands, named by the expressions at the call."""
    values = list(leaves(operands)) if operands is not None else []
    names = operand_names(site.node, len(values))
    return tuple(
        Operand(
            names[index] if index < len(names) else None,
            _shape_text(value),
            _made_at(value),
            isinstance(value, (LayerV, ModelV, SequentialV, Instance)),
        )
        for index, value in enumerate(values)
    )


def _shape_text(value: Value) -> str:
    if isinstance(value, TensorV):
        return format_shape(value.spec.shape)
    if isinstance(value, (LayerV, ModelV, SequentialV)):
        return "a model" if isinstance(value, ModelV) else _one(_class_name(value))
    if isinstance(value, Instance):
        return _one(value.cls.name)
    return _KINDS.get(type(value).__name__, repr(value) if _is_plain(value) else "a value")


def _one(name: str) -> str:
    """
    >>> _one("Activation"), _one("Dense")
    ('an Activation', 'a Dense')
    """
    return f"{'an' if name[:1] in 'AEIO' else 'a'} {name}"


def _class_name(layer: LayerV | SequentialV) -> str:
    return layer.type.name if isinstance(layer, LayerV) else "Sequential"


_KINDS = {"UnknownV": "?", "FunctionV": "a function", "SetV": "a set", "NoneType": "None"}


def _is_plain(value: Value) -> bool:
    return isinstance(value, (bool, int, float)) or (isinstance(value, str) and len(value) < 20)


def _made_at(value: Value) -> Site | None:
    return value.node.site if isinstance(value, TensorV) and value.node is not None else None


def operand_names(node: object, count: int) -> list[str | None]:
    """The source of each operand of an operator or a call, if it spells them out."""
    if isinstance(node, ir.BinOp):
        return [expression_name(node.left), expression_name(node.right)]
    if isinstance(node, ir.AugAssign):
        return [expression_name(node.target), expression_name(node.value)]
    if isinstance(node, ir.Compare) and len(node.comparators) == 1:
        return [expression_name(node.left), expression_name(node.comparators[0])]
    if not isinstance(node, ir.Call):
        return []
    given = [*node.args, *(value for _, value in node.keywords)]
    starred = any(isinstance(argument, ir.Starred) for argument in given)
    if not given or starred or any(name is None for name, _ in node.keywords):
        return []
    if _stacks_layers(node):
        return []
    first = given[0]
    if isinstance(first, (ir.ListExpr, ir.TupleExpr)):
        if any(isinstance(element, ir.Starred) for element in first.elements):
            return []
        return [expression_name(element) for element in (*first.elements, *given[1:])]
    if count in (len(given), len(node.args)):
        return [expression_name(argument) for argument in given]
    if isinstance(first, ir.Name) and len(node.args) == 1:
        return [f"{first.id}[{index}]" for index in range(count)]
    return []


def _stacks_layers(node: ir.Call) -> bool:
    """Whether this makes or extends a Sequential: layers stand there, not what goes into them."""
    func = node.func
    if isinstance(func, ir.Attribute) and func.attr == "add" and len(node.args) == 1:
        return not isinstance(node.args[0], (ir.ListExpr, ir.TupleExpr))
    return (getattr(func, "attr", None) or getattr(func, "id", None)) == "Sequential"


def expression_name(node: ir.Expression) -> str | None:
    """A short name for an expression: a variable, an attribute, an item, or its text if that is short."""
    if isinstance(node, ir.Name):
        return text_of(node) if is_mangled(node.id) else node.id
    if isinstance(node, ir.Attribute):
        if is_mangled(node.attr):
            return text_of(node)
        inner = expression_name(node.value)
        return f"{inner}.{node.attr}" if inner else None
    if isinstance(node, ir.Subscript) and isinstance(node.index, (ir.Const, ir.Name)):
        inner = expression_name(node.value)
        index = repr(node.index.value) if isinstance(node.index, ir.Const) else node.index.id
        return f"{inner}[{index}]" if inner else None
    return text_of(node)
