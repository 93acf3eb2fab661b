"""Stand-ins for what takes long or needs files, good enough for shapes.

Training, saving and loading do nothing; data loaders return zeros of plausible shapes if their file
does not exist.
"""

from __future__ import annotations

import builtins
import collections
import functools
import inspect
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from . import kerases
from .tensors import leaves, shape_of

_SAMPLES = 32
_IMAGE = (64, 64, 3)
_patched: set[str] = set()


def install() -> None:
    """Replace functions of Keras; once, in the process of a job."""
    keras = kerases.keras()
    _models(keras)
    replaced: dict[int, Any] = {}
    for face in _faces(keras):
        replaced.update(_applications(face))
        replaced.update(_datasets(face))
        replaced.update(_loaders(face))
    _everywhere(replaced)
    builtins.input = lambda *_: ""
    time.sleep = lambda *_: None


def _faces(keras: object) -> list[Any]:
    """The packages that a program may use Keras by."""
    found = [keras, getattr(kerases.tensorflow(), "keras", None)]
    return [module for module in found if module is not None]


def _everywhere(replaced: dict[int, Any]) -> None:
    """Put the replacements, by the identity of what they replace, into all modules of Keras.

    Modules imported later get them from these.
    """
    for name, module in list(sys.modules.items()):
        if "keras" not in name:
            continue
        for attribute, value in list(getattr(module, "__dict__", {}).items()):
            if id(value) in replaced:
                setattr(module, attribute, replaced[id(value)])


def patch_new_modules() -> None:
    """Replace the loaders of libraries that the program has imported since."""
    for name, patch in _LIBRARIES.items():
        if name in sys.modules and name not in _patched:
            _patched.add(name)
            try:
                patch(sys.modules[name])
            except AttributeError:
                continue


# -- models ----------------------------------------------------------------------------------


def _models(keras: Any) -> None:
    """Methods of models that take long or write files."""
    cls = keras.Model
    for name in ("save", "save_weights", "load_weights", "export", "save_spec"):
        if hasattr(cls, name):
            setattr(cls, name, _nothing)
    cls.fit = _fit(cls.fit)
    cls.fit_generator = lambda self, *args, **keywords: _History(self)
    cls.evaluate = cls.test_on_batch = cls.train_on_batch = _evaluate
    cls.evaluate_generator = _evaluate
    cls.predict = cls.predict_on_batch = _predict
    cls.predict_generator = lambda self, *args, **keywords: _predict(self, None)


def _replace(owner: object, name: str, value: object) -> None:
    if owner is not None and hasattr(owner, name):
        setattr(owner, name, value)


def _nothing(*_: object, **__: object) -> None:
    return None


class _History:
    """What ``fit`` returns: each metric, as a single zero."""

    def __init__(self, model: object = None) -> None:
        self.model = model
        self.history: dict[str, list[float]] = collections.defaultdict(lambda: [0.0])
        self.epoch = [0]
        self.params: dict[str, Any] = {}


def _fit(original: Callable[..., Any]) -> Callable[..., Any]:
    """A ``fit`` that calls the model on a few samples and does not train."""

    @functools.wraps(original)
    def fit(
        self: object, x: object = None, y: object = None, *args: object, **keywords: object
    ) -> Any:
        inputs = getattr(self, "inputs", None)
        few = _few(x, _batch_of(inputs)) if inputs else None
        if few is not None:
            _check_inputs(self, few)
        return _History(self)

    return fit


def _batch_of(inputs: Any) -> int:
    """How many samples a model takes at once: two, unless its inputs say otherwise."""
    shape = shape_of(inputs[0])
    return int(shape[0]) if shape and shape[0] is not None else 2


def _few(data: object, count: int) -> Any:
    """The first samples of arrays in any nest; None for anything else."""
    import numpy

    if isinstance(data, numpy.ndarray):
        return data[:count] if data.ndim and data.dtype != object else None
    if isinstance(data, dict):
        parts = {name: _few(part, count) for name, part in data.items()}
        return None if any(part is None for part in parts.values()) else parts
    if isinstance(data, (list, tuple)) and data and not isinstance(data[0], (int, float)):
        items = [_few(part, count) for part in data]
        return None if any(item is None for item in items) else items
    return None


def _check_inputs(model: Any, few: Any) -> None:
    """Call the model as training would; a vector is one feature per sample."""
    import numpy

    def widened(data: Any) -> Any:
        if isinstance(data, dict):
            return {name: widened(part) for name, part in data.items()}
        if isinstance(data, list):
            return [widened(part) for part in data]
        return numpy.expand_dims(data, -1) if data.ndim == 1 else data

    model(widened(few))


def _count_of(data: object) -> int:
    """The number of samples."""
    for leaf in leaves(data):
        shape = shape_of(leaf)
        if shape and shape[0] is not None:
            return int(shape[0])
    return int(getattr(data, "samples", _SAMPLES))


