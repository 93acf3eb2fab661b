"""Files that count on the channels coming first, though the setting for that is elsewhere."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

# name: (the file, what is found in it)
FILES = {
    "a shape with the channels first": (
        "def model():\n    return Sequential([Conv2D(8, 3, input_shape=(3, 224, 224)), MaxPooling2D()])",
        [],
    ),
    "channels that have a name": (
        "def model(channels=1):\n    x = Input((channels, 28, 28))\n    return MaxPooling2D()(x)",
        [],
    ),
    "the format in some layers": (
        "def model():\n    x = MaxPooling2D()(Input((2, 8, 12)))\n"
        "    y = MaxPooling2D(data_format='channels_first')(Input((2, 8, 12)))\n"
        "    return Concatenate(axis=1)([x, y])",
        [],
    ),
    "what fails either way": (
        "def model():\n    x = Input((3, 224, 224))\n    y = Input((3, 224, 225))\n"
        "    return Concatenate(axis=1)([x, y])",
        ["KML101"],
    ),
    "the channels last": (
        "def model():\n    x = Input((1, 28, 28))\n    y = Input((224, 224, 3))\n"
        "    return MaxPooling2D(225)(y)",
        ["KML302"],
    ),
    "a file that makes the setting": (
        "keras.backend.set_image_data_format('channels_last')\nMaxPooling2D()(Input((1, 28, 28)))",
        ["KML302"],
    ),
}


@pytest.mark.parametrize(("program", "codes"), FILES.values(), ids=FILES)
def test_only_what_fails_in_both_formats_is_found(program: str, codes: list[str]) -> None:
    text = (
        "import tf_keras as keras\nfrom tf_keras import Input, Sequential\n"
        "from tf_keras.layers import Concatenate, Conv2D, MaxPooling2D\n" + program
    )
    assert [finding.code for finding in check_source(text, "program.py", Settings())] == codes
