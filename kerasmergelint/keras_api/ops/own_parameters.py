"""Calls that do not fit the parameters of a function: Python raises whatever the tensors are.

The parameters are those of the newest release.  Of Keras 2 and the TensorFlow beside it nothing is
said, and nothing of ``tf.compat.v1``, whose functions take other names.
"""

from __future__ import annotations

from collections.abc import Collection

from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.keras_api.ops import binding
from kerasmergelint.keras_api.ops.binding import Signature
from kerasmergelint.keras_api.problems import refused
from kerasmergelint.keras_api.versions import V3, KerasVersion

# As `keras.ops.image` called it up to 3.3.
_ONCE = frozenset({"image", "input"})


def refuse(name: str, positional: int, keywords: Collection[str], version: KerasVersion) -> None:
    """Raises :class:`Broken` for a name that is no parameter, a missing or a superfluous argument."""
    if version not in V3 or not name.startswith(("ops.", "random.", "tf.")):
        return
    signature = binding.parameters(name, version)
    if signature is not None and not _ONCE & set(keywords):
        _compare(signature, positional, keywords)


def _compare(signature: Signature, positional: int, keywords: Collection[str]) -> None:
    names = [parameter.name for parameter in signature.named]
    strange = next((name for name in keywords if name not in names), None)
    if strange is not None and not signature.open:
        raise refused(f"has no argument `{strange}`", "TypeError")
    if positional > len(signature.first) and signature.rest is None:
        most = counted(len(signature.first), "positional argument")
        raise refused(f"takes at most {most}, got {positional}", "TypeError")
    given = {*names[:positional], *keywords}
    for parameter in signature.named:
        if parameter.required and parameter.name not in given:
            raise refused(f"is missing the argument `{parameter.name}`", "TypeError")
