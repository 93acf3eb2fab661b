"""Pictures of Pillow, ``load_img`` and OpenCV, followed by their modes and sizes.

Neither is needed: what is expected here was seen with Pillow 13.0 and OpenCV 5.0.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import cv2
import keras
import numpy as np
from PIL import Image
from keras.layers import Conv2D, Dense, Flatten

model = keras.Sequential([keras.Input((28, 32, 3)), Conv2D(4, 3, strides=(5, 1)), Flatten(), Dense(2)])
gray = keras.Sequential([keras.Input((28, 32, 1)), Conv2D(4, 3, strides=(5, 1)), Flatten(), Dense(2)])
photo = Image.open("photo.png")
small = photo.resize((32, 28))
file = cv2.imread("photo.png")
"""
_ARRAY = "np.expand_dims(np.array({}), axis=0)"
_TO_ARRAY = "keras.utils.img_to_array({})[None]"

# What is predicted of, by which model, and whether it fits.
PICTURES = {
    "in colours": ("model", _ARRAY.format("small.convert('RGB')"), []),
    "of a mode that is unknown": ("model", _ARRAY.format("small"), []),
    "without a batch": ("model", "np.array(small.convert('RGB'))", ["KML501"]),
    "of another size": ("model", _ARRAY.format("photo.convert('RGB').resize((28, 32))"), ["KML501"]),
    "with transparency": ("model", _ARRAY.format("small.convert('RGBA')"), ["KML501"]),
    "made": ("model", _TO_ARRAY.format("Image.new('RGBA', (32, 28))"), ["KML501"]),
    "gray": ("gray", _TO_ARRAY.format("small.convert('L')"), []),
    "gray, where Pillow has no axis": ("gray", "np.array(small.convert('L'))[None]", []),
    "gray in colours": ("model", _TO_ARRAY.format("small.convert('L')"), ["KML501"]),
    "cropped": ("model", _ARRAY.format("photo.convert('RGB').crop((2, 3, 34, 31))"), []),
    "cropped otherwise": ("model", _ARRAY.format("photo.convert('RGB').crop((0, 0, 8, 8))"), ["KML501"]),
    "rotated": ("model", _ARRAY.format("small.convert('RGB').rotate(15)"), []),
    "of an array": ("model", _ARRAY.format("Image.fromarray(np.zeros((28, 32, 4)))"), ["KML501"]),
    "of its own size": ("model", "np.zeros((1, small.height, small.width, 3))", []),
    "of its size turned round": ("model", "np.zeros((1, *small.size, 3))", ["KML501"]),
    "made of an array": ("gray", _TO_ARRAY.format("keras.utils.array_to_img(np.zeros((28, 32, 1)))"), []),
    "made of an array in gray": (
        "model",
        _TO_ARRAY.format("keras.utils.array_to_img(np.zeros((28, 32, 1)))"),
        ["KML501"],
    ),
    "made of two numbers for a pixel": (
        "model",
        _TO_ARRAY.format("keras.utils.array_to_img(np.zeros((28, 32, 2)))"),
        ["KML309"],
    ),
    "made of a batch": (
        "model",
        _TO_ARRAY.format("keras.utils.array_to_img(np.zeros((1, 28, 32, 3)))"),
        ["KML309"],
    ),
    "loaded": ("model", _TO_ARRAY.format("keras.utils.load_img('a.png', target_size=(28, 32))"), []),
    "loaded smaller": (
        "model",
        _TO_ARRAY.format("keras.utils.load_img('a.png', target_size=(24, 24))"),
        ["KML501"],
    ),
    "by OpenCV": ("model", "cv2.resize(file, (32, 28))[None]", []),
    "by OpenCV, turned round": ("model", "cv2.resize(file, (28, 32))[None]", ["KML501"]),
    "by OpenCV in gray": (
        "model",
        "cv2.resize(cv2.cvtColor(file, cv2.COLOR_BGR2GRAY), (32, 28))[None]",
        ["KML501"],
    ),
    "by OpenCV in gray, with an axis": (
        "gray",
        "cv2.resize(cv2.imread('a.png', cv2.IMREAD_GRAYSCALE), (32, 28))[None, ..., None]",
        [],
    ),
    "filtered": ("model", "cv2.GaussianBlur(cv2.resize(file, (32, 28)), (5, 5), 0)[None]", []),
    "over a threshold": ("model", "cv2.threshold(file[:28, :28], 9, 255, 0)[1]", ["KML501"]),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(name: str) -> None:
    model, pixels, expected = PICTURES[name]
    text = f"{_HEAD}{model}.predict({pixels})\n"
    found = check_source(text, "predict.py", Settings(keras_version="3"))
    assert [one.code for one in found] == expected


def test_what_changes_in_place_is_forgotten() -> None:
    text = (
        f"{_HEAD}colours = small.convert('RGB')\ncolours.thumbnail((20, 20))\n"
        "model.predict(np.zeros((1, colours.height, 32, 3)))\n"
        "small.putalpha(255)\nmodel.predict(np.array(small)[None])\n"
    )
    assert check_source(text, "predict.py", Settings()) == []
