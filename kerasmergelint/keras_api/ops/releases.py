"""What an op does only since a release of Keras 3; nothing is said about older ones.

Measured by ``scripts/compare_keras.py``.  ``refuses`` stands for calls that older releases let pass,
``answers`` for results that were others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.operators import VECTORS_KEEP_AXES
from kerasmergelint.keras_api.releases import What
from kerasmergelint.keras_api.versions import V3, KerasVersion, Versions, before, newest


@dataclass(frozen=True, slots=True)
class Change:
    """``symbolic``: on Keras tensors, otherwise on tensors of TensorFlow."""

    release: str
    symbolic: bool
    what: What
    names: str

    @property
    def older(self) -> Versions:
        return before(self.release) & V3


_CHANGES = (
    Change("3.1", True, What.REFUSES, "expand_dims softmax"),
    Change("3.1", False, What.REFUSES, "squeeze"),
    Change("3.3", False, What.REFUSES, "swapaxes"),
    Change("3.4", False, What.REFUSES, "cross diagonal rgb_to_grayscale take_along_axis"),
    Change("3.4", False, What.ANSWERS, "diagonal hstack"),
    Change("3.6", True, What.ANSWERS, "slogdet"),
    Change("3.6", False, What.ANSWERS, "eig trace"),
    Change("3.8", True, What.ANSWERS, "trace"),
    Change("3.12", True, What.ANSWERS, "glu logsumexp"),
    Change("3.13", False, What.ANSWERS, "tile diag diagflat"),
    Change("3.14", True, What.REFUSES, "slice"),
    Change("3.14", True, What.ANSWERS, "argmax argmin quantile"),
    Change("3.15", True, What.REFUSES,
           "argsort average_pool conv conv_transpose cumprod cumsum depthwise_conv diagonal flip inner "
           "log_softmax max_pool normalize separable_conv sort stack take trace unstack"),
    Change("3.15", True, What.ANSWERS, "inner"),
    Change("3.15", False, What.REFUSES, "reshape rgb_to_grayscale"),
)  # fmt: skip


def _rows() -> Iterator[tuple[tuple[str, bool, What], Versions]]:
    for change in _CHANGES:
        for name in change.names.split():
            yield (name, change.symbolic, change.what), change.older


_OLDER: dict[tuple[str, bool, What], Versions] = {}
for _key, _versions in _rows():
    _OLDER[_key] = _OLDER.get(_key, frozenset()) | _versions
_NONE: Versions = frozenset()
# The argument that a change is about.
_ONLY_WITH = {"argmax": "keepdims", "argmin": "keepdims"}
# Changes that the rule itself covers.
_SAID_BY_RULES = {"matmul": VECTORS_KEEP_AXES}


def older(
    name: str, what: What, *, symbolic: bool, arguments: Mapping[str, object] | None = None
) -> Versions:
    """The versions before the last change of this kind, as far as it concerns a call with these arguments."""
    switch = _ONLY_WITH.get(name)
    if switch is not None and arguments is not None and arguments.get(switch) is False:
        return _NONE
    return _OLDER.get((name, symbolic, what), _NONE)


def compared(name: str, versions: Versions) -> list[KerasVersion]:
    """Those of the versions that may answer differently from the newest."""
    found = [older(name, What.ANSWERS, symbolic=symbolic) & versions for symbolic in (True, False)]
    found.append(_SAID_BY_RULES.get(name, _NONE) & versions)
    return [newest(some) for some in found if some]
