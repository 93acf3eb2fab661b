"""What a merge needs of a list of which the items are not known: to be of one shape, an axis aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kerasmergelint.keras_api.protocol import Broken, Nest, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, symbol
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras.combination import Combination
from kerasmergelint.tracker.keras.ranks import RANKS
from kerasmergelint.tracker.machine.events import expression_name
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import Value

_AXES = (-1, 1, 2, 0)


def words_for_list(combination: Combination) -> str:
    """The condition, in words; empty if it is no list of unknown items, or there are no words."""
    node, given = combination.site.node, combination.given
    of_layer = given is UNKNOWN
    if not isinstance(node, ir.Call) or not node.args:
        return ""
    if not of_layer and not _begins_with_unknown(given):
        return ""
    name = expression_name(node.args[0]) or "the list"  # which may take too many words

    def works(items: Sequence[TensorSpec]) -> bool:
        try:
            return not combination.rule(_with_items(given, items)).doubts
        except Broken:
            return False

    first = combination.operands if of_layer else next(_arguments(combination.operands), None)
    known = [leaf.spec for leaf in leaves(first) if isinstance(leaf, TensorV)]
    if len(known) > 1 and not works(known):
        return ""
    kind = TensorKind.KERAS if of_layer else TensorKind.ANY
    ranks = [rank for rank in sorted(RANKS) if works([_item(rank, kind)] * 2)]
    if not ranks:
        return ""
    aside = [
        axis
        for axis in (_AXES[:-1] if of_layer else _AXES)  # batches agree anyway
        if all(-rank <= axis < rank and works(_differing(rank, axis, kind)) for rank in ranks)
    ]
    return f"{name} has 2 items or more, all of one shape{_besides(aside)}{_of_axes(ranks)}"


def _begins_with_unknown(given: Nest) -> bool:
    """Whether the first argument of a function is not known."""
    args = given[0] if isinstance(given, tuple) and given else None
    return isinstance(args, list) and bool(args) and args[0] is UNKNOWN


def _with_items(given: Nest, items: Sequence[TensorSpec]) -> Nest:
    if given is UNKNOWN:
        return list(items)
    assert isinstance(given, tuple)
    return ([list(items), *given[0][1:]], *given[1:])


def _arguments(operands: Value) -> Iterator[Value]:
    args = operands[0] if isinstance(operands, tuple) and operands else ()
    yield from args if isinstance(args, tuple) else ()


def _item(rank: int, kind: TensorKind, other: int | None = None) -> TensorSpec:
    """An item; at the axis ``other`` it has a size of its own."""
    sizes: list[Dim] = [symbol(f"size{axis}", positive=True) for axis in range(rank)]
    if kind is TensorKind.KERAS:
        sizes[0] = None
    if other is not None:
        sizes[other] = symbol("other", positive=True)
    return TensorSpec(Shape(tuple(sizes)), kind=kind)


def _differing(rank: int, axis: int, kind: TensorKind) -> list[TensorSpec]:
    return [_item(rank, kind), _item(rank, kind, axis)]


def _besides(axes: Sequence[int]) -> str:
    """Where the items may differ."""
    if not axes:
        return ""
    return " but for the last axis" if axes[0] == -1 else f" but for axis {axes[0]}"


def _of_axes(ranks: Sequence[int]) -> str:
    if len(ranks) == len(RANKS):
        return ""
    *most, last = map(str, ranks)
    return f", with {', '.join(most)} or {last} axes" if most else f", with {last} axes"
