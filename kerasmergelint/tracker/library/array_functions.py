"""NumPy's functions and methods on whole arrays, as far as their shapes go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import prod

from kerasmergelint.keras_api.dtype_names import NUMBERS
from kerasmergelint.keras_api.kinds import Kind
from kerasmergelint.keras_api.ops import find as find_op
from kerasmergelint.keras_api.protocol import Broken, KerasVersion, Nest, TensorKind, TensorSpec
from kerasmergelint.keras_api.versions import V3
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, AnyShape, Dim, Shape, product
from kerasmergelint.shapes.broadcast import never_equal
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.keras.convert import (
    from_plain,
    to_plain,
    to_tensor_nest,
    value_to_shape,
)
from kerasmergelint.tracker.keras.ranks import shape_term
from kerasmergelint.tracker.library.array_content import CONTENTS, to_list, with_content
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.python.own_exceptions import no_array, other_total
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.arrays import SEQUENCES
from kerasmergelint.tracker.values.constants import as_dim, is_number
from kerasmergelint.tracker.values.containers import FILLED, DictV, ListV
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Node, Site, TensorV
from kerasmergelint.tracker.values.pictures import PictureV
from kerasmergelint.tracker.values.value import (
    Args,
    External,
    Keywords,
    Spread,
    SymInt,
    UnknownV,
    Value,
    all_are,
    named,
)

# A rule for shapes takes as long as this many steps.
_STEPS_OF_AN_OP = 3


def through_op(name: str) -> Callable[..., Value]:
    """A NumPy function with the shape rule of ``keras.ops``; unknown if that refuses."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        interp.work(_STEPS_OF_AN_OP)
        op = find_op(f"keras.ops.{name}", KerasVersion.V3)
        if op is None:
            return interp.unknown(f"numpy.{name}")
        # What was computed with is a number only if that is certain: it may be an array.
        take = [
            to_tensor_nest if op.wants_tensor(place) else to_plain for place in range(len(args))
        ]
        plain = [convert(interp, argument) for convert, argument in zip(take, args)]
        options = {key: to_plain(interp, value) for key, value in named(keywords).items()}
        try:
            outcome = op.call(plain, options, KerasVersion.V3)
        except Broken:
            return interp.unknown(f"numpy.{name} fails")
        if interp.on_merge is not None and op.kind.is_any(_OF_ARRAYS):
            given = (tuple(args), DictV(interp.heap, dict(named(keywords))))
            interp.on_merge(Node(name, site, given, None, None, op.kind))
        made = _as_arrays(outcome.outputs)
        if isinstance(made, TensorSpec) and _may_be_frame(interp, plain, args):
            made = made.with_shape(ANY_SHAPE)  # which is reduced by columns
        return from_plain(interp, made, None, f"the result of numpy.{name} is not known")

    return native


def _may_be_frame(interp: Interpreter, plain: list[Nest], args: Args) -> bool:
    return plain[:1] == [UNKNOWN] and to_plain(interp, args[0]) is UNKNOWN


# What numbers do not go into: watchers learn from these which parameters are arrays.
_OF_ARRAYS = Kind.REDUCTION | Kind.JOIN | Kind.STACK


