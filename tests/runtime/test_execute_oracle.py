"""Running programs under watch: what is reached, what stands in for what, and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kerasmergelint.keras_api.layers.layer_type import LayerType
from kerasmergelint.keras_api.protocol import Broken, LayerCall, Problem, ProblemKind
from kerasmergelint.options import Settings
from kerasmergelint.runtime.confirm import Confirmer, Options
from kerasmergelint.runtime.limits import Limits
from kerasmergelint.runtime.verdict import Confirmation, Verdict
from tests.runtime.programs import KERAS, judged

pytestmark = pytest.mark.oracle

KERAS_2 = "import tf_keras as keras\nfrom tf_keras import layers\n"
BROKEN = "x = keras.Input((8,))\nlayers.Add()([layers.Dense(3)(x), layers.Dense(4)(x)])\n"


@pytest.fixture(scope="module")
def confirmer() -> Iterator[Confirmer]:
    with Confirmer(Settings(), Options(execute=True, limits=Limits(seconds=60))) as made:
        yield made


def verdicts(confirmer: Confirmer, text: str, folder: Path) -> list[Verdict]:
    return [item.verdict for item in judged(confirmer, text, str(folder / "program.py"))]


def confirmed(found: list[Verdict]) -> list[bool]:
    return [verdict.confirmation is Confirmation.CONFIRMED for verdict in found]


@pytest.mark.parametrize("head", [KERAS, KERAS_2], ids=["keras 3", "keras 2"])
def test_the_program_raises_there(confirmer: Confirmer, tmp_path: Path, head: str) -> None:
    (verdict,) = verdicts(confirmer, head + BROKEN, tmp_path)
    assert verdict.text == (
        "confirmed: ValueError: Inputs have incompatible shapes. Received shapes (3,) and (4,)"
    )


@pytest.mark.parametrize("head", [KERAS, KERAS_2], ids=["keras 3", "keras 2"])
def test_inside_of_call(confirmer: Confirmer, tmp_path: Path, head: str) -> None:
    text = (
        "class Own(layers.Layer):\n"
        "    def __init__(self):\n        super().__init__()\n        self.d = layers.Dense(5)\n"
        "    def call(self, x):\n        return x + self.d(x)\n"
        "Own()(keras.Input((8,)))\n"
    )
    (verdict,) = verdicts(confirmer, head + text, tmp_path)
    assert verdict.confirmation is Confirmation.CONFIRMED
    assert "must be equal" in verdict.message or "ncompatible shapes" in verdict.message


def test_the_rest_of_the_program_goes_on(confirmer: Confirmer, tmp_path: Path) -> None:
    text = KERAS + BROKEN + "y = keras.Input((4,))\nlayers.Dot(axes=1)([x, y])\n"
    assert confirmed(verdicts(confirmer, text, tmp_path)) == [True, True]


def test_a_function_that_nobody_calls(confirmer: Confirmer, tmp_path: Path) -> None:
    text = KERAS + (
        "def block(x, filters=4):\n"
        "    return layers.Add()([layers.Dense(filters)(x), layers.Dense(filters + 1)(x)])\n"
        "class Net:\n"
        "    def __init__(self, width=3):\n        self.width = width\n"
        "    def build(self):\n"
        "        i = keras.Input((8,))\n"
        "        return layers.Add()([layers.Dense(self.width)(i), layers.Dense(9)(i)])\n"
    )
    found = verdicts(confirmer, text, tmp_path)
    assert confirmed(found) == [True, True]
    assert found[0].notes == ("block() was called with the values of its witness",)
    assert found[1].notes == ()


WITNESSED = {
    "a mode, and an attribute of an object": (
        "def build(config, mode):\n    x = keras.Input((8, 8, config.channels))\n    if mode == 'sum':\n"
        "        return layers.Add()([layers.Dense(3)(x), layers.Dense(4)(x)])\n    return x\n"
    ),
    "a list of numbers, by a keyword only": (
        "def build(x, *, blocks):\n    for n in blocks:\n        x = layers.Conv2D(n, 3)(x)\n"
        "    return layers.Add()([layers.Dense(3)(x), layers.Dense(4)(x)])\n"
    ),
    "the second argument of a layer, and its constructor's": (
        "class Own(layers.Layer):\n    def __init__(self, width):\n        super().__init__()\n"
        "        self.a, self.b = layers.Dense(3), layers.Dense(4)\n        self.width = width\n"
        "    def call(self, x, mode):\n        if mode == 'sum' and self.width > 40:\n"
        "            return layers.Add()([self.a(x), self.b(x)])\n        return x\n"
    ),
}


@pytest.mark.parametrize("name", WITNESSED)
def test_the_witness_is_what_it_is_called_with(
    confirmer: Confirmer, tmp_path: Path, name: str
) -> None:
    (verdict,) = verdicts(confirmer, KERAS + WITNESSED[name], tmp_path)
    assert verdict.confirmation is Confirmation.CONFIRMED
    assert verdict.notes[0].endswith("was called with the values of its witness")


def test_an_exception_that_the_program_catches(confirmer: Confirmer, tmp_path: Path) -> None:
    """The linter says nothing here; if it did, the exception would be seen."""
    text = KERAS + "x = keras.Input((8,))\ntry:\n    layers.Add()([x, keras.Input((7,))])\n"
    assert verdicts(confirmer, text + "except ValueError:\n    pass\n", tmp_path) == []


def test_an_earlier_exception_is_told(confirmer: Confirmer, tmp_path: Path) -> None:
    text = KERAS + "import os\nn = int(os.environ['WIDTH'])\nx = keras.Input((8, n * 2))\n"
    text += "layers.Concatenate(axis=1)([x, keras.Input((8, n * 2 + 1))])\n"
    (verdict,) = verdicts(confirmer, text, tmp_path)
    assert verdict.text == ("not reached: the program raised earlier, at line 4: KeyError: 'WIDTH'")


def test_an_end_before_is_told(confirmer: Confirmer, tmp_path: Path) -> None:
    text = KERAS + (
        "import argparse\n"
        "def main():\n"
        "    p = argparse.ArgumentParser()\n    p.add_argument('width', type=int)\n"
        "    p.parse_args()\n"
        "    x = keras.Input((8,))\n"
        "    layers.Add()([layers.Dense(3)(x), layers.Dense(4)(x)])\n"
        "main()\n"
    )
    (verdict,) = verdicts(confirmer, text, tmp_path)
    assert verdict.text == "not reached: the program exited earlier, at line 7: 2"


def test_a_time_limit_is_told(tmp_path: Path) -> None:
    text = KERAS + "import itertools\nfor _ in itertools.count():\n    pass\n"
    text += "def f():\n" + "".join(f"    {line}\n" for line in BROKEN.splitlines())
    with Confirmer(Settings(), Options(execute=True, limits=Limits(seconds=3))) as confirmer:
        (verdict,) = verdicts(confirmer, text, tmp_path)
    assert verdict.text == "not reached: it took longer than 3 s"


def test_a_hazard_by_the_shapes(confirmer: Confirmer, tmp_path: Path) -> None:
    text = KERAS + "a, b = keras.Input((8, 1)), keras.Input((1, 5))\nlayers.Add()([a, b])\n"
    (verdict,) = verdicts(confirmer, text, tmp_path)
    assert verdict.text == "confirmed: the shapes at run time are (None, 8, 1), (None, 1, 5)"


def lie_about(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A wrong rule; what was asked of the right one before, in this process, is remembered."""
    honest = LayerType.call

    def lie(self: LayerType, call: LayerCall) -> Any:
        if self.name == name:
            raise Broken(Problem(ProblemKind.BROADCAST, "ValueError", "a lie", (0, 1)))
        return honest(self, call)

    monkeypatch.setattr(LayerType, "call", lie)


