"""What scikit-learn keeps and gives: scalers their number of columns, splits of lists lists.

These programs need scikit-learn, so they are no fixtures: those run in TensorFlow, with nothing else.
"""

from __future__ import annotations

import re

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

PROGRAMS = {
    "A scaler of four columns is given the one that the model predicts": """import keras
import numpy as np
from sklearn.preprocessing import MinMaxScaler

prices = np.random.rand(200, 4)
scaler = MinMaxScaler().fit(prices[:150])
scaled = scaler.transform(prices)
windows = np.array([scaled[day - 10 : day] for day in range(10, 200)])
model = keras.Sequential([keras.Input((10, 4)), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(windows, scaled[10:, 0])
predicted = model.predict(windows)
whole = np.repeat(predicted, 4, axis=-1)
print(scaler.inverse_transform(whole)[:, 0])
print(scaler.inverse_transform(predicted)[:, 0])  # KML309
""",
    "A scaler takes a table, if only of one column, and no vector": """import keras
import numpy as np
from sklearn.preprocessing import StandardScaler

loads = np.random.rand(300)
scaled = StandardScaler().fit_transform(loads.reshape(-1, 1))
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile(loss="mse")
model.fit(scaled[:-1], scaled[1:])
for_one = StandardScaler().fit(scaled)
for_one.inverse_transform(np.random.rand(5, 4))
for_one.transform(loads)  # KML309
""",
    "The parts of a list are lists: each picture is taken for an input of its own": """import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split

pictures = [np.random.rand(8, 8, 1) for _ in range(40)]
labels = np.arange(40) % 2
train, test, train_labels, test_labels = train_test_split(pictures, labels, test_size=0.25)
model = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy")
model.fit(np.array(train), train_labels)
model.evaluate(test, test_labels)  # KML501
""",
}
_MARK = re.compile(r"# (KML\d{3})$")


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_the_line_that_is_marked_is_found(program: str) -> None:
    lines = enumerate(program.splitlines(), 1)
    marked = [(number, mark[1]) for number, line in lines if (mark := _MARK.search(line))]
    found = check_source(program, "/program.py", Settings())
    assert [(finding.line, finding.code) for finding in found] == marked
