"""Operators and ops on tensors: calls a Keras rule, and turns its answer into values or findings."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeGuard

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api import folding, indexing, merge_names, operators
from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.keras_api.kinds import NO_KIND, Kind
from kerasmergelint.keras_api.named_results import NAMED_RESULTS
from kerasmergelint.keras_api.ops import Op
from kerasmergelint.keras_api.ops.refused_dtypes import (
    takes_floats_alone,
    takes_numbers_alone,
    takes_whole_numbers_alone,
)
from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Nest,
    Outcome,
    Problem,
    ProblemKind,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.keras_api.variable_rules import list_of_weights
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.late import late
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, Expr, Shape
from kerasmergelint.tracker.keras import (
    absent_attributes,
    asking,
    hidden,
    intended,
    number_types,
    outcomes,
    variable_use,
    written_floats,
)
from kerasmergelint.tracker.keras.combination import Combination, Rule
from kerasmergelint.tracker.keras.convert import (
    from_plain,
    spec_leaves,
    to_plain,
    to_tensor_nest,
    value_to_shape,
)
from kerasmergelint.tracker.keras.ranks import size_of_axis, spec_of_unknown
from kerasmergelint.tracker.machine import by_version
from kerasmergelint.tracker.machine.events import Verdict
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import arithmetic, array_numbers
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import as_dim, is_number
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves
from kerasmergelint.tracker.values.graph import (
    Node,
    Recipe,
    Replay,
    Role,
    Site,
    TensorV,
    is_column,
    own_copy,
)
from kerasmergelint.tracker.values.memory import shared, written
from kerasmergelint.tracker.values.numpy_numbers import from_numpy
from kerasmergelint.tracker.values.training import ARRAY_METHODS
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, UnknownV, Value, named

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras import stated, type_sources
else:
    stated = late("kerasmergelint.tracker.keras.stated")
    type_sources = late("kerasmergelint.tracker.keras.type_sources")

_STEPS_OF_AN_OPERATION = 5  # the cost of a rule, in plain statements


class Effect(enum.Enum):
    """What an operation does to the tensors that it gets."""

    MERGES = "combines several, and has a verdict"
    CHANGES = "anything else"


@dataclass(frozen=True, slots=True)
class Operation:
    """A rule, and what it is applied to at a place of the program.

    ``given`` are the operands as the rule takes them.  ``shown`` is the name of the call in the program, if
    that is not the label; ``others`` are versions that may answer differently from the newest.  ``tentative``
    is what is given if unknown operands are tensors, where only names tell that.
    """

    label: str
    rule: Callable[[Nest, KerasVersion], Outcome]
    given: Nest
    operands: Value
    site: Site
    replay: Replay | None
    kind: Kind
    effect: Effect
    recipe: Recipe | None = None
    key: Value = None
    shown: str = ""
    others: Collection[KerasVersion] = ()
    tentative: Nest = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.shown or self.label

    def combination(self, rule: Rule) -> Combination:
        """The same as a merge, whose rule speaks for all versions."""
        tentative = self.tentative is not None
        given = self.tentative if tentative else self.given
        return Combination(self.site, self.name, self.operands, given, rule, tentative)


def perform(interp: Interpreter, asked: Operation) -> Value:
    """Apply the rule: tensors that know where they come from, or a finding."""
    interp.work(_STEPS_OF_AN_OPERATION)
    site, name, merges = asked.site, asked.name, asked.effect is Effect.MERGES

    def answer(given: Nest) -> Outcome:
        return by_version.agreed(interp, lambda version: asked.rule(given, version), asked.others)

    try:
        outcome = answer(asked.given)
    except Broken as broken:
        if ARRAY_METHODS in interp.patched and broken.problem.cause is Plain.MIXED_TYPES:
            why = "NumPy's behaviour is on, which promotes types"
            if merges:
                outcomes.note_merge(interp, site, name, Verdict.UNKNOWN, why)
            return interp.unknown(why)
        if merges:
            outcomes.note_merge(interp, site, name, Verdict.BROKEN, broken.problem.detail)
        failed = interp.broken(broken.problem, site, name, asked.operands, asked.recipe)
        meant = intended.outcome(interp, answer, asked.given, broken.problem)
        if meant is None:
            return failed
        outcome, merges = meant, False
    outcome = folding.folded(outcome, asked.given)
    if merges:
        outcomes.note_outcome(interp, asked.combination(answer), outcome, asked.recipe)
    elif outcome.doubts:
        outcomes.note_demand(interp, site, name, outcome)
    if outcome.supposed:
        outcomes.note_supposed(interp, site, name, outcome)
    if interp.explaining:
        _note_types(interp, str(asked.key), asked.operands)
    return _made(interp, asked, outcome)


def _note_types(interp: Interpreter, key: str, operands: Value) -> None:
    """What a function took tells of their types."""
    if takes_floats_alone(key):
        type_sources.note_floats(interp, operands)
    elif takes_numbers_alone(key):
        type_sources.note_numbers(interp, operands)
    elif takes_whole_numbers_alone(key):
        type_sources.note_whole_numbers(interp, islice(leaves(operands), 1))


def _made(interp: Interpreter, asked: Operation, outcome: Outcome) -> Value:
    """The result, which knows where it comes from."""
    operands = own_copy(interp.heap, asked.operands)
    node = Node(asked.label, asked.site, operands, asked.replay, None, asked.kind)
    node.recipe = asked.recipe
    node.key = asked.key
    result = from_plain(interp, outcome.outputs, node, f"the result of {asked.label} is not known")
    node.outputs = result
    interp.semantics.observers.node(interp, node)
    return outcomes.number_outputs(result)


def binary(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """An operator with a tensor on at least one side."""
    if operator == "*" and (_repeats(left, right) or _repeats(right, left)):
        return interp.unknown("a list that is repeated, unless it is multiplied")
    constant = arrays.binary(operator, left, right)
    if constant is not None:
        return constant
    asking.of_operator(interp, left, right)
    written_floats.refuse(interp, left, right, site)
    plain = [_operand(interp, left), _operand(interp, right)]

    kinds = {side.spec.kind for side in (left, right) if isinstance(side, TensorV)}
    of_keras = TensorKind.KERAS in kinds

    def replay(again: Interpreter, inputs: tuple[Value, Value], where: Site) -> Value:
        # What Keras 3 has recorded is an op of its own, which converts types.
        sides = _converted(inputs) if of_keras and again.version in V3 else inputs
        return arithmetic.binary(again, operator, *sides, where)  # they may be unknown by now

    # No shapes make a comparison fail, and NumPy arrays are not outputs of layers.
    both = isinstance(left, TensorV) and isinstance(right, TensorV)
    combined = both or (interp.explaining and _fit_whatever_they_are(left, right))
    named = not combined and interp.combines_by_name(site)
    tentative = stated.opened(plain, TensorKind.ANY) if named and UNKNOWN in plain else None
    combined = (combined and kinds != {TensorKind.ARRAY}) or tentative is not None
    merges = combined and operator not in ("==", "!=")
    asked = Operation(
        operator,
        lambda sides, version: operators.binary(operator, sides[0], sides[1], version),
        plain,
        (left, right),
        site,
        replay,
        operators.KINDS.get(operator, NO_KIND),
        Effect.MERGES if merges else Effect.CHANGES,
        recipe=interp.recipe("operator", operator, (left, right), {}),
        others=interp.versions & operators.VECTORS_KEEP_AXES if operator == "@" else (),
        tentative=tentative if merges else None,
    )
    return perform(interp, asked)


def _repeats(items: Value, times: Value) -> bool:
    """Whether a number of NumPy may repeat a list, as one of Python does; an array without axes does not."""
    if not isinstance(items, (ListV, tuple)) or not isinstance(times, TensorV):
        return False
    return times.spec.kind is TensorKind.ARRAY and not times.spec.dims


def note_unknowns(
    interp: Interpreter, operator: str, sides: tuple[Value, Value], site: Site
) -> None:
    """An operator combines tensors by its names, and nothing is known of either."""
    given = [TensorSpec(kind=TensorKind.ANY), TensorSpec(kind=TensorKind.ANY)]

    def rule(given: Sequence[Nest]) -> Outcome:
        return by_version.agreed(
            interp, lambda version: operators.binary(operator, given[0], given[1], version), ()
        )

    combination = Combination(site, operator, sides, given, rule, tentative=True)
    outcomes.note_unknowns(interp, combination)


def _operand(interp: Interpreter, value: Value) -> Nest:
    """What was computed with is a number only if that is certain: it may be an array."""
    value = interp.resolve(value)
    if isinstance(value, UnknownV) and not is_number(value):
        return UNKNOWN
    if isinstance(value, TensorV) and value.role is Role.WEIGHT and interp.versions & V3:
        # Most operators of Keras 3's variables convert the other side, or themselves.
        value = TensorV(replace(value.spec, dtype=None), value.node, value.index)
    return to_plain(interp, value)


def _fit_whatever_they_are(left: Value, right: Value) -> bool:
    """Whether one number, in a tensor, meets something unknown: a tensor of any shape, or a number."""
    tensor, other = (left, right) if isinstance(left, TensorV) else (right, left)
    one = isinstance(tensor, TensorV) and tensor.spec.dims == ()
    return one and isinstance(other, UnknownV)


def _converted(sides: tuple[Value, Value]) -> tuple[Value, Value]:
    """Two operands, of which nobody compares the types."""
    left, right = sides
    if not isinstance(left, TensorV) or not isinstance(right, TensorV):
        return sides
    if left.spec.dtype == right.spec.dtype:
        return sides
    return TensorV(replace(left.spec, dtype=None), left.node, left.index), right


def unary(interp: Interpreter, operator: str, operand: TensorV, site: Site) -> Value:
    asked = Operation(
        operator,
        lambda spec, version: operators.unary(operator, spec, version),
        to_plain(interp, operand),
        (operand,),
        site,
        lambda again, inputs, where: arithmetic.unary(again, operator, inputs[0], where),
        operators.KINDS.get(operator, NO_KIND),
        Effect.CHANGES,
        recipe=interp.recipe("operator", operator, (operand,), {}),
    )
    return perform(interp, asked)


def index(interp: Interpreter, tensor: TensorV, key: Value, site: Site) -> Value:
    """``tensor[key]``."""
    if isinstance(tensor.data, tuple) and isinstance(key, int):
        return shared([tensor], constant_item(interp, tensor, key))
    if isinstance(tensor.data, tuple) and isinstance(key, slice):
        part = _constant_slice(tensor, key)
        if part is not None:
            return shared([tensor], part)
    _check_rows(interp, tensor, key, site)
    looked_up = _looked_up(tensor, key)
    if looked_up is not None:
        return looked_up
    plain = to_plain(interp, key)
    asked = Operation(
        "indexing",
        lambda spec, version: indexing.getitem(spec, plain, version),
        tensor.spec,
        (tensor,),
        site,
        lambda again, inputs, where: again.item(inputs[0], key, where),
        indexing.KIND,
        Effect.CHANGES,
        recipe=interp.recipe("item", None, (tensor, key), {}),
        key=key,
    )
    found = perform(interp, asked)
    if _is_any_size(found):
        return TensorV(found.spec, found.node, found.index, UNKNOWN)
    if isinstance(found, TensorV) and isinstance(key, tuple) and tensor.data is not None:
        return shared([tensor], _with_picked(found, tensor, key))
    if _is_any_object(found):
        return interp.unknown(_ANY_OBJECT)
    return found if tensor.memory is None else shared([tensor], found)


def _with_picked(found: TensorV, array: TensorV, key: tuple[Value, ...]) -> TensorV:
    """What was taken from an array with known content, which is known, then."""
    content = arrays.picked(array.data, key) if array.spec.kind is TensorKind.ARRAY else None
    made = arrays.make(content) if isinstance(content, tuple) else None
    if made is None or made.spec.dims != found.spec.dims:
        return found
    return TensorV(found.spec, found.node, found.index, content, role=array.role)


def _is_any_size(item: Value) -> TypeGuard[TensorV]:
    """Whether this is one of many integers, as in ``tf.shape(x)[0]``: a size that the run may know."""
    return isinstance(item, TensorV) and item.spec.dims == () and item.spec.dtype in _INTEGERS


_INTEGERS = frozenset({"int32", "int64"})
_ANY_OBJECT = "an item of an array of objects"


def _is_any_object(item: Value) -> bool:
    """Whether this was taken out of an array of objects, such as lists or texts, or of what may be one."""
    if not isinstance(item, TensorV) or item.spec.dims != ():
        return False
    is_array = item.spec.kind is TensorKind.ARRAY
    if is_array and item.spec.dtype in (
        None,
        "string",
    ):  # numpy gives a str, or the bytes of a tensor
        return True
    return item.spec.dtype in (arrays.SEQUENCES, arrays.TEXTS)


def _check_rows(interp: Interpreter, table: TensorV, key: Value, site: Site) -> None:
    """``np.eye(3)[labels]``: every number must be that of a row."""
    if (
        not isinstance(key, (TensorV, ListV))
        or table.spec.kind is not TensorKind.ARRAY
        or is_column(table)
    ):
        return
    rows = table.spec.dims[0] if table.spec.dims else None
    numbers = list(arrays.flat(arrays.data_of(key)))
    if type(rows) is not int or not all(type(number) is int for number in numbers):
        return
    beyond = next((number for number in numbers if not -rows <= number < rows), None)
    if beyond is not None:
        detail = f"index {beyond} is out of range: an array of {rows} rows is looked up by numbers"
        raise interp.fails(Problem(ProblemKind.PYTHON, "IndexError", detail), site)


def _looked_up(table: TensorV, key: Value) -> TensorV | None:
    """``np.eye(3)[labels]``: a row of the table for each number of an array."""
    if not isinstance(key, TensorV) or not key.spec.dtype or "int" not in key.spec.dtype:
        return None
    rows, columns = table.spec.dims, key.spec.dims
    arrays_only = table.spec.kind is key.spec.kind is TensorKind.ARRAY
    if not arrays_only or not rows or columns is None:
        return None
    return TensorV(TensorSpec(Shape((*columns, *rows[1:])), table.spec.dtype, TensorKind.ARRAY))


def constant_item(interp: Interpreter, tensor: TensorV, key: int) -> Value:
    """An item of an array or tensor with known content; a number if NumPy gives one."""
    data = tensor.data
    if not -len(data) <= key < len(data):
        raise interp.raised("IndexError")
    item = data[key]
    if tensor.spec.kind is TensorKind.ARRAY and isinstance(item, (bool, int, float, str)):
        return from_numpy(item)
    dims = tensor.spec.shape.dims[1:] if isinstance(tensor.spec.shape, Shape) else ()
    return TensorV(TensorSpec(Shape(dims), tensor.spec.dtype, tensor.spec.kind), data=item)


def _constant_slice(tensor: TensorV, key: slice) -> TensorV | None:
    if not all(part is None or isinstance(part, int) for part in (key.start, key.stop, key.step)):
        return None
    if key.step == 0 or not isinstance(tensor.spec.shape, Shape):
        return None
    part = tensor.data[key]
    shape = Shape((len(part), *tensor.spec.shape.dims[1:]))
    spec = TensorSpec(shape, tensor.spec.dtype, tensor.spec.kind)
    return TensorV(spec, data=part, role=tensor.role)


_MERGE = Kind.MERGE
_STEPS_OF_AN_OP = 3


def _with_format(interp: Interpreter, op: Op, args: Args, keywords: Keywords) -> Keywords:
    """The program's data format for an op that takes one and is given none."""
    place = op.place_of_format(interp.version)
    if place is None or place < len(args) or keywords.get("data_format") is not None:
        return keywords
    return {**keywords, "data_format": interp.image_data_format}


