"""A file that was written for Keras 1 has one finding; none where the project pins a Keras that takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.tracker.program.eras import Era, of_bound

OLD = """
from keras.layers import Convolution2D, Dense, Flatten, Input, MaxPooling2D
from keras.models import Sequential

model = Sequential()
model.add(Convolution2D(32, 3, 3, border_mode="same", input_shape=(32, 32, 3)))
model.add(MaxPooling2D())
model.add(Flatten())
model.add(Dense(output_dim=3))
model.add(Dense(3, init="uniform"))
"""
BY_PLACE = """
from keras.layers import Convolution2D, MaxPooling2D
from keras.models import Sequential

model = Sequential()
model.add(Convolution2D(32, 3, 3, input_shape=(150, 150, 3)))
model.add(MaxPooling2D())
model.add(Convolution2D(32, 3, 3))
model.add(MaxPooling2D())
model.add(Convolution2D(32, 3, 3))
model.add(MaxPooling2D())
"""
MERGE = """
from keras.layers import Concatenate, Dense, Input

x = Dense(3, init="uniform")(Input((4,)))
Concatenate()([Input((4, 4)), Input((3, 4, 4))])
"""
PADDING = "from keras.layers import ZeroPadding2D\nZeroPadding2D({'top_pad': 1})\n"
MODEL = """
from keras.layers import Dense, Input
from keras.models import Model

x = Input((4,))
Model(input=x, output=Dense(3)(x))
"""
ONLY_IN_KERAS_3 = """
from keras.layers import Dense, Input, concatenate, merge
from keras.models import Model

