"""Write the layer graphs of ``keras.applications`` to data files.

usage: python scripts/generate_applications.py [NAME ...]      all of them, unless some are named

Keras 3 and Keras 2 (``tf_keras``) are both read.  Each file holds one model, built without weights:

``name``        what the model is called; ``{rows}`` stands for the height of the input
``size``        the side of the usual input
``parameters``  of the function, in order
``kinds``       classes of layers with their configuration, of which only what decides shapes and
                weights is kept, and "weights" or "preprocessing" where a layer is only there with those
``layers``      of the model without its top, in order: name, number of the kind, and the numbers of the
                inputs unless it is just the layer before
``top``         what the classifier adds, ``pooling`` what each pooling adds instead

``"classes"`` in a configuration stands for the number of classes.  The padding that some models choose by
the parity of the input is written as ``["by parity", n]``, n being what stands behind: building the model
for an odd and an even input shows which layers those are.  A model of Keras 2 has a file of its own, in the
folder ``keras2``, where it differs from that of Keras 3 in more than its automatic names.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data" / "applications"
_KEPT = (
    "filters", "kernel_size", "strides", "padding", "dilation_rate", "groups", "use_bias",
    "depth_multiplier", "pool_size", "axis", "units", "target_shape", "size", "cropping", "scale",
    "center", "keepdims", "mean", "variance",
)  # fmt: skip
# What ``include_preprocessing=False`` leaves out.
_PREPROCESSING = ("Rescaling", "Normalization")

# Widths and other arguments that change the layers themselves; each of these has a file of its own.
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "MobileNet": [{"alpha": alpha} for alpha in (0.25, 0.5, 0.75)],
    "MobileNetV2": [{"alpha": alpha} for alpha in (0.35, 0.5, 0.75, 1.3, 1.4)],
    "MobileNetV3Large": [{"alpha": 0.75}, {"minimalistic": True}],
    "MobileNetV3Small": [{"alpha": 0.75}, {"minimalistic": True}],
}


@dataclass
class Row:
    """A layer: class, name, configuration, the names of its inputs, and on what it depends."""

    cls: str
    name: str
    config: dict[str, Any]
    inputs: list[str]
    only: str | None = None


# -- reading a model ------------------------------------------------------------------------


@dataclass(frozen=True)
class Keras:
    """One of the two packages."""

    package: Any
    version: int

    def rows(self, model: Any) -> list[Row]:
        """The layers (in Keras 3 operations too) of a functional model, each after its inputs."""
        waiting = list(model.operations if self.version == 3 else model.layers)
        rows: list[Row] = []
        done: set[str] = set()
        while waiting:
            rest = []
            for layer in waiting:
                inputs = self.inputs_of(layer)
                if done.issuperset(inputs):
                    done.add(layer.name)
                    rows.append(
                        Row(self.class_of(layer), layer.name, self.config_of(layer), inputs)
                    )
                else:
                    rest.append(layer)
            assert len(rest) < len(waiting)
            waiting = rest
        return rows

    def inputs_of(self, layer: Any) -> list[str]:
        """The names of the layers that a layer was called on; none for an input."""
        nodes = layer._inbound_nodes
        if self.version == 3:
            tensors = nodes[0].input_tensors if nodes else []
        else:
            tensors = [] if nodes[0].is_input else nodes[0].keras_inputs
        return [tensor._keras_history[0].name for tensor in tensors]

    def class_of(self, layer: Any) -> str:
        """The class of a layer; operations between layers are marked as such."""
        name = type(layer).__name__
        if name == "TFOpLambda":
            return {"__operators__.add": "op:Add", "math.multiply": "op:Multiply"}[layer.symbol]
        return name if isinstance(layer, self.package.layers.Layer) else f"op:{name}"

    def config_of(self, layer: Any) -> dict[str, Any]:
        """What decides shapes and weights, where it is not the default."""
        if self.class_of(layer).startswith("op:"):
            return {}
        if type(layer).__name__ == "Sequential":
            parts = [
                [self.class_of(part), part.name, self.config_of(part)] for part in layer.layers
            ]
            return {"layers": parts}
        config = layer.get_config()
        defaults = {
            name: parameter.default
            for name, parameter in inspect.signature(type(layer).__init__).parameters.items()
        }
        kept = {}
        for key in _KEPT:
            if key in config and config[key] != defaults.get(key, ...):
                kept[key] = config[key]
        if type(layer).__name__ in ("Rescaling", "CustomScaleLayer"):
            kept.pop("scale", None)
        if kept.get("axis") in (3, [3]) and type(layer).__name__ == "BatchNormalization":
            del kept["axis"]  # the last one, as by default
        if kept.get("groups") == 1:
            del kept["groups"]
        return json.loads(json.dumps(kept))  # lists for tuples, as they will be read

    def quick(self) -> AbstractContextManager[Any]:
        """Build without filling the weights."""
        if self.version == 3:
            scope: AbstractContextManager[Any] = self.package.StatelessScope()
            return scope
        import tensorflow as tf

        def zeros(initializer: Any, shape: Any, dtype: Any = None, **more: Any) -> Any:
            return tf.zeros(shape, dtype or "float32")

        stack = ExitStack()
        for name in ("VarianceScaling", "RandomNormal", "TruncatedNormal"):
            owner = getattr(self.package.initializers, name)
            stack.enter_context(mock.patch.object(owner, "__call__", zeros))
        return stack

    def build(self, function: Any, **arguments: Any) -> list[Row]:
        return self.rows(self.model(function, **arguments))

    def model(self, function: Any, **arguments: Any) -> Any:
        self.package.backend.clear_session()  # automatic names count from the start
        with self.quick():
            return function(**{"weights": None, **arguments})

    def build_with_weights(self, function: Any, **arguments: Any) -> list[Row]:
        """With ImageNet's weights, which are not read."""
        module = sys.modules[function.__module__]
        place = "file_utils" if self.version == 3 else "data_utils"
        with (
            mock.patch.object(getattr(module, place), "get_file", lambda *a, **k: "weights.h5"),
            mock.patch.object(self.package.Model, "load_weights", lambda *a, **k: None),
        ):
            return self.build(function, weights="imagenet", **arguments)


