"""The codes: a public interface.  A released number never changes its meaning."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Hazard, HazardKind, Problem, ProblemKind
from kerasmergelint.options import InvalidOption, parse_codes


class Family(enum.Enum):
    """What the codes of one hundred have in common."""

    MERGE = "a merge that raises"
    HAZARD = "a merge that builds but is wrong or fragile"
    SHAPE = "another shape error that Keras raises"
    MISUSE = "misuse of the merge API"
    RUN = "the first run, on the program's own data"
    NOTE = "a note about the analysis itself"


class Status(enum.Enum):
    ACTIVE = "active"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Code:
    """One code: ``title`` is for tables, ``summary`` explains it in one sentence."""

    id: str
    title: str
    family: Family
    summary: str
    by_default: bool = True
    status: Status = Status.ACTIVE


_CODES = (
    Code(
        "KML101",
        "concatenation: sizes differ off the axis",
        Family.MERGE,
        "Concatenation joins along one axis; on every other axis the operands must agree.",
    ),
    Code(
        "KML102",
        "concatenation: ranks differ",
        Family.MERGE,
        "Operands of a concatenation must have the same number of axes.",
    ),
    Code(
        "KML103",
        "axis out of range",
        Family.MERGE,
        "The merge names an axis that its operands do not have.",
    ),
    Code(
        "KML104",
        "wrong number or kind of inputs to a merge",
        Family.MERGE,
        "A merge layer takes a list of tensors: enough of them, and nothing else.",
    ),
    Code(
        "KML111",
        "element-wise merge: shapes cannot broadcast",
        Family.MERGE,
        "Element-wise merges need equal sizes on every axis, or a 1 that can be stretched.",
    ),
    Code(
        "KML121",
        "dot product: axes do not fit",
        Family.MERGE,
        "A dot product contracts two axes, which must exist and have the same size.",
    ),
    Code(
        "KML131",
        "operator or op on tensors that do not fit",
        Family.MERGE,
        "An operator such as `+` or an op such as `keras.ops.matmul` gets shapes that it refuses.",
    ),
    Code(
        "KML141",
        "failure inside a custom merge",
        Family.MERGE,
        "A layer, Lambda or function of the program's own combines tensors that do not fit.",
    ),
    Code(
        "KML201",
        "silent broadcast",
        Family.HAZARD,
        "The merge stretches both operands, or adds an axis: it builds, but is hardly intended.",
    ),
    Code(
        "KML202",
        "merge along the batch axis",
        Family.HAZARD,
        "Joining along axis 0 mixes samples: predictions no longer match the inputs.",
    ),
    Code(
        "KML203",
        "operands of different dtypes",
        Family.HAZARD,
        "The merge converts one operand silently, or fails once the model runs.",
    ),
    Code(
        "KML204",
        "operands silently dropped",
        Family.HAZARD,
        "`zip` over lists of unequal length drops the extra elements of the longer one.",
    ),
    Code(
        "KML205",
        "only works for some sizes",
        Family.HAZARD,
        "The merge builds for sizes that satisfy a condition (height % 16 == 0), and no others.",
        by_default=False,
    ),
    Code(
        "KML206",
        "merged with a constant of fixed batch size",
        Family.HAZARD,
        "The merge builds, but fails for every batch size other than the constant's.",
    ),
    Code(
        "KML207",
        "degenerate dot product",
        Family.HAZARD,
        "The dot product sums a single element, or leaves axes of size 1 in the model's output.",
    ),
    Code(
        "KML208",
        "weights that are always one",
        Family.HAZARD,
        "A softmax over a single element is always 1, so the weights change nothing.",
    ),
    Code(
        "KML301",
        "wrong input rank",
        Family.SHAPE,
        "The layer gets an input with more or fewer axes than it takes.",
    ),
    Code(
        "KML302",
        "a dimension becomes zero or negative",
        Family.SHAPE,
        "A window is larger than what it slides over, so nothing is left.",
    ),
    Code(
        "KML303",
        "reshape changes the number of elements",
        Family.SHAPE,
        "A reshape keeps every element: the products of the sizes must be equal.",
    ),
    Code(
        "KML304",
        "a dimension that the weights need is undefined",
        Family.SHAPE,
        "A layer cannot make its weights when the size that they depend on is None.",
    ),
    Code(
        "KML305",
        "layer reused on another size",
        Family.SHAPE,
        "A layer makes its weights at its first call; later inputs must fit them.",
    ),
    Code(
        "KML306",
        "an argument that the layer refuses",
        Family.SHAPE,
        "The layer raises for this argument: it is unknown, missing, or has a wrong value.",
    ),
    Code(
        "KML307",
        "wrong number or kind of inputs to a layer or model",
        Family.SHAPE,
        "The layer or model gets more or fewer tensors than it takes, or something else.",
    ),
    Code(
        "KML308",
        "a model whose graph does not hold together",
        Family.SHAPE,
        "The outputs of a model do not follow from its inputs.",
    ),
    Code(
        "KML309",
        "an exception of Python's own",
        Family.SHAPE,
        "Python itself raises on the way to a merge: an open size in arithmetic, an index, arguments.",
    ),
    Code(
        "KML401",
        "no such layer",
        Family.MISUSE,
        "Keras has no layer or function of this name, in any version still in use.",
    ),
    Code(
        "KML402",
        "a name of an older Keras",
        Family.MISUSE,
        "`merge` and `Merge` of Keras 1, or a name of Keras 2 in a program for Keras 3.",
    ),
    Code(
        "KML403",
        "a layer passed where a tensor belongs",
        Family.MISUSE,
        "The layer itself is passed on, not its output: a call is missing.",
    ),
    Code(
        "KML404",
        "tensors passed to the constructor",
        Family.MISUSE,
        "A layer takes tensors when it is called, not when it is created: `Add()([a, b])`.",
    ),
    Code(
        "KML405",
        "an attribute that Keras reserves",
        Family.MISUSE,
        "`weights`, `input`, `output` and others are read-only properties of every layer.",
    ),
    Code(
        "KML406",
        "raw TensorFlow function on a Keras tensor",
        Family.MISUSE,
        "Keras 3 refuses `tf.*` on symbolic tensors: use `keras.ops`, or a layer around it.",
    ),
    Code(
        "KML407",
        "`super().__init__()` is missing",
        Family.MISUSE,
        "A layer or model whose constructor does not call its base's fails when it is called.",
    ),
    Code(
        "KML408",
        "no such attribute",
        Family.MISUSE,
        "The tensor, layer or model does not have the attribute, or not yet.",
    ),
    Code(
        "KML501",
        "data does not fit the model's inputs",
        Family.RUN,
        "The data for `fit`, `evaluate` or `predict` differ in number, name, rank or size.",
    ),
    Code(
        "KML502",
        "targets, outputs and loss do not fit",
        Family.RUN,
        "The loss compares each output with a target, and accepts certain shapes only.",
    ),
    Code(
        "KML503",
        "builds, and fails when it runs",
        Family.RUN,
        "Keras checks less when it builds a model than when the model runs on data.",
    ),
    Code(
        "KML504",
        "cannot be saved, copied or loaded",
        Family.RUN,
        "A layer, model or function of the program's own that Keras cannot write down or make again.",
    ),
    Code(
        "KML900",
        "internal error",
        Family.NOTE,
        "A bug of ours: not all of the file was checked. Nothing is wrong with the program.",
        by_default=False,
    ),
    Code(
        "KML901",
        "merge not analysed",
        Family.NOTE,
        "The shapes of the operands could not be inferred; the note says why.",
        by_default=False,
    ),
    Code(
        "KML902",
        "finding refuted",
        Family.NOTE,
        "A bug of ours: with `--kml-confirm`, TensorFlow built what a finding said it refuses.",
        by_default=False,
    ),
)

CODES = {code.id: code for code in _CODES}

# The only place that maps causes to codes.
PROBLEMS = {
    ProblemKind.CONCAT_SIZES: "KML101",
    ProblemKind.CONCAT_RANKS: "KML102",
    ProblemKind.AXIS_RANGE: "KML103",
    ProblemKind.MERGE_INPUTS: "KML104",
    ProblemKind.NO_INPUTS: "KML104",
    ProblemKind.BROADCAST: "KML111",
    ProblemKind.DOT_AXES: "KML121",
    ProblemKind.OPERATION: "KML131",
    ProblemKind.INPUT_RANK: "KML301",
    ProblemKind.NEGATIVE_DIM: "KML302",
    ProblemKind.RESHAPE: "KML303",
    ProblemKind.UNDEFINED_DIM: "KML304",
    ProblemKind.PINNED: "KML305",
    ProblemKind.ARGUMENT: "KML306",
    ProblemKind.OLD_ARGUMENT: "KML306",
    ProblemKind.NOT_IN_KERAS_3: "KML306",
    ProblemKind.LAYER_INPUTS: "KML307",
    ProblemKind.MODEL_GRAPH: "KML308",
    ProblemKind.PYTHON: "KML309",
    ProblemKind.NO_SUCH_NAME: "KML401",
    ProblemKind.REMOVED_NAME: "KML402",
    ProblemKind.GONE_NAME: "KML402",
    ProblemKind.LAYER_AS_TENSOR: "KML403",
    ProblemKind.TENSOR_TO_CONSTRUCTOR: "KML404",
    ProblemKind.RESERVED_ATTRIBUTE: "KML405",
    ProblemKind.RAW_TF_ON_KERAS: "KML406",
    ProblemKind.NOT_INITIALISED: "KML407",
    ProblemKind.NO_ATTRIBUTE: "KML408",
    ProblemKind.DATA: "KML501",
    ProblemKind.TARGETS: "KML502",
    ProblemKind.FIRST_RUN: "KML503",
    ProblemKind.SERIALIZATION: "KML504",
}

HAZARDS = {
    HazardKind.SILENT_BROADCAST: "KML201",
    HazardKind.BATCH_CONCAT: "KML202",
    HazardKind.MIXED_DTYPES: "KML203",
    HazardKind.DROPPED_OPERAND: "KML204",
    HazardKind.CONDITIONAL: "KML205",
    HazardKind.FIXED_BATCH: "KML206",
    HazardKind.DEGENERATE_DOT: "KML207",
    HazardKind.SINGLE_WEIGHT: "KML208",
}

CUSTOM_MERGE = "KML141"
INTERNAL_ERROR = "KML900"
NOT_ANALYSED = "KML901"
REFUTED = "KML902"


def existing_codes(given: Iterable[str], key: str) -> tuple[str, ...]:
    """Codes, or prefixes of codes, that exist: a typo must not pass unnoticed.

    >>> existing_codes(["KML205", "KML9"], "kml-enable")
    ('KML205', 'KML9')
    """
    codes = parse_codes(given, key)
    for code in codes:
        if not any(known.startswith(code) for known in CODES):
            raise InvalidOption(
                f"{key}: there is no code {code}; `kerasmergelint codes` lists them"
            )
    return codes


def code_of(cause: Problem | Hazard) -> str:
    """The code of a failure or hazard.

    >>> code_of(Problem(ProblemKind.RESHAPE, "ValueError", "100 elements and 99"))
    'KML303'
    """
    if isinstance(cause, Problem):
        return PROBLEMS[cause.kind]
    return HAZARDS[cause.kind]


def within_custom_merge(code: str) -> str:
    """The code of a failure that arises in a layer, Lambda or function of the program's own.

    A failure that depends on the shapes becomes the custom merge's; one that happens whatever the
    shapes keeps its own code.

    >>> within_custom_merge("KML101"), within_custom_merge("KML405")
    ('KML141', 'KML405')
    """
    return CUSTOM_MERGE if CODES[code].family is Family.MERGE else code
