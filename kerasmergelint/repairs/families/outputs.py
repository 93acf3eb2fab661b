"""A model where its output belongs, and ``.output`` of a ``Sequential`` in Keras 3."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kerasmergelint.repairs.families.family import (
    Candidate,
    Edit,
    Example,
    Family,
    Safety,
    Scene,
)
from kerasmergelint.repairs.families.wrapping import Place, places
from kerasmergelint.repairs.texts import Text


def _candidates(scene: Scene) -> Iterator[Candidate]:
    if scene.home is None or scene.expression is None:
        return
    text = scene.home
    if scene.finding.code == "KML408" and "Sequential" in scene.event.problem.detail:
        statement = text.statement_of(scene.expression)
        nodes = list(ast.walk(statement)) if statement is not None else []
        found = [n for n in nodes if isinstance(n, ast.Attribute) and n.attr in ("output", "input")]
        edits = tuple(_at_end(text, n, f"{n.attr}s[0]", len(n.attr)) for n in found)
        if edits:
            yield _candidate(scene, edits, f"use .{found[0].attr}s[0]")
    if scene.finding.code in ("KML403", "KML307"):
        operands = [place for place in places(scene) if _is_model(scene, place)]
        for words in (".output", ".outputs[0]"):
            for chosen in ([place] for place in operands):
                edits = tuple(_at_end(p.text, p.node, words, 0) for p in chosen)
                yield _candidate(scene, edits, f"use {text.words(chosen[0].node)}{words}")
            edits = tuple(_at_end(p.text, p.node, words, 0) for p in operands)
            if len(edits) > 1:
                yield _candidate(scene, edits, f"use {words} of each model")


def _is_model(scene: Scene, place: Place) -> bool:
    """Whether an operand is a layer or model, by what the finding says of it."""
    told = scene.event.operands
    if not isinstance(place.node, ast.Name):
        return False
    return any(one.name == place.node.id and one.shape.startswith("a ") for one in told)


def _at_end(text: Text, node: ast.expr, words: str, replaced: int) -> Edit:
    end = text.end(node)
    return Edit(text.path, end - replaced, end, words)


def _candidate(scene: Scene, edits: tuple[Edit, ...], title: str) -> Candidate:
    return Candidate(f"{title} in {scene.place(edits[0])}", edits, 0.6, Safety.SAFE)


FAMILY = Family(
    "outputs",
    "the output of a model",
    _candidates,
    examples=(
        Example(
            "from keras import Input, Sequential\n"
            "from keras.layers import Concatenate, Dense\n"
            "\n"
            "left = Sequential([Input((8,)), Dense(4)])\n"
            "right = Sequential([Input((8,)), Dense(4)])\n"
            "both = Concatenate()([left, right])\n",
            "from keras import Input, Sequential\n"
            "from keras.layers import Concatenate, Dense\n"
            "\n"
            "left = Sequential([Input((8,)), Dense(4)])\n"
            "right = Sequential([Input((8,)), Dense(4)])\n"
            "both = Concatenate()([left.outputs[0], right.outputs[0]])\n",
        ),
    ),
)
