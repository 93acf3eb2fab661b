"""Models of ``keras.applications``, built layer by layer from their recorded graphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kerasmergelint.keras_api import applications as catalogue
from kerasmergelint.keras_api.applications import Application, Given, Only, PaddingByParity, Row
from kerasmergelint.keras_api.kinds import NO_KIND, Kind
from kerasmergelint.keras_api.layers import find as find_layer
from kerasmergelint.keras_api.layers.unlisted import OF_APPLICATIONS
from kerasmergelint.keras_api.protocol import Broken, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import ANY_SHAPE, AnyShape, Shape
from kerasmergelint.tracker.keras import inputs, layers, sequential
from kerasmergelint.tracker.keras.convert import value_to_shape
from kerasmergelint.tracker.keras.functional import source_inputs
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layer_names import snake_case
from kerasmergelint.tracker.values.layers import LayerV, ModelV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, UnknownV, Value, keyed

# Arguments that decide about single layers.
_SWITCHES = ("include_preprocessing", "pooling")
# While they are built these compare sizes, for which open ones are all alike; such a model fails whatever
# it is given, but not where a recorded one would.
_OTHERWISE_IF_OPEN = "NASNet"


def construct(interp: Interpreter, name: str, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ResNet50(include_top=False, input_shape=(224, 224, 3))``."""
    bound = bind_native(interp, catalogue.parameters(name, interp.version), args, keywords)
    application = catalogue.find(name, bound, interp.version)
    if application is None or REST in keywords:
        return interp.unknown(f"the application {name} with these arguments is not modelled")
    if interp.image_data_format != "channels_last":
        return interp.unknown("applications are modelled with channels last")
    with_top = interp.resolve(bound.get("include_top", True))
    if isinstance(with_top, UnknownV):
        return interp.unknown(f"whether {name} has its top is not known")
    if any(isinstance(interp.resolve(bound.get(key)), UnknownV) for key in _SWITCHES):
        return interp.unknown(f"which layers {name} has is not known")
    shape = _input_shape(interp, application, bound, with_top=bool(with_top))
    try:
        if isinstance(shape, Shape):
            catalogue.check(application, shape, bound)
    except Broken as broken:
        again = interp.recipe("construct", f"applications.{name}", args, keywords)
        return interp.broken(broken.problem, site, name, None, again)
    if name.startswith(_OTHERWISE_IF_OPEN) and isinstance(shape, Shape) and None in shape.dims[1:]:
        return interp.unknown(f"{name} has other layers where its sizes are open")
    return _Builder(interp, application, site).build(shape, bound, with_top=bool(with_top))


def _input_shape(
    interp: Interpreter, application: Application, bound: Mapping[str, Value], *, with_top: bool
) -> AnyShape:
    given = interp.resolve(bound.get("input_shape"))
    if given is not None:
        body = value_to_shape(interp, given)
        return Shape((None, *body.dims)) if isinstance(body, Shape) else ANY_SHAPE
    if application.name.startswith(catalogue.OPEN_WITH_TOP):
        return Shape((None, None, None, 3))
    if with_top or (application.name == "NASNetMobile" and interp.version in V3):
        return Shape((None, application.size, application.size, 3))
    return Shape((None, None, None, 3))


