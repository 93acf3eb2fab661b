"""Recorded answers of each Keras 3 to a probe, against what our rules say for that version."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kerasmergelint.keras_api.layers import find
from kerasmergelint.keras_api.ops import find as find_op
from kerasmergelint.keras_api.protocol import KerasVersion
from kerasmergelint.keras_api.versions import V3, in_order
from scripts.ask_keras import decoded
from tests.keras_api import layer_answers, layer_draws, op_answers
from tests.oracle import Raised, Unsure

# A probe, and from which release on which answer was given: a nest, "refused" or "absent".
Recorded = dict[str, Any]
REFUSED, ABSENT = "refused", "absent"


def answer_at(item: Recorded, version: KerasVersion) -> Any:
    """What the recorded Keras of a version answered."""
    since = [
        (tuple(map(int, release.split("."))), answer) for release, answer in item["since"].items()
    ]
    return [answer for release, answer in since if release <= version.value][-1]


def contradictions(item: Recorded) -> Iterator[tuple[KerasVersion, Any, Any]]:
    """The versions for which we say something else: the version, our answer, and theirs."""
    for version in in_order(V3):
        theirs = answer_at(item, version)
        if theirs == ABSENT:
            continue
        mine = ours(item["probe"], version)
        if theirs == REFUSED:
            continue  # of an older Keras a refusal may be missed; of the newest the draws tell
        if isinstance(mine, Raised) or not agrees(mine, theirs):
            yield version, mine, theirs


def ours(probe: dict[str, Any], version: KerasVersion) -> Any:
    """What our rules answer for a version."""
    if "op" in probe:
        if find_op(f"keras.{probe['op']}", version) is None:
            return Unsure()
        args, kwargs = (
            decoded(probe[key], op_answers.T, layer_draws.Sub) for key in ("args", "kwargs")
        )
        return op_answers.ours(probe["op"], (tuple(args), kwargs), probe["world"], version)
    if find(probe["layer"], version) is None:
        return Unsure()
    inputs, arguments, config = (
        decoded(probe[key], layer_draws.T, layer_draws.Sub)
        for key in ("inputs", "arguments", "config")
    )
    draw = layer_draws.Draw(probe["layer"], config, layer_draws.Call(inputs, arguments))
    return layer_answers.ask_us(draw, version).first


def agrees(mine: Any, theirs: Any) -> bool:
    """Whether what we say is true, as far as we say anything."""
    if isinstance(mine, Unsure):
        return True
    if isinstance(theirs, dict) and "t" in theirs:
        dims, dtype = theirs["t"]
        if isinstance(mine, layer_answers.Tail) or dims is None or not hasattr(mine, "dims"):
            return isinstance(mine, layer_answers.Tail) or dims is None
        same = len(mine.dims or ()) == len(dims) and all(map(_same, mine.dims or (), dims))
        return same and (mine.dtype is None or dtype is None or mine.dtype == dtype)
    if isinstance(theirs, list) and isinstance(mine, (list, tuple)):
        return len(mine) == len(theirs) and all(map(agrees, mine, theirs))
    if isinstance(theirs, dict):
        return isinstance(mine, dict) and all(
            agrees(mine[key], theirs["dict"][key]) for key in mine
        )
    return bool(mine == theirs)


def _same(ours: Any, theirs: Any) -> bool:
    return (not isinstance(ours, int) and ours is not None) or ours == theirs
