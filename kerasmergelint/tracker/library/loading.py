"""Data that Keras loads from folders or cuts from arrays: the batches."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Expr, Shape, ceildiv
from kerasmergelint.tracker.library.preparation import as_array, size_of, size_pair, some_batch
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.training import Batches, DatasetV
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, Spread, Value

_CHANNELS = {"rgb": 3, "rgba": 4, "grayscale": 1}


def _channels(mode: Value) -> Dim:
    return _CHANNELS.get(mode, UNKNOWN) if isinstance(mode, str) else UNKNOWN


def _unsure(args: Args, keywords: Keywords) -> bool:
    return REST in keywords or any(isinstance(argument, Spread) for argument in args)


def _tensor(dims: tuple[Dim, ...], kind: TensorKind, dtype: str | None = None) -> TensorV:
    return TensorV(TensorSpec(Shape(dims), dtype, kind))


# -- tf.data from folders -----------------------------------------------------------------------

_IMAGES = (
    "directory", "labels", "label_mode", "class_names", "color_mode", "batch_size", "image_size",
    "shuffle", "seed", "validation_split", "subset",
)  # fmt: skip
_TEXTS = (
    "directory", "labels", "label_mode", "class_names", "batch_size", "max_length", "shuffle", "seed",
    "validation_split", "subset",
)  # fmt: skip


def _images(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``image_dataset_from_directory``"""
    if _unsure(args, keywords) or "data_format" in keywords:
        return interp.unknown("a folder of pictures")
    bound = bind_native(interp, _IMAGES, args, keywords)
    height, width = size_pair(interp, bound.get("image_size", (256, 256)))
    dims = (height, width, _channels(bound.get("color_mode", "rgb")))
    return _of_folder(interp, dims, "float32", bound)


