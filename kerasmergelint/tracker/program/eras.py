"""The eras of Keras: how much the rules know about each, and what is certain in the earlier ones.

The rules for Keras 2 are those of its last release.  Keras 2.0 to 2.3, which were not part of TensorFlow,
accepted the arguments of Keras 1, gave other names to the layers of their applications, and had another
`K.batch_dot`; about Keras 1 the rules know nothing.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator

from kerasmergelint.keras_api.causes import Plain
from kerasmergelint.keras_api.protocol import Hazard, ProblemKind
from kerasmergelint.regex import regex
from kerasmergelint.tracker.machine.events import Event


class Era(enum.Enum):
    KNOWN = "Keras 2.4 or later"
    ANY_2 = "Keras 2, of which nothing tells the release"
    EARLY_2 = "Keras 2.0 to 2.3"
    KERAS_1 = "Keras 1"
    OWN = "a Keras of the project's own"


_IN_ORDER = (Era.KNOWN, Era.ANY_2, Era.EARLY_2, Era.KERAS_1, Era.OWN)

# What merges and layers check has not changed since Keras 2.0.  Names, other calls and what constructors
# take have: `ZeroPadding2D({"top_pad": 1})` made a layer, and so did `Dropout(1.5)`.
_LIKE_TODAY = frozenset(
    {ProblemKind.CONCAT_SIZES, ProblemKind.CONCAT_RANKS, ProblemKind.AXIS_RANGE, ProblemKind.MERGE_INPUTS,
     ProblemKind.NO_INPUTS, ProblemKind.BROADCAST, ProblemKind.DOT_AXES, ProblemKind.INPUT_RANK,
     ProblemKind.NEGATIVE_DIM, ProblemKind.RESHAPE, ProblemKind.UNDEFINED_DIM, ProblemKind.PINNED,
     ProblemKind.LAYER_INPUTS, ProblemKind.LAYER_AS_TENSOR,
     ProblemKind.MODEL_GRAPH, ProblemKind.DATA, ProblemKind.TARGETS}
)  # fmt: skip
# `Convolution2D(32, 3, 3)` is a window of 3 by 3 in Keras 1, and a stride of 3 since.  A stride as long as
# the window is usual only for 1 and 2.
_WINDOW_BY_PLACE = regex(
    r"\bConvolution[23]D\(\s*[\w.]+\s*,\s*\w+\s*,\s*\w+\s*[,)]"
    r"|\bConv[23]D\(\s*[\w.]+\s*,\s*([3-9]|[1-9]\d)\s*,\s*\1\s*[,)]"
)
_CALLED_OTHERWISE = regex(r"\bbatch_dot\b")
# Modules that later packages do not have.
_MODULES = (
    r"(?:utils\.training_utils|legacy|objectives|engine\.network|applications\.mobilenetv2"
    r"|backend\.(?:(?:tensorflow|theano|cntk|numpy)_backend|common|load_backend))\b"
)
# What came along with all names of a module, in packages that had no list of what they export.
_STRAY = (
    r"keras\.(?:layers|models|optimizers|callbacks|regularizers|initializers|losses|metrics)"
    r"[ \t]+import[ \t]+\(?(?:\w[\w ,]*,[ ]?)?K\b"
)
# What no later Keras has, nor tf-keras: the attribute of tensors, what the package `engine` exported, the
# backends beside TensorFlow, and what imports them.
_ONLY_EARLY = regex(
    r"\b_keras_shape\b|\bkeras\.(?<!\w\.keras\.)engine\.topology\b"
    r"|^[ \t\f]*from[ \t]+keras\.engine[ \t]+import[ \t]+(?:Layer|InputSpec|Input|InputLayer|Model)\b"
    rf"|^[ \t\f]*(?:import|from)[ \t]+keras\.{_MODULES}"
    r"|^[ \t\f]*from[ \t]+keras[ \t]+import[ \t]+(?:\w[\w ,]*,[ \t]*)?objectives\b"
    rf"|^[ \t\f]*from[ \t]+{_STRAY}"
    r"|\bK\.(?:tf|tensorflow_backend|(?:set_)?image_dim_ordering)\b"
    r"|\bkeras\.(?<!\w\.keras\.)backend\.tensorflow_backend\."
    r"|^[ \t\f]*(?:import|from)[ \t]+(?:keras_contrib|theano)\b",
    re.MULTILINE,
    words=(
        "_keras_shape",
        "engine",
        "K.t",
        "image_dim_ordering",
        "objectives",
        "keras_contrib",
        "theano",
        "keras.utils.training_utils",
        "keras.legacy",
        "keras.backend.",
        "keras.applications.mobilenetv2",
        "import K",
        "import (K",
        ", K",
        ",K",
    ),
)
# Without those behind a condition, or in a `try`.
_IMPORTS_EARLY = regex(
    r"^from[ \t]+keras\.engine(?:\.topology)?[ \t]+import[ \t]+(?:Layer|InputSpec|Input|InputLayer|Model)\b"
    r"|^(?:import|from)[ \t]+(?:keras_contrib|theano)\b"
    rf"|^(?:import|from)[ \t]+keras\.{_MODULES}|^from[ \t]+{_STRAY}"
    r"|^from[ \t]+keras[ \t]+import[ \t]+(?:\w[\w ,]*,[ \t]*)?objectives\b"
    r"|^(?:\w[\w, ]{0,80}=[ \t]*|if[ \t]+)?(?:keras\.backend\.tensorflow_backend\."
    r"|K\.(?:tf|tensorflow_backend|(?:set_)?image_dim_ordering)\b)",
    re.MULTILINE,
    words=(
        "keras.engine",
        "keras_contrib",
        "theano",
        "keras.utils.training_utils",
        "keras.legacy",
        "objectives",
        "keras.applications.mobilenetv2",
        "keras.backend.",
        "K.t",
        "image_dim_ordering",
        "import K",
        "import (K",
        ", K",
        ",K",
    ),
)
# An attribute that Keras sets, where the program neither sets it nor asks whether it is there.
_READS_SHAPE = regex(r"\._keras_shape\b", words=("._keras_shape",))
_ASKS_FOR_SHAPE = regex(
    r"['\"]_keras_shape['\"]|\._keras_shape\s*=(?!=)|^\s*except\b", re.MULTILINE
)
# The package `engine` under a name of the program's own: `KE.Layer`.
_NAMES_ENGINE = regex(
    r"^[ \t\f]*(?:import[ \t]+keras\.engine|from[ \t]+keras[ \t]+import[ \t]+engine)"
    r"(?:[ \t]+as[ \t]+(\w+))?[ \t]*(?:#.*)?$",
    re.MULTILINE,
    words=("keras.engine", "engine"),
)
# What no TensorFlow 2 has outside of `tf.compat.v1`, whose modules are often called `tf`, too.
_OF_TENSORFLOW_1 = (
    r"tf\.(?:placeholder|Session|contrib|to_float|to_int32|log|get_variable|variable_scope|layers"
    r"|global_variables_initializer|ConfigProto|random_normal|set_random_seed|reset_default_graph)\b"
)
_IMPORTS_CONTRIB = r"^(?:import|from)[ \t]+tensorflow\.contrib\b"
_NAMES_TENSORFLOW_1 = regex(
    rf"^[^#\n]{{0,200}}(?<![\w.\"'`]){_OF_TENSORFLOW_1}|{_IMPORTS_CONTRIB}",
    re.MULTILINE,
    words=("tf.", "tensorflow.contrib"),
)
# In each run, as far as a line can tell.
_NEEDS_TENSORFLOW_1 = regex(
    rf"{_IMPORTS_CONTRIB}|^(?:\w[\w, ]{{0,80}}=[ \t]*|with[ \t]+|){_OF_TENSORFLOW_1}",
    re.MULTILINE,
    words=("tf.", "tensorflow.contrib"),
)
_AS_ITSELF = regex(
    r"^[ \t\f]*import[ \t]+tensorflow(?:[ \t]+as[ \t]+tf)?[ \t]*(?:[#;].*)?$", re.MULTILINE
)
_KNOWS_TENSORFLOW_2 = regex(
    r"\bcompat\b|__version__|\bversion\.VERSION\b|\bdisable_v2_behavior\b|\bhasattr\(tf\b"
    r"|\btf\.GradientTape\b|@tf\.function\b|^[ \t]*except[ \t]*(?::|\(?AttributeError)",
    re.MULTILINE,
)
_IMPORTS_KERAS = regex(r"^[ \t\f]*(?:import|from)\s+keras\b", re.MULTILINE)


_FOLDER_OF_KERAS_1 = regex(r"keras[-_ ]?1(?![0-9])", re.IGNORECASE)
_ARGUMENT_OF_KERAS_1 = regex(
    r"\b(?:border_mode|dim_ordering|nb_epoch|nb_filter|subsample|W_regularizer)[ \t]*="
)


def lies_with_keras_1(text: str, folders: Iterable[str]) -> bool:
    """Whether a program is Keras 1's by its folder and by its arguments; the first lesson may be in such one.

    >>> lies_with_keras_1("model.fit(x, y, nb_epoch=3)", ["keras1-generator"])
    True
    >>> lies_with_keras_1("model.fit(x, y, epochs=3)", ["keras1"])
    False
    """
    named = any(_FOLDER_OF_KERAS_1.match(folder) for folder in folders)
    return named and _ARGUMENT_OF_KERAS_1.search(text) is not None


def gives_windows_by_place(text: str) -> bool:
    """Whether a program was written for the convolutions of Keras 1, which `tensorflow.keras` never had."""
    return _WINDOW_BY_PLACE.search(text) is not None and _IMPORTS_KERAS.search(text) is not None


def name_of_early(text: str) -> str | None:
    """A name in a program that only Keras 2.0 to 2.3 have, or that works with them alone.

    >>> name_of_early("from keras.engine.topology import Layer")
    'keras.engine'
    >>> name_of_early("import keras\\nfrom keras_contrib.layers import CRF")
    'keras_contrib'
    """
    found = _ONLY_EARLY.search(text)
    if found is None:
        return "keras.engine" if _uses_engine(text, "") else None
    return "keras.engine" if "engine" in found[0] else found[0].split()[-1].rstrip(".")


def _uses_engine(text: str, before: str) -> bool:
    """Whether a program uses what `engine` exported, under the name that it has there."""
    return any(
        re.search(
            rf"^{before}[^#\n]{{0,200}}\b{alias or 'engine'}\.(?:Layer|InputSpec|Input|InputLayer|Model)\b",
            text,
            re.MULTILINE,
        )
        for alias in _NAMES_ENGINE.findall(text)
    )


def name_of_tensorflow_1(text: str) -> str | None:
    """A name in a program that no TensorFlow 2 has where that is called ``tf``: it has an early Keras.

    >>> name_of_tensorflow_1("import tensorflow as tf\\nx = tf.to_float(y)")
    'tf.to_float'
    >>> name_of_tensorflow_1("import tensorflow.compat.v1 as tf\\nx = tf.to_float(y)")
    """
    found = _NAMES_TENSORFLOW_1.search(text)
    if found is None or _KNOWS_TENSORFLOW_2.search(text):
        return None
    if "contrib" not in found[0] and not _AS_ITSELF.search(text):
        return None
    return found[0][found[0].rindex("t", 0, found[0].rindex(".")) :]


def imports_early(text: str) -> bool:
    """Whether a program always imports what only Keras 2.0 to 2.3 have, or what works with them alone.

    >>> imports_early("from keras.engine import InputSpec")
    True
    >>> imports_early("try:\\n    import theano\\nexcept ImportError:\\n    pass")
    False
    """
    return (
        _IMPORTS_EARLY.search(text) is not None
        or _uses_engine(text, "class ")
        or (_NEEDS_TENSORFLOW_1.search(text) is not None and name_of_tensorflow_1(text) is not None)
    )


def reads_shape(text: str) -> bool:
    """Whether a program always reads the attribute of tensors that only Keras 2.0 to 2.3 have.

    >>> reads_shape("n = x._keras_shape[-1]")
    True
    >>> reads_shape("n = x._keras_shape if hasattr(x, '_keras_shape') else x.shape")
    False
    """
    return _READS_SHAPE.search(text) is not None and _ASKS_FOR_SHAPE.search(text) is None


def earliest(eras: Iterable[Era]) -> Era:
    """The earliest of several eras."""
    return max(eras, key=_IN_ORDER.index, default=Era.KNOWN)


def newest(eras: Iterable[Era]) -> Era:
    """The newest of several eras, the last one that has rules of its own."""
    return min(eras, key=_IN_ORDER.index, default=Era.KNOWN)


def of_bound(name: str, operator: str, release: str) -> Era:
    """The era to which a bound on Keras or TensorFlow confines a project.

    >>> of_bound("keras", "==", "2.2.4").value, of_bound("keras", "<", "2.0").value
    ('Keras 2.0 to 2.3', 'Keras 1')
    >>> of_bound("tensorflow", "==", "1.14.0").value, of_bound("keras", ">=", "2.2").value
    ('Keras 2.0 to 2.3', 'Keras 2.4 or later')
    """
    numbers = tuple(int(part) for part in release.split("."))
    exclusive = operator == "<"
    if operator in (">=", ">") or (operator == "^" and numbers[0] > 1):
        return Era.KNOWN
    if name != "keras":  # a TensorFlow 1 has the Keras of its time
        return Era.EARLY_2 if _reaches(numbers, (2, 0), exclusive) else Era.KNOWN
    if _reaches(numbers, (2, 0), exclusive):
        return Era.KERAS_1
    says_minor = len(numbers) > 1
    return Era.EARLY_2 if says_minor and _reaches(numbers, (2, 4), exclusive) else Era.KNOWN


def is_beside_2_3(name: str, operator: str, release: str) -> bool:
    """Whether a bound confines TensorFlow to releases that the package Keras 2.3 still ran on.

    >>> is_beside_2_3("tensorflow", "==", "2.2.0"), is_beside_2_3("tensorflow", "==", "2.3.1")
    (True, False)
    """
    if name == "keras" or operator in (">=", ">", "^", "~="):
        return False
    numbers = tuple(int(part) for part in release.split("."))
    return len(numbers) > 1 and _reaches(numbers, (2, 3), operator == "<")


def _reaches(numbers: tuple[int, ...], limit: tuple[int, int], exclusive: bool) -> bool:
    """Whether all releases up to these numbers are older than a limit."""
    padded = (*numbers, 0, 0)[:3]
    return padded < (*limit, 0) or (exclusive and padded == (*limit, 0))


def certain_in(era: Era, events: Iterable[Event], text_of: Callable[[str], str]) -> list[Event]:
    """The events that are certain for a project of this era; ``text_of`` gives a file's text by its path."""
    if era is Era.KNOWN:
        return list(events)
    if era is Era.ANY_2:  # attributes of layers became properties when TensorFlow took over
        return [e for e in events if e.problem.kind is not ProblemKind.RESERVED_ATTRIBUTE]
    return list(_certain(events, text_of)) if era is Era.EARLY_2 else []


def _certain(events: Iterable[Event], text_of: Callable[[str], str]) -> Iterator[Event]:
    for event in events:
        text = text_of(event.site.module.path)
        if gives_windows_by_place(text):
            continue
        if isinstance(event.problem, Hazard):
            yield event
            continue
        changed = event.inside_custom and _CALLED_OTHERWISE.search(text)
        # A model called its layers without their comparison with what they were built for.
        passed = event.inside_model and event.problem.kind is ProblemKind.PINNED
        same = event.problem.kind in _LIKE_TODAY or event.problem.cause is Plain.OWN_CALL
        if same and not changed and not passed:
            yield event
