"""Layers and models as objects: configuration, build state, and the calls that made tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from kerasmergelint.keras_api.kinds import NO_KIND, Kind
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import Config, KerasVersion, ShapeNest
from kerasmergelint.tracker.values.heap import Heap, HeapObject
from kerasmergelint.tracker.values.values import DictV, Instance, ListV, TensorV, Value, leaves

if TYPE_CHECKING:
    from kerasmergelint.tracker.machine.interpreter import Interpreter
    from kerasmergelint.tracker.values.values import ModuleV


# Never changed; not frozen because one is made for every operation, and that takes three times as long.
@dataclass(slots=True, eq=False)
class Site:
    """A place in the program: a node of the lowered tree, in a module."""

    module: ModuleV
    node: Any


# The interpreter, the inputs, where; and the other arguments by name, of a call that has some.
Replay = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a call can be made again outside of the tracker; kept only when a recorder asks for it.

    ``kind`` says what ``subject`` is: "layer" (called on the arguments), "function" (a dotted name),
    "operator" (a symbol), "item" (the argument is the key after the tensor), "construct" (the dotted
    or public name of a layer class).
    """

    kind: str
    subject: Value
    args: tuple[Value, ...] = ()
    keywords: dict[str, Value] = field(default_factory=dict)


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
    """The nest that went into a call: the program may go on filling the same list."""
    if type(value) is TensorV:
        return value
    if isinstance(value, ListV) and not value.open:
        return ListV(heap, [own_copy(heap, item) for item in value.items], value.kind)
    if isinstance(value, DictV) and not value.open:
        return DictV(heap, {key: own_copy(heap, item) for key, item in value.items.items()})
    if isinstance(value, tuple) and any(isinstance(item, (ListV, DictV, tuple)) for item in value):
        return tuple(own_copy(heap, item) for item in value)
    return value


@dataclass(frozen=True, slots=True)
class Again:
    """How to perform a call again when its node says all: the same object serves every such node."""

    perform: Callable[..., Value]  # the node, and what a Replay takes