def _taken(interp: Interpreter, op: Op, args: Args, keywords: Keywords) -> Keywords:
    """The keywords, the data format included; raises where the program is prepared for a refusal."""
    if interp.image_data_format != "channels_last":
        keywords = _with_format(interp, op, args, keywords)
    if interp.catches("TypeError") and not op.takes(named(keywords), interp.version):
        raise interp.raised("TypeError", "a keyword of another version")
    return keywords


def _has_parameters_of_its_own(dotted: str) -> bool:
    """Whether the program calls the function itself, not what stands for it in NumPy or TensorFlow 1."""
    return dotted.startswith(("tensorflow.", "keras.")) and ".compat." not in dotted


def _is_spread(argument: Value) -> bool:
    return isinstance(argument, Spread)


def _plain(interp: Interpreter, op: Op, position: int | str, value: Value) -> Nest:
    """An unknown argument may be a tensor or a list, unless it was computed as a number is."""
    value = interp.resolve(value)
    tensor = op.wants_tensor(position)
    if isinstance(value, UnknownV):
        if is_number(value):
            return _number(value, tensor=tensor)
        spec = spec_of_unknown(interp, value) if tensor else None
        return UNKNOWN if spec is None else spec
    take = to_tensor_nest if tensor else to_plain
    return take(interp, value)


