"""Labels and tokens that the program spells out, against the classes of a loss and the rows of a table.

TensorFlow is asked the same where it is installed.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import keras
import numpy as np
import tensorflow as tf
from keras.layers import Dense, Embedding, Flatten, Input, LSTM, Reshape

x = np.zeros((8, 4))
labels = np.array([0, 1, 2, 0, 1, 2, 0, 3])
tokens = np.array([[0, 1], [5, 2]])
data = tf.data.Dataset.from_tensor_slices
Sparse = keras.losses.SparseCategoricalCrossentropy


class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.table, self.dense = Embedding(5, 3), Dense(1)

    def call(self, inputs):
        return self.dense(tf.reduce_mean(self.table(inputs), axis=1))


def classifier(loss="sparse_categorical_crossentropy", **options):
    model = keras.Sequential([Input((4,)), Dense(3, activation="softmax")])
    model.compile("adam", loss, **options)
    return model


def reader(model=None, **options):
    model = model or keras.Sequential([Input((2,)), Embedding(5, 3), Flatten(), Dense(1)])
    model.compile("adam", "mse", **options)
    return model


def functional(before):
    words = Input((2,))
    return reader(keras.Model(words, Dense(1)(Flatten()(Embedding(5, 3)(before(words))))))


two = np.zeros((2, 1))
"""
LABELS = (
    "classifier().fit(x, labels)", "classifier().fit(x, labels[:, None])",
    "classifier().fit(x, labels.astype('float32'))", "classifier().fit(x, labels, batch_size=2)",
    "classifier().fit(x, labels - 1)", "classifier(Sparse()).fit(x, labels)",
    "classifier(Sparse(from_logits=True)).evaluate(x, labels)",
    "classifier(keras.losses.sparse_categorical_crossentropy).train_on_batch(x, labels)",
    "classifier().fit(x, labels, validation_split=0.25)",
    "classifier().fit(x, labels % 3, validation_data=(x, labels))",
    "classifier().fit(data((x, labels)).shuffle(8).batch(3).prefetch(2))",
)  # fmt: skip
TOKENS = (
    "reader().fit(tokens, two)", "reader().predict(tokens)", "reader(Own()).fit(tokens, two)",
    "reader().fit(tokens.astype('float32'), two)", "functional(lambda words: words).predict(tokens)",
    "functional(Reshape((2, 1))).fit(tokens, two)", "reader().fit(data((tokens, two)).batch(1))",
    "reader().predict(keras.utils.pad_sequences([[1], [1, 5]]))",
    "reader().predict(keras.utils.pad_sequences([[5, 1], [0, 1, 5]], 2, truncating='post', padding='post'))",
)  # fmt: skip
RUN = (
    "classifier(Sparse(ignore_class=3)).fit(x, labels)", "classifier().fit(x, labels % 3)",
    "classifier(jit_compile=True).fit(x, labels)", "classifier().fit(x[:7], labels[:7])",
    "classifier().fit(data((x, labels)).take(7).batch(2))",
    "classifier().fit(data((x, labels)).map(lambda a, b: (a, b % 3)).batch(2))",
    "classifier().fit(data((x, labels)).filter(lambda a, b: b < 3).batch(2))",
    "classifier().fit(data((x, labels)).batch(2), steps_per_epoch=2)",
    "classifier('mse').fit(x, np.full((8, 3), 7))", "classifier().predict(x + 9)",
    "reader().fit(tokens % 5, two)", "reader(jit_compile=True).fit(tokens, two)",
    "functional(lambda words: words % 5).predict(tokens)",
    "functional(lambda words: words[:, 1:]).predict(tokens)",
    "reader().predict(keras.utils.pad_sequences([[5, 1], [5, 0, 1]], 2, truncating='pre')[1:])",
    "reader().predict(keras.utils.pad_sequences([[4, 1, 5], [0]], 2, truncating='post'))",
)  # fmt: skip


def codes(call: str) -> list[str]:
    return [found.code for found in check_source(_HEAD + call + "\n", "/train.py", Settings())]


@pytest.mark.parametrize("call", LABELS)
def test_a_label_that_is_no_class(call: str) -> None:
    assert codes(call) == ["KML502"]


@pytest.mark.parametrize("call", TOKENS)
def test_a_token_without_a_row(call: str) -> None:
    assert codes(call) == ["KML501"]


@pytest.mark.parametrize("call", RUN)
def test_numbers_that_fit(call: str) -> None:
    assert codes(call) == []


@pytest.mark.oracle
def test_tensorflow_agrees() -> None:
    pytest.importorskip("tensorflow")
    tried = f"""
{_HEAD}
keras.utils.disable_interactive_logging()
for call in {(*LABELS, *TOKENS, *RUN)!r}:
    try:
        eval(call)
        print("runs")
    except tf.errors.InvalidArgumentError:
        print("fails")
"""
    done = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=True)
    answers = [line for line in done.stdout.split() if line in ("runs", "fails")]
    assert answers == ["fails"] * len(LABELS + TOKENS) + ["runs"] * len(RUN)
