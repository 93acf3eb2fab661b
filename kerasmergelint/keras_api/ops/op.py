"""The declaration of an op: its names, its parameters, its rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kerasmergelint.keras_api.protocol import (
    Broken,
    KerasVersion,
    Outcome,
    Problem,
    ProblemKind,
    SubLayer,
    TensorKind,
    TensorSpec,
)
from kerasmergelint.shapes import UNKNOWN, Dim, OpenShape, Shape

Arguments = Mapping[str, Any]
Rule = Callable[[Arguments], Outcome]


@dataclass(frozen=True, slots=True)
class Op:
    """``names`` are prefixed by ``ops.``, ``tf.``, ``K.`` or ``activations.``.

    ``parameters`` are the names in order; a function that calls an argument differently in one of its
    namespaces lists the other spelling in ``aliases``.
    """

    names: tuple[str, ...]
    parameters: tuple[str, ...]
    rule: Rule
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.names[0]

    def call(
        self, args: Sequence[Any], kwargs: Mapping[str, Any], version: KerasVersion
    ) -> Outcome:
        """The result; raises :class:`Broken` where the op certainly raises."""
        if "**" in kwargs:
            return unknown()
        renamed = dict(self.aliases)
        bound = dict(zip(self.parameters, args))
        bound.update({renamed.get(key, key): value for key, value in kwargs.items()})
        for name in _TENSORS & bound.keys():
            _refuse_layer(bound[name])
        return self.rule(bound)


    def wants_tensor(self, position: int | str) -> bool:
        """Whether the argument at a position, or of a name, is a tensor rather than a number."""
        if isinstance(position, int):
            return position < len(self.parameters) and self.parameters[position] in _TENSORS
        return dict(self.aliases).get(position, position) in _TENSORS


# The parameters that take tensors; sizes and axes have other names.
_TENSORS = frozenset({"x", "xs", "y", "a", "b", "c", "condition"})


def _refuse_layer(value: Any) -> None:
    items = value if isinstance(value, (list, tuple)) else (value,)
    for index, item in enumerate(items):
        if isinstance(item, SubLayer):
            raise Broken(
                Problem(
                    ProblemKind.LAYER_AS_TENSOR,
                    "ValueError",
                    f"input {index} is a layer or model, not a tensor",
                    (index,),
                    hint="call it first, or use its `.output`",
                )
            )


def unknown(reason: str = "the result is not known") -> Outcome:
    return Outcome(UNKNOWN, (reason,))


def any_tensor(kind: TensorKind = TensorKind.ANY, reason: str = "an input is not known") -> Outcome:
    """Some tensor."""
    return Outcome(TensorSpec(OpenShape(), None, kind), (reason,))


def tensor(arguments: Arguments, name: str = "x") -> TensorSpec | None:
    """An argument that has to be a tensor, if it is known to be one, or numbers that become one."""
    return as_spec(arguments.get(name))


def bad(detail: str, axis: int | None = None, exception: str = "ValueError") -> Broken:
    """The op raises."""
    return Broken(Problem(ProblemKind.OPERATION, exception, detail, (0,), axis))


def sizes_of(value: Any) -> list[Dim] | None:
    """A list of sizes given as an argument: a list, or a tensor of which the content is known."""
    if isinstance(value, TensorSpec):
        value = value.data
    if not isinstance(value, (list, tuple)):
        return None
    return [size_of(item) for item in value]


def size_of(item: Any) -> Dim:
    """A size that a tensor may give (``tf.shape(x)[0]``): then it is dynamic, unless it is known."""
    if isinstance(item, TensorSpec):
        item = item.data
    if item is None:
        return None
    return dim_of(item)


def as_spec(value: Any) -> TensorSpec | None:
    """A tensor, or nested lists of numbers as the tensor that TensorFlow makes of them."""
    if isinstance(value, TensorSpec):
        return value
    dims = literal_dims(value)
    if dims is None:
        return None
    data = tuple(map(size_of, value)) if len(dims) == 1 else value if not dims else None
    return TensorSpec(Shape(dims), None, TensorKind.ARRAY, data)


def literal_dims(value: Any) -> tuple[Dim, ...] | None:
    """The shape of nested lists of numbers and scalar tensors."""
    if isinstance(value, TensorSpec):
        return value.dims
    if isinstance(value, (bool, int, float)):
        return ()
    if isinstance(value, (list, tuple)):
        inner = {literal_dims(item) for item in value}
        if len(inner) > 1 or None in inner:
            return None
        return (len(value), *(next(iter(inner)) or () if inner else ()))
    return None


def dim_of(value: Any) -> Dim:
    """A size given as an argument."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int) or hasattr(value, "terms"):
        return value  # type: ignore[no-any-return]
    return UNKNOWN