# -- one application ------------------------------------------------------------------------


def described(keras: Keras, name: str, variant: dict[str, Any]) -> dict[str, Any]:
    """The content of the file of an application."""
    function = getattr(keras.package.applications, name)
    parameters = [p for p in inspect.signature(function).parameters if p != "kwargs"]
    whole = keras.model(function, **variant)
    size = whole.inputs[0].shape[1] or 224
    full = keras.rows(whole)
    here = {"input_shape": (size, size, 3), "include_top": False, **variant}
    model = keras.model(function, **here)
    base = keras.rows(model)
    if any(chosen_by_parity(name, row) for row in base):
        odd_size = {**here, "input_shape": (size + 7, size + 7, 3)}
        by_parity(name, base, keras.build(function, **odd_size))
    if name.startswith("EfficientNetB"):
        base = marked(base, keras.build_with_weights(function, **here))
    for row in base:
        if "include_preprocessing" in parameters and row.cls in _PREPROCESSING:
            row.only = "preprocessing"
    top = added(base, full)
    mark_classes(top)
    pooled = added(base, keras.build(function, pooling="avg", **here))
    return {
        "name": model.name.replace(f"_{size}", "_{rows}"),
        "size": size,
        "parameters": parameters,
        "layers": base,
        "top": top,
        "pooling": {"avg": pooled, "max": [greatest(row) for row in pooled]},
    }


def mark_classes(top: list[Row]) -> None:
    """Where the number of classes stands, which is 1000."""
    for row in top:
        for key, value in row.config.items():
            if key in ("units", "filters") and value == 1000:
                row.config[key] = "classes"
            elif key == "target_shape" and value[-1] == 1000:
                row.config[key] = [*value[:-1], "classes"]


def greatest(row: Row) -> Row:
    """The pooling of maxima in place of that of averages."""
    cls = row.cls.replace("Average", "Max")
    name = row.name.replace("average", "max").replace("avg", "max")
    return Row(cls, name, row.config, row.inputs)


