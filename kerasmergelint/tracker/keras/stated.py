"""What a merge needs of sizes that have no names of their own, by its operands: ``a[1] = b[1] or 1``.

Such sizes come from data, or from a call of which nothing is known.  Where they meet, the program
still has words for them: an operand, and an axis of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Broken, Nest, Outcome
from kerasmergelint.regex import regex
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, Shape, symbol
from kerasmergelint.shapes.dim import Symbol, is_readable
from kerasmergelint.shapes.entailment import minimal
from kerasmergelint.shapes.needs import NEVER, Need, leaves_of
from kerasmergelint.shapes.residues import substitute, symbols
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves
from kerasmergelint.tracker.machine.events import operand_names
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Value


@dataclass(frozen=True, slots=True)
class _Place:
    """An axis of an operand: its name in words, and its size as far as it is known."""

    operand: str
    name: str
    size: Dim


def needs(
    interp: Interpreter,
    site: Site,
    label: str,
    operands: Value,
    given: Nest,
    rule: Callable[[Nest], Outcome],
) -> tuple[Need, ...] | None:
    """What ``rule`` needs of ``given``, the same as ``operands``; None if there are no words for it."""
    if not _is_spelled(site.node, label):
        return None
    specs = spec_leaves(given)
    names = _names(interp, site, operands)
    if names is None or len(names) != len(specs) or any(spec.dims is None for spec in specs):
        return None
    places = [_places(name, spec.dims or ()) for name, spec in zip(names, specs)]
    sizes = _sizes([place for one in places for place in one])
    if sizes is None:
        return None
    told = iter(
        spec.with_shape(Shape(tuple(sizes[place] for place in one)))
        for spec, one in zip(specs, places)
    )
    try:
        doubts = rule(mapped_specs(given, lambda _: next(told))).doubts
    except Broken:
        return None
    found = [doubt for doubt in doubts if isinstance(doubt, Need)]
    needed = minimal(found)
    said = all(is_readable(leaf.name) for need in needed for leaf in leaves_of(need))
    return needed if said and len(found) == len(doubts) and NEVER not in needed else None


def _is_spelled(node: object, label: str) -> bool:
    """Whether this is the merge itself, and not the call of a model that has it inside."""
    if not isinstance(node, ir.Call):
        return isinstance(node, (ir.BinOp, ir.Compare, ir.AugAssign))
    func = node.func.func if isinstance(node.func, ir.Call) else node.func
    name = func.attr if isinstance(func, ir.Attribute) else getattr(func, "id", "")
    return name.lower() == label.rpartition(".")[2].lower()


def _names(interp: Interpreter, site: Site, operands: Value) -> list[str] | None:
    """The tensors among the operands as the program spells them; None if it does not, or two alike."""
    values = list(leaves(operands))
    tensors: dict[str, TensorV] = {}
    found: list[str] = []
    for name, value in zip(operand_names(site.node, len(values)), values):
        tensor = interp.resolve(value)
        if isinstance(tensor, TensorV):
            if name is None or tensors.setdefault(name, tensor) is not tensor:
                return None
            found.append(name)
    return found


def _places(operand: str, dims: Sequence[Dim]) -> list[_Place]:
    """The axes of an operand: the last one counts from the right, as in contracts."""
    last = len(dims) - 1
    spelled = operand if _PLAIN.fullmatch(operand) else f"({operand})"
    return [
        _Place(spelled, f"{spelled}[{axis if axis < last or axis == 0 else -1}]", size)
        for axis, size in enumerate(dims)
    ]


_PLAIN = regex(r"[\w.\[\]]+")


def _sizes(places: Sequence[_Place]) -> dict[_Place, Dim] | None:
    """A size in words for each place; None if a word would mean two things."""
    symbols_at = {place.name: _symbol(place.size) for place in places}
    named = {
        leaf: symbol(name, positive=True)
        for name, leaf in reversed(symbols_at.items())  # the first place of a symbol counts
        if leaf is not None and not is_readable(leaf.name)
    }
    operands = {place.operand for place in places}
    kept: set[str] = set()
    found: dict[_Place, Dim] = {}
    spoken: dict[Dim, Dim] = {}
    for place in places:
        size = substitute(place.size, named)
        if size is UNKNOWN:
            size = symbol(place.name, positive=True)
        elif isinstance(size, Expr) and not all(map(is_readable, _leaves(size))):
            size = spoken.setdefault(size, symbol(place.name, positive=True))
        found[place] = size
        kept |= _leaves(place.size) if isinstance(place.size, Expr) else set()
    own = {name for name in kept if is_readable(name) and name.rpartition("[")[0] in operands}
    alike = {name for name, leaf in symbols_at.items() if leaf is not None and leaf.name == name}
    return found if own <= alike else None


def _symbol(size: Dim) -> Symbol | None:
    """The symbol that a size is, and nothing else."""
    if not isinstance(size, Expr) or len(size.terms) != 1:
        return None
    monomial, factor = size.terms[0]
    single = monomial[0] if len(monomial) == 1 and factor == 1 else None
    return single if isinstance(single, Symbol) else None


def _leaves(size: Expr) -> set[str]:
    return {leaf.name for leaf in symbols(size)}