def _predict(self: Any, x: Any = None, *_: Any, **__: Any) -> Any:
    """Zeros of the model's output shape; if that depends on the data, two samples are computed."""
    import numpy

    count = _count_of(x) if x is not None else _SAMPLES
    shapes = [shape_of(tensor) for tensor in getattr(self, "outputs", None) or ()]
    fixed = all(shape is not None and None not in shape[1:] for shape in shapes)
    if not shapes or not fixed:
        few = _few(x, 2)
        if few is None:
            return numpy.zeros((count, 1), "float32")
        shapes = [shape_of(tensor) for tensor in leaves(self(few))]
    made: list[Any] = [numpy.zeros((count, *(shape or [None])[1:]), "float32") for shape in shapes]
    return made if len(made) > 1 else made[0]


def _evaluate(self: object, *_: object, **keywords: object) -> Any:
    """A zero for the loss and for each metric."""
    config = getattr(self, "_compile_config", None)
    given = getattr(config, "config", None) or {}
    asked = given.get("metrics") if isinstance(given, dict) else None
    count = 1 + len(leaves(asked) if asked else [])
    if keywords.get("return_dict"):
        return collections.defaultdict(float)
    return [0.0] * count if count > 1 else 0.0


# -- what would be downloaded ----------------------------------------------------------------


Replaced = Iterator[tuple[int, Any]]


def _applications(keras: object) -> Replaced:
    """Architectures without their weights."""
    root = getattr(keras, "applications", None)
    for name in dir(root):
        made = getattr(root, name)
        if name[:1].isupper() and callable(made):
            yield id(made), _without_weights(made)
        decode = getattr(made, "decode_predictions", None)
        if decode is not None:
            yield id(decode), lambda *_, **__: [[]]


