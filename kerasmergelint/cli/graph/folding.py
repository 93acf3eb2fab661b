"""What folds into one box: the layers of a helper, of a model inside a model, of a named block.

A fold holds everything that is on a way between two of its boxes, so that folding makes no circle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kerasmergelint.cli.graph.graph import INPUT, Box, Graph
from kerasmergelint.dataclass import dataclass, field

_FEW = 3


@dataclass(slots=True, eq=False)
class Fold:
    """Boxes and folds under one title."""

    title: str
    parts: list[Box | Fold] = field(default_factory=list)

    def boxes(self) -> Iterator[Box]:
        for part in self.parts:
            if isinstance(part, Box):
                yield part
            else:
                yield from part.boxes()


def folded(graph: Graph) -> Fold:
    """The whole graph as one fold, with what can be folded inside."""
    root = _by_origin(graph.boxes)
    _simplify(root)
    _open_the_only_one(root)
    links = _Links(graph)
    _gather(root, links)
    return root


def _by_origin(boxes: Sequence[Box]) -> Fold:
    """By the calls of functions and models in which the boxes came about."""
    root = Fold("")
    known: dict[tuple[int, ...], Fold] = {}
    for box in boxes:
        fold = root
        path: tuple[int, ...] = ()
        for title, identity in box.within:
            path = (*path, identity)
            if path not in known:
                known[path] = Fold(title)
                fold.parts.append(known[path])
            fold = known[path]
        fold.parts.append(box)
    return root


def _simplify(fold: Fold) -> None:
    """Without folds of one box, and folds of nothing but one fold."""
    parts: list[Box | Fold] = []
    for part in fold.parts:
        if isinstance(part, Fold):
            _simplify(part)
        parts.append(part.parts[0] if isinstance(part, Fold) and len(part.parts) == 1 else part)
    if len(parts) == 1 and isinstance(parts[0], Fold):
        parts = parts[0].parts
    fold.parts = parts


def _open_the_only_one(root: Fold) -> None:
    """The function that builds all but the inputs is the graph itself."""
    folds = [part for part in root.parts if isinstance(part, Fold)]
    others = [part for part in root.parts if isinstance(part, Box)]
    if len(folds) == 1 and all(box.kind == INPUT for box in others):
        root.parts = [*others, *folds[0].parts]


def _gather(fold: Fold, links: _Links) -> None:
    """Fold blocks that only have names in common, and blocks that are repeated."""
    _in_runs(fold, links, _repeated, lambda run: f"{len(run)} times {_repeated(run[0])}")
    inner = [part for part in fold.parts if isinstance(part, Fold)]
    _by_names(fold, links, 0)
    for part in inner:
        _gather(part, links)


def _by_names(fold: Fold, links: _Links, depth: int) -> None:
    """``conv2_block1_out`` and its like: by their first words, then by the next."""

    def word(part: Box | Fold) -> str | None:
        words = _words(part.name) if isinstance(part, Box) and not _is_automatic(part) else []
        return "_".join(words[: depth + 1]) if len(words) > depth + 1 else None

    before = [part for part in fold.parts if isinstance(part, Fold)]
    _in_runs(fold, links, word, lambda run: str(word(run[0])))
    for part in fold.parts:
        if isinstance(part, Fold) and part not in before:
            _by_names(part, links, depth + 1)


def _repeated(part: Box | Fold) -> str | None:
    return part.title if isinstance(part, Fold) else None


def _in_runs(
    fold: Fold,
    links: _Links,
    key: Callable[[Box | Fold], str | None],
    title: Callable[[list[Box | Fold]], str],
) -> None:
    """Fold runs of parts with the same key, unless that would be all of them."""
    parts: list[Box | Fold] = []
    for run in _runs(fold.parts, key):
        whole = len(run) == len(fold.parts)
        if len(run) < _FEW or key(run[0]) is None or whole or not links.can_fold(run):
            parts.extend(run)
        else:
            parts.append(Fold(title(run), run))
    fold.parts = parts


def _runs(
    parts: Sequence[Box | Fold], key: Callable[[Box | Fold], str | None]
) -> Iterator[list[Box | Fold]]:
    run: list[Box | Fold] = []
    for part in parts:
        if run and key(part) != key(run[0]):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _words(name: str) -> list[str]:
    """
    >>> _words("conv2_block1_1_bn"), _words("block_12_expand")
    (['conv2', 'block1', '1', 'bn'], ['block_12', 'expand'])
    """
    words: list[str] = []
    for word in name.split("_"):
        if word.isdigit() and words and not words[-1][-1:].isdigit():
            words[-1] += f"_{word}"
        else:
            words.append(word)
    return words


def _is_automatic(box: Box) -> bool:
    """Whether Keras may have made up the name."""
    plain = re.sub(r"[^a-z0-9]", "", re.sub(r"_\d+$", "", box.name).lower())
    return plain == re.sub(r"[^a-z0-9]", "", box.type_name.lower())


class _Links:
    """Which boxes lead to which."""

    def __init__(self, graph: Graph) -> None:
        self._after: dict[int, list[int]] = {}
        for arrow in graph.arrows:
            self._after.setdefault(arrow.source, []).append(arrow.target)

    def can_fold(self, parts: Sequence[Box | Fold]) -> bool:
        """Whether no way leaves these parts and comes back."""
        inside = {box.key for box in Fold("", list(parts)).boxes()}
        out = {to for key in inside for to in self._after.get(key, ()) if to not in inside}
        seen, stack = set(out), list(out)
        while stack:
            for to in self._after.get(stack.pop(), ()):
                if to in inside:
                    return False
                if to not in seen:
                    seen.add(to)
                    stack.append(to)
        return True
