"""What a merge needs of data types that only callers know: ``x is of float64``.

TensorFlow converts no tensor.  One of which nothing tells the type is taken for one of float32, as those of
Keras are; beside one that certainly has another type it must be of that, which is a condition.
"""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import Broken, Nest, TensorKind, TensorSpec
from kerasmergelint.tracker.keras import stated
from kerasmergelint.tracker.keras.combination import Combination, Rule
from kerasmergelint.tracker.keras.convert import mapped_specs, spec_leaves
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.containers import leaves
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.value import UnknownV, Value

_USUAL = "float32"
_COUNTS = frozenset({"int32", "int64"})


def needed(interp: Interpreter, combination: Combination) -> tuple[str, ...]:
    """The types, in words, that operands must have which the rule took for any."""
    given, rule, operands = combination.given, combination.rule, combination.operands
    specs = spec_leaves(given)
    known = {spec.dtype for spec in specs if spec.dtype not in (None, _USUAL)}
    if not known or (_is_count(specs) and not _is_size_of_other(interp, operands)):
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


def _is_count(specs: list[TensorSpec]) -> bool:
    """Whether a size is all that is known to be a tensor: what goes with it is a whole number, too."""
    return len(specs) == 1 and specs[0].dims == () and specs[0].dtype in _COUNTS


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


def _refuses(rule: Rule, given: Nest, dtype: str) -> bool:
    """Whether operands fail that are tensors of this type where no type is known."""

    def typed(spec: TensorSpec) -> TensorSpec:
        kind = TensorKind.GRAPH if spec.kind is TensorKind.ANY else spec.kind
        return replace(spec, dtype=spec.dtype or dtype, kind=kind)

    try:
        rule(mapped_specs(given, typed))
    except Broken:
        return True
    return False