def _number(value: UnknownV, *, tensor: bool) -> Nest:
    """A number that only a run knows, where a ``tensor`` is made of it, or a size is meant."""
    dtype = number_types.dtype_of_number(value.term)
    if tensor:
        shape = Shape(()) if number_types.has_no_axes(value.term) else ANY_SHAPE
        return TensorSpec(shape, dtype, TensorKind.ARRAY)
    size = as_dim(value) if dtype == "int32" else UNKNOWN
    return size if isinstance(size, Expr) else UNKNOWN


def call_op(
    interp: Interpreter,
    op: Op,
    args: Args,
    keywords: Keywords,
    site: Site,
    dotted: str = "",
) -> Value:
    """``keras.ops.x``, ``tf.x`` or ``K.x`` on values; ``dotted`` is the name in the program."""
    interp.work(_STEPS_OF_AN_OP)
    asking.of_op(interp, op.wants_tensor, args, keywords)
    keywords = _taken(interp, op, args, keywords)
    plain_args = [_plain(interp, op, index, argument) for index, argument in enumerate(args)]
    plain_keywords = {
        name: _plain(interp, op, name, value) for name, value in named(keywords).items()
    }
    operands = (tuple(args), DictV(interp.heap, dict(keywords)))
    label = op.name.rpartition(".")[2]
    of_weights = interp.surely(V3) and variable_use.begins_list(op, args, keywords)
    hides = hidden.from_op(op, args) if interp.surely(V3) else None
    certain = _has_parameters_of_its_own(dotted) and not any(map(_is_spread, args))

    def replay(again: Interpreter, inputs: tuple[Sequence[Value], DictV], where: Site) -> Value:
        given, keyed = inputs
        return call_op(again, op, list(given), dict(keyed.items), where, dotted)

    def rule(given: tuple[list[Nest], dict[str, Nest]], version: KerasVersion) -> Outcome:
        if REST in keywords:
            return Outcome(UNKNOWN, ("an argument is not known",))
        if of_weights:
            raise list_of_weights()
        if hides is not None:
            raise hides
        if certain:
            op.check_parameters(len(args), named(keywords), version)
        return op.call(*given, version)

    nest = (tuple(args), ListV(interp.heap, list(keywords.values())))
    tensors = sum(isinstance(leaf, TensorV) for leaf in leaves(nest))
    merges = op.kind.is_any(_MERGE)
    tentative = None
    if merges and tensors < 2 and interp.combines_by_name(site):
        tentative = _as_tensors(op, plain_args, plain_keywords)
    asked = Operation(
        label,
        rule,
        (plain_args, plain_keywords),
        operands,
        site,
        replay,
        op.kind,
        Effect.MERGES if merges and (tensors > 1 or tentative is not None) else Effect.CHANGES,
        key=merge_names.spelled(dotted) or (op.spoken if op.spoken in NAMED_RESULTS else op.name),
        shown=merge_names.spelled(dotted) or label,
        recipe=None if of_weights else interp.recipe("function", dotted, args, keywords),
        others=op.compared(interp.versions - {interp.version}),
        tentative=tentative,
    )
    return perform(interp, asked)


