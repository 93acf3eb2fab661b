"""What a parameter is, judged by its name, annotation and default."""

from __future__ import annotations

import libcst as cst

from kerasmergelint.regex import regex
from kerasmergelint.syntax.flow.facts import NOTHING, OPEN, PLAIN, TENSOR, Facts, held

_WORD = regex(r"[^\W\d]\w*")
_NUMBERS = frozenset({"int", "float", "str", "bool", "bytes", "None", "Number", "Literal", "Path"})
_AROUND = frozenset({"Optional", "Union", "typing", "t", "Final", "ClassVar"})
_CONTAINERS = frozenset(
    {
        "list",
        "tuple",
        "dict",
        "set",
        "List",
        "Tuple",
        "Dict",
        "Set",
        "Sequence",
        "Iterable",
        "Mapping",
    }
)
_TENSORS = frozenset({"Tensor", "KerasTensor", "TensorLike"})
# Parameters that Keras itself passes to ``call``.
_FLAGS = frozenset({"training", "train", "is_training", "trainable"})


def annotated(annotation: cst.Annotation | None) -> Facts:
    """The facts in an annotation, if any."""
    if annotation is None:
        return NOTHING
    words = set(_WORD.findall(cst.Module([]).code_for_node(annotation.annotation)))
    inner = words - _AROUND - _CONTAINERS
    if words & _TENSORS:
        found = TENSOR
    elif inner and inner <= _NUMBERS:
        found = PLAIN
    else:
        return NOTHING
    return found | held(found) if words & _CONTAINERS else found


def declared(parameter: cst.Param) -> Facts:
    """What a parameter may be for any caller, its default left out."""
    if parameter.name.value in _FLAGS:
        return PLAIN
    return annotated(parameter.annotation) or OPEN
