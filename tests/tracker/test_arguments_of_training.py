"""Arguments and methods around training that Keras 3 does not have, and programs that are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import os
import numpy as np
import keras
from keras import Input, Model, Sequential, layers, ops
x = Input((8,))
model = Model(x, layers.Dense(8)(x))
"""


def _codes(program: str, version: str = "3") -> list[str]:
    found = check_source(_HEAD + program, "train.py", Settings(keras_version=version))
    return [one.code for one in found]


REFUSED = {
    "keras.optimizers.Adam(lr=1e-3)": "KML306",
    "keras.optimizers.schedules.ExponentialDecay(0.1, 10)": "KML306",
    "keras.metrics.Precision(0.5, 1, 2, 'p', None, 3)": "KML306",
    "keras.callbacks.TensorBoard('logs', write_grads=True)": "KML306",
    "keras.regularizers.L2(0.1, name='l2')": "KML306",
    "model.compile('adam', 'mse', metric=['mae'])": "KML306",
    "model.fit(np.ones((4, 8)), np.ones((4, 8)), workers=4)": "KML306",
    "model.predict()": "KML306",
    "Sequential().add(layers.Dense(3), activation='relu')": "KML306",
    "Sequential().add(layers.Dense(3), **{'use_bias': False})": "KML306",
    "Model([x, Input((2,))], x).predict_step([np.ones((1, 8)), np.ones((1, 2))])": "KML307",
    "class Own(layers.Layer):\n  def __init__(self, **k):\n    super().__init__(**k)\nOwn(units=3)": "KML306",
    "class Own(layers.Layer):\n  def __init__(self):\n    super().__init__(weights=[])\nOwn()": "KML306",
    "keras.layer.Dense(3)": "KML401",
    "model.save_weights('net.h5')": "KML306",
    "model.save_weights(os.path.join(input(), 'net.h5'))": "KML306",
    "model.save('net')": "KML306",
    "model.fit_generator(iter([]))": "KML408",
    "model.add(layers.Dense(3))": "KML408",
    "model.add_loss(ops.mean(x))": "KML408",
    "layers.Dense(3).add_metric(x, name='x')": "KML408",
}


@pytest.mark.parametrize("call", REFUSED)
def test_what_keras_3_refuses(call: str) -> None:
    assert _codes(f"{call}\n") == [REFUSED[call]]


def test_what_only_sequential_models_have_in_any_version() -> None:
    assert _codes("model.pop()\n", "2") == ["KML408"]
    assert _codes("part = Sequential([x])\npart.add(layers.Dense(3))\npart.pop()\n") == []


IS_TAKEN = [
    "class Own(layers.Layer):\n    pass\nOwn(name='a', trainable=False, dtype='float32', input_shape=(4,))",
    "Sequential([x]).add(layer=layers.Dense(3), rebuild=False)",
    "Model([x, Input((2,))], x).predict_step(([np.ones((1, 8)), np.ones((1, 2))], np.ones((1, 8))))",
    "model.predict_step([np.ones((1, 8))])",
    "keras.optimizers.SGD(0.1, decay=1e-6, momentum=0.9)",
    "keras.optimizers.Adam(0.1, clipnorm=1.0, loss_scale_factor=2.0, gradient_accumulation_steps=2)",
    "keras.callbacks.LambdaCallback(on_batch_end=print)",
    "keras.callbacks.EarlyStopping(**{'patience': int(input())})",
    "keras.callbacks.EarlyStopping(*input().split())",
    "model.compile('adam', 'mse', **{name: None for name in input().split()})",
    "model.save('net.keras', include_optimizer=False)",
    "model.save(input())",
    "model.save(f'{input()}/net.keras')",
    "model.save('gs://bucket/net')",
    "model.save_weights('net.weights.h5')",
    "model.save_weights('net.weights.json', max_shard_size=1)",
    "model.export('net')",
]


@pytest.mark.parametrize("call", IS_TAKEN)
def test_what_keras_3_takes(call: str) -> None:
    assert _codes(f"{call}\n") == []


IN_KERAS_2 = [
    "keras.optimizers.Adam(lr=1e-3)",
    "keras.callbacks.TensorBoard('logs', write_grads=True)",
    "model.compile('adam', 'mse', metric=['mae'])",
    "model.save_weights('net.h5')",
    "model.save('net')",
    "model.fit_generator(iter([]))",
]


@pytest.mark.parametrize("call", IN_KERAS_2)
def test_nothing_is_said_of_keras_2(call: str) -> None:
    assert _codes(f"{call}\n", "2") == []


PREPARED = {
    "for either version": """
try:
    optimizer = keras.optimizers.Adam(lr=0.1)
except ValueError:
    optimizer = keras.optimizers.Adam(learning_rate=0.1)
""",
    "with a method of its own": """
class Net(Model):
    def fit(self, data, rounds):
        return super().fit(data, data, epochs=rounds)

    def predict_classes(self, data):
        return self.predict(data).argmax(-1)

    def add_metric(self, value):
        self.extra = value

net = Net(x, layers.Dense(8)(x))
net.compile("adam", "mse")
net.fit(np.ones((4, 8)), rounds=3)
net.predict_classes(np.ones((4, 8)))
net.add_metric(3)
""",
    "with a method that it adds": """
def predict_classes(self, data):
    return self.predict(data).argmax(-1)

Model.predict_classes = predict_classes
model.predict_classes(np.ones((4, 8)))
""",
    "if there is such a method": """
if hasattr(model, "predict_classes"):
    model.predict_classes(np.ones((4, 8)))
""",
    "with a callback of its own": """
class EarlyStopping(keras.callbacks.EarlyStopping):
    def __init__(self, patient, **options):
        super().__init__(patience=patient, **options)

EarlyStopping(patient=3)
""",
}


@pytest.mark.parametrize("name", PREPARED)
def test_programs_that_are_prepared(name: str) -> None:
    assert _codes(PREPARED[name]) == []


WRITTEN_FOR_EITHER = [
    "class Own(layers.Layer):\n    pass\nOwn(weights=[])",
    "keras.callbacks.TensorBoard('logs', embeddings_data=None)",
    "model.compile('sgd', 'mse')\nmodel.train_on_batch(*[np.ones((4, 8))] * 2, reset_metrics=False)",
    "folder = './models/'\nmodel.save(folder + 'net')",
    "model.predict_proba(np.ones((4, 8)))",
    "model.reset_states()",
    "model.targets",
]


@pytest.mark.parametrize("call", WRITTEN_FOR_EITHER)
def test_what_is_installed_alone_does_not_say_for_which_keras_a_program_was_written(
    call: str, tmp_path: Path
) -> None:
    head = _HEAD.replace("layers, ops", "layers")
    found = check_source(f"{head}{call}\n", str(tmp_path / "train.py"), Settings())
    assert [one.code for one in found] == []
    assert _codes(f"{call}\n") != []