def by_parity(name: str, rows: list[Row], odd: list[Row]) -> None:
    for row, other in zip(rows, odd):
        if chosen_by_parity(name, row):
            row.config["padding"] = ["by parity", row.config["padding"][0][1]]
        else:
            assert row.config == other.config, (name, row, other)


def chosen_by_parity(name: str, row: Row) -> bool:
    """Whether a padding comes from ``imagenet_utils.correct_pad``."""
    if row.cls != "ZeroPadding2D":
        return False
    if name.startswith("NASNet"):
        return row.name.startswith(("separable_conv_1_pad", "reduction_pad"))
    return name.startswith(("EfficientNetB", "MobileNetV2", "MobileNetV3"))


def marked(rows: list[Row], more: list[Row]) -> list[Row]:
    """The layers of the model with weights, of which some are only there with those."""
    known = {row.name: row for row in rows}
    for row in more:
        if row.name in known:
            row.config = known[row.name].config
        else:
            row.only = "weights"
    return more


def added(base: list[Row], rows: list[Row]) -> list[Row]:
    known = {row.name for row in base}
    return [row for row in rows if row.name not in known]


# -- writing --------------------------------------------------------------------------------


def as_text(content: dict[str, Any]) -> str:
    kinds: list[Any] = []
    position: dict[str, int] = {}
    base = numbered(content["layers"], kinds, position, 0)
    start = len(base)
    top = numbered(content["top"], kinds, dict(position), start)
    pooling = {
        kind: numbered(rows, kinds, dict(position), start)
        for kind, rows in content["pooling"].items()
    }
    head = {key: content[key] for key in ("name", "size", "parameters")}
    head |= {"top": top, "pooling": pooling}
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    lines.append('"kinds": [\n' + ",\n".join(map(compact, kinds)) + "\n]")
    lines.append('"layers": [\n' + ",\n".join(map(compact, base)) + "\n]")
    return "{" + ",\n".join(lines) + "}\n"


def numbered(
    rows: list[Row], kinds: list[Any], position: dict[str, int], start: int
) -> list[list[Any]]:
    out = []
    for number, row in enumerate(rows, start):
        position[row.name] = number
        kind = [row.cls, row.config, *([row.only] if row.only else [])]
        if kind not in kinds:
            kinds.append(kind)
        inputs = [position[name] for name in row.inputs]
        short = inputs == [number - 1]
        out.append([row.name, kinds.index(kind), *([] if short else [inputs])])
    return out


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def file_name(name: str, variant: dict[str, Any]) -> str:
    return "".join([name, *(f"({key}={value})" for key, value in variant.items()), ".json"])


def same_but_for_names(one: dict[str, Any] | None, other: dict[str, Any]) -> bool:
    """Whether Keras 2 may use the file of Keras 3: the names of the inputs are automatic in both."""
    if one is None:
        return False

    def core(content: dict[str, Any]) -> Any:
        groups = [content["layers"], content["top"], *content["pooling"].values()]
        rows = [
            (row.cls, row.name.replace("input_layer", "input_1"), row.config, row.only)
            for group in groups
            for row in group
        ]
        return content["name"], content["size"], rows

    fewer = [p for p in one["parameters"] if p != "name"]
    return bool(core(one) == core(other) and fewer == other["parameters"])


def main() -> None:
    import keras
    import tf_keras

    (DATA / "keras2").mkdir(parents=True, exist_ok=True)
    new, old = Keras(keras, 3), Keras(tf_keras, 2)
    wanted = set(sys.argv[1:])
    for name in sorted({*dir(keras.applications), *dir(tf_keras.applications)}):
        if not name[0].isupper() or (wanted and name not in wanted):
            continue
        for variant in ({}, *VARIANTS.get(name, [])):
            file = file_name(name, variant)
            latest = None
            if hasattr(keras.applications, name):
                latest = described(new, name, variant)
                (DATA / file).write_text(as_text(latest))
            older = described(old, name, variant)
            second = DATA / "keras2" / file
            if same_but_for_names(latest, older):
                second.unlink(missing_ok=True)
            else:
                second.write_text(as_text(older))
            print(file, len(older["layers"]), "own file" if second.exists() else "", flush=True)


if __name__ == "__main__":
    main()
