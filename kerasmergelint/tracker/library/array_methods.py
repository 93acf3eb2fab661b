"""The methods of arrays, as far as their shapes go."""

from __future__ import annotations

from collections.abc import Callable

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.dtype_names import NUMBERS
from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import ANY_SHAPE, UNKNOWN, Shape, product
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.library.array_content import keeps_content, to_list
from kerasmergelint.tracker.library.array_ops import PLACES, in_order, of_places, through_op
from kerasmergelint.tracker.library.array_totals import has_another_total, sizes_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.own_exceptions import other_total
from kerasmergelint.tracker.values import arrays
from kerasmergelint.tracker.values.containers import DictV, ListV
from kerasmergelint.tracker.values.forgetting import forget_functions
from kerasmergelint.tracker.values.frames import held_column
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.memory import written
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV
from kerasmergelint.tracker.values.value import Args, External, Keywords, Spread, Value

Method = Callable[[Interpreter, TensorV, Args, Keywords, Site], Value]


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
        if name == "reshape" and has_another_total(array, given):
            called = site.node.func if isinstance(site.node, ir.Call) else None
            whole = called.value if isinstance(called, ir.Attribute) else None
            raise other_total(interp, array, whole, sizes_of(given), site)
        arguments = [array] if given is None else [array, given]
        return through_op(name)(interp, arguments, keywords, site)

    return method


def _same(interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site) -> Value:
    return TensorV(array.spec, array.node, array.index, array.data, role=array.role)


def _numpy(
    interp: Interpreter, tensor: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``tensor.numpy()``: an array, which TensorFlow converts where it needs another type."""
    spec = tensor.spec
    if spec.kind is TensorKind.EAGER:
        if spec.dtype == "string" and spec.dims == ():
            return interp.unknown("the bytes of a text")
        spec = replace(spec, kind=TensorKind.ARRAY)
    return TensorV(spec, tensor.node, tensor.index, tensor.data, role=tensor.role)


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
    array.spec = array.spec.with_shape(ANY_SHAPE)
    written(array)
    return None


def _unique(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``column.unique()``: an array of its values in the order in which they come."""
    if array.data is None:
        return TensorV(TensorSpec(Shape((UNKNOWN,)), array.spec.dtype, array.spec.kind))
    made = arrays.make(tuple(dict.fromkeys(arrays.flat(array.data))))
    return interp.unknown("the values of a column") if made is None else made


def _count_unique(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    if array.data is None:
        return interp.unknown("how many values a column has")
    return len(set(arrays.flat(array.data)))


def _mapped(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``column.map({text: number})``, or with a function"""
    table = interp.resolve(args[0]) if len(args) == 1 else None
    if array.role is Role.COLUMN and isinstance(table, (FunctionV, BoundMethod)) and not keywords:
        return _each(interp, array, table, site) or _column(array)
    if array.role is not Role.COLUMN or not isinstance(table, DictV):
        return interp.unknown("what a function makes of a column")
    content = array.data if isinstance(array.data, tuple) else ()
    known = not table.open and all(item in table.items for item in content)
    found = tuple(table.items[item] for item in content) if known else ()
    made = arrays.make(found) if content and all(map(_is_plain_number, found)) else None
    if made is not None:
        return TensorV(made.spec, data=made.data, role=Role.COLUMN)
    return _column(array)


def _applied(
    interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
) -> Value:
    """``column.apply(function)``: a column, or a table if the function gives columns."""
    function = interp.resolve(args[0]) if len(args) == 1 else None
    plain = isinstance(function, (FunctionV, BoundMethod)) and not keywords
    found = _each(interp, array, function, site) if array.role is Role.COLUMN and plain else None
    return found or interp.unknown("what a function makes of a column")


def _each(interp: Interpreter, column: TensorV, function: Value, site: Site) -> Value:
    """What a function makes of each value that is known; None if they are not, or it gives others."""
    content = column.data if isinstance(column.data, tuple) else ()
    if not 0 < len(content) <= _MOST_CALLS:
        forget_functions(interp.heap, [function], "called for each value of a column")
        return None
    interp.charge(len(content))
    found = [interp.call(function, [value], {}, site) for value in content]
    if not all(_is_plain_number(value) or type(value) is str for value in found):
        lists = all(isinstance(value, (ListV, tuple, str)) for value in found)
        return _column(column) if lists else None
    made = arrays.make(tuple(found))
    return _column(column) if made is None else held_column(made)


_MOST_CALLS = 256


def _column(array: TensorV) -> TensorV:
    """A column of as many values, which may be any."""
    return TensorV(TensorSpec(array.spec.shape, None, array.spec.kind), role=Role.COLUMN)


def _is_plain_number(value: Value) -> bool:
    return type(value) in (int, float)


def _unknown(what: str) -> Method:
    def method(
        interp: Interpreter, array: TensorV, args: Args, keywords: Keywords, site: Site
    ) -> Value:
        return interp.unknown(what)

    return method


METHODS: dict[str, Method] = {
    "copy": _same, "numpy": _numpy, "to_numpy": _without_index,
    "astype": _astype, "flatten": keeps_content(_flatten), "ravel": keeps_content(_flatten),
    "reshape": keeps_content(_shape_method("reshape")), "transpose": _shape_method("transpose"),
    "unique": _unique, "nunique": _count_unique, "map": _mapped, "apply": _applied,
    "tolist": _tolist, "resize": _resize, "item": _unknown("a value of an array"),
    **{name: _method(through_op(name)) for name in
       ("sum", "mean", "max", "min", "squeeze", "repeat", "std", "var", "prod", "clip", "cumsum",
        "cumprod", "all", "any", "swapaxes", "dot", "trace", "diagonal", "round")},
    **{name: _method(of_places(name)) for name in PLACES},
    "argsort": _method(in_order(of_places("argsort"))),
}  # fmt: skip
