"""Layers as plain data: class name and configuration, and for models their graph."""

from __future__ import annotations

from collections.abc import Mapping

from kerasmergelint.keras_api.layers.layer_type import Dtype
from kerasmergelint.runtime.encoding import Encoder, Plain, Unplannable
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Recipe, TensorV
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.value import REST, Value


class LayerPlans:
    """Numbers the layers; ``entries`` has the plan of each, by number."""

    def __init__(self, interp: Interpreter, encoder: Encoder, allow_user_code: bool) -> None:
        self.interp = interp
        self.entries: list[Plain] = []
        self.user_code = False
        self._allow_user_code = allow_user_code
        self._encoder = encoder
        self._numbers: dict[int, int] = {}
        self._kept: list[Value] = []  # keeps identities unique

    def number(self, layer: Value) -> int:
        key = id(layer)
        if key not in self._numbers:
            entry = self._entry(layer)
            self._kept.append(layer)
            self._numbers[key] = len(self.entries)
            self.entries.append(entry)
        return self._numbers[key]

    def _entry(self, layer: Value) -> Plain:
        if isinstance(layer, LayerV):
            return self._shipped(layer)
        if isinstance(layer, SequentialV):
            return self._sequential(layer)
        if isinstance(layer, ModelV):
            return self._model(layer)
        if isinstance(layer, Instance) and layer.layer is not None:
            return self._of_the_program(layer)
        raise Unplannable("the layer is unknown")

    def _shipped(self, layer: LayerV) -> Plain:
        if layer.type.name == "Lambda":
            raise Unplannable("a Lambda runs the program's own code")
        signature = layer.type.signature(layer.version)
        config: dict[str, Plain] = {}
        for name, value in layer.config.items():
            if name not in signature.names or _is_default(signature.defaults, name, value):
                continue
            if name.endswith("_initializer"):
                continue
            if decides_nothing(name) and not _is_plain(value):
                if name in signature.required:
                    config[name] = _ANYTHING.get(name)
                continue
            config[name] = self._encoder.encode(value, f"`{name}` of {layer.type.name}")
        for name in signature.names:
            if name.endswith("_initializer"):
                config[name] = "zeros"  # no shape depends on weights, and zeros are cheap
        dtype = layer.config.get("dtype")
        if dtype is None and layer.type.dtype is not Dtype.RULE:  # RULE: it has a dtype of its own
            dtype = self.interp.dtype_policy
        if isinstance(dtype, str) and dtype != "float32" and "dtype" not in config:
            config["dtype"] = dtype
        if layer.named and isinstance(layer.name, str):
            config["name"] = layer.name
        return {"kind": "layer", "class": f"layers.{layer.type.name}", "config": config}

    def _sequential(self, layer: SequentialV) -> Plain:
        if layer.open:
            raise Unplannable("the layers of a Sequential model are not all known")
        declared = None
        if isinstance(layer.input, TensorV):
            spec = layer.input.spec
            dims = spec.dims
            if dims is None or not all(dim is None or isinstance(dim, int) for dim in dims):
                raise Unplannable("the input shape of a Sequential model is unknown")
            declared = [list(dims), spec.dtype]
        numbers = [self.number(inner) for inner in layer.layers]
        return {"kind": "sequential", "input": declared, "layers": numbers}

    def _model(self, layer: ModelV) -> Plain:
        made_with = layer.made_with
        if made_with is not None:
            return self._application(made_with)
        for leaf in (*leaves(layer.inputs), *leaves(layer.outputs)):
            if not isinstance(leaf, TensorV):
                raise Unplannable("the inputs and outputs of a model are not all known")
        inputs = self._encoder.encode(layer.inputs, "the inputs of a model")
        outputs = self._encoder.encode(layer.outputs, "the outputs of a model")
        return {"kind": "model", "inputs": inputs, "outputs": outputs}

    def _application(self, recipe: Recipe) -> Plain:
        config = {
            name: self._encoder.encode(value, f"`{name}` of {recipe.subject}")
            for name, value in recipe.keywords.items()
            if name != "weights"
        }
        config["weights"] = None
        return {"kind": "layer", "class": f"applications.{recipe.subject}", "config": config}

    def _of_the_program(self, layer: Instance) -> Plain:
        state = layer.state
        target = state.inner or state.model
        if target is not None and find(layer.cls, "call") is None:
            return self._entry(target)
        if not self._allow_user_code:
            raise Unplannable(
                f"{layer.cls.name} is the program's own class (--allow-user-code runs it)"
            )
        recipe = None if state.made_with is None else state.made_with.recipe
        if recipe is None or REST in recipe.keywords:
            raise Unplannable(f"how {layer.cls.name} was made is not known")
        self.user_code = True
        what = f"an argument of {layer.cls.name}"
        return {
            "kind": "custom",
            "file": _file(layer.cls),
            "class": layer.cls.name,
            "paths": [],
            "args": [self._encoder.encode(value, what) for value in recipe.args],
            "config": {k: self._encoder.encode(v, what) for k, v in recipe.keywords.items()},
        }


def _file(cls: ClassV) -> str:
    scope = cls.scope
    if scope is None or scope.module is None or scope.kind != "module":
        raise Unplannable(f"{cls.name} is not defined at the top level of a file")
    return str(scope.module.path)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (bool, int, float, str))


def _is_default(defaults: Mapping[str, object], name: str, value: object) -> bool:
    if name not in defaults:
        return False
    default = defaults[name]
    return type(default) is type(value) and bool(default == value)


_FREE = frozenset(
    {"activation", "recurrent_activation", "name", "dtype", "trainable", "seed", "momentum",
     "epsilon", "rate", "dropout", "recurrent_dropout", "use_bias", "center", "scale", "stateful",
     "unroll", "alpha", "negative_slope", "max_value", "threshold", "stddev", "mask_value"}
)  # fmt: skip


# Values for required arguments that decide no shape.
_ANYTHING = {"activation": "linear", "rate": 0.5, "stddev": 0.1}


def decides_nothing(name: str) -> bool:
    """Whether leaving out an argument of a constructor changes no shape.

    >>> decides_nothing("kernel_regularizer"), decides_nothing("filters")
    (True, False)
    """
    return name in _FREE or name.endswith(("_regularizer", "_constraint"))
