"""What makes numbers of labels: as many columns as there are classes, where these are known."""

from __future__ import annotations

from typing import Any

from kerasmergelint.shapes import UNKNOWN, Dim, Shape
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.tracker.library.native import NativeObject
from kerasmergelint.tracker.library.preparation import array, as_array, size_of
from kerasmergelint.tracker.library.scikit_learn.fitted import Dims
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import not_scaled
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import from_dim
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import Instance
from kerasmergelint.tracker.values.value import Args, Keywords, Value

_CLASSES = "_n_classes"


def _data(interp: Interpreter, args: Args, keywords: Keywords, name: str) -> Value:
    return interp.resolve(bind_native(interp, ("self", name), args, keywords).get(name))


def _dims(interp: Interpreter, data: Value) -> Dims | None:
    known = as_array(interp, data)
    return None if known is None else known.spec.dims


def _classes(data: Value) -> Dim:
    """How many different labels there are."""
    known = arrays.data_of(data)
    return UNKNOWN if known is None else len(set(arrays.flat(known)))


def _keep(interp: Interpreter, encoder: Value, classes: Dim) -> None:
    if isinstance(encoder, Instance):
        interp.heap.touch(encoder)
        encoder.attributes[_CLASSES] = from_dim(classes)


def _kept(encoder: Value) -> Dim:
    return size_of(encoder.attributes.get(_CLASSES)) if isinstance(encoder, Instance) else UNKNOWN


# -- one number for a label ---------------------------------------------------------------------


def _labels(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``LabelEncoder``: a number for each label; a column of labels becomes a vector."""
    dims = _dims(interp, _data(interp, args, keywords, "y"))
    if dims is None:
        return interp.unknown("encoded labels")
    if len(dims) > 2 or (len(dims) == 2 and never_equal(dims[1], 1)):
        raise not_scaled(interp, f"labels are a vector, not {Shape(dims)}", site)
    return array(dims[:1], "int64")


def _numbered(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``fit_transform(y)``: known labels are numbered in their order."""
    found = _labels(interp, args, keywords, site)
    labels = _of_one_type(_data(interp, args, keywords, "y"))
    if not labels:
        return found
    places = {label: place for place, label in enumerate(sorted(set(labels)))}
    return arrays.make(tuple(places[label] for label in labels))


def _of_one_type(data: Value) -> tuple[Any, ...] | None:
    """The labels in a vector or column, if they are known and of one type."""
    known = arrays.data_of(data)
    labels = tuple(arrays.flat(known)) if isinstance(known, tuple) else ()
    return labels if len({type(label) for label in labels}) == 1 else None


def _fit_labels(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    _labels(interp, args, keywords, site)
    return args[0]


def _label_encoder(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    methods: dict[str, Native] = {
        "fit": _fit_labels, "transform": _labels, "fit_transform": _numbered,
    }  # fmt: skip
    return NativeObject(interp.heap, "sklearn.preprocessing.LabelEncoder", methods)


# -- a column for a class -----------------------------------------------------------------------


def _fit_binary(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    data = _data(interp, args, keywords, "y")
    dims = _dims(interp, data)
    plain = dims is not None and (len(dims) == 1 or dims[1:] == (1,))
    count = _classes(data) if plain else UNKNOWN
    # Two classes are told by one column.
    _keep(interp, args[0], 1 if isinstance(count, int) and count <= 2 else count)
    return args[0]


def _binary(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    dims = _dims(interp, _data(interp, args, keywords, "y"))
    if not dims:
        return interp.unknown("encoded labels")
    return array((dims[0], _kept(args[0])), "int64")


def _fit_binary_transform(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    _fit_binary(interp, args, keywords, site)
    return _binary(interp, args, keywords, site)


def _binarizer(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    methods: dict[str, Native] = {
        "fit": _fit_binary, "transform": _binary, "fit_transform": _fit_binary_transform,
    }  # fmt: skip
    if "sparse_output" in keywords:
        return interp.unknown("labels in a sparse matrix")
    return NativeObject(interp.heap, "sklearn.preprocessing.LabelBinarizer", methods)


def _table(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Dims | None:
    dims = _dims(interp, _data(interp, args, keywords, "X"))
    if dims is not None and len(dims) != 2:
        raise not_scaled(
            interp, f"OneHotEncoder takes a table of two axes, not {Shape(dims)}", site
        )
    return dims


def _fit_one_hot(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    dims = _table(interp, args, keywords, site)
    one_column = dims is not None and dims[1] == 1
    data = _data(interp, args, keywords, "X")
    _keep(interp, args[0], _classes(data) if one_column else UNKNOWN)
    return args[0]


def _one_hot(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """A sparse matrix, which is made an array by one of its methods, or the array."""
    dims = _table(interp, args, keywords, site)
    if dims is None:
        return interp.unknown("encoded labels")
    made = array((dims[0], _kept(args[0])), "float64")
    return made if _is_dense(args[0]) else _sparse(interp, made)


def _fit_one_hot_transform(
    interp: Interpreter, args: Args, keywords: Keywords, site: Site
) -> Value:
    _fit_one_hot(interp, args, keywords, site)
    return _one_hot(interp, args, keywords, site)


def _sparse(interp: Interpreter, dense: TensorV) -> Value:
    def toarray(again: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        return dense

    return NativeObject(interp.heap, "scipy.sparse.csr_matrix", {"toarray": toarray})


_DENSE = "_is_dense"


def _is_dense(encoder: Value) -> bool:
    return isinstance(encoder, Instance) and encoder.attributes.get(_DENSE) is True


def _one_hot_encoder(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    dense = keywords.get("sparse_output", keywords.get("sparse", True)) is False
    if args or set(keywords) - {"sparse", "sparse_output", "handle_unknown", "dtype"}:
        return interp.unknown("an encoder of labels")  # which leaves columns out, or adds some
    methods: dict[str, Native] = {
        "fit": _fit_one_hot, "transform": _one_hot, "fit_transform": _fit_one_hot_transform,
    }  # fmt: skip
    encoder = NativeObject(interp.heap, "sklearn.preprocessing.OneHotEncoder", methods)
    encoder.attributes[_DENSE] = dense
    return encoder


FUNCTIONS: dict[str, Native] = {
    "sklearn.preprocessing.LabelEncoder": _label_encoder,
    "sklearn.preprocessing.LabelBinarizer": _binarizer,
    "sklearn.preprocessing.OneHotEncoder": _one_hot_encoder,
}