def _as_tensors(op: Op, args: list[Nest], keywords: dict[str, Nest]) -> Nest:
    """The same arguments with tensors of any shape for unknown ones; None if these are not several tensors.

    What is joined or stacked is a list, known or not, of which the items are tensors.
    """
    of_list = op.kind.is_any(Kind.JOIN | Kind.STACK)

    def taken(position: int | str, value: Nest) -> Nest:
        if not op.wants_tensor(position):
            return value
        if value is UNKNOWN and not of_list:
            return TensorSpec(kind=TensorKind.ANY)
        return stated.opened(value, TensorKind.ANY)

    found = (
        [taken(index, value) for index, value in enumerate(args)],
        {name: taken(name, value) for name, value in keywords.items()},
    )
    whole = of_list and args[:1] == [UNKNOWN]
    return found if whole or len(spec_leaves(found)) > 1 else None


# -- questions ------------------------------------------------------------------------------


def compare(interp: Interpreter, operator: str, left: Value, right: Value, site: Site) -> Value:
    """``left operator right`` with a tensor on at least one side."""
    if operator not in ("==", "!="):
        return binary(interp, operator, left, right, site)
    constant = arrays.binary(operator, left, right)
    if constant is not None:
        return constant
    tensor, other = (left, right) if isinstance(left, TensorV) else (right, left)
    if other is None or isinstance(other, DictV):
        return operator == "!="
    if isinstance(other, str):
        return _compare_with_text(interp, operator, tensor, site)
    if any(isinstance(v, TensorV) and v.spec.kind in _MAY_BE_SYMBOLIC for v in (left, right)):
        return interp.unknown("a tensor comparison")
    return binary(interp, operator, left, right, site)


