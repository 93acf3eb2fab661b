"""``sklearn.datasets``: the data that scikit-learn ships, and what it draws."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kerasmergelint.dataclass import dataclass
from kerasmergelint.shapes import UNKNOWN, Dim
from kerasmergelint.tracker.library.attribute_dicts import AttributeDictV
from kerasmergelint.tracker.library.preparation import array, as_array, size_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Value


@dataclass(frozen=True, slots=True)
class _Shipped:
    """A data set of fixed size; ``target`` has no columns if there is one number for a row."""

    rows: int
    columns: int
    target: tuple[int, ...] = ()
    image: tuple[int, ...] = ()


_SHIPPED = {
    "load_iris": _Shipped(150, 4),
    "load_wine": _Shipped(178, 13),
    "load_breast_cancer": _Shipped(569, 30),
    "load_digits": _Shipped(1797, 64, image=(8, 8)),
    "load_diabetes": _Shipped(442, 10),
    "load_linnerud": _Shipped(20, 3, target=(3,)),
    "load_boston": _Shipped(506, 13),
    "fetch_california_housing": _Shipped(20640, 8),
    "fetch_olivetti_faces": _Shipped(400, 4096, image=(64, 64)),
}
# What changes neither the number of rows nor that of columns.
_ALIKE = frozenset({"return_X_y", "data_home", "download_if_missing", "shuffle", "random_state"})

# What is said of the data; which of these there are depends on the data and the release.
_TOLD = (
    "feature_names", "target_names", "DESCR", "frame", "filename", "data_module", "data_filename",
    "target_filename",
)  # fmt: skip


def _shipped(
    known: _Shipped, interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    data = array((known.rows, known.columns))
    target = array((known.rows, *known.target))
    alone = keywords.get("return_X_y", False)
    if args or set(keywords) - _ALIKE or type(alone) is not bool:
        return interp.unknown("data of scikit-learn")
    if alone:
        return (data, target)
    parts: dict[str, Value] = {"data": data, "target": target}
    if known.image:
        parts["images"] = array((known.rows, *known.image))
    told: dict[str, Value] = {name: interp.unknown("what is said of data") for name in _TOLD}
    return AttributeDictV(interp.heap, {**told, **parts})


# -- what is drawn ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The arguments of a function that draws samples, as far as they decide shapes."""

    interp: Interpreter
    given: dict[str, Value]

    def size(self, name: str, default: int) -> Dim:
        value = self.interp.resolve(self.given.get(name, default))
        if isinstance(value, tuple) and value and all(type(part) is int for part in value):
            return sum(part for part in value if isinstance(part, int))  # for each of two classes
        return size_of(value)


_Shapes = tuple[tuple[Dim, ...], tuple[Dim, ...]]


def _plane(drawn: _Drawn) -> _Shapes:
    """Two moons, two circles."""
    rows = drawn.size("n_samples", 100)
    return (rows, 2), (rows,)


def _space(drawn: _Drawn) -> _Shapes:
    rows = drawn.size("n_samples", 100)
    return (rows, 3), (rows,)


def _classes(drawn: _Drawn) -> _Shapes:
    rows = drawn.size("n_samples", 100)
    return (rows, drawn.size("n_features", 20)), (rows,)


def _regression(drawn: _Drawn) -> _Shapes:
    rows, targets = drawn.size("n_samples", 100), drawn.size("n_targets", 1)
    several = () if targets == 1 else (targets,)
    return (rows, drawn.size("n_features", 100)), (rows, *several)


def _blobs(drawn: _Drawn) -> _Shapes:
    """Around centers that may be given, which have as many columns."""
    rows, columns = drawn.size("n_samples", 100), drawn.size("n_features", 2)
    centers = drawn.given.get("centers")
    if centers is not None and type(centers) is not int:
        known = as_array(drawn.interp, centers)
        dims = (known.spec.dims or ()) if known is not None else ()
        columns = dims[1] if len(dims) == 2 else UNKNOWN
    return (rows, columns), (rows,)


def _quantiles(drawn: _Drawn) -> _Shapes:
    rows = drawn.size("n_samples", 100)
    return (rows, drawn.size("n_features", 2)), (rows,)


def _labels(drawn: _Drawn) -> _Shapes:
    rows = drawn.size("n_samples", 100)
    return (rows, drawn.size("n_features", 20)), (rows, drawn.size("n_classes", 5))


# More is given, or something else.
_OTHERWISE = (
    "return_centers",
    "coef",
    "return_X_y",
    "return_distributions",
    "return_indicator",
    "sparse",
)


def _made(
    shapes: Callable[[_Drawn], _Shapes],
    interp: Interpreter, args: Args, keywords: Keywords, site: Site,
) -> Value:  # fmt: skip
    given = bind_native(interp, ("n_samples", "n_features"), args, keywords)
    if REST in keywords or any(name in given for name in _OTHERWISE):
        return interp.unknown("samples that scikit-learn draws")
    data, target = shapes(_Drawn(interp, given))
    if not isinstance(interp.resolve(given.get("n_targets", 1)), int):
        return (array(data), interp.unknown("targets that scikit-learn draws"))
    return (array(data), array(target))


_DRAWN: dict[str, Callable[[_Drawn], _Shapes]] = {
    **dict.fromkeys(("make_moons", "make_circles"), _plane),
    **dict.fromkeys(("make_swiss_roll", "make_s_curve"), _space),
    "make_classification": _classes,
    "make_regression": _regression,
    "make_blobs": _blobs,
    "make_gaussian_quantiles": _quantiles,
    "make_multilabel_classification": _labels,
}
FUNCTIONS: dict[str, Native] = {
    **{f"sklearn.datasets.{name}": partial(_shipped, known) for name, known in _SHIPPED.items()},
    **{f"sklearn.datasets.{name}": partial(_made, shapes) for name, shapes in _DRAWN.items()},
}
