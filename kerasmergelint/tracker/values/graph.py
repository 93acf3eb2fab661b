"""Tensors, and the calls that made them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import count
from typing import Any
from weakref import ref

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.kinds import NO_KIND, Kind
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves, may_hold_more
from kerasmergelint.tracker.values.foreign import is_foreign
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.scope import Site as Site
from kerasmergelint.tracker.values.value import Args, Keywords, Rest, UnknownV, Value

# Further arguments of a call, by name or position.
Arguments = dict[str | int | Rest, Value]
# Interpreter, inputs, place; and the other arguments by name, if there are any.
Replay = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to repeat a call outside the tracker; kept only if a recorder asks for it.

    ``kind`` says what ``subject`` is: "layer" (called on the arguments), "function" (a dotted name),
    "operator" (a symbol), "item" (the argument is the key after the tensor), "construct" (the dotted
    or public name of a layer class).  ``within`` are the functions of the program that were running,
    outermost first: the name of each, and its scope, which no other call has.
    """

    kind: str
    subject: Value
    args: tuple[Value, ...] = ()
    keywords: Keywords = field(default_factory=dict)
    within: tuple[tuple[str, Scope], ...] = ()


def kept(value: Value) -> Value:
    """A nest as it is now, whatever the program does to its lists later."""
    if isinstance(value, ListV):
        return value if value.open else [kept(item) for item in value.items]
    if isinstance(value, DictV):
        return value if value.open else {key: kept(item) for key, item in value.items.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(kept(item) for item in value)
    return value


def own_copy(heap: Heap, value: Value) -> Value:
    """A copy of the nest that went into a call: the program may go on filling the same list."""
    if type(value) is TensorV:
        return value
    if isinstance(value, ListV) and not value.open:
        return ListV(heap, [own_copy(heap, item) for item in value.items], value.kind)
    if isinstance(value, DictV) and not value.open:
        return DictV(heap, {key: own_copy(heap, item) for key, item in value.items.items()})
    if isinstance(value, tuple) and any(isinstance(item, (ListV, DictV, tuple)) for item in value):
        return tuple(own_copy(heap, item) for item in value)
    return value


class Role(enum.Enum):
    """What else a tensor or array is."""

    TENSOR = "nothing else"
    WEIGHT = "a variable of Keras's, which Keras 3 has a class of its own for"
    COLUMN = "a series of pandas, to which Keras gives a second axis"
    ROWS = "a list of lists, which may be of one length"


class Memory:
    """What several arrays show, of which the content is known; ``into`` is the one that it was joined to.

    It keeps none of them: an array that nobody holds any more is written into by nobody.
    """

    __slots__ = ("_shown_by", "into")

    def __init__(self, *arrays: TensorV) -> None:
        self._shown_by = [ref(array) for array in arrays]
        self.into: Memory | None = None

    def whole(self) -> Memory:
        """All of it."""
        memory = self
        while memory.into is not None:
            memory = memory.into
        return memory

    def join(self, other: Memory) -> None:
        """Be one from now on."""
        if other is not self:
            self._shown_by += other._shown_by
            other._shown_by, other.into = [], self

    def add(self, array: TensorV) -> None:
        """One more shows it."""
        self._shown_by.append(ref(array))

    def empty(self) -> list[TensorV]:
        """The arrays that show it, which are forgotten."""
        arrays = [array for shown in self._shown_by if (array := shown()) is not None]
        self._shown_by = []
        return arrays


class TensorV:
    """A tensor.  ``node`` is the call that made it, None for the argument of a traced function.

    ``data`` is the value of a small constant array, as nested tuples, if it is known; ``memory`` is what
    it may share with others.
    """

    __slots__ = ("__weakref__", "data", "index", "memory", "node", "role", "serial", "spec")

    def __init__(
        self,
        spec: TensorSpec,
        node: Node | None = None,
        index: int = 0,
        data: Any = None,
        *,
        role: Role = Role.TENSOR,
    ) -> None:
        self.spec = spec
        self.node = node
        self.index = index
        self.data = data
        self.role = role
        self.memory: Memory | None = None
        self.serial = 0  # until it is asked for

    def __repr__(self) -> str:
        return f"TensorV({self.spec})"


_MOST_STEPS = 16  # from a column to what was computed of it


def is_column(tensor: TensorV) -> bool:
    """Whether this is a column of a table, or what operators and slices made of one."""
    reached: list[Value] = [tensor]
    for _ in range(_MOST_STEPS):
        if any(isinstance(value, TensorV) and value.role is Role.COLUMN for value in reached):
            return True
        nodes = {id(value.node): value.node for value in reached if isinstance(value, TensorV)}
        reached = [
            operand
            for node in nodes.values()
            if node is not None and node.layer is None and isinstance(node.inputs, tuple)
            for operand in node.inputs
        ]
        if not reached:
            break
    return False


def as_passed(arguments: Arguments) -> tuple[Args, Keywords]:
    """Further arguments as they are passed: positional ones, and the others."""
    places = sorted(place for place in arguments if isinstance(place, int))
    by_name = {name: v for name, v in arguments.items() if not isinstance(name, int)}
    return [arguments[place] for place in places], by_name


@dataclass(frozen=True, slots=True)
class Again:
    """Replays a call whose node says everything; one object serves every such node."""

    perform: Callable[..., Value]  # the node, and what a Replay takes


class Node:
    """One call that made tensors.  ``replay`` performs it again on other inputs.

    ``kind`` comes from the declaration of the layer or op; a layer of the program's own has none.
    ``traced`` is the result of the program's own code, for a custom layer or Lambda; ``key`` the
    index of ``x[key]``, or the full name of an op; ``of_samples`` what is known of its rows.
    """

    __slots__ = (
        "_replay", "arguments", "inputs", "key", "kind", "label", "layer", "of_samples", "outputs", "recipe",
        "serial", "site", "traced",
    )  # fmt: skip

    def __init__(
        self,
        label: str,
        site: Site,
        inputs: Value,
        replay: Replay | Again | None,
        layer: Value = None,
        kind: Kind = NO_KIND,
    ) -> None:
        self.label = label
        self.kind = kind
        self.site = site
        self.inputs = inputs
        self._replay = replay
        self.layer = layer
        self.outputs: Value = None
        self.arguments: Arguments = {}
        self.recipe: Recipe | None = None
        self.traced: Value = None
        self.key: Value = None
        self.of_samples: bool | None = None
        self.serial = 0  # until it is asked for

    @property
    def replay(self) -> Replay | None:
        how = self._replay
        return partial(how.perform, self) if isinstance(how, Again) else how


def ancestors(outputs: Value, ends: Collection[tuple[int, int]] = ()) -> Iterator[Node]:
    """The nodes that lead to the outputs from the tensors ``ends``, each after those it needs."""
    done: set[int] = set()
    stack: list[tuple[Node, bool]] = [
        (leaf.node, False)
        for leaf in leaves(outputs)
        if isinstance(leaf, TensorV) and leaf.node and identity(leaf) not in ends
    ]
    stack.reverse()
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in done:
            done.add(id(node))
            stack.append((node, True))
            stack.extend(
                (tensor.node, False)
                for tensor in _sources(node)
                if tensor.node and identity(tensor) not in ends
            )


def repeated(outputs: Value) -> Iterator[Node]:
    """The ancestors that a model performs again on other inputs: not those that made its constants."""
    for node in ancestors(outputs):
        made = [leaf for leaf in leaves(node.outputs) if isinstance(leaf, TensorV)]
        if not made or any(tensor.spec.kind not in _CONSTANT for tensor in made):
            yield node


_CONSTANT = (
    TensorKind.EAGER,
    TensorKind.ARRAY,
)  # what is computed from a model's inputs is neither


def has_gaps(outputs: Value, nodes: Iterable[Node]) -> bool:
    """Whether something unknown is among the outputs, or the arguments of the calls that lead to them."""
    ends = list(leaves(outputs))
    if not ends or may_hold_more(outputs):
        return True
    parts = (part for node in nodes for part in parts_of(node))
    return any(isinstance(part, UnknownV) or is_foreign(part) for part in (*ends, *parts))


def depths_of(nodes: list[Node]) -> dict[int, int]:
    """The longest path from each node to an output, by the node's id; nodes must follow their sources."""
    depths = {id(node): 0 for node in nodes}
    for node in reversed(nodes):
        for source in _sources(node):
            if source.node is not None and id(source.node) in depths:
                depths[id(source.node)] = max(depths[id(source.node)], depths[id(node)] + 1)
    return depths


def parts_of(node: Node) -> list[Value]:
    """The leaves of all arguments of a call."""
    if type(node.inputs) is TensorV and not node.arguments:
        return [node.inputs]
    nests = [node.inputs, *node.arguments.values()]
    return [leaf for nest in nests for leaf in leaves(nest)]


def _sources(node: Node) -> list[TensorV]:
    found = [leaf for leaf in parts_of(node) if isinstance(leaf, TensorV)]
    found.reverse()
    return found


def identity(tensor: TensorV) -> tuple[int, int]:
    """Identifies a tensor by its call and index; one of no call by itself.

    Each has a number that no other ever has: what Python calls its identity goes to another object later.
    """
    owner: Node | TensorV = tensor if tensor.node is None else tensor.node
    if not owner.serial:
        owner.serial = next(_SERIALS)
    return owner.serial, -1 if tensor.node is None else tensor.index


_SERIALS = count(1)
