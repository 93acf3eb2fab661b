"""What scikit-learn keeps and gives: scalers their number of columns, splits of lists lists.

These programs need scikit-learn, so they are no fixtures: those run in TensorFlow, with nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path

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
    "What a decomposition leaves has as many columns as it has components": """import keras
import numpy as np
from sklearn.decomposition import PCA, TruncatedSVD

spectra = np.random.rand(80, 30)
components = PCA(n_components=8).fit(spectra[:60])
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(8)])
restored = components.inverse_transform(model.predict(components.transform(spectra)))
print(restored - spectra)
by_variance = PCA(0.95).fit_transform(spectra)
keras.Sequential([keras.Input((by_variance.shape[1],)), keras.layers.Dense(1)]).predict(by_variance)
model.predict(TruncatedSVD(n_components=9).fit_transform(spectra))  # KML501
""",
    "There are no more components than rows": """import keras
import numpy as np
from sklearn.decomposition import FastICA, PCA

few = np.random.rand(6, 30)
sources = FastICA(8).fit_transform(few)
keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)]).predict(sources)
PCA(8).fit_transform(few)  # KML309
""",
    "Products of three columns are nine beside the constant one": """import keras
import numpy as np
from sklearn.feature_selection import SelectKBest
from sklearn.preprocessing import PolynomialFeatures

sizes, prices = np.random.rand(50, 3), np.random.rand(50)
model = keras.Sequential([keras.Input((9,)), keras.layers.Dense(1)])
model.predict(PolynomialFeatures(2, include_bias=False).fit_transform(sizes))
model.predict(SelectKBest(k=9).fit_transform(np.random.rand(50, 20), prices > 0.5))
model.predict(PolynomialFeatures(2).fit_transform(sizes))  # KML501
""",
    "Names of three classes become three columns, and four become four": """import keras
import numpy as np
from sklearn.preprocessing import LabelBinarizer, LabelEncoder, OneHotEncoder

kinds = ["oak", "elm", "ash", "oak"]
leaves = np.random.rand(4, 6)
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, activation="softmax")])
model.compile(loss="categorical_crossentropy")
model.fit(leaves, LabelBinarizer().fit_transform(kinds))
model.fit(leaves, OneHotEncoder().fit_transform(np.array(kinds).reshape(-1, 1)).toarray())
model.fit(leaves, keras.utils.to_categorical(LabelEncoder().fit_transform(kinds), 3))
model.fit(leaves, LabelBinarizer().fit_transform(["oak", "elm", "ash", "fir"]))  # KML502
""",
    "Encoders ask for a column, or for a vector": """import keras
import numpy as np
from sklearn.preprocessing import LabelEncoder, OneHotEncoder

kinds = np.array(["oak", "elm", "ash", "oak"])
print(LabelEncoder().fit_transform(kinds.reshape(-1, 1)).shape)
print(OneHotEncoder(sparse_output=False).fit_transform(kinds[:, None]).shape)
OneHotEncoder().fit_transform(kinds)  # KML309
""",
    "Probabilities of three classes are not the numbers of classes": """import keras
import numpy as np
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix

x, y = np.random.rand(40, 6), np.random.randint(0, 3, 40)
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, activation="softmax")])
predicted = model.predict(x)
print(accuracy_score(y, predicted.argmax(axis=1)), accuracy_score(y_true=y, y_pred=y[:, None]))
print(classification_report(keras.utils.to_categorical(y, 3), predicted > 0.5))
print(confusion_matrix(y, predicted))  # KML309
""",
    "A one-hot truth is not compared with numbers of classes": """import keras
import numpy as np
from sklearn.metrics import f1_score

y = np.random.randint(0, 3, 40)
print(f1_score(y, y, average="macro"))
print(f1_score(keras.utils.to_categorical(y, 3), y, average="macro"))  # KML309
""",
    "A confusion matrix is of numbers of classes alone": """import keras
import numpy as np
from sklearn.metrics import confusion_matrix

y = keras.utils.to_categorical(np.random.randint(0, 3, 40), 3)
print(confusion_matrix(y.argmax(1), y.argmax(1)))
print(confusion_matrix(y, y))  # KML309
""",
    "Errors are of as many samples and columns": """import keras
import numpy as np
from sklearn.metrics import mean_squared_error, r2_score

x, y = np.random.rand(40, 6), np.random.rand(40)
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)])
print(mean_squared_error(y, model.predict(x)), r2_score(x, x))
print(mean_squared_error(y, model.predict(x[:30])))  # KML309
""",
    "A curve is of one class": """import keras
import numpy as np
from sklearn.metrics import roc_auc_score, roc_curve

x, y = np.random.rand(40, 6), np.arange(40) % 2
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(2, activation="softmax")])
scores = model.predict(x)
print(roc_auc_score(y, scores[:, 1]), roc_curve(y, y_score=scores[:, 1]))
print(roc_curve(y, scores))  # KML309
""",
    "Weights of classes are an array, and Keras wants a dict": """import keras
import numpy as np
from sklearn.utils.class_weight import compute_class_weight

x, y = np.random.rand(40, 6), np.arange(40) % 2
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy")
weights = compute_class_weight("balanced", classes=np.unique(y), y=y)
model.fit(x, y, class_weight=dict(enumerate(weights)))
model.fit(x, y, class_weight=weights)  # KML502
""",
    "Its arguments have names": """import keras
import numpy as np
from sklearn.utils.class_weight import compute_class_weight

y = np.arange(40) % 2
weights = compute_class_weight("balanced", np.unique(y), y)  # KML309
""",
    "The irises have four columns, and a class for each row": """import keras
from sklearn.datasets import load_iris, make_blobs, make_moons

iris = load_iris()
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
model.fit(iris.data, iris.target)
print(iris.target_names, iris["data"].shape)
model.fit(*make_blobs(n_samples=90, n_features=4, centers=3))
x, y = make_moons(200, noise=0.1)
model.fit(x, y)  # KML501
""",
}
_MARK = re.compile(r"# (KML\d{3})$")


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_the_line_that_is_marked_is_found(program: str, tmp_path: Path) -> None:
    lines = enumerate(program.splitlines(), 1)
    marked = [(number, mark[1]) for number, line in lines if (mark := _MARK.search(line))]
    found = check_source(program, str(tmp_path / "program.py"), Settings())
    assert [(finding.line, finding.code) for finding in found] == marked
