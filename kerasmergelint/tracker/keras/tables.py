"""This room's share of the tables: layers, models and tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.keras import (
    calling,
    configuration,
    counting,
    layer_attributes,
    operations,
)
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.semantics import Own, Tables
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.layers import LAYERS, LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.training import RUNS_EAGERLY
from kerasmergelint.tracker.values.value import Value


def _is_true(interp: Interpreter, layer: Value) -> bool | None:
    return True


def _assign(interp: Interpreter, layer: Any, name: str, content: Value, site: Site) -> None:
    interp.heap.touch(layer)
    layer.attributes[name] = content
    if isinstance(layer, LayerV):
        configuration.replace(interp, layer, name, content)
    if name == "trainable":
        for inner in counting.layers_in(layer):
            _assign(interp, inner, name, content, site)
    if name in ("name", "_name"):
        layer.name, layer.named = content, isinstance(content, str)
    if name == "run_eagerly" and content not in (None, False):
        interp.patched.add(RUNS_EAGERLY)


_NO_TENSOR = ("list", "tuple", "dict", "str", "int", "float", "Layer", "Model")


def _tensor_is(interp: Interpreter, tensor: TensorV, dotted: str) -> bool | None:
    library, _, last = dotted.rpartition(".")
    kind = tensor.spec.kind
    if last in ("KerasTensor", "Tensor", "SymbolicTensor"):
        return kind is not TensorKind.ARRAY
    if last in _NO_TENSOR:
        return False
    if library != "numpy" or kind is TensorKind.ANY:
        return None
    if last == "ndarray":
        return kind is TensorKind.ARRAY
    return None if not tensor.spec.dims else False  # a number, or another class of NumPy's


def _layer_is(interp: Interpreter, layer: LayerV, dotted: str) -> bool | None:
    last = dotted.rpartition(".")[2]
    return last in ("Layer", "object", layer.type.name)


def _model_is(kind: str) -> Callable[[Interpreter, Own, str], bool | None]:
    names = ("Layer", "object", "Model", kind)
    return lambda interp, model, dotted: dotted.rpartition(".")[2] in names


_INSTANCE: Mapping[type, Callable[[Interpreter, Own, str], bool | None]] = {
    TensorV: _tensor_is,
    LayerV: _layer_is,
    ModelV: _model_is("Functional"),
    SequentialV: _model_is("Sequential"),
}

TABLES: Tables[Interpreter] = Tables(
    call={
        LayerV: calling.layer,
        ModelV: calling.functional,
        SequentialV: calling.sequential,
    },
    attribute=dict.fromkeys(LAYERS, layer_attributes.get),
    has_attribute={
        **dict.fromkeys(LAYERS, layer_attributes.has),
        TensorV: operations.has_attribute,
    },
    set_attribute={**dict.fromkeys(LAYERS, _assign), TensorV: operations.set_attribute},
    item={TensorV: operations.index},
    iterate={TensorV: operations.iterate},
    any_item={TensorV: operations.any_item},
    truth={TensorV: operations.truth, **dict.fromkeys(LAYERS, _is_true)},
    no_truth={TensorV: operations.refuse_truth},
    binary={TensorV: operations.binary},
    unary={TensorV: operations.unary},
    compare={TensorV: operations.compare},
    length={TensorV: operations.length},
    class_of=dict.fromkeys(LAYERS, layer_attributes.class_of),
    is_instance=_INSTANCE,
)
