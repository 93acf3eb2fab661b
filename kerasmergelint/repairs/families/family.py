"""What a family of repairs declares."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.layers import names as layer_names
from kerasmergelint.repairs.model import Candidate, Edit, Safety, differences
from kerasmergelint.repairs.scene import Scene, Slot
from kerasmergelint.repairs.texts import Located, Text
from kerasmergelint.syntax.codemods import Command, rewritten


@dataclass(frozen=True, slots=True)
class Example:
    """A program with a finding, and what the first repair makes of it; both are executed by a test."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of repair: what it proposes for a finding, and examples of it.

    ``valid`` are further programs in which nothing is wrong; those that its examples lead to are, too.
    """

    name: str
    title: str
    candidates: Callable[[Scene], Iterator[Candidate]]
    valid: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


def is_of_keras(slot: Slot) -> bool:
    """Whether a value is given to a layer, and not to what makes data."""
    return slot.callee == "Input" or slot.callee in layer_names()


def changed(
    scene: Scene,
    text: Text,
    node: ast.AST,
    edits: tuple[Edit, ...],
    title: str,
    cost: float,
    alike: str = "",
) -> Candidate:
    """Edits at a place, which cost more the farther it is from the cause."""
    words = f"{title} in {scene.place(edits[0])}"
    return Candidate(words, edits, cost + 0.1 * scene.near(text, node), alike=alike)


def replaced(scene: Scene, slot: Slot, new: str, cost: float) -> Candidate:
    """Another value in a slot."""
    text, node = slot.text, slot.node
    edit = text.replacing(node, new)
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


def without_keyword(text: Text, call: ast.Call, keyword: ast.keyword) -> tuple[Edit]:
    """The edit that takes a keyword argument out of a call, with its comma."""
    parts: list[Located] = sorted((*call.args, *call.keywords), key=text.start)
    place = parts.index(keyword)
    start, end = text.start(keyword), text.end(keyword)
    if place:
        start = text.end(parts[place - 1])
    elif len(parts) > 1:
        end = text.start(parts[1])
    return (Edit(text.path, start, end, ""),)


def edits_by(text: Text, command: Command) -> tuple[Edit, ...]:
    """What a command of libcst changes in a file."""
    return tuple(differences(text.path, text.text, rewritten(text.path, text.text, command)))


def rewrites(
    scene: Scene, text: Text, node: ast.AST, command: Command, title: str, cost: float = 0.5
) -> Iterator[Candidate]:
    """What a command of libcst makes of the file, if it changes anything; the meaning is the same."""
    edits = edits_by(text, command)
    if edits:
        yield replace(changed(scene, text, node, edits, title, cost), safety=Safety.SAFE)


_KINDS = ("Pool", "Conv", "LSTM", "GRU", "RNN")


def kind_of(callee: str) -> str:
    """What layers that are changed together have in common."""
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
    "changed",
    "edits_by",
    "further_argument",
    "is_of_keras",
    "replaced",
    "rewrites",
    "with_argument",
    "without_keyword",
]
