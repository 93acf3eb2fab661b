"""Every merge of a file has a verdict: safe only if proved on all paths, unknown with a reason."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.findings import Places, why_unknown
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.program.analysis import analyse
from kerasmergelint.tracker.program.report import Report, Watch

_START = "import keras\nfrom keras import Input, layers\n"


def verdicts(program: str) -> list[tuple[str, Verdict, str]]:
    report: Report = analyse(_START + program, "program.py", Settings(), watch=Watch.MERGES)
    report.add_unreached()
    return [(m.callee, m.verdict, m.words) for m in report.merges.values()]


def test_safe_and_broken() -> None:
    program = """
a, b = Input((3,)), Input((5,))
layers.Concatenate()([a, b])
layers.Add()([a, b])
"""
    (first, second) = verdicts(program)
    assert first[:2] == ("Concatenate", Verdict.SAFE)
    assert second[:2] == ("Add", Verdict.BROKEN)


def test_unknown_says_why() -> None:
    program = """
import joblib
a = layers.Dense(3)(joblib.load("inputs"))
layers.Dot(int(input()))([a, joblib.load("more")])
"""
    ((_, verdict, reason),) = verdicts(program)
    assert verdict is Verdict.UNKNOWN
    assert "joblib.load" in reason


def test_a_merge_that_no_path_reaches_is_unknown() -> None:
    program = """
def build(x):
    raise NotImplementedError
    return layers.Add()([x, x])
"""
    assert verdicts(program) == [
        ("Add", Verdict.UNKNOWN, "no path that was followed reaches it"),
    ]


def test_the_method_of_a_set_is_no_merge() -> None:
    assert verdicts("def f(seen, x):\n    return 1\n    seen.add(x)\n") == []


_MANY_CHOICES = "".join(f"    if flags[{n}]:\n        n += {n}\n" for n in range(60))


def test_choices_that_no_shape_depends_on_do_not_matter() -> None:
    program = f"""
def build(flags):
    n = 0
{_MANY_CHOICES}    x = layers.Dense(4)(Input((3,)))
    return layers.Add()([x, layers.Dense(4)(x)])
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE]


def test_a_size_that_many_choices_make_is_one_size() -> None:
    program = f"""
def build(flags):
    n = 1
{_MANY_CHOICES}    x = layers.Dense(n)(Input((3,)))
    layers.Add()([x, layers.Dense(n)(x)])
    return layers.Add()([x, layers.Dense(40)(x)])
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE, Verdict.BROKEN]


def test_what_fails_on_one_of_many_paths_is_not_safe() -> None:
    program = f"""
def build(flags, where):
    n = 0
{_MANY_CHOICES}    other = layers.Dense(4)
    if where.found() is None:
        other = layers.Dense(5)
    x = layers.Dense(4)(Input((3,)))
    return layers.Add()([x, other(x)])
"""
    ((_, verdict, reason),) = verdicts(program)
    assert verdict is Verdict.CONDITIONAL
    assert reason == "other(x) has 2 axes and ((other(x))[-1] = 4 or 1)"


def test_nothing_is_safe_while_paths_are_left_out() -> None:
    program = f"""
def build(flags, seen=()):
    n = 0
{_MANY_CHOICES}    x = layers.Dense(4)(Input((3,)))
    y = layers.Add()([x, layers.Dense(4)(x)])
    while flags:
        n = build(flags, [seen])
    return y
"""
    ((_, verdict, reason),) = verdicts(program)
    assert verdict is Verdict.UNKNOWN
    assert "not all" in reason


def test_how_a_model_is_compiled_does_not_matter() -> None:
    program = f"""
def build(flags):
    n = 0
{_MANY_CHOICES}    x = Input((3,))
    model = keras.Model(x, layers.Dense(2)(x))
    if flags[-1]:
        model.compile("adam", "mse")
    else:
        model.compile("sgd", "mae")
    return layers.Add()([model(x), layers.Dense(2)(x)])
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE]


