"""Layers and models as objects: configuration, build state, and their calls."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import Config, KerasVersion, ShapeNest, TensorSpec
from kerasmergelint.tracker.values.graph import Node, Recipe
from kerasmergelint.tracker.values.heap import Heap, HeapObject
from kerasmergelint.tracker.values.training import Compiled
from kerasmergelint.tracker.values.value import Args, Keywords, Value

# What their snapshots hold.
LayerContent = tuple[ShapeNest, tuple[Node, ...], dict[str, Value], str, Config, "int | None"]
ModelContent = tuple[tuple[Node, ...], dict[str, Value], str, Compiled | None]
SequentialContent = tuple[
    tuple[Value, ...], Value, Value, tuple[Node, ...], bool, dict[str, Value], str, Compiled | None
]


class LayerV(HeapObject):
    """An instance of a layer that Keras ships.

    ``named``: the program chose its name.  ``serial_of_config``: layers of the same type and
    configuration share it; None if the configuration equals no other.  ``declared`` is the input
    shape given to the constructor, ``spec`` the tensor of an InputLayer.
    """

    __slots__ = (
        "attributes", "config", "declared", "first", "name", "named", "nodes", "serial_of_config",
        "spec", "type", "version",
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
        self.declared: Value = None
        self.spec: TensorSpec | None = None
        self.nodes: tuple[Node, ...] = ()
        self.attributes: dict[str, Value] = {}

    def snapshot(self) -> LayerContent:
        known = self.config, self.serial_of_config
        return (self.first, self.nodes, dict(self.attributes), self.name, *known)

    def restore(self, content: LayerContent) -> None:
        self.first, self.nodes, self.attributes, self.name = content[:4]
        self.config, self.serial_of_config = content[4:]


class _Model(HeapObject):
    """What functional and sequential models have in common."""

    __slots__ = ("attributes", "compiled", "name", "named", "nodes", "version")

    def __init__(self, heap: Heap, version: KerasVersion, name: str) -> None:
        super().__init__(heap)
        self.version = version
        self.name = name
        self.named = False
        self.nodes: tuple[Node, ...] = ()
        self.compiled: Compiled | None = None
        self.attributes: dict[str, Value] = {}


class ModelV(_Model):
    """A functional model, or an application whose layers are not needed."""

    __slots__ = ("inputs", "layers", "made_with", "outputs")

    def __init__(
        self, heap: Heap, inputs: Value, outputs: Value, version: KerasVersion, name: str
    ) -> None:
        super().__init__(heap, version, name)
        self.inputs = inputs
        self.outputs = outputs
        self.layers: list[Value] | None = None
        self.made_with: Recipe | None = None  # of an application

    def snapshot(self) -> ModelContent:
        return (self.nodes, dict(self.attributes), self.name, self.compiled)

    def restore(self, content: ModelContent) -> None:
        self.nodes, self.attributes, self.name, self.compiled = content


class SequentialV(_Model):
    """A sequential model; ``input`` and ``output`` are None until its input shape is known."""

    __slots__ = ("input", "layers", "open", "output")

    def __init__(self, heap: Heap, version: KerasVersion, name: str) -> None:
        super().__init__(heap, version, name)
        self.layers: tuple[Value, ...] = ()
        self.input: Value = None
        self.output: Value = None
        self.open = False

    def snapshot(self) -> SequentialContent:
        return (
            self.layers, self.input, self.output, self.nodes, self.open, dict(self.attributes), self.name,
            self.compiled,
        )  # fmt: skip

    def restore(self, content: SequentialContent) -> None:
        (
            self.layers, self.input, self.output, self.nodes, self.open, self.attributes, self.name,
            self.compiled,
        ) = content  # fmt: skip


@dataclass(frozen=True, slots=True)
class Making:
    """What a class of the program was called with, and the call as a recipe if those are recorded."""

    args: Args
    keywords: Keywords
    recipe: Recipe | None = None


@dataclass(frozen=True, slots=True)
class LayerState:
    """What Keras keeps for a layer or model of the program's own."""

    base: str  # "Layer", "Model", "Sequential", or the class name of a built-in layer
    version: KerasVersion
    name: str
    first: ShapeNest | None = None
    built: bool = False
    nodes: tuple[Node, ...] = ()
    # set if super().__init__ made it a functional or a Sequential model
    model: ModelV | SequentialV | None = None
    subclassed: bool = False  # super().__init__ was given nothing that could make it functional
    inner: LayerV | None = None  # set if the base is a layer that Keras ships
    made_with: Making | None = None  # None if a `__new__` of the program's own made it
    own_dtype: Value = None  # given to the constructor
    declared: Value = None  # the batch input shape that the constructor was given
    compiled: Compiled | None = None


LAYERS = (LayerV, ModelV, SequentialV)
AnyLayer = LayerV | ModelV | SequentialV
