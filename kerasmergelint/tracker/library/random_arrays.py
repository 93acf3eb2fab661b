"""Random arrays: ``np.random`` and its generators."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import UNKNOWN, Shape
from kerasmergelint.tracker.keras.convert import (
    value_to_shape,
)
from kerasmergelint.tracker.library.array_making import array_of, made
from kerasmergelint.tracker.library.array_methods import dtype_name
from kerasmergelint.tracker.library.standard import shuffle
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.constants import as_dim, is_number
from kerasmergelint.tracker.values.containers import ListV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.memory import written
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    External,
    Keywords,
    Spread,
    SymInt,
    UnknownV,
    Value,
    all_are,
)


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
            asked = args[position + 1] if len(args) > position + 1 else keywords.get("dtype")
            return made(interp, size, dtype if asked is None else dtype_name(asked))
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
    if (
        isinstance(given, UnknownV)
        and isinstance(given.term, tuple)
        and given.term[:1] == ("shape",)
    ):
        return TensorV(TensorSpec(Shape((UNKNOWN,)), "int64", TensorKind.ARRAY))  # a size, or sizes
    if not is_number(given):  # it may be an array of any rank
        return interp.unknown("a permutation")
    return TensorV(TensorSpec(Shape((as_dim(given),)), "int64", TensorKind.ARRAY))


def _shuffle(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``shuffle(x)`` changes the order in place."""
    given = interp.resolve(args[0] if args else keywords.get("x"))
    if isinstance(given, TensorV):
        written(given)
    elif isinstance(given, ListV):
        shuffle(interp, [given], {}, site)
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
    if not (flat or is_number(given)):
        return interp.unknown("a choice of rows")
    return _choice(interp, args, keywords, site)


def _choice(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``choice(a, size)``: numbers below a number, or items of a list."""
    given = args[0] if args else keywords.get("a")
    dtype = "int64" if isinstance(given, int | SymInt) else None
    if dtype and len(args) < 2 and keywords.get("size") is None and REST not in keywords:
        return _number(interp)  # the chances are no size
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
    return {
        **{
            f"{prefix}.{name}": _random(at, "int64" if name in _WHOLE else "float64")
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
    "poisson": 1, "binomial": 2, "negative_binomial": 2, "hypergeometric": 3, "zipf": 1, "logseries": 1,
    "beta": 2, "gamma": 2, "exponential": 1,
    "random_sample": 0, "ranf": 0, "sample": 0, "laplace": 2, "lognormal": 2, "geometric": 1,
    "standard_gamma": 1,
    "triangular": 3, "rayleigh": 1, "chisquare": 1, "weibull": 1, "logistic": 2, "gumbel": 2,
}  # fmt: skip
_WHOLE = frozenset(
    {"integers", "randint", "poisson", "binomial", "negative_binomial", "hypergeometric", "geometric", "zipf",
     "logseries"}
)  # fmt: skip


FUNCTIONS: dict[str, Native] = {
    "numpy.random.default_rng": _generator,
    "numpy.random.RandomState": _generator,
    **_random_functions("numpy.random.Generator"),
    "numpy.random.Generator.choice": _choice_of_rows,
    **_random_functions("numpy.random"),
}
