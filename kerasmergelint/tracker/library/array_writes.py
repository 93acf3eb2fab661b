"""Functions of NumPy that write into an array that they are given, or may give a view of it."""

from __future__ import annotations

from kerasmergelint.tracker.values.memory import shared, written
from kerasmergelint.tracker.values.value import Args, Keywords, Value

# Into the first argument.
_FIRST = frozenset(
    {"copyto", "put", "place", "putmask", "fill_diagonal", "put_along_axis", "nditer", "frombuffer",
     "add.at", "subtract.at", "multiply.at", "maximum.at", "minimum.at", "random.shuffle"}
)  # fmt: skip
# By how many arrays they take, before one that they write their result into.
_RESULT_AFTER = {
    **dict.fromkeys(
        ("abs", "absolute", "ceil", "cos", "exp", "floor", "log", "log1p", "negative", "rint", "sign",
         "sin", "sqrt", "square", "tanh", "trunc"), 1
    ),
    **dict.fromkeys(
        ("add", "subtract", "multiply", "divide", "true_divide", "floor_divide", "mod", "remainder",
         "power", "maximum", "minimum", "matmul", "dot", "bitwise_and", "bitwise_or", "logical_and",
         "logical_or", "logical_xor", "fmod", "less", "greater", "equal"), 2
    ),
}  # fmt: skip
# Whose results share the memory of no argument.
_COPIES = frozenset(
    {"append", "clip", "concatenate", "hstack", "repeat", "resize", "sort", "stack", "tile", "unique",
     "vstack", "where", *_RESULT_AFTER}
)  # fmt: skip


def noted(name: str, args: Args, keywords: Keywords, made: Value) -> Value:
    """What ``numpy.name`` gives; arrays that it writes into have no known content any more."""
    if name not in _COPIES:
        shared(args, made)
    if args and name in _FIRST:
        written(args[0])
    for place in args[_RESULT_AFTER.get(name, len(args)) :]:
        written(place)
    for key in ("out", "dst"):
        outputs = keywords.get(key)
        for place in outputs if isinstance(outputs, tuple) else (outputs,):
            written(place)
    return made
