"""Tables of pandas, followed by their columns and rows as far as the program says how many there are.

pandas is not needed: what is expected here was seen with pandas 3.1.
"""

from __future__ import annotations

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source

_HEAD = """\
import numpy as np
import pandas as pd
import keras
from keras.layers import Dense, Input

df = pd.DataFrame({name: np.random.rand(90) for name in ("a", "b", "c", "price")})
train, test = df[:70], df[70:]
"""
_MODEL = """\
model = keras.Sequential([Input((3,)), Dense(16, activation="relu"), Dense(1)])
model.compile(loss="mse", optimizer="adam")
"""

FITS = {
    "the rows of one part": ("train[['a', 'b', 'c']].values", "train['price'].values", []),
    "targets of the rows that were held back": (
        "train[['a', 'b', 'c']].values",
        "test['price'].values",
        ["KML501"],
    ),
    "without a column": ("train.drop('price', axis=1).values", "train['price'].values", []),
    "with the column of the targets": ("train.values", "train['price'].values", ["KML501"]),
}


@pytest.mark.parametrize("name", FITS)
def test_what_is_trained_on(name: str) -> None:
    x, y, expected = FITS[name]
    found = check_source(f"{_HEAD}{_MODEL}model.fit({x}, {y})\n", "train.py", Settings())
    assert [one.code for one in found] == expected


# What a column holds decides how many classes its one-hot targets have; there are outputs for three.
HELD = {
    "assigned": ("df['kind'] = np.arange(90) % 2", ["KML502"]),
    "assigned by attribute": ("df.price = np.arange(90) % 2\ndf['kind'] = df['price']", ["KML502"]),
    "computed from it": ("df['kind'] = np.arange(90) % 3 + 1", ["KML502"]),
    "assigned once more": ("df['kind'] = np.arange(90) % 2\ndf['kind'] += 1", []),
    "by position": ("df['kind'] = np.arange(90) % 2\ndf.iloc[0, 4] = 2", []),
    "in place": ("df['kind'] = np.arange(90) % 2\ndf['kind'].replace(0, 2, inplace=True)", []),
    "renamed": ("df['kind'] = np.arange(90) % 2\ndf.columns = ['kind', *'bcde']", []),
    "of some rows": ("df['kind'] = np.arange(90) % 2\ndf = df.dropna()", []),
}


def _codes(prepared: str, targets: str, loss: str) -> list[str]:
    """What is found where a model of three classes is trained on the targets."""
    text = (
        f"{_HEAD}{prepared}\ny = {targets}\n"
        "model = keras.Sequential([Input((4,)), Dense(3, activation='softmax')])\n"
        f"model.compile(loss='{loss}')\n"
        "model.fit(np.zeros((len(y), 4)), y)\n"
    )
    return [one.code for one in check_source(text, "train.py", Settings(keras_version="3"))]


@pytest.mark.parametrize("name", HELD)
def test_what_a_column_holds(name: str) -> None:
    prepared, expected = HELD[name]
    one_hot = "keras.utils.to_categorical(df['kind'])"
    assert _codes(prepared, one_hot, "categorical_crossentropy") == expected


TEXTS = {
    "as a column": ("df['kind']", ["KML501"]),
    "as an array": ("df['kind'].to_numpy()", ["KML501"]),
    "of some rows": ("df[:60]['kind'].values", ["KML501"]),
    "replaced by numbers": ("df['kind'].map({'a': 0, 'b': 1, 'c': 2})", []),
}


@pytest.mark.parametrize("name", TEXTS)
def test_texts_as_targets(name: str) -> None:
    targets, expected = TEXTS[name]
    kinds = "df['kind'] = np.array(['a', 'b', 'c'] * 30)"
    assert _codes(kinds, targets, "sparse_categorical_crossentropy") == expected


def test_texts_as_inputs() -> None:
    """An array of objects that are texts is what layers of text take."""
    text = (
        f"{_HEAD}df['kind'] = ['a', 'b', 'c'] * 30\n"
        "lookup = keras.layers.StringLookup(vocabulary=['a', 'b', 'c'])\n"
        "model = keras.Sequential([Input((1,), dtype='string'), lookup])\n"
        "model.predict(df['kind'].to_numpy())\n"
    )
    assert check_source(text, "train.py", Settings(keras_version="3")) == []