def test_verdicts_have_a_budget_of_their_own() -> None:
    """What uses up the steps of a file leaves the functions after it without a run for findings."""
    deep = "".join(f"    x = layers.Dense(8)(x)  # {n}\n" for n in range(6_000))
    program = f"""
def build():
    x = Input((8,))
{deep}    return x

def merge():
    x = Input((8,))
    return layers.Add()([x, layers.Dense(8)(x)])
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE]


def test_operators_on_arrays_merge_nothing() -> None:
    program = """
import numpy as np
rows = np.zeros((3, 4)) + np.ones((3, 1))
layers.Dense(4)(Input((4,))) * rows
"""
    assert [(callee, verdict) for callee, verdict, _ in verdicts(program)] == [
        ("*", Verdict.CONDITIONAL),  # on the batch, which meets three rows
    ]


def test_the_backend_of_keras_is_known() -> None:
    program = """
import os
backend = "tensorflow"
if "KERAS_BACKEND" in os.environ:
    backend = os.environ["KERAS_BACKEND"]
x = Input((3,))
layers.Add()([x, layers.Dense(3 if backend == "tensorflow" else 4)(x)])
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE]


_UNREACHED = "no path that was followed reaches it"


def test_operators_and_functions_that_no_path_reaches() -> None:
    program = """
def build(x):
    raise NotImplementedError
    y = layers.Dense(3)(x)
    y = y * layers.Dense(3)(y)
    return keras.ops.concatenate([x, y])
"""
    assert verdicts(program) == [
        ("*", Verdict.UNKNOWN, _UNREACHED),
        ("ops.concatenate", Verdict.UNKNOWN, _UNREACHED),
    ]


def test_a_layer_of_the_programs_own_that_no_path_reaches() -> None:
    program = """
class Gate(layers.Layer):
    def call(self, inputs):
        return inputs[0]

def build(x):
    raise NotImplementedError
    return Gate()([x, x])
"""
    assert verdicts(program) == [("Gate", Verdict.UNKNOWN, _UNREACHED)]


def test_what_a_layer_of_the_programs_own_does_is_seen_inside_of_it() -> None:
    program = """
class Gate(layers.Layer):
    def call(self, inputs):
        return inputs[0] * inputs[1]

Gate()([Input((3,)), Input((3,))])
layers.Lambda(lambda x: x[0] + x[1])([Input((3,)), Input((3,))])
"""
    assert [(name, verdict) for name, verdict, _ in verdicts(program)] == [
        ("*", Verdict.SAFE), ("+", Verdict.SAFE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "name", "reason"),
    [
        ("for x in y.parts(): return x * layers.Dense(3)(x)", "*", "an item of something unknown"),
    ],
)
def test_what_was_run_on_things_that_are_not_known_says_which(
    lines: str, name: str, reason: str
) -> None:
    program = f"""
def build(x, y):
    {lines}
"""
    ((callee, verdict, why),) = verdicts(program)
    assert (callee, verdict) == (name, Verdict.UNKNOWN)
    assert reason in why


def test_a_callee_that_is_not_known_in_the_run_says_so() -> None:
    program = """
class Net:
    def __init__(self):
        self.join = None

    def prepare(self):
        self.join = layers.Add()

    def build(self, x):
        return self.join([x, x])
"""
    assert verdicts(program) == [
        ("Add", Verdict.UNKNOWN, "join may be set by another method"),
    ]


@pytest.mark.parametrize(
    "program",
    [
        "layer = layers.Add() if 1 > 2 else layers.Dense(3)\nlayer(Input((3,)))\n",
        "x = layers.Dense(3)(Input((3,)))\nx = 1\ny = 2\nx = x + y\n",
        "scale = len('ab')\ny = layers.Dense(3)(Input((3,))) * scale\n",
        "first = [layers.Dense(3)(Input((3,)))]\nboth = first + first\nboth += first\n",
    ],
    ids=["another layer", "numbers", "a tensor and a number", "lists"],
)
def test_what_was_run_and_is_no_merge_is_not_listed(program: str) -> None:
    assert verdicts(program) == []


@pytest.mark.parametrize(
    "body",
    ["return x + y", "return layer([x, y])", "return len(x) + 1", "return x.size * y.size"],
)
def test_what_names_leave_open_needs_a_run_that_meets_it(body: str) -> None:
    assert verdicts(f"def combine(x, y, layer):\n    raise ValueError\n    {body}\n") == []
    assert verdicts(f"def combine(x, y, layer):\n    {body}\n") == []


