"""Flags that decide about the rank: ``return_sequences``, ``keepdims`` and others."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import (
    Candidate,
    Example,
    Family,
    Scene,
    is_of_keras,
    replaced,
    with_argument,
)
from kerasmergelint.repairs.families.windows import constructors

_RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM", "CuDNN")
_REDUCING = (
    "sum",
    "mean",
    "max",
    "min",
    "reduce_",
    "GlobalAverage",
    "GlobalMax",
    "GlobalAvg",
    "argmax",
)


def _candidates(scene: Scene) -> Iterator[Candidate]:
    for slot in scene.slots:
        node = slot.node
        if scene.is_of_data and not is_of_keras(slot):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            cost = 1.2 if slot.parameter in ("return_sequences", "keepdims") else 1.8
            yield replaced(scene, slot, str(not node.value), cost)
    for prefixes, name in ((_RECURRENT, "return_sequences"), (_REDUCING, "keepdims")):
        for slot, given in constructors(scene, prefixes):
            if name not in given:
                candidate = with_argument(scene, slot, name, "True", 1.2)
                if candidate is not None:
                    yield candidate


FAMILY = Family(
    "flags",
    "return_sequences, keepdims or another flag",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate, LSTM\n"
            "\n"
            "words = Input((20, 8))\n"
            "context = LSTM(16)(words)\n"
            "merged = Concatenate()([words, context])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate, LSTM\n"
            "\n"
            "words = Input((20, 8))\n"
            "context = LSTM(16, return_sequences=True)(words)\n"
            "merged = Concatenate()([words, context])\n",
        ),
    ),
)
