"""Conversion between abstract values and the plain values of the Keras rules."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import (
    Broken,
    Config,
    LayerCall,
    Nest,
    Opaque,
    Outcome,
    Problem,
    ShapeNest,
    SubLayer,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Expr, OpenShape, Shape, symbol
from kerasmergelint.tracker.keras import asking
from kerasmergelint.tracker.keras.counting import parameters, trained
from kerasmergelint.tracker.keras.ranks import refined, spec_of_unknown
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.constants import PLAIN_TYPES, as_dim, from_dim, is_number
from kerasmergelint.tracker.values.containers import (
    DictV,
    GeneratorV,
    IteratorV,
    ListV,
    SetV,
    ViewV,
)
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV, SequentialV
from kerasmergelint.tracker.values.numpy_numbers import NumPyInt
from kerasmergelint.tracker.values.objects import Instance, is_layer
from kerasmergelint.tracker.values.tensor_arrays import TensorArrayV
from kerasmergelint.tracker.values.tensor_shapes import TensorShapeV
from kerasmergelint.tracker.values.terms import text
from kerasmergelint.tracker.values.value import External, SymInt, UnknownV, Value


def to_plain(interp: Interpreter, value: Value) -> Nest:
    """A value as the Keras rules take it (see ``keras_api.protocol``)."""
    if type(value) is UnknownV or type(value) is External:
        value = interp.resolve(value)
    if type(value) in PLAIN_TYPES:
        return int(value) if type(value) is NumPyInt else value
    if isinstance(value, (tuple, ListV, DictV, ViewV)):
        return _plain_nest(interp, value)
    if isinstance(value, TensorV):
        spec = refined(interp, value)
        return spec if value.data is None else replace(spec, data=value.data)
    if isinstance(value, UnknownV):
        dim = as_dim(value)
        return dim if isinstance(dim, (int, Expr)) else UNKNOWN
    if isinstance(value, SymInt):
        return value.expr
    if isinstance(value, slice):
        parts = (to_plain(interp, part) for part in (value.start, value.stop, value.step))
        return slice(*parts)
    if isinstance(value, range):
        return list(value)
    if is_layer(value):
        return Inner(interp, value)
    if isinstance(value, TensorArrayV):
        return UNKNOWN
    if isinstance(value, SetV):
        return Opaque("set", iterable=True)
    if isinstance(value, IteratorV):
        return Opaque("iterator", iterable=True)
    if isinstance(value, GeneratorV):
        return Opaque("generator", iterable=True)
    return Opaque(type(value).__name__)


def _plain_nest(interp: Interpreter, nest: tuple[Value, ...] | ListV | DictV | ViewV) -> Nest:
    interp.step()  # nests may share parts many times over, or hold themselves
    if isinstance(nest, tuple):
        return tuple([to_plain(interp, item) for item in nest])
    if nest.open:
        return UNKNOWN
    if isinstance(nest, DictV):
        return {key: to_plain(interp, item) for key, item in nest.items.items()}
    return [to_plain(interp, item) for item in nest.items]


def to_tensor_nest(interp: Interpreter, value: Value) -> Nest:
    """:func:`to_plain` for the inputs of a layer, where an unknown is a number only if that is certain."""
    if type(value) is TensorV:
        return to_plain(interp, value)
    value = interp.resolve(value)
    if isinstance(value, UnknownV) and not is_number(value):
        return spec_of_unknown(interp, value) or UNKNOWN
    if isinstance(value, (tuple, ListV, DictV, ViewV)):
        interp.step()
    if isinstance(value, tuple):
        return tuple(to_tensor_nest(interp, item) for item in value)
    if isinstance(value, (ListV, ViewV)):
        return UNKNOWN if value.open else [to_tensor_nest(interp, item) for item in value.items]
    if isinstance(value, DictV):
        if value.open:
            return UNKNOWN
        return {key: to_tensor_nest(interp, item) for key, item in value.items.items()}
    return to_plain(interp, value)


def from_plain(interp: Interpreter, plain: Nest, node: Node | None, reason: str) -> Value:
    """The result of a rule as a value; tensors become outputs of ``node``."""
    if isinstance(plain, TensorSpec):
        return tensor_of(interp, plain, node)
    if isinstance(plain, tuple):
        return tuple(from_plain(interp, item, node, reason) for item in plain)
    if isinstance(plain, list):
        return ListV(interp.heap, [from_plain(interp, item, node, reason) for item in plain])
    if isinstance(plain, dict):
        return DictV(
            interp.heap,
            {key: from_plain(interp, item, node, reason) for key, item in plain.items()},
        )
    if plain is UNKNOWN or isinstance(plain, Opaque):
        return interp.unknown(reason)
    if isinstance(plain, Expr):
        return from_dim(plain)
    return plain


def tensor_of(interp: Interpreter, spec: TensorSpec, node: Node | None) -> TensorV:
    """A tensor of this kind, as the first output of ``node``."""
    named = with_sizes(interp, spec) if interp.naming else spec
    return TensorV(named, node, data=None if spec.data is UNKNOWN else spec.data)


def shapes_of(plain: Nest) -> ShapeNest:
    """The nest of shapes of a nest of specs."""
    if isinstance(plain, TensorSpec):
        return plain.shape
    if isinstance(plain, (list, tuple)):
        return type(plain)(shapes_of(item) for item in plain)
    if isinstance(plain, dict):
        return {key: shapes_of(item) for key, item in plain.items()}
    return UNKNOWN


def with_sizes(interp: Interpreter, spec: TensorSpec) -> TensorSpec:
    """The tensor with a symbol for each size that is not known, so that it equals itself."""
    dims = spec.dims
    if dims is None or UNKNOWN not in dims:
        return spec
    sizes = (new_size(interp) if dim is UNKNOWN else dim for dim in dims)
    return replace(spec, shape=Shape(tuple(sizes)))


def new_size(interp: Interpreter) -> Expr:
    """A size of which nothing is known but that it is one."""
    return symbol(text(interp.opaque_term()), positive=True)


def spec_leaves(plain: Nest) -> list[TensorSpec]:
    """The tensors in a nest, in order."""
    if isinstance(plain, TensorSpec):
        return [plain]
    if isinstance(plain, (list, tuple)):
        return [leaf for item in plain for leaf in spec_leaves(item)]
    if isinstance(plain, dict):
        return [leaf for item in plain.values() for leaf in spec_leaves(item)]
    return []


def mapped_specs(plain: Nest, change: Callable[[TensorSpec], TensorSpec]) -> Nest:
    """The same nest with other tensors."""
    if isinstance(plain, TensorSpec):
        return change(plain)
    if isinstance(plain, (list, tuple)):
        return type(plain)(mapped_specs(item, change) for item in plain)
    if isinstance(plain, dict):
        return {key: mapped_specs(item, change) for key, item in plain.items()}
    return plain


def shape_leaves(plain: Nest) -> tuple[AnyShape, ...]:
    """The shapes of a nest of tensors, in order; anything unknown counts as one tensor."""
    if isinstance(plain, TensorSpec):
        return (plain.shape,)
    if isinstance(plain, (list, tuple)):
        return tuple([leaf for item in plain for leaf in shape_leaves(item)])
    if isinstance(plain, dict):
        return tuple(leaf for item in plain.values() for leaf in shape_leaves(item))
    return (ANY_SHAPE,) if plain is UNKNOWN else ()


def shape_to_value(shape: AnyShape) -> Value:
    """``x.shape`` as a tuple; unknown if the rank is."""
    if isinstance(shape, Shape):
        return tuple(from_dim(dim) for dim in shape.dims)
    return UnknownV("the rank is not known", None)


def value_to_shape(interp: Interpreter, value: Value) -> AnyShape:
    """A tuple or list of dimensions as a shape."""
    value = interp.resolve(value)
    if interp.asker is not None:
        asking.of_shape(interp, value)
        value = interp.resolve(value)
    if isinstance(value, (IteratorV, GeneratorV)):
        items = interp.iterate(value, Site(interp.frame.module, None))
        value = None if items is None else tuple(items)
    if isinstance(value, ListV) and not value.open:
        value = tuple(value.items)
    if isinstance(value, tuple):
        return Shape(tuple(as_dim(interp.resolve(item)) for item in value))
    return ANY_SHAPE


def shape_value(interp: Interpreter, shape: ShapeNest) -> Value:
    """A nest of shapes as ``build`` gets it: tuples of dimensions, lists of them."""
    if isinstance(shape, Shape):
        sizes = (
            from_dim(dim) if dim is not UNKNOWN else interp.unknown("the size is not known")
            for dim in shape.dims
        )
        return tuple(sizes) if interp.version in V3 else TensorShapeV(sizes)
    if isinstance(shape, OpenShape) or shape is UNKNOWN:
        return interp.unknown("the shape is not known")
    if isinstance(shape, (list, tuple)):
        return ListV(interp.heap, [shape_value(interp, item) for item in shape])
    if isinstance(shape, dict):
        return DictV(interp.heap, {k: shape_value(interp, v) for k, v in shape.items()})
    return interp.unknown("the shape is not known")


# -- layers inside layers --------------------------------------------------------------------


class Inner(SubLayer):
    """A layer as the rules of wrappers see it."""

    def __init__(self, interp: Interpreter, layer: Value) -> None:
        self.interp = interp
        self.layer = layer

    @property
    def type_name(self) -> str:
        if isinstance(self.layer, LayerV):
            return self.layer.type.name
        if isinstance(self.layer, Instance):
            inner = self.layer.state.inner
            return inner.type.name if inner is not None else ""
        return "Sequential" if isinstance(self.layer, SequentialV) else "Functional"

    @property
    def config(self) -> Config:
        if isinstance(self.layer, LayerV):
            return self.layer.config
        if isinstance(self.layer, Instance) and self.layer.state.inner is not None:
            return self.layer.state.inner.config
        return {}

    def apply(self, inputs: Nest, first: ShapeNest | None = None) -> Outcome:
        """Call it on specs, without a trace in the program's own graph."""
        layer = self.layer
        if isinstance(layer, LayerV) and layer.type.name != "Lambda":
            return layer.type.call(LayerCall(layer.config, inputs, layer.version, first))
        interp = self.interp
        value = from_plain(interp, inputs, None, "an input")
        found, site = len(interp.outputs.events), _wrapped_site(interp)
        with aside.tracing(interp):
            result = interp.call(layer, [value], {}, site)
        if len(interp.outputs.events) > found:
            return self._failed(found, site)
        return Outcome(to_tensor_nest(interp, result))

    def _failed(self, found: int, site: Site) -> Outcome:
        """A failure of the wrapped layer's call becomes the wrapper's; those within were reported."""
        events = self.interp.outputs.events
        problem = events[found].problem
        if isinstance(problem, Problem) and events[found].site is site:
            del events[found:]
            raise Broken(replace(problem, operands=()))
        return Outcome(UNKNOWN, ("the wrapped layer fails",))

    def parameters(self, first: ShapeNest) -> int | None:
        layer = self.layer
        if isinstance(layer, LayerV):  # only the wrapper's call knows the inputs
            return layer.type.parameters(layer.config, layer.first or first, layer.version)
        return parameters(layer)

    def trained(self, first: ShapeNest) -> int | None:
        return trained(self.layer, first)

    def attribute(self, name: str) -> object:
        if not isinstance(self.layer, Instance):
            return UNKNOWN
        cls, state = self.layer.cls, self.layer.state
        own = find(cls, name) is not None or name in self.layer.attributes
        derived = state.inner is not None or state.model is not None or self.layer.open
        if not own and not cls.unknown_base and not derived:
            return None
        site = _wrapped_site(self.interp)
        return to_plain(self.interp, self.interp.attribute(self.layer, name, site))


def _wrapped_site(interp: Interpreter) -> Site:
    """The place of a wrapped layer's call: that of the wrapper's."""
    frame = interp.frame
    return frame.called_from or Site(frame.module, None)