# Keras 3 gives a second axis to a column, which then goes with several outputs; an array has none.
COLUMNS = {
    "a column": ("df['a']", []),
    "its array": ("df['a'].values", ["KML502"]),
    "computed": ("df['a'] * 2 + df['b']", []),
    "the array of what is computed": ("(df['a'] * 2).to_numpy()", ["KML502"]),
    "of some rows": ("df['a'][:60]", []),
    "of another type": ("df['a'].astype('float32')", []),
    "taken out": ("df.pop('a')", []),
    "by position": ("df.iloc[:, 0]", []),
    "of numbers that are known": ("pd.DataFrame({'k': [0, 1, 2] * 30})['k'] + 1", []),
    "split": ("train_test_split(df['a'] * 2, test_size=0.5)[0]", []),
    "an array of it": ("np.array(df['a'])", ["KML502"]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_have_a_second_axis(name: str) -> None:
    targets, expected = COLUMNS[name]
    assert (
        _codes("from sklearn.model_selection import train_test_split", targets, "mse") == expected
    )


def test_a_metric_that_needs_two_axes_takes_a_column() -> None:
    text = (
        f"{_HEAD}model = keras.Sequential([Input((4,)), Dense(1, activation='sigmoid')])\n"
        "model.compile(loss='binary_crossentropy', metrics=[keras.metrics.F1Score(threshold=0.5)])\n"
        "model.fit(df, df['a'])\n"
    )
    assert check_source(text, "train.py", Settings(keras_version="3")) == []


MIXED = {
    "all columns": ("df", ["KML501"]),
    "as an array": ("df.values", ["KML501"]),
    "of some rows": ("df.sample(frac=0.5).values", ["KML501"]),
    "without the texts": ("df.drop('kind', axis=1).values", []),
    "the texts are numbers now": ("df.assign(kind=0).values", []),
}


@pytest.mark.parametrize("name", MIXED)
def test_texts_beside_numbers(name: str) -> None:
    rows, expected = MIXED[name]
    text = (
        f"{_HEAD}df['n'] = np.arange(90)\ndf['kind'] = np.random.choice(['tcp', 'udp'], 90)\n"
        "model = keras.Sequential([Dense(3), Dense(1)])\n"
        f"model.predict({rows})\n"
    )
    found = check_source(text, "train.py", Settings(keras_version="3"))
    assert [one.code for one in found] == expected


NUMBERED = {
    "all": ("numbered", []),
    "some": ("numbered[[0, 1]]", ["KML501"]),
    "without some": ("numbered.drop(columns=[1, 3])", ["KML501"]),
    "beside each other": ("pd.concat([numbered, numbered.shift(1)], axis=1).dropna()", ["KML501"]),
    "half of them": ("pd.concat([numbered, numbered.shift(1)], axis=1).values[:, :4]", []),
    "under each other": ("pd.concat([numbered, numbered])", []),
    "one of two of the same name": ("pd.concat([numbered, numbered], axis=1)[0]", []),
}


@pytest.mark.parametrize("name", NUMBERED)
def test_columns_that_are_given_no_names(name: str) -> None:
    rows, expected = NUMBERED[name]
    text = (
        f"{_HEAD}numbered = pd.DataFrame(np.random.rand(90, 4))\n"
        "model = keras.Sequential([Input((4,)), Dense(1)])\n"
        f"model.predict({rows})\n"
    )
    found = check_source(text, "train.py", Settings())
    assert [one.code for one in found] == expected


RESHAPED = {
    "as many": ("df.dropna().values", "(a.shape[0], 2, 2)", []),
    "more": ("df.dropna().values", "(a.shape[0], 3, 2)", ["KML309"]),
    "more, by length": ("df.dropna().values[:, :-1]", "(len(a), 2, 2)", ["KML309"]),
    "divided by a number": ("(df.dropna() / 2.0).values", "(a.shape[0], 3, 2)", ["KML309"]),
    "of another number of rows": ("df.dropna().values", "(len(df), 3, 2)", []),
}


@pytest.mark.parametrize("name", RESHAPED)
def test_rows_that_are_reshaped(name: str) -> None:
    """How many rows there are does not matter."""
    rows, shape, expected = RESHAPED[name]
    text = f"{_HEAD}a = {rows}\na.reshape({shape})\n"
    found = check_source(text, "train.py", Settings())
    assert [one.code for one in found] == expected
