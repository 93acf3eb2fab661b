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
    "by label": ("df.loc[:, 'a':'c'].values", "df['price'].values", []),
    "by label, without the last": ("df.loc[:, ['a', 'b']].values", "df.price.values", ["KML501"]),
    "some rows by label": (
        "df.loc[df['a'] > 0.5, ['a', 'b', 'c']].values",
        "train.price.values",
        [],
    ),
    "some rows": ("df[df['a'] > 0.5][['a', 'b']].values", "train.price.values", ["KML501"]),
    "normalised": ("((df - df.mean()) / df.std()).values", "df.price.values", ["KML501"]),
    "scaled": (
        "((df - df.min()) / (df.max() - df.min()))[['a', 'b', 'c']].values",
        "df.price.values",
        [],
    ),
    "by statistics of others": ("(df - pd.read_csv('x.csv').mean()).values", "df.price.values", []),
    "renamed": ("df.rename(columns={'a': 'x'})[['x', 'b', 'c']].values", "df.price.values", []),
    "renamed by a function": ("df.rename(columns=str.upper).values", "df.price.values", []),
    "one column more": (
        "df.drop(columns='price').assign(d=1).values",
        "df.price.values",
        ["KML501"],
    ),
    "without the index": ("df.set_index('price').values", "df.price.values", []),
    "shuffled": ("df.sample(frac=1).reset_index(drop=True).values", "df.price.values", ["KML501"]),
    "with the old index": ("df.drop(columns='price').reset_index().values", "df.price.values", []),
    "of columns that it has or not": (
        "df.reindex(columns=['a', 'b', 'd'], fill_value=0).values",
        "df.price.values",
        [],
    ),
    "of more columns than it has": (
        "df.reindex(columns=['a', 'b', 'c', 'd']).values",
        "df.price.values",
        ["KML501"],
    ),
    "kinds as columns": (
        "pd.get_dummies(pd.DataFrame({'n': [1, 2, 3] * 30, 'k': ['x', 'y', 'x'] * 30})).values",
        "df.price.values",
        [],
    ),
    "one kind more": (
        "pd.get_dummies(pd.DataFrame({'n': [1, 2, 3] * 30, 'k': ['x', 'y', 'z'] * 30})).values",
        "df.price.values",
        ["KML501"],
    ),
    "kinds of what is not known": (
        "pd.get_dummies(pd.DataFrame({'n': pd.read_csv('x.csv')['n'], 'k': ['x', 'y', 'z'] * 30})).values",
        "df.price.values",
        [],
    ),
    "some of them": ("df.sample(frac=0.5)[['a', 'b', 'c']].values", "train.price.values", []),
    "the first ones": ("df[['a', 'b', 'c']].head(70).values", "df.price.values", ["KML501"]),
    "as many of the first": ("df[['a', 'b', 'c']].head(70).values", "train.price.values", []),
    "one above the other": ("pd.concat([train, test])[['a', 'b', 'c']]", "df.price.values", []),
    "all for a part": (
        "pd.concat([train, test])[['a', 'b', 'c']]",
        "test.price.values",
        ["KML501"],
    ),
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


# How many kinds a table has that the program spells out; there are outputs for three.
SPELLED = {
    "rows": ("pd.DataFrame([[0.5, k % 4] for k in range(90)], columns=['x', 'kind'])", ["KML502"]),
    "rows of three": ("pd.DataFrame([[0.5, k % 3] for k in range(90)], columns=['x', 'kind'])", []),
    "dicts": ("pd.DataFrame([{'x': 0.5, 'kind': k % 4} for k in range(90)])", ["KML502"]),
    "dicts of three": ("pd.DataFrame([{'x': 0.5, 'kind': k % 3} for k in range(90)])", []),
    "dicts of other keys": ("pd.DataFrame([{'kind': 3}, {'kind': 1, 'x': 2}])", []),
    "partly random": ("pd.DataFrame([[np.random.rand(), k % 4] for k in range(90)], "
                      "columns=['x', 'kind'])", ["KML502"]),
    "chosen": ("pd.DataFrame([[0.5, np.random.randint(5)] for k in range(90)], "
               "columns=['x', 'kind'])", []),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLED)
def test_a_table_that_is_spelled_out(name: str) -> None:
    table, expected = SPELLED[name]
    one_hot = "keras.utils.to_categorical(df['kind'])"
    assert _codes(f"df = {table}", one_hot, "categorical_crossentropy") == expected