def test_what_we_are_wrong_about_is_refuted(
    confirmer: Confirmer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lie_about(monkeypatch, "Add")
    text = KERAS + "def f(x):\n    return layers.Add()([x, x])\nf(keras.Input((17,)))\n"
    (verdict,) = verdicts(confirmer, text, tmp_path)
    assert verdict.text == "refuted: TensorFlow builds it, for (None, 17), (None, 17)"


def test_the_same_line_on_another_way_refutes_nothing(
    confirmer: Confirmer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lie_about(monkeypatch, "Add")
    text = KERAS + "def f(x):\n    return layers.Add()([x, x])\nf(keras.Input((17,)))\n"
    path = str(tmp_path / "program.py")
    linted = confirmer.lint(text, path)
    run = replace(linted, text=text.replace("f(keras.Input((17,)))", "f(keras.Input((19,)))"))
    (item,) = confirmer.confirm([run])[path]
    assert item.verdict.confirmation is Confirmation.NOT_REACHED
    assert "other shapes: (None, 19), (None, 19)" in item.verdict.reason


STAND_INS = {
    "training": (
        "import numpy as np\n"
        "x = keras.Input((8,))\nm = keras.Model(x, layers.Dense(2)(x))\n"
        "m.compile('adam', 'mse', metrics=['mae'])\n"
        "h = m.fit(np.zeros((1000, 8)), np.zeros((1000, 2)), epochs=10 ** 6)\n"
        "print(h.history['loss'][-1], h.history['val_loss'])\n"
        "loss, error = m.evaluate(np.zeros((10, 8)), np.zeros((10, 2)))\n"
        "assert m.predict(np.zeros((10, 8))).shape == (10, 2)\n"
        "m.save('/nowhere/at/all.keras')\nm.load_weights('/nowhere.h5')\n"
    ),
    "two outputs": (
        "import numpy as np\n"
        "x = keras.Input((8,))\nm = keras.Model(x, [layers.Dense(2)(x), layers.Dense(3)(x)])\n"
        "a, b = m.predict(np.zeros((10, 8)))\nassert b.shape == (10, 3)\n"
    ),
    "open sizes": (
        "import numpy as np\n"
        "x = keras.Input((None, None, 3))\nm = keras.Model(x, layers.Conv2D(4, 3)(x))\n"
        "assert m.predict(np.zeros((5, 12, 10, 3))).shape == (5, 10, 8, 4)\n"
    ),
    "data sets": (
        "(x, y), (a, b) = keras.datasets.mnist.load_data()\n"
        "x = x.reshape(60000, 784).astype('float32') / 255\n"
        "assert keras.utils.to_categorical(y).shape == (60000, 10)\n"
        "(x, y), _ = keras.datasets.cifar10.load_data()\nassert y.shape == (50000, 1)\n"
        "(x, y), _ = keras.datasets.imdb.load_data(num_words=100)\n"
        "assert max(max(text) for text in x) < 100\n"
    ),
    "weights": (
        "keras.applications.MobileNetV2(weights='imagenet', include_top=False)\n"
        "from tensorflow.keras.applications.mobilenet import MobileNet\n"
        "MobileNet(weights='imagenet')\n"
        "keras.utils.get_file('x.zip', 'https://example.com/x.zip')\n"
    ),
    "weights of its own": (
        "import os\n"
        "x = keras.Input((8,))\nm = keras.Model(x, layers.Dense(2)(x))\n"
        "m.save_weights('own.weights.h5')\nm.load_weights('own.weights.h5')\n"
        "assert not os.path.exists('own.weights.h5')\n"
    ),
    "missing files": (
        "import numpy as np\n"
        "data = np.load('features.npy')\nassert data.ndim == 4\n"
        "table = np.loadtxt('table.csv', delimiter=',')\nassert table.ndim == 2\n"
    ),
    "folders of images": (
        "from tensorflow.keras.preprocessing.image import ImageDataGenerator\n"
        "flow = ImageDataGenerator(rescale=1 / 255).flow_from_directory(\n"
        "    'data/train', target_size=(32, 32), batch_size=4, class_mode='categorical')\n"
        "images, labels = next(flow)\n"
        "assert images.shape == (4, 32, 32, 3)\nassert labels.shape == (4, flow.num_classes)\n"
        "d = keras.utils.image_dataset_from_directory('data', image_size=(16, 16), batch_size=2)\n"
        "for images, labels in d.take(1):\n    assert images.shape == (2, 16, 16, 3)\n"
    ),
    "plots and progress": (
        "import matplotlib.pyplot as plt\nfrom tqdm import tqdm\nimport wandb\n"
        "figure, axes = plt.subplots()\naxes.plot([1, 2])\nplt.show()\n"
        "wandb.init(project='x')\nassert list(tqdm([1, 2])) == [1, 2]\n"
    ),
    "the command line": (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', default=3)\n"
        "assert p.parse_args().n == 3\nassert __name__ == '__main__'\n"
    ),
}


@pytest.mark.parametrize("head", [KERAS, KERAS_2], ids=["keras 3", "keras 2"])
@pytest.mark.parametrize("name", STAND_INS)
def test_stand_ins(confirmer: Confirmer, tmp_path: Path, head: str, name: str) -> None:
    path = tmp_path / "program.py"
    path.write_text(head + STAND_INS[name], encoding="utf-8")
    answer = confirmer.run_programs([str(path)], 2 if head is KERAS_2 else 3)[str(path)]
    assert answer == {"state": "ran", "error": None, "findings": []}


def test_files_that_exist_are_read(confirmer: Confirmer, tmp_path: Path) -> None:
    import numpy

    numpy.save(tmp_path / "real.npy", numpy.zeros((2, 3)))
    path = tmp_path / "program.py"
    path.write_text(
        f"import numpy as np\nassert np.load({str(tmp_path / 'real.npy')!r}).shape == (2, 3)\n"
    )
    assert confirmer.run_programs([str(path)], 3)[str(path)]["error"] is None


def test_data_that_do_not_fit(confirmer: Confirmer, tmp_path: Path) -> None:
    text = KERAS + (
        "import numpy as np\n"
        "a, b = keras.Input((8,)), keras.Input((8,))\nm = keras.Model([a, b], layers.Add()([a, b]))\n"
        "m.compile('adam', 'mse')\n"
        "m.fit(np.zeros((10, 8)), np.zeros((10, 8)))\n"
    )
    assert confirmed(verdicts(confirmer, text, tmp_path)) == [True]


def test_modules_beside_the_program(confirmer: Confirmer, tmp_path: Path) -> None:
    package = tmp_path / "nets"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "parts.py").write_text(
        KERAS + "def merge(a, b):\n    return layers.Add()([a, b])\n", encoding="utf-8"
    )
    text = KERAS + "from nets.parts import merge\nmerge(keras.Input((8,)), keras.Input((7,)))\n"
    assert confirmed(verdicts(confirmer, text, tmp_path)) == [True]


def test_a_module_of_a_package(confirmer: Confirmer, tmp_path: Path) -> None:
    package = tmp_path / "nets"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "sizes.py").write_text("WIDTH = 3\n")
    text = KERAS + "from nets.sizes import WIDTH\nx = keras.Input((8,))\n"
    text += "layers.Add()([x, layers.Dense(WIDTH)(x)])\n"
    assert confirmed(verdicts(confirmer, text, package)) == [True]
