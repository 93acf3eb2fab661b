"""From the arguments of ``fit`` to one batch as the model sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, is_untraced, symbol
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.arrays import MIXED, SEQUENCES, TEXTS
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, ListV, leaves, mapped
from kerasmergelint.tracker.values.graph import TensorV, is_column
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.training import DatasetV
from kerasmergelint.tracker.values.value import UnknownV, Value

BATCH = symbol("some batch")
_DEFAULT_BATCH = 32


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs, targets and weights of the first step.

    The first axis of arrays is the batch size, :data:`BATCH` if unknown; items of a pipeline keep
    their shapes.  ``samples`` are the inputs and targets of all steps, if all are taken.
    """

    x: Value
    y: Value
    weights: Value = None
    samples: tuple[Value, Value] | None = None


def of_arrays(
    interp: Interpreter,
    x: Value,
    y: Value,
    weights: Value,
    length: Value,
    *,
    whole: bool,
    split: Value = 0.0,
    all_used: bool = True,
) -> Batch:
    """A batch of arrays.

    ``length`` is the requested size; ``whole``: all samples at once; ``split`` is the part of them
    that is held back for validation; not ``all_used``: the size may be another one.
    """
    count = trained_on(samples(x), split)
    size: Dim = UNKNOWN
    if isinstance(count, int) and all_used:
        wanted = _DEFAULT_BATCH if length is None else length
        if whole:
            size = count
        elif isinstance(wanted, int):
            size = min(count, wanted)
    first = size if isinstance(size, int) else BATCH
    x, y, weights = (_batched(interp, nest, first, whole) for nest in (x, y, weights))
    return Batch(x, y, weights)


def trained_on(count: Dim, split: Value) -> Dim:
    """How many samples a part for validation leaves, as Keras rounds."""
    if split == 0:
        return count
    if isinstance(count, int) and isinstance(split, float) and 0 < split < 1:
        return floor(count * (1.0 - split))
    return UNKNOWN


def samples(x: Value) -> Dim:
    """The size of the first axis of data."""
    for leaf in leaves(x):
        if isinstance(leaf, TensorV) and leaf.spec.dims:
            first: Dim = leaf.spec.dims[0]
            return first
    return UNKNOWN


def _batched(interp: Interpreter, nest: Value, size: Dim, whole: bool) -> Value:
    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV):
            return leaf
        dims = leaf.spec.dims
        kept = whole and bool(dims) and isinstance((dims or (None,))[0], int)
        shape = leaf.spec.shape if not dims or kept else Shape((size, *dims[1:]))
        return TensorV(TensorSpec(shape, _cast(leaf.spec.dtype), TensorKind.GRAPH))

    return mapped(interp.heap, nest, one)


def _cast(dtype: str | None) -> str | None:
    """Cast floats to what the model computes in."""
    return None if dtype is None or "float" in dtype else dtype


def of_all(data: Value) -> tuple[Value, Value] | None:
    """The inputs and targets of all samples of a pipeline, if they are known."""
    parts = data.samples if isinstance(data, DatasetV) else None
    if isinstance(parts, tuple):
        return parts if len(parts) == 2 else None
    return None if parts is None else (parts, None)


def of_pipeline(interp: Interpreter, element: Value) -> Batch | None:
    """A batch from an item of a dataset or generator: ``x``, ``(x, y)`` or ``(x, y, weights)``."""
    parts = element.items if isinstance(element, ListV) and not element.open else element
    if isinstance(parts, list):
        parts = tuple(parts)
    if not isinstance(parts, tuple):
        return Batch(_in_graph(interp, element), None)
    if not 1 <= len(parts) <= 3:
        return None
    x, y, weights = (*(_in_graph(interp, part) for part in parts), None, None)[:3]
    return Batch(x, y, weights)


def _in_graph(interp: Interpreter, nest: Value) -> Value:
    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV):
            return leaf
        spec = replace(leaf.spec, kind=TensorKind.GRAPH, dtype=_cast(leaf.spec.dtype), data=None)
        return TensorV(spec)

    return mapped(interp.heap, nest, one)


