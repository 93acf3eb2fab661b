"""``keras.datasets``: the shapes of the published data sets."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values.arrays import SEQUENCES
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Keywords, Value

# Numbers of training and test samples, and the shapes and types of a sample and its target.
_Sample = tuple[tuple[Dim, ...], str]
_COLLECTIONS: dict[str, tuple[int, int, _Sample, _Sample]] = {
    "mnist": (60000, 10000, ((28, 28), "uint8"), ((), "uint8")),
    "fashion_mnist": (60000, 10000, ((28, 28), "uint8"), ((), "uint8")),
    "cifar10": (50000, 10000, ((32, 32, 3), "uint8"), ((1,), "uint8")),
    "cifar100": (50000, 10000, ((32, 32, 3), "uint8"), ((1,), "uint8")),
    "boston_housing": (404, 102, ((13,), "float64"), ((), "float64")),
    "california_housing": (16512, 4128, ((8,), "float32"), ((), "float32")),
    "imdb": (25000, 25000, ((), SEQUENCES), ((), "int64")),
    "reuters": (8982, 2246, ((), SEQUENCES), ((), "int64")),
}
# Arguments of any loader that do not change how many samples there are.
_HARMLESS = frozenset(
    {"path", "seed", "label_mode", "num_words", "skip_top", "start_char", "oov_char", "index_from"}
)
_SPLITTING = frozenset({"boston_housing", "california_housing", "reuters"})


def _loader(name: str) -> Native:
    """``load_data()`` of a collection: ``(x_train, y_train), (x_test, y_test)``."""
    train, test, sample, target = _COLLECTIONS[name]

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        as_published = not set(keywords) - _HARMLESS and not (args and name in _SPLITTING)
        sizes: tuple[Dim, Dim] = (train, test) if as_published else (UNKNOWN, UNKNOWN)
        shown = _in_format(interp.image_data_format, sample)
        return tuple((_array(size, shown), _array(size, target)) for size in sizes)

    return native


def _in_format(data_format: Value, sample: _Sample) -> _Sample:
    """Colour pictures, such as CIFAR's, come in the data format that is set."""
    dims, dtype = sample
    if len(dims) != 3 or data_format == "channels_last":
        return sample
    rows, columns, channels = dims
    found = (channels, rows, columns) if data_format == "channels_first" else (UNKNOWN,) * 3
    return found, dtype


def _array(size: Dim, sample: _Sample) -> TensorV:
    dims, dtype = sample
    return TensorV(TensorSpec(Shape((size, *dims)), dtype, TensorKind.ARRAY))


BY_PATH: dict[str, Native] = {f"datasets.{name}.load_data": _loader(name) for name in _COLLECTIONS}
