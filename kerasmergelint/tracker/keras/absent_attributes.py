"""Attributes that a layer, model or tensor does not have, or does not have yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kerasmergelint.keras_api import causes, differences
from kerasmergelint.keras_api.causes import Cause, Plain
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.keras_api.module_names import attributes_of
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import KerasVersion, Problem, ProblemKind, TensorKind
from kerasmergelint.keras_api.versions import V2
from kerasmergelint.tracker.keras.model_layers import name_of
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python.array_numbers import is_in_graph
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Role, TensorV
from kerasmergelint.tracker.values.layer_names import snake_case
from kerasmergelint.tracker.values.layers import AnyLayer, LayerV, ModelV, SequentialV
from kerasmergelint.tracker.values.objects import ClassV, Instance
from kerasmergelint.tracker.values.training import ARRAY_METHODS
from kerasmergelint.tracker.values.value import External, Value

_ENDS = ("output", "input")
_CALLED_WHEN_MADE = frozenset({"InputLayer"})
# Removed in Keras 3: no layer has an attribute of these names.
_OF_LAYERS = {
    "output_shape": "use `layer.output.shape`",
    "input_shape": "use `layer.input.shape`",
}
_OF_ALL = {
    "get_output_at": "use `layer.output`, or keep what the call gave",
    "get_input_at": "use `layer.input`, or keep what went into the call",
    "get_output_shape_at": "use `layer.output.shape`",
    "get_input_shape_at": "use `layer.input.shape`",
    "inbound_nodes": "it is `_inbound_nodes` in Keras 3",
    "outbound_nodes": "it is `_outbound_nodes` in Keras 3",
    "add_update": "assign to the variables in `call`",
    "get_updates_for": "assign to the variables in `call`",
    "updates": "assign to the variables in `call`",
}
_OF_MODELS = {
    "fit_generator": "use `fit`, which takes generators",
    "evaluate_generator": "use `evaluate`, which takes generators",
    "predict_generator": "use `predict`, which takes generators",
    "predict_classes": "use `predict(x).argmax(axis=-1)`, or `predict(x) > 0.5`",
    "predict_proba": "use `predict`",
    "reset_states": "use `reset_states` of its recurrent layers",
    "state_updates": "update the variables in `call`",
    "to_yaml": "use `to_json`",
    "total_loss": "use what `train_on_batch` gives",
}
# Nobody gives these names to something else.
_GENERATORS = frozenset({"fit_generator", "evaluate_generator", "predict_generator"})
_OF_TENSORS = {
    "_keras_shape": "use `x.shape`",
    "_shape_tuple": "use `x.shape`",
    "get_shape": "use `x.shape`",
}

# Gone since Keras 2.4; a program that is certainly for Keras 2 may be older.
_OF_OLD_TENSORS = frozenset({"_keras_shape", "_shape_tuple"})


def _problem(detail: str, hint: str | None, cause: Cause | None = None) -> Problem:
    return Problem(ProblemKind.NO_ATTRIBUTE, "AttributeError", detail, hint=hint, cause=cause)


def of_layer(interp: Interpreter, layer: AnyLayer, name: str) -> Problem | None:
    """Why ``layer.name`` raises; None if it does not, or if that is unknown."""
    if name in layer.attributes or layer.serial in interp.handed_out:
        return None
    if name in _ENDS:
        found = layer.serial <= interp.of_others
        return None if found else _never_called(interp, layer, name)
    if isinstance(layer, ModelV) and name in ("add", "pop"):
        detail = f"only Sequential models have `{name}`"
        return _problem(detail, "call layers on its output, and make another Model")
    if not _is_certainly_3(interp, layer.version):
        return None
    if isinstance(layer, LayerV):
        hint = None if name in layer.config else _OF_ALL.get(name) or _OF_LAYERS.get(name)
        return None if hint is None else _problem(f"layers have no `{name}` in Keras 3", hint)
    if _is_added(interp, name) or (interp.presumes and name in _OF_MODELS):
        return None
    hint = _OF_ALL.get(name) or _OF_MODELS.get(name)
    if hint is None:
        problem = unheard_of(layer, name) if interp.has_followed(layer.serial) else None
        misspelt = problem is not None and problem.hint is not None
        return problem if misspelt or not interp.presumes else None
    return _problem(f"models have no `{name}` in Keras 3", hint)


# What models get when they are compiled, trained or run.
_SET_LATER = frozenset(
    {"history", "stop_training", "stop_evaluating", "stop_predicting", "loss", "loss_weights", "optimizer",
     "inputs", "outputs", "input_names", "output_names", "operations", "input_shape", "output_shape"}
)  # fmt: skip


def unheard_of(model: ModelV | SequentialV, name: str) -> Problem | None:
    """A public name that models have in no release of Keras 3, and that nobody gave this one.

    With PyTorch a model is one of its modules, and has `parameters`.
    """
    known = attributes_of("Model", model.version) | attributes_of("Sequential", model.version)
    once = attributes_of("Sequential", KerasVersion.V2)
    if name.startswith("_") or name in known | once or name in _SET_LATER or name in _OF_ALL:
        return None
    return _problem(
        f"models have no `{name}` in Keras 3", _alike(name, sorted(known)), Plain.OF_TENSORFLOW
    )


def of_instance(interp: Interpreter, layer: Instance, name: str) -> Problem | None:
    """The same for one of the program's own layers that is not a functional model."""
    if layer.serial in interp.handed_out or layer.cls.unknown_base or layer.open:
        return None
    state = layer.state
    if name in _ENDS:
        called = state.nodes or layer.cls.name in _CALLED_WHEN_MADE
        found = called or layer.serial <= interp.of_others
        return None if found else _uncalled(layer.cls.name, name)
    if not _is_certainly_3(interp, state.version):
        return None
    if name in _GENERATORS and state.base == "Model":
        taken = interp.presumes or _is_added(interp, name)
        gone = None if taken else _OF_MODELS[name]
        return None if gone is None else _problem(f"models have no `{name}` in Keras 3", gone)
    hint = _OF_ALL.get(name) or _OF_LAYERS.get(name)
    if hint is not None:
        return _problem(f"layers have no `{name}` in Keras 3", hint)
    return _never_set(interp, layer, name)


