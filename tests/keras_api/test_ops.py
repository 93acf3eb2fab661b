"""What the ops room promises besides the answers: which names it knows, how arguments are bound."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.keras_api.ops import binding, find, modelled, raw_tf
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, OpenShape, Shape, symbol

V2, V3 = KerasVersion.V2, KerasVersion.V3
ROOT = Path(__file__).parent.parent.parent
X = TensorSpec(Shape((None, 4, 6)), "float32")
GRAPH = TensorSpec(Shape((None, 4, 6)), "float32", TensorKind.GRAPH)

# Functions of keras.ops without an entry, and why.
OPEN: dict[str, str] = {
    **dict.fromkeys(
        ["associative_scan", "cond", "custom_gradient", "fori_loop", "jvp", "map", "scan", "select",
         "switch", "vectorize", "vectorized_map", "while_loop"],
        "its result is what a function of the program gives",
    ),
    **dict.fromkeys(
        ["adaptive_average_pool", "adaptive_max_pool", "cdist", "corrcoef", "correlate", "cross",
         "fold", "unfold", "image.map_coordinates", "image.scale_and_translate", "lu_factor",
         "image.extract_patches_3d", "polar", "view", "cholesky_inverse"],
        "rare, and what Keras says of its shape was not found to be reliable",
    ),
    **dict.fromkeys(
        ["histogram", "lstsq", "nonzero", "svd", "trapezoid", "unique", "unravel_index"],
        "several results, or one whose size depends on the data",
    ),
    **dict.fromkeys(
        ["ctc_loss", "istft", "rearrange", "allclose"],
        "a formula of its own that nobody needs for a merge yet",
    ),
    **dict.fromkeys(
        ["convert_to_numpy", "is_tensor", "ndim"], "gives no tensor"
    ),
}  # fmt: skip


def keras_ops() -> set[str]:
    """Every public function of the installed ``keras.ops``, by our plain name for it."""
    return {name for name in binding.functions() if name.startswith("ops.")}


def test_every_function_of_keras_ops_has_an_entry_or_a_reason() -> None:
    missing = {name.removeprefix("ops.") for name in keras_ops() - set(modelled())}
    assert missing - set(OPEN) == set()


def test_no_reason_is_given_for_what_has_an_entry() -> None:
    assert {name for name in OPEN if f"ops.{name}" in modelled()} == set()


@pytest.mark.oracle
def test_the_signatures_are_those_of_the_installed_packages() -> None:
    script = _script("generate_op_signatures")
    data = json.loads(script.DATA.read_text(encoding="utf-8"))
    fresh = json.loads(json.dumps(script.collect()))
    assert fresh["signatures"].keys() == data["signatures"].keys()
    changed = [n for n, old in data["signatures"].items() if fresh["signatures"][n] != old]
    assert changed == []
    assert fresh["aliases"] == data["aliases"]


def test_every_entry_is_installed() -> None:
    assert [name for name in modelled() if binding.parameters(name, V3) is None] == []


def _script(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- names and arguments --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dotted", "spoken"),
    [
        ("tensorflow.math.add", "tf.add"),
        ("tensorflow.compat.v1.reduce_mean", "tf.reduce_mean"),
        ("tensorflow.nn.softmax", "tf.math.softmax"),
        ("keras.ops.nn.relu", "ops.relu"),
        ("keras.src.ops.numpy.mean", "ops.mean"),
        ("tensorflow.keras.backend.mean", "K.mean"),
        ("keras.activations.relu", "activations.relu"),
        ("keras.random.normal", "random.normal"),
    ],
)
def test_the_spellings_of_an_op(dotted: str, spoken: str) -> None:
    op = find(dotted, V3)
    assert op is not None
    assert op.spoken == spoken


@pytest.mark.parametrize("dotted", ["numpy.mean", "tensorflow.no_such_thing", "keras.ops.no_such"])
def test_what_is_no_op(dotted: str) -> None:
    assert find(dotted, V3) is None


@pytest.mark.parametrize(
    ("dotted", "name"),
    [("tensorflow.reduce_sum", "ops.sum"), ("tensorflow.concat", "ops.concatenate"),
     ("tf_keras.backend.sum", "ops.sum"), ("keras.ops.take", "ops.gather")],
)  # fmt: skip
def test_one_word_for_many_spellings(dotted: str, name: str) -> None:
    op = find(dotted, V3)
    assert op is not None
    assert op.name == name


def outputs(dotted: str, *args: Any, version: KerasVersion = V3, **kwargs: Any) -> Any:
    op = find(dotted, version)
    assert op is not None
    return op.call(args, kwargs, version).outputs


def test_defaults_differ_between_namespaces() -> None:
    assert outputs("keras.ops.stack", [X, X]).dims == (2, None, 4, 6)
    assert outputs("tf_keras.backend.concatenate", [X, X], version=V2).dims == (None, 4, 12)
    assert outputs("keras.ops.cumsum", X).dims == (None,)
    assert outputs("tensorflow.cumsum", GRAPH).dims == (None, 4, 6)


def test_old_keyword_names_are_understood() -> None:
    assert outputs("tensorflow.reduce_mean", GRAPH, 1, keep_dims=True).dims == (None, 1, 6)
    assert outputs("tensorflow.reduce_mean", GRAPH, reduction_indices=[1]).dims == (None, 6)


def test_arguments_that_do_not_fit_say_nothing() -> None:
    assert outputs("keras.ops.mean", X, 1, True, "surplus", 5) is UNKNOWN
    assert outputs("keras.ops.mean", X, no_such=1) is UNKNOWN
    assert outputs("keras.ops.mean") is UNKNOWN


def test_where_a_tensor_belongs() -> None:
    gather = find("tensorflow.gather", V3)
    assert gather is not None
    assert gather.wants_tensor(0)
    assert gather.wants_tensor("params")
    assert not gather.wants_tensor(3)
    assert not gather.wants_tensor("axis")


# -- kinds of tensors -----------------------------------------------------------------------


def test_a_tensor_of_any_kind_gets_what_all_kinds_agree_on() -> None:
    any_kind = TensorSpec(Shape((2, 1)), "float32", TensorKind.ANY)
    assert outputs("keras.ops.mean", any_kind, 1).dims == (2,)
    loose = TensorSpec(Shape((None,)), "float32", TensorKind.ANY)
    assert (
        outputs("keras.ops.hstack", [loose, loose]).shape == OpenShape()
    )  # Keras's own rule raises
    with pytest.raises(Broken):
        outputs("keras.ops.mean", any_kind, 5)


def test_data_has_no_open_sizes() -> None:
    held = TensorSpec(Shape((4, 2)), "float32", TensorKind.EAGER)
    mask = TensorSpec(Shape((4,)), "bool", TensorKind.EAGER)
    assert outputs("tensorflow.boolean_mask", held, mask).dims == (UNKNOWN, 2)


def test_symbolic_sizes_go_through() -> None:
    n = symbol("n")
    spec = TensorSpec(Shape((None, n, 6)), "float32", TensorKind.GRAPH)
    assert (
        outputs("tensorflow.concat", [spec, spec], 1).dims[1]
        == outputs("tensorflow.tile", spec, [1, 2, 1]).dims[1]
    )
    with pytest.raises(Broken):
        outputs("tensorflow.stack", [spec, spec.with_shape(Shape((None, 7, 5)))])


# -- raw TensorFlow on Keras tensors --------------------------------------------------------


@pytest.mark.parametrize(
    ("dotted", "args", "hint"),
    [
        ("tensorflow.concat", ([X, X], -1), "use keras.ops.concatenate"),
        ("tensorflow.reduce_mean", (X,), "use keras.ops.mean"),
        ("tensorflow.math.multiply", (2.0, X), "use keras.ops.multiply"),
        ("tensorflow.image.resize", (X, (4, 4)), "use keras.ops.image.resize"),
        ("tensorflow.einsum", ("abc->ac", X), "use keras.ops.einsum"),
        ("tensorflow.nn.relu", (X,), "use keras.ops.relu"),
        ("tensorflow.keras.backend.mean", (X,), "use keras.ops.mean"),
    ],
)
def test_a_keras_tensor_is_refused(dotted: str, args: Any, hint: str) -> None:
    op = find(dotted, V3)
    assert op is not None
    with pytest.raises(Broken) as caught:
        op.call(args, {}, V3)
    assert caught.value.problem.kind is ProblemKind.RAW_TF_ON_KERAS
    assert caught.value.problem.hint == hint


def test_a_function_without_a_rule_is_refused_too() -> None:
    op = find("tensorflow.image.encode_png", V3)
    assert op is not None
    assert "tf.image.encode_png" not in modelled()
    with pytest.raises(Broken):
        op.call([X], {}, V3)
    assert op.call([GRAPH], {}, V3).outputs is UNKNOWN


@pytest.mark.parametrize("version", [V2, V3])
def test_what_is_not_refused(version: KerasVersion) -> None:
    assert outputs("tensorflow.concat", [GRAPH, GRAPH], -1, version=version).dims == (None, 4, 12)
    assert outputs("tensorflow.keras.backend.int_shape", X, version=version) == (None, 4, 6)


@pytest.mark.parametrize("dotted", ["tensorflow.constant", "tensorflow.zeros", "keras.ops.cast"])
def test_a_list_is_no_data_type(dotted: str) -> None:
    op = find(dotted, V3)
    assert op is not None
    with pytest.raises(Broken) as caught:
        op.call([[2, 3], [1.0, 0.5]], {}, V3)
    assert caught.value.problem.exception == "TypeError"


def test_keras_2_takes_them() -> None:
    assert outputs("tensorflow.concat", [X, X], -1, version=V2).dims == (None, 4, 12)


@pytest.mark.oracle
@pytest.mark.parametrize("name", ["tf.add", "tf.concat", "tf.reduce_mean", "tf.cast", "tf.shape",
                                  "tf.where", "K3.mean", "K3.int_shape", "tf.divide"])  # fmt: skip
def test_the_measured_table_still_holds(name: str) -> None:
    from tests.keras_api import op_draws

    script = _script("measure_raw_tf")
    spoken = name.replace("K3.", "K.")
    yes, _ = script.measure_known(spoken, op_draws.table()[spoken])
    assert sorted(yes) == sorted(raw_tf._measured().get(name, []))
