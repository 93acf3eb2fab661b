"""Arrays that are read from files: of any shape, until the program gives them one."""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import TensorKind, TensorSpec
from kerasmergelint.shapes import ANY_SHAPE
from kerasmergelint.tracker.keras.serializing.file_names import end_of
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python.calls import bind_native
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.value import Args, Keywords, Value, are_all_known, named

_UNKNOWN = "what is read from a file"


def _load(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.load("x.npy")``: a file of another name may hold several, and pickled objects are anything."""
    bound = bind_native(interp, ("file", "mmap_mode", "allow_pickle"), args, keywords)
    name = end_of(interp.resolve(bound.get("file")))
    plain = interp.resolve(bound.get("allow_pickle", False)) is False and are_all_known(
        args, keywords
    )
    if not plain or name is None or not name.endswith(".npy"):
        return interp.unknown(_UNKNOWN)
    return TensorV(TensorSpec(ANY_SHAPE, None, TensorKind.ARRAY))


# With the others the columns may have types and names of their own.
_KEEP_NUMBERS = frozenset(
    {"comments", "delimiter", "encoding", "max_rows", "skip_header", "skiprows", "usecols"}
)


def _table(interp: Interpreter, args: Args, keywords: Keywords, site: Site) -> Value:
    """``np.loadtxt(name, delimiter=",")`` and its like, of numbers."""
    if len(args) != 1 or not are_all_known(args, keywords) or set(named(keywords)) - _KEEP_NUMBERS:
        return interp.unknown(_UNKNOWN)
    return TensorV(TensorSpec(ANY_SHAPE, "float64", TensorKind.ARRAY))


FUNCTIONS: dict[str, Native] = {
    "numpy.load": _load, "numpy.loadtxt": _table, "numpy.genfromtxt": _table,
}  # fmt: skip
