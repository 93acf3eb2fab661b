"""Results of Python's own functions, where they depend on the arguments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from kerasmergelint.syntax.flow.facts import (
    NOTHING,
    OPEN,
    PLAIN,
    Fact,
    Facts,
    held,
    items,
    union,
)


class Functions:
    """Evaluates ``zip``, ``map``, ``functools.partial`` and the like."""

    def __init__(
        self,
        of: Callable[[cst.CSTNode], Facts],
        result_of: Callable[[Fact, cst.Call], Facts],
    ) -> None:
        self._of = of
        self._result_of = result_of

    def result(self, dotted: str, call: cst.Call) -> Facts | None:
        """The result of the function; None if it is not one of these."""
        function = _SPECIAL.get(dotted)
        return None if function is None else function(self, call)

    def _argument(self, call: cst.Call, index: int) -> Facts:
        """The facts about a positional argument."""
        given = [argument for argument in call.args if argument.keyword is None]
        return self._of(given[index].value) if index < len(given) else NOTHING

    def _given(self, call: cst.Call) -> list[Facts]:
        """The positional arguments; a starred one is a single entry."""
        return [
            items(self._of(argument.value)) if argument.star else self._of(argument.value)
            for argument in call.args
            if argument.keyword is None
        ]

    def _same_items(self, call: cst.Call) -> Facts:
        """``list(x)``, ``sorted(x)``, ``dict(x)`` ...; an empty one may be filled with anything."""
        return held(items(self._argument(call, 0)) if call.args else OPEN)

    def _of_keywords(self, call: cst.Call) -> Facts:
        return held(union(self._of(argument.value) for argument in call.args) | OPEN)

    def _zipped(self, call: cst.Call) -> Facts:
        return held(held(union(map(items, self._given(call)))))

    def _enumerated(self, call: cst.Call) -> Facts:
        return held(held(PLAIN | items(self._argument(call, 0))))

    def _one_item(self, call: cst.Call) -> Facts:
        return items(self._argument(call, 0))

    def _summed(self, call: cst.Call) -> Facts:
        return items(self._argument(call, 0)) | PLAIN

    def _extreme(self, call: cst.Call) -> Facts:
        given = self._given(call)
        several = len(given) > 1 or any(argument.star for argument in call.args)
        return union(given) if several else items(union(given))

    def _mapped(self, call: cst.Call) -> Facts:
        return held(self._called(call))

    def _filtered(self, call: cst.Call) -> Facts:
        return held(items(self._argument(call, 1)))

    def _reduced(self, call: cst.Call) -> Facts:
        return self._called(call) | items(self._argument(call, 1))

    def _called(self, call: cst.Call) -> Facts:
        """The result of the function that is the first argument."""
        return union(self._result_of(fact, call) for fact in self._argument(call, 0))

    def _first(self, call: cst.Call) -> Facts:
        return self._argument(call, 0)

    def _looked_up(self, call: cst.Call) -> Facts:
        """``getattr(layers, "Add")``."""
        name = call.args[1].value if len(call.args) > 1 else None
        if not isinstance(name, cst.SimpleString) or not isinstance(name.evaluated_value, str):
            return OPEN
        if not name.evaluated_value.isidentifier():
            return OPEN  # only setattr makes such an attribute
        attribute = cst.Attribute(call.args[0].value, cst.Name(name.evaluated_value))
        return self._of(attribute) | self._argument(call, 2)

    def _plain(self, call: cst.Call) -> Facts:
        return PLAIN


_Special = Callable[[Functions, cst.Call], Facts]


def _all(names: Sequence[str], result: _Special) -> dict[str, _Special]:
    return dict.fromkeys((f"builtins.{name}" for name in names), result)


_SPECIAL: dict[str, _Special] = {
    **_all(("list", "tuple", "set", "sorted", "reversed", "iter"), Functions._same_items),
    **_all(("max", "min"), Functions._extreme),
    **dict.fromkeys(
        ("builtins.dict", "collections.OrderedDict", "collections.defaultdict", "collections.deque",
         "itertools.chain"),
        Functions._of_keywords,
    ),
    "builtins.zip": Functions._zipped,
    "builtins.enumerate": Functions._enumerated,
    "builtins.filter": Functions._filtered,
    "builtins.next": Functions._one_item,
    "builtins.sum": Functions._summed,
    "builtins.map": Functions._mapped,
    "builtins.getattr": Functions._looked_up,
    "builtins.abs": Functions._first,
    "functools.reduce": Functions._reduced,
    "functools.partial": Functions._first,
    "itertools.accumulate": Functions._same_items,
    "copy.copy": Functions._first,
    "copy.deepcopy": Functions._first,
    **dict.fromkeys(
        ("builtins.eval", "builtins.globals", "builtins.locals", "builtins.vars", "builtins.__import__",
         "importlib.import_module", "operator.itemgetter", "operator.attrgetter",
         "pickle.load", "pickle.loads", "functools.wraps", "builtins.type"),
        lambda functions, call: OPEN,
    ),
    **dict.fromkeys(("numpy.prod", "numpy.shape", "numpy.ndim"), Functions._plain),
}  # fmt: skip
