"""``input_spec`` of the program's own layers, which Keras compares with the inputs of a call."""

from __future__ import annotations

from collections.abc import Sequence

from kerasmergelint.keras_api.input_specs import InputSpec, checked, compare
from kerasmergelint.keras_api.ops.op import named_dtype
from kerasmergelint.keras_api.protocol import Broken, Nest, Problem, TensorKind
from kerasmergelint.keras_api.versions import V3, KerasVersion
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.keras.convert import spec_leaves, to_plain, value_to_shape
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.constants import as_dim
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value

_PARAMETERS = (
    "dtype", "shape", "ndim", "max_ndim", "min_ndim", "axes", "allow_last_axis_squeeze", "name", "optional",
)  # fmt: skip
_ATTRIBUTE = "input_spec"


def construct(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``InputSpec(ndim=3, axes={-1: 16})``"""
    if REST in keywords or any(isinstance(argument, Spread) for argument in args):
        return interp.unknown("an InputSpec whose arguments are not known")
    given = bind_native(interp, _PARAMETERS, args, keywords)
    shape = _shape(interp, given.get("shape"))
    numbers = {name: _number(interp, given.get(name)) for name in ("ndim", "max_ndim", "min_ndim")}
    dtype, name = to_plain(interp, given.get("dtype")), given.get("name")
    squeezed = given.get("allow_last_axis_squeeze", False)
    spec = InputSpec(
        named_dtype(dtype),
        shape,
        numbers["ndim"] if shape is None else len(shape),
        numbers["max_ndim"],
        numbers["min_ndim"],
        _axes(interp, given.get("axes")),
        squeezed is not False,
        name if isinstance(name, str) else None,
        given.get("optional", False) is not False,
    )
    try:
        return checked(spec)
    except Broken as broken:
        recipe = interp.recipe("function", "keras.layers.InputSpec", args, keywords)
        return interp.broken(broken.problem, site, "InputSpec", None, recipe)


def _shape(interp: Interpreter, given: Value) -> tuple[Dim, ...] | None:
    shape = None if given is None else value_to_shape(interp, given)
    return shape.dims if isinstance(shape, Shape) else None


def _number(interp: Interpreter, given: Value) -> int | None:
    """A number of axes, where it is known."""
    number = to_plain(interp, given)
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _axes(interp: Interpreter, given: Value) -> tuple[tuple[int, Dim], ...]:
    """The axes whose size is asked for; an unknown size may be any."""
    if not isinstance(given, DictV) or given.open:
        return ()
    pairs = [(axis, as_dim(interp.resolve(size))) for axis, size in given.items.items()]
    return tuple((axis, size) for axis, size in pairs if type(axis) is int and size is not UNKNOWN)


def refusal(interp: Interpreter, layer: Instance, inputs: Nest, site: Site) -> Problem | None:
    """Why Keras refuses the inputs of a call before it builds the layer or runs ``call``."""
    specs = _specs(interp, layer, site)
    if not specs:
        return None
    built = layer.state.built
    symbolic = any(leaf.kind is TensorKind.KERAS for leaf in spec_leaves(inputs))

    def reason(version: KerasVersion) -> Broken | None:
        # Keras 2 compares symbolic tensors of a functional model only before the layer is built.
        if built and symbolic and version not in V3:
            return None
        return _broken(specs, inputs)

    return by_version.refusal(interp, reason)


def refusal_once_built(
    interp: Interpreter, layer: Instance, inputs: Nest, site: Site
) -> Problem | None:
    """The same for a spec that the layer's own ``build`` has just made, which Keras 3 compares, too."""
    specs = _specs(interp, layer, site) if find(layer.cls, "build") is not None else ()
    if not specs:
        return None
    return by_version.refusal(
        interp, lambda version: _broken(specs, inputs) if version in V3 else None
    )


def _broken(specs: Sequence[InputSpec | None], inputs: Nest) -> Broken | None:
    try:
        compare(specs, inputs)
    except Broken as broken:
        return broken
    return None


def _specs(interp: Interpreter, layer: Instance, site: Site) -> tuple[InputSpec | None, ...]:
    """What the program gave the layer as ``input_spec``; nothing where that is not known."""
    state = layer.state
    if state.base not in ("Layer", "Model") or state.model is not None:
        return ()
    if _ATTRIBUTE not in layer.attributes and find(layer.cls, _ATTRIBUTE) is None:
        return ()
    given = interp.attribute(layer, _ATTRIBUTE, site)
    items = given.items if isinstance(given, ListV) and not given.open else given
    specs = tuple(items) if isinstance(items, (list, tuple)) else (items,)
    known = tuple(spec for spec in specs if spec is None or isinstance(spec, InputSpec))
    return known if len(known) == len(specs) and any(known) else ()
