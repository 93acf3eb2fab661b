"""Data that Keras loads from folders or cuts from arrays: the batches."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.library.preparation import as_array, size_of, size_pair, some_batch
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.training import DatasetV
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
    return DatasetV(tuple(parts) if len(parts) == 2 else parts[0])


def _rows_of(interp: Interpreter, value: Value, rows: Dim) -> TensorV | None:
    """Some rows of an array."""
    known = as_array(interp, value)
    if known is None or not known.spec.dims:
        return None
    return _tensor((rows, *known.spec.dims[1:]), TensorKind.ARRAY)


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
        return DatasetV(x)
    if mode == "input":
        return DatasetV((x, x))
    labels = {"categorical": (_count(interp, keywords.get("classes")),), "binary": (), "sparse": ()}
    columns = interp.resolve(keywords.get("y_col"))
    if mode in ("raw", "other") and columns is not None:
        labels[mode] = () if isinstance(columns, str) else (_count(interp, columns),)
    if not isinstance(mode, str) or mode not in labels:
        return interp.unknown("a folder with labels of an unknown kind")
    return DatasetV((x, _tensor((rows, *labels[mode]), TensorKind.ARRAY)))


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
    data, targets = as_array(interp, bound.get("data")), bound.get("targets")
    if data is None or not data.spec.dims:
        return interp.unknown("windows of a series")
    batched = bound.get("batch_size", 128)
    rows: tuple[Dim, ...] = () if batched is None else (some_batch(interp),)
    length = size_of(bound.get("sequence_length"))
    x = _tensor((*rows, length, *data.spec.dims[1:]), TensorKind.EAGER)
    if targets is None:
        return DatasetV(x)
    known = as_array(interp, targets)
    if known is None or not known.spec.dims:
        return interp.unknown("windows of a series")
    return DatasetV((x, _tensor((*rows, *known.spec.dims[1:]), TensorKind.EAGER)))


BY_PATH: dict[str, Native] = {
    f"{folder}.{name}": native
    for name, native, folders in (
        ("image_dataset_from_directory", _images, ("utils", "preprocessing")),
        ("text_dataset_from_directory", _texts, ("utils", "preprocessing")),
        ("timeseries_dataset_from_array", _windows, ("utils", "preprocessing")),
        ("ImageDataGenerator", _generator, ("preprocessing.image",)),
        ("ImageDataGenerator.flow", _flow, ("preprocessing.image",)),
        ("ImageDataGenerator.flow_from_directory", _flow_from_directory, ("preprocessing.image",)),
        ("ImageDataGenerator.flow_from_dataframe", _flow_from_files, ("preprocessing.image",)),
    )
    for folder in folders
}
