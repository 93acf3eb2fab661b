"""Estimators that are fitted: they take tables, and as many columns as they were fitted on."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import dataclass
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


@dataclass(frozen=True, slots=True)
class Fitted:
    """The rows and columns of the data that an estimator is fitted on, and where."""

    interp: Interpreter
    rows: Dim
    columns: Dim
    site: Site


Width = Callable[[Fitted], Dim]
"""How many columns come out."""

_COLUMNS, _OUTPUTS = "n_features_in_", "_n_features_out"


def made(interp: Interpreter, dotted: str, width: Width, *, one_for_all: bool = False) -> Value:
    """An estimator of which ``width`` tells the columns of what it makes.

    ``one_for_all``: where it was fitted on one column, its inverse takes any number of them.
    """

    def fit(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        _fit(again, width, args, keywords, site)
        return args[0]

    def fit_transform(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        return _table(again, *_fit(again, width, args, keywords, site))

    def transform(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        dims, fitted = _given(again, args, keywords, site), _kept(args[0], _COLUMNS)
        if dims and never_equal(dims[1], fitted):
            raise _other_columns(again, dims, fitted, site)
        return _table(again, dims, _kept(args[0], _OUTPUTS))

    def inverse(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        dims, made_of = _given(again, args, keywords, site), _kept(args[0], _OUTPUTS)
        alike = one_for_all and not never_equal(made_of, 1)
        if dims and never_equal(dims[1], made_of) and not alike:
            raise _other_columns(again, dims, made_of, site)
        return _table(again, dims, dims[1] if dims and alike else _kept(args[0], _COLUMNS))

    methods: dict[str, Native] = {
        "fit": fit, "fit_transform": fit_transform, "transform": transform, "inverse_transform": inverse,
    }  # fmt: skip
    return NativeObject(interp.heap, dotted, methods)


def _given(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Dims | None:
    """The shape of the data, which must have two axes; None if its rank is not known."""
    made = as_array(interp, bind_native(interp, ("self", "X"), args, keywords).get("X"))
    dims = made.spec.dims if made is not None else None
    if dims is not None and len(dims) != 2:
        name = args[0].cls.name if isinstance(args[0], Instance) else "it"
        raise not_scaled(interp, f"{name} takes a table of two axes, not {Shape(dims)}", site)
    return dims


def _fit(
    interp: Interpreter, width: Width, args: Args, keywords: Keywords, site: Site
) -> tuple[Dims | None, Dim]:
    """What it was fitted on, and the columns that come out."""
    dims, estimator = _given(interp, args, keywords, site), args[0]
    rows, columns = dims or (UNKNOWN, UNKNOWN)
    outputs = width(Fitted(interp, rows, columns, site))
    if isinstance(estimator, Instance):
        interp.heap.touch(estimator)
        estimator.attributes[_COLUMNS] = from_dim(columns)
        estimator.attributes[_OUTPUTS] = from_dim(outputs)
    return dims, outputs


def _kept(estimator: Value, name: str) -> Dim:
    return size_of(estimator.attributes.get(name)) if isinstance(estimator, Instance) else UNKNOWN


def _table(interp: Interpreter, dims: Dims | None, columns: Dim) -> Value:
    return interp.unknown("transformed data") if dims is None else array((dims[0], columns))


def _other_columns(interp: Interpreter, dims: Dims, fitted: Dim, site: Site) -> Exception:
    detail = f"what was fitted on {fitted} columns is given {dims[1]}"
    return not_scaled(interp, detail, site)