def test_where_nobody_watched_only_calls_that_are_certainly_merges_are_told() -> None:
    program = """
def build(x):
    raise NotImplementedError
    x = layers.Add()([x, x])
    return keras.ops.add(x, x) + x
"""
    report = analyse(_START + program, "program.py", Settings())
    report.add_unreached()
    assert [merge.callee for merge in report.merges.values()] == ["Add"]


def test_to_watch_changes_nothing_else() -> None:
    program = _START + "a = Input((3,))\nfor n in range(5):\n    a = layers.Add()([a, a * n])\n"
    plain, watched = (
        analyse(program, "program.py", Settings(), watch=watch)
        for watch in (Watch.NOTHING, Watch.MERGES)
    )
    assert plain.interpreter is not None and watched.interpreter is not None
    assert plain.interpreter.budget.used == watched.interpreter.budget.used
    assert [m.verdict for m in plain.merges.values()] == [Verdict.SAFE] * 1
    assert len(watched.merges) == len(plain.merges)
    assert plain.watched is None and watched.watched is not None


def test_conditional_says_for_which_sizes() -> None:
    program = """
def project(words, size):
    vectors = layers.Dense(size)(Input((8,)))
    return layers.Add()([vectors, layers.Dense(len(words))(Input((4,)))])
"""
    ((_, verdict, condition),) = verdicts(program)
    assert verdict is Verdict.CONDITIONAL
    assert condition == "len(words) = size, or one of them is 1"


def test_stacking_sizes_that_may_differ_is_not_safe() -> None:
    program = """
def pack(n, m):
    return keras.ops.stack([Input((n,)), Input((m,))])
"""
    assert verdicts(program) == [("ops.stack", Verdict.CONDITIONAL, "m = n")]


def test_what_was_asked_before_is_no_condition_any_more() -> None:
    program = """
def residual(n):
    x = Input((n,))
    y = layers.Dense(64)(x)
    if n != 64:
        x = layers.Dense(64)(x)
    return layers.Add()([x, y])
"""
    assert verdicts(program) == [("Add", Verdict.SAFE, "")]


@pytest.mark.parametrize(
    "change",
    [
        "model(Input((3,)))",
        "model.name = 'other'",
        "model.add(layers.Dense(2))",
        "model.compile('adam', 'mse')",
    ],
)
@pytest.mark.parametrize(
    "made",
    ["keras.Sequential([Input((3,)), layers.Dense(4)])", "keras.Model(x, layers.Dense(4)(x))"],
)
def test_a_model_that_is_changed_on_some_paths_is_no_bug_of_ours(made: str, change: str) -> None:
    program = f"""
def build(flags):
    n = 0
{_MANY_CHOICES}    x = Input((3,))
    model = {made}
    if isinstance(flags, list) and flags[61]:
        {change}
    return layers.Add()([x, x])
"""
    report = analyse(_START + program, "program.py", Settings())
    assert report.errors == []


_FROM_ELSEWHERE = "from elsewhere import load\n"


def test_what_layers_are_called_on_is_a_tensor_whoever_made_it() -> None:
    program = f"""{_FROM_ELSEWHERE}
x = layers.Conv2D(8, 3, padding="same")(load())
layers.Add()([x, layers.Conv2D(8, 3, padding="same")(x)])
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE]


def test_it_has_any_rank_that_its_layers_take() -> None:
    program = f"""{_FROM_ELSEWHERE}
x = layers.Dense(8)(load())
layers.Add()([x, layers.Dense(8)(x)])
layers.Concatenate(axis=2)([x, x])
"""
    (first, second) = verdicts(program)
    assert first[1] is Verdict.SAFE
    assert second[1:] == (Verdict.CONDITIONAL, "x has 3, 4 or 5 axes"), "a matrix has no third axis"


def test_the_condition_is_about_the_variable_that_holds_it() -> None:
    program = f"""{_FROM_ELSEWHERE}