x = Input((4,))
model = Model(inputs=[x], outputs=[Dense(3)(x)])
concatenate([model(Input((4,))), merge([model(Input((4,)))])])
"""


def lines(program: str, folder: Path, *enabled: str) -> list[int]:
    path = folder / "net.py"
    return [f.line for f in check_source(program, str(path), Settings(enabled=enabled))]


@pytest.mark.parametrize(
    ("program", "line"), [(OLD, 6), (BY_PLACE, 11), (ONLY_IN_KERAS_3, 2)], ids=["old", "place", "3"]
)
def test_one_finding_for_all(program: str, line: int, tmp_path: Path) -> None:
    (found,) = check_source(program, str(tmp_path / "net.py"), Settings())
    assert found.line == line
    assert "written for Keras 2.3 or older" in found.message


def test_a_stride_by_place_is_no_window(tmp_path: Path) -> None:
    program = (
        "from keras.layers import Conv2D, Input, MaxPooling2D\n"
        "MaxPooling2D(5)(Conv2D(8, 2, 2)(Conv2D(8, 3, 2)(Input((16, 16, 3)))))\n"
    )
    (found,) = check_source(program, str(tmp_path / "net.py"), Settings())
    assert "written for" not in found.message


def test_the_module_of_keras_2_is_not_the_function_of_keras_1(tmp_path: Path) -> None:
    """`from keras.layers import merge` works up to Keras 2.8; no such Keras refuses the rest."""
    program = ONLY_IN_KERAS_3.replace("merge([model(Input((4,)))])", "model(Input((4,)))")
    assert lines(program, tmp_path) == []


@pytest.mark.parametrize("rest", ["# out = merge([x, x])\n", '"""merge(x)"""\n', "np.merge(x)\n"])
def test_only_a_call_is_one(rest: str, tmp_path: Path) -> None:
    program = (
        "import numpy as np\nfrom keras.layers import merge\nfrom keras.layers.merge import add\n"
    )
    assert lines(program + rest, tmp_path) == []
    assert lines(f"{program}{rest}merge([x, x], mode='sum')\n", tmp_path) == [2]


def test_tensorflow_never_had_the_names_of_keras_1(tmp_path: Path) -> None:
    program = "from tensorflow.keras.layers import Dense, merge\n"
    (found,) = check_source(program, str(tmp_path / "net.py"), Settings())
    assert found.code == "KML402"
    assert "written for" not in found.message


def test_tensorflow_never_had_windows_by_place(tmp_path: Path) -> None:
    program = (
        "from tensorflow.keras.layers import Convolution2D, Input\n"
        "Convolution2D(8, 7, 2, batch_size=3)(Input((32, 32, 3)))\n"
    )
    (found,) = check_source(program, str(tmp_path / "net.py"), Settings())
    assert (found.line, found.code) == (2, "KML306")
    assert "written for" not in found.message


@pytest.mark.parametrize("keras_version", ["2", "3"])
@pytest.mark.parametrize("given", ["input=x, output=y", "inputs=x, output=y", "input=x, outputs=y"])
def test_a_model_had_input_and_output(given: str, keras_version: str, tmp_path: Path) -> None:
    program = (
        f"import keras\nx = keras.Input((4,))\ny = keras.layers.Dense(3)(x)\nkeras.Model({given})\n"
    )
    settings = Settings(keras_version=keras_version)
    (found,) = check_source(program, str(tmp_path / "net.py"), settings)
    assert (found.line, found.code) == (4, "KML306")
    assert "written for Keras 2.3 or older" in found.message


def test_all_are_listed_on_demand(tmp_path: Path) -> None:
    assert lines(OLD, tmp_path, "KML306") == [6, 9, 10]


def test_what_is_wrong_in_any_keras_stands_for_itself(tmp_path: Path) -> None:
    assert lines(MERGE, tmp_path) == [4, 5]


@pytest.mark.parametrize("program", [OLD, BY_PLACE, MERGE, ONLY_IN_KERAS_3])
def test_nothing_is_known_of_a_keras_1_that_is_pinned(program: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("Keras==1.2.2\n")
    assert lines(program, tmp_path) == []


@pytest.mark.parametrize(
    ("program", "found"),
    [(OLD, []), (BY_PLACE, []), (MERGE, [5]), (MODEL, []), (PADDING, [])],
)
def test_early_keras_2_took_arguments_of_keras_1(
    program: str, found: list[int], tmp_path: Path
) -> None:
    (tmp_path / "requirements.txt").write_text("keras==2.2.4\n")
    assert lines(program, tmp_path) == found


@pytest.mark.parametrize("imported", [
    "from keras.engine.topology import Layer", "from keras.engine import InputSpec, Layer",
])  # fmt: skip
def test_what_only_early_keras_2_has_tells_it(imported: str, tmp_path: Path) -> None:
    own = (
        "\n\nclass Own(Layer):\n    def __init__(self):\n        self.dtype = 'float32'\n\nOwn()\n"
    )
    assert lines(imported + own, tmp_path) == []
    later = imported.replace("from keras", "from tensorflow.keras").replace(
        "engine.topology", "layers"
    )
    assert lines(later.replace("engine", "layers") + own, tmp_path) == [5]


@pytest.mark.parametrize(
    ("imported", "wanted"),
    [
        ("from keras_contrib.layers import CRF", []), ("import theano.tensor as T", []),
        ("import theanos", [5]), ("import numpy", [5]),
    ],
)  # fmt: skip
def test_what_works_with_early_keras_2_alone_tells_it(
    imported: str, wanted: list[int], tmp_path: Path
) -> None:
    program = "from keras.layers import Input\nfrom keras.models import Model\n\nx = Input((3,))\n"
    assert lines(f"{program}Model(input=x, output=x)\n{imported}\n", tmp_path) == wanted


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ("from keras.engine import InputSpec, Layer\n", []),
        ("import keras\nimport theano\n", []),
        ("try:\n    from keras.engine import Layer\nexcept ImportError:\n    pass\n", [5]),
        ("from keras.engine import Layer\nimport tf_keras\n", [5]),
        ("from keras.layers import Layer\n", [5]),
    ],
)
def test_what_another_file_imports_tells_early_keras_2(
    other: str, wanted: list[int], tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers" / "own.py").write_text(other)
    program = "from keras.layers import Input\nfrom keras.models import Model\n\nx = Input((3,))\n"
    assert lines(f"{program}Model(input=x, output=x)\n", tmp_path) == wanted


def test_a_requirement_that_works_with_early_keras_2_alone_tells_it(tmp_path: Path) -> None:
    program = "from keras.layers import Input\nfrom keras.models import Model\nx = Input((3,))\n"
    program += "Model(input=x, output=x)\n"
    assert lines(program, tmp_path) == [4]
    early = tmp_path / "early"
    early.mkdir()
    url = "git+https://www.github.com/keras-team/keras-contrib.git"
    (early / "requirements.txt").write_text(f"keras\n{url}\n")
    assert lines(program, early) == []


def test_early_keras_2_did_not_look_at_what_constructors_wrap(tmp_path: Path) -> None:
    program = (
        "from keras import Input, layers\nlayers.TimeDistributed(layers.Dense(4)(Input((8,))))\n"
    )
    assert lines(program, tmp_path) == [2]
    early = tmp_path / "early"
    early.mkdir()
    (early / "requirements.txt").write_text("keras==2.3.1\n")
    assert lines(program, early) == []


def test_early_keras_2_named_the_layers_of_its_applications_otherwise(tmp_path: Path) -> None:
    program = (
        "from keras.applications import ResNet50\nResNet50(weights=None).get_layer('activation_49')"
    )
    assert lines(program, tmp_path) == [2]
    assert lines(f"{program}\nimport keras.layers.core", tmp_path) == []  # some Keras 2
    early = tmp_path / "early"
    early.mkdir()
    (early / "requirements.txt").write_text("keras==2.2.4\n")
    assert lines(program, early) == []


@pytest.mark.parametrize(
    ("bound", "era"),
    [
        ("keras == 1.2", Era.KERAS_1),
        ("keras < 2", Era.KERAS_1),
        ("keras < 2.0", Era.KERAS_1),
        ("keras <= 2.0", Era.EARLY_2),
        ("keras ~= 2.2", Era.EARLY_2),
        ("keras < 2.4", Era.EARLY_2),
        ("keras == 2.4.3", Era.KNOWN),
        ("keras == 2", Era.KNOWN),
        ("keras < 3", Era.KNOWN),
        ("keras ^ 2.2", Era.KNOWN),
        ("keras >= 1.2", Era.KNOWN),
        ("tensorflow == 1.15", Era.EARLY_2),
        ("tensorflow < 2", Era.EARLY_2),
        ("tensorflow == 2.0.0", Era.KNOWN),
        ("tensorflow >= 1.4", Era.KNOWN),
    ],
)
def test_the_time_that_a_bound_means(bound: str, era: Era) -> None:
    name, operator, release = bound.split()
    assert of_bound(name, operator, release) is era


NAMES = {
    "the backend of Keras 2": ("from keras import backend as K\n", "K.square(x)"),
    "a module of Keras 2": ("from keras import backend as K, objectives\n", "x"),
    "what tf.keras lacks as well": (
        "from tensorflow.keras import backend as K\n",
        "K.placeholder((3,))",
    ),
}


@pytest.mark.parametrize(("imported", "used"), NAMES.values(), ids=NAMES)
def test_a_name_that_only_keras_2_has_means_keras_2(
    imported: str, used: str, tmp_path: Path
) -> None:
    program = f"{imported}from keras import Input\nx = Input((4,))\n{{}}\nx.get_shape()\n"
    assert lines(program.format(used), tmp_path) == []
    plain = program.replace(imported, "").format("x")
    assert lines(plain, tmp_path) == [4]


def test_a_program_that_asks_for_the_version_tells_nothing_by_its_names(tmp_path: Path) -> None:
    program = (
        "import keras\nfrom keras import Input, backend as K\nx = Input((4,))\n"
        "if keras.__version__ < '3':\n    K.square(x)\nx.get_shape()\n"
    )
    assert lines(program, tmp_path) == [6]


def test_a_package_keras_of_the_project_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "keras" / "layers").mkdir(parents=True)
    (tmp_path / "keras" / "__init__.py").write_text("")
    (tmp_path / "examples").mkdir()
    assert lines(MERGE, tmp_path / "examples") == []
    of_tensorflow = MERGE.replace("from keras", "from tensorflow.keras")
    assert lines(of_tensorflow, tmp_path / "examples") == [4, 5]


OF_KERAS_2 = """
from keras import Input, layers