def _compare_with_text(interp: Interpreter, operator: str, tensor: Value, site: Site) -> Value:
    """Texts in a tensor of TensorFlow are compared one by one."""
    spec = tensor.spec if isinstance(tensor, TensorV) else None
    if spec is None or spec.dtype != "string" or spec.kind not in _OF_TENSORFLOW:
        return interp.unknown("a tensor compared with a text")
    text = TensorV(TensorSpec(Shape(()), "string", TensorKind.EAGER))
    return binary(interp, operator, tensor, text, site)


_OF_TENSORFLOW = (TensorKind.GRAPH, TensorKind.EAGER)
# Keras tensors are compared by identity.
_MAY_BE_SYMBOLIC = (TensorKind.KERAS, TensorKind.ANY)


def truth(interp: Interpreter, tensor: TensorV) -> bool | None:
    """Whether a tensor is true: known for a known number."""
    return bool(tensor.data) if isinstance(tensor.data, (bool, int, float)) else None


def refuse_truth(interp: Interpreter, tensor: TensorV, site: Site) -> None:
    """Report ``if x:`` of a symbolic tensor, or of several numbers; a graph may branch by what it holds."""
    array_numbers.check_truth(interp, tensor, site)
    if tensor.spec.kind is TensorKind.KERAS:
        detail = "a symbolic tensor is neither true nor false"
        hint = "test `x is not None`, or decide within a layer"
        problem = Problem(ProblemKind.PYTHON, "TypeError", detail, hint=hint)
        raise interp.fails(problem, site, (tensor,))


