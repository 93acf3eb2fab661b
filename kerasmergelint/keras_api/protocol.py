"""The interface between the Keras rules and their callers.

A rule is a pure function of a configuration and abstract inputs.  It either returns an
:class:`Outcome`, or raises :class:`Broken`: Keras raises for *every* program that fits what is known.
A check that could not be decided leaves a doubt in the outcome; an outcome without doubts means that
Keras accepts the call.

Values that cross this border:

* plain Python (``int``, ``float``, ``str``, ``bool``, ``None``, ``tuple``, ``list``, ``dict``);
* :data:`~kerasmergelint.shapes.UNKNOWN` for an unknown value;
* :class:`~kerasmergelint.shapes.Expr` for a symbolic int;
* :class:`TensorSpec` for a tensor, :class:`SubLayer` for a layer, and :class:`Opaque` for anything known
  to be none of these (a function, an initializer, a generator).
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from typing import Any, Final

from kerasmergelint.dataclass import dataclass, field, replace
from kerasmergelint.keras_api.causes import Cause
from kerasmergelint.keras_api.versions import KerasVersion as KerasVersion
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Dim, Shape, format_shape
from kerasmergelint.shapes.needs import Need


class TensorKind(enum.Enum):
    """Where a tensor lives, which decides what can be done with it."""

    KERAS = "symbolic tensor of a functional model (KerasTensor)"
    GRAPH = "TensorFlow tensor inside call() or a Lambda"
    EAGER = "TensorFlow tensor that holds data"
    ARRAY = "NumPy array"
    ANY = "any of these"

    __hash__ = object.__hash__  # quicker than that of its name


# Where content is not known before a run, unless it follows from constants: what is not known at all may
# as well be a number.
DECIDED_BY_A_RUN = (TensorKind.KERAS, TensorKind.GRAPH)
# The result of an operation lives where the first of these kinds among its operands does.
_STRONGEST_FIRST = (
    TensorKind.KERAS, TensorKind.GRAPH, TensorKind.ANY, TensorKind.EAGER, TensorKind.ARRAY,
)  # fmt: skip


def strongest(kinds: Collection[TensorKind]) -> TensorKind:
    """Where the result of an operation on tensors of these kinds lives; anywhere, without any."""
    return next((kind for kind in _STRONGEST_FIRST if kind in kinds), TensorKind.ANY)


# Of a result of which all numbers are kept: what doubles at each step would grow without end.
MOST_NUMBERS: Final = 8192


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """A tensor as far as it is known: shape (batch axis included), dtype name or None, kind.

    ``data`` is the content of a tensor that serves as a size or a list of sizes (``tf.shape(x)``): a
    dimension, or a tuple of dimensions; None where it is unknown.
    """

    shape: AnyShape = ANY_SHAPE
    dtype: str | None = None
    kind: TensorKind = TensorKind.KERAS
    data: Any = field(default=None, compare=False)

    def with_shape(self, shape: AnyShape) -> TensorSpec:
        return replace(self, shape=shape, data=None)

    @property
    def dims(self) -> tuple[Dim, ...] | None:
        """The dimensions; None where the rank is unknown."""
        return self.shape.dims if isinstance(self.shape, Shape) else None

    def __str__(self) -> str:
        return format_shape(self.shape)


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value that is known not to be a number, string, container, tensor or layer.

    ``iterable``: it gives other values one by one, but is neither a list nor a tuple.
    """

    description: str = "object"
    iterable: bool = False


# A nest of tensors: a TensorSpec, or list / tuple / dict of nests.  UNKNOWN may stand anywhere.
Nest = Any
# A nest of shapes with the same structure.
ShapeNest = Any
Config = Mapping[str, Any]


class ProblemKind(enum.Enum):
    """Why Keras raises.  ``rules/`` gives each its code."""

    CONCAT_SIZES = "sizes differ off the concatenation axis"
    CONCAT_RANKS = "ranks differ in a concatenation"
    AXIS_RANGE = "axis out of range"
    MERGE_INPUTS = "wrong number or kind of inputs to a merge"
    NO_INPUTS = "no inputs to a merge"
    BROADCAST = "shapes of an element-wise merge cannot broadcast"
    DOT_AXES = "axes of a dot product do not fit"
    OPERATION = "operator or op on tensors that do not fit"
    INPUT_RANK = "wrong input rank"
    NEGATIVE_DIM = "a dimension becomes zero or negative"
    RESHAPE = "the number of elements changes in a reshape"
    UNDEFINED_DIM = "a dimension that weights need is None"
    PINNED = "a built layer is used on another size"
    LAYER_INPUTS = "wrong number or kind of inputs to a layer or model"
    ARGUMENT = "an argument that the layer refuses"
    NO_SUCH_NAME = "a name that Keras does not have"
    REMOVED_NAME = "a name that Keras removed"
    GONE_NAME = "a name that only Keras 2 has"
    OLD_ARGUMENT = "an argument of Keras 1"
    NOT_IN_KERAS_3 = "an argument that only Keras 2 takes"
    LAYER_AS_TENSOR = "a layer passed where a tensor belongs"
    TENSOR_TO_CONSTRUCTOR = "a tensor passed to a constructor"
    RESERVED_ATTRIBUTE = "an attribute that Keras reserves"
    NOT_INITIALISED = "a layer whose constructor does not call super().__init__()"
    RAW_TF_ON_KERAS = "a raw TensorFlow function on a Keras tensor"
    MODEL_GRAPH = "a model whose graph does not hold together"
    PYTHON = "Python itself raises on the way to a merge"
    NO_ATTRIBUTE = "an attribute that a tensor, layer or model does not have"
    DATA = "data does not fit the inputs of a model"
    TARGETS = "targets, outputs and loss do not fit"
    FIRST_RUN = "a model that builds and fails when it runs"
    SERIALIZATION = "an object that Keras cannot save, copy or load"


