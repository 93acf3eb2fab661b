"""Findings as plain data: what is in a plan, what is not, and why there is none."""

from __future__ import annotations

import json
from typing import Any

from kerasmergelint.runtime.plan import as_json
from tests.runtime.programs import CLASS_TOKEN, KERAS, records


def plan(text: str, **options: Any) -> dict[str, Any]:
    """The only plan of the only finding of a program."""
    (record,) = records(KERAS + text, **options)
    assert record.plans, record.reason
    return as_json(record.plans[0], lambda site: None)


def reason(text: str) -> str:
    (record,) = records(KERAS + text)
    assert not record.plans
    return record.reason


ADD = "x = keras.Input((8,))\na = layers.Dense(3)(x)\n"


def test_a_plan_survives_json() -> None:
    made = plan(ADD + "layers.Add()([a, layers.Dense(4)(x)])\n")
    assert json.loads(json.dumps(made)) == made


def test_a_plan_begins_with_inputs_and_ends_with_the_call() -> None:
    steps = plan(ADD + "layers.Add()([a, layers.Dense(4)(x)])\n")["steps"]
    assert [step["do"] for step in steps] == ["input", "layer", "layer", "layer"]
    assert steps[0]["shape"] == [None, 8]
    references = steps[-1]["args"][0]["items"]
    assert [reference["step"] for reference in references] == [1, 2]


def test_what_does_not_lead_to_the_call_is_left_out() -> None:
    steps = plan(ADD + "layers.Dense(7)(x)\nlayers.Add()([a, layers.Dense(4)(x)])\n")["steps"]
    assert len(steps) == 4


def test_configurations_hold_what_differs_from_the_default() -> None:
    layers = plan(
        "x = keras.Input((8, 8, 3))\n"
        "a = layers.Conv2D(4, 3, strides=2, activation='relu', kernel_regularizer='l2')(x)\n"
        "layers.Add()([a, x])\n"
    )["layers"]
    convolution = next(entry for entry in layers if entry["class"] == "layers.Conv2D")
    config = convolution["config"]
    assert config["filters"] == 4
    assert config["strides"] == 2
    assert "padding" not in config
    assert config["kernel_initializer"] == "zeros"


def test_a_list_that_grows_later_is_planned_as_it_was() -> None:
    made = plan(
        ADD + "many = [a, layers.Dense(4)(x)]\n"
        "layers.Add()(many)\nmany.append(layers.Dense(5)(x))\nmany.clear()\n"
    )
    assert len(made["steps"][-1]["args"][0]["items"]) == 2


def test_the_first_use_of_a_layer_is_made_again() -> None:
    steps = plan(
        "shared = layers.Dense(4)\nshared(keras.Input((8,)))\nshared(keras.Input((9,)))\n"
    )["steps"]
    assert [step["do"] for step in steps] == ["input", "layer", "input", "layer"]
    assert steps[1]["layer"] == steps[3]["layer"]


def test_a_layer_of_the_program_is_replaced_by_an_input_of_its_shape() -> None:
    text = (
        "class Twice(layers.Layer):\n    def call(self, x):\n        return x * 2\n"
        "x = keras.Input((8,))\nlayers.Add()([Twice()(x), layers.Dense(4)(x)])\n"
    )
    made = plan(text)
    assert "stood in for the output of Twice" in made["assumed"][0]
    assert not made["guessed"]


def test_a_class_of_the_program_is_planned_where_that_is_allowed() -> None:
    text = (
        "class Wider(layers.Layer):\n"
        "    def __init__(self, units):\n        super().__init__()\n"
        "        self.inner = layers.Dense(units)\n"
        "    def call(self, x):\n        return self.inner(x)\n"
        "x = keras.Input((8,))\nlayers.Add()([Wider(5)(x), layers.Dense(4)(x)])\n"
    )
    made = plan(text, allow_user_code=True)
    (custom,) = (entry for entry in made["layers"] if entry["kind"] == "custom")
    assert (custom["class"], custom["args"]) == ("Wider", [5])
    assert not made["assumed"]


def test_a_symbol_gets_a_number() -> None:
    made = plan(
        "def f(n):\n    x = keras.Input((n * 2, 8))\n"
        "    return layers.Concatenate()([x, keras.Input((n * 2 + 1, 8))])\n"
    )
    shapes = [step["shape"] for step in made["steps"] if step["do"] == "input"]
    assert shapes == [[None, 128, 8], [None, 129, 8]]
    assert made["assumed"] == ["with n = 64, chosen by us"]
    assert made["guessed"]


def test_ranks_are_tried_where_nothing_is_known() -> None:
    (record,) = records(
        KERAS + "def f(x):\n    return layers.Add()([layers.Dense(5)(x), layers.Dense(6)(x)])\n"
    )
    shapes = [as_json(one, lambda site: None)["steps"][0]["shape"] for one in record.plans]
    assert [len(shape) for shape in shapes] == [4, 3, 2, 5]


def test_what_happens_in_call_is_planned_in_a_graph() -> None:
    text = (
        "from keras import ops\n"
        "class Mix(layers.Layer):\n    def call(self, x):\n"
        "        return ops.concatenate([x, x[:, 1:]], axis=-1)\n"
        "Mix()(keras.Input((8, 4)))\n"
    )
    last = plan(text)["steps"][-1]
    assert (last["do"], last["name"], last["world"]) == (
        "function",
        "keras:ops.concatenate",
        "graph",
    )


def test_what_follows_from_the_graph_stays_in_it() -> None:
    steps = plan(CLASS_TOKEN)["steps"]
    broadcast = next(step for step in steps if step.get("name") == "tensorflow:broadcast_to")
    assert broadcast["world"] == "graph"


def test_models_are_planned_with_their_graph() -> None:
    text = (
        "i = keras.Input((8,))\nm = keras.Model(i, layers.Dense(3)(i))\n"
        "layers.Add()([m(keras.Input((8,))), keras.Input((4,))])\n"
    )
    assert [entry["kind"] for entry in plan(text)["layers"]].count("model") == 1


def test_applications_are_planned_by_name_and_without_weights() -> None:
    text = (
        "net = keras.applications.MobileNetV2(include_top=False, input_shape=(64, 64, 3))\n"
        "y = net(keras.Input((64, 64, 3)))\nlayers.Add()([y, keras.Input((3, 3, 8))])\n"
    )
    entries = plan(text)["layers"]
    (application,) = (e for e in entries if e["class"] == "applications.MobileNetV2")
    assert application["config"]["weights"] is None


def test_a_lambda_that_does_not_lead_to_the_call_is_left_out() -> None:
    text = (
        "import secret\nx = layers.Lambda(secret.function)(keras.Input((8,)))\n"
        "i = keras.Input((4,))\nkeras.Model(keras.Input((3,)), layers.Dense(2)(i))\n"
    )
    made = plan(text)
    assert made["steps"][-1]["name"] == "keras:Model"


def test_a_graph_error_is_not_planned_with_stand_ins() -> None:
    text = (
        "class Own(layers.Layer):\n    def call(self, x):\n        return x * 2\n"
        "i = keras.Input((4,))\nj = keras.Input((4,))\n"
        "keras.Model(i, layers.Add()([Own()(i), j]))\n"
    )
    assert reason(text).startswith("the whole graph is needed")


def test_without_a_recorder_nothing_is_kept() -> None:
    from kerasmergelint.options import Settings
    from kerasmergelint.tracker.program.analysis import analyse

    report = analyse(KERAS + ADD + "layers.Add()([a, x])\n", "program.py", Settings())
    assert [event.record for event in report.events] == [None]