# A layer for each kind: outputs that are fewer or more than the classes of the targets are refused.
KINDS = {
    "unique": ("len(df['kind'].unique())", []),
    "counted": ("df['kind'].nunique()", []),
    "of a map": ("df['kind'].map({0: 0, 1: 1, 2: 0, 3: 1}).nunique()", ["KML502"]),
    "of a function": ("df['kind'].map(abs).nunique()", []),
    "columns for each": ("pd.get_dummies(df['kind']).shape[1]", []),
    "columns for each of another": ("pd.get_dummies(df['kind'] // 2).shape[1]", ["KML502"]),
    "columns of a table": (
        "pd.get_dummies(pd.DataFrame({'k': list('abcd'), 'n': 4})).shape[1] - 1",
        [],
    ),
    "columns of a table but the first": (
        "pd.get_dummies(pd.DataFrame({'k': list('abcd')}), columns=['k'], drop_first=True).shape[1]",
        ["KML502"],
    ),
    "columns of numbers": (
        "pd.DataFrame({'k': list('ab'), 'n': [1, 2]}).select_dtypes('number').shape[1]",
        ["KML502"],
    ),
    "of a series": ("pd.Series([1, 1, 2]).nunique()", ["KML502"]),
}


@pytest.mark.parametrize("name", KINDS)
def test_how_many_kinds_there_are(name: str) -> None:
    count, expected = KINDS[name]
    text = (
        f"{_HEAD}df['kind'] = np.arange(90) % 4\n"
        "y = keras.utils.to_categorical(df['kind'])\n"
        f"model = keras.Sequential([Input((4,)), Dense({count}, activation='softmax')])\n"
        "model.compile(loss='categorical_crossentropy')\n"
        "model.fit(np.zeros((len(y), 4)), y)\n"
    )
    assert [one.code for one in check_source(text, "train.py", Settings())] == expected


def test_a_row_that_is_added_by_label() -> None:
    prepared = "df.loc[len(df)] = [0, 0, 0, 0]\nx = df[['a', 'b', 'c']].values"
    text = f"{_HEAD}{_MODEL}{prepared}\nmodel.fit(x, np.zeros(91))\n"
    assert check_source(text, "train.py", Settings()) == []


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


