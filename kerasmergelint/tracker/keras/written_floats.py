"""``image / 255.0`` of a tensor of TensorFlow's that holds integers: it makes one of the float, and fails.

Floats of NumPy's are cut instead, so the number must stand there.
"""

from __future__ import annotations

from kerasmergelint.keras_api.protocol import Problem, ProblemKind, TensorKind
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.values.graph import Role, Site, TensorV
from kerasmergelint.tracker.values.value import Value

_WHOLE = frozenset({"int8", "int16", "int32", "int64", "uint8", "uint16"})
_OF_TENSORFLOW = (TensorKind.GRAPH, TensorKind.EAGER)


def refuse(interp: Interpreter, left: Value, right: Value, site: Site) -> None:
    """An operator of a tensor of integers and a float that the program writes out."""
    node = site.node
    if not isinstance(node, ir.BinOp):
        return
    for value, other in ((left, node.right), (right, node.left)):
        if not isinstance(other, ir.Const) or type(other.value) is not float:
            continue
        if not isinstance(value, TensorV) or value.role is Role.WEIGHT:
            continue
        if value.spec.dtype in _WHOLE and value.spec.kind in _OF_TENSORFLOW:
            detail = f"a tensor of {value.spec.dtype} takes no float"
            hint = "cast it with tf.cast"
            problem = Problem(ProblemKind.OPERATION, "TypeError", detail, hint=hint)
            raise interp.fails(problem, site, (left, right))
