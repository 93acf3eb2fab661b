"""What calling something gives, and where the arguments go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from kerasmergelint.keras_api.merge_names import Role, meaning
from kerasmergelint.syntax.flow.classes import Classes, Evaluate
from kerasmergelint.syntax.flow.facts import (
    ARRAY,
    NOTHING,
    OPEN,
    PLAIN,
    TENSOR,
    Defined,
    Fact,
    Facts,
    Giving,
    Kind,
    Made,
    Method,
    Named,
    held,
    items,
    union,
)
from kerasmergelint.syntax.flow.variables import Variables

RESULT = "the result"
_CLASSES = (Role.MERGE_LAYER, Role.LAMBDA, Role.LAYER, Role.MODEL)
_TENSORS = (Role.MERGE, Role.JOIN_OP, Role.PAIR_OP, Role.TENSOR)


class Results:
    """Evaluates calls."""

    def __init__(self, of: Evaluate, variables: Variables, classes: Classes) -> None:
        self._of = of
        self._variables = variables
        self._classes = classes
        self._class_around: dict[cst.Call, cst.ClassDef] = {}

    def add_super(self, call: cst.Call, around: cst.ClassDef) -> None:
        """``super()``, and the class that it stands in."""
        self._class_around[call] = around

    def of(self, callee: Fact, call: cst.Call) -> Facts:
        """The value of ``callee(...)``."""
        if isinstance(callee, Named):
            return self._of_named(callee, call)
        if isinstance(callee, Giving):
            return frozenset({callee.result})
        if isinstance(callee, Method):
            return self._variables.read((callee.node, RESULT))
        if isinstance(callee, Defined):
            if isinstance(callee.node, cst.ClassDef):
                return frozenset({Made(callee)})
            return self._variables.read((callee.node, RESULT))
        if isinstance(callee, Made):
            return self._of_instance(callee)
        return OPEN if callee is Kind.OPEN else NOTHING

    def _of_instance(self, instance: Made) -> Facts:
        if isinstance(instance.of, Named):
            return TENSOR if meaning(instance.of.dotted).role in _CLASSES else OPEN
        node = instance.of.node
        if not isinstance(node, cst.ClassDef):
            return OPEN
        if self._classes.is_layer(node):
            return TENSOR
        method = self._classes.method(node, "__call__")
        return OPEN if method is None else self._variables.read((method, RESULT))

    def _of_named(self, callee: Named, call: cst.Call) -> Facts:
        special = _SPECIAL.get(callee.dotted)
        if special is not None:
            return special(self, call)
        owner, _, last = callee.dotted.rpartition(".")
        if last == "from_config":
            return frozenset({Made(Named(owner))})
        role = meaning(callee.dotted).role
        if role in _CLASSES:
            return frozenset({Made(callee)})
        if role in _TENSORS:
            return TENSOR
        return {Role.ARRAY: ARRAY, Role.PLAIN: PLAIN}.get(role, OPEN)

    # -- functions of Python -----------------------------------------------------------------

    def argument(self, call: cst.Call, index: int) -> Facts:
        """What is known of a positional argument."""
        given = [argument for argument in call.args if argument.keyword is None]
        return self._of(given[index].value) if index < len(given) else NOTHING

    def _given(self, call: cst.Call) -> list[Facts]:
        """The positional arguments; one entry for all that a star brings."""
        return [
            items(self._of(argument.value)) if argument.star else self._of(argument.value)
            for argument in call.args
            if argument.keyword is None
        ]

    def _same_items(self, call: cst.Call) -> Facts:
        """``list(x)``, ``sorted(x)``, ``dict(x)`` ...; an empty one may be filled with anything."""
        return held(items(self.argument(call, 0)) if call.args else OPEN)

    def _of_keywords(self, call: cst.Call) -> Facts:
        return held(union(self._of(argument.value) for argument in call.args) | OPEN)

    def _zipped(self, call: cst.Call) -> Facts:
        return held(held(union(map(items, self._given(call)))))

    def _enumerated(self, call: cst.Call) -> Facts:
        return held(held(PLAIN | items(self.argument(call, 0))))

    def _one_item(self, call: cst.Call) -> Facts:
        return items(self.argument(call, 0))

    def _summed(self, call: cst.Call) -> Facts:
        return items(self.argument(call, 0)) | PLAIN

    def _extreme(self, call: cst.Call) -> Facts:
        given = self._given(call)
        several = len(given) > 1 or any(argument.star for argument in call.args)
        return union(given) if several else items(union(given))

    def _mapped(self, call: cst.Call) -> Facts:
        return held(self._called(call))

    def _filtered(self, call: cst.Call) -> Facts:
        return held(items(self.argument(call, 1)))

    def _reduced(self, call: cst.Call) -> Facts:
        return self._called(call) | items(self.argument(call, 1))

    def _called(self, call: cst.Call) -> Facts:
        """The result of the function that is the first argument."""
        return union(self.of(fact, call) for fact in self.argument(call, 0))

    def _first(self, call: cst.Call) -> Facts:
        return self.argument(call, 0)

    def _looked_up(self, call: cst.Call) -> Facts:
        """``getattr(layers, "Add")``."""
        name = call.args[1].value if len(call.args) > 1 else None
        if not isinstance(name, cst.SimpleString) or not isinstance(name.evaluated_value, str):
            return OPEN
        attribute = cst.Attribute(call.args[0].value, cst.Name(name.evaluated_value))
        return self._of(attribute) | self.argument(call, 2)

    def _super(self, call: cst.Call) -> Facts:
        around = self._class_around.get(call)
        bases = NOTHING if around is None else self._classes.bases(around)
        made = {Made(base) for base in bases if isinstance(base, (Named, Defined))}
        return frozenset(made) or OPEN

    def _plain(self, call: cst.Call) -> Facts:
        return PLAIN


_Special = Callable[[Results, cst.Call], Facts]


def _all(names: Sequence[str], result: _Special) -> dict[str, _Special]:
    return dict.fromkeys((f"builtins.{name}" for name in names), result)


_SPECIAL: dict[str, _Special] = {
    **_all(("list", "tuple", "set", "sorted", "reversed", "iter"), Results._same_items),
    **_all(("max", "min"), Results._extreme),
    **dict.fromkeys(
        ("builtins.dict", "collections.OrderedDict", "collections.defaultdict", "collections.deque",
         "itertools.chain"),
        Results._of_keywords,
    ),
    "builtins.zip": Results._zipped,
    "builtins.enumerate": Results._enumerated,
    "builtins.filter": Results._filtered,
    "builtins.next": Results._one_item,
    "builtins.sum": Results._summed,
    "builtins.map": Results._mapped,
    "builtins.getattr": Results._looked_up,
    "builtins.super": Results._super,
    "builtins.abs": Results._first,
    "functools.reduce": Results._reduced,
    "functools.partial": Results._first,
    "itertools.accumulate": Results._same_items,
    "copy.copy": Results._first,
    "copy.deepcopy": Results._first,
    **dict.fromkeys(
        ("builtins.eval", "builtins.globals", "builtins.locals", "builtins.vars", "builtins.__import__",
         "importlib.import_module", "operator.itemgetter", "operator.attrgetter",
         "pickle.load", "pickle.loads", "functools.wraps", "builtins.type"),
        lambda results, call: OPEN,
    ),
    **dict.fromkeys(("numpy.prod", "numpy.shape", "numpy.ndim"), Results._plain),
}  # fmt: skip
