"""The program's own layers, and Lambdas: their Python runs on TensorFlow's tensors."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.kinds import NO_KIND
from kerasmergelint.keras_api.protocol import (
    Nest,
    Problem,
    ProblemKind,
    ShapeNest,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import UNKNOWN, AnyShape, Shape
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras import dtypes, outcomes, own_specs
from kerasmergelint.tracker.keras.call import Call
from kerasmergelint.tracker.keras.convert import (
    shape_value,
    shapes_of,
    spec_leaves,
    to_tensor_nest,
    value_to_shape,
)
from kerasmergelint.tracker.keras.masks import mask_of
from kerasmergelint.tracker.keras.worlds import world_of
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.python.set_late import open_late
from kerasmergelint.tracker.values.constants import as_dim
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves, mapped
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.graph import Arguments, Node, Site, TensorV, own_copy
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, UnknownV, Value


def call_custom(
    interp: Interpreter, layer: Instance, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``my_layer(inputs)``: ``build`` at the first call, ``compute_output_shape``, then ``call`` itself."""

    state = layer.state
    own_call = find(layer.cls, "call")
    target = state.model or state.inner
    if own_call is None and target is not None:
        return _call_inherited(interp, layer, target, args, keywords, site)
    inputs = args[0] if args else next(iter(keywords.values()), None)
    nest = to_tensor_nest(interp, inputs)
    symbolic = any(spec.kind is TensorKind.KERAS for spec in spec_leaves(nest))
    refused = _built_and_compared(interp, layer, nest, args, keywords, site)
    if refused is not None:
        return interp.broken(refused, site, layer.cls.name, inputs)
    declared = _declared_shape(interp, layer, nest, site) if symbolic else None
    if declared is not None and (interp.version_certain or own_call is None):
        result = declared
    elif own_call is None:
        result = interp.unknown(f"{layer.cls.name} has no call()")
    else:
        given = _with_mask(interp, own_call[1], inputs, args, keywords)
        method = BoundMethod(layer, own_call[1])

        if declared is None:
            result = _trace(interp, method, args, given, site, state.own_dtype)
        else:
            result = _in_both(interp, declared, method, args, given, site)
    return _finish(interp, Call(layer, args, keywords, inputs, nest, site), result)