def _never_set(interp: Interpreter, layer: Instance, name: str) -> Problem | None:
    """Why `self.name` raises where all that was done to the object is known."""
    base = layer.state.base
    if base not in ("Layer", "Model") or not interp.has_followed(layer.serial):
        return None
    if name.startswith("_") or name in _inherited() or _is_added(interp, name):
        return None
    own = [one for one in layer.cls.mro if isinstance(one, ClassV)]
    others = [one for one in layer.cls.mro if not isinstance(one, ClassV)]
    if any(one.open for one in own) or not all(map(_is_plain_base, others)):
        return None
    if layer.cls.looks_up or find(layer.cls, "__getattr__"):
        return None
    names = {*layer.attributes, *(key for one in own for key in one.namespace)}
    hint = _alike(name, sorted(n for n in names if not n.startswith("_")))
    detail = f"{layer.cls.name} has no attribute `{name}`"
    return _problem(detail, hint or "set it in `__init__`")


def _alike(name: str, known: Sequence[str]) -> str | None:
    """The name that may be meant, as a hint."""
    from difflib import get_close_matches  # late: only for names that are not there

    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else None


def _is_plain_base(base: Value) -> bool:
    """Whether a class is that of layers or models itself, which have known attributes."""
    path = inner_path(base.dotted) if isinstance(base, External) else None
    return path in ("Model", "layers.Layer", "models.Model") or base == External("object")


@cache
def _inherited() -> frozenset[str]:
    """What layers and models have in some release, or get when they are compiled or trained."""
    known = [attributes_of("Model", version) for version in (KerasVersion.V2, KerasVersion.V3)]
    return frozenset().union(*known, _SET_LATER, _OF_ALL, _OF_LAYERS, _OF_MODELS, _OF_EARLY)


# Of models of Keras 2.0 to 2.3.
_OF_EARLY = frozenset(
    {"constraints", "container_nodes", "initial_weights", "input_layers", "metrics_tensors", "output_layers",
     "regularizers", "sample_weight_mode", "sample_weights", "targets", "uses_learning_phase"}
)  # fmt: skip


def of_tensor(interp: Interpreter, tensor: TensorV, name: str) -> Problem | None:
    """Why ``x.name`` raises for a tensor of TensorFlow, or a symbolic tensor of Keras 3."""
    if name in _ONLY_OF_ARRAYS and _is_of_tensorflow(interp, tensor):
        return _of_arrays(interp, tensor, name)
    if name not in _OF_TENSORS or tensor.spec.kind is not TensorKind.KERAS:
        return None
    if tensor.node is None:
        return None
    if name in _OF_OLD_TENSORS and not interp.surely(differences.TENSORS_KNOW_THEIR_LAYER):
        return _problem(f"symbolic tensors have no `{name}` any more", _OF_TENSORS[name])
    if not _is_certainly_3(interp, interp.version):
        return None
    return _problem(f"symbolic tensors have no `{name}` in Keras 3", _OF_TENSORS[name])