image = load()
layers.Add()([image, layers.Conv2D(8, 3, padding="same")(image)])
"""
    assert verdicts(program) == [("Add", Verdict.CONDITIONAL, "image[-1] = 8 or 1")]


def test_two_values_of_one_name_are_not_the_same() -> None:
    program = f"""{_FROM_ELSEWHERE}
def build(x):
    kept = layers.Conv2D(8, 3, padding="same")(x)
    x = load(x)
    more = layers.Conv2D(8, 3, padding="same")(x)
    return layers.Add()([kept, more])
"""
    ((_, verdict, needed),) = verdicts(program)
    assert verdict is Verdict.CONDITIONAL
    assert needed == "rows and columns of kept are those of more, or one of both is 1"


def test_further_arguments_may_be_passed() -> None:
    program = f"""{_FROM_ELSEWHERE}
def build(x, *more):
    x = layers.Conv2D(8, 3, padding="same")(load(x))
    for other in more:
        x = other(x)
    return layers.Add()([x, layers.Conv2D(8, 3, padding="same")(x)])
"""
    ((_, verdict, _),) = verdicts(program)
    assert verdict is not Verdict.SAFE


def test_what_is_safe_with_its_defaults_says_so() -> None:
    program = """
def build(depth=3, name="net"):
    x = Input((8,))
    for _ in range(depth):
        x = layers.Add()([x, layers.Dense(8)(x)])
    return x

def named(name="net"):
    x = Input((8,), name=name)
    return layers.Add()([x, layers.Dense(8)(x)])

def called(depth=3):
    x = Input((depth,))
    return layers.Add()([x, layers.Dense(depth)(x)])

called(5)
"""
    assert sorted(verdicts(program)) == [
        ("Add", Verdict.SAFE, ""),
        ("Add", Verdict.SAFE, ""),
        ("Add", Verdict.SAFE, "with the defaults of build"),
    ]


_OF_TWO_RANKS = "(tf.ones((2, 3)) if load() else tf.ones((2, 3, 4)))"
_ALIKE = "tf.sqrt(load()) / x"  # two values of which the words are the same
_A_SHAPE = '; annotate it with its shape, as in x: "(None, 32, 32, 3)"'


@pytest.mark.parametrize(
    ("merge", "declaration"),
    [
        (f"{_ALIKE} + {_ALIKE}", f"{_A_SHAPE}, or as a number, x: int"),
        (f"tf.concat([tf.broadcast_to(2.0, x), {_OF_TWO_RANKS}], axis=0)", ""),
    ],
)
def test_the_declaration_fits_what_the_parameter_is_taken_for(merge: str, declaration: str) -> None:
    program = f"{_START}{_FROM_ELSEWHERE}import tensorflow as tf\ndef f(x):\n    return {merge}\n"
    report = analyse(program, "program.py", Settings(), watch=Watch.MERGES)
    (met,) = (m for m in report.merges.values() if m.callee in ("+", "tf.concat"))
    assert met.verdict is Verdict.UNKNOWN
    assert why_unknown(met, Places(report)).endswith(
        f"the parameter x is whatever a caller gives{declaration}"
    )


def test_a_loss_of_anything_is_a_number() -> None:
    program = f"""{_FROM_ELSEWHERE}
first, second = keras.losses.MeanSquaredError(), keras.losses.Huber()
total = first(load(), load()) + second(load(), load())
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE]


def test_a_map_over_several_tensors_in_a_list() -> None:
    program = """
from keras import backend as K
class Sum(layers.Layer):
    def call(self, inputs):
        both = K.map_fn(lambda rows: rows[0] + rows[1], elems=inputs, dtype="float32")
        return both * K.ones((6,))

Sum()([Input((4, 6)), layers.Dense(6)(Input((4, 3)))])
"""
    assert [verdict for _, verdict, _ in verdicts(program)] == [Verdict.SAFE, Verdict.SAFE]


