"""What a merge needs of data types that only callers know: ``x is of float64``.

TensorFlow converts no tensor.  One of which nothing tells the type is taken for one of float32, as those of
Keras are; beside one that certainly has another type it must be of that, which is a condition.  What a
number gave its type may be of another one as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Broken, Nest, TensorKind, TensorSpec
from kerasmergelint.tracker.keras import stated, type_sources
from kerasmergelint.tracker.keras.combination import Combination, Rule
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.constants import is_number
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

_USUAL = "float32"
_COUNTS = frozenset({"int32", "int64"})


def needed(interp: Interpreter, combination: Combination) -> tuple[str, ...]:
    """The types, in words, that operands must have which the rule took for any."""
    return (
        _beside_another(interp, combination)
        or _of_callers(interp, combination)
        or _of_no_type(interp, combination)
    )


def _beside_another(interp: Interpreter, combination: Combination) -> tuple[str, ...]:
    """What is needed of those that would be of float32, beside one of another type."""
    given, rule, operands = combination.given, combination.rule, combination.operands
    specs = spec_leaves(given)
    known = {spec.dtype for spec in specs if spec.dtype not in (None, _USUAL)}
    of_callers = _is_count(interp, specs, operands) and not _is_size_of_other(interp, operands)
    if not known or of_callers:
        return ()
    whole = stated.opened(given, TensorKind.ANY) if isinstance(given, list) else given
    opened = spec_leaves(whole)
    places = [place for place, spec in enumerate(opened) if spec.dtype is None]
    if not places or not _refuses(rule, whole, _USUAL):
        return ()
    for dtype in sorted(filter(None, known)):
        if not _refuses(rule, whole, dtype):
            names = stated.names_of(interp, combination, len(opened))
            return tuple(dict.fromkeys(f"{names[place]} is of {dtype}" for place in places))
    return ()


def _of_callers(interp: Interpreter, combination: Combination) -> tuple[str, ...]:
    """What is needed of those whose type is that of something that a caller gives."""
    given, rule = combination.given, combination.rule
    whole = stated.opened(given, TensorKind.ANY) if isinstance(given, list) else given
    tensors = _tensors(interp, leaves(combination.operands))
    if len(spec_leaves(whole)) != len(tensors):
        return ()
    arrays = {n for n, tensor in enumerate(tensors) if type_sources.is_array(interp, tensor)}
    whose = [type_sources.sources(interp, tensor) for tensor in tensors]
    every = list(dict.fromkeys(source for one in whose for source in one))
    may_be_numbers = [
        isinstance(one, UnknownV) and not made_of for one, made_of in zip(tensors, whose)
    ]

    def refuses(dtypes: Mapping[Term, str]) -> bool:
        try:
            found = [type_sources.dtype_of(interp, tensor, dtypes) for tensor in tensors]
        except type_sources.Refused:
            return False
        fitting = next((one for one, made_of in zip(found, whose) if made_of), _USUAL)
        known = [fitting if one else dtype for one, dtype in zip(may_be_numbers, found)]
        return _refuses(rule, whole, _USUAL, dict(enumerate(known)), arrays)

    if not every or refuses({}):
        return ()
    open_ = [source for source in every if any(refuses({source: one}) for one in _others(source))]
    if not open_:
        may_be_truths = [one for one in every if not type_sources.is_of_numbers(one)]
        truths = [source for source in may_be_truths if refuses({source: _TRUTH})]
        return _of_numbers(interp, combination, whose, truths)
    names = stated.names_of(interp, combination, len(tensors))
    theirs = [name for name, one in zip(names, whose) if set(one) & set(open_)]
    if len(open_) > 1 and len(theirs) == len(names) and not refuses(dict.fromkeys(open_, _WHOLE)):
        numbers = refuses(dict.fromkeys(open_, _TRUTH))
        type_sources.note_alike(interp, open_)
        if numbers:
            type_sources.note_no_truth(interp, open_)
        return (_of_one_type(theirs, "numbers of" if numbers else "of"),)
    for source in open_:
        interp.path.dtypes[source] = _USUAL
    return tuple(dict.fromkeys(f"{name} is of {_USUAL}" for name in theirs))


def _of_numbers(
    interp: Interpreter,
    combination: Combination,
    whose: Sequence[Sequence[Term]],
    open_: Sequence[Term],
) -> tuple[str, ...]:
    """That operands of one type are no truth values; the first of them tells it."""
    if not open_:
        return ()
    type_sources.note_no_truth(interp, open_)
    names = stated.names_of(interp, combination, len(whose))
    theirs = [name for name, one in zip(names, whose) if set(one) & set(open_)]
    return (f"{theirs[0]} is of numbers",)


def _others(source: Term) -> tuple[str, ...]:
    """What the type may be instead."""
    return (_WHOLE, _DOUBLE) if type_sources.may_be_double(source) else (_WHOLE,)


def _of_one_type(names: Sequence[str], of: str = "of") -> str:
    different = list(dict.fromkeys(names))
    if len(different) == 1:
        return f"{different[0]} is of numbers"
    return f"{' and '.join(different)} are {of} one type"


def _of_no_type(interp: Interpreter, combination: Combination) -> tuple[str, ...]:
    """What is needed of operands whose types are known, and do not fit each other."""
    given, rule = combination.given, combination.rule
    whole = stated.opened(given, TensorKind.ANY) if isinstance(given, list) else given
    specs = spec_leaves(whole)
    known = {spec.dtype for spec in specs}
    if None in known or known == {_USUAL} or not _refuses(rule, whole, _USUAL):
        return ()
    names = stated.names_of(interp, combination, len(specs))
    return (_of_one_type(names, "numbers of" if "bool" in known else "of"),)


_WHOLE, _DOUBLE, _TRUTH = "int32", "float64", "bool"


def _is_count(interp: Interpreter, specs: list[TensorSpec], operands: Value) -> bool:
    """Whether a size is all that is known to be a tensor: what goes with it is a whole number, too."""
    one = len(specs) == 1 and specs[0].dims == () and specs[0].dtype in _COUNTS
    sides = [interp.resolve(side) for side in leaves(operands)] if one else []
    return one and not any(_is_written(side) for side in sides)


def _is_written(side: Value) -> bool:
    """Whether a tensor is a number of the program: ``tf.constant(2)``, ``tf.square(len(names))``."""
    if not isinstance(side, TensorV) or side.node is None:
        return False
    return side.node.key == "tf.constant" or not any(
        isinstance(part, TensorV) or (isinstance(part, UnknownV) and not is_number(part))
        for part in leaves(side.node.inputs)
    )


def _is_size_of_other(interp: Interpreter, operands: Value) -> bool:
    """Whether a size goes with what it is a size of, which is a tensor: ``x * tf.shape(x)[0]``."""
    sides = [interp.resolve(side) for side in leaves(operands)]
    nodes = [side.node for side in sides if isinstance(side, TensorV)]
    unknown = [side for side in sides if isinstance(side, UnknownV)]
    for _ in range(_STEPS_TO_A_SHAPE):
        inputs = [leaf for node in nodes if node is not None for leaf in leaves(node.inputs)]
        if any(interp.resolve(leaf) in unknown for leaf in inputs):
            return True
        nodes = [leaf.node for leaf in inputs if isinstance(leaf, TensorV)]
    return False


_STEPS_TO_A_SHAPE = 2  # the item, and the shape


def _tensors(interp: Interpreter, values: Iterable[Value]) -> list[Value]:
    """Those that are tensors as far as the rule knows."""
    found = ((value, interp.resolve(value)) for value in values)
    return [
        value
        for value, held in found
        if isinstance(held, TensorV) or (isinstance(held, UnknownV) and not is_number(held))
    ]


def _refuses(
    rule: Rule,
    given: Nest,
    dtype: str,
    others: Mapping[int, str] | None = None,
    arrays: Collection[int] = (),
) -> bool:
    """Whether operands fail that are tensors of this type where no type is known.

    ``others`` are those, by their place, that are of other types, and ``arrays`` those of NumPy's.
    """
    places = count()

    def typed(spec: TensorSpec) -> TensorSpec:
        place = next(places)
        usual = (others or {}).get(place, dtype)
        kind = TensorKind.GRAPH if spec.kind is TensorKind.ANY else spec.kind
        kind = TensorKind.ARRAY if place in arrays else kind  # also what NumPy made of a tensor
        return replace(spec, dtype=spec.dtype or usual, kind=kind)

    try:
        rule(mapped_specs(given, typed))
    except Broken:
        return True
    return False