def of_places(name: str) -> Native:
    """A function whose results are places in an array."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        found = through_op(name)(interp, args, keywords, site)
        if not isinstance(found, TensorV):
            return found
        return TensorV(replace(found.spec, dtype="int64", kind=TensorKind.ARRAY))

    return native


def _in_order(native: Native) -> Native:
    """``np.sort`` and the like: with the axis None, all items are in one row."""

    def ordered(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        axis = args[1] if len(args) > 1 else keywords.get("axis", -1)
        if axis is not None:
            return native(interp, args, keywords, site)
        return through_op("ravel")(interp, [native(interp, args[:1], {}, site)], {}, site)

    return ordered


def _as_arrays(outputs: Nest) -> object:
    """NumPy gives arrays where TensorFlow would give tensors."""
    if isinstance(outputs, TensorSpec) and outputs.kind is TensorKind.EAGER:
        return replace(outputs, kind=TensorKind.ARRAY)
    if isinstance(outputs, (list, tuple)):
        return type(outputs)(map(_as_arrays, outputs))
    return outputs


def _stacked(
    axis_of: Callable[[int], int], least: int, new_axis: int | None = None
) -> Callable[..., Value]:
    """``hstack`` and ``vstack``: along an axis that depends on the rank; vectors along a new one."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        items = interp.iterate(args[0], site) if args else None
        parts = tuple(array_of(interp, item) for item in items or ())
        shapes = [part.spec.shape for part in parts if isinstance(part, TensorV)]
        vectors = all(isinstance(shape, Shape) and shape.rank == 1 for shape in shapes)
        if shapes and vectors and new_axis is not None:
            return through_op("stack")(interp, [parts, new_axis], {}, site)
        if not shapes or not all(isinstance(s, Shape) and s.rank >= least for s in shapes):
            return interp.unknown("a stack of arrays")
        rank = shapes[0].rank if isinstance(shapes[0], Shape) else 0
        return through_op("concatenate")(interp, [parts, axis_of(rank)], {}, site)

    return native


