"""Layers that are not public and have no generated signature: programs meet them only inside models."""

from __future__ import annotations

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.layers.layer_type import Dtype, LayerType
from kerasmergelint.keras_api.protocol import Config, LayerCall, Outcome, ShapeNest
from kerasmergelint.keras_api.signatures import Signature
from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.shapes import UNKNOWN, Shape


@dataclass(frozen=True, slots=True, eq=False)
class UnlistedLayer(LayerType):
    """A layer whose constructor is unknown, and never checked."""

    def signature(self, version: KerasVersion) -> Signature:
        return Signature(self.name, (), {}, (), self.call_parameters, frozenset({"name"}))

    @property
    def call_parameters(self) -> tuple[str, ...]:
        return ("inputs",)


def _first(call: LayerCall) -> Outcome:
    inputs = call.inputs
    return Outcome(inputs[0] if isinstance(inputs, (list, tuple)) and inputs else inputs)


def _again(call: LayerCall) -> Outcome:
    return Outcome(UNKNOWN, ("a function as a layer, called again",))


def _channels(config: Config, first: ShapeNest, version: KerasVersion) -> int | None:
    size = first.dims[-1] if isinstance(first, Shape) and first.dims else UNKNOWN
    return size if isinstance(size, int) else None


# What Keras 2 turns an operator or a function of TensorFlow into, on its own tensors.
OP_LAMBDA = UnlistedLayer("TFOpLambda", _again, single=False, dtype=Dtype.RULE)

# Layers that the modules of ``keras.applications`` define for themselves.
OF_APPLICATIONS = {
    "LayerScale": UnlistedLayer("LayerScale", _first, weights=_channels, dtype=Dtype.INPUT),
    "CustomScaleLayer": UnlistedLayer("CustomScaleLayer", _first, single=False, dtype=Dtype.INPUT),
}
