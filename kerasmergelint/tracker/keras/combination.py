"""A merge as its rule sees it, of which may be asked again what it needs."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from kerasmergelint.dataclass import dataclass
from kerasmergelint.keras_api.protocol import Nest, Outcome
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.value import Value

Rule = Callable[[Nest], Outcome]


@dataclass(frozen=True, slots=True)
class Combination:
    """A call of a layer or function, or an operator, that combines tensors.

    ``given`` are the ``operands`` as the ``rule`` takes them.  Where it is ``tentative``, only names tell
    that these are tensors, and those that are not known are tensors of any shape in ``given``.  ``key`` is
    what the rule's answer depends on besides; None if that cannot be told.
    """

    site: Site
    label: str
    operands: Value
    given: Nest
    rule: Rule
    tentative: bool = False
    key: Hashable = ()