def _delete(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.delete(array, places, axis)``: without an axis, from the flattened array."""
    bound = bind_native(interp, ("arr", "obj", "axis"), args, keywords)
    array, axis = interp.resolve(bound.get("arr")), bound.get("axis")
    dims = array.spec.dims if isinstance(array, TensorV) else None
    gone = arrays.data_of(interp.resolve(bound.get("obj")))
    if dims is None or type(axis) is not int or not -len(dims) <= axis < len(dims):
        return interp.unknown("an array without some of its items")
    left: Dim = UNKNOWN
    size = dims[axis]
    places = list(arrays.flat(gone)) if gone is not None else []
    if isinstance(size, int) and places and all(_is_place(place, size) for place in places):
        left = size - len({place % size for place in places})
    kept = list(dims)
    kept[axis] = left
    return TensorV(TensorSpec(Shape(tuple(kept)), None, TensorKind.ARRAY))


def _is_place(index: object, size: int) -> bool:
    return type(index) is int and -size <= index < size


def _eye(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    size = as_dim(args[0]) if args else None
    columns = as_dim(args[1]) if len(args) > 1 else size
    return made(interp, (size, columns))


Dims = tuple[Dim, ...]
_ITEMS_PER_STEP = 64
_SCALARS = frozenset({str, bytes, bool, int, float})


def _is_scalar(value: Value) -> bool:
    return type(value) in _SCALARS or is_number(value)


def array_of(interp: Interpreter, value: Value) -> Value:
    """``np.array(value)`` of unknown content: only the shape is followed."""
    value = interp.resolve(value)
    if isinstance(value, (FrameV, PictureV)):
        return value.as_array()
    if isinstance(value, TensorV):
        if value.spec.kind in (TensorKind.ARRAY, TensorKind.EAGER):
            return TensorV(replace(value.spec, kind=TensorKind.ARRAY, data=None))
        return interp.unknown("an array of something symbolic")
    rows: Dim
    filled = isinstance(value, ListV) and value.open and value.reason == FILLED
    items = value.items if isinstance(value, ListV) and (filled or not value.open) else value
    if isinstance(items, (list, tuple)):
        interp.work(len(items) // _ITEMS_PER_STEP)
    if isinstance(items, (list, tuple)) and items and all(map(_is_scalar, items)):
        rows = UNKNOWN if filled else len(items)
        dtype = "string" if all(type(item) is str for item in items) else None
        return TensorV(TensorSpec(Shape((rows,)), dtype, TensorKind.ARRAY))
    if is_number(value):
        return TensorV(TensorSpec(Shape(()), None, TensorKind.ARRAY))
    if not isinstance(items, (list, tuple)) or not items or not all(map(_is_nest, items)):
        return interp.unknown("an array of something unknown")
    # NumPy takes rows of one shape only: the known ones show that of the others.
    shapes = {_row_shape(interp, item) for item in items} - {ANY_SHAPE}
    shape = shapes.pop() if len(shapes) == 1 else None
    if not isinstance(shape, Shape):
        return interp.unknown("an array of something unknown")
    rows = UNKNOWN if filled else len(items)
    return TensorV(TensorSpec(Shape((rows, *shape.dims)), None, TensorKind.ARRAY))


def lists_of_unequal_length(interp: Interpreter, value: Value) -> TensorV | None:
    """``np.array(value, dtype=object)`` of lists of numbers that make no rectangle."""
    value = interp.resolve(value)
    rows = value.items if isinstance(value, ListV) and not value.open else []
    numbers = [numbers_in(row) for row in rows]
    if None in numbers or len({len(row or ()) for row in numbers}) < 2:
        return None
    return TensorV(TensorSpec(Shape((len(rows),)), SEQUENCES, TensorKind.ARRAY))


def numbers_in(value: Value) -> Sequence[Value] | None:
    """The items of a list of numbers."""
    items = value.items if isinstance(value, ListV) and not value.open else value
    if not isinstance(items, (list, tuple)) or not all(map(_is_one_number, items)):
        return None
    return items


def _is_one_number(value: Value) -> bool:
    """Whether this is a number, or what iterating over a vector of numbers gives."""
    return is_number(value) or (isinstance(value, TensorV) and value.spec.dims == ())


def check_rectangle(interp: Interpreter, value: Value, site: Site) -> None:
    """Fail for what NumPy makes no array of: arrays of different shapes, an array beside a dict."""
    value = interp.resolve(value)
    items = value.items if isinstance(value, ListV) and not value.open else value
    if not isinstance(items, (tuple, list)) or not interp.surely(V3):
        return  # NumPy made objects of them before there was Keras 3
    first: Dims | None = None
    for item in map(interp.resolve, items):
        shape = () if isinstance(item, DictV) else _row_shape(interp, item)
        dims = shape.dims if isinstance(shape, Shape) else shape
        if not isinstance(dims, tuple):
            continue
        if first is None:
            first = dims
        if len(first) != len(dims) or any(map(never_equal, first, dims)):
            raise no_array(interp, first, dims, site)


def _row_shape(interp: Interpreter, item: Value) -> AnyShape | None:
    interp.step()  # a list may have many rows, each of which costs this much
    part = array_of(interp, item)
    return part.spec.shape if isinstance(part, TensorV) else None


def _is_nest(value: Value) -> bool:
    return isinstance(value, (TensorV, ListV, tuple)) or is_number(value)


def made(interp: Interpreter, shape: Value, dtype: str | None = None) -> Value:
    """An array of a shape."""
    if isinstance(shape, int):
        shape = (shape,)
    return TensorV(TensorSpec(value_to_shape(interp, shape), dtype, TensorKind.ARRAY))


def _has_another_total(array: TensorV, given: Value) -> bool:
    """Whether an array of known sizes has more or fewer items than a shape.

    A size that is not known cancels out where the shape takes it over: ``x.reshape((len(x), 3, 12))``.
    """
    sizes, wanted = array.spec.dims, list(_sizes(given))
    if array.spec.kind is not TensorKind.ARRAY or not sizes:
        return False
    known = []
    for axis, size in enumerate(sizes):
        its_own = next((w for w in wanted if _is_size_of(w, array, axis)), None)
        if isinstance(size, int):
            known.append(size)
        elif its_own is None:
            return False
        else:
            wanted.remove(its_own)
    asked = [size for size in wanted if isinstance(size, int)]
    if len(asked) < len(wanted):
        return False
    total, part = prod(known), prod(size for size in asked if size != -1)
    return bool(part and total % part) if -1 in asked else total != part


def _is_size_of(value: Value, array: TensorV, axis: int) -> bool:
    return isinstance(value, UnknownV) and value.term == (*shape_term(array), axis)


def _sizes(shape: Value) -> Sequence[Value]:
    items = shape.items if isinstance(shape, ListV) and not shape.open else shape
    return items if isinstance(items, (tuple, list)) else (items,)


def _reshape(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.reshape(array, shape)``"""
    array = interp.resolve(args[0]) if len(args) == 2 and not keywords else None
    check_rectangle(interp, array, site)
    if isinstance(array, TensorV) and _has_another_total(array, args[1]):
        whole = site.node.args[0] if isinstance(site.node, ir.Call) and site.node.args else None
        raise other_total(interp, array, whole, _sizes(args[1]), site)
    return through_op("reshape")(interp, args, keywords, site)


# -- random arrays --------------------------------------------------------------------------


def _generator(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    return External("numpy.random.Generator")


def _number(interp: Interpreter) -> Value:
    return interp.unknown("a random number", ("random", interp.opaque_term()[1]))


def _random(position: int, dtype: str | None = None) -> Callable[..., Value]:
    """A random function whose argument at this position is the size.

    Without a size it gives one number, unless a parameter of the distribution is an array.
    """

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        size = keywords.get("size")
        if size is None and len(args) > position:
            size = args[position]
        if size is not None:
            return made(interp, size, dtype)
        numbers = all(map(is_number, (*args, *keywords.values())))
        return _number(interp) if numbers else interp.unknown("random numbers")

    return native


def _random_vectors(parameter: str, place: int, size_at: int = 2) -> Callable[..., Value]:
    """A random function of vectors, each as long as one argument; another one is the size."""

    def native(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
        vector = args[place] if len(args) > place else keywords.get(parameter)
        length = as_dim(interp.length(vector, site))
        size = args[size_at] if len(args) > size_at else keywords.get("size")
        if size is None:
            return TensorV(TensorSpec(Shape((length,)), None, TensorKind.ARRAY))
        several = value_to_shape(interp, (size,) if isinstance(size, int) else size)
        if not isinstance(several, Shape):
            return interp.unknown("random vectors")
        return TensorV(TensorSpec(Shape((*several.dims, length)), None, TensorKind.ARRAY))

    return native


def _permutation(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``permutation(n)`` or of the rows of an array."""
    given = interp.resolve(args[0]) if args else None
    made = _as_vector(interp, given) if isinstance(given, (ListV, range)) else given
    if isinstance(made, TensorV):
        return TensorV(replace(made.spec, kind=TensorKind.ARRAY, data=None))
    if not isinstance(given, int | SymInt):  # it may be an array of any rank
        return interp.unknown("a permutation")
    return TensorV(TensorSpec(Shape((as_dim(given),)), "int64", TensorKind.ARRAY))


def _shuffle(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``shuffle(x)`` changes the order in place."""
    given = interp.resolve(args[0] if args else keywords.get("x"))
    if isinstance(given, TensorV):
        given.data = None
    else:
        interp.forget(given, "shuffled")
    return None


def _as_vector(interp: Interpreter, items: ListV | range) -> Value:
    data = arrays.data_of(items)
    return array_of(interp, items) if data is None else arrays.make(data)


def _choice_of_rows(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``rng.choice(a, size)``: of an array of several axes it takes rows; ``np.random.choice`` refuses it."""
    given = args[0] if args else keywords.get("a")
    flat = isinstance(given, TensorV) and given.spec.dims is not None and len(given.spec.dims) == 1
    if isinstance(given, ListV):
        flat = not given.open and all(isinstance(item, (int, float, str)) for item in given.items)
    if not (flat or isinstance(given, int | SymInt)):
        return interp.unknown("a choice of rows")
    return _choice(interp, args, keywords, site)


def _choice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``choice(a, size)``: numbers below a number, or items of a list."""
    given = args[0] if args else keywords.get("a")
    dtype = "int64" if isinstance(given, int | SymInt) else None
    if isinstance(given, ListV) and not given.open and all_are(given.items, str):
        dtype = "string"
    made = _random(1, dtype)(interp, args, keywords, site)
    return made if dtype or isinstance(made, TensorV) else interp.unknown("a random choice")


def _spread_size(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``rand(2, 3)``"""
    if not keywords and not args:
        return _number(interp)
    if keywords or any(isinstance(argument, Spread) for argument in args):
        return interp.unknown("a random array")
    dims = tuple(as_dim(argument) for argument in args)
    if None in dims:
        return interp.unknown("a random array")
    return TensorV(TensorSpec(Shape(dims), "float64", TensorKind.ARRAY))


def _random_functions(prefix: str) -> dict[str, Native]:
    whole = ("integers", "randint")
    return {
        **{
            f"{prefix}.{name}": _random(at, "int64" if name in whole else None)
            for name, at in _RANDOM.items()
        },
        f"{prefix}.choice": _choice,
        f"{prefix}.multivariate_normal": _random_vectors("mean", 0),
        f"{prefix}.dirichlet": _random_vectors("alpha", 0, 1),
        f"{prefix}.multinomial": _random_vectors("pvals", 1),
        f"{prefix}.permutation": _permutation,
        f"{prefix}.permuted": _permutation,
        f"{prefix}.shuffle": _shuffle,
        **{f"{prefix}.{name}": _spread_size for name in ("rand", "randn")},
    }


_RANDOM = {
    "integers": 2, "randint": 2, "normal": 2, "uniform": 2, "random": 0, "standard_normal": 0,
    "poisson": 1, "binomial": 2, "beta": 2, "gamma": 2, "exponential": 1,
    "random_sample": 0, "ranf": 0, "sample": 0, "laplace": 2, "lognormal": 2, "geometric": 1,
    "standard_gamma": 1,
    "triangular": 3, "rayleigh": 1, "chisquare": 1, "weibull": 1, "logistic": 2, "gumbel": 2,
}  # fmt: skip
_SAME_NAMES = (
    "expand_dims", "reshape", "transpose", "concatenate", "stack", "squeeze", "tile", "repeat",
    "matmul", "swapaxes", "broadcast_to",
    "flip", "clip", "add", "subtract", "multiply", "divide", "tanh", "sin", "cos",
    "ravel", "moveaxis", "split", "einsum", "tensordot", "dot", "cumprod", "sign", "roll",
)  # fmt: skip

_PLACES = ("argmax", "argmin")

FUNCTIONS: dict[str, Native] = {
    **{f"numpy.{name}": through_op(name) for name in _SAME_NAMES},
    **{f"numpy.{name}": of_places(name) for name in _PLACES},
    **{f"numpy.{name}": with_content(f, through_op(name)) for name, f in CONTENTS.items()},
    "numpy.reshape": _reshape,
    "numpy.sort": _in_order(with_content(CONTENTS["sort"], through_op("sort"))),
    "numpy.argsort": _in_order(of_places("argsort")),
    "numpy.hstack": _stacked(lambda rank: 1 if rank > 1 else 0, 1),
    "numpy.column_stack": _stacked(lambda rank: 1, 2, 1),
    "numpy.vstack": _stacked(lambda rank: 0, 2, 0),
    "numpy.delete": _delete,
    "numpy.eye": _eye,
    "numpy.identity": _eye,
    "numpy.random.default_rng": _generator,
    "numpy.random.RandomState": _generator,
    **_random_functions("numpy.random.Generator"),
    "numpy.random.Generator.choice": _choice_of_rows,
    **_random_functions("numpy.random"),
}


# -- methods --------------------------------------------------------------------------------

Method = Callable[["Interpreter", TensorV, Args, Keywords, "Site"], Value]


def _method(function: Native) -> Method:
    """A method that does what a function of the same name does."""

    def method(
        interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        return function(interp, [array, *args], keywords, site)

    return method


def _shape_method(name: str) -> Method:
    """``reshape(2, 3)`` as well as ``reshape((2, 3))``."""

    def method(
        interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        if any(isinstance(argument, Spread) for argument in args):
            return interp.unknown(f"{name} to sizes that are not all known")
        spread = len(args) != 1 or isinstance(args[0], int)
        given = tuple(args) if spread and args else args[0] if args else None
        if name == "reshape" and _has_another_total(array, given):
            called = site.node.func if isinstance(site.node, ir.Call) else None
            whole = called.value if isinstance(called, ir.Attribute) else None
            raise other_total(interp, array, whole, _sizes(given), site)
        arguments = [array] if given is None else [array, given]
        return through_op(name)(interp, arguments, keywords, site)

    return method


def _same(interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site) -> Value:
    return TensorV(array.spec, array.node, array.index, array.data, role=array.role)


def _without_index(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``to_numpy()`` of a column."""
    return TensorV(array.spec, data=array.data)


_PYTHON_TYPES = {"int": "int64", "float": "float64", "bool": "bool", "bool_": "bool"}
_DTYPES = (NUMBERS - {"bfloat16"}) | {"bool"}


def dtype_name(wanted: Value) -> str | None:
    """The name of a dtype given as a string or class; None if unknown."""
    name = wanted.dotted.rpartition(".")[2] if isinstance(wanted, External) else wanted
    if not isinstance(name, str):
        return None
    name = _PYTHON_TYPES.get(name, name)
    return name if name in _DTYPES else None


def _astype(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return with_dtype(interp, array, args[0] if args else keywords.get("dtype"))


def is_object(wanted: Value) -> bool:
    """Whether a dtype is that of arrays of any objects."""
    name = wanted.dotted.rpartition(".")[2] if isinstance(wanted, External) else wanted
    return isinstance(name, str) and name in ("object", "object_", "O")


def with_dtype(interp: Interpreter, array: TensorV, wanted: Value) -> Value:
    """The array with another dtype, its content converted."""
    if is_object(wanted):
        return interp.unknown("an array of objects, which may be arrays themselves")
    name = dtype_name(wanted)
    spec = TensorSpec(array.spec.shape, name, array.spec.kind)
    return TensorV(spec, array.node, array.index, _converted(array.data, name), role=array.role)


def _converted(data: arrays.Data | None, name: str | None) -> arrays.Data | None:
    """The content in another dtype; None if some of it is not known."""
    if data is None or name is None or name == "bool":
        return None
    if not all(isinstance(number, (int, float)) for number in arrays.flat(data)):
        return None
    convert = int if "int" in name else float
    return arrays.elementwise(lambda number, _: convert(number), data, 0)


def _flatten(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    shape = array.spec.shape
    size = product(shape.dims) if isinstance(shape, Shape) and None not in shape.dims else None
    return TensorV(array.spec.with_shape(Shape((size,))))


def _tolist(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    return to_list(interp, array)


def _resize(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``array.resize((2, 3))`` changes the array itself."""
    array.spec, array.data = array.spec.with_shape(ANY_SHAPE), None
    return None


def _unknown(what: str) -> Method:
    def method(
        interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        return interp.unknown(what)

    return method


METHODS: dict[str, Method] = {
    "copy": _same, "numpy": _same, "to_numpy": _without_index,
    "astype": _astype, "flatten": _flatten, "ravel": _flatten,
    "reshape": _shape_method("reshape"), "transpose": _shape_method("transpose"),
    "tolist": _tolist, "resize": _resize, "item": _unknown("a value of an array"),
    **{name: _method(through_op(name)) for name in
       ("sum", "mean", "max", "min", "squeeze", "repeat", "std", "var", "prod", "clip", "cumsum",
        "cumprod", "all", "any", "swapaxes", "dot", "trace", "diagonal", "round")},
    **{name: _method(of_places(name)) for name in _PLACES},
    "argsort": _method(_in_order(of_places("argsort"))),
}  # fmt: skip