def _built_and_compared(
    interp: Interpreter,
    layer: Instance,
    nest: Nest,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Problem | None:
    """Build the layer if that is due, and say what its ``input_spec`` has against the inputs."""
    comparing = bool(args) or len(keywords) == 1  # else the first argument may be another one
    refused = own_specs.refusal(interp, layer, nest, site) if comparing else None
    if refused is not None or layer.state.built:
        return refused
    refused = _signature_problem(interp, layer)
    if refused is not None:
        return refused
    _build(interp, layer, nest, args, keywords, site)
    return own_specs.refusal_once_built(interp, layer, nest, site) if comparing else None


def _signature_problem(interp: Interpreter, layer: Instance) -> Problem | None:
    """Why Keras 3 does not know what to pass to ``build``: its arguments are shapes of those of ``call``."""
    own, own_call = find(layer.cls, "build"), find(layer.cls, "call")
    build = own[1] if own is not None else None
    call = own_call[1] if own_call is not None else None
    if not interp.surely(V3) or not isinstance(build, FunctionV) or not isinstance(call, FunctionV):
        return None
    # A wrapper builds its layer itself, and a constructor may say that nothing is left to build.
    wrapped = interp.tracing > len(interp.custom_calls)
    if wrapped or layer.attributes.get("built", False) is not False:
        return None
    if "__wrapped__" in build.attributes or "__wrapped__" in call.attributes:
        return None
    if any(one.kind not in _NAMED for one in call.code.parameters):
        return None
    given = {one.name for one in call.code.parameters[1:]}
    wanted = [one.name for one in build.code.parameters[1:] if one.kind in _NAMED]
    strange = [name for name in wanted if name.removesuffix("_shape") not in given]
    strange += [name for name in wanted if not name.endswith("_shape")]
    if len(wanted) < 2 or not strange:
        return None
    detail = f"build() of {layer.cls.name} takes `{strange[0]}`, of which `call` has no input"
    hint = "with more than one argument each is the name of one of `call`, and `_shape`"
    return Problem(ProblemKind.LAYER_INPUTS, "ValueError", detail, hint=hint)


_NAMED = (*ir.BY_PLACE, "keyword")


def _call_inherited(
    interp: Interpreter,
    layer: Instance,
    target: Value,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    """A subclass that inherits ``call`` from Keras: the call is shown under the subclass's name."""
    if layer.state.inner is not None and find(layer.cls, "build") is not None:
        build_for(interp, layer, args, keywords, site)
    found = len(interp.outputs.calls)
    result = interp.call(target, args, keywords, site)
    if len(interp.outputs.calls) > found:
        last = interp.outputs.calls[-1]
        interp.outputs.calls[-1] = replace(last, label=layer.cls.name)
    return result


def build_for(
    interp: Interpreter, layer: Instance, args: Args, keywords: Keywords, site: Site
) -> None:
    """The steps of Keras before it runs ``call`` on these arguments for the first time."""
    inputs = args[0] if args else next(iter(keywords.values()), None)
    if not isinstance(inputs, Spread):
        _build(interp, layer, to_tensor_nest(interp, inputs), args, keywords, site)


def _build(
    interp: Interpreter,
    layer: Instance,
    nest: Nest,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> None:
    state = layer.state
    if state.built:
        return
    interp.heap.touch(layer)
    # Not built yet while its own `build` runs, which may ask.
    layer.layer = replace(state, first=shapes_of(nest))
    method = find(layer.cls, "build")
    if method is not None and isinstance(method[1], FunctionV):
        shapes = [shape_value(interp, shapes_of(nest))]
        wanted = len(method[1].code.parameters) - 1
        extra = [*args[1:], *(keywords.values() if args else list(keywords.values())[1:])]
        for value in extra:
            if len(shapes) < wanted and interp.version in V3:
                shapes.append(shape_value(interp, shapes_of(to_tensor_nest(interp, value))))
        with aside.inside_custom(interp, (layer.cls.name, site)):
            interp.call(BoundMethod(layer, method[1]), shapes[: max(wanted, 1)], {}, site)
    elif method is None and state.inner is not None:
        build_inner(interp, state.inner, shapes_of(nest))
    if layer.serial <= interp.of_others:  # who may have built it before, and used it since
        open_late(interp, layer)
    mark_built(interp, layer)


def build_inner(interp: Interpreter, inner: LayerV, shape: ShapeNest) -> None:
    """``build`` of the layer that Keras ships: it has its weights from then on."""
    if inner.first is None:
        interp.heap.touch(inner)
        inner.first = shape


def mark_built(interp: Interpreter, layer: Instance) -> None:
    """What Keras does when ``build`` of a layer has run."""
    interp.heap.touch(layer)
    layer.layer = replace(layer.state, built=True)


def _declared_shape(interp: Interpreter, layer: Instance, nest: Nest, site: Site) -> Value | None:
    """The result of ``compute_output_shape``, which Keras 3 trusts instead of running ``call``."""
    method = find(layer.cls, "compute_output_shape")
    if method is None or interp.version not in V3:
        return None
    if len(spec_leaves(nest)) == 0:
        return None
    shape = shape_value(interp, shapes_of(nest))
    with aside.inside_custom(interp, (layer.cls.name, site)):
        result = interp.call(BoundMethod(layer, method[1]), [shape], {}, site)
    dtype = "float32"
    return _tensors_of_shapes(interp, result, dtype)


def _in_both(
    interp: Interpreter,
    declared: Value,
    method: Value,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    """The shape that Keras 3 takes on trust, unless Keras 2, which runs ``call``, gets another."""
    args = [to_graph(interp, argument) for argument in args]
    keywords = {key: to_graph(interp, value) for key, value in keywords.items()}
    try:
        with aside.forgotten(interp):
            ran = _trace(interp, method, args, keywords, site)
    except Raised:
        return declared
    shapes = [
        [one.shape for one in spec_leaves(to_tensor_nest(interp, v))] for v in (declared, ran)
    ]
    if isinstance(ran, TensorV) and not isinstance(declared, TensorV):
        return interp.unknown("compute_output_shape does not say what call gives")
    if len(shapes[0]) == len(shapes[1]) and any(map(_differ, *shapes)):
        return interp.unknown("compute_output_shape and call give different shapes")
    return declared


def _differ(one: AnyShape, other: AnyShape) -> bool:
    """Whether two shapes differ in rank or in known sizes."""
    if not isinstance(one, Shape) or not isinstance(other, Shape):
        return True
    if len(one.dims) != len(other.dims):
        return True
    numbers = [pair for pair in zip(one.dims, other.dims) if all(type(dim) is int for dim in pair)]
    return any(left != right for left, right in numbers)


def _tensors_of_shapes(interp: Interpreter, shapes: Value, dtype: str) -> Value:
    """A shape, or a list or dict of shapes, as tensors."""
    if isinstance(shapes, DictV) and not shapes.open:
        return DictV(
            interp.heap,
            {key: _tensors_of_shapes(interp, part, dtype) for key, part in shapes.items.items()},
        )
    items = shapes.items if isinstance(shapes, ListV) and not shapes.open else shapes
    if isinstance(items, (list, tuple)):
        if any(isinstance(item, (tuple, ListV)) for item in items):
            parts = [_tensors_of_shapes(interp, item, dtype) for item in items]
            return tuple(parts) if isinstance(shapes, tuple) else ListV(interp.heap, parts)
        if items and all(isinstance(item, UnknownV) and as_dim(item) is UNKNOWN for item in items):
            return interp.unknown("compute_output_shape gives sizes or shapes, which is not known")
        return TensorV(TensorSpec(value_to_shape(interp, shapes), dtype))
    return interp.unknown("what compute_output_shape gives is not known")


def _trace(
    interp: Interpreter,
    function: Value,
    args: Args,
    keywords: Keywords,
    site: Site,
    dtype: Value = None,
) -> Value:
    """Run ``call`` on placeholders cast to the layer's dtype, as Keras does."""
    args = [to_graph(interp, argument) for argument in args]
    keywords = {key: to_graph(interp, value) for key, value in keywords.items()}
    if not interp.tracing:
        computed = dtypes.compute_dtype(interp, dtype)
        many = len(args) if interp.version in V3 else 1  # Keras 2 casts the first
        args = [*(_cast(interp, arg, computed) for arg in args[:many]), *args[many:]]
    parameters = _parameter_names(function)
    if "training" in keywords and parameters is not None and "training" not in parameters:
        keywords = {key: value for key, value in keywords.items() if key != "training"}
    if "mask" in keywords and parameters is not None and "mask" not in parameters:
        keywords = {key: value for key, value in keywords.items() if key != "mask"}
    with aside.inside_custom(interp, (_name_of(function), site)):
        result = interp.call(function, args, keywords, site)
        interp.semantics.observers.traced(interp)
    return result


def _with_mask(
    interp: Interpreter, method: Value, inputs: Value, args: Args, keywords: Keywords
) -> Keywords:
    """Pass the mask of the inputs to a ``call`` that has a parameter for it."""
    names = [p.name for p in method.code.parameters] if isinstance(method, FunctionV) else []
    if "mask" not in names or "mask" in keywords or len(args) >= names.index("mask"):
        return keywords
    mask = mask_of(interp, inputs)
    return keywords if mask is None else {**keywords, "mask": mask}


def _name_of(function: Value) -> str:
    """Whose code runs: the name of a layer, or a Lambda."""
    if isinstance(function, BoundMethod) and isinstance(function.receiver, Instance):
        return function.receiver.cls.name
    return "the Lambda"


def _parameter_names(function: Value) -> set[str] | None:
    if isinstance(function, BoundMethod):
        function = function.function
    if not isinstance(function, FunctionV):
        return None
    if any(parameter.kind == "var_keyword" for parameter in function.code.parameters):
        return None
    return {parameter.name for parameter in function.code.parameters}


def to_graph(interp: Interpreter, value: Value) -> Value:
    """Symbolic tensors become the placeholders that ``call`` sees."""
    return _with_kind(interp, value, TensorKind.KERAS, TensorKind.GRAPH)


def _cast(interp: Interpreter, value: Value, dtype: str | None) -> Value:
    """Keras casts the float inputs of a layer to what the layer computes in."""
    if isinstance(value, TensorV):
        if value.spec.dtype == dtype:
            return value
        spec = dtypes.in_floats(value.spec, dtype)
        return TensorV(spec, value.node, value.index, value.data)
    items = value.items if isinstance(value, ListV) and not value.open else value
    if not isinstance(items, (list, tuple)):
        return value
    made = [_cast(interp, item, dtype) for item in items]
    if all(new is old for new, old in zip(made, items)):
        return value
    return ListV(interp.heap, made) if isinstance(value, ListV) else tuple(made)


def as_outputs(interp: Interpreter, value: Value, node: Node, kind: TensorKind) -> Value:
    """The result of ``call`` as the outputs of a node."""

    def output(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV):
            return leaf
        return TensorV(replace(leaf.spec, kind=kind), node)

    return mapped(interp.heap, value, output)


def _with_kind(interp: Interpreter, value: Value, old: TensorKind, new: TensorKind) -> Value:
    def moved(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV) or leaf.spec.kind is not old:
            return leaf
        return TensorV(replace(leaf.spec, kind=new), leaf.node, leaf.index)

    if isinstance(value, ListV) and not any(isinstance(leaf, TensorV) for leaf in leaves(value)):
        return value
    return mapped(interp.heap, value, moved)


def _finish(interp: Interpreter, call: Call, result: Value) -> Value:
    """Outputs of a traced call; within another trace they live where the inputs do."""
    layer, args, keywords = call.layer, call.args, call.keywords
    if interp.tracing:
        symbolic = world_of(call.specs) is TensorKind.KERAS
        return (
            _with_kind(interp, result, TensorKind.GRAPH, TensorKind.KERAS) if symbolic else result
        )

    given: Arguments = dict(enumerate(args[1:], 1))
    given.update(keywords.items())
    if not args and keywords:
        del given[next(iter(keywords))]  # that one is the inputs

    def replay(
        again: Interpreter, new_inputs: Value, where: Site, others: Arguments = given
    ) -> Value:
        again_named: Keywords = {name: others.get(name, new_inputs) for name in keywords}
        rest = [others[place] for place in range(1, len(args))]
        given_args = [new_inputs, *rest] if args else []
        if isinstance(layer, Instance):
            return again.semantics.base_classes.call(again, layer, given_args, again_named, where)
        return again.call(layer, given_args, again_named, where)

    kind = layer.type.kind if isinstance(layer, LayerV) else NO_KIND
    node = Node(call.label, call.site, own_copy(interp.heap, call.inputs), replay, layer, kind)
    node.arguments = given
    node.recipe = interp.recipe("layer", layer, args, keywords)
    node.traced = result
    outputs = outcomes.number_outputs(as_outputs(interp, result, node, world_of(call.specs)))
    node.outputs = outputs
    interp.heap.touch(layer)
    if isinstance(layer, Instance):
        layer.layer = replace(layer.state, nodes=(*layer.state.nodes, node))
    else:
        layer.nodes = (*layer.nodes, node)
    plain = to_tensor_nest(interp, outputs)
    own = isinstance(layer, Instance)
    outcomes.record(interp, call.site, call.label, call.specs, plain, custom=own)
    return outputs


# In the graph of a model that runs, or of a layer's ``call``, the function of a Lambda runs.
_ASKED_FOR_SHAPES = (TensorKind.KERAS, TensorKind.ANY)


def call_lambda(interp: Interpreter, layer: LayerV, inputs: Value, site: Site) -> Value:
    """``Lambda(f)(x)``: Keras 3 trusts a declared output shape, and otherwise runs ``f``."""
    nest = to_tensor_nest(interp, inputs)
    function = layer.config.get("function")
    declared = layer.config.get("output_shape")
    symbolic = any(spec.kind in _ASKED_FOR_SHAPES for spec in spec_leaves(nest)) or not nest
    if declared is not None and symbolic and interp.version in V3:
        result = _lambda_shape(interp, declared, nest, site)
    elif function is None or isinstance(function, UnknownV):
        result = interp.unknown("the function of a Lambda is not known")
    else:
        extra = layer.config.get("arguments")
        known = extra is None or (isinstance(extra, DictV) and not extra.open)
        keywords: Keywords = dict(extra.items) if isinstance(extra, DictV) and known else {}
        if not known:
            keywords[REST] = interp.unknown("the arguments of a Lambda are not known")
        result = _trace(interp, function, [inputs], keywords, site, layer.config.get("dtype"))
    return _finish(interp, Call(layer, [inputs], {}, inputs, nest, site), result)


def _lambda_shape(interp: Interpreter, declared: Value, nest: Nest, site: Site) -> Value:
    if isinstance(declared, tuple) and not any(isinstance(d, (tuple, ListV)) for d in declared):
        specs = spec_leaves(nest)
        batch = specs[0].dims[0] if specs and specs[0].dims else None
        shape = value_to_shape(interp, declared)
        if isinstance(shape, Shape):
            return TensorV(TensorSpec(Shape((batch, *shape.dims)), None))
    if isinstance(declared, (FunctionV, BoundMethod)):
        given = shape_value(interp, shapes_of(nest))
        return _tensors_of_shapes(interp, interp.call(declared, [given], {}, site), "float32")
    return interp.unknown("the declared shape of a Lambda")
