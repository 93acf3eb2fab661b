"""Where the arguments of a call go."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from kerasmergelint.keras_api.merge_names import Role, meaning
from kerasmergelint.syntax.flow.expressions import Expressions
from kerasmergelint.syntax.flow.facts import (
    TENSOR,
    Defined,
    Fact,
    Facts,
    Made,
    Method,
    Named,
    held,
    items,
)

Function = cst.FunctionDef | cst.Lambda

# Functions that call their first argument on the items of the others.
_ON_ITEMS = frozenset({"builtins.map", "builtins.filter", "functools.reduce", "itertools.starmap"})
_ON_TENSORS = (Role.LAMBDA, Role.TENSOR)


class Arguments:
    """Passes arguments on to the parameters of the file's functions."""

    def __init__(self, flow: Expressions) -> None:
        self._flow = flow

    def hand_over(self, call: cst.Call) -> None:
        """Pass the arguments of a call to every callee it may have."""
        for fact in self._flow.of(call.func):
            function = self._function(fact)
            if function is not None:
                self._bind(*function, call)
            elif isinstance(fact, Named):
                self._to_library(fact.dotted, call)

    def _function(self, callee: Fact) -> tuple[Function, int] | None:
        """The function that runs, and how many of its parameters are bound already."""
        if isinstance(callee, Method):
            return callee.node, 1
        made = isinstance(callee, Made)
        defined = callee.of if isinstance(callee, Made) else callee
        if not isinstance(defined, Defined):
            return None
        node, classes = defined.node, self._flow.classes
        if not isinstance(node, cst.ClassDef):
            return None if made else (node, 0)
        name = "__init__" if not made else "call" if classes.is_layer(node) else "__call__"
        method = classes.method(node, name)
        return None if method is None else (method, 1)

    def _bind(self, function: Function, skipped: int, call: cst.Call) -> None:
        parameters = function.params
        places = [*parameters.posonly_params, *parameters.params][skipped:]
        named = {p.name.value: p for p in (*places, *parameters.kwonly_params)}
        rest, others = parameters.star_arg, parameters.star_kwarg
        taken = 0
        for argument in call.args:
            facts = self._flow.of(argument.value)
            if argument.keyword is not None:
                parameter = named.get(argument.keyword.value)
                if parameter is not None:
                    self._add(parameter, facts)
                elif others is not None:
                    self._add(others, held(facts))
            elif argument.star == "*":
                for parameter in places[taken:]:
                    self._add(parameter, items(facts))
                if isinstance(rest, cst.Param):
                    self._add(rest, facts)
            elif argument.star == "":
                if taken < len(places):
                    self._add(places[taken], facts)
                elif isinstance(rest, cst.Param):
                    self._add(rest, held(facts))
                taken += 1

    def _add(self, parameter: cst.Param, facts: Facts) -> None:
        variable = self._flow.names.variable(parameter.name)
        if variable is not None:
            self._flow.variables.add(variable, facts)

    def _to_library(self, dotted: str, call: cst.Call) -> None:
        """Functions that a library calls: on tensors, if it is Keras or TensorFlow."""
        if dotted in _ON_ITEMS and call.args:
            passed = [items(self._flow.of(argument.value)) for argument in call.args[1:]]
            for parameters in self._parameters(call.args[0]):
                for index, parameter in enumerate(parameters):
                    self._add(parameter, passed[min(index, len(passed) - 1)] if passed else TENSOR)
        elif meaning(dotted).role in _ON_TENSORS:
            for argument in call.args:
                for parameters in self._parameters(argument):
                    for parameter in parameters:
                        self._add(parameter, TENSOR)

    def _parameters(self, argument: cst.Arg) -> Iterator[list[cst.Param]]:
        """The parameters of functions that are passed as arguments."""
        for fact in self._flow.of(argument.value):
            function = None if isinstance(fact, Made) else self._function(fact)
            if function is not None:
                given = function[0].params
                yield [*given.posonly_params, *given.params][function[1] :]