class Node:
    """One call that made tensors.  ``replay`` performs it again on other inputs.

    ``kind`` comes from the declaration of the layer or op; a layer of the program's own has none.
    ``traced`` is what the program's own code gave, for a custom layer or Lambda; ``key`` the index
    of ``x[key]``, or the full name of an op; ``of_samples`` what is remembered of its rows.
    """

    __slots__ = (
        "_replay", "arguments", "inputs", "key", "kind", "label", "layer", "of_samples", "outputs", "recipe",
        "site", "traced",
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
        self.arguments: dict[str, Value] = {}
        self.recipe: Recipe | None = None
        self.traced: Value = None
        self.key: Value = None
        self.of_samples: bool | None = None

    @property
    def replay(self) -> Replay | None:
        how = self._replay
        return partial(how.perform, self) if isinstance(how, Again) else how


class LayerV(HeapObject):
    """An instance of a layer that Keras ships.

    ``named``: the program chose its name.  ``serial_of_config``: layers of the same type and
    configuration share it; None if the configuration is like no other.
    """

    __slots__ = (
        "attributes", "config", "first", "name", "named", "nodes", "serial_of_config", "type", "version",
    )  # fmt: skip

    def __init__(
        self,
        heap: Heap,
        entry: LayerType,
        config: Config,
        version: KerasVersion,
        name: str,
        serial_of_config: int | None = None,
    ) -> None:
        super().__init__(heap)
        self.type = entry
        self.config = config
        self.serial_of_config = serial_of_config
        self.version = version
        self.name = name
        self.named = False
        self.first: ShapeNest | None = None
        self.nodes: tuple[Node, ...] = ()
        self.attributes: dict[str, Value] = {}

    def snapshot(self) -> Any:
        return (self.first, self.nodes, dict(self.attributes), self.name)

    def restore(self, content: Any) -> None:
        self.first, self.nodes, self.attributes, self.name = content


@dataclass(frozen=True, slots=True)
class LayerState:
    """What Keras keeps of a layer or model that the program defines."""

    base: str  # "Layer", "Model", "Sequential", or the class name of a built-in layer
    version: KerasVersion
    name: str
    first: ShapeNest | None = None
    built: bool = False
    nodes: tuple[Node, ...] = ()
    # set when super().__init__(inputs, outputs) made it functional, or a Sequential's made it one
    model: ModelV | SequentialV | None = None
    inner: LayerV | None = None  # set when the base is a layer that Keras ships
    made_with: Recipe | None = None


class ModelV(HeapObject):
    """A functional model, or an application whose insides are not needed."""

    __slots__ = ("attributes", "inputs", "layers", "name", "named", "nodes", "outputs", "version")

    def __init__(
        self, heap: Heap, inputs: Value, outputs: Value, version: KerasVersion, name: str
    ) -> None:
        super().__init__(heap)
        self.inputs = inputs
        self.outputs = outputs
        self.version = version
        self.name = name
        self.named = False
        self.nodes: tuple[Node, ...] = ()
        self.layers: list[Value] | None = None
        self.attributes: dict[str, Value] = {}

    def snapshot(self) -> Any:
        return (self.nodes, dict(self.attributes), self.name)

    def restore(self, content: Any) -> None:
        self.nodes, self.attributes, self.name = content


class SequentialV(HeapObject):
    """A sequential model; ``input`` and ``output`` are None until its input shape is known."""

    __slots__ = (
        "attributes",
        "input",
        "layers",
        "name",
        "named",
        "nodes",
        "open",
        "output",
        "version",
    )

    def __init__(self, heap: Heap, version: KerasVersion, name: str) -> None:
        super().__init__(heap)
        self.version = version
        self.name = name
        self.named = False
        self.layers: tuple[Value, ...] = ()
        self.input: Value = None
        self.output: Value = None
        self.nodes: tuple[Node, ...] = ()
        self.open = False
        self.attributes: dict[str, Value] = {}

    def snapshot(self) -> Any:
        return (
            self.layers, self.input, self.output, self.nodes, self.open, dict(self.attributes), self.name,
        )  # fmt: skip

    def restore(self, content: Any) -> None:
        (
            self.layers, self.input, self.output, self.nodes, self.open, self.attributes, self.name,
        ) = content  # fmt: skip


LAYERS = (LayerV, ModelV, SequentialV)


def give_name(interp: Interpreter, layer: Value, wanted: Value, class_name: str) -> None:
    """The name that the program chose, or the next automatic one."""
    layer.named = isinstance(wanted, str)
    layer.name = wanted if layer.named else interp.names.fresh(class_name)


def is_layer(value: Value) -> bool:
    """Whether a value is a layer or model object."""
    return isinstance(value, LAYERS) or (isinstance(value, Instance) and value.layer is not None)


def ancestors(outputs: Value) -> Iterator[Node]:
    """The nodes that lead to the outputs, each after those that it needs."""
    done: set[int] = set()
    stack: list[tuple[Node, bool]] = [
        (leaf.node, False) for leaf in leaves(outputs) if isinstance(leaf, TensorV) and leaf.node
    ]
    stack.reverse()
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in done:
            done.add(id(node))
            stack.append((node, True))
            stack.extend((tensor.node, False) for tensor in _sources(node) if tensor.node)


def depths_of(nodes: list[Node]) -> dict[int, int]:
    """The longest way from each node to an output, by the node's id; nodes come after their sources."""
    depths = {id(node): 0 for node in nodes}
    for node in reversed(nodes):
        for source in _sources(node):
            if source.node is not None and id(source.node) in depths:
                depths[id(source.node)] = max(depths[id(source.node)], depths[id(node)] + 1)
    return depths


def parts_of(node: Node) -> list[Value]:
    """The leaves of everything that went into a call."""
    if type(node.inputs) is TensorV and not node.arguments:
        return [node.inputs]
    nests = [node.inputs, *node.arguments.values()]
    return [leaf for nest in nests for leaf in leaves(nest)]


def _sources(node: Node) -> list[TensorV]:
    found = [leaf for leaf in parts_of(node) if isinstance(leaf, TensorV)]
    found.reverse()
    return found


@dataclass(slots=True)
class Names:
    """Keras's automatic layer names: ``dense``, ``dense_1``, ..."""

    counts: dict[str, int] = field(default_factory=dict)

    def fresh(self, class_name: str) -> str:
        stem = snake_case(class_name)
        count = self.counts.get(stem, 0)
        self.counts[stem] = count + 1
        return f"{stem}_{count}" if count else stem


@lru_cache(maxsize=1024)
def snake_case(name: str) -> str:
    """``Conv2DTranspose`` gives ``conv2d_transpose``, as Keras does it."""
    out = ""
    for index, char in enumerate(name):
        after_lower = index and (name[index - 1].islower() or name[index - 1].isdigit())
        before_lower = index + 1 < len(name) and name[index + 1].islower()
        if (
            char.isupper()
            and index
            and (after_lower or before_lower)
            and not _dimension(name, index)
        ):
            out += "_"
        out += char.lower()
    return out


def _dimension(name: str, index: int) -> bool:
    """Whether this is the D of ``2D``."""
    return name[index] == "D" and name[index - 1].isdigit()
