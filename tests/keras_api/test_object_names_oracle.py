"""The texts by which Keras finds its objects, against both Kerases."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.object_names import Kind, kind_of, refusal
from kerasmergelint.keras_api.protocol import Broken, KerasVersion
from kerasmergelint.keras_api.signatures import DATA, table
from tests.oracle import keras_of

pytestmark = pytest.mark.oracle
VERSIONS = [KerasVersion.V3, KerasVersion.V2]
MISSPELT = {
    Kind.ACTIVATION: "rellu",
    Kind.CONSTRAINT: "maxnrm",
    Kind.INITIALIZER: "glorotunifom",
    Kind.REGULARIZER: "l2l",
}
REQUIRED = {
    "equation": "ab,bc->ac",
    "output_shape": 2,
    "activation": "relu",
    "num_key_value_heads": 1,
}
WORDS = {
    Kind.ACTIVATION: ("relu", "Relu", "ReLU", "leakyrelu", "leaky_relu", "LeakyReLU", "None", "", "tanh ",
                      "swish", "softmx", "linear", "sigmod", "hard_sigmoid", "gelu", "lrelu", "Softmax",
                      "mish"),
    Kind.INITIALIZER: ("xavier", "glorot", "he", "he_normal", "HeNormal", "zero", "Zero", "uniform",
                       "normal", "glorot_unifrom", "kaiming", "one"),
    Kind.CONSTRAINT: ("max_norm", "maxnorm", "MaxNorm", "nonneg", "non_neg", "NoneNeg"),
    Kind.LOSS: ("mse", "MSE", "mean_square_error", "binary_cross_entropy", "categorical_crossentropy",
                "cosine", "BinaryCrossentropy", "categorical_cross_entropy", "rmse", "kld", "logcosh", "l1",
                "msee"),
    Kind.METRIC: ("mae", "AUC", "precision", "f1", "acuracy", "rmse", "binary_accuracy", "Precision",
                  "top_k_categorical_accuracy", "iou", "loss", "val_loss", "mean_square_error"),
    Kind.OPTIMIZER: ("adam", "Adam", "ADAM", "adaam", "sgd", "RMSProp", "rmspropp", "adamw", "adagard"),
    Kind.REGULARIZER: ("l2", "L2", "l1_l2", "l1l2", "l3"),
}  # fmt: skip


def arguments(version: KerasVersion) -> Iterator[tuple[str, str]]:
    layers = keras_of(version).layers
    for name in table(version):
        entry = find(name, version)
        if hasattr(layers, name) and entry is not None:
            names = entry.signature(version).names
            yield from ((name, argument) for argument in names if kind_of(argument) is not None)


@pytest.mark.parametrize("version", VERSIONS)
def test_each_layer_looks_for_what_its_arguments_name(version: KerasVersion) -> None:
    wrong = []
    tried = list(arguments(version))
    for name, argument in tried:
        entry, kind = find(name, version), kind_of(argument)
        assert entry is not None
        assert kind is not None
        signature = entry.signature(version)
        given = {word: REQUIRED.get(word, 2) for word in signature.required}
        given[argument] = MISSPELT[kind]
        try:
            entry.construct([], given, version)
            refused = False
        except Broken:
            refused = True
        try:
            getattr(keras_of(version).layers, name)(**given)
            raises = False
        except Exception:
            raises = True
        if refused != raises:
            wrong.append(f"{name}({argument}={MISSPELT[kind]!r})")
    assert len(tried) > 200
    assert not wrong


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in WORDS.items() for name in names]
)
def test_what_is_refused_is_not_found(kind: Kind, name: str, version: KerasVersion) -> None:
    refused = refusal(kind, name, version) is not None
    try:
        found = getattr(keras_of(version), kind.value).get(name)
        raises = kind is Kind.METRIC and found == name  # Keras 2 keeps the text, and calls it
    except ValueError:
        raises = True
    assert not refused or raises
    assert refused or not raises or name in ("cosine", "leakyrelu", "tanh ", "NoneNeg", "l3")


@pytest.mark.parametrize("version", ["2", "3"])
def test_the_data_is_what_keras_says(version: str) -> None:
    from scripts import generate_object_names

    stored = json.loads((DATA / "object_names.json").read_text(encoding="utf-8"))
    assert stored[version] == generate_object_names.names()[version]
