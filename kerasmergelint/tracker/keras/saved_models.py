"""``load_model`` of what the same program has saved: a model of the same layers."""

from __future__ import annotations

from kerasmergelint.tracker.keras import cloning
from kerasmergelint.tracker.keras.model_layers import layers_of
from kerasmergelint.tracker.keras.saved_weights import saved_at
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.layers import LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.value import Args, Keywords, Value


def load(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``keras.models.load_model(path)``"""
    bound = bind_native(interp, ("filepath", "custom_objects", "compile"), args, keywords)
    saved = saved_at(interp, bound.get("filepath"))
    compiles = interp.resolve(bound.get("compile", True))
    if not _is_plain(interp, saved) or not isinstance(compiles, bool):
        return interp.unknown("a model that was loaded")
    made = cloning.clone_model(interp, [saved], {}, site)
    if isinstance(made, (ModelV, SequentialV)) and not compiles:
        made.compiled = None
    return made


def _is_plain(interp: Interpreter, model: Value) -> bool:
    """Whether a model consists of Keras's own layers, none of which needs leave to be loaded."""
    layers = layers_of(interp, model) if isinstance(model, (ModelV, SequentialV)) else None
    return layers is not None and all(
        isinstance(layer, LayerV) and layer.type.name != "Lambda" for layer in layers
    )
