"""Datasets that need a network, replaced by arrays of their published shapes and types."""

from __future__ import annotations

from typing import Any

# Shape of a sample of x and of y, the type of x, and how many classes there are.
_IMAGES: dict[str, tuple[tuple[int, ...], tuple[int, ...], str, int]] = {
    "mnist": ((28, 28), (), "uint8", 10),
    "fashion_mnist": ((28, 28), (), "uint8", 10),
    "cifar10": ((32, 32, 3), (1,), "uint8", 10),
    "cifar100": ((32, 32, 3), (1,), "uint8", 100),
    "boston_housing": ((13,), (), "float64", 50),
}  # fmt: skip
_SAMPLES = (2000, 500)  # training and test: enough for every case, and quick to run


def install() -> None:
    """Replace ``load_data`` of keras.datasets, however it is imported."""
    import keras
    import tensorflow as tf

    for datasets in (keras.datasets, tf.keras.datasets):
        for name in _IMAGES:
            getattr(datasets, name).load_data = _loader(name)
        datasets.imdb.load_data = _imdb


def _loader(name: str) -> Any:
    import numpy as np

    x_shape, y_shape, dtype, classes = _IMAGES[name]

    def load_data(**_: object) -> Any:
        return tuple(
            (np.zeros((count, *x_shape), dtype),
             (np.arange(count) % classes).astype("uint8").reshape((count, *y_shape)))
            for count in _SAMPLES
        )  # fmt: skip

    return load_data


def _imdb(**_: object) -> Any:
    """Reviews of different lengths: an array of lists."""
    import numpy as np

    parts = []
    for count in _SAMPLES:
        reviews = np.empty(count, dtype=object)
        reviews[:] = [[1, 2, 3][: 1 + index % 3] for index in range(count)]
        parts.append((reviews, np.arange(count) % 2))
    return tuple(parts)
