"""What a function asks of its parameters, as the conditions of its merges and as one contract."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.contracts import entering
from kerasmergelint.tracker.program.report import Report, Watch

_START = "import keras\nfrom keras import layers\nfrom keras.layers import *\n"


def analysed(program: str) -> Report:
    report = analyse(_START + program, "program.py", Settings(), watch=Watch.CONTRACTS)
    assert report.errors == []
    return report


def contract(program: str) -> str:
    (found,) = analysed(program).contracts
    return found.condition


def conditions(program: str) -> list[str]:
    merges = analysed(program).merges.values()
    return [m.reason if m.verdict is Verdict.CONDITIONAL else m.verdict.value for m in merges]


PROGRAMS = {
    "parts that never fit": (
        """
def parts(x, y):
    first, second = keras.ops.split(Dense(8)(x), [3], axis=-1)
    return first + second * y
""",
        "no shapes are known for which it works",
    ),
    "indices": (
        """
def width(boxes):
    return Dense(4)(boxes), boxes[..., 2] - boxes[..., -2]
""",
        "boxes[-1] >= 3",
    ),
    "a residual block": (
        """
def residual(x, filters):
    y = Conv2D(filters, 3, padding="same")(x)
    return Add()([x, BatchNormalization()(y)])
""",
        "x has 4 axes and (x[-1] = filters, or one of them is 1)",
    ),
    "what only activations are called on": (
        """
def join(x, skip):
    return Concatenate()([Activation("relu")(x), Dropout(0.5)(skip)])
""",
        "x and skip have as many axes as each other and inner sizes of skip are those of x",
    ),
    "a kernel on one of several ways": (
        """
def same(x, padding=None):
    if padding in [None, "zero"]:
        return Conv2D(4, 3)(x)
    return Conv2D(4, 3, padding=padding)(x)
""",
        "x has 4 axes and rows and columns of x are 3 or more",
    ),
    "a kernel whose padding is not known": (
        """
def convolved(x, padding):
    return Conv2D(4, 3, padding=padding)(Conv2D(4, 1, padding=padding)(x))
""",
        "x has 4 axes and what Conv2D needs is not known",
    ),
    "a pool whose padding is not known": (
        """
def pooled(x, padding):
    return MaxPooling2D(padding=padding)(x)
""",
        "x has 4 axes and what MaxPooling2D needs is not known",
    ),
    "a step up": (
        """
def up(x, skip):
    return Concatenate()([UpSampling2D()(x), skip])
""",
        "x and skip have 4 axes and rows and columns of skip are twice those of x",
    ),
    "a gate": (
        """
def gate(x, g):
    g = GlobalAveragePooling2D(keepdims=True)(Concatenate()([g, g]))
    return Multiply()([x, g])
""",
        "g and x have 4 axes and (x[-1] = 2*g[-1] or 1)",
    ),
    "a gate of any rank": (
        """
def gate(x, g):
    return Multiply()([x, Concatenate()([g, g])])
""",
        "g and x have as many axes as each other and (x[-1] = 2*g[-1] or 1) "
        "and (inner sizes of g are those of x, or one of both is 1)",
    ),
    "what only tensors are indexed with": (
        """
def loss(y_true, y_pred):
    return keras.ops.sum(y_true[..., :-1] * keras.ops.log(y_pred))
""",
        "y_true and y_pred have as many axes as each other and "
        "(y_pred[-1] = y_true[-1] - 1 or y_true[-1] = 2 or y_pred[-1] = 1) and "
        "(inner sizes of y_pred are those of y_true, or one of both is 1) and "
        "(y_pred[0] = y_true[0], or one of them is 1) and y_true is of float32",
    ),
    "both halves of boxes": (
        """
def areas(boxes):
    sides = boxes[..., 2:] - boxes[..., :2]
    return keras.ops.prod(sides, axis=-1)
""",
        "boxes[-1] = 4 or boxes[-1] = 3 or boxes[-1] = 1",
    ),
    "down and up again": (
        """
def there_and_back(x):
    y = UpSampling2D(4)(MaxPooling2D()(MaxPooling2D()(x)))
    return Concatenate()([x, y])
""",
        "x has 4 axes and rows and columns of x are divisible by 4",
    ),
    "a window that has to fit": (
        """
