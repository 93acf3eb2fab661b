"""What Keras refuses where it computes shapes, and not where it is made or called on data."""

from __future__ import annotations

from typing import Any

import pytest

from kerasmergelint.keras_api.versions import KerasVersion
from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from tests.oracle import keras_of

pytestmark = pytest.mark.oracle
HEAD = "import numpy as np\nimport keras\nfrom keras import Input, layers\n"
IMAGES = "np.zeros((2, 8, 8, 3), 'float32')"

LAYERS = [
    "layers.MaxPooling2D(padding='SAME')", "layers.AveragePooling2D(2, padding='Valid')",
    "layers.MaxPooling2D(padding='same')", "layers.MaxPooling2D(padding='full')",
    "layers.Conv2D(4, 3, padding='SAME')", "layers.UpSampling2D(interpolation='area')",
    "layers.UpSampling2D(interpolation='AREA')", "layers.BatchNormalization(axis='-1')",
    "layers.BatchNormalization(axis='last')", "layers.GaussianNoise('1')",
]  # fmt: skip

USES = {
    "made": "{layer}",
    "in a functional model": "{layer}(Input((8, 8, 3)))",
    "on data": f"{{layer}}({IMAGES})",
    "in a Sequential": f"keras.Sequential([{{layer}}])({IMAGES})",
    "in a model of one's own": f"Own({{layer}})({IMAGES})",
    "in a model of one's own, in a functional one": "Own({layer})(Input((8, 8, 3)))",
}
OWN = """
class Own(keras.Model):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer
    def call(self, images):
        return self.layer(images)
"""


def raises(program: str, version: KerasVersion) -> bool:
    keras = keras_of(version)
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers, "Input": keras.Input}
    names["np"] = pytest.importorskip("numpy")

    class Own(keras.Model):  # type: ignore[misc, name-defined, unused-ignore]
        def __init__(self, layer: Any) -> None:
            super().__init__()
            self.layer = layer

        def call(self, images: Any) -> Any:
            return self.layer(images)

    names["Own"] = Own
    try:
        eval(program, names)
    except Exception:  # each layer has its own
        return True
    return False


@pytest.mark.parametrize(
    "version", [KerasVersion.V2, KerasVersion.V3], ids=lambda version: version.name
)
@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("layer", LAYERS)
def test_no_use_that_works_is_reported(layer: str, use: str, version: KerasVersion) -> None:
    program = USES[use].format(layer=layer)
    text = f"{HEAD}{OWN}\n{program}\n"
    reported = bool(check_source(text, "/program.py", Settings(keras_version=str(version.major))))
    if use == "made":  # what every call refuses is reported where it is made
        assert not reported or raises(USES["on data"].format(layer=layer), version)
    elif use == "in a Sequential":  # whose layers are followed on the data, not on its shape
        assert not reported or raises(program, version)
    else:
        assert reported == raises(program, version)
