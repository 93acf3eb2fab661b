"""Scalers of scikit-learn: they take tables, and as many columns as they were fitted on."""

from __future__ import annotations

from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.library.native import NativeObject
from kerasmergelint.tracker.library.preparation import array, as_array, size_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import not_scaled
from kerasmergelint.tracker.values.constants import from_dim
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Args, Keywords, Value

Dims = tuple[Dim, ...]

_COLUMNS = "n_features_in_"


def _given(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Dims | None:
    """The shape of the data, which must have two axes; None if its rank is not known."""
    made = as_array(interp, bind_native(interp, ("self", "X"), args, keywords).get("X"))
    dims = made.spec.dims if made is not None else None
    if dims is not None and len(dims) != 2:
        raise not_scaled(interp, f"a scaler takes a table of two axes, not {Shape(dims)}", site)
    return dims


def _fitted(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Dims | None:
    dims, scaler = _given(interp, args, keywords, site), args[0]
    if isinstance(scaler, Instance):
        interp.heap.touch(scaler)
        scaler.attributes[_COLUMNS] = from_dim(dims[1] if dims else UNKNOWN)
    return dims


def _columns(scaler: Value) -> Dim:
    return size_of(scaler.attributes.get(_COLUMNS)) if isinstance(scaler, Instance) else UNKNOWN


def _scaled(interp: Interpreter, dims: Dims | None) -> Value:
    return interp.unknown("scaled data") if dims is None else array(dims)


def _fit(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    _fitted(interp, args, keywords, site)
    return args[0]


def _fit_transform(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return _scaled(interp, _fitted(interp, args, keywords, site))


def _transform(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    dims, fitted = _given(interp, args, keywords, site), _columns(args[0])
    if dims and never_equal(dims[1], fitted):
        raise _other_columns(interp, dims, fitted, site)
    return _scaled(interp, dims)


def _inverse(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """Numbers for one column serve any number of them."""
    dims, fitted = _given(interp, args, keywords, site), _columns(args[0])
    if dims and never_equal(dims[1], fitted) and never_equal(fitted, 1):
        raise _other_columns(interp, dims, fitted, site)
    return _scaled(interp, dims)


def _other_columns(interp: Interpreter, dims: Dims, fitted: Dim, site: Site) -> Exception:
    detail = f"a scaler that was fitted on {fitted} columns is given {dims[1]}"
    return not_scaled(interp, detail, site)


_METHODS: dict[str, Native] = {
    "fit": _fit, "fit_transform": _fit_transform, "transform": _transform,
    "inverse_transform": _inverse,
}  # fmt: skip
_NAMES = ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler")


def _maker(dotted: str) -> Native:
    return lambda interp, args, keywords, site: NativeObject(interp.heap, dotted, _METHODS)


FUNCTIONS: dict[str, Native] = {
    dotted: _maker(dotted) for dotted in (f"sklearn.preprocessing.{name}" for name in _NAMES)
}
