"""The meaning of a library's dotted name: called, read, imported."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kerasmergelint.dataclass import dataclass, replace
from kerasmergelint.keras_api import star_imports
from kerasmergelint.keras_api.names import inner_path
from kerasmergelint.keras_api.protocol import TensorKind
from kerasmergelint.keras_api.tensorflow_1 import GONE
from kerasmergelint.late import late, loaded
from kerasmergelint.tracker.keras import object_arguments
from kerasmergelint.tracker.library import (
    array_files,
    array_functions,
    array_joins,
    array_rules,
    array_writes,
    collections,
    column_results,
    configuration,
    copying,
    functions,
    inspecting,
    itertools,
    keras,
    losses,
    missing_names,
    no_numbers,
    numeric,
    paths,
    pictures,
    pipelines,
    random_arrays,
    standard,
    tensor_arrays,
    tensor_shapes,
    tensorflow,
    third_party,
)
from kerasmergelint.tracker.library.array_ops import through_op
from kerasmergelint.tracker.machine import limits
from kerasmergelint.tracker.machine.interpreter import Interpreter, Native
from kerasmergelint.tracker.python import replacing
from kerasmergelint.tracker.python.builtins import constants
from kerasmergelint.tracker.python.builtins import functions as builtins
from kerasmergelint.tracker.values.exceptions import class_name
from kerasmergelint.tracker.values.forgetting import forget_functions
from kerasmergelint.tracker.values.graph import Site, TensorV
from kerasmergelint.tracker.values.terms import opaque
from kerasmergelint.tracker.values.value import REST, Args, External, Keywords, UnknownV, Value

if TYPE_CHECKING:
    from kerasmergelint.tracker.library import frames
    from kerasmergelint.tracker.library.scikit_learn import (
        encoders,
        folds,
        samples,
        scores,
        splits,
        transformers,
        weights,
    )
else:
    frames = late("kerasmergelint.tracker.library.frames")
    encoders = late("kerasmergelint.tracker.library.scikit_learn.encoders")
    folds = late("kerasmergelint.tracker.library.scikit_learn.folds")
    samples = late("kerasmergelint.tracker.library.scikit_learn.samples")
    scores = late("kerasmergelint.tracker.library.scikit_learn.scores")
    splits = late("kerasmergelint.tracker.library.scikit_learn.splits")
    transformers = late("kerasmergelint.tracker.library.scikit_learn.transformers")
    weights = late("kerasmergelint.tracker.library.scikit_learn.weights")

_FUNCTIONS: dict[str, Native] = {
    **builtins.FUNCTIONS,
    **array_functions.FUNCTIONS,
    **array_files.FUNCTIONS,
    **random_arrays.FUNCTIONS,
    **array_joins.FUNCTIONS,
    **array_rules.FUNCTIONS,
    **standard.FUNCTIONS,
    **configuration.FUNCTIONS,
    **numeric.FUNCTIONS,
    **collections.FUNCTIONS,
    **copying.FUNCTIONS,
    **functions.FUNCTIONS,
    **inspecting.FUNCTIONS,
    **itertools.FUNCTIONS,
    **pictures.FUNCTIONS,
    **pipelines.FUNCTIONS,
    **tensor_arrays.FUNCTIONS,
    **tensor_shapes.FUNCTIONS,
    **keras.FUNCTIONS,
    **replacing.FUNCTIONS,
}
_CONSTANTS: dict[str, Value] = {
    **standard.CONSTANTS,
    **paths.CONSTANTS,
    **numeric.CONSTANTS,
    **tensorflow.CONSTANTS,
    **losses.CONSTANTS,
}

# What is known of the functions of a package is loaded when a program names one of them.
_PACKAGES = {
    "pandas": (frames,),
    "sklearn": (encoders, folds, samples, scores, splits, transformers, weights),
}


def _function(name: str) -> Native | None:
    """The function that models a name in its usual spelling."""
    for module in _PACKAGES.get(name.partition(".")[0], ()):
        found: Native | None = loaded(module).FUNCTIONS.get(name)
        if found is not None:
            return found
    return _FUNCTIONS.get(name)


_CHANGES_NOTHING = frozenset(
    {"numpy", "tensorflow", "keras", "tf_keras", "os", "sys", "math", "json", "logging", "pandas",
     "matplotlib", "sklearn", "cv2", "time", "pathlib", "glob", "re", "warnings", "pprint",
     "argparse", "pickle", "h5py", "skimage", "PIL", "scipy", "tqdm", "inspect", "typing"}
)  # fmt: skip


def call(
    interp: Interpreter, callee: External, args: Args, keywords: Keywords, site: Site
) -> Value:
    """Call a function or class of a library."""
    meaning = _meaning(callee.dotted)
    if meaning.of_numpy is not None and REST in keywords:
        return interp.unknown(f"an argument of {meaning.name}")
    if not callee.dotted.startswith("tensorflow."):
        no_numbers.refuse(interp, meaning.name, args, site)
    found = _called(interp, meaning, args, keywords, site)
    if meaning.outside:
        interp.doubts += 1
    if meaning.of_numpy is None:
        return found
    found = column_results.told(meaning.of_numpy, args, keywords, found)
    return array_writes.noted(meaning.of_numpy, args, keywords, found)


# Of these the result is modelled, and not what the functions do that they are given.
_RUN_UNSEEN = frozenset(
    {"re.sub", "re.subn", "json.loads", "json.load", "tensorflow.py_function",
     "tensorflow.numpy_function", "tensorflow.data.Dataset.from_generator"}
)  # fmt: skip
# What their functions find outside of the program decides whether they raise.
_OUTSIDE = frozenset(
    {"open", "io", "os", "shutil", "subprocess", "socket", "importlib", "urllib", "glob", "pathlib"}
)
_READS_FILES = frozenset(array_files.FUNCTIONS)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What is known of a dotted name, however often it is called.

    ``name`` is its usual spelling, ``of_numpy`` that within NumPy; ``native`` the function that models it.
    """

    dotted: str
    name: str
    native: Native | None
    of_numpy: str | None
    of_keras: bool
    unseen: bool
    outside: bool


