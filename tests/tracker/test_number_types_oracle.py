"""Tensors made of numbers: TensorFlow makes an int32 of an int, which goes with no float32."""

from __future__ import annotations

import os

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Watch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

# What a function of ``x`` and a number ``n`` gives, where only a float goes.
OF_FLOATS = [
    "x * tf.constant(n)",
    "x + tf.Variable(n)",
    "x * tf.convert_to_tensor(n)",
    "x * tf.keras.ops.convert_to_tensor(n)",
    "x + tf.fill([3], n)",
    "x + tf.constant(n, shape=[3])",
    "x + tf.constant([n, n, n])",
    "x + tf.constant([n, 1, 2])",
    "x + tf.one_hot(1, 3, n, n)",
    "x * tf.constant(n ** 2)",
    "x * tf.constant(-n)",
    "x * (tf.constant(n) + 1)",
    "x + tf.reshape(tf.constant(n), [1])",
    "x * tf.square(tf.constant(n))",
    "tf.constant(n) // 2 + tf.constant(1.5)",
    "tf.maximum(x, tf.constant(n))",
    "tf.concat([x[0], tf.fill([3], n)], 0)",
    "tf.range(0, n) * tf.constant(0.5)",
    "x @ tf.fill([3, 2], n)",
]
# Where an int goes as well.
OF_ANY = [
    "x * n",
    "x * tf.constant(n, tf.float32)",
    "x * tf.constant(float(n))",
    "x * tf.constant(n / 2)",
    "x * tf.constant(n * 0.5)",
    "x + tf.constant([n, 1.0, 2.0])",
    "x * tf.cast(n, tf.float32)",
    "x * tf.Variable(n, dtype=tf.float32)",
    "x + tf.cast(tf.range(n)[0], x.dtype)",
    "x + tf.cast(tf.constant(n), x.dtype)",
    "tf.keras.layers.Add()([x, tf.fill([3, 3], n)])",
    "tf.constant(n) * tf.constant(n)",
]


def words(body: str, parameters: str = "x, n") -> list[str]:
    program = f"import tensorflow as tf\n\ndef merged({parameters}):\n    return {body}\n"
    report = analyse(program, "program.py", Settings(keras_version="3"), watch=Watch.MERGES)
    return [merge.words for merge in report.merges.values()]


@pytest.mark.parametrize("text", OF_FLOATS)
def test_a_merge_says_that_a_number_is_a_float(text: str) -> None:
    assert any("is of float32" in told or "of one type" in told for told in words(text))


@pytest.mark.parametrize("text", OF_ANY)
def test_others_say_nothing_of_it(text: str) -> None:
    told = [one.replace("x is of float32", "") for one in words(text)]
    assert not any(" of float32" in one or "one type" in one for one in told)


@pytest.mark.oracle
@pytest.mark.parametrize("text", OF_FLOATS)
def test_an_int_is_refused(text: str) -> None:
    tf = pytest.importorskip("tensorflow")
    x = tf.ones((3, 3))
    assert eval(text, {"tf": tf, "x": x, "n": 3.0}).dtype == tf.float32
    with pytest.raises((TypeError, tf.errors.InvalidArgumentError)):
        eval(text, {"tf": tf, "x": x, "n": 3})


@pytest.mark.oracle
@pytest.mark.parametrize("number", [3, 3.0])
@pytest.mark.parametrize("text", OF_ANY)
def test_an_int_is_taken(text: str, number: float) -> None:
    tf = pytest.importorskip("tensorflow")
    assert eval(text, {"tf": tf, "x": tf.ones((3, 3)), "n": number}) is not None


def test_two_numbers_are_of_one_type() -> None:
    (told,) = words("tf.constant(n) * tf.constant(m)", "n, m")
    assert "tf.constant(n) and tf.constant(m) are of one type" in told


def test_a_type_that_a_caller_names_is_a_condition() -> None:
    (told,) = words("x + tf.cast(x, wanted)", "x, wanted")
    assert told == "x and tf.cast(x, wanted) are numbers of one type"


def test_types_that_are_known_may_never_fit() -> None:
    told = words("tf.argmax(x, -1, output_type=tf.int32) + tf.argmax(y, -1)", "x, y")
    assert any("are of one type" in one for one in told)


def test_a_number_of_the_program_is_no_size_that_others_count_with() -> None:
    assert words("x * tf.constant(2)", "x") == ["x is of int32"]


