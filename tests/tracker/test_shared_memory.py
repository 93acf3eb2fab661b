"""Arrays that share memory: what was written into one is in the others, and nothing is claimed of them."""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

np = pytest.importorskip("numpy")

_HEAD = "import numpy as np\nimport keras\ny = np.arange(10)\n"
_LOOKED_UP = "np.eye(5)[y]\n"
_CHANGES = (
    "v = y[5:]; v[:] = 0",
    "v = y[5:]; v -= 5",
    "v = y[:]; v[5:] = 0",
    "v = y[::-1]; v[:5] = 0",
    "v = y[:, None]; v[5:] = 0",
    "v = y.reshape(2, 5); v[1] = 0",
    "v = y.reshape(2, 5); v %= 5",
    "v = y.reshape(2, 5); w = v[1]; w[:] = 0",
    "v = y.T; v[5:] = 0",
    "v = y.ravel(); v[5:] = 0",
    "v = y.view(); v[5:] = 0",
    "v = y.swapaxes(0, 0); v[5:] = 0",
    "v = np.transpose(y); w = v[5:]; w[:] = 0",
    "v = np.squeeze(y); v[5:] = 0",
    "v = np.expand_dims(y, 0); v[0, 5:] = 0",
    "v = np.flip(y); v[:5] = 0",
    "v = np.asarray(y); v[5:] = 0",
    "v = np.atleast_1d(y); v[5:] = 0",
    "v = np.broadcast_arrays(y)[0]; v[5:] = 0",
    "a, b = np.split(y, 2); b[:] = 0",
    "v = np.array_split(y, 2); v[1][:] = 0",
    "v = y; v %= 5",
    "held = {'y': y}; held['y'] %= 5",
    "y.fill(1)",
    "y.put([5, 6, 7, 8, 9], 0)",
    "y.flat[5:] = 0",
    "y.clip(0, 4, out=y)",
    "np.mod(y, 5, y)",
    "np.mod(y, 5, out=y)",
    "np.copyto(y, 0)",
    "np.putmask(y, y > 4, 0)",
    "np.add.at(y, [5, 6, 7, 8, 9], -5)",
    "memoryview(y)[5:] = memoryview(np.zeros(5, y.dtype))",
    "for row in y.reshape(2, 5): row %= 5",
    "for v in np.split(y, 2)[1:]: v[:] = 0",
    "import operator; operator.setitem(y, slice(5, None), 0)",
    "list(map(lambda k: y.fill(1), range(1)))",
)


@pytest.mark.parametrize("change", _CHANGES)
def test_a_program_that_changes_an_array_in_place_is_left_alone(change: str) -> None:
    text = f"{_HEAD}{change}\n{_LOOKED_UP}"
    exec(text.replace("import keras\n", ""), {})
    assert check_source(text, "train.py", Settings()) == []


@pytest.mark.parametrize(
    "harmless",
    [
        "z = y + 1; z[:] = 0",
        "z = y * 1; z %= 5",
        "z = np.zeros(10); z[:] = y",
        "z = np.add(y, 1); z[0] = 3",
    ],
)
def test_what_is_computed_has_memory_of_its_own(harmless: str) -> None:
    text = f"{_HEAD}{harmless}\n{_LOOKED_UP}"
    with pytest.raises(IndexError):
        exec(text.replace("import keras\n", ""), {})
    assert [one.code for one in check_source(text, "train.py", Settings())] == ["KML309"]


def test_an_array_that_strange_code_gets_has_no_known_content() -> None:
    text = f"from labels_of_ours import fold\n{_HEAD}fold(y)\n{_LOOKED_UP}"
    assert check_source(text, "train.py", Settings()) == []


def test_what_summary_prints_with_may_have_run() -> None:
    text = (
        "import keras\nfrom keras import Input, layers\nlines = []\n"
        "model = keras.Sequential([Input((3,)), layers.Dense(1)])\n"
        "model.summary(print_fn=lambda line: lines.append(line))\n"
        "if not lines:\n    layers.Add()([Input((3,)), Input((4,))])\n"
    )
    assert check_source(text, "train.py", Settings()) == []
