"""``tf.data``: the items of a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.late import late
from kerasmergelint.shapes import (
    ANY_SHAPE,
    UNKNOWN,
    UNTRACED,
    AnyShape,
    Dim,
    Expr,
    Shape,
    is_untraced,
)
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras.ranks import refined
from kerasmergelint.tracker.library.array_making import lists_of_unequal_length
from kerasmergelint.tracker.library.preparation import as_array, size_of, some_batch
from kerasmergelint.tracker.machine import aside
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import DictV, ListV, leaves, mapped
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, NativeV, PartialV
from kerasmergelint.tracker.values.terms import make
from kerasmergelint.tracker.values.training import (
    RUNS_EAGERLY,
    Batches,
    DatasetV,
    SignatureV,
)
from kerasmergelint.tracker.values.value import Args, External, Keywords, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.keras.training import gradients
else:
    gradients = late("kerasmergelint.tracker.keras.training.gradients")

Method = Callable[[Interpreter, DatasetV, Args, Keywords, Site], Value]


def _tensors(interp: Interpreter, nest: Value, site: Site) -> Value | None:
    """A nest of arrays as tensors: only tuples and dicts are nests, a list is an array."""
    nest = interp.resolve(nest)
    if isinstance(nest, tuple):
        parts = tuple(_tensors(interp, part, site) for part in nest)
        return None if any(part is None for part in parts) else parts
    if isinstance(nest, DictV):
        if nest.open:
            return None
        made = {key: _tensors(interp, part, site) for key, part in nest.items.items()}
        return None if any(part is None for part in made.values()) else DictV(interp.heap, made)
    if lists_of_unequal_length(interp, nest) is not None:
        raise interp.fails(_ragged(), site)
    known = as_array(interp, nest)
    if known is None:
        return None
    return TensorV(replace(known.spec, kind=TensorKind.EAGER, data=None), data=known.data)


def _ragged() -> Problem:
    detail = "lists of unequal length, which are no tensor"
    hint = "pad them, or make a tensor by `tf.ragged.constant`"
    return Problem(ProblemKind.ARGUMENT, "ValueError", detail, hint=hint)


def _changed(
    interp: Interpreter, nest: Value, change: Callable[[tuple[Dim, ...]], tuple[Dim, ...] | None]
) -> Value | None:
    """The nest with the dimensions of each tensor changed, where they are known; None if that cannot be."""
    known = [leaf for leaf in leaves(nest) if isinstance(leaf, TensorV)]
    if not known or any(
        leaf.spec.dims is not None and change(leaf.spec.dims) is None for leaf in known
    ):
        return None

    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV) or _is_untraced(leaf):
            return leaf
        if leaf.spec.dims is None:
            return TensorV(replace(leaf.spec, shape=ANY_SHAPE, data=None))
        dims = change(leaf.spec.dims) or ()
        return TensorV(replace(leaf.spec, shape=Shape(dims), data=None))

    return mapped(interp.heap, nest, one)


def _is_untraced(leaf: Value) -> bool:
    return isinstance(leaf, TensorV) and is_untraced(leaf.spec.shape)


def _pipeline(interp: Interpreter, element: Value | None, count: int | None = None) -> Value:
    if element is None:
        return interp.unknown("a pipeline of data")
    return DatasetV(element, count=count)


# -- sources ------------------------------------------------------------------------------------


def _slices(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``from_tensor_slices``: an item per sample."""
    whole = _tensors(interp, args[0] if args else keywords.get("tensors"), site)
    element = None if whole is None else _changed(interp, whole, lambda d: d[1:] if d else None)
    counts = {
        leaf.spec.dims[0] for leaf in leaves(whole) if isinstance(leaf, TensorV) and leaf.spec.dims
    }
    known = sorted({count for count in counts if type(count) is int})
    if len(known) > 1:
        detail = (
            f"the tensors have {' and '.join(map(str, known))} rows: each item takes one of each"
        )
        raise interp.fails(Problem(ProblemKind.ARGUMENT, "ValueError", detail), site)
    count = counts.pop() if len(counts) == 1 else None
    made = _pipeline(interp, element, count if isinstance(count, int) else None)
    return replace(made, samples=whole) if isinstance(made, DatasetV) else made


