"""Names that no ``keras.layers`` has, and what people mean by them; modules that Keras does not have.

Keras grows, so an unfamiliar name proves nothing.  Certain are the names of Keras 1, names that people
expect and that never existed, and misspellings of existing ones.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.names import inner_path, of_frozen_copy


@dataclass(frozen=True, slots=True)
class Absent:
    """A name that does not exist; ``removed``: Keras 1 had it.  ``kind`` is what it would be."""

    name: str
    removed: bool
    instead: str | None
    kind: str = "layer"


# Names that people look for, and what to use instead.
_NEVER = {
    "Divide": "use keras.ops.divide, or Lambda(lambda x: x[0] / x[1])",
    "divide": "use keras.ops.divide, or the operator /",
    "Div": "use keras.ops.divide, or the operator /",
    "Sum": "use Add",
    "Mean": "use Average",
    "Stack": "use keras.ops.stack",
    "stack": "use keras.ops.stack",
    "Concat": "use Concatenate",
    "concat": "use Concatenate",
    "Mul": "use Multiply",
    "mul": "use Multiply",
    "Sub": "use Subtract",
    "sub": "use Subtract",
    "Max": "use Maximum",
    "Min": "use Minimum",
    "Matmul": "use keras.ops.matmul, or Dot",
    "MatMul": "use keras.ops.matmul, or Dot",
    "matmul": "use keras.ops.matmul, or Dot",
    "Squeeze": "use keras.ops.squeeze, or Reshape",
    "ExpandDims": "use keras.ops.expand_dims, or Reshape",
    "Transpose": "use Permute",
    "Slice": "use indexing, or Cropping1D and Cropping2D",
    "Split": "use keras.ops.split",
    "Linear": "use Dense",
    "Sigmoid": 'use Activation("sigmoid")',
    "Tanh": 'use Activation("tanh")',
}
_KERAS_1 = {
    "merge": "use Concatenate, Add, Multiply or another merge layer",
    "Merge": "use Concatenate, Add, Multiply or another merge layer",
}
# What no Keras 2 has had, where early Keras 2 took most of the other names.
_KERAS_1_ELSEWHERE = {
    "regularizers.activity_l1": "use activity_regularizer=l1(...)",
    "regularizers.activity_l2": "use activity_regularizer=l2(...)",
    "regularizers.activity_l1l2": "use activity_regularizer=l1_l2(...)",
    "metrics.fbeta_score": "use keras.metrics.FBetaScore",
    "metrics.fmeasure": "use keras.metrics.F1Score",
    "utils.np_utils.probas_to_classes": "use argmax",
    "utils.visualize_util.plot": "use keras.utils.plot_model",
    "utils.visualize_util.model_to_dot": "use keras.utils.model_to_dot",
}
# Modules by the singular of their name, which no release had.
_MODULES = frozenset(
    {"activation", "application", "callback", "constraint", "dataset", "initializer", "layer",
     "metric", "model", "optimizer", "regularizer", "util"}
)  # fmt: skip
# Other names of Keras 1 and early Keras 2; a program that uses them may well run on those.
_OLD = frozenset(
    {"AtrousConv1D", "AtrousConv2D", "AtrousConvolution1D", "AtrousConvolution2D", "BatchNormalizationV1",
     "BatchNormalizationV2", "ConvLSTM2DCell", "ConvRecurrent2D", "CuDNNGRU", "CuDNNLSTM",
     "Deconv2D", "Deconv3D", "Deconvolution2D", "Deconvolution3D", "DenseFeatures", "Graph", "Highway",
     "InputSpec", "KerasLayer", "LocallyConnected1D", "LocallyConnected2D", "MaxoutDense", "Nadam",
     "ParametricSoftplus", "RandomHeight", "RandomWidth", "Recurrent", "SRelu", "SReLU", "Siamese",
     "ThresholdedReLU", "TimeDistributedDense", "TimeDistributedMerge", "AutoEncoder", "Container",
     "LambdaMerge", "ThresholdedLinear", "SimpleDeepRNN", "JZS1", "JZS2", "JZS3",
     "GroupedQueryAttention", "SyncBatchNormalization", "Bias", "BaseMerge", "MultiheadAttention",
     # modules
     "advanced_activations", "attention", "convolutional", "convolutional_recurrent", "containers",
     "core", "cudnn_recurrent", "embeddings", "experimental", "kernelized", "local", "noise",
     "normalization", "pooling", "preprocessing", "recurrent", "recurrent_v2", "regularization",
     "reshaping", "rnn", "serialization", "wrappers", "activation", "activations", "layer", "core_layers"}
)  # fmt: skip
# How closely a misspelling must resemble the name it stands for.
_ALIKE = 0.86


@lru_cache(maxsize=1024)
def absent(dotted: str) -> Absent | None:
    """What a full dotted name should have been, if Keras certainly does not have it.

    >>> absent("keras.layers.Concatenat")
    Absent(name='Concatenat', removed=False, instead='did you mean Concatenate?', kind='layer')
    >>> absent("keras.layers.Conv4D") is None
    True
    """
    path = None if of_frozen_copy(dotted) else inner_path(dotted)
    parts = (path or "").split(".")
    if path in _KERAS_1_ELSEWHERE:
        return Absent(parts[-1], True, _KERAS_1_ELSEWHERE[path])
    if path in _MODULES:
        return Absent(path, False, f"did you mean {path}s?", "module")
    if len(parts) != 2 or parts[0] != "layers":
        return None
    name = parts[1]
    if name in _known() or name in _OLD or name.startswith("_"):
        return None
    if name in _KERAS_1:
        return Absent(name, True, _KERAS_1[name])
    if name in _NEVER:
        return Absent(name, False, _NEVER[name])
    meant = nearest(name)
    return None if meant is None else Absent(name, False, f"did you mean {meant}?")


def nearest(name: str) -> str | None:
    """The layer whose name this misspells, if it can be nothing else."""
    if not name[:1].isupper():
        return None  # a function or a module; old versions had many
    classes = [known for known in sorted(_known()) if known[0].isupper()]
    for known in classes:
        if known.lower() == name.lower():
            return known
    if len(name) < 4:
        return None
    from difflib import get_close_matches  # late: only for names that are misspelt

    near = get_close_matches(name, classes, 2, _ALIKE)
    near = [known for known in near if _digits(known) == _digits(name) and _is_slip(known, name)]
    return near[0] if near else None


def _digits(name: str) -> str:
    """The digits in a name: ``Conv2D`` is not a misspelling of ``Conv3D``."""
    return "".join(char for char in name if char.isdigit())


def _is_slip(known: str, name: str) -> bool:
    """Letters missing, doubled, swapped or added in one place; not another word."""
    from difflib import SequenceMatcher  # late: only for names that are misspelt

    blocks = SequenceMatcher(None, known, name, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    return max(len(known), len(name)) - same <= 2


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "layer_names.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(name for names in content.values() for name in names)
