"""Whose data type a tensor has, where only callers know it: ``tf.square(x)[:, 1:]`` has that of ``x``.

Such a type may be any, until something has taken floats alone: a convolution of ``x``, or ``tf.exp(x)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kerasmergelint.keras_api.dtype_names import INTEGERS
from kerasmergelint.keras_api.ops.refused_dtypes import gives_floats, takes_floats_alone
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.tracker.keras import number_types
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.machine.paths import Path
from kerasmergelint.tracker.values.constants import is_number
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import Node, Role, TensorV, identity, parts_of
from kerasmergelint.tracker.values.layers import LayerV
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import UnknownV, Value

USUAL = "float32"
_MOST_STEPS = 10  # from what is merged to whose type it has
# The sources of what is known to be of floats: something took no others, or a merge needs those of
# this type; a layer converts a symbolic tensor of ints, but no other.
_FLOATS: Term = None
_OF_A_LAYER = "floats of a layer"
_SETTLED: tuple[Term, ...] = (_FLOATS, USUAL, _OF_A_LAYER)
_NUMBER = "number"  # of which TensorFlow made a tensor
_NUMBERS = "numbers"  # of what is no truth value
_ARRAY = "array"  # of what NumPy gave
_WHOLE = "whole"  # of what is of whole numbers
_QUOTIENTS = frozenset({"/", "divide", "truediv"})
_CALCULATIONS = frozenset({"+", "-", "*", "**", "//", "%"})
# Layers that give ints where they are given ints.
_KEEPING = frozenset(
    {
        "Activation",
        "ReLU",
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "Flatten",
        "Reshape",
        "Permute",
        "RepeatVector",
        "MaxPooling1D",
        "MaxPooling2D",
        "MaxPooling3D",
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GlobalMaxPooling3D",
        "UpSampling1D",
        "UpSampling2D",
        "UpSampling3D",
        "ZeroPadding1D",
        "ZeroPadding2D",
        "ZeroPadding3D",
        "Cropping1D",
        "Cropping2D",
        "Cropping3D",
        "Add",
        "Multiply",
        "Subtract",
        "Maximum",
        "Minimum",
        "Concatenate",
    }
)
# Of a tensor of ints that is not symbolic, each of these makes an error.
_TAKE_FLOATS_ALONE = frozenset(
    {
        "Conv1D",
        "Conv2D",
        "Conv3D",
        "Conv1DTranspose",
        "Conv2DTranspose",
        "Conv3DTranspose",
        "DepthwiseConv1D",
        "DepthwiseConv2D",
        "SeparableConv1D",
        "SeparableConv2D",
        "PReLU",
        "Softmax",
    }
)


class Refused(Exception):
    """A tensor of this type was refused before."""


def note_call(interp: Interpreter, name: str, inputs: Value) -> None:
    """A layer was called, which may take floats alone."""
    if name in _TAKE_FLOATS_ALONE:
        _settle(interp, inputs, _OF_A_LAYER)


def note_floats(interp: Interpreter, value: Value) -> None:
    """Something took floats alone."""
    _settle(interp, value, _FLOATS)


def _settle(interp: Interpreter, value: Value, floats: Term) -> None:
    for leaf in leaves(value):
        for source in sources(interp, leaf):
            if not may_be_double(source):  # of the floats there are two then
                interp.path.dtypes[source] = floats


def is_settled(root: Term) -> bool:
    """Whether the source of a type is that it is one of floats."""
    return root in _SETTLED


def floats_in_words(root: Term) -> str:
    """Which floats something must be of; empty if it depends on whether it is symbolic."""
    return "floats" if root is _FLOATS else USUAL if root == USUAL else ""


def note_numbers(interp: Interpreter, value: Value) -> None:
    """Something took numbers alone."""
    for leaf in leaves(value):
        note_no_truth(interp, sources(interp, leaf))


def note_no_truth(interp: Interpreter, found: Iterable[Term]) -> None:
    """From here on these are known to be of numbers."""
    for source in {_root(interp, term) for term in found}:
        if not is_settled(source) and not is_of_numbers(source):
            interp.path.dtypes[source] = (_NUMBERS, source)


def is_of_numbers(source: Term) -> bool:
    """Whether something took numbers alone."""
    return isinstance(source, tuple) and source[0] == _NUMBERS


def note_whole_numbers(interp: Interpreter, values: Iterable[Value]) -> None:
    """Something took whole numbers alone."""
    for value in values:
        for source in sources(interp, value):
            interp.path.dtypes[(_WHOLE, source)] = source


def is_whole(path: Path, root: Term) -> bool:
    """Whether something took whole numbers alone that are of the type of this."""
    return (_WHOLE, root) in path.dtypes


def note_array(interp: Interpreter, made: Value, source: Value) -> None:
    """A function of NumPy gave this, perhaps with the type of what it was given."""
    if not interp.explaining or not isinstance(made, TensorV):
        return
    own = ("tensor", *identity(made))
    interp.path.dtypes[(_ARRAY, own)] = own
    found = () if source is None else sources(interp, source)
    if len(found) == 1:
        interp.path.dtypes[own] = found[0]


def is_array(interp: Interpreter, value: Value, steps: int = _MOST_STEPS) -> bool:
    """Whether this is an array of NumPy's, which TensorFlow converts to the type that it needs."""
    value = interp.resolve(value)
    if not isinstance(value, TensorV) or not steps:
        return False
    if value.node is None:
        return (_ARRAY, ("tensor", *identity(value))) in interp.path.dtypes
    if value.node.key is not None or value.node.layer is not None:
        return False
    parts = [part for part in parts_of(value.node) if isinstance(part, (TensorV, UnknownV))]
    return bool(parts) and all(is_array(interp, part, steps - 1) for part in parts)