class _Builder:
    """Makes and calls the layers of one application, without recording these calls."""

    def __init__(self, interp: Interpreter, application: Application, site: Site) -> None:
        self.interp = interp
        self.application = application
        self.site = site
        self.offsets: dict[str, int] = {}
        self.made: list[Value] = []
        self.given_name: str | None = None

    def build(self, shape: AnyShape, bound: Mapping[str, Value], *, with_top: bool) -> Value:
        interp = self.interp
        tensor = bound.get("input_tensor")
        named = bound.get("name", bound.get("model_name"))
        self.given_name = named if isinstance(named, str) else None
        with aside.unreported(interp), aside.tracing(interp):
            source = self._source(tensor, shape)
            for row in self._rows(bound, with_top=with_top):
                self.made.append(self._call(row, source, bound))
        result = self.made[-1]
        if not isinstance(source, TensorV) or not isinstance(result, TensorV):
            return interp.unknown(f"the application {self.application.name}")
        height = shape.dims[1] if isinstance(shape, Shape) and shape.rank == 4 else "?"
        name = self.application.model_name.replace("{rows}", str(height))
        inputs = source_inputs(source)
        if inputs is None:
            return interp.unknown(f"the inputs of {self.application.name}")
        begin = inputs[0] if len(inputs) == 1 else ListV(interp.heap, list(inputs))
        model = ModelV(interp.heap, begin, result, interp.version, self.given_name or name)
        model.named = True
        if tensor is None:
            again = interp.recipe("construct", self.application.name, [], keyed(bound))
            model.made_with = again
        interp.outputs.models.append(model)
        return model

    def _source(self, tensor: Value, shape: AnyShape) -> Value:
        if tensor is not None:
            return tensor
        spec = TensorSpec(shape, "float32")
        layer = inputs.make_layer(self.interp, spec, None)
        return inputs.placeholder(self.interp, spec, self.site, layer)

    def _rows(self, bound: Mapping[str, Value], *, with_top: bool) -> Iterator[Row]:
        """The recorded layers for these arguments."""
        yield from self.application.layers
        pooling = self.interp.resolve(bound.get("pooling"))
        if with_top:
            yield from self.application.top
        elif isinstance(pooling, str):
            yield from self.application.pooling.get(pooling, ())

    def _call(self, row: Row, source: Value, bound: Mapping[str, Value]) -> Value:
        if row.cls == "InputLayer":
            return source
        operands = [self.made[index] for index in row.inputs]
        if row.only is not None and not _is_wanted(row.only, bound):
            return operands[0]
        config = {key: _with_classes(value, bound) for key, value in row.config.items()}
        padding = config.get("padding")
        if isinstance(padding, PaddingByParity):
            config["padding"] = _padding_by_parity(operands[0], padding.behind)
        return self._apply(row, config, operands)

    def _apply(self, row: Row, config: Mapping[str, object], operands: Sequence[Value]) -> Value:
        interp = self.interp
        value = operands[0] if len(operands) == 1 else ListV(interp.heap, list(operands))
        if row.cls == "Sequential":
            made = [self._layer(part, part.config) for part in row.parts]
            arguments: Keywords = {"name": self._name(row)}
            inner = sequential.construct(interp, [ListV(interp.heap, made)], arguments, self.site)
            return interp.call(inner, [value], {}, self.site)
        if row.is_op:
            return self._keep_shape(row, operands)
        layer = self._layer(row, config)
        if not isinstance(layer, LayerV):
            return layer
        return layers.call_builtin(interp, layer, [value], {}, self.site)

    def _layer(self, row: Row, config: Mapping[str, object]) -> Value:
        interp = self.interp
        entry = OF_APPLICATIONS.get(row.cls) or find_layer(row.cls, interp.version)
        if entry is None:
            return interp.unknown(f"the layer {row.cls} of an application")
        known = dict(config)
        if row.cls == "Rescaling":
            known["scale"] = 1.0  # one number, or one per channel
        for required in entry.signature(interp.version).required:
            known.setdefault(required, UnknownV("not recorded, since it decides no shape"))
        arguments = keyed({"name": self._name(row), **known})
        return layers.construct(interp, entry, [], arguments, self.site)

    def _keep_shape(self, row: Row, operands: Sequence[Value]) -> Value:
        """Ops between layers, which all keep the shape of the larger operand."""
        interp = self.interp
        tensors = [operand for operand in operands if isinstance(operand, TensorV)]
        if not tensors:
            return interp.unknown("part of an application")
        largest = max(tensors, key=_known_sizes)

        def replay(again: Interpreter, new: Value, where: Site) -> Value:
            items = list(new) if isinstance(new, tuple) else [new]
            return _Builder(again, self.application, where)._keep_shape(row, items)

        older = interp.version in V2  # where they are layers
        label = self._name(row) if older else row.cls
        entry = find_layer(row.cls, interp.version)
        kind = Kind.OPERATOR | (NO_KIND if entry is None else entry.kind)
        node = Node(label, self.site, tuple(operands), replay, None, kind)
        node.outputs = TensorV(largest.spec, node)
        return node.outputs

    def _name(self, row: Row) -> str:
        """Automatic names continue the program's own count."""
        default = f"{self.application.model_name}_"
        if self.given_name is not None and row.name.startswith(default):
            return f"{self.given_name}_{row.name.removeprefix(default)}"
        stem = row.name.rstrip("0123456789").rstrip("_") if row.is_op else snake_case(row.cls)
        tail = row.name.removeprefix(stem)
        if not row.name.startswith(stem) or (tail and not tail[1:].isdigit()):
            return row.name
        counts = self.interp.names.counts
        offset = self.offsets.setdefault(stem, counts.get(stem, 0))
        number = offset + (int(tail[1:]) if tail else 0)
        counts[stem] = max(counts.get(stem, 0), number + 1)
        return f"{stem}_{number}" if number else stem


def _known_sizes(tensor: TensorV) -> int:
    """The number of sizes other than 1; broadcast operands have fewer."""
    return sum(dim != 1 for dim in tensor.spec.dims or ())


def _is_wanted(only: Only, bound: Mapping[str, Value]) -> bool:
    """Whether an optional layer is present."""
    if only is Only.WEIGHTS:
        return bool(bound.get("weights", "imagenet") == "imagenet")
    return bound.get("include_preprocessing", True) is not False


def _with_classes(value: object, bound: Mapping[str, Value]) -> object:
    """A setting with the number of classes filled in."""
    if value is Given.CLASSES:
        return bound.get("classes", 1000)
    return tuple(_with_classes(v, bound) for v in value) if isinstance(value, tuple) else value


def _padding_by_parity(tensor: Value, behind: int) -> object:
    """The padding for the size of a tensor; where the rows are open, rows and columns count as even."""
    dims = tensor.spec.dims if isinstance(tensor, TensorV) else None
    sides = dims[1:3] if dims is not None and len(dims) == 4 else ()
    if sides and sides[0] is None:
        return ((behind - 1, behind),) * 2
    known = [side for side in sides if isinstance(side, int)]
    if len(known) < 2:
        return UnknownV("the padding depends on the size of the input")
    return tuple((behind - (side % 2 == 0), behind) for side in known)