@lru_cache(maxsize=4096)
def _meaning(dotted: str) -> _Meaning:
    name = normal(dotted)
    native = _function(name) or third_party.find(dotted)
    outside = name.partition(".")[0] in _OUTSIDE
    return _Meaning(
        dotted,
        name,
        native,
        of_numpy=name.removeprefix("numpy.") if name.startswith("numpy.") else None,
        of_keras=keras.is_keras(dotted),
        unseen=native is None or name in _RUN_UNSEEN,
        outside=name in _READS_FILES
        or (outside and not name.startswith(("os.path.", "io.StringIO"))),
    )


def _called(
    interp: Interpreter, meaning: _Meaning, args: Args, keywords: Keywords, site: Site
) -> Value:
    dotted, native = meaning.dotted, meaning.native
    if meaning.unseen:
        forget_functions(interp.heap, (*args, *keywords.values()), f"passed to {dotted}")
    if native is not None:
        given = native(interp, args, keywords, site)
        return _of_tensorflow(meaning.dotted, limits.bounded(interp, given))
    if meaning.of_keras:
        refused = object_arguments.of_constructor(interp, dotted, args, keywords)
        if refused is not None:
            again = interp.recipe("function", dotted, args, keywords)
            return interp.broken(refused, site, dotted.rpartition(".")[2], None, again)
        found = keras.find(interp, dotted)
        if found is not None:
            return found(interp, args, keywords, site)
    of_class = constants.of_class(interp, meaning.name, args, keywords, site)
    if of_class is not None:
        return of_class
    if meaning.of_numpy is not None:
        through = through_op(meaning.of_numpy)
        return _of_tensorflow(dotted, through(interp, args, keywords, site))
    if dotted.partition(".")[0] not in _CHANGES_NOTHING:
        interp.forget((*args, *keywords.values()), f"passed to {dotted}")
    reason = missing_names.why_missing(dotted) or f"{dotted} is not modelled"
    return UnknownV(reason, opaque((dotted, interp.opaque_term()[1])))