# Measured: neither tensors nor variables of TensorFlow have these, which those of NumPy or PyTorch have.
_ONLY_OF_ARRAYS = frozenset(
    {"T", "all", "any", "argmax", "argmin", "argsort", "astype", "clip", "copy", "cumsum", "detach", "dot",
     "fill", "flatten", "item", "max", "mean", "min", "nonzero", "permute", "prod", "ravel", "repeat",
     "reshape", "round", "size", "sort", "squeeze", "std", "sum", "swapaxes", "tobytes", "tofile", "tolist",
     "transpose", "unsqueeze", "var", "view"}
)  # fmt: skip


def _is_of_tensorflow(interp: Interpreter, tensor: TensorV) -> bool:
    """Whether it is certainly one of TensorFlow's tensors, which have no methods of arrays unless told to."""
    if ARRAY_METHODS in interp.patched or tensor.role is not Role.TENSOR or interp.inside_custom:
        return False
    return tensor.spec.kind is TensorKind.EAGER or is_in_graph(interp, tensor)


def _of_arrays(interp: Interpreter, tensor: TensorV, name: str) -> Problem:
    eager = tensor.spec.kind is TensorKind.EAGER
    whole = "`x.numpy()` is an array" if eager else "within a graph there are only its functions"
    hint = f"use a function of TensorFlow; {whole}"
    return _problem(f"a tensor of TensorFlow has no `{name}`", hint, Plain.OF_TENSORFLOW)


@cache
def _automatic() -> frozenset[str]:
    """What Keras calls layers by itself."""
    return frozenset(map(snake_case, layer_names()))


def no_such_layer(
    interp: Interpreter, found: list[Value] | None, index: Value, name: Value
) -> Problem | None:
    """Why ``model.get_layer`` raises; automatic names depend on every layer made before."""
    if found is None:
        return None
    if isinstance(index, int) and index >= len(found):
        detail = f"there is no layer {index}: the model has {len(found)}"
        return Problem(ProblemKind.NO_ATTRIBUTE, "ValueError", detail)
    if index is not None or not isinstance(name, str):
        return None
    names = [name_of(layer) for layer in found]
    if name in names or not all(isinstance(other, str) for other in names):
        return None
    unnamed = [layer for layer in found if not (isinstance(layer, LayerV) and layer.named)]
    stem = name.rstrip("0123456789").rstrip("_")
    if any(stem == str(name_of(layer)).rstrip("0123456789").rstrip("_") for layer in unnamed):
        return None
    if interp.versions & V2 and stem in _automatic():
        return None  # releases of Keras 2 named the layers of applications by themselves
    hint = _alike(name, [str(other) for other in names])
    return Problem(
        ProblemKind.NO_ATTRIBUTE, "ValueError", f"no layer is called {name!r}", hint=hint
    )


def _is_certainly_3(interp: Interpreter, version: KerasVersion) -> bool:
    lacks = differences.LACKS_OLD_ATTRIBUTES
    return interp.surely(lacks) and version in lacks


def _is_added(interp: Interpreter, name: str) -> bool:
    """Whether the program itself puts something of this name on a class of Keras."""
    return any(patched.endswith(f".{name}") for patched in interp.patched)


def _never_called(interp: Interpreter, layer: AnyLayer, name: str) -> Problem | None:
    """Whether a layer has no output yet; in Keras 3 also a Sequential model with a known input."""
    if isinstance(layer, LayerV):
        called = layer.nodes or layer.type.name in _CALLED_WHEN_MADE
        return None if called else _uncalled(layer.type.name, name)
    if isinstance(layer, ModelV) or layer.open:
        return None
    if not _is_certainly_3(interp, layer.version):
        found = layer.output is not None
        return None if found else _uncalled("Sequential", name, causes.Plain.OPEN_SEQUENTIAL)
    if layer.nodes and any(map(may_be_symbolic, layer.nodes)):
        return None
    hint = (
        f"use `.{name}s[0]`" if layer.output is not None else "give it an Input, or call it first"
    )
    detail = (
        f"a Sequential model has no `{name}` in Keras 3 before it is called on a symbolic tensor"
    )
    return _problem(detail, hint, causes.Plain.OPEN_SEQUENTIAL)


def _uncalled(what: str, name: str, cause: Cause | None = None) -> Problem:
    detail = f"this {what} has not been called, so it has no `{name}`"
    return _problem(detail, "call it on an Input first", cause)


def may_be_symbolic(node: Node) -> bool:
    """Whether a call may have been on symbolic Keras tensors."""
    outputs = list(leaves(node.outputs))
    certain = (TensorKind.GRAPH, TensorKind.EAGER, TensorKind.ARRAY)
    return any(not isinstance(leaf, TensorV) or leaf.spec.kind not in certain for leaf in outputs)
