"""What a program trains with: losses, the arguments of ``compile``, and data pipelines."""

from __future__ import annotations

import enum

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import AnyShape, Dim, Shape
from kerasmergelint.shapes.dim import Expr, Symbol
from kerasmergelint.shapes.residues import substitute, symbols
from kerasmergelint.tracker.values.containers import mapped
from kerasmergelint.tracker.values.graph import TensorV
from kerasmergelint.tracker.values.heap import Heap
from kerasmergelint.tracker.values.terms import Term
from kerasmergelint.tracker.values.value import Value

# Noted among what a program has changed in its libraries.
RUNS_EAGERLY = "tensorflow.config.run_functions_eagerly"
# Under this name and its own it is noted that a tape was asked, and has forgotten what it recorded.
ASKED_TAPE = "asked tape"
# Under this name and its identity a tensor is noted that comes out of a pipeline.
OUT_OF_PIPELINE = "out of a pipeline"
# Under this name and its own, the shapes of the variables that an optimizer takes; None if others may come.
FIRST_APPLIED = "first applied"
# Under this name it is noted that tensors of TensorFlow got the methods of arrays.
ARRAY_METHODS = "tensorflow.experimental.numpy.experimental_enable_numpy_behavior"


class Gives(enum.Enum):
    """What a loss makes of a batch."""

    NUMBER = "one number for the whole batch"
    VALUES_OF_ONE_RANK = (
        "one number for each sample, of targets and outputs brought to the same rank"
    )
    VALUES = "one number for each sample, of targets and outputs as they are"
    EITHER = "that is not known"


@dataclass(frozen=True, slots=True)
class LossV:
    """A loss that Keras ships, by the name of its function.

    ``ignores_none``: no class is left out.
    """

    name: str
    gives: Gives
    ignores_none: bool = True


@dataclass(frozen=True, slots=True)
class MetricV:
    """A metric that Keras ships, by the name of its class; it compares targets with outputs as they are.

    ``label`` is the name that the program gives it.
    """

    name: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class OptimizerV:
    """An optimizer that Keras ships, whichever; ``term`` tells apart those that the program makes.

    ``scheduled``: its learning rate is a schedule, which nothing else may set.
    """

    term: Term = None
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class TapeV:
    """``tf.GradientTape()``; ``persistent``: it may be asked more than once, or that is not known."""

    term: Term
    persistent: bool


@dataclass(frozen=True, slots=True)
class ScheduleV:
    """A schedule of learning rates that Keras ships, by the name of its class."""

    name: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The arguments of ``compile``; None for those not given.

    ``again``: the model was compiled before, and may go on to measure what it measured then.
    """

    loss: Value
    metrics: Value = None
    weighted_metrics: Value = None
    run_eagerly: Value = None
    jit_compile: Value = None
    again: bool = False
    loss_weights: Value = None
    optimizer: Value = None


@dataclass(frozen=True, slots=True)
class Batches:
    """The sizes of the batches of a pipeline, where the number of samples is known.

    ``size`` stands for any of them in the shapes of an item; ``rest`` is that of the last one, None
    if it is as long as the others, which are ``whole``.
    """

    size: Expr
    whole: int
    rest: int | None


@dataclass(frozen=True, slots=True)
class DatasetV:
    """A data pipeline: ``element``, a nest of tensors, is one item of it.

    ``iterator``: it is none, but what this function of Python, such as ``zip``, makes of some.
    ``count`` is the number of items, None if unknown; ``is_window``: it is an item of another pipeline.
    ``samples`` are the arrays whose rows are the samples, if all of them come; ``by_index``: it is no
    pipeline of TensorFlow's, but has its batches by number; ``started``: it is what ``iter`` gives.
    """

    element: Value
    iterator: str = ""
    count: int | None = None
    batches: Batches | None = None
    is_window: bool = False
    by_index: bool = False
    started: bool = False
    samples: Value = None

    @property
    def is_plain(self) -> bool:
        """Whether it is a pipeline of TensorFlow's itself."""
        return not (self.by_index or self.started or self.iterator)

    def first(self, heap: Heap) -> Value:
        """The first item."""
        return self.element if self.batches is None else self.item_of(heap, self.batches.whole)

    def item_of(self, heap: Heap, size: int) -> Value:
        """An item that is a batch of this size."""
        assert self.batches is not None
        values: dict[Symbol, Dim] = dict.fromkeys(symbols(self.batches.size), size)

        def one(leaf: Value) -> Value:
            dims = leaf.spec.dims if isinstance(leaf, TensorV) else None
            if not isinstance(leaf, TensorV) or dims is None:
                return leaf
            shape = Shape(tuple(substitute(dim, values) for dim in dims))
            return TensorV(leaf.spec.with_shape(shape), leaf.node, leaf.index)

        return mapped(heap, self.element, one)


@dataclass(frozen=True, slots=True)
class SignatureV:
    """``tf.TensorSpec``: the shape that a generator promises."""

    shape: AnyShape
    dtype: str | None = None