def _texts(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``text_dataset_from_directory``"""
    if _unsure(args, keywords):
        return interp.unknown("a folder of texts")
    return _of_folder(interp, (), "string", bind_native(interp, _TEXTS, args, keywords))


def _of_folder(
    interp: Interpreter, dims: tuple[Dim, ...], dtype: str, bound: dict[str, Value]
) -> Value:
    batched = bound.get("batch_size", 32)
    rows: tuple[Dim, ...] = () if batched is None else (some_batch(interp),)
    x = _tensor((*rows, *dims), TensorKind.EAGER, dtype)
    mode = interp.resolve(bound.get("label_mode", "int"))
    if mode is None or bound.get("labels", "inferred") is None:
        made = DatasetV(x)
    else:
        label = _label(interp, mode, bound.get("class_names"))
        if label is None:
            return interp.unknown("a folder with labels of an unknown kind")
        made = DatasetV((x, _tensor((*rows, *label), TensorKind.EAGER)))
    return (made, made) if bound.get("subset") == "both" else made


def _label(interp: Interpreter, mode: Value, names: Value) -> tuple[Dim, ...] | None:
    """The shape of one label."""
    if mode == "categorical":
        return (_count(interp, names),)
    return {"int": (), "binary": (1,)}.get(mode) if isinstance(mode, str) else None


def _count(interp: Interpreter, names: Value) -> Dim:
    names = interp.resolve(names)
    if isinstance(names, ListV):
        return UNKNOWN if names.open else len(names.items)
    return len(names) if isinstance(names, (tuple, list)) else UNKNOWN


# -- ImageDataGenerator -------------------------------------------------------------------------

_GENERATOR = "keras.preprocessing.image.ImageDataGenerator"


def _generator(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``ImageDataGenerator(...)``; its augmentation keeps the shapes."""
    if "data_format" in keywords or interp.image_data_format != "channels_last":
        return interp.unknown("a generator of pictures")
    return External(_GENERATOR)


def _flow(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``flow(x, y)``: batches of arrays."""
    if _unsure(args, keywords) or "sample_weight" in keywords:
        return interp.unknown("batches of arrays")
    bound = bind_native(interp, ("x", "y", "batch_size"), args, keywords)
    given = [bound[name] for name in ("x", "y") if bound.get(name) is not None]
    rows = some_batch(interp)
    parts = [_rows_of(interp, value, rows) for value in given]
    if not parts or any(part is None for part in parts):
        return interp.unknown("batches of arrays")
    return DatasetV(tuple(parts) if len(parts) == 2 else parts[0], by_index=True)


def _rows_of(interp: Interpreter, value: Value, rows: Dim) -> TensorV | None:
    """Some rows of an array."""
    return _of_rows(interp, value, (rows,), TensorKind.ARRAY)


def _flow_from_files(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``flow_from_directory(folder)`` and ``flow_from_dataframe(table, folder)``."""
    if _unsure(args, keywords) or len(args) > 2:
        return interp.unknown("a folder of pictures")
    height, width = size_pair(interp, keywords.get("target_size", (256, 256)))
    rows = some_batch(interp)
    dims = (rows, height, width, _channels(keywords.get("color_mode", "rgb")))
    x = _tensor(dims, TensorKind.ARRAY, "float32")
    mode = interp.resolve(keywords.get("class_mode", "categorical"))
    if mode is None:
        return DatasetV(x, by_index=True)
    if mode == "input":
        return DatasetV((x, x), by_index=True)
    labels = {"categorical": (_count(interp, keywords.get("classes")),), "binary": (), "sparse": ()}
    columns = interp.resolve(keywords.get("y_col"))
    if mode in ("raw", "other") and columns is not None:
        labels[mode] = () if isinstance(columns, str) else (_count(interp, columns),)
    if not isinstance(mode, str) or mode not in labels:
        return interp.unknown("a folder with labels of an unknown kind")
    return DatasetV((x, _tensor((rows, *labels[mode]), TensorKind.ARRAY)), by_index=True)


def _flow_from_directory(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    given = dict(keywords)
    if len(args) > 1:
        given["target_size"] = args[1]
    return _flow_from_files(interp, args[:1], given, site) if len(args) < 3 else _nothing(interp)


def _nothing(interp: Interpreter) -> Value:
    return interp.unknown("a folder of pictures")


# -- windows of a series ------------------------------------------------------------------------


def _windows(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``timeseries_dataset_from_array(data, targets, sequence_length)``"""
    names = ("data", "targets", "sequence_length", "sequence_stride", "sampling_rate", "batch_size")
    if _unsure(args, keywords):
        return interp.unknown("windows of a series")
    bound = bind_native(interp, names, args, keywords)
    batched = bound.get("batch_size", 128)
    rows: tuple[Dim, ...] = () if batched is None else (some_batch(interp),)
    length = size_of(bound.get("sequence_length"))
    x = _of_rows(interp, bound.get("data"), (*rows, length), TensorKind.EAGER)
    if bound.get("targets") is None and x is not None:
        return DatasetV(x)
    y = _of_rows(interp, bound.get("targets"), rows, TensorKind.EAGER)
    return interp.unknown("windows of a series") if x is None or y is None else DatasetV((x, y))


def _of_rows(
    interp: Interpreter, data: Value, lead: tuple[Dim, ...], kind: TensorKind
) -> TensorV | None:
    """Rows of some data, arranged along other axes."""
    known = as_array(interp, data)
    dims = known.spec.dims if known is not None else None
    return _tensor((*lead, *dims[1:]), kind) if dims else None


def _series_generator(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``TimeseriesGenerator(data, targets, length)``"""
    names = (
        "data", "targets", "length", "sampling_rate", "stride", "start_index", "end_index",
        "shuffle", "reverse", "batch_size",
    )  # fmt: skip
    if _unsure(args, keywords):
        return interp.unknown("windows of a series")
    bound = bind_native(interp, names, args, keywords)
    length, rate = size_of(bound.get("length")), bound.get("sampling_rate", 1)
    steps = ceildiv(length, rate) if isinstance(rate, int) and rate > 0 else UNKNOWN
    rows = some_batch(interp)
    x = _of_rows(interp, bound.get("data"), (rows, steps), TensorKind.ARRAY)
    y = _of_rows(interp, bound.get("targets"), (rows,), TensorKind.ARRAY)
    if x is None or y is None:
        return interp.unknown("windows of a series")
    data = as_array(interp, bound.get("data"))
    total = data.spec.dims[0] if data is not None and data.spec.dims else UNKNOWN
    parts = {"stride", "start_index", "end_index"} & set(bound)
    size = bound.get("batch_size", 128)
    if parts or not (type(total) is int and type(length) is int and type(size) is int):
        return DatasetV((x, y), by_index=True)
    count = total - length
    if not (isinstance(rows, Expr) and size > 0 and count > 0):
        return DatasetV((x, y), by_index=True)
    batches = Batches(rows, min(size, count), count % size or None)
    return DatasetV((x, y), count=-(-count // size), batches=batches, by_index=True)


BY_PATH: dict[str, Native] = {
    f"{folder}.{name}": native
    for name, native, folders in (
        ("image_dataset_from_directory", _images, ("utils", "preprocessing")),
        ("text_dataset_from_directory", _texts, ("utils", "preprocessing")),
        ("timeseries_dataset_from_array", _windows, ("utils", "preprocessing")),
        ("TimeseriesGenerator", _series_generator, ("preprocessing.sequence",)),
        ("ImageDataGenerator", _generator, ("preprocessing.image",)),
        ("ImageDataGenerator.flow", _flow, ("preprocessing.image",)),
        ("ImageDataGenerator.flow_from_directory", _flow_from_directory, ("preprocessing.image",)),
        ("ImageDataGenerator.flow_from_dataframe", _flow_from_files, ("preprocessing.image",)),
    )
    for folder in folders
}