def asked_of(interp: Interpreter, tensor: TensorV) -> Term:
    """The term of a tensor's type, which is that of what it was made of."""
    term = ("tensor", *identity(tensor))
    if interp.explaining:
        roots = sources(interp, tensor)
        if are_floats(interp, tensor) or (len(roots) == 1 and roots[0] != term):
            interp.path.dtypes[term] = roots[0] if roots else _FLOATS
    return ("attr", term, "dtype")


def note_alike(interp: Interpreter, found: Iterable[Term]) -> None:
    """From here on these are known to be of one type."""
    first, *others = sorted(found, key=is_of_numbers, reverse=True)
    interp.path.dtypes.update(dict.fromkeys(others, first))


def sources(interp: Interpreter, value: Value) -> tuple[Term, ...]:
    """Whose types make the type of a value, each as a term; nothing for a type that is known."""
    roots = (_root(interp, term) for term in _made_of(interp, value))
    return tuple(dict.fromkeys(term for term in roots if not is_settled(term)))


def are_floats(interp: Interpreter, value: Value) -> bool:
    """Whether something took floats alone, of which this was made."""
    return bool(_made_of(interp, value)) and not sources(interp, value)


def _made_of(interp: Interpreter, value: Value, steps: int = _MOST_STEPS) -> tuple[Term, ...]:
    if isinstance(value, UnknownV) and _is_a_setting(value.term):
        return ()
    value = interp.resolve(value)
    if isinstance(value, UnknownV):
        return () if is_number(value) else _of_term(value.term)
    if not isinstance(value, TensorV) or value.spec.dtype is not None or not steps:
        return ()
    own = ("tensor", *identity(value))
    if value.node is None:
        made = value.role is Role.WEIGHT or value.spec.kind is TensorKind.EAGER
        return () if made else (own,)
    parts = _typing(interp, value.node)
    if number_types.numbers(value.node) is None:
        found = [_made_of(interp, part, steps - 1) for part in parts]
        told = tuple(dict.fromkeys(term for one in found for term in one))
        return told or (((_NUMBER, own),) if value.spec.kind is TensorKind.ARRAY else ())
    found = [
        _of_term(part.term) if isinstance(part, UnknownV) else _made_of(interp, part, steps - 1)
        for part in map(interp.resolve, parts)
    ]
    told = tuple(dict.fromkeys(term for one in found for term in one))
    return tuple(term if may_be_double(term) else (_NUMBER, term) for term in told)


def _is_a_setting(term: Term) -> bool:
    """Whether a constructor was given this, which is a number rather than a tensor."""
    return isinstance(term, tuple) and term[0] == "param" and str(term[1]).endswith("__init__")