x = Input((32, 32, 3))
for number in range(3):
    x = layers.Conv2D(8, 1, name=f"fire{number}/squeeze")(x)
    x = layers.DepthwiseConv2D(3, kernel_initializer="zeros")(x)
layers.Add()([x, Input((3, 3, 8))])
"""


def test_what_only_keras_2_takes_is_one_finding() -> None:
    """What follows of the merge is not known until the names are mended."""
    found = check_source(OF_KERAS_2, "/net.py", Settings(keras_version="3"))
    assert [(one.line, one.code) for one in found] == [(6, "KML306")]
    assert "this file was written for Keras 2, and 1 more finding follows from it" in found[0].text


def test_keras_2_takes_it() -> None:
    found = check_source(OF_KERAS_2, "/net.py", Settings(keras_version="2"))
    assert [(one.line, one.code) for one in found] == [(8, "KML111")]


@pytest.mark.parametrize(
    ("folder", "text", "wanted"),
    [
        ("keras1-net", OLD, []),
        ("keras-1.2/nets", OLD, []),
        ("keras2-net", OLD, ["KML306"]),
        ("keras10", OLD, ["KML306"]),
        ("keras1", MERGE, ["KML306", "KML102"]),
    ],
)
def test_the_name_of_its_folder(folder: str, text: str, wanted: list[str], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir(parents=True)
    path = tmp_path / folder / "net.py"
    path.write_text(text)
    found = check_source(text, str(path), Settings())
    assert [finding.code for finding in found] == wanted