SCALED = """
import tensorflow as tf

class Penalty(tf.keras.regularizers.Regularizer):
    def __init__(self, scale):
        self.scale = tf.Variable(scale, trainable=False)

    def __call__(self, x):
        return self.scale * 0.5 * tf.norm(x) ** 2
"""


def test_what_a_constructor_was_given_is_remembered() -> None:
    report = analyse(SCALED, "program.py", Settings(), watch=Watch.MERGES)
    (merge,) = report.merges.values()
    assert (merge.verdict, merge.words) == (
        Verdict.CONDITIONAL,
        "self.scale * 0.5 is of float32",
    )


# What a function makes of a number that only a run knows has no axes; a float or an int tells its type.
COMPUTED = {
    "float32": [
        "x / tf.sqrt(float(len(n)))",
        "x / tf.math.sqrt(float(len(n)) * 2)",
        "x * tf.constant(float(len(n)))",
        "x * tf.cast(len(n), tf.float32)",
        "x * tf.minimum(float(len(n)), 1.0)",
        "x + tf.expand_dims(float(len(n)), 0)",
        "x * tf.keras.backend.square(float(len(n)))",
    ],
    "int32": [
        "x * tf.constant(len(n))",
        "x * tf.square(len(n) + 1)",
        "x * tf.maximum(len(n), 1)",
        "x * tf.convert_to_tensor(int(len(n)))",
    ],
}


@pytest.mark.parametrize(("dtype", "text"), [(d, text) for d in COMPUTED for text in COMPUTED[d]])
def test_what_is_made_of_a_number_fits_every_shape_of_its_type(dtype: str, text: str) -> None:
    assert words(text) == [f"x is of {dtype}"]


@pytest.mark.oracle
@pytest.mark.parametrize(("dtype", "text"), [(d, text) for d in COMPUTED for text in COMPUTED[d]])
def test_other_types_are_refused_beside_it(dtype: str, text: str) -> None:
    tf = pytest.importorskip("tensorflow")
    (other,) = COMPUTED.keys() - {dtype}
    for shape in ((), (3,), (2, 3, 4)):
        x = tf.cast(tf.ones(shape), dtype)
        assert eval(text, {"tf": tf, "x": x, "n": "abc"}).dtype == x.dtype
        with pytest.raises((TypeError, ValueError, tf.errors.InvalidArgumentError)):
            eval(text, {"tf": tf, "x": tf.cast(x, other), "n": "abc"})


SIZES = {
    "x + tf.range(int(n))": "(int(n) = x[-1], or one of them is 1) and x is of int32",
    "x + tf.one_hot(1, int(n))": "(int(n) = x[-1], or one of them is 1) and x is of float32",
}


@pytest.mark.parametrize("text", SIZES)
def test_an_int_that_only_a_run_knows_is_a_size(text: str) -> None:
    assert words(text) == [SIZES[text]]


@pytest.mark.oracle
@pytest.mark.parametrize("text", SIZES)
def test_other_sizes_are_refused(text: str) -> None:
    tf = pytest.importorskip("tensorflow")
    for size, fits in ((3, True), (1, True), (2, False)):
        x = tf.cast(tf.ones((2, size)), SIZES[text].rpartition(" ")[2])
        try:
            eval(text, {"tf": tf, "x": x, "n": 3})
        except tf.errors.InvalidArgumentError:
            assert not fits
        else:
            assert fits


MAPPED = """
import tensorflow as tf


def flat(image, label):
    image = float(image) / 255.0
    return tf.reshape(image, [-1, 784]), int(label)


(x, y), _ = tf.keras.datasets.fashion_mnist.load_data()
data = tf.data.Dataset.from_tensor_slices((x, y)).map(flat)
model = tf.keras.Sequential([tf.keras.Input((784,)), tf.keras.layers.Dense(10)])
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(data)
"""


def test_in_a_graph_float_and_int_cast_tensors() -> None:
    assert check_source(MAPPED, "data.py", Settings()) == []
    only_the_function = MAPPED.partition("(x, y)")[0]
    assert check_source(only_the_function, "data.py", Settings()) == []


@pytest.mark.oracle
def test_tensorflow_casts_them() -> None:
    tf = pytest.importorskip("tensorflow")
    data = tf.data.Dataset.from_tensor_slices(tf.zeros((6, 28, 28), tf.uint8))
    assert data.map(lambda image: float(image) / 255.0).element_spec.shape == (28, 28)
    assert data.map(lambda image: int(image)).element_spec.dtype == tf.int32