# Changes of a table whose columns go into a model of three inputs.
CHANGES = {
    "a column at a place": ("t = df[['a', 'b']].copy()\nt.insert(0, 'c', 1.0)", []),
    "one column too many": ("t = df[['a', 'b', 'c']].copy()\nt.insert(1, 'd', 1.0)", ["KML501"]),
    "a column there may be": ("t = df[['a', 'b', 'c']].copy()\nt.insert(9, 'd', 1.0)", []),
    "by dates": (
        "t = pd.DataFrame(index=pd.date_range('2020', periods=90))\n"
        "t['x'] = 1\nt['hour'] = t.index.hour",
        ["KML501"],
    ),
    "of dates": (
        "days = pd.date_range('2020', periods=90)\nt = pd.DataFrame(index=days)\n"
        "t['x'] = np.arange(90)\nt['day'] = days.day\nt['hour'] = days.hour",
        [],
    ),
    "between dates": (
        "t = pd.DataFrame(index=pd.date_range('2020', '2021'))\nt['x'] = 1",
        ["KML501"],
    ),
    "dates of a column": ("t = df[['a', 'b']].copy()\nt['c'] = pd.to_datetime(t['a'])", []),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_table_that_is_changed(name: str) -> None:
    prepared, expected = CHANGES[name]
    text = f"{_HEAD}{_MODEL}{prepared}\nmodel.predict(t.values)\n"
    assert [one.code for one in check_source(text, "train.py", Settings())] == expected


# What a function makes of the texts or numbers in a column, for one-hot targets of three classes.
APPLIED = {
    "lengths of texts": ("df['kind'].map(lambda t: len(t) - 1)", []),
    "longer ones": ("df['kind'].map(lambda t: len(t))", ["KML502"]),
    "applied": ("df['kind'].apply(lambda t: len(t))", ["KML502"]),
    "applied with arguments": ("df['kind'].apply(lambda t, n: len(t) - n, n=1)", []),
    "texts of texts": ("df['kind'].apply(lambda t: t.upper()).map({'A': 0, 'BB': 1, 'CCC': 3})", ["KML502"]),
    "of what is not known": ("df['a'].apply(lambda n: int(n * 9))", []),
    "columns": ("df['kind'].apply(lambda t: pd.Series([len(t), 9]))[0]", []),
}  # fmt: skip


@pytest.mark.parametrize("name", APPLIED)
def test_a_function_for_each_value(name: str) -> None:
    made, expected = APPLIED[name]
    prepared = f"df['kind'] = ['a', 'bb', 'ccc'] * 30\nnumbers = {made}"
    one_hot = "keras.utils.to_categorical(numbers)"
    assert _codes(prepared, one_hot, "categorical_crossentropy") == expected


def test_a_function_that_counts_what_it_is_called_with() -> None:
    """It has been called for each value, or what it changes is not known any more."""
    text = (
        f"{_HEAD}{_MODEL}seen = []\n"
        "def note(value):\n    seen.append(value)\n    return value\n"
        "df['COLUMN'].map(note)\nmodel.predict(np.zeros((4, len(seen))))\n"
    )
    known = text.replace("df['COLUMN']", "pd.Series([1, 2])")
    unknown = text.replace("COLUMN", "a")
    assert [one.code for one in check_source(known, "train.py", Settings())] == ["KML501"]
    assert check_source(unknown, "train.py", Settings()) == []


def test_a_table_from_a_text_in_memory() -> None:
    text = (
        f"import io\n{_HEAD}{_MODEL}"
        "t = pd.read_csv(io.StringIO('a,b\\n1,2\\n3,4\\n'))\nmodel.predict(t.values)\n"
    )
    assert [one.code for one in check_source(text, "train.py", Settings())] == ["KML501"]


_SEVERAL = {
    "an index of several levels": """
labels = pd.MultiIndex.from_product([["a", "b"], ["x", "y"]])
table = pd.DataFrame(np.random.rand(4, 4), columns=labels)
""",
    "names that are pairs": """
labels = [("a", "x"), ("a", "y")]
table = pd.DataFrame(np.random.rand(4, 2), columns=labels)
""",
    "names in two lines of a file": """
table = pd.read_csv("measured.csv", header=[0, 1])
""",
}


@pytest.mark.parametrize("name", _SEVERAL)
def test_a_name_that_stands_for_several_columns(name: str) -> None:
    program = """
model = keras.Sequential([Input((2,)), Dense(1)])
model.compile(loss="mse", optimizer="adam")
model.predict(table["a"].values)
"""
    assert check_source(_HEAD + _SEVERAL[name] + program, "train.py", Settings()) == []


def test_a_name_among_names_that_are_counted() -> None:
    program = """
table = pd.DataFrame(np.random.rand(4, n), columns=[f"f{k}" for k in range(n)])
model = keras.Sequential([Input((2,)), Dense(1)])
model.predict(table["f0"].values)
"""
    source = _HEAD + "n = int(input())\n" + program
    found = check_source(source, "train.py", Settings())
    assert [one.code for one in found] == ["KML501"]


ADDED = {
    "an array of as many rows": ("df['new'] = np.zeros(90)", []),
    "an array of fewer rows": ("df['new'] = np.zeros(20)", ["KML309"]),
    "a column of a table": ("df['new'] = test['a']", []),
    "what was made of a column": ("df['new'] = np.log(test['a'] * 2)", []),
    "the content of a column": ("df['new'] = test['a'].values", ["KML309"]),
    "what a model predicts of some rows": (
        f"{_MODEL}df['new'] = model.predict(test[['a', 'b', 'c']])",
        ["KML309"],
    ),
    "a number": ("df['new'] = 1.0", []),
    "rows of a table that was filtered": ("some = df[df.a > 0.5]\nsome['new'] = np.zeros(20)", []),
    "as many names": ("pd.DataFrame(np.zeros((5, 2)), columns=['x', 'y'])", []),
    "fewer names": ("pd.DataFrame(np.zeros((5, 2)), columns=['x'])", ["KML309"]),
    "a name for a vector": ("pd.DataFrame(np.zeros(5), columns=['x'])", []),
    "two names for a vector": ("pd.DataFrame(np.zeros(5), columns=['x', 'y'])", ["KML309"]),
    "names of some fields": ("pd.DataFrame([{'x': 1, 'y': 2}], columns=['x'])", []),
    "names of some columns": ("pd.DataFrame(df, columns=['a'])", []),
}


@pytest.mark.parametrize("name", ADDED)
def test_an_array_is_no_column_of_another_length(name: str) -> None:
    text, expected = ADDED[name]
    found = check_source(f"{_HEAD}{text}\n", "train.py", Settings(keras_version="3"))
    assert [one.code for one in found] == expected
