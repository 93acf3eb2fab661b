"""What a function uses its parameters for: which are tensors, of which ranks, and which count units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kerasmergelint.dataclass import dataclass, field
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.layers.weights import WEIGHTS
from kerasmergelint.keras_api.operators import COMPARISONS
from kerasmergelint.shapes import ANY_SHAPE, Expr
from kerasmergelint.tracker.keras.inputs import input_term
from kerasmergelint.tracker.keras.ranks import RANKS, taken_by
from kerasmergelint.tracker.machine.paths import Decision
from kerasmergelint.tracker.values.containers import ListV, leaves
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

Place = tuple[str, int]

_SEQUENCES = frozenset({"list", "tuple"})
_SHAPES = frozenset({"shape", "int_shape"})
_OTHER_INPUTS = ("value", "key")  # of attention
_SIZES = frozenset({"units", "filters", "output_dim", "key_dim", "depth_multiplier"})
# Operators and functions that take numbers as well as tensors.
_OF_NUMBERS = Kind.WEIGHING | Kind.OPERATOR | Kind.CREATION
_ALIKE = Kind.MERGE | Kind.ELEMENTWISE | Kind.JOIN | Kind.STACK


@dataclass(slots=True)
class Uses:
    """The terms of parameters, or of their items, by what they turned out to be.

    ``ranks``: tensors, each with the ranks that everything it goes into accepts; ``beyond``: how many
    more axes some of them have; ``matrices``: those taken for matrices, since only products tell of
    them; ``numbers``: sizes, and counts of units or filters, by name.  ``of_keras``: layers are called,
    so that all tensors share Keras's batch axis.  ``counts`` are the numbers of rounds of loops, and
    ``lists`` what loops go over, or what is joined as a whole; ``listed`` are items of these that are
    known as tensors only where the lists have items.  ``merges`` are operators that combine tensors,
    whatever is known of their operands.  ``likened`` are those that merges give a rank, as a rule that of
    what they are merged with, ``loosely`` where that may accept other ranks as well, and ``shown`` the
    ranks that everything else accepts.  ``made_of`` are the parameters that go into a call, by its
    place; ``supposed`` those that are tensors in this run, by the ids of these.  ``unpacked`` are those
    whose shapes are unpacked, with their ranks, and ``shapes`` tells whose shape a term is; ``spread``
    are unpacked themselves somewhere, or asked whether they are lists.
    """

    merges: Collection[Place] = ()
    supposed: Mapping[int, Term] = field(default_factory=dict)
    ranks: dict[Term, frozenset[int]] = field(default_factory=dict)
    beyond: dict[Term, int] = field(default_factory=dict)
    matrices: set[Term] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    of_keras: bool = False
    counts: set[Term] = field(default_factory=set)
    lists: set[Term] = field(default_factory=set)
    listed: set[Term] = field(default_factory=set)
    likened: dict[Place, set[Term]] = field(default_factory=dict)
    loosely: set[Term] = field(default_factory=set)
    made_of: dict[Place, set[Term]] = field(default_factory=dict)
    shown: dict[Term, frozenset[int]] = field(default_factory=dict)
    unpacked: dict[Term, int] = field(default_factory=dict)
    shapes: dict[Term, Term] = field(default_factory=dict)
    spread: set[Term] = field(default_factory=set)

    def note(self, node: Node) -> None:
        """Take note of a call that worked, on operands that may be unknown."""
        layer = node.layer
        self._note_origin(node)
        self._note_shape(node)
        self.of_keras = self.of_keras or layer is not None or Kind.INPUT in node.kind
        if isinstance(layer, LayerV):
            self._note_sizes(layer)
        inputs = (node.inputs, *(node.arguments.get(name) for name in _OTHER_INPUTS))
        self._note_list(node)
        operands = [leaf for nest in inputs for leaf in leaves(nest) if isinstance(leaf, UnknownV)]
        self._note_numbers(node.outputs)
        if Kind.INPUT in node.kind:
            self._note_input(node)
        for leaf in leaves(node.inputs):
            term = _open_input(leaf)
            if term is not None and isinstance(layer, LayerV) and leaf is node.inputs:
                narrow(self.ranks, {term: taken_by(layer)})
                narrow(self.shown, {term: taken_by(layer)})
        for operand in operands:
            terms = list(_given_in(operand.term))
            if terms and _is_tensor(node, operand):
                taken = _taken(node, operand)
                if taken is _MATRIX:
                    self.matrices.update(term for term in terms if term not in self.ranks)
                narrow(self.ranks, dict.fromkeys(terms, taken))
                self._note_likeness(node, terms, taken)

    def _note_likeness(self, node: Node, terms: Iterable[Term], taken: frozenset[int]) -> None:
        if len(taken) == 1 and Kind.MERGE in node.kind and not _takes_more_axes(node):
            self.likened.setdefault(place_of(node.site), set()).update(terms)
            if not node.kind.is_any(Kind.JOIN | Kind.STACK):
                self.loosely.update(terms)
        else:
            narrow(self.shown, dict.fromkeys(terms, taken))

    def likened_at(self, place: Place) -> Mapping[Term, int]:
        """The ranks that nothing but merges ask for, this one or such as let other ranks pass."""
        return {
            term: min(taken)
            for term in sorted(self._likened_for(place), key=repr)
            if len(taken := self.ranks.get(term, frozenset())) == 1
            and self.shown.get(term, frozenset(RANKS)) != taken
        }

    def _likened_for(self, place: Place) -> set[Term]:
        return self.likened.get(place, set()) | (self.loosely & self.made_of.get(place, set()))

    def _note_origin(self, node: Node) -> None:
        """Take note of the parameters that a tensor is made of."""
        found: set[Term] = set()
        for leaf in leaves((node.inputs, node.arguments)):
            if isinstance(leaf, UnknownV):
                found.update(_given_in(leaf.term))
            elif isinstance(leaf, TensorV) and leaf.node is not None:
                found |= self.made_of.get(place_of(leaf.node.site), set())
            elif id(leaf) in self.supposed:
                found.add(self.supposed[id(leaf)])
        if found:
            self.made_of.setdefault(place_of(node.site), set()).update(found)

    def _note_shape(self, node: Node) -> None:
        """Take note of ``K.int_shape(x)``, and of its parts."""
        made, given = node.outputs, _arguments(node)[:1]
        if not isinstance(made, UnknownV) or not given:
            return
        if node.label == "unstack":
            whole = self._shape_of(given[0])
            self.shapes.update({made.term: whole[0]} if whole is not None else {})
        elif node.label.rpartition(".")[2] in _SHAPES and isinstance(given[0], UnknownV):
            self.shapes[made.term] = given[0].term

    def note_unpacked(self, value: Value, count: int) -> None:
        """``b, h, w, c = x.shape`` tells how many axes there are."""
        if isinstance(value, UnknownV) and is_given(value.term):
            self.spread.add(value.term)
        found = self._shape_of(value)
        if found is not None and is_given(found[0]) and count + found[1] in RANKS:
            self.unpacked.setdefault(found[0], count + found[1])

    def note_decisions(self, decisions: Iterable[Decision]) -> None:
        """Take note of paths on which a parameter is a list: ``isinstance(inputs, list)``."""
        for taken in decisions:
            term = taken.term
            if not taken.choice or not isinstance(term, tuple) or len(term) != 3:
                continue
            if term[0] == "isinstance" and not _SEQUENCES.isdisjoint(str(term[2]).split(",")):
                self.spread.add(term[1])
            elif (
                term[0] in ("==", "is") and isinstance(term[1], tuple) and term[1][:1] == ("type",)
            ):
                self.spread.add(term[1][1])

    def _shape_of(self, value: Value) -> tuple[Term, int] | None:
        """What a value is the shape of, and how many sizes it leaves out."""
        if isinstance(value, UnknownV):
            return self._shape_in(value.term)
        node = value.node if isinstance(value, TensorV) else None
        given = _arguments(node)[:1] if node is not None else ()
        if node is None or not given:
            return None
        if node.label.rpartition(".")[2] not in _SHAPES or not isinstance(given[0], UnknownV):
            return None
        return given[0].term, 0

    def _shape_in(self, term: Term) -> tuple[Term, int] | None:
        if term in self.shapes:
            return self.shapes[term], 0
        if not isinstance(term, tuple) or len(term) != 3:
            return None
        if term[0] == "attr" and term[2] == "shape":
            return term[1], 0
        whole = self._shape_in(term[1]) if term[0] == "item" else None
        if whole is None or not (isinstance(term[2], tuple) and term[2][:1] == ("slice",)):
            return None
        start, stop, step = (part or 0 for part in term[2][1:])
        if not isinstance(start, int) or not isinstance(stop, int) or start < 0 or stop > 0 or step:
            return None
        return whole[0], whole[1] + start - stop

    def settle_unpacked(self) -> None:
        """The rank that a shape was unpacked for counts for more than that of what is merged."""
        for term, rank in self.unpacked.items():
            if term in self.ranks:
                self.ranks[term] = self.shown[term] = frozenset({rank})

    def note_operands(self, left: Value, right: Value, site: Site) -> None:
        """What goes into an operator that combines tensors is one, or a number of a constructor."""
        if not self.merges or place_of(site) not in self.merges:
            return
        operands = [operand for operand in (left, right) if isinstance(operand, UnknownV)]
        terms = {term for operand in operands for term in _given_in(operand.term)}
        for term in {term for term in terms if not _is_constructors(term)} or terms:
            self.ranks.setdefault(term, frozenset(RANKS))

    def note_rounds(self, term: Term) -> None:
        """Take note of a loop over something unknown: which parameters decide how long it is."""
        found = [(term, False)]
        while found:
            part, counts = found.pop()
            if is_given(part):
                (self.counts if counts else self.lists).add(part)
            elif isinstance(part, tuple):
                if part[:2] == ("call", ("name", "len")):
                    counts = False
                elif part[:1] == ("call",):
                    counts = part[1] == ("name", "range")
                found += [(inner, counts) for inner in part[1:]]

    def _note_list(self, node: Node) -> None:
        """What is joined or added up as a whole is a list of tensors."""
        whole = _arguments(node)[:1] if Kind.JOIN in node.kind else ()
        if isinstance(node.layer, LayerV):
            whole = () if _takes_one(node.layer) else (node.inputs,)
        terms = [part.term for part in whole if isinstance(part, UnknownV)]
        if Kind.MERGE in node.kind:
            self.lists.update(term for term in terms if is_given(term) and not is_weight(term))

    def _note_input(self, node: Node) -> None:
        """An ``Input`` of unknown shape is a tensor."""
        made = node.outputs if isinstance(node.outputs, TensorV) else None
        if made is None:
            return
        term = _open_input(made)
        if term is not None:
            self.ranks.setdefault(term, frozenset(RANKS))

    def _note_numbers(self, made: Value) -> None:
        """What is a size of a tensor as it stands is a number, as ``n`` in ``tf.zeros([n, 1])``."""
        if isinstance(made, TensorV):
            self.numbers.update(str(dim) for dim in made.spec.dims or () if isinstance(dim, Expr))

    def _note_sizes(self, layer: LayerV) -> None:
        for name, value in layer.config.items():
            if name in _SIZES and isinstance(value, Expr):
                self.numbers.add(str(value))


def _open_input(leaf: Value) -> Term | None:
    """The term of an ``Input`` whose shape the program does not say."""
    if not isinstance(leaf, TensorV) or leaf.node is None or Kind.INPUT not in leaf.node.kind:
        return None
    return input_term(leaf.node.site) if leaf.spec.shape == ANY_SHAPE else None


def narrow(ranks: dict[Term, frozenset[int]], by: Mapping[Term, frozenset[int]]) -> None:
    """Leave of the ranks of each tensor those that are accepted here as well."""
    for term, taken in by.items():
        ranks[term] = ranks.get(term, frozenset(RANKS)) & taken


def is_given(term: Term) -> bool:
    """Whether a term is a parameter, an item of one at a known place, or a weight of one that is a layer."""
    if not isinstance(term, tuple) or not term:
        return False
    if term[0] == "item":
        return isinstance(term[2], (int, str)) and is_given(term[1])
    return is_weight(term) or bool(term[0] == "param")


def is_weight(term: Term) -> bool:
    """Whether a term is ``layer.kernel`` of a parameter, or the like: it has no axis of samples."""
    return term[0] == "attr" and term[2] in WEIGHTS and is_given(term[1])


def place_of(site: Site) -> Place:
    """Equal for all runs of the same call or operator."""
    return site.module.path, id(site.node)


def _is_constructors(term: Term) -> bool:
    return isinstance(term, tuple) and term[:2] == ("param", "__init__")


_OPERATORS = frozenset({"+", "-", "*", "/", "**"})


def _given_in(term: Term) -> Iterator[Term]:
    """The parameters among the parts of a sum or product that is a tensor."""
    if is_given(term):
        yield term
    elif isinstance(term, tuple) and len(term) == 3 and term[0] in _OPERATORS:
        yield from _given_in(term[1])
        yield from _given_in(term[2])


def _is_tensor(node: Node, operand: UnknownV) -> bool:
    """Whether this argument must be a tensor, and cannot be a number or a list of tensors."""
    if isinstance(node.layer, LayerV):
        return not isinstance(node.inputs, UnknownV) or _takes_one(node.layer)
    if node.layer is not None:
        return True
    if Kind.OPERATOR in node.kind or node.label in COMPARISONS:
        return _is_beside_tensor(node)
    if Kind.INDEXING in node.kind:
        return operand is node.inputs
    if node.kind.is_any(Kind.JOIN | Kind.STACK):
        return _is_listed(node, operand)
    if Kind.MERGE in node.kind and not node.kind.is_any(Kind.ELEMENTWISE):
        return operand in _arguments(node)[:2]
    if (
        Kind.ELEMENTWISE in node.kind
        and operand in _arguments(node)[:2]
        and _is_beside_tensor(node)
    ):
        return True
    return not node.kind.is_any(_OF_NUMBERS) and _is_first(node, operand)


def _takes_one(layer: LayerV) -> bool:
    """Whether a layer is called on one tensor; activations take lists, too, but hardly anybody has one."""
    return layer.type.single or Kind.PASSING in layer.type.kind


def _is_listed(node: Node, operand: UnknownV) -> bool:
    """Whether an operand is in the list that a joining function takes."""
    first: Value = next(iter(_arguments(node)), None)
    items = first.items if isinstance(first, ListV) else first
    return isinstance(items, (list, tuple)) and operand in items


def _is_first(node: Node, operand: UnknownV) -> bool:
    return operand in _arguments(node)[:1]


def _arguments(node: Node) -> tuple[Value, ...]:
    """The positional arguments of a function."""
    args = node.inputs[0] if isinstance(node.inputs, tuple) and node.inputs else ()
    return args if isinstance(args, tuple) else ()


_MATRIX = frozenset({2})


def _taken(node: Node, operand: UnknownV) -> frozenset[int]:
    """The ranks that an operand may have as far as this call shows."""
    if isinstance(node.layer, LayerV) and isinstance(node.inputs, UnknownV):
        return taken_by(node.layer)
    if Kind.INDEXING in node.kind:
        parts = node.key if isinstance(node.key, tuple) else ()
        axes = sum(part is not ... and part is not None for part in parts)
        return frozenset(rank for rank in RANKS if rank >= axes)
    if Kind.BY_MATRIX in node.kind:
        return frozenset(RANKS) if _is_first(node, operand) else _MATRIX
    return _of_others(node)


def _of_others(node: Node) -> frozenset[int]:
    """The ranks of the other operands: tensors that are merged usually have equal ranks."""
    if not node.kind.is_any(_ALIKE):
        return frozenset(RANKS)
    return _ranks_of(node) or frozenset(RANKS)


def _takes_more_axes(node: Node) -> bool:
    """Whether what is calculated with these tensors may have any rank: they have no axis but the last."""
    tensors = [leaf for leaf in leaves(node.inputs) if isinstance(leaf, TensorV)]
    return Kind.ELEMENTWISE in node.kind and all(
        dim == 1 for tensor in tensors for dim in (tensor.spec.dims or ())[:-1]
    )


def _is_beside_tensor(node: Node) -> bool:
    """Whether there is another operand that is a tensor, of more than a number."""
    return any(isinstance(leaf, TensorV) and bool(leaf.spec.dims) for leaf in leaves(node.inputs))


def _ranks_of(node: Node) -> frozenset[int]:
    """The ranks of the tensors that go into a call, where they are known."""
    tensors = [leaf for leaf in leaves(node.inputs) if isinstance(leaf, TensorV)]
    known = {len(tensor.spec.dims) for tensor in tensors if tensor.spec.dims is not None}
    return frozenset(known) & frozenset(RANKS)
