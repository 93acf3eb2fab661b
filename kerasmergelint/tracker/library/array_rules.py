"""NumPy's functions that ``keras.ops`` does not have, or not with these arguments: the shapes that they give.

A rule gets the arguments by name, and answers None where the shape is not known.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.shapes import UNKNOWN, Dim, add, floordiv, mul, product, sub
from kerasmergelint.tracker.library.array_content import CONTENTS, with_content
from kerasmergelint.tracker.library.array_making import made
from kerasmergelint.tracker.library.array_methods import dtype_name, with_dtype
from kerasmergelint.tracker.library.array_ops import through_op
from kerasmergelint.tracker.library.preparation import array, as_array, size_of
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import from_dim
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import REST, Args, Keywords, Spread, Value, all_are

Dims = tuple[Dim, ...]
_Rule = Callable[[Interpreter, Mapping[str, Value]], Value | None]


def _native(name: str, parameters: str, rule: _Rule) -> Native:
    names = tuple(parameters.split())

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        spread = REST in keywords or any(isinstance(argument, Spread) for argument in args)
        bound = {} if spread else bind_native(interp, names, args, keywords)
        plain = set(bound) <= set(names) and names[0] in bound
        given = {key: interp.resolve(value) for key, value in bound.items()}
        found = rule(interp, given) if plain else None
        return interp.unknown(f"numpy.{name}") if found is None else found

    return native


def _dims(interp: Interpreter, value: Value) -> Dims | None:
    """The dimensions of an array, or of a list of numbers."""
    found = as_array(interp, value)
    return None if found is None else found.spec.dims


def _axis(value: Value, rank: int) -> int | None:
    return value % rank if type(value) is int and -rank <= value < rank else None


# -- as many numbers as before --------------------------------------------------------------


def _like(first: str, dtype: str | None = None) -> _Rule:
    """An array of the shape of one argument."""

    def rule(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
        dims = _dims(interp, given.get(first))
        return None if dims is None else array(dims, dtype)

    return rule


def _frequencies(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``fft(a, n, axis)``: as long as asked for, or as before."""
    return _along_axis(interp, given, lambda size, wanted: size if wanted is None else wanted)


