"""What makes a table of another one: scalers, decompositions, and what adds or selects columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import comb

from kerasmergelint.shapes import UNKNOWN, Dim
from kerasmergelint.tracker.library.preparation import size_of
from kerasmergelint.tracker.library.scikit_learn.fitted import Fitted, made
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import not_scaled
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value


def _as_many(data: Fitted) -> Dim:
    return data.columns


def _scaler(dotted: str, inverse_of_one: bool, interp: Interpreter, *_: object) -> Value:
    return made(interp, dotted, _as_many, one_for_all=inverse_of_one)


# -- decompositions -----------------------------------------------------------------------------


def _components(
    dotted: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``PCA(n_components)``: so many columns, if that is a whole number."""
    wanted = bind_native(interp, ("n_components",), args, keywords).get("n_components")
    number = UNKNOWN if REST in keywords or type(wanted) is not int else wanted
    return made(interp, dotted, partial(_LIMITED[dotted], number))


def _refused_beyond(number: Dim, data: Fitted) -> Dim:
    """At most as many as there are rows and columns."""
    most = _least(data.rows, data.columns)
    if isinstance(number, int) and isinstance(most, int) and number > most:
        table = f"{data.rows} rows of {data.columns} columns"
        raise not_scaled(data.interp, _too_many(number, most, table), data.site)
    return number


def _refused_beyond_columns(number: Dim, data: Fitted) -> Dim:
    if isinstance(number, int) and isinstance(data.columns, int) and number > data.columns:
        detail = (
            f"there are {data.columns} components at most in {data.columns} columns, not {number}"
        )
        raise not_scaled(data.interp, detail, data.site)
    return number


def _too_many(number: int, most: int, table: str) -> str:
    return f"there are {most} components at most in {table}, not {number}"


def _cut(number: Dim, data: Fitted) -> Dim:
    """More than there are become as many as there are."""
    return _least(number, _least(data.rows, data.columns))


def _always(number: Dim, data: Fitted) -> Dim:
    return number


def _least(one: Dim, other: Dim) -> Dim:
    return min(one, other) if isinstance(one, int) and isinstance(other, int) else UNKNOWN


_LIMITED: dict[str, Callable[[Dim, Fitted], Dim]] = {
    "sklearn.decomposition.PCA": _refused_beyond,
    "sklearn.decomposition.TruncatedSVD": _refused_beyond_columns,
    "sklearn.decomposition.FastICA": _cut,
    "sklearn.decomposition.NMF": _always,
    "sklearn.decomposition.FactorAnalysis": _always,
}


# -- more columns, and fewer --------------------------------------------------------------------


def _polynomials(
    dotted: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``PolynomialFeatures(degree)``: the products of so many columns."""
    degree = args[0] if args else keywords.get("degree", 2)
    alone, bias = keywords.get("interaction_only", False), keywords.get("include_bias", True)
    plain = REST not in keywords and type(alone) is bool and type(bias) is bool

    def width(data: Fitted) -> Dim:
        count = data.columns
        if not plain or type(degree) is not int or not isinstance(count, int) or degree > _MOST:
            return UNKNOWN
        products = comb(count + degree, degree)
        if alone:
            products = sum(comb(count, number) for number in range(degree + 1))
        return products - (not bias)

    return made(interp, dotted, width)


_MOST = 20  # a degree that anybody means


def _best(dotted: str, interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``SelectKBest(score, k=10)``; where there are fewer, releases differ."""
    wanted = size_of(keywords.get("k", 10)) if REST not in keywords else UNKNOWN

    def width(data: Fitted) -> Dim:
        return wanted if _least(wanted, data.columns) == wanted else UNKNOWN

    return made(interp, dotted, width)


_OF_ONE = ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler")
_SCALERS = ("PowerTransformer", "QuantileTransformer", "Normalizer")
FUNCTIONS: dict[str, Native] = {
    **{
        (dotted := f"sklearn.preprocessing.{name}"): partial(_scaler, dotted, name in _OF_ONE)
        for name in (*_OF_ONE, *_SCALERS)
    },
    **{dotted: partial(_components, dotted) for dotted in _LIMITED},
    **{
        dotted: partial(native, dotted)
        for dotted, native in (
            ("sklearn.preprocessing.PolynomialFeatures", _polynomials),
            ("sklearn.feature_selection.SelectKBest", _best),
        )
    },
}