def traced(interp: Interpreter, batch: Batch) -> Batch:
    """The batch as TensorFlow traces a step for it, if batches differ in their sizes."""

    def one(leaf: Value) -> Value:
        dims = leaf.spec.dims if isinstance(leaf, TensorV) else None
        if not isinstance(leaf, TensorV) or not dims:
            return leaf
        return TensorV(replace(leaf.spec, shape=Shape((None, *dims[1:])), data=None))

    x, y, weights = (mapped(interp.heap, nest, one) for nest in (batch.x, batch.y, batch.weights))
    return Batch(x, y, weights)


def is_pipeline(value: Value) -> bool:
    """Whether data comes in batches with the targets included."""
    return isinstance(value, (DatasetV, GeneratorV, Instance))


# -- what Keras asks of arrays ------------------------------------------------------------------


def lengths_problem(x: Value, y: Value, weights: Value) -> Problem | None:
    """Report arrays that certainly differ in their number of samples."""
    known: list[tuple[str, Dim]] = []
    for name, nest in (("x", x), ("y", y), ("sample_weight", weights)):
        for size in _lengths(nest):
            for other, before in known:
                if never_equal(size, before):
                    detail = f"sizes along the first axis differ: `{other}` has {before}, `{name}` has {size}"
                    hint = "all arrays must have the same number of samples"
                    return Problem(ProblemKind.DATA, "ValueError", detail, hint=hint)
            known.append((name, size))
    return None


def _lengths(nest: Value) -> Iterator[Dim]:
    for leaf in leaves(nest):
        if isinstance(leaf, TensorV) and leaf.spec.dims and leaf.spec.kind in _DATA:
            yield leaf.spec.dims[0]


_DATA = (TensorKind.ARRAY, TensorKind.EAGER)


def content_problem(parts: Iterable[tuple[str, Value]]) -> Problem | None:
    """Report what Keras 3 does not take for data: plain numbers, strings of NumPy, unequal lists."""
    for name, nest in parts:
        for leaf in leaves(nest):
            refused = _refused(leaf, name)
            if refused is not None:
                detail, hint = refused
                return Problem(
                    ProblemKind.DATA, "ValueError", f"`{name}` holds {detail}", hint=hint
                )
    return None


def _refused(leaf: Value, name: str) -> tuple[str, str] | None:
    """Why a part of some data is refused, and what helps."""
    if type(leaf) in (int, float) or _is_plain_number(leaf):
        return "plain numbers, and only arrays are data", f"pass `np.array({name})`"
    if type(leaf) is str:
        return "plain strings, and only arrays are data", f"pass `tf.constant({name})`"
    if isinstance(leaf, PictureV):
        return "a picture, and only arrays are data", "use `img_to_array`, and add a batch axis"
    if not isinstance(leaf, TensorV) or leaf.spec.kind is not TensorKind.ARRAY:
        return None
    if leaf.spec.dtype == "string":
        return "strings of NumPy, which are no data", "encode them as numbers, or use `tf.constant`"
    if leaf.spec.dtype == MIXED:
        return "texts beside numbers, which are objects", "encode the texts as numbers"
    if leaf.spec.dtype == SEQUENCES:
        return "lists of unequal length, which are no array", "pad them with `pad_sequences`"
    return None


_OF_PYTHON = (("call", ("name", "int")), ("call", ("name", "float")))


def _is_plain_number(leaf: Value) -> bool:
    """Whether this is a number of Python's own whose value is not known."""
    term = leaf.term if isinstance(leaf, UnknownV) else None
    return isinstance(term, tuple) and term[:2] in _OF_PYTHON


def with_expanded_columns(interp: Interpreter, nest: Value) -> Value:
    """Data in which each column of a table has a second axis."""

    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV) or not is_column(leaf) or leaf.spec.dims is None:
            return leaf
        if len(leaf.spec.dims) != 1:
            return leaf
        return TensorV(replace(leaf.spec, shape=Shape((leaf.spec.dims[0], 1))))

    return mapped(interp.heap, nest, one)


def with_array_of_lists(data: Value) -> Value:
    """Lists of numbers as Keras 2 takes them: as one array, not as inputs."""
    sizes = _sizes(data)
    return TensorV(TensorSpec(Shape(sizes), None, TensorKind.ARRAY)) if sizes else data