@pytest.mark.parametrize(
    "body",
    [
        "d = layers.Dense(4)\nd(x)\nz = tf.ones((2, 8)) @ d.weights[0] + d.weights[1]",
        "d = layers.Dense(4)\nd(x)\nm = keras.Sequential([d])\nz = tf.ones((8, 1)) * m.weights[0]",
        "d = layers.DepthwiseConv1D(3)\nd(Input((9, 8)))\nz = tf.ones((3, 8, 1)) * d.kernel",
        "b = layers.BatchNormalization()\nb(x)\nz = tf.add_n([v + 1.0 for v in b.trainable_weights])",
    ],
)
def test_weights_have_the_shapes_that_the_first_call_gave_them(body: str) -> None:
    found = verdicts(f"import tensorflow as tf\nx = Input((8,))\n{body}\n")
    assert found != []
    assert {verdict for _, verdict, _ in found} == {Verdict.SAFE}


def test_which_weights_training_leaves_alone_is_open_once_the_program_decides() -> None:
    program = "d = layers.Dense(4)\nd(Input((8,)))\nd.trainable = False\nlayers.Add()(d.trainable_weights)\n"
    ((_, _, condition),) = verdicts(program)
    assert condition == "d.trainable_weights has 2 items or more, all of one shape"


def test_merges_of_a_constructor_are_judged_by_its_own_run() -> None:
    """It takes so long that the runs of some methods, which begin with it, get no further."""
    program = """
class Net:
    def __init__(self, read):
        x = layers.Dense(4)(read("x"))
        self.x = layers.Add()([x, read("skip")])
        self.table = {step: step * step % 7 for step in range(20000)}

    def one(self):
        return self.table[1]

    def two(self):
        return self.table[2]

    def three(self):
        return self.table[3]
"""
    ((callee, verdict, _),) = verdicts(program)
    assert (callee, verdict) == ("Add", Verdict.CONDITIONAL)


def test_a_loop_over_something_unknown_leaves_words_for_what_it_puts_into_a_list() -> None:
    program = """
def build(x, table):
    found = []
    for column, size in table.items():
        found.append(layers.Embedding(size, 64)(column))
    return layers.concatenate([x] + found)
"""
    ((_, verdict, condition),) = verdicts(program)
    assert verdict is Verdict.CONDITIONAL
    assert condition == "[x] + found has 2 items or more, all of one shape but for the last axis"


def test_two_calls_of_which_each_knows_one_size_are_told_in_general() -> None:
    program = """
from elsewhere import make

def refine(inputs, filters):
    x = layers.Conv2D(filters, 1)(make(inputs))
    return layers.multiply([inputs, x])

refine(make(), 8)
refine(layers.Conv2D(16, 3)(make()), 16)
"""
    ((_, verdict, condition),) = verdicts(program)
    assert verdict is Verdict.CONDITIONAL
    assert condition == (
        "inputs and x have as many axes as each other and (inputs[-1] = x[-1], or one of them is 1) "
        "and (inner sizes of inputs are those of x, or one of both is 1)"
    )


def test_a_list_that_takes_too_many_words_is_the_list() -> None:
    program = """
def build(numbers_of_the_first_users, table):
    embeddings_of_the_columns = []
    for column in table:
        embeddings_of_the_columns.append(layers.Embedding(9, 64)(column))
    return layers.concatenate([numbers_of_the_first_users] + embeddings_of_the_columns)
"""
    ((_, verdict, condition),) = verdicts(program)
    assert verdict is Verdict.CONDITIONAL
    assert condition == "the list has 2 items or more, all of one shape but for the last axis"


@pytest.mark.parametrize(
    ("imported", "called"),
    [("from keras.layers import merge as join", "join"), ("", "layers.merge")],
)
def test_calls_of_what_keras_removed_are_broken_where_that_is_found(
    imported: str, called: str
) -> None:
    program = f"""
{imported}
def build():
    return {called}([Input((3,)), Input((3,))], mode="concat")
"""
    assert verdicts(program) == [("merge", Verdict.BROKEN, "`merge` was removed with Keras 1")]


def test_calls_of_what_keras_removed_are_unknown_where_the_import_may_fail() -> None:
    program = """
try:
    from keras.layers import merge
except ImportError:
    from house import merge
def build():
    return merge([Input((3,)), Input((3,))], mode="concat")
"""
    (merge,) = verdicts(program)
    assert merge[1] is Verdict.UNKNOWN
