"""Preparation of data for training: labels and padding."""

from __future__ import annotations

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.dtype_names import FLOATS
from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V2, V3
from kerasmergelint.shapes import UNKNOWN, Dim, Shape, symbol
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.library.array_making import array_of, numbers_in
from kerasmergelint.tracker.library.array_methods import dtype_name
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import own_exceptions
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.arrays import SEQUENCES
from kerasmergelint.tracker.values.constants import as_dim, is_number
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Value


def size_of(value: Value) -> Dim:
    """A number as a size; None means that the data decides."""
    dim = as_dim(value)
    return UNKNOWN if dim is None else dim


def some_batch(interp: Interpreter) -> Dim:
    """The size of a batch, the same for everything in one item of a pipeline."""
    return symbol(f"batch {interp.opaque_term()[1]}")


def array(dims: tuple[Dim, ...], dtype: str | None = None) -> TensorV:
    return TensorV(TensorSpec(Shape(dims), dtype, TensorKind.ARRAY))


def as_array(interp: Interpreter, value: Value) -> TensorV | None:
    """``np.array(value)``, if its rank is known."""
    value = interp.resolve(value)
    made = value if isinstance(value, TensorV) else array_of(interp, value)
    return made if isinstance(made, TensorV) and made.spec.dims is not None else None


# -- labels and sequences -----------------------------------------------------------------------