def _sizes(nest: Value) -> tuple[int, ...] | None:
    """The shape of an array that is made of numbers; None if none is."""
    if type(nest) in (int, float):
        return ()
    items = nest.items if isinstance(nest, ListV) and not nest.open else nest
    if not isinstance(items, (list, tuple)) or not items:
        return None
    sizes = {_sizes(item) for item in items}
    of_all = sizes.pop()
    return None if sizes or of_all is None else (len(items), *of_all)


def texts_problem(targets: Value) -> Problem | None:
    """Report a column of texts as the targets: no loss takes them."""
    if not isinstance(targets, TensorV) or targets.spec.dtype != TEXTS:
        return None
    detail = "`y` holds texts, and the loss takes numbers"
    hint = "encode the classes as numbers"
    return Problem(ProblemKind.DATA, "ValueError", detail, hint=hint)


def item_problem(source: Value, element: Value) -> Problem | None:
    """Report an item of a generator, or of a ``PyDataset``, that Keras 3 cannot describe."""
    if isinstance(source, GeneratorV) and isinstance(element, (ListV, DictV, TensorV)):
        detail = "the generator must give a tuple, `(x,)`, `(x, y)` or `(x, y, weights)`"
        return Problem(ProblemKind.DATA, "ValueError", detail, hint="yield a tuple")
    parts = element.items if isinstance(element, ListV) and not element.open else element
    if not isinstance(parts, (tuple, list)) or not 1 <= len(parts) <= 3:
        return None
    for name, part in zip(("x", "y", "sample_weight"), parts):
        if any(type(leaf) in (int, float) for leaf in leaves(part)):
            detail = f"`{name}` of a batch holds plain numbers, but only arrays are data"
            return Problem(ProblemKind.DATA, "ValueError", detail, hint="make an array of them")
        if _holds_list(part):
            detail = (
                f"`{name}` of a batch is a list, but only tuples and dicts of arrays are accepted"
            )
            return Problem(ProblemKind.DATA, "TypeError", detail, hint="give a tuple of arrays")
    return None


def parts_problem(element: Value | None) -> Problem | None:
    """Report an item of more parts than Keras takes apart."""
    parts = element.items if isinstance(element, ListV) and not element.open else element
    if not isinstance(parts, (tuple, list)) or len(parts) <= 3:
        return None
    detail = f"a batch has {len(parts)} parts, and Keras takes `x`, `y` and `sample_weight`"
    hint = "put several inputs, or several targets, into one tuple"
    return Problem(ProblemKind.DATA, "ValueError", detail, hint=hint)


def unlike_problem(first: Value, other: Value) -> Problem | None:
    """Report an item of a ``PyDataset`` whose arrays have other ranks than those of the first one."""
    before, after = (
        [leaf.spec.dims if isinstance(leaf, TensorV) else None for leaf in leaves(item)]
        for item in (first, other)
    )
    for one, two in zip(before, after) if len(before) == len(after) else ():
        if one is not None and two is not None and len(one) != len(two):
            shapes = f"{Shape(two)}, where the first has {Shape(one)}"
            detail = f"the last batch has an array of the shape {shapes}"
            hint = "`__getitem__` must give arrays of one rank for each index below `len()`"
            return Problem(ProblemKind.DATA, "TypeError", detail, hint=hint)
    return None


def untraced_problem(batch: Batch) -> Problem | None:
    """Report a batch of a pipeline that has no rank while TensorFlow traces the training step."""
    for what, nest in (("inputs", batch.x), ("targets", batch.y)):
        if any(isinstance(leaf, TensorV) and is_untraced(leaf.spec.shape) for leaf in leaves(nest)):
            detail = f"TensorFlow does not know the rank of the {what} that the pipeline gives"
            hint = "promise the shape with `set_shape` or `tf.ensure_shape` in the function that is mapped"
            return Problem(ProblemKind.DATA, "ValueError", detail, hint=hint)
    return None


def _holds_list(nest: Value) -> bool:
    if isinstance(nest, tuple):
        return any(map(_holds_list, nest))
    if isinstance(nest, DictV):
        return any(map(_holds_list, nest.items.values()))
    return isinstance(nest, ListV) and nest.kind == "list"
