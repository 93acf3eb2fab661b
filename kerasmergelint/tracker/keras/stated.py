"""What a merge needs of sizes that have no names of their own, by its operands: ``a[1] = b[1] or 1``.

Such sizes come from data, or from a call of which nothing is known.  Where they meet, the program
still has words for them: an operand, and an axis of it.  An operand of which not even the number of axes
is known is taken to have as many as the others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.protocol import Broken, Nest, TensorKind, TensorSpec
from kerasmergelint.regex import regex
from kerasmergelint.shapes import UNKNOWN, AnyShape, Dim, Expr, OpenShape, Shape, symbol
from kerasmergelint.shapes.dim import Atom, FloorDiv, Symbol, canonical, is_readable
from kerasmergelint.shapes.entailment import minimal
from kerasmergelint.shapes.needs import NEVER, Need, leaves_of
from kerasmergelint.shapes.residues import substitute, symbols
from kerasmergelint.shapes.wording import alike, axes, conjunction, parts, words
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras.combination import Combination, Rule
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves
from kerasmergelint.tracker.keras.ranks import RANKS
from kerasmergelint.tracker.keras.stated_lists import words_for_list
from kerasmergelint.tracker.machine.asking import follows_failure
from kerasmergelint.tracker.machine.events import operand_names
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_number
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import UnknownV, Value


@dataclass(frozen=True, slots=True)
class _Place:
    """An axis of an operand: its name in words, and its size as far as it is known."""

    operand: str
    name: str
    size: Dim


@dataclass(frozen=True, slots=True)
class Stated:
    """A condition in words; ``needs`` is the same if it is about sizes alone.

    ``general`` is what would be needed of the same operands if nothing were known of their shapes.
    """

    words: str
    needs: tuple[Need, ...] = ()
    general: str = ""


_MOST_OPEN = 8  # operands; the time to compare their sizes grows faster than their number


def stated(interp: Interpreter, combination: Combination) -> Stated | None:
    """What a merge needs of its operands; None if there are no words for it."""
    node, label, key = combination.site.node, combination.label, combination.key
    if not is_spelled(interp, node, label):
        return None
    given, rule = combination.given, combination.rule
    specs = spec_leaves(given)
    names = _names(interp, combination)
    if names is not None and not specs:
        told = words_for_list(combination)
        return Stated(told) if told else None
    if names is None or len(names) != len(specs):
        return None
    place = None if key is None else (id(node), label, tuple(names), key)
    found = _of_given(interp, place, names, specs, given, rule)
    if found is None:
        return None
    return replace(found, general=_in_general(interp, place, names, given, rule))


def _of_given(
    interp: Interpreter,
    place: Hashable,
    names: Sequence[str],
    specs: Sequence[TensorSpec],
    given: Nest,
    rule: Rule,
) -> Stated | None:
    """What is needed of operands as far as they are known."""
    is_open = any(spec.dims is None for spec in specs)
    if is_open and len(specs) > _MOST_OPEN:
        return None

    def find() -> Stated | None:
        if is_open:
            return _for_ranks(names, specs, given, rule)
        needed = _needs(names, specs, given, rule)
        return Stated(words(needed), needed) if needed else None

    return _remembered(interp, place, given, find)


def _in_general(
    interp: Interpreter, place: Hashable, names: Sequence[str], given: Nest, rule: Rule
) -> str:
    """The words for any shapes; empty if there are none, or too many operands to compare."""
    if len(names) > _MOST_OPEN:
        return ""
    general = mapped_specs(given, lambda spec: TensorSpec(kind=spec.kind))
    found = _remembered(
        interp, place, general, lambda: _for_ranks(names, spec_leaves(general), general, rule)
    )
    return "" if found is None else found.words


def _remembered(
    interp: Interpreter, place: Hashable, given: Nest, find: Callable[[], Stated | None]
) -> Stated | None:
    """What was stated of the same operands at the same place; many runs meet them."""
    told_by = None if place is None else _key_of(given)
    if told_by is None:
        return find()
    if (place, told_by) not in interp.stated:
        interp.stated[place, told_by] = find()
    found = interp.stated[place, told_by]
    assert found is None or isinstance(found, Stated)
    return found


def _key_of(given: Nest) -> Hashable:
    """A key for what is given to a layer, an operator or a function; None if there is none.

    Sizes without a readable name are told by where they come first: each run numbers them anew.
    """
    numbers: dict[str, str] = {}
    parts: list[Hashable] = []
    stack = [given]
    while stack:
        part = stack.pop()
        parts.append(type(part).__name__)
        if isinstance(part, (list, tuple)):
            parts.append(len(part))
            stack.extend(part)
        elif isinstance(part, dict):
            parts.append(tuple(part))
            stack.extend(part.values())
        elif isinstance(part, TensorSpec):  # of whose content nothing is asked
            parts.append((_numbered_shape(part.shape, numbers), part.dtype, part.kind))
        elif part is None or part is UNKNOWN or isinstance(part, (bool, int, float, str)):
            parts.append(part)
        else:
            return None
    return tuple(parts)


def _numbered_shape(shape: AnyShape, numbers: dict[str, str]) -> Hashable:
    """A shape in which a size without a readable name is a number: that of the first place it has."""
    dims = shape.dims if isinstance(shape, Shape) else shape.tail
    if not any(isinstance(size, Expr) for size in dims):
        return shape
    told = tuple(_numbered(size, numbers) for size in dims)
    return told if isinstance(shape, Shape) else (told, shape.min_rank, shape.untraced)


def _numbered(size: Dim, numbers: dict[str, str]) -> Hashable:
    if not isinstance(size, Expr):
        return size
    return tuple(
        (tuple(_numbered_atom(atom, numbers) for atom in monomial), factor)
        for monomial, factor in size.terms
    )


def _numbered_atom(atom: Atom, numbers: dict[str, str]) -> Hashable:
    if isinstance(atom, Symbol):
        name = atom.name
        if not is_readable(name):
            name = numbers.setdefault(name, f"?{len(numbers)}")
        return (name, atom.nullable, atom.positive)
    if isinstance(atom, FloorDiv):
        return tuple(_numbered(part, numbers) for part in (atom.numerator, atom.denominator))
    return tuple(_numbered(part, numbers) for part in sorted(atom.operands, key=canonical))


def _for_ranks(
    names: Sequence[str], specs: Sequence[TensorSpec], given: Nest, rule: Rule
) -> Stated | None:
    """The same where the ranks of some operands are open: they have that of the others, or all the same.

    What fits a vector may have any rank, unless the two are joined; and what is known to have more axes
    than the others has one of the ranks that remain.
    """
    known = max((len(spec.dims) for spec in specs if spec.dims is not None), default=0)

    def tried(ranks: Sequence[int]) -> list[tuple[int, tuple[Need, ...]]]:
        found = ((rank, _of_ranks(names, specs, rank, given, rule)) for rank in ranks)
        return [(rank, needed) for rank, needed in found if needed is not None]

    found = tried([known] * (known > 1))
    is_open = not found
    found = found or tried(RANKS) or tried([known] * (known == 1))
    if not found:
        return None
    opened = list(dict.fromkeys(n for n, spec in zip(names, specs) if spec.dims is None))
    common = alike([parts(needed, rank - 2) for rank, needed in found])
    if is_open and common is not None:
        ranks = sorted(rank for rank, _ in found)
        whole = [*_any_rank(opened, ranks), *common]
        return Stated(conjunction(whole)) if whole else None
    if len(found) > 1:
        return Stated(_by_rank(opened, found))
    rank, needed = found[0]
    return Stated(conjunction([axes(dict.fromkeys(opened, rank)), *parts(needed)]))


def _by_rank(names: Sequence[str], found: Sequence[tuple[int, tuple[Need, ...]]]) -> str:
    """What is needed for each number of axes that the operands may have."""
    told: dict[str, list[str]] = {}
    for rank, needed in found:
        told.setdefault(words(needed), []).append(axes(dict.fromkeys(names, rank)))
    return "; ".join(f"{' or '.join(ranks)}: {needs}" for needs, ranks in told.items())


def _of_ranks(
    names: Sequence[str], specs: Sequence[TensorSpec], rank: int, given: Nest, rule: Rule
) -> tuple[Need, ...] | None:
    """What is needed if all open operands have this rank; None if they cannot."""
    told = [spec if spec.dims is not None else _of_rank(spec, rank) for spec in specs]
    fitting = [spec for spec in told if spec is not None]
    return _needs(names, fitting, given, rule) if len(fitting) == len(told) else None


def _any_rank(names: Sequence[str], ranks: Sequence[int]) -> Iterator[str]:
    """That tensors have as many axes as each other, and how many if not every rank will do."""
    if len(names) > 1:
        yield f"{' and '.join(names)} have as many axes as each other"
    if len(ranks) < len(RANKS):
        *most, last = map(str, ranks)
        number = f"{', '.join(most)} or {last}" if most else last
        yield f"{names[0]} has {number} {'axis' if ranks == [1] else 'axes'}"


def _of_rank(spec: TensorSpec, rank: int) -> TensorSpec | None:
    """A tensor of a rank that it may have; the batches of layers agree."""
    tail = spec.shape.tail if isinstance(spec.shape, OpenShape) else ()
    if isinstance(spec.shape, OpenShape) and rank < spec.shape.min_rank:
        return None
    missing: list[Dim] = [UNKNOWN] * (rank - len(tail))
    if missing and spec.kind is TensorKind.KERAS:
        missing[0] = None
    return spec.with_shape(Shape((*missing, *tail)))


def size_in_words(
    interp: Interpreter, combination: Combination, place: int, axis: int, rank: int
) -> str:
    """The words for a size of an operand, by its place among the tensors."""
    names = _names(interp, combination) or ()
    by_place = _by_place(combination.site.node, place)
    for name in (*names[place : place + 1], by_place):
        words = _places(name, (UNKNOWN,) * rank)[axis].name
        if is_readable(words):
            break
    return words


def names_of(interp: Interpreter, combination: Combination, count: int) -> list[str]:
    """The tensors among the operands as the program spells them, or else by their place."""
    found = _names(interp, combination)
    if found is not None and len(found) == count:
        return found
    return [_by_place(combination.site.node, place) for place in range(count)]


def opened(given: Nest, kind: TensorKind) -> Nest:
    """The same operands: of those that are not known at all, each is a tensor of any shape."""
    if isinstance(given, (list, tuple)):
        return type(given)(
            TensorSpec(kind=kind) if item is UNKNOWN else opened(item, kind) for item in given
        )
    return given


def _needs(
    names: Sequence[str], specs: Sequence[TensorSpec], given: Nest, rule: Rule
) -> tuple[Need, ...] | None:
    """The needs of tensors of known ranks, in the order of the nest."""
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


def is_spelled(interp: Interpreter, node: object, label: str) -> bool:
    """Whether this is the merge itself, and not the call of a model that has it inside."""
    if not isinstance(node, ir.Call):
        return isinstance(node, (ir.BinOp, ir.Compare, ir.AugAssign))
    func = node.func.func if isinstance(node.func, ir.Call) else node.func
    name = func.attr if isinstance(func, ir.Attribute) else getattr(func, "id", "")
    if name.lower() == label.rpartition(".")[2].lower():
        return True
    held = _held(interp, node.func)
    return isinstance(held, LayerV) and held.type.name == label


def _held(interp: Interpreter, func: ir.Expression) -> Value:
    """What a variable, or an attribute of one, holds; None for anything else."""
    if isinstance(func, ir.Attribute) and isinstance(func.value, ir.Name):
        owner = _held(interp, func.value)
        return owner.attributes.get(func.attr) if isinstance(owner, Instance) else None
    if not isinstance(func, ir.Name):
        return None
    holder = interp.frame.scope.holder(func.id)
    return None if holder is None else holder.variables.get(func.id)


def _told(node: object, count: int) -> list[str]:
    """The operands, those that take too many words by their place."""
    found = operand_names(node, count)
    if len(found) < count:
        found = [*found, *[None] * (count - len(found))]
    return [name or _by_place(node, place) for place, name in enumerate(found)]


def _by_place(node: object, place: int) -> str:
    """An operand that takes too many words."""
    if isinstance(node, ir.Call):
        return f"operand_{place + 1}"
    return ("left_operand", "right_operand")[min(place, 1)]


def has_name(words: str) -> bool:
    """Whether an operand, or a size of it, is told by a name, and not by its place."""
    return _BY_PLACE.match(words) is None


_BY_PLACE = regex(r"operand_\d+\b|(?:left|right)_operand\b")


def _names(interp: Interpreter, combination: Combination) -> list[str] | None:
    """The tensors among the operands as the program spells them; None for two alike, or one of a failure."""
    values = list(leaves(combination.operands))
    tensors: dict[str, TensorV | UnknownV] = {}
    found: list[str] = []
    for name, value in zip(_told(combination.site.node, len(values)), values):
        tensor = interp.resolve(value)
        if follows_failure(tensor) and not interp.mending:
            return None
        if isinstance(tensor, TensorV) or (isinstance(tensor, UnknownV) and not is_number(tensor)):
            if not _is_same(tensors.setdefault(name, tensor), tensor):
                return None
            found.append(name)
    return found


def _is_same(one: TensorV | UnknownV, other: TensorV | UnknownV) -> bool:
    return one is other or (isinstance(one, UnknownV) and one == other)


def _places(operand: str, dims: Sequence[Dim]) -> list[_Place]:
    """The axes of an operand: the last one counts from the right, as in contracts."""
    last = len(dims) - 1
    spelled = operand if _PLAIN.fullmatch(operand) or _is_bracketed(operand) else f"({operand})"
    return [
        _Place(spelled, f"{spelled}[{axis if axis < last or axis == 0 else -1}]", size)
        for axis, size in enumerate(dims)
    ]


def _is_bracketed(text: str) -> bool:
    """Whether one pair of brackets is around all of it."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return text[0] == "(" and place == len(text) - 1
    return False


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