@dataclass(frozen=True, slots=True)
class Problem:
    """A certain failure.

    ``exception`` is the class name of what Keras raises, ``detail`` one line that states the
    conflict in the user's terms without naming the operands ("axis 1: 5 and 7"), ``operands`` the
    indices of the inputs at fault among the flattened inputs, ``axis`` the axis at which they
    differ, ``hint`` the likeliest repair, ``cause`` what sets it apart from others of its kind.
    """

    kind: ProblemKind
    exception: str
    detail: str
    operands: tuple[int, ...] = ()
    axis: int | None = None
    hint: str | None = None
    cause: Cause | None = None


class Broken(Exception):
    """Keras raises here."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


# Importing such a name raises ImportError; looking it up, as replay does, AttributeError.
ABSENT_NAMES: Final = frozenset(
    {ProblemKind.NO_SUCH_NAME, ProblemKind.REMOVED_NAME, ProblemKind.GONE_NAME}
)


class HazardKind(enum.Enum):
    """Merges that build but are wrong or fragile (KML2xx)."""

    SILENT_BROADCAST = "both operands are stretched, or the rank is lifted"
    BATCH_CONCAT = "concatenation along the batch axis"
    MIXED_DTYPES = "operands of different dtypes"
    DROPPED_OPERAND = "operands are silently dropped"
    CONDITIONAL = "only works for some sizes"
    FIXED_BATCH = "works for one batch size only"
    DEGENERATE_DOT = "a dot product over a single element, or one that leaves axes of size 1"
    SINGLE_WEIGHT = "weights from a softmax over one element"


@dataclass(frozen=True, slots=True)
class Hazard:
    """A merge that builds, and what is wrong with it.

    ``sure``: published models that work hardly ever do this.  Other hazards are reported on demand only.
    ``batch`` is the only number of samples with which it works.
    """

    kind: HazardKind
    detail: str
    operands: tuple[int, ...] = ()
    axis: int | None = None
    hint: str | None = None
    sure: bool = True
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a call.

    ``outputs`` is a nest of :class:`TensorSpec` (ops may also give plain values: an int, a tuple of
    dimensions).  ``doubts`` are the undecided checks of Keras: as needs of sizes, or in words where
    those cannot be expressed.  ``supposed`` is what must hold for the outputs to be such.
    """

    outputs: Nest
    doubts: tuple[str | Need, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    supposed: tuple[Need, ...] = ()


class SubLayer:
    """A layer within another layer's configuration (``TimeDistributed(Dense(3))``).

    Not a Protocol, since ``isinstance`` with one costs more than most rules.  ``layer`` is the
    layer itself, in the caller's own form.
    """

    layer: Any

    @property
    def type_name(self) -> str:
        """The class name, such as ``"LSTM"``; empty for one of the program's own layers."""
        raise NotImplementedError

    @property
    def config(self) -> Config:
        """Its configuration; empty for one of the program's own layers."""
        raise NotImplementedError

    def apply(self, inputs: Nest, first: ShapeNest | None = None) -> Outcome:
        """Call it on inputs; raises :class:`Broken`."""
        raise NotImplementedError

    def parameters(self, first: ShapeNest) -> int | None:
        """The number of weights once built on these shapes; None if unknown."""
        raise NotImplementedError

    def trained(self, first: ShapeNest) -> int | None:
        """How many of them training changes."""
        raise NotImplementedError

    def attribute(self, name: str) -> object:
        """An attribute of one of the program's own layers; unknown for a layer of Keras."""
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class LayerCall:
    """One call of a layer, as its rule sees it.

    ``first`` is the nest of shapes of the first call of the same instance, and None in that first call:
    what ``build`` validated and pinned follows from it.  ``arguments`` are the arguments of the call
    besides the inputs (``initial_state``, ``training``), by name.
    """

    config: Config
    inputs: Nest
    version: KerasVersion = KerasVersion.V3
    first: ShapeNest | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
