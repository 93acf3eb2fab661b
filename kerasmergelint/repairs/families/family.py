"""What a family of repairs declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.repairs.model import Candidate, Edit, Safety
from kerasmergelint.repairs.scene import Scene, Slot


@dataclass(frozen=True, slots=True)
class Example:
    """A program with a finding, and what the first repair makes of it; both are executed by a test."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of repair: what it proposes for a finding, and examples of it.

    ``valid`` are programs for which it proposes nothing, since nothing is wrong with them.
    """

    name: str
    title: str
    candidates: Callable[[Scene], Iterator[Candidate]]
    valid: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


def is_of_keras(slot: Slot) -> bool:
    """Whether a value is given to a layer, and not to what makes data."""
    return slot.callee == "Input" or slot.callee in layer_names()


def replaced(scene: Scene, slot: Slot, new: str, cost: float) -> Candidate:
    """Another value in a slot."""
    text, node = slot.text, slot.node
    edit = Edit(text.path, text.start(node), text.end(node), new)
    what = f"{slot.parameter}={new}" if slot.is_whole else f"{new} instead of {text.words(node)}"
    alike = f"{kind_of(slot.callee)} {slot.parameter}={text.words(node)} {new}" if slot.call else ""
    title = f"use {what} in {scene.place(edit)}"
    return Candidate(title, (edit,), cost + 0.1 * slot.near, alike=alike)


def with_argument(
    scene: Scene, slot_of: Slot, name: str, value: str, cost: float
) -> Candidate | None:
    """A further keyword argument of a call."""
    edit = further_argument(slot_of, f"{name}={value}")
    if edit is None:
        return None
    title = f"use {name}={value} in {scene.place(edit)}"
    alike = f"{kind_of(slot_of.callee)} {name}={value}"
    return Candidate(title, (edit,), cost + 0.1 * slot_of.near, alike=alike)


_KINDS = ("Pool", "Conv", "LSTM", "GRU", "RNN")


def kind_of(callee: str) -> str:
    """What layers have in common that are changed together."""
    return next((kind for kind in _KINDS if kind in callee), callee)


def further_argument(slot: Slot, words: str) -> Edit | None:
    """The edit that adds an argument at the end of a call."""
    call, text = slot.call, slot.text
    if call is None or any(keyword.arg is None for keyword in call.keywords):
        return None
    parts = [*call.args, *(keyword.value for keyword in call.keywords)]
    if parts:
        last = max(text.end(part) for part in parts)
        return Edit(text.path, last, last, f", {words}")
    inside = text.text.index("(", text.end(call.func)) + 1
    return Edit(text.path, inside, inside, words)


__all__ = [
    "Candidate",
    "Edit",
    "Example",
    "Family",
    "Safety",
    "Scene",
    "Slot",
    "is_of_keras",
    "replaced",
    "with_argument",
]