def _of_tensorflow(dotted: str, given: Value) -> Value:
    """What a function of TensorFlow's own NumPy gives: tensors."""
    if not dotted.startswith("tensorflow.experimental.") or not isinstance(given, TensorV):
        return given
    if given.spec.kind is not TensorKind.ARRAY:
        return given
    return TensorV(replace(given.spec, kind=TensorKind.EAGER), given.node, given.index, given.data)


def attribute(interp: Interpreter, owner: External, name: str, site: Site) -> Value:
    """``owner.name``"""
    if name == "__name__" and "." not in owner.dotted:
        return class_name(owner.dotted)
    live = configuration.live(interp, owner.dotted, name)
    if live is not None:
        return live
    if interp.patched and _patched(owner, name) in interp.patched:
        return _as_patched(interp, owner, name)
    if _is_gone(interp, owner, name):
        raise interp.raised("AttributeError", f"TensorFlow 2 has no {name}")
    value, of_keras = _member(owner.dotted, name)
    if of_keras:
        missing_names.check_name(interp, f"{owner.dotted}.{name}", site)
    return value


def has_attribute(interp: Interpreter, owner: External, name: str) -> bool | None:
    """``hasattr``: a name that no Keras has exists if the program itself set it."""
    dotted = owner.child(name).dotted
    gone = _is_gone(interp, owner, name) or missing_names.lacks(interp, dotted)
    return _patched(owner, name) in interp.patched if gone else None


def _is_gone(interp: Interpreter, owner: External, name: str) -> bool:
    """Whether TensorFlow had a name at its top that what runs the program certainly has not."""
    return owner.dotted == "tensorflow" and name in GONE and not interp.has_tensorflow_1


def set_attribute(
    interp: Interpreter, owner: External, name: str, content: Value, site: Site
) -> None:
    interp.patched.add(_patched(owner, name))
    interp.path.written[("patched", _patched(owner, name))] = content
    if name in _DECIDE_WHAT_A_LAYER_DOES:
        interp.patched.add(owner.dotted.removeprefix("tensorflow."))


_DECIDE_WHAT_A_LAYER_DOES = frozenset(
    {"__init__", "__call__", "build", "call", "compute_output_shape"}
)


def _patched(owner: External, name: str) -> str:
    """The name by which an attribute of a library is noted that the program itself sets."""
    return owner.child(name).dotted.removeprefix("tensorflow.")


def _as_patched(interp: Interpreter, owner: External, name: str) -> Value:
    """What the program has put there, if it did so on the way; else that may still come."""
    noted = ("patched", _patched(owner, name))
    if noted in interp.path.written:
        return interp.path.written[noted]
    return interp.unknown(f"the program itself sets {owner.dotted}.{name}")


def star_names(interp: Interpreter, dotted: str) -> star_imports.Starred | None:
    """The names that ``from library import *`` binds, if known."""
    return star_imports.star_names(dotted, interp.version)


@lru_cache(maxsize=4096)
def _member(owner: str, name: str) -> tuple[Value, bool]:
    """A member of a library, and whether it is one of Keras's names."""
    dotted = f"{owner}.{name}"
    if normal(dotted) in _CONSTANTS:
        return _CONSTANTS[normal(dotted)], False
    return External(dotted), inner_path(dotted) is not None


@lru_cache(maxsize=4096)
def normal(dotted: str) -> str:
    """One spelling for the several names of the same function."""
    for prefix, plain in _PREFIXES:
        if dotted.startswith(prefix):
            return plain + dotted[len(prefix) :]
    return dotted


_PREFIXES = (
    ("tensorflow.experimental.numpy.", "numpy."),
    ("np.", "numpy."),
    ("builtins.", ""),
    ("six.moves.", ""),
)