def valid(x):
    y = Conv2D(8, 3)(x)
    return Add()([Cropping2D(1)(Conv2D(8, 1)(x)), y])
""",
        "x has 4 axes and rows and columns of x are 3 or more",
    ),
    "a projection where it is needed": (
        """
def residual(x, filters):
    y = Conv2D(filters, 3, padding="same")(x)
    if x.shape[-1] != filters:
        x = Conv2D(filters, 1)(x)
    return Add()([x, y])
""",
        "x has 4 axes",
    ),
    "two tensors in a list": (
        """
def join(inputs):
    x, skip = inputs
    return Concatenate()([Conv2DTranspose(8, 2, strides=2)(x), skip])
""",
        "inputs[0] and inputs[1] have 4 axes and rows and columns of inputs[1] are twice those of inputs[0]",
    ),
    "a layer of the program's own": (
        """
class Excite(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = Dense(units)

    def call(self, inputs):
        return inputs * self.dense(inputs)
""",
        "(inputs[-1] = units, or one of them is 1) and inputs is of float32",
    ),
    "an operator, on what must be a tensor": (
        """
def add(x, shortcut):
    return Conv1D(16, 3, padding="same")(x) + shortcut
""",
        "x and shortcut have 3 axes and (shortcut[-1] = 16 or 1) "
        "and (shortcut[1] = x[1], or one of them is 1)",
    ),
}


LOOPS = {
    "as many levels as a parameter says": (
        """
def unet(x, depth):
    skips = []
    for level in range(depth):
        x = Conv2D(16, 3, padding="same")(x)
        skips.append(x)
        x = MaxPooling2D()(x)
    for level in range(depth):
        x = Concatenate()([UpSampling2D()(x), skips.pop()])
    return x
""",
        "depth = 3 and rows and columns of x are divisible by 8",
    ),
    "a level for each item of a parameter": (
        """
def unet(x, filters):
    skips = []
    for count in filters:
        x = Conv2D(count, 3, padding="same")(x)
        skips.append(x)
        x = MaxPooling2D()(x)
    for count, skip in zip(reversed(filters), reversed(skips)):
        x = Conv2DTranspose(count, 2, strides=2)(x)
        x = Concatenate()([x, skip])
    return x
""",
        "filters has 3 items and rows and columns of x are divisible by 8",
    ),
    "rounds that are all alike": (
        """
def tower(x, depth):
    for level in range(depth):
        x = Add()([x, Conv2D(16, 3, padding="same")(x)])
    return x
""",
        "depth = 3 and (x[-1] = 16 or 1)",
    ),
    "no merge depends on the loop": (
        """
def deep(x, depth):
    y = Add()([x, Conv2D(16, 3, padding="same")(x)])
    for level in range(depth):
        y = Conv2D(16, 3, padding="same")(y)
    return y
""",
        "x[-1] = 16 or 1",
    ),
    "an input of which a path says more": (
        """
def model(shape):
    if len(shape) == 2:
        shape = (shape[0], shape[1], 1)
    x = Input(shape)
    y = UpSampling2D()(MaxPooling2D()(x))
    return Concatenate()([x, y])
""",
        "(shape[0] is even and shape[1] is even where (len(shape) == 2)) "
        "and (rows and columns of input are even where not (len(shape) == 2))",
    ),
}


@pytest.mark.parametrize("name", LOOPS)
def test_merges_after_loops_whose_length_a_parameter_decides(name: str) -> None:
    program, expected = LOOPS[name]
    assert conditions(program) == [expected]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_contract_of(name: str) -> None:
    program, expected = PROGRAMS[name]
    assert contract(program) == expected


def test_each_merge_has_its_own_condition() -> None:
    program = """
def block(x, skip, filters):
    x = Concatenate()([Conv2D(filters, 3, padding="same")(x), skip])
    return Add()([Conv2D(filters, 1)(x), Conv2D(filters, 1)(skip)])
"""
    assert conditions(program) == ["rows and columns of skip are those of x", "safe"]


def test_a_helper_is_judged_by_its_caller() -> None:
    program = """
def residual(x, filters):
    return Add()([x, Conv2D(filters, 3, padding="same")(x)])

def stack(x):
    return residual(residual(Conv2D(64, 1)(x), 64), 64)
"""
    assert conditions(program) == ["safe"]


def test_what_is_wrong_for_all_shapes_is_no_contract() -> None:
    program = """
def wrong(x):
    return Add()([Dense(3)(x), Dense(5)(x)])
"""
    report = analysed(program)
    assert [merge.verdict for merge in report.merges.values()] == [Verdict.BROKEN]
    assert [found.condition for found in report.contracts] == [
        "no shapes are known for which it works"
    ]


def test_call_is_entered_on_what_build_makes() -> None:
    program = """
class Attend(layers.Layer):
    def __init__(self, units: int):
        super().__init__()
        self.units = units

    def build(self, input_shape):
        self.queries = Dense(self.units)
        self.back = Dense(input_shape[-1])

    def call(self, inputs):
        return inputs + self.back(self.queries(inputs)) + self.queries(inputs)
"""
    assert sorted(conditions(program)) == [
        "inputs is of float32",
        "inputs[-1] = units, or one of them is 1",
    ]


def test_what_callers_leave_open_is_told_by_the_function_itself() -> None:
    program = """
def residual(x, filters, strides=1):
    y = Conv2D(filters, 3, strides=strides, padding="same")(x)
    return Add()([x, y])

def backbone(image, make):
    return residual(make(image), make(64))
"""
    assert conditions(program) == ["strides = 1 and (x[-1] = filters, or one of them is 1)"]


def test_an_input_of_unknown_shape_is_a_tensor_too() -> None:
    program = """
def unet(input_shape, units):
    image = Input(input_shape)
    x = Conv2D(units, 3, padding="same")(image)
    return keras.Model(image, Concatenate()([UpSampling2D()(MaxPooling2D()(x)), x]))
"""
    assert conditions(program) == ["rows and columns of input are even"]
    assert contract(program) == "input has 4 axes and rows and columns of input are even"


def test_a_long_function_leaves_something_for_the_short_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(entering, "STEPS_FOR_CONTRACTS", 5_000)
    program = """
def long(x, deep, wide, more):
    for i in range(90):
        x = x + keras.ops.exp(x)
        if deep:
            x = keras.ops.relu(x)
        if wide:
            x = keras.ops.tanh(x)
        if more:
            x = keras.ops.tanh(x)
    return x

def short(x, filters):
    return Add()([x, Conv2D(filters, 1)(x)])
"""
    conditions = {found.name: found.condition for found in analysed(program).contracts}
    assert conditions["short"] == "x has 4 axes and (x[-1] = filters, or one of them is 1)"


ACROSS = ("tf.reshape({}, [-1])", "tf.reshape({}, [-1, 3])", "keras.ops.ravel({})")


@pytest.mark.parametrize("flat", ACROSS)
def test_what_is_flattened_across_the_samples_is_of_one_size_on_a_condition(flat: str) -> None:
    one, other = flat.format("a"), flat.format("b")
    program = f"import tensorflow as tf\ndef entry(a, b):\n    Add()([a, a])\n    return {one} - {other}\n"
    assert conditions(program) == [
        "safe",
        f"(({one})[0] = ({other})[0], or one of them is 1) and {one} and {other} are numbers of one type",
    ]


@pytest.mark.oracle
@pytest.mark.parametrize("flat", ACROSS)
def test_tensorflow_refuses_other_sizes_of_what_is_flattened(flat: str) -> None:
    tf, keras = pytest.importorskip("tensorflow"), pytest.importorskip("keras")
    scope = {"tf": tf, "keras": keras, "a": tf.ones((2, 2, 3))}
    one, other = flat.format("a"), flat.format("b")
    eval(f"{one} - {other}", {**scope, "b": tf.ones((2, 2, 3))})
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        eval(f"{one} - {other}", {**scope, "b": tf.ones((2, 3, 3))})


def test_a_reshape_that_keeps_the_samples_keeps_their_number() -> None:
    program = """
import tensorflow as tf
def entry(x):
    x = Conv2D(4, 3, padding="same")(x)
    y = tf.reshape(x, (-1, x.shape[1] * x.shape[2], 4))
    return y + Dense(4)(y)
"""
    assert conditions(program) == ["safe"]