def _whole(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``from_tensors``: everything in one item."""
    whole = _tensors(interp, args[0] if args else keywords.get("tensors"), site)
    return _pipeline(interp, None if whole is None else _changed(interp, whole, lambda dims: dims))


def _zip(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    given = args[0] if len(args) == 1 and isinstance(args[0], tuple) else tuple(args)
    if not isinstance(given, tuple) or not given:
        return interp.unknown("a pipeline of data")
    if not all(isinstance(part, DatasetV) for part in given):
        return interp.unknown("a pipeline of data")
    parts = [part for part in given if isinstance(part, DatasetV)]
    counts = [part.count for part in parts if part.count is not None]
    count = min(counts) if len(counts) == len(parts) else None
    return DatasetV(tuple(part.element for part in parts), count=count)


def _signature(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.TensorSpec(shape, dtype)``"""
    bound = bind_native(interp, ("shape", "dtype"), args, keywords)
    return SignatureV(_promised(interp, bound.get("shape")))


def _promised(interp: Interpreter, shape: Value) -> AnyShape:
    """A declared shape, in which None promises nothing: any size is let through."""
    shape = interp.resolve(shape)
    if shape is None:
        return UNTRACED
    if isinstance(shape, ListV):
        shape = None if shape.open else tuple(shape.items)
    return Shape(tuple(map(size_of, shape))) if isinstance(shape, tuple) else ANY_SHAPE


def _generated(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``from_generator``: what it promises of each element."""
    names = ("generator", "output_types", "output_shapes", "args", "output_signature")
    bound = bind_native(interp, names, args, keywords)
    promised = interp.resolve(bound.get("output_signature"))
    if promised is None:
        types = interp.resolve(bound.get("output_types"))
        if not _are_spelled_out(types):
            return interp.unknown("a pipeline of data")
        promised = _shaped(interp, types, interp.resolve(bound.get("output_shapes")))
    if not all(isinstance(leaf, SignatureV) for leaf in leaves(promised)):
        return interp.unknown("a pipeline of data")

    def one(leaf: Value) -> Value:
        if not isinstance(leaf, SignatureV):  # a list or dict that may hold more
            return interp.unknown("elements of a pipeline")
        return TensorV(TensorSpec(leaf.shape, leaf.dtype, TensorKind.EAGER))

    return DatasetV(mapped(interp.heap, promised, one))


def _are_spelled_out(types: Value) -> bool:
    """Whether it is known how many types there are; a name of a module that is not read may be several."""
    if not isinstance(types, External):
        return not isinstance(types, UnknownV)
    return types.dotted in ("float", "int", "bool", "str") or types.dotted.startswith(_OF_TYPES)


_OF_TYPES = ("tensorflow.", "numpy.")


def _shaped(interp: Interpreter, types: Value, shapes: Value) -> Value:
    """Types and shapes in one nest."""
    if isinstance(types, tuple) and shapes is None:
        shapes = (None,) * len(types)
    if isinstance(types, tuple) and isinstance(shapes, tuple) and len(types) == len(shapes):
        return tuple(_shaped(interp, a, interp.resolve(b)) for a, b in zip(types, shapes))
    if isinstance(types, (tuple, ListV, DictV)):
        return None
    return SignatureV(_promised(interp, shapes))


def _numbers(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``Dataset.range``: each number is a tensor."""
    dtype = None if "output_type" in keywords else "int64"
    return DatasetV(TensorV(TensorSpec(Shape(()), dtype, TensorKind.EAGER)))


def _names(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``list_files``: the name of a file is an item."""
    return DatasetV(TensorV(TensorSpec(Shape(()), "string", TensorKind.EAGER)))


def _called_back(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.py_function(func, inp, Tout)``: tensors of the given types, whose shapes get lost in a graph."""
    bound = bind_native(interp, ("func", "inp", "Tout"), args, keywords)
    types = interp.resolve(bound.get("Tout"))
    if isinstance(types, ListV):
        types = None if types.open else tuple(types.items)
    traced = interp.tracing > 0
    kind, shape = (TensorKind.GRAPH, UNTRACED) if traced else (TensorKind.EAGER, ANY_SHAPE)

    def one(dtype: Value) -> Value:
        return TensorV(TensorSpec(shape, dtype if isinstance(dtype, str) else None, kind))

    if isinstance(types, tuple):
        return tuple(map(one, types))
    return one(types) if isinstance(types, str) else interp.unknown("what Python computed")


def _read(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.io.read_file(name)``: the bytes of a file."""
    name = interp.resolve(args[0] if args else keywords.get("filename"))
    if isinstance(name, TensorV) and name.spec.dims:
        detail = f"it reads one file: the name is a tensor of {counted(len(name.spec.dims), 'axis', 'axes')}"
        raise interp.fails(
            Problem(ProblemKind.ARGUMENT, "ValueError", f"read_file: {detail}"), site
        )
    traced = isinstance(name, TensorV) and name.spec.kind is TensorKind.GRAPH
    kind = TensorKind.GRAPH if traced else TensorKind.EAGER
    return TensorV(TensorSpec(Shape(()), "string", kind))


def _run_eagerly(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``tf.config.run_functions_eagerly``: from now on nothing is traced."""
    interp.patched.add(RUNS_EAGERLY)
    return None


FUNCTIONS: dict[str, Native] = {
    **dict.fromkeys(
        (RUNS_EAGERLY, "tensorflow.config.experimental_run_functions_eagerly",
         "tensorflow.data.experimental.enable_debug_mode"), _run_eagerly
    ),
    **dict.fromkeys(("tensorflow.io.read_file", "tensorflow.read_file"), _read),
    "tensorflow.data.Dataset.from_tensor_slices": _slices,
    "tensorflow.data.Dataset.from_tensors": _whole,
    "tensorflow.data.Dataset.zip": _zip,
    "tensorflow.data.Dataset.range": _numbers,
    "tensorflow.data.Dataset.list_files": _names,
    "tensorflow.data.Dataset.from_generator": _generated,
    "tensorflow.TensorSpec": _signature,
    **dict.fromkeys(
        ("tensorflow.py_function", "tensorflow.numpy_function", "tensorflow.compat.v1.py_func"),
        _called_back,
    ),
}  # fmt: skip


# -- steps --------------------------------------------------------------------------------------


def _same(interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site) -> Value:
    return data


def _batch(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    bound = bind_native(interp, ("batch_size", "drop_remainder"), args, keywords)
    wanted, whole = size_of(bound.get("batch_size")), interp.resolve(bound.get("drop_remainder"))
    size = wanted if whole is True else some_batch(interp)
    if any(isinstance(leaf, DatasetV) for leaf in leaves(data.element)):
        return replace(data, count=None)  # of windows: what holds several of them is no tensor
    element = _changed(interp, data.element, lambda dims: (size, *dims))
    if not isinstance(whole, (int, type(None))) or not isinstance(wanted, int) or wanted < 1:
        return _pipeline(interp, element)
    if element is None or data.count is None:
        return _pipeline(interp, element)
    if not isinstance(size, Expr):
        return DatasetV(element, count=data.count // wanted)
    rest = data.count % wanted or None
    batches = Batches(size, min(wanted, data.count), rest)
    batched = -(-data.count // wanted)
    return DatasetV(element, count=batched, batches=batches, samples=data.samples)


def _part(interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site) -> Value:
    """``take``: the first items; the last one is a whole batch then."""
    count = args[0] if args else keywords.get("count")
    if data.count is None or type(count) is not int or count < 1:
        return DatasetV(data.element)
    if count >= data.count:
        return data
    batches = None if data.batches is None else replace(data.batches, rest=None)
    return replace(data, count=count, batches=batches, samples=None)


def _without(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``skip``: all but the first items."""
    count = args[0] if args else keywords.get("count")
    if data.count is None or type(count) is not int or not 0 <= count < data.count - 1:
        return DatasetV(data.element)
    return replace(data, count=data.count - count, samples=None)


def _some(interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site) -> Value:
    """Items of which nobody knows how many there are."""
    return DatasetV(data.element)


def _filtered(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    _check_number(interp, args[0] if args else keywords.get("predicate"), data.element, site)
    return DatasetV(data.element)


def _repeated(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return replace(data, count=None)


def _padded_batch(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    def padded(dims: tuple[Dim, ...]) -> tuple[Dim, ...]:
        return (UNKNOWN,) * (len(dims) + 1)

    return _pipeline(interp, _changed(interp, data.element, padded))


def _unbatch(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return _pipeline(interp, _changed(interp, data.element, lambda d: d[1:] if d else None))


def _map(interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site) -> Value:
    """``map``: the program's function on one item; a tuple becomes several arguments."""
    function = args[0] if args else keywords.get("map_func")
    if not isinstance(function, (FunctionV, BoundMethod, PartialV, NativeV, External)):
        return interp.unknown("a pipeline of data")
    element = _moved(interp, data.element, TensorKind.GRAPH)
    given = list(element) if isinstance(element, tuple) else [element]
    _check_number(interp, function, element, site)
    with aside.tracing(interp):
        made = interp.call(function, given, {}, site)
    moved = _moved(interp, _packed(interp, made), TensorKind.EAGER)
    return replace(data, element=moved, samples=None)


def _check_number(interp: Interpreter, function: Value, item: Value, site: Site) -> None:
    """Fail where a function of the program takes fewer or more arguments than an item has parts."""
    if not isinstance(item, (tuple, TensorV, DictV, DatasetV)):
        return
    given = len(item) if isinstance(item, tuple) else 1
    bound = isinstance(function, BoundMethod)
    called = function.function if isinstance(function, BoundMethod) else function
    if not isinstance(called, FunctionV) or (called.finish is not None and called.enter is None):
        return
    parameters = called.code.parameters
    places = [p.name for p in parameters if p.kind in ir.BY_PLACE][bound:]
    needed = sum(name not in called.defaults for name in places)
    endless = any(p.kind == "var_positional" for p in parameters)
    if given < needed or (given > len(places) and not endless):
        parts = f"an item has {counted(given, 'part')}" if given > 1 else "an item is one thing"
        detail = f"the function takes {counted(len(places), 'argument')}, and {parts}"
        problem = Problem(ProblemKind.PYTHON, "TypeError", detail)
        raise interp.fails(problem, site)


def _windows(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``window``: each of them is a pipeline."""

    return DatasetV(mapped(interp.heap, data.element, lambda leaf: DatasetV(leaf, is_window=True)))


def item(interp: Interpreter, data: DatasetV, index: Value, site: Site) -> Value:
    """``dataset[0]`` and ``window[:-1]``, which raise; what Keras reads from folders has items by index."""
    if data.is_window:
        detail = "a window is a pipeline itself, which has no items by index"
        hint = "make tensors of windows by `flat_map(lambda window: window.batch(size))`"
    elif data.is_plain:
        detail = "a dataset of tf.data has no items by index"
        hint = "`next(iter(dataset))` is the first one, `dataset.take(n)` are some"
    else:
        return interp.unknown("an item of a pipeline")
    raise interp.fails(Problem(ProblemKind.PYTHON, "TypeError", detail, hint=hint), site)


def _flat_map(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """The elements of the pipelines that the program's function gives."""
    made = _map(interp, data, args, keywords, site)
    inner = made.element if isinstance(made, DatasetV) else None
    return inner if isinstance(inner, DatasetV) else interp.unknown("a pipeline of data")


def _packed(interp: Interpreter, made: Value) -> Value:
    """A list returned by the function becomes one tensor, unknown here."""
    return interp.unknown("a list as an element") if isinstance(made, ListV) else made


def _moved(interp: Interpreter, nest: Value, kind: TensorKind) -> Value:
    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV):
            return leaf
        return TensorV(replace(refined(interp, leaf), kind=kind, data=None))

    return mapped(interp.heap, nest, one)


def _zipped_with(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return _zip(interp, [data, *args], {}, site)


def _enumerated(
    interp: Interpreter, data: DatasetV, args: Args, keywords: Keywords, site: Site
) -> Value:
    numbered = (interp.unknown("the number of a step"), data.element)
    return replace(data, element=numbered, samples=None)


METHODS: dict[str, Method] = {
    **dict.fromkeys(
        ("shuffle", "prefetch", "cache", "with_options", "snapshot"), _same
    ),
    "shard": _some,
    "filter": _filtered,
    "repeat": _repeated,
    "take": _part,
    "skip": _without,
    "batch": _batch,
    "padded_batch": _padded_batch,
    "unbatch": _unbatch,
    "map": _map,
    "flat_map": _flat_map,
    "interleave": _flat_map,
    "window": _windows,
    "zip": _zipped_with,
    "enumerate": _enumerated,
}  # fmt: skip


def attribute(interp: Interpreter, data: DatasetV, name: str, site: Site) -> Value:
    """``dataset.name``"""
    method = METHODS.get(name)
    if method is not None:
        return NativeV(name, lambda again, a, k, s: method(again, data, a, k, s))
    if data.is_plain and name in _OF_ARRAYS:
        detail = f"a dataset of tf.data has no `{name}`"
        hint = "its items have, which `dataset.element_spec` describes"
        problem = Problem(ProblemKind.NO_ATTRIBUTE, "AttributeError", detail, hint=hint)
        raise interp.fails(problem, site)
    return interp.unknown(f"the attribute {name} of a pipeline")


_OF_ARRAYS = frozenset(
    {"astype", "columns", "dtype", "flatten", "head", "iloc", "loc", "max", "mean", "min", "ndim",
     "numpy", "reshape", "shape", "size", "std", "sum", "to_numpy", "values"}
)  # fmt: skip


def any_item(interp: Interpreter, data: DatasetV) -> Value:
    """One element, in a loop over all: once it is there, TensorFlow knows its rank.

    Of batches it is one of the whole ones, or the last one, if that is shorter.
    """
    batches = data.batches
    if batches is None or interp.all_paths is not None:
        element = data.element
    elif batches.rest is None:
        element = data.first(interp.heap)
    else:
        last = interp.decide(make("last batch", repr(batches.size)), prefer=False)
        element = data.item_of(interp.heap, batches.rest if last else batches.whole)

    def one(leaf: Value) -> Value:
        if not isinstance(leaf, TensorV) or not is_untraced(leaf.spec.shape):
            return leaf
        return TensorV(replace(leaf.spec, shape=ANY_SHAPE))

    item = mapped(interp.heap, element, one)
    gradients.note_data(interp, item)
    return item


def iterate(interp: Interpreter, data: DatasetV, site: Site) -> list[Value] | None:
    """The number of items is unknown."""
    return None