def _to_categorical(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    bound = bind_native(interp, ("x", "num_classes", "dtype"), args, keywords)
    given = interp.resolve(bound.get("x", bound.get("y")))
    wanted = bound.get("num_classes")
    _check_labels(interp, given, wanted, site)
    labels = as_array(interp, given)
    if labels is None:
        return interp.unknown("one-hot labels")
    dims = labels.spec.dims or ()
    if len(dims) > 1 and not never_equal(dims[-1], 1):
        if dims[-1] != 1:
            return interp.unknown("one-hot labels")
        dims = dims[:-1]
    classes = _classes_of(given) if wanted is None else size_of(wanted)
    in_tensorflow = isinstance(given, TensorV) and given.spec.kind is not TensorKind.ARRAY
    made = array((*dims, classes), _type_of_labels(interp, bound, in_tensorflow=in_tensorflow))
    if isinstance(given, TensorV) and given.spec.kind is TensorKind.EAGER and not interp.surely(V2):
        return TensorV(replace(made.spec, kind=TensorKind.EAGER))
    return made


def _type_of_labels(
    interp: Interpreter, bound: dict[str, Value], *, in_tensorflow: bool
) -> str | None:
    """NumPy's zeros in Keras 3, TensorFlow's for its tensors, and what is asked for in Keras 2."""
    if interp.surely(V3):
        return "float32" if in_tensorflow else "float64"
    if interp.surely(V2):
        return dtype_name(bound.get("dtype", "float32"))
    return None


def _normalized(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``utils.normalize(x, axis)``: divided by norms, in the same shape."""
    made = as_array(interp, bind_native(interp, ("x", "axis", "order"), args, keywords).get("x"))
    if made is None or made.spec.kind is not TensorKind.ARRAY or made.spec.dims == ():
        return interp.unknown("normalized data")
    kept = made.spec.dtype if made.spec.dtype in FLOATS else None
    return array(made.spec.dims or (), kept)


def _check_labels(interp: Interpreter, given: Value, wanted: Value, site: Site) -> None:
    """NumPy finds no place for a label beyond the classes; one of -1 is the last class."""
    in_tensorflow = isinstance(given, TensorV) and given.spec.kind is not TensorKind.ARRAY
    if type(wanted) is not int or in_tensorflow:  # which encodes it as zeros
        return
    numbers = [number for number in arrays.flat(arrays.data_of(given)) if is_number(number)]
    beyond = next((number for number in numbers if not -wanted <= int(number) < wanted), None)
    if beyond is not None:
        raise own_exceptions.no_such_class(interp, int(beyond), wanted, site)


def _classes_of(labels: Value) -> Dim:
    """How many classes known labels have, which count from 0."""
    numbers = list(arrays.flat(arrays.data_of(labels)))
    known = bool(numbers) and all(type(number) is int and number >= 0 for number in numbers)
    return max(numbers) + 1 if known else UNKNOWN


def _pad_sequences(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``pad_sequences``: lists of numbers become rows of equal length."""
    bound = bind_native(interp, tuple(_PADDING), args, keywords)
    given = interp.resolve(bound.get("sequences"))
    if isinstance(given, TensorV) and given.spec.kind in (TensorKind.KERAS, TensorKind.GRAPH):
        exception = "ValueError" if given.spec.kind is TensorKind.KERAS else "TypeError"
        detail = "pad_sequences takes lists of numbers, and gets a symbolic tensor"
        hint = "pad the sequences before they go into the model"
        problem = Problem(ProblemKind.ARGUMENT, exception, detail, hint=hint)
        raise interp.fails(problem, site, (given,))
    known = _padded(given, {**_PADDING, **bound})
    if known is not None:
        return known
    dtype = dtype_name(bound.get("dtype", "int32"))
    length = size_of(bound.get("maxlen"))
    if isinstance(given, TensorV) and given.spec.dtype == SEQUENCES and given.spec.dims:
        return array((given.spec.dims[0], length), dtype)
    lists = given.items if isinstance(given, ListV) and not given.open else []
    if isinstance(given, ListV) and not given.open and not lists and length is not UNKNOWN:
        return array((0, length), dtype)
    lengths = [None if row is None else len(row) for row in map(numbers_in, lists)]
    if lengths and None in lengths and all(_is_sequence_of_numbers(row) for row in lists):
        return array((len(lists), length), dtype)
    if lengths and None not in lengths:
        longest = max(size for size in lengths if size is not None)
        return array((len(lists), longest if bound.get("maxlen") is None else length), dtype)
    known = as_array(interp, given)
    dims = known.spec.dims if known is not None else None
    if dims is not None and len(dims) >= 2:
        return array((dims[0], length, *dims[2:]), None)
    return interp.unknown("padded sequences")


_PADDING = {
    "sequences": None, "maxlen": None, "dtype": "int32", "padding": "pre", "truncating": "pre", "value": 0,
}  # fmt: skip


def _padded(sequences: Value, options: dict[str, Value]) -> TensorV | None:
    """Rows of whole numbers that are all known, padded and cut; None if they are not."""
    rows, longest = arrays.data_of(sequences), options["maxlen"]
    plain = isinstance(rows, tuple) and all(map(_is_row_of_ints, rows))
    if not rows or not plain or options["dtype"] != "int32" or options["value"] != 0:
        return None
    length = max(map(len, rows)) if longest is None else longest
    if not isinstance(length, int) or not 0 < length * len(rows) <= limits.MAX_LENGTH:
        return None
    if not {options["padding"], options["truncating"]} <= {"pre", "post"}:
        return None
    padded = []
    for row in rows:
        kept = row[-length:] if options["truncating"] == "pre" else row[:length]
        filling = (0,) * (length - len(kept))
        padded.append(filling + kept if options["padding"] == "pre" else kept + filling)
    made = arrays.make(tuple(padded))
    return None if made is None else TensorV(replace(made.spec, dtype="int32"), data=made.data)


def _is_row_of_ints(row: object) -> bool:
    return isinstance(row, tuple) and all(type(number) is int for number in row)


def _is_sequence_of_numbers(value: Value) -> bool:
    """Whether a row certainly has one axis, of whatever length."""
    dims = value.spec.dims if isinstance(value, TensorV) else None
    return numbers_in(value) is not None if dims is None else len(dims) == 1


_TOKENIZER = "keras.preprocessing.text.Tokenizer"


def _texts_to_sequences(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A list of numbers for each text, each as long as its text."""
    texts = as_array(interp, args[0] if args else keywords.get("texts"))
    dims = texts.spec.dims if texts is not None else None
    if not dims or len(dims) != 1:
        return interp.unknown("tokens")
    return TensorV(array(dims, SEQUENCES).spec, role=Role.ROWS)


# -- sizes --------------------------------------------------------------------------------------


def size_pair(interp: Interpreter, value: Value) -> tuple[Dim, Dim]:
    """``(height, width)``, as far as known."""
    value = interp.resolve(value)
    items = value.items if isinstance(value, ListV) and not value.open else value
    if isinstance(items, (tuple, list)) and len(items) >= 2:
        return size_of(items[0]), size_of(items[1])
    return UNKNOWN, UNKNOWN


def _itself(dotted: str) -> Native:
    """A tokenizer, represented by its class: what it has learned does not affect shapes."""
    return lambda interp, args, keywords, site: External(dotted)


BY_PATH: dict[str, Native] = {
    "utils.to_categorical": _to_categorical,
    "utils.np_utils.to_categorical": _to_categorical,
    **dict.fromkeys(("utils.normalize", "utils.np_utils.normalize"), _normalized),
    **dict.fromkeys(
        ("utils.pad_sequences", "preprocessing.sequence.pad_sequences",
         "utils.data_utils.pad_sequences"), _pad_sequences
    ),
    "preprocessing.text.Tokenizer": _itself(_TOKENIZER),
    "preprocessing.text.Tokenizer.texts_to_sequences": _texts_to_sequences,
}  # fmt: skip