def _half_of_frequencies(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``rfft``: the other half says the same."""

    def half(size: Dim, wanted: Dim | None) -> Dim:
        return add(floordiv(size if wanted is None else wanted, 2), 1)

    return _along_axis(interp, given, half)


def _along_axis(
    interp: Interpreter, given: Mapping[str, Value], length: Callable[[Dim, Dim | None], Dim]
) -> Value | None:
    dims = _dims(interp, given.get("a"))
    axis = _axis(given.get("axis", -1), len(dims)) if dims else None
    if dims is None or axis is None:
        return None
    wanted = given.get("n")
    size = length(dims[axis], None if wanted is None else size_of(wanted))
    return array((*dims[:axis], size, *dims[axis + 1 :]), "complex128")


def _sampled(half: Callable[[Dim], Dim]) -> _Rule:
    """``fftfreq(n)``: the frequencies of so many samples."""
    return lambda interp, given: array((half(size_of(given["n"])),), "float64")


def _gradient(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.gradient(f)``: an array for each axis; one of a vector."""
    dims = _dims(interp, given.get("f"))
    if not dims:
        return None
    if len(dims) == 1 or type(given.get("axis")) is int:
        return array(dims)
    return ListV(interp.heap, [array(dims) for _ in dims]) if len(given) == 1 else None


# -- other axes -----------------------------------------------------------------------------


def _insert(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.insert(arr, obj, values, axis)``: one number at one place makes the axis longer by one."""
    dims = _dims(interp, given.get("arr"))
    axis = _axis(given.get("axis"), len(dims)) if dims else None
    if dims is None or axis is None:
        return None
    single = type(given.get("obj")) is int and isinstance(given.get("values"), (int, float))
    size = add(dims[axis], 1) if single else UNKNOWN
    return array((*dims[:axis], size, *dims[axis + 1 :]))


def _rollaxis(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.rollaxis(a, axis, start)``: an axis moves before another one."""
    dims, start = _dims(interp, given.get("a")), given.get("start", 0)
    axis = _axis(given.get("axis"), len(dims)) if dims else None
    if dims is None or axis is None or type(start) is not int or not 0 <= start <= len(dims):
        return None
    rest = [size for place, size in enumerate(dims) if place != axis]
    rest.insert(start - (axis < start), dims[axis])
    return array(tuple(rest))


def _at_least(rank: int) -> _Rule:
    """``atleast_2d`` and the like: axes of size 1 in front; a picture gets its third one behind."""

    def rule(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
        value = given["arys"]
        dims = () if isinstance(value, (int, float)) else _dims(interp, value)
        if dims is None or (rank == 3 and len(dims) < 3):
            return None
        return array((*[1] * (rank - len(dims)), *dims))

    return rule


def _windows(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``sliding_window_view(x, window)``: the places of the window, and what it shows."""
    dims, window = _dims(interp, given.get("x")), given.get("window_shape")
    axis = given.get("axis")
    if not dims or (axis is None and len(dims) > 1) or not isinstance(window, int):
        return None
    place = _axis(0 if axis is None else axis, len(dims))
    if place is None:
        return None
    left = add(sub(dims[place], window), 1)
    return array((*dims[:place], left, *dims[place + 1 :], window))


def _pad(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.pad(array, 1)``, ``np.pad(array, (1, 2))``: the same on each axis."""
    bound = bind_native(interp, ("array", "pad_width"), args, keywords)
    dims, width = _dims(interp, interp.resolve(bound.get("array"))), bound.get("pad_width")
    pair = (width, width) if isinstance(width, int) else width
    if dims is None or not _is_pair(pair):
        return through_op("pad")(interp, args, keywords, site)
    assert isinstance(pair, tuple)
    more = add(pair[0], pair[1])
    return array(tuple(add(size, more) for size in dims))


def _is_pair(value: Value) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(type(n) is int for n in value)


# -- statistics, and linear algebra ---------------------------------------------------------


def _covariance(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.cov(m)``: of each row with each; of the columns with ``rowvar=False``."""
    dims, rows = _dims(interp, next(iter(given.values()))), given.get("rowvar", True)
    if dims is None or len(dims) != 2 or not isinstance(rows, bool) or given.get("y") is not None:
        return None
    count = dims[0] if rows else dims[1]
    return array((count, count), "float64")


def _average(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.average(a, axis, weights)``: weights do not affect the shape."""
    if keywords.get("returned", False) is not False:
        return interp.unknown("numpy.average")
    kept = {key: value for key, value in keywords.items() if key not in ("weights", "returned")}
    return through_op("mean")(interp, args[:2], kept, site)


def _product(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.cross(a, b)`` of vectors of three numbers."""
    one, other = _dims(interp, given.get("a")), _dims(interp, given.get("b"))
    return array(one) if one and one == other and one[-1] == 3 else None


def _inner(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.inner(a, b)``: the last axes are summed up."""
    one, other = _dims(interp, given.get("a")), _dims(interp, given.get("b"))
    return array((*one[:-1], *other[:-1])) if one and other else None


def _kronecker(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    one, other = _dims(interp, given.get("a")), _dims(interp, given.get("b"))
    if one is None or other is None or len(one) != len(other):
        return None
    return array(tuple(mul(a, b) for a, b in zip(one, other)))


def _convolve(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.convolve(a, v, mode)`` of vectors, the shorter one over the longer one."""
    one, other = _dims(interp, given.get("a")), _dims(interp, given.get("v"))
    if not one or not other or len(one) != 1 or len(other) != 1:
        return None
    m, n, mode = one[0], other[0], given.get("mode", "full")
    if mode == "full":
        return array((sub(add(m, n), 1),))
    if not (isinstance(m, int) and isinstance(n, int)) or mode not in _LENGTHS:
        return array((UNKNOWN,))
    return array((_LENGTHS[mode](max(m, n), min(m, n)),))


_LENGTHS: Mapping[Value, Callable[[int, int], int]] = {
    "same": lambda longer, shorter: longer,
    "valid": lambda longer, shorter: longer - shorter + 1,
}


def _correlate(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.correlate(a, v, mode)``, which keeps to where both are unless told otherwise."""
    return _convolve(interp, {"mode": "valid", **given})


def _histogram(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.histogram(a, bins)``: how many are in each bin, and the edges of the bins."""
    bins = given.get("bins", 10)
    if isinstance(bins, int):
        return array((bins,)), array((bins + 1,))
    edges = _dims(interp, bins)
    return (array((sub(edges[0], 1),)), array(edges)) if edges and len(edges) == 1 else None


def _fitted(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.polyfit(x, y, deg)``: a coefficient for each power."""
    columns = _dims(interp, given.get("y"))
    if columns is None or set(given) - {"x", "y", "deg"}:
        return None  # others tell how well it fits, too
    points = [interp.resolve(given.get(name)) for name in ("x", "y")]
    single = any(isinstance(p, TensorV) and p.spec.dtype in ("float16", "float32") for p in points)
    dims = (add(size_of(given.get("deg")), 1), *columns[1:])
    return array(dims, None if single else "float64")


def _factors(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.linalg.svd(a, full_matrices)`` of matrices whose sizes are numbers."""
    dims = _dims(interp, given["a"])
    if not dims or len(dims) < 2 or given.keys() - {"a", "full_matrices"}:
        return None
    *stack, rows, columns = dims
    full = given.get("full_matrices", True)
    if not isinstance(rows, int) or not isinstance(columns, int) or type(full) is not bool:
        return None
    fewer = min(rows, columns)
    left, right = (rows, columns) if full else (fewer, fewer)
    return array((*stack, rows, left)), array((*stack, fewer)), array((*stack, right, columns))


def _trace(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.trace(a)``: the first two axes go."""
    dims = _dims(interp, given["a"])
    return array(dims[2:]) if dims and len(dims) > 2 and len(given) == 1 else None


def _resized(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.resize(a, new_shape)``: the numbers in their order, again and again."""
    found = made(interp, given.get("new_shape"))
    content = arrays.data_of(given["a"])
    numbers = [] if content is None else list(arrays.flat(content))
    dims = found.spec.dims if isinstance(found, TensorV) else None
    if not numbers or not dims or not all_are(dims, int):
        return found
    count = math.prod(dim for dim in dims if isinstance(dim, int))
    if not 0 < count <= limits.MAX_LENGTH:
        return found
    repeated = itertools.islice(itertools.cycle(numbers), count)
    data = arrays.in_shape(list(repeated), tuple(dims))
    return found if data is None else arrays.make(data) or found


def _are_places(array: TensorV, given: Value) -> bool:
    """Whether these are whole numbers, and no answers."""
    content = arrays.data_of(given)
    plain = isinstance(content, tuple) and all(type(number) is int for number in content)
    return plain or "int" in (array.spec.dtype or "")


def _open_mesh(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.ix_(rows, columns)``: each along an axis of its own, so that together they pick a rectangle.

    Of what may be answers as many are taken as are true.
    """
    known = [as_array(interp, argument) for argument in args]
    vectors = [one for one in known if one is not None and len(one.spec.dims or ()) == 1]
    if keywords or len(vectors) < len(args):
        return interp.unknown("numpy.ix_")
    sizes = [
        (one.spec.dims or (UNKNOWN,))[0] if _are_places(one, given) else UNKNOWN
        for one, given in zip(vectors, args)
    ]
    places = range(len(sizes))
    return tuple(
        array(tuple(sizes[place] if axis == place else 1 for axis in places), "int64")
        for place in places
    )


def _order(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.lexsort(keys)``: the order of the columns."""
    dims = _dims(interp, given["keys"])
    return array(dims[1:], "int64") if dims and len(dims) > 1 and len(given) == 1 else None


# -- methods of functions on numbers --------------------------------------------------------


def _reduced(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.add.reduce(array, axis)``"""
    dims = _dims(interp, given["array"])
    axis = _axis(given.get("axis", 0), len(dims)) if dims else None
    if dims is None or len(dims) < 2 or axis is None:
        return None
    return array((*dims[:axis], *dims[axis + 1 :]))


def _outer(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.add.outer(A, B)``"""
    one, other = _dims(interp, given.get("A")), _dims(interp, given.get("B"))
    return None if one is None or other is None else array((*one, *other))


_OF_TWO_NUMBERS = (
    "add", "subtract", "multiply", "divide", "maximum", "minimum", "power", "logical_and", "logical_or",
    "bitwise_and", "bitwise_or",
)  # fmt: skip


# -- what the data decide -------------------------------------------------------------------


def _unique(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.unique(ar)``: as many as there are, and what else is asked for."""
    if _dims(interp, given["ar"]) is None or given.get("axis") is not None:
        return None
    asked = [given.get(f"return_{name}", False) for name in ("index", "inverse", "counts")]
    if not all(isinstance(each, bool) for each in asked):
        return None
    parts = (array((UNKNOWN,)), *[array((UNKNOWN,), "int64") for each in asked if each])
    return parts if len(parts) > 1 else parts[0]


def _places(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.nonzero(a)``: the places of what is not zero, axis by axis."""
    dims = _dims(interp, given["a"])
    return tuple(array((UNKNOWN,), "int64") for _ in dims) if dims else None


def _listed_places(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.argwhere(a)``: place by place."""
    dims = _dims(interp, given["a"])
    return array((UNKNOWN, len(dims)), "int64") if dims else None


def _where(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.where(condition)`` is ``np.nonzero``."""
    if len(args) == 1 and not keywords:
        return _native("where", "a", _places)(interp, args, keywords, site)
    return with_content(CONTENTS["where"], through_op("where"))(interp, args, keywords, site)


def _some(dtype: str | None) -> _Rule:
    """A vector as long as the data are."""
    return lambda interp, given: array((UNKNOWN,), dtype)


# -- numbers about arrays -------------------------------------------------------------------


def _rank(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    dims = _dims(interp, given["a"])
    return None if dims is None else len(dims)


def _count(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.size(a)``, ``np.size(a, axis)``"""
    dims = _dims(interp, given["a"])
    if dims is None or None in dims:
        return None
    if given.get("axis") is None:
        return from_dim(product(dims))
    axis = _axis(given["axis"], len(dims))
    return None if axis is None else from_dim(dims[axis])


def _indices(interp: Interpreter, given: Mapping[str, Value]) -> Value | None:
    """``np.indices((3, 4))``: a grid for each axis."""
    found = made(interp, given["dimensions"])
    dims = found.spec.dims if isinstance(found, TensorV) else None
    return None if dims is None else array((len(dims), *dims), "int64")


# -- arguments and results of another type --------------------------------------------------


def _like_another(name: str) -> Native:
    """``zeros_like(a, dtype)``"""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        bound = bind_native(interp, ("a", "dtype"), args, keywords)
        given = [interp.resolve(bound.get("a"))]
        found = through_op(name)(interp, given, {}, site)
        if "shape" in bound or not isinstance(found, TensorV):
            return interp.unknown(f"numpy.{name}")
        dtype = bound.get("dtype")
        return found if dtype is None else with_dtype(interp, found, dtype)

    return native


def as_number(dtype: str, otherwise: Native) -> Native:
    """``np.float32(a)``: of an array each number is converted."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        value = interp.resolve(args[0]) if args else None
        if isinstance(value, TensorV):
            spec = replace(value.spec, dtype=dtype_name(dtype), kind=TensorKind.ARRAY, data=None)
            return TensorV(spec)
        return otherwise(interp, args, keywords, site)

    return native


# The name of a function, its parameters, and its rule.
_RULES: tuple[tuple[str, str, _Rule], ...] = (
    ("fft.fft", "a n axis", _frequencies), ("fft.ifft", "a n axis", _frequencies),
    ("fft.rfft", "a n axis", _half_of_frequencies),
    *[(f"fft.{name}", "a", _like("a", "complex128")) for name in ("fft2", "ifft2", "fftn", "ifftn")],
    ("fft.fftshift", "x axes", _like("x")), ("fft.ifftshift", "x axes", _like("x")),
    ("fft.fftfreq", "n d", _sampled(lambda n: n)),
    ("fft.rfftfreq", "n d", _sampled(lambda n: add(floordiv(n, 2), 1))),
    ("digitize", "x bins right", _like("x", "int64")),
    ("searchsorted", "a v side", _like("v", "int64")),
    ("interp", "x xp fp left right", _like("x", "float64")),
    ("gradient", "f axis", _gradient),
    ("insert", "arr obj values axis", _insert), ("rollaxis", "a axis start", _rollaxis),
    *[(f"atleast_{rank}d", "arys", _at_least(rank)) for rank in (1, 2, 3)],
    ("lib.stride_tricks.sliding_window_view", "x window_shape axis", _windows),
    ("cov", "m y rowvar", _covariance), ("corrcoef", "x y rowvar", _covariance),
    ("cross", "a b", _product), ("inner", "a b", _inner), ("kron", "a b", _kronecker),
    ("convolve", "a v mode", _convolve), ("correlate", "a v mode", _correlate),
    ("polyfit", "x y deg", _fitted), ("polyval", "p x", _like("x")),
    ("linalg.svd", "a full_matrices", _factors), ("trace", "a", _trace),
    ("lexsort", "keys", _order), ("isin", "element test_elements", _like("element", "bool")),
    ("in1d", "ar1 ar2", _like("ar1", "bool")),
    *[(name, "x", _like("x")) for name in ("radians", "degrees", "invert", "bitwise_not")],
    ("unwrap", "p discont axis", _like("p", "float64")), ("asfortranarray", "a dtype", _like("a")),
    *[(f"{name}.accumulate", "array axis", _like("array")) for name in _OF_TWO_NUMBERS],
    *[(f"{name}.reduce", "array axis", _reduced) for name in _OF_TWO_NUMBERS],
    *[(f"{name}.outer", "A B", _outer) for name in _OF_TWO_NUMBERS],
    ("histogram", "a bins range", _histogram),
    ("nonzero", "a", _places), ("argwhere", "a", _listed_places),
    ("flatnonzero", "a", _some("int64")), ("bincount", "x weights minlength", _some(None)),
    ("frombuffer", "buffer dtype count offset", _some(None)),
    ("ndim", "a", _rank), ("size", "a axis", _count), ("indices", "dimensions", _indices),
)  # fmt: skip
_UNIQUE = _native("unique", "ar return_index return_inverse return_counts axis", _unique)

FUNCTIONS: dict[str, Native] = {
    **{f"numpy.{name}": _native(name, parameters, rule) for name, parameters, rule in _RULES},
    **{f"numpy.{name}": _like_another(name) for name in ("zeros_like", "ones_like", "empty_like")},
    "numpy.unique": with_content(CONTENTS["unique"], _UNIQUE),
    "numpy.resize": with_content(CONTENTS["resize"], _native("resize", "a new_shape", _resized)),
    "numpy.where": _where,
    "numpy.ix_": _open_mesh,
    "numpy.pad": _pad,
    "numpy.average": _average,
}
