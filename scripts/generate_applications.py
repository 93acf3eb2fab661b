"""Write the layer graphs of ``keras.applications`` to data files.

usage: python scripts/generate_applications.py [NAME ...]      all of them, unless some are named

Each file holds one model, built with ``weights=None``: its layers in order, each as [class, name,
configuration, indexes of its inputs], where only what decides shapes and weights is kept.  The padding
that some models choose by the parity of the input is written as ``["by parity", n]``, n being what stands
behind: building the model for
an odd and an even input shows which layers those are.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

DATA = Path(__file__).parent.parent / "kerasmergelint" / "keras_api" / "data" / "applications"
_KEPT = (
    "filters", "kernel_size", "strides", "padding", "dilation_rate", "groups", "use_bias",
    "depth_multiplier", "pool_size", "axis", "units", "target_shape", "size", "cropping", "scale",
    "center", "keepdims",
)  # fmt: skip


# Widths and other arguments that change the layers themselves; each of these has a file of its own.
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "MobileNet": [{"alpha": alpha} for alpha in (0.25, 0.5, 0.75)],
    "MobileNetV2": [{"alpha": alpha} for alpha in (0.35, 0.5, 0.75, 1.3, 1.4)],
    "MobileNetV3Large": [{"alpha": 0.75}, {"minimalistic": True}],
    "MobileNetV3Small": [{"alpha": 0.75}, {"minimalistic": True}],
}


def layers_of(model: Any) -> list[list[Any]]:
    """The operations of a functional model, each after its inputs."""
    rows: list[list[Any]] = []
    index_of: dict[int, int] = {}
    by_name = {operation.name: operation for operation in model.operations}
    waiting = list(by_name.values())
    while waiting:
        rest = []
        for operation in waiting:
            parents = [tensor._keras_history.operation for tensor in inputs_of(operation)]
            if all(id(parent) in index_of for parent in parents):
                index_of[id(operation)] = len(rows)
                sources = [index_of[id(parent)] for parent in parents]
                rows.append(
                    [
                        class_of(operation),
                        operation.name,
                        config_of(operation),
                        sources,
                    ]
                )
            else:
                rest.append(operation)
        assert len(rest) < len(waiting)
        waiting = rest
    return rows


def inputs_of(operation: Any) -> list[Any]:
    """The tensors that an operation was called on; none for an input."""
    nodes = operation._inbound_nodes
    return list(nodes[0].input_tensors) if nodes else []


def class_of(operation: Any) -> str:
    """The class of a layer; operations between layers are marked as such."""
    import keras

    name = type(operation).__name__
    return name if isinstance(operation, keras.layers.Layer) else f"op:{name}"


def config_of(operation: Any) -> dict[str, Any]:
    """What decides shapes and weights, where it is not the default."""
    import keras

    if not isinstance(operation, keras.layers.Layer):
        return {}
    config = operation.get_config()
    defaults = {
        name: parameter.default
        for name, parameter in inspect.signature(type(operation).__init__).parameters.items()
    }
    kept = {}
    for key in _KEPT:
        if key in config and config[key] != defaults.get(key, ...):
            kept[key] = config[key]
    return kept


def main() -> None:
    import keras

    DATA.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[1:])
    for name in sorted(dir(keras.applications)):
        build = getattr(keras.applications, name)
        if not name[0].isupper() or not callable(build) or (wanted and name not in wanted):
            continue
        for variant in ({}, *VARIANTS.get(name, [])):
            write(name, build, variant)


def file_name(name: str, variant: dict[str, Any]) -> str:
    return "".join([name, *(f"({key}={value})" for key, value in variant.items()), ".json"])


def write(name: str, build: Any, variant: dict[str, Any]) -> None:
    """One application."""
    import keras

    def built(**arguments: Any) -> Any:
        keras.backend.clear_session()  # automatic names count from the start
        return build(weights=None, **arguments, **variant)

    size = built().inputs[0].shape[1] or 224
    full = built(input_shape=(size, size, 3))
    bare = built(include_top=False, input_shape=(size, size, 3))
    odd = built(include_top=False, input_shape=(size + 7, size + 7, 3))
    rows = layers_of(full)
    base = layers_of(bare)
    assert len(rows) >= len(base), name
    for row, other in zip(base, layers_of(odd)):
        if chosen_by_parity(name, row):
            row[2]["padding"] = ["by parity", row[2]["padding"][0][1]]
        else:
            assert row[2] == other[2], (name, row, other)
    text = ",\n".join(json.dumps(row, separators=(",", ":")) for row in base)
    top = relative(rows, base)
    (DATA / file_name(name, variant)).write_text(
        f'{{"default_size": {size},\n"top": {json.dumps(top)},\n"layers": [\n{text}\n]}}\n'
    )
    print(file_name(name, variant), len(base), len(top))


def chosen_by_parity(name: str, row: list[Any]) -> bool:
    """Whether a padding comes from ``imagenet_utils.correct_pad``."""
    if row[0] != "ZeroPadding2D":
        return False
    if name.startswith("NASNet"):
        return row[1].startswith(("separable_conv_1_pad", "reduction_pad"))
    return name.startswith(("EfficientNetB", "MobileNetV2", "MobileNetV3"))


def relative(rows: list[list[Any]], base: list[list[Any]]) -> list[list[Any]]:
    """The rows of the top, with inputs as indexes into the base and then the top."""
    position = {row[1]: index for index, row in enumerate(base)}
    top = []
    for row in rows:
        if row[1] not in position:
            position[row[1]] = len(base) + len(top)
            top.append([row[0], row[1], row[2], [position[rows[i][1]] for i in row[3]]])
    return top


if __name__ == "__main__":
    main()