def length(interp: Interpreter, tensor: TensorV, site: Site) -> Value:
    """``len(tensor)``"""
    dims = tensor.spec.dims
    return size_of_axis(tensor, 0, dims[0]) if dims else interp.unknown("a length")


def iterate(interp: Interpreter, tensor: TensorV, site: Site) -> list[Value] | None:
    """The rows of a small array; symbolic tensors of Keras cannot be iterated over."""
    if tensor.spec.kind is TensorKind.KERAS:
        raise interp.raised("NotImplementedError", "iterating over a symbolic tensor")
    count = (tensor.spec.dims or (None,))[0]
    if tensor.spec.kind is TensorKind.ARRAY and isinstance(count, int) and count <= _MAX_ROWS:
        return [interp.item(tensor, row, site) for row in range(count)]
    return None


_MAX_ROWS = 256


_WITH_NUMBERS = (TensorKind.ARRAY, TensorKind.EAGER)


def any_item(interp: Interpreter, tensor: TensorV) -> Value:
    """Any row."""
    dims = tensor.spec.dims
    if not dims:
        return interp.unknown("an item of something unknown")
    kind = tensor.spec.kind if tensor.spec.kind in _WITH_NUMBERS else TensorKind.GRAPH
    item = TensorV(TensorSpec(Shape(dims[1:]), tensor.spec.dtype, kind))
    return interp.unknown(_ANY_OBJECT) if _is_any_object(item) else item


def has_attribute(interp: Interpreter, tensor: TensorV, name: str) -> bool | None:
    if name in ("shape", "dtype"):
        return True
    return False if absent_attributes.of_tensor(interp, tensor, name) is not None else None


def set_attribute(
    interp: Interpreter, tensor: TensorV, name: str, content: Value, site: Site
) -> None:
    """``array.shape = (2, 3)`` reshapes in place; no other attribute matters."""
    if name == "shape" and tensor.spec.kind is TensorKind.ARRAY:
        shape = value_to_shape(interp, content)
        known = isinstance(shape, Shape) and all(dim != -1 for dim in shape.dims)
        tensor.spec = tensor.spec.with_shape(shape if known else ANY_SHAPE)
        written(tensor)
