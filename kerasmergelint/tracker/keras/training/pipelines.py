"""The items of datasets, generators and ``Sequence`` objects."""

from __future__ import annotations

from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.problems import DIVIDE_WHOLE
from kerasmergelint.keras_api.protocol import Problem, ProblemKind
from kerasmergelint.tracker.keras.number_types import is_fraction
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import iterators
from kerasmergelint.tracker.python.members import find
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, IteratorV, ListV
from kerasmergelint.tracker.values.exceptions import Raised
from kerasmergelint.tracker.values.frames import FrameV
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.objects import BoundMethod, FunctionV, Instance
from kerasmergelint.tracker.values.training import DatasetV
from kerasmergelint.tracker.values.value import External, UnknownV, Value

_DESCRIBED = ("utils.PyDataset", "utils.Sequence", "utils.data_utils.Sequence")


def describes_items(source: Value) -> bool:
    """Whether Keras 3 describes the items to ``tf.data``: those of generators and of a ``PyDataset``."""
    if isinstance(source, Instance):
        bases = [base.dotted for base in source.cls.mro if isinstance(base, External)]
        return any(inner_path(base) in _DESCRIBED for base in bases)
    return isinstance(source, GeneratorV)


def source_problem(source: Value) -> Problem | None:
    """Report what Python can iterate over and Keras 3 does not take: ``zip``, ``map``, ``iter(list)``."""
    by = "`zip`, `map` or the like"
    if isinstance(source, DatasetV) and source.iterator:
        by = f"`{source.iterator}`"
    elif (isinstance(source, GeneratorV) and source.of_program) or not isinstance(
        source, (GeneratorV, IteratorV)
    ):
        return None
    detail = f"an iterator made by {by} is not accepted as data"
    hint = "write a generator function, or use tf.data.Dataset"
    return Problem(ProblemKind.DATA, "ValueError", detail, hint=hint)


def beside_problem(source: Value, bound: dict[str, Value]) -> Problem | None:
    """Report what is passed beside a pipeline that holds targets and weights itself."""
    for name in ("y", "sample_weight"):
        if isinstance(bound.get(name), (TensorV, FrameV, ListV, DictV, tuple)):
            detail = f"`{name}` is passed beside a pipeline, which must hold it itself"
            return Problem(ProblemKind.DATA, "ValueError", detail, hint="make it yield tuples")
    share = bound.get("validation_split")
    if isinstance(share, (int, float)) and share:
        detail = "`validation_split` needs arrays, and cannot split a pipeline"
        return Problem(ProblemKind.DATA, "ValueError", detail, hint="pass `validation_data`")
    if isinstance(source, GeneratorV) and isinstance(bound.get("class_weight"), DictV):
        detail = "`class_weight` cannot be used with a generator"
        hint = "have the generator yield sample weights"
        return Problem(ProblemKind.DATA, "ValueError", detail, hint=hint)
    return None


def length_problem(interp: Interpreter, source: Value, site: Site) -> Problem | None:
    """Why Python refuses the length of a ``PyDataset``: what divides by ``/`` gives a float."""
    if not isinstance(source, Instance) or not describes_items(source):
        return None
    size = find(source.cls, "__len__")
    if size is None or not isinstance(size[1], FunctionV):
        return None
    try:
        given = interp.resolve(interp.call(BoundMethod(source, size[1]), [], {}, site))
    except Raised:
        return None
    fraction = isinstance(given, float) or (isinstance(given, UnknownV) and is_fraction(given.term))
    if given is not None and not fraction:
        return None
    detail = f"{source.cls.name}.__len__() gives {'None' if given is None else 'a float'}"
    hint = "return the number of batches" if given is None else DIVIDE_WHOLE
    return Problem(ProblemKind.DATA, "TypeError", detail, hint=hint)


def first_and_last(interp: Interpreter, source: Instance, site: Site) -> tuple[Value, Value] | None:
    """Two items of a ``PyDataset`` of known length; None if it has only one, or that is not known."""
    size, item = find(source.cls, "__len__"), find(source.cls, "__getitem__")
    if size is None or item is None:
        return None
    try:
        count = interp.call(BoundMethod(source, size[1]), [], {}, site)
        if type(count) is not int or count < 2:
            return None
        first, last = (
            interp.call(BoundMethod(source, item[1]), [index], {}, site) for index in (0, count - 1)
        )
    except Raised:
        return None
    return first, last


def element_of(interp: Interpreter, source: Value, site: Site) -> Value | None:
    """One item; None if unknown."""
    if isinstance(source, DatasetV):
        return source.first(interp.heap)
    if isinstance(source, GeneratorV):
        first = iterators.pull(interp, source, site)
        return None if isinstance(first, iterators.Missing) else first
    if isinstance(source, Instance):
        method = find(source.cls, "__getitem__")
        if method is not None:
            # Every version looks at this one first, whatever order it trains in.
            return interp.call(BoundMethod(source, method[1]), [0], {}, site)
    return None
