"""The layers of a functional model, in the order in which Keras lists them."""

from __future__ import annotations

from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.unlisted import OP_LAMBDA
from kerasmergelint.keras_api.protocol import KerasVersion, TensorKind
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import UNKNOWN
from kerasmergelint.tracker.keras import inputs
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import (
    Node,
    TensorV,
    ancestors,
    has_gaps,
    identity,
    parts_of,
)
from kerasmergelint.tracker.values.layers import LAYERS, LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Value


def layers_of(interp: Interpreter, model: Value) -> list[Value] | None:
    """The layers in Keras's order; None if they are not all known."""
    if isinstance(model, SequentialV):
        return None if model.open else list(model.layers)
    if isinstance(model, ModelV):
        if model.layers is None:
            model.layers = _Order(interp, model).layers()
        return None if model.layers is None else list(model.layers)
    return None


class _Order:
    """By depth from the outputs, deepest first; equals in the order of the walk from there.

    A layer is as deep as its deepest call.  Where the model begins at a tensor in the middle of a
    graph, Keras puts an InputLayer there.
    """

    def __init__(self, interp: Interpreter, model: ModelV) -> None:
        self.interp, self.model = interp, model
        self.ends = {
            identity(tensor) for tensor in leaves(model.inputs) if isinstance(tensor, TensorV)
        }
        self.starts: dict[int, Value] = {}  # the InputLayers in place of calls, by the calls' ids
        self.met: dict[int, int] = {}  # when the walk first met a layer, by its id
        self.nodes: list[Node] = []

    def layers(self) -> list[Value] | None:
        self._walk()
        if has_gaps(self.model.outputs, self.nodes):
            return None
        found = self._depths().values()
        ordered = [
            owner
            for _, owner in sorted(found, key=lambda entry: (-entry[0], self.met[id(entry[1])]))
        ]
        calls = [owner for owner in ordered if isinstance(owner, Node)]
        if not all(map(self._is_certain, calls)):
            return None
        made_layers = self.model.version in V2
        return [
            _of_function(self.interp, owner) if isinstance(owner, Node) else owner
            for owner in ordered
            if not isinstance(owner, Node) or (made_layers and _is_symbolic(owner))
        ]

    def _owner(self, node: Node) -> Value:
        """The layer of a call; a call of an op or operator stands for itself."""
        start = self.starts.get(id(node))
        if start is not None:
            return start
        return node if node.layer is None else node.layer

    def _walk(self) -> None:
        """The calls from the outputs back to the inputs, each after those it needs."""
        done: set[int] = set()
        roots = [leaf for leaf in leaves(self.model.outputs) if isinstance(leaf, TensorV)]
        stack = [(tensor, False) for tensor in reversed(roots)]
        while stack:
            tensor, ready = stack.pop()
            node = tensor.node
            if node is None:
                continue
            if ready:
                self.nodes.append(node)
            elif id(node) not in done:
                done.add(id(node))
                ends_here = identity(tensor) in self.ends
                if ends_here and Kind.INPUT not in node.kind:
                    self.starts[id(node)] = inputs.make_layer(self.interp, tensor.spec, None)
                self.met.setdefault(id(self._owner(node)), len(self.met))
                stack.append((tensor, True))
                if not ends_here:
                    sources = [leaf for leaf in parts_of(node) if isinstance(leaf, TensorV)]
                    stack.extend((source, False) for source in reversed(sources))

    def _depths(self) -> dict[int, tuple[int, Value]]:
        """Each layer, or call without one, with its depth."""
        found: dict[int, tuple[int, Value]] = {}
        of_nodes: dict[int, int] = {}
        for node in reversed(self.nodes):
            owner = self._owner(node)
            depth = max(of_nodes.get(id(node), 0), found.get(id(owner), (0, None))[0])
            found[id(owner)] = depth, owner
            if id(node) in self.starts:
                continue
            for source in parts_of(node):
                if isinstance(source, TensorV) and source.node is not None:
                    key = id(source.node)
                    of_nodes[key] = max(of_nodes.get(key, 0), depth + 1)
        return found

    def _is_certain(self, node: Node) -> bool:
        """Whether the number of layers that a call without a layer makes is certain.

        Keras 3 makes none.  Keras 2 makes one of an operator or a TensorFlow function, but several
        of some functions of its own.
        """
        if Kind.INPUT in node.kind:
            return False
        if self.model.version in V3 or not _is_symbolic(node):
            return True
        return Kind.OPERATOR in node.kind


def _is_symbolic(node: Node) -> bool:
    """Whether a call gives a symbolic Keras tensor."""
    outputs = [leaf for leaf in leaves(node.outputs) if isinstance(leaf, TensorV)]
    return any(tensor.spec.kind is TensorKind.KERAS for tensor in outputs)


def _of_function(interp: Interpreter, node: Node) -> LayerV:
    """The layer that Keras 2 makes of a function; its name is known in applications only."""
    layer = LayerV(interp.heap, OP_LAMBDA, {}, KerasVersion.V2, node.label)
    layer.nodes = (node,)
    layer.first = UNKNOWN
    if not node.label.startswith(_OF_APPLICATIONS):
        layer.attributes["name"] = interp.unknown("the automatic name of a function as a layer")
    return layer


_OF_APPLICATIONS = ("tf.__operators__.add", "tf.math.multiply")


def layer_named(model: ModelV, name: str) -> Value | None:
    """The layer of this name, even if not all layers are known."""
    for node in ancestors(model.outputs):
        if name_of(node.layer) == name:
            return node.layer
    return None


def name_of(layer: Value) -> Value:
    """The name of a layer or model."""
    if isinstance(layer, Instance) and layer.layer is not None:
        return layer.layer.name
    return layer.name if isinstance(layer, LAYERS) else None