def may_be_double(source: Term) -> bool:
    """Whether this is a number or an array, of which TensorFlow may make a tensor of float64."""
    whole = source[1] if isinstance(source, tuple) and is_of_numbers(source) else source
    return isinstance(whole, tuple) and whole[0] == _NUMBER


def dtype_of(
    interp: Interpreter, value: Value, types: Mapping[Term, str], steps: int = _MOST_STEPS
) -> str:
    """The type of a value if sources have these ``types``; raises Refused if they cannot have."""
    value = interp.resolve(value)
    if isinstance(value, TensorV) and value.spec.dtype is not None:
        return value.spec.dtype
    node = value.node if isinstance(value, TensorV) else None
    if node is None or not steps or number_types.numbers(node) is not None:
        found = {types.get(source, USUAL) for source in sources(interp, value)} or {USUAL}
        if len(found) > 1:
            raise Refused
        return found.pop()
    given = [dtype_of(interp, part, types, steps - 1) for part in _typing(interp, node)]
    dtype = next((one for one in given if one != "bool"), given[0] if given else USUAL)
    if node.label in _CALCULATIONS | _QUOTIENTS and len(set(given) - {"bool"}) > 1:
        raise Refused
    if dtype in INTEGERS or dtype == "bool":
        if takes_floats_alone(str(node.key)) or _has_a_fraction(node):
            raise Refused
        if _name(node) in _QUOTIENTS:
            return "float64"
    return dtype


def _root(interp: Interpreter, term: Term) -> Term:
    return root_on(interp.path, term)


def root_on(path: Path, term: Term) -> Term:
    """Whose type this has, as far as a path has found out."""
    while term in path.dtypes:
        term = path.dtypes[term]
    return term


def _of_term(term: Term) -> tuple[Term, ...]:
    """What a caller gives: slices of a tensor, and what is calculated with one, have its type."""
    if not isinstance(term, tuple) or not term or number_types.is_fraction(term):
        return ()
    if term[0] in _CALCULATIONS:
        return tuple(dict.fromkeys(one for part in term[1:] for one in _of_term(part)))
    if term[0] == "item" and not isinstance(term[2], (int, str)):
        return _of_term(term[1])
    whole = term
    while isinstance(whole, tuple) and whole[0] == "item":
        whole = whole[1]
    return (term,) if isinstance(whole, tuple) and whole[0] in ("param", "tensor") else ()


def _typing(interp: Interpreter, node: Node) -> list[Value]:
    """The parts of a call whose types make that of the result."""
    layer = node.layer
    if layer is not None and not (isinstance(layer, LayerV) and layer.type.name in _KEEPING):
        return []
    key = str(node.key)
    if key.startswith("losses.") or key.endswith("crossentropy") or gives_floats(key):
        return []  # losses convert what they compare
    given = number_types.given_dtype(node)
    if given is not None:
        return [_told_by(interp, given)] if isinstance(given, UnknownV) else []
    made_of = number_types.numbers(node)
    parts = parts_of(node) if made_of is None else made_of
    found: list[Value] = [part for part in parts if isinstance(part, (TensorV, UnknownV))]
    if (node.label == "/" or _has_a_fraction(node)) and all(map(_may_be_number, found)):
        return []
    is_calculated = node.label in _CALCULATIONS or node.label == "/"
    return (is_calculated and list(filter(_has_numbers, found))) or found


def _has_numbers(part: Value) -> bool:
    """Whether a part is known to be of a type of numbers, which the other part of a calculation has, too."""
    return isinstance(part, TensorV) and part.spec.dtype not in (None, "bool")


def _may_be_number(part: Value) -> bool:
    """Whether a caller gives this, which need not be a tensor."""
    return isinstance(part, UnknownV) or (isinstance(part, TensorV) and part.node is None)


def _told_by(interp: Interpreter, dtype: UnknownV) -> Value:
    """What has the type that a call was given: what has it as its own, or the name of the type itself."""
    term = dtype.term
    if not isinstance(term, tuple) or term[0] != "attr" or not str(term[-1]).endswith("dtype"):
        return dtype
    return UnknownV(dtype.reason, term[1])


def _has_a_fraction(node: Node) -> bool:
    """Whether a number goes into a calculation that becomes no int."""
    return node.label in _CALCULATIONS and any(isinstance(part, float) for part in parts_of(node))


def _name(node: Node) -> str:
    return str(node.key or node.label).rpartition(".")[2]
