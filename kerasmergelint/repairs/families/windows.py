"""Strides, pool sizes, kernel sizes and factors: what a branch is scaled or shrunk by."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import (
    Candidate,
    Example,
    Family,
    Scene,
    Slot,
    changed,
    further_argument,
    replaced,
    with_argument,
)
from kerasmergelint.repairs.scene import About, last_name

NAMES = {
    "strides": (1, 2, 4), "stride": (1, 2, 4), "subsample": (1, 2),
    "pool_size": (2, 1, 4, 3), "size": (2, 1, 4), "kernel_size": (3, 1, 2, 5, 7, 4),
    "kernel": (3, 1, 2, 5, 7, 4), "ksize": (3, 1, 2, 5), "pool": (2, 1, 4), "factor": (2, 1, 4),
    "dilation_rate": (1, 2), "dilation": (1, 2), "cropping": (1, 2), "output_padding": (0, 1),
}  # fmt: skip
POOLED = ("MaxPool", "AveragePool", "AvgPool")


def constructors(scene: Scene, prefixes: tuple[str, ...]) -> Iterator[tuple[Slot, set[str]]]:
    """The calls of layers whose names begin like these, and the arguments that they are given."""
    for text, call in scene.calls:
        callee = last_name(call.func)
        if not callee.startswith(prefixes) or (not call.args and not call.keywords):
            continue
        names = scene.parameters(callee)
        given = set(names[: len(call.args)])
        given |= {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        yield Slot(text, call, scene.near(text, call), "", callee, call), given


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.about is About.CHANNELS:
        return
    for slot in scene.slots:
        values = NAMES.get(slot.parameter)
        if values is None or _is_idle(slot):
            continue
        for rank, value in enumerate(values):
            new = like(slot.node, value)
            if new is not None and new != slot.text.words(slot.node):
                yield replaced(scene, slot, new, 1.2 + 0.15 * rank)
    for slot, given in constructors(scene, POOLED):
        if not given.isdisjoint(("strides", "stride")):
            continue
        padded = not given.isdisjoint(("padding", "border_mode"))
        for words in ("1",) if padded else ("1", _SAME_SIZE):
            candidate = with_argument(scene, slot, "strides", words, 1.3 + 0.01 * len(words))
            if candidate is not None:
                yield candidate
    yield from _strides_and_padding(scene)


def _strides_and_padding(scene: Scene) -> Iterator[Candidate]:
    """A stride of 1 and padding together, where a window that moves on is not padded."""
    for slot in scene.slots:
        names = {k.arg for k in slot.call.keywords} if slot.call is not None else set()
        new = like(slot.node, 1) if slot.parameter in ("strides", "stride") else None
        if new is None or new == slot.text.words(slot.node) or names & {"padding", "border_mode"}:
            continue
        added = further_argument(slot, 'padding="same"')
        if added is not None:
            edits = slot.text.replacing(slot.node, new), added
            title = f'use {slot.parameter}={new} and padding="same"'
            yield changed(scene, slot.text, slot.node, edits, title, 1.6)


def _is_idle(slot: Slot) -> bool:
    """Whether this is the size of a window that is padded, which does not shrink anything."""
    if slot.parameter not in _OF_WINDOWS or slot.call is None:
        return False
    given = [k.value for k in slot.call.keywords if k.arg in ("padding", "border_mode")]
    return any(isinstance(v, ast.Constant) and v.value == "same" for v in given) and (
        "Pool" not in slot.callee
    )


_SAME_SIZE = '1, padding="same"'
_OF_WINDOWS = ("kernel_size", "kernel", "ksize")


def like(node: ast.expr, value: int) -> str | None:
    """A number in the form of another value: ``2`` for ``1``, ``(2, 2)`` for ``(1, 1)``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return str(value)
    if isinstance(node, (ast.Tuple, ast.List)) and node.elts:
        if not all(isinstance(e, ast.Constant) and isinstance(e.value, int) for e in node.elts):
            return None
        inner = ", ".join([str(value)] * len(node.elts))
        if isinstance(node, ast.List):
            return f"[{inner}]"
        return f"({inner},)" if len(node.elts) == 1 else f"({inner})"
    return None


FAMILY = Family(
    "windows",
    "another stride, pool size, kernel size or factor",
    _candidates,
    examples=(
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate, MaxPooling1D\n"
            "\n"
            "wave = Input((64, 8))\n"
            'pooled = MaxPooling1D(3, padding="same")(wave)\n'
            "merged = Concatenate()([wave, pooled])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate, MaxPooling1D\n"
            "\n"
            "wave = Input((64, 8))\n"
            'pooled = MaxPooling1D(3, padding="same", strides=1)(wave)\n'
            "merged = Concatenate()([wave, pooled])\n",
        ),
        Example(
            "from keras import Input\n"
            "from keras.layers import Concatenate, MaxPooling2D\n"
            "\n"
            "image = Input((32, 32, 8))\n"
            "merged = Concatenate()([image, MaxPooling2D(3)(image)])\n",
            "from keras import Input\n"
            "from keras.layers import Concatenate, MaxPooling2D\n"
            "\n"
            "image = Input((32, 32, 8))\n"
            'merged = Concatenate()([image, MaxPooling2D(3, strides=1, padding="same")(image)])\n',
        ),
        Example(
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "image = Input((32, 32, 8))\n"
            "merged = Add()([image, Conv2D(8, 3, strides=2)(image)])\n",
            "from keras import Input\n"
            "from keras.layers import Add, Conv2D\n"
            "\n"
            "image = Input((32, 32, 8))\n"
            'merged = Add()([image, Conv2D(8, 3, strides=1, padding="same")(image)])\n',
        ),
    ),
)
