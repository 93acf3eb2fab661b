"""The declaration of an op: its names, its rule, its kinds; and a call of it, as the rule sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.agreement import common
from kerasmergelint.keras_api.dtype_names import OTHER_NAMES
from kerasmergelint.keras_api.kinds import NO_KIND, Kind
from kerasmergelint.keras_api.numerals import ordinal
from kerasmergelint.keras_api.ops import (
    binding,
    missing,
    own_parameters,
    raw_tf,
    refused_dtypes,
    releases,
)
from kerasmergelint.keras_api.problems import bad, layer_as_tensor, refused
from kerasmergelint.keras_api.protocol import (
    DECIDED_BY_A_RUN,
    Broken,
    Opaque,
    Outcome,
    SubLayer,
    TensorKind,
    TensorSpec,
    strongest,
)
from kerasmergelint.keras_api.releases import REASON, UP_TO_DATE, What
from kerasmergelint.keras_api.versions import V2, V3, KerasVersion, Versions
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, OpenShape, Shape


@dataclass(frozen=True, slots=True)
class OpCall:
    """One call of an op.

    ``name`` is the name in its namespace (``tf.gather``), ``arguments`` hold every parameter by the
    rule's name for it, defaults included.  ``symbolic`` says that Keras 3's own shape functions answer
    (``keras.ops`` on a KerasTensor), not TensorFlow's shape inference.
    """

    name: str
    arguments: Mapping[str, Any]
    version: KerasVersion
    symbolic: bool = False

    @property
    def space(self) -> str:
        """``ops``, ``tf``, ``K``, ``random`` or ``activations``."""
        return self.name.partition(".")[0]

    @property
    def promotes(self) -> bool:
        """Whether tensors of different types are converted to one; TensorFlow's functions do not."""
        if self.space not in ("tf", "K"):
            return True
        newer = self.version in V3
        return newer and TensorKind.KERAS in kinds_in(self.arguments.values())

    @property
    def last(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(".")[2]

    def get(self, name: str, default: object = None) -> Any:
        return self.arguments.get(name, default)

    def tensor(self, name: str = "x") -> TensorSpec | None:
        """An argument that is a tensor, or numbers that become one; None if it is certainly neither.

        Whatever is not known at all is a tensor of any shape: if it is none, there is no result.
        """
        return tensor_of(self.arguments.get(name))

    def dtype(self) -> str | None:
        """The data type that is asked for; None where it is unknown."""
        return named_dtype(self.arguments.get("dtype"))

    def dtype_or(self, usual: str | None) -> str | None:
        """The data type that is asked for, or that of a call that asks for none."""
        return usual if self.arguments.get("dtype") is None else self.dtype()

    def with_arguments(self, **more: object) -> OpCall:
        return replace(self, arguments={**self.arguments, **more})


def named_dtype(wanted: object) -> str | None:
    """A data type by its proper name, for TensorFlow's aliases."""
    return OTHER_NAMES.get(wanted, wanted) if isinstance(wanted, str) else None


_ANYTHING = TensorSpec(OpenShape(), None, TensorKind.ANY)
Rule = Callable[[OpCall], Outcome]


@dataclass(frozen=True, slots=True)
class Op:
    """``names`` start with ``ops.``, ``tf.``, ``K.``, ``random.`` or ``activations.``.

    Parameters come from the generated signatures.  Their names differ between namespaces: ``aliases``
    says what the rule calls them, where that is not the usual (see :mod:`.binding`).  ``spoken`` is the
    name by which the program calls the op.
    """

    names: tuple[str, ...]
    rule: Rule
    kind: Kind = NO_KIND
    aliases: tuple[tuple[str, str], ...] = ()
    spoken: str = ""

    @property
    def takes_list(self) -> bool:
        """Whether what it works on is a list of tensors."""
        return any(role == "xs" for _, role in self.aliases)

    @property
    def name(self) -> str:
        """The name of the op in messages: one for the spellings of all namespaces."""
        last = (self.spoken or self.names[0]).rpartition(".")[2]
        return f"ops.{binding.common_name(last)}"

    def call(
        self, args: Sequence[object], kwargs: Mapping[str, object], version: KerasVersion
    ) -> Outcome:
        """The result; raises :class:`Broken` where the op certainly raises."""
        name = self.spoken or self.names[0]
        args = [UNKNOWN if isinstance(value, Opaque) else value for value in args]
        raw_tf.refuse(name, args, kwargs, version)
        signature = binding.parameters(name, version)
        aliases = dict(self.aliases)
        bound = None if signature is None else signature.bind(args, kwargs, aliases)
        if bound is None:
            return unknown("its arguments are not known")
        for parameter in _TENSORS & bound.keys():
            _refuse_layer(bound[parameter])
        if signature is not None:
            missing.refuse(name, signature, aliases, bound, version)
        refused_dtypes.refuse(name, bound)
        _refuse_listed_dtype(bound.get("dtype"))
        axis = bound.get("axis")
        if isinstance(axis, TensorSpec) and name.startswith("tf."):
            bound = {**bound, "axis": dim_of(axis.data)}  # `tf.rank(x) - 1`
        return self._answer(OpCall(name, bound, version))

    def takes(self, keywords: Collection[str], version: KerasVersion) -> bool:
        """Whether the function has parameters of these very names, as far as that is known."""
        signature = binding.parameters(self.spoken or self.names[0], version)
        return signature is None or signature.takes(keywords)

    def check_parameters(
        self, positional: int, keywords: Collection[str], version: KerasVersion
    ) -> None:
        """Raises :class:`Broken` where the function has no such parameters, or misses some."""
        own_parameters.refuse(self.spoken or self.names[0], positional, keywords, version)

    def place_of_format(self, version: KerasVersion) -> int | None:
        """Where ``data_format`` stands among the parameters of a function of Keras that has one."""
        name = self.spoken or self.names[0]
        signature = binding.parameters(name, version) if name.startswith(("ops.", "K.")) else None
        return None if signature is None else signature.place_of("data_format")

    def compared(self, versions: Versions) -> list[KerasVersion]:
        """Those of the versions that may answer differently from the newest."""
        return releases.compared((self.spoken or self.names[0]).rpartition(".")[2], versions)

    def wants_tensor(self, position: int | str) -> bool:
        """Whether the argument at a position, or of a name, is a tensor rather than a number."""
        return self._role(position) in _TENSORS

    def _role(self, position: int | str) -> str | None:
        """What the rule calls the argument at a position, or of a name; None if that is not known."""
        signature = binding.parameters(self.spoken or self.names[0], KerasVersion.V3)
        name = position if isinstance(position, str) else None
        if signature is not None and isinstance(position, int):
            name = signature.name_at(position)
        return None if name is None else binding.role_of(name, dict(self.aliases))

    def packs(self, position: int | str) -> bool:
        """Whether a list at a position, or of a name, is made one tensor."""
        name = self.spoken or self.names[0]
        return (
            self._role(position) in ({"xs"} if Kind.STACK in self.kind else {"x"})
            and name.startswith(("ops.", "tf."))
            and name not in _TAKES_PARTS
        )

    def _answer(self, call: OpCall) -> Outcome:
        """By Keras's shape functions or TensorFlow's; by both where the tensors may be of any kind."""
        kinds = kinds_in(call.arguments.values())
        if kinds <= _WITH_DATA and (kinds or all(map(_is_plain, call.arguments.values()))):
            return _with_data(self._released(call))
        if TensorKind.GRAPH in kinds:
            return _in_graph(self._released(call))
        if call.space in ("tf", "K") or call.version in V2:
            return self.rule(call)
        if TensorKind.KERAS in kinds:
            return self._released(replace(call, symbolic=True))
        if TensorKind.ANY in kinds:
            return _either(lambda symbolic: self._released(replace(call, symbolic=symbolic)))
        return self._released(call)

    def _released(self, call: OpCall) -> Outcome:
        """The rule's answer, as far as it holds for the version of the call."""
        if call.version in UP_TO_DATE or call.space in ("tf", "K"):
            return self.rule(call)
        try:
            outcome = self.rule(call)
        except Broken:
            if call.version not in releases.older(call.last, What.REFUSES, symbolic=call.symbolic):
                raise
            return some_tensor(call, REASON)
        older = releases.older(
            call.last, What.ANSWERS, symbolic=call.symbolic, arguments=call.arguments
        )
        return some_tensor(call, REASON) if call.version in older else outcome


_WITH_DATA = frozenset({TensorKind.EAGER, TensorKind.ARRAY})


def _in_graph(outcome: Outcome) -> Outcome:
    """A result that depends on a graph tensor, if only for a size, is in the graph."""

    def moved(nest: object) -> object:
        if isinstance(nest, TensorSpec):
            return replace(nest, kind=TensorKind.GRAPH) if nest.kind in _WITH_DATA else nest
        if isinstance(nest, (list, tuple)):
            return type(nest)(moved(item) for item in nest)
        return nest

    return replace(outcome, outputs=moved(outcome.outputs))


def _is_plain(argument: object) -> bool:
    """Whether an argument holds numbers and texts of Python alone."""
    if isinstance(argument, (list, tuple)):
        return all(map(_is_plain, argument))
    return argument is None or isinstance(argument, (bool, int, float, str))


def _with_data(outcome: Outcome) -> Outcome:
    """Tensors with data, also where arrays went in; sizes that depend on the data are merely unknown."""
    return replace(outcome, outputs=_settled(outcome.outputs))


def _settled(outputs: object) -> object:
    if isinstance(outputs, TensorSpec):
        kind = kind_of(outputs)
        if outputs.dims is None or None not in outputs.dims:
            return replace(outputs, kind=kind)
        dims = tuple(UNKNOWN if dim is None else dim for dim in outputs.dims)
        return replace(outputs, shape=Shape(dims), kind=kind)
    if isinstance(outputs, (list, tuple)):
        return type(outputs)(_settled(item) for item in outputs)
    return outputs


def _either(rule: Callable[[bool], Outcome]) -> Outcome:
    """What holds in both worlds; raises only where both refuse."""
    try:
        first = rule(True)
    except Broken as broken:
        try:
            second = rule(False)
        except Broken:
            raise broken from None
        return Outcome(second.outputs, ("it depends on where the tensor lives",))
    try:
        second = rule(False)
    except Broken:
        return Outcome(first.outputs, ("it depends on where the tensor lives",))
    doubts = (*first.doubts, *second.doubts)
    return Outcome(common(first.outputs, second.outputs), doubts, first.hazards)


# A list is no tensor for these: the parts of one table, and what is indexed.
_TAKES_PARTS = frozenset({"tf.nn.embedding_lookup", "ops.get_item"})

# The parameters that take tensors; sizes and axes have other names.
_TENSORS = frozenset({"x", "xs", "y", "condition", "operands", "indices", "filters"})


def _refuse_layer(value: object) -> None:
    items = value if isinstance(value, (list, tuple)) else (value,)
    for index, item in enumerate(items):
        if isinstance(item, SubLayer):
            raise layer_as_tensor("ValueError", index, what=f"the {ordinal(index)} input")


def _refuse_listed_dtype(wanted: object) -> None:
    """Numbers where the data type belongs, as in ``tf.constant([1, 2], [3, 4])``.

    A list of types is one for each of several results, as of ``tf.map_fn``.
    """
    if isinstance(wanted, (list, tuple)) and wanted and isinstance(wanted[0], (int, float)):
        raise refused("the argument `dtype` is a list, not a data type", "TypeError")


def kinds_in(values: Iterable[object]) -> set[TensorKind]:
    """The kinds of all tensors in a nest of arguments."""
    found: set[TensorKind] = set()
    stack = list(values)
    while stack:
        value = stack.pop()
        if isinstance(value, TensorSpec):
            found.add(value.kind)
        elif isinstance(value, (list, tuple)):
            stack.extend(value)
        elif isinstance(value, dict):
            stack.extend(value.values())
    return found


def kind_of(*specs: TensorSpec) -> TensorKind:
    """Where the result of an op on these tensors lives; arrays become tensors."""
    kind = strongest({spec.kind for spec in specs})
    return TensorKind.EAGER if kind is TensorKind.ARRAY else kind


def unknown(reason: str = "the result is not known") -> Outcome:
    return Outcome(UNKNOWN, (reason,))


def any_tensor(kind: TensorKind = TensorKind.ANY, reason: str = "an input is not known") -> Outcome:
    """A tensor of which little is known."""
    return Outcome(TensorSpec(OpenShape(), None, kind), (reason,))


def some_tensor(call: OpCall, reason: str = "an input is not known") -> Outcome:
    """The same, of the kind that follows from the inputs."""
    kind = strongest(kinds_in(call.arguments.values()))
    return any_tensor(TensorKind.ANY if kind is TensorKind.ARRAY else kind, reason)


def made(spec: TensorSpec, dims: Any, dtype: Any = ...) -> Outcome:
    """A tensor with other dimensions, and possibly another data type."""
    return Outcome(
        TensorSpec(
            dims if isinstance(dims, (Shape, OpenShape)) else Shape(tuple(dims)),
            spec.dtype if dtype is ... else dtype,
            kind_of(spec),
        )
    )


def channels_first(call: OpCall) -> bool | None:
    """Whether the argument ``data_format`` puts the channels first; None where it is not known."""
    given = call.get("data_format")
    return given == "channels_first" if given is None or isinstance(given, str) else None


def axis_in(axis: int, rank: int, spec: TensorSpec) -> int:
    """An axis counted from 0; raises where the tensor does not have it."""
    if not -rank <= axis < rank:
        raise bad(f"axis {axis} is out of range for {spec}", axis)
    return axis % rank


def sizes_of(value: object) -> list[Dim] | None:
    """A list of sizes given as an argument: a list, or a tensor whose content is known."""
    if isinstance(value, TensorSpec):
        value = value.data
    if not isinstance(value, (list, tuple)):
        return None
    return [size_of(item) for item in value]


def fixed_sizes_of(call: OpCall, value: object) -> list[Dim] | None:
    """:func:`sizes_of` an argument of which TensorFlow makes a tensor: Python's None is no size there."""
    if not call.symbolic and isinstance(value, (list, tuple)) and any(n is None for n in value):
        words = ", ".join(str(n) if n is None or isinstance(n, int) else "?" for n in value)
        hint = "`tf.shape(x)` and `keras.ops.shape(x)` hold the sizes that are known when it runs"
        raise refused(f"a size is None: ({words})", "TypeError", hint=hint)
    return sizes_of(value)


def size_of(item: object) -> Dim:
    """A size, which may be a tensor (``tf.shape(x)[0]``): dynamic, unless its content is known.

    Only one number is a size, and the content of what is no tensor of a graph is known when it is used.
    """
    if isinstance(item, TensorSpec):
        if item.dims or (item.data is None and item.kind not in DECIDED_BY_A_RUN):
            return UNKNOWN
        item = item.data
    if item is None:
        return None
    return dim_of(item)


def tensor_of(value: object) -> TensorSpec | None:
    """An argument as :meth:`OpCall.tensor` gives it."""
    return _ANYTHING if value is UNKNOWN else as_spec(value)


def as_spec(value: object) -> TensorSpec | None:
    """A tensor, or the tensor that TensorFlow makes of nested lists of numbers."""
    if isinstance(value, TensorSpec):
        return value
    if isinstance(value, Expr) and not value.nullable:
        return TensorSpec(Shape(()), "int32", TensorKind.ARRAY, value)
    dims = literal_dims(value)
    if dims is None:
        return None
    data = None if dims else value
    if isinstance(value, (list, tuple)) and len(dims) == 1:
        data = tuple(map(size_of, value))
    return TensorSpec(Shape(dims), _literal_dtype(value), TensorKind.ARRAY, data)


def literal_dims(value: object) -> tuple[Dim, ...] | None:
    """The shape of nested lists of numbers and scalar tensors."""
    if isinstance(value, TensorSpec):
        return value.dims
    if isinstance(value, (bool, int, float)) or (isinstance(value, Expr) and not value.nullable):
        return ()
    if isinstance(value, (list, tuple)):
        inner = [literal_dims(item) for item in value]
        first = inner[0] if inner else ()
        if first is None or any(other != first for other in inner):
            return None
        return (len(value), *first)
    return None


def _literal_dtype(value: object) -> str | None:
    if isinstance(value, bool):
        return "bool"
    return "int32" if isinstance(value, int) else None


def dim_of(value: object) -> Dim:
    """A size given as an argument."""
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, (int, Expr)) else UNKNOWN


def is_axes(value: object) -> bool:
    """Whether a value is a list of plain ints."""
    return isinstance(value, (list, tuple)) and all(type(item) is int for item in value)
