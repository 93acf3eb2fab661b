"""Arguments that were renamed or are misspelt, and arguments in the wrong order."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from functools import partial

from kerasmergelint.repairs.families.family import Candidate, Example, Family, Scene, rewrites
from kerasmergelint.repairs.scene import last_name
from kerasmergelint.repairs.texts import Text
from kerasmergelint.syntax.codemods import RenameArgument, TensorsBeforeAxis

# What Keras 1 and others called them.
_RENAMED = {
    "nb_filter": "filters", "subsample": "strides", "border_mode": "padding", "output_dim": "units",
    "init": "kernel_initializer", "inner_init": "recurrent_initializer", "bias": "use_bias",
    "inner_activation": "recurrent_activation", "W_regularizer": "kernel_regularizer",
    "b_regularizer": "bias_regularizer", "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint", "pool_length": "pool_size", "filter_length": "kernel_size",
    "concat_axis": "axis", "dim": "axis", "p": "rate", "atrous_rate": "dilation_rate",
    "stride": "strides", "filter": "filters", "kernel": "kernel_size", "keep_dims": "keepdims",
}  # fmt: skip
_ALIKE = 0.75
_CODES = ("KML306", "KML307", "KML131", "KML141", "KML309")


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.finding.code not in _CODES:
        return
    for text, call in scene.calls:
        if scene.near(text, call) < 3.0:
            yield from _renamed(scene, text, call)
            yield from _swapped(scene, text, call)


def _renamed(scene: Scene, text: Text, call: ast.Call) -> Iterator[Candidate]:
    known = scene.parameters(last_name(call.func))
    for keyword in call.keywords:
        name = keyword.arg
        if name is None or name in known or not known:
            continue
        close = difflib.get_close_matches(name, known, 1, _ALIKE)
        new = _RENAMED.get(name, close[0] if close else "")
        if new in known:
            command = partial(RenameArgument, places=[text.place_of(call)], old=name, new=new)
            yield from rewrites(scene, text, call, command, f"use {new}= instead of {name}=")


def _swapped(scene: Scene, text: Text, call: ast.Call) -> Iterator[Candidate]:
    """``tf.concat(3, [a, b])``"""
    if len(call.args) < 2 or not isinstance(call.args[1], (ast.List, ast.Tuple)):
        return
    first = call.args[0]
    number = first.operand if isinstance(first, ast.UnaryOp) else first
    if isinstance(number, ast.Constant):
        command = partial(TensorsBeforeAxis, places=[text.place_of(call)])
        yield from rewrites(scene, text, call, command, "pass the tensors before the axis")


FAMILY = Family(
    "arguments",
    "another name or order of arguments",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Conv2D\n"
            "\n"
            "image = Input((32, 32, 3))\n"
            "x = Conv2D(8, 3, stride=2)(image)\n",
            "from keras import Input\n"
            "from keras.layers import Conv2D\n"
            "\n"
            "image = Input((32, 32, 3))\n"
            "x = Conv2D(8, 3, strides=2)(image)\n",
        ),
    ),
)