def _without_weights(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def application(*args: object, **keywords: object) -> Any:
        try:
            bound = inspect.signature(function).bind(*args, **keywords)
        except (TypeError, ValueError):
            return function(*args, **keywords)
        bound.arguments["weights"] = None
        return function(*bound.args, **bound.kwargs)

    return application


def _datasets(keras: object) -> Replaced:
    """The data sets that Keras would download, in their real sizes."""
    root = getattr(keras, "datasets", None)
    made: dict[str, Callable[..., Any]] = {
        "mnist": lambda **_: _images((28, 28), 60000, 10000, 10),
        "fashion_mnist": lambda **_: _images((28, 28), 60000, 10000, 10),
        "cifar10": lambda **_: _images((32, 32, 3), 50000, 10000, 10, column=True),
        "cifar100": lambda **_: _images((32, 32, 3), 50000, 10000, 100, column=True),
        "imdb": lambda **k: _texts(25000, 25000, 2, k.get("num_words")),
        "reuters": lambda **k: _texts(8982, 2246, 46, k.get("num_words")),
        "boston_housing": lambda **_: _table(404, 102, 13),
        "california_housing": lambda **_: _table(16512, 4128, 8),
    }
    for name, load in made.items():
        module = getattr(root, name, None)
        if module is not None:
            yield id(module.load_data), _ignoring_position(load)
        index = getattr(module, "get_word_index", None)
        if index is not None:
            yield id(index), lambda *_, **__: {"word": 1}


def _ignoring_position(load: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *_, **keywords: load(**keywords)


Split = tuple[tuple[Any, Any], tuple[Any, Any]]


def _images(
    shape: tuple[int, ...], train: int, test: int, classes: int, column: bool = False
) -> Split:
    import numpy

    def part(count: int) -> tuple[Any, Any]:
        labels: Any = (numpy.arange(count) % classes).astype("uint8")
        return numpy.zeros((count, *shape), "uint8"), labels[:, None] if column else labels

    return part(train), part(test)


def _texts(train: int, test: int, classes: int, words: Any) -> Split:
    import numpy

    highest = int(words or 1000) - 1

    def part(count: int) -> tuple[Any, Any]:
        texts: Any = numpy.empty(count, dtype=object)
        texts[:] = [[1, min(4, highest), highest]] * count
        return texts, numpy.arange(count) % classes

    return part(train), part(test)


def _table(train: int, test: int, columns: int) -> Split:
    import numpy

    def part(count: int) -> tuple[Any, Any]:
        return numpy.zeros((count, columns)), numpy.zeros(count)

    return part(train), part(test)


# -- files -----------------------------------------------------------------------------------


def _loaders(keras: object) -> Replaced:
    """Keras's own utilities for images and files."""
    preprocessing = getattr(keras, "preprocessing", None)
    image = getattr(preprocessing, "image", None)
    for module in (getattr(keras, "utils", None), preprocessing, image):
        for name, stand_in in _UTILITIES.items():
            real = getattr(module, name, None)
            if real is not None:
                yield id(real), stand_in(real)
    generator = getattr(image, "ImageDataGenerator", None)
    for name in ("flow_from_directory", "flow_from_dataframe"):
        _replace(generator, name, lambda self, *args, **keywords: _Flow(keywords))


def _get_file(fname: object = None, origin: object = None, *_: object, **__: object) -> str:
    name = os.path.basename(str(fname or origin or "file"))
    path = os.path.abspath(name)
    if not os.path.exists(path):
        open(path, "wb").close()
    return path


def _unless_missing(real: Any, stand_in: Callable[..., Any]) -> Callable[..., Any]:
    """The real loader for files that exist, the stand-in for others."""

    def load(source: Any = None, *args: Any, **keywords: Any) -> Any:
        if isinstance(source, (str, os.PathLike)) and not os.path.exists(source):
            return stand_in(source, *args, **keywords)
        return real(source, *args, **keywords)

    return load


def _picture(_: Any, *args: Any, **keywords: Any) -> Any:
    import numpy

    size = tuple(keywords.get("target_size") or _IMAGE[:2])
    gray = keywords.get("color_mode") == "grayscale" or keywords.get("grayscale")
    return numpy.zeros((*size, 1 if gray else 3), "float32")


class _Flow:
    """What ``flow_from_directory`` returns: two classes of zeros, endlessly."""

    def __init__(self, keywords: dict[str, Any]) -> None:
        size = tuple(keywords.get("target_size") or (256, 256))
        channels = 1 if keywords.get("color_mode") == "grayscale" else 3
        self.batch_size = int(keywords.get("batch_size") or 32)
        self.image_shape = (*size, channels)
        self.target_size = size
        self.mode = keywords.get("class_mode", "categorical")
        names = keywords.get("classes") or ["a", "b"]
        self.class_indices = {str(name): index for index, name in enumerate(names)}
        self.num_classes = len(self.class_indices)
        self.samples = self.n = _SAMPLES
        self.classes = [index % self.num_classes for index in range(self.samples)]
        self.filenames = [f"{index}.png" for index in range(self.samples)]

    def __len__(self) -> int:
        return max(1, -(-self.samples // self.batch_size))

    def __iter__(self) -> _Flow:
        return self

    def __next__(self) -> Any:
        import numpy

        pictures = numpy.zeros((self.batch_size, *self.image_shape), "float32")
        if self.mode in (None, "input"):
            return pictures if self.mode is None else (pictures, pictures)
        width = (self.num_classes,) if self.mode == "categorical" else ()
        return pictures, numpy.zeros((self.batch_size, *width), "float32")

    next = __next__

    def __getitem__(self, index: int) -> Any:
        return next(self)

    def reset(self) -> None:
        return None


def _image_dataset(*_: object, **keywords: object) -> Any:
    flow = _Flow(
        {
            "target_size": keywords.get("image_size"),
            "batch_size": keywords.get("batch_size"),
            "color_mode": keywords.get("color_mode"),
            "class_mode": "categorical"
            if keywords.get("label_mode") == "categorical"
            else "binary",
        }
    )
    made = kerases.tensorflow().data.Dataset.from_tensors(next(flow)).repeat(len(flow))
    made.class_names = list(flow.class_indices)
    return made


_UTILITIES: dict[str, Callable[[Any], Any]] = {
    "get_file": lambda real: _get_file,
    "load_img": lambda real: _unless_missing(real, _picture),
    "image_dataset_from_directory": lambda real: _image_dataset,
    "plot_model": lambda real: _nothing,
    "model_to_dot": lambda real: _nothing,
}

# -- other libraries -------------------------------------------------------------------------


def _numpy(module: Any) -> None:
    zeros = module.zeros

    def array(*_: object, **__: object) -> Any:
        return zeros((_SAMPLES, *_IMAGE), "float32")

    def table(*_: object, **__: object) -> Any:
        return zeros((_SAMPLES, 8))

    module.load = _unless_missing(module.load, array)
    module.loadtxt = _unless_missing(module.loadtxt, table)
    module.genfromtxt = _unless_missing(module.genfromtxt, table)
    for name in ("save", "savez", "savez_compressed", "savetxt"):
        setattr(module, name, _nothing)


def _pandas(module: Any) -> None:
    class AnyFrame(module.DataFrame):  # type: ignore[misc]
        """A table with any column that is asked for."""

        @property
        def _constructor(self) -> Any:
            return AnyFrame

        def __getitem__(self, key: object) -> Any:
            for name in [key] if isinstance(key, str) else key if isinstance(key, list) else ():
                if isinstance(name, str) and name not in self.columns:
                    self[name] = 0.0
            return super().__getitem__(key)

    def frame(*_: Any, **keywords: Any) -> Any:
        names = keywords.get("names") or [f"c{index}" for index in range(8)]
        return AnyFrame({name: [0.0] * _SAMPLES for name in names})

    for name in (
        "read_csv",
        "read_excel",
        "read_table",
        "read_json",
        "read_pickle",
        "read_parquet",
    ):
        setattr(module, name, _unless_missing(getattr(module, name), frame))


def _cv2(module: Any) -> None:
    def picture(*_: object, **__: object) -> Any:
        import numpy

        return numpy.zeros(_IMAGE, "uint8")

    module.imread = _unless_missing(module.imread, picture)
    for name in ("imshow", "waitKey", "imwrite", "destroyAllWindows"):
        _replace(module, name, _nothing)


def _pyplot(module: object) -> None:
    for name in ("show", "savefig"):
        setattr(module, name, _nothing)


_LIBRARIES: dict[str, Callable[[Any], None]] = {
    "numpy": _numpy,
    "pandas": _pandas,
    "cv2": _cv2,
    "matplotlib.pyplot": _pyplot,
}
