"""Calls of functions, classes, methods, layers, and unknown values."""

from __future__ import annotations

from itertools import takewhile

from kerasmergelint.dataclass import replace
from kerasmergelint.keras_api.numerals import counted
from kerasmergelint.syntax import ir
from kerasmergelint.tracker.machine import aside, limits
from kerasmergelint.tracker.machine.frames import Frame
from kerasmergelint.tracker.machine.interpreter import Interpreter
from kerasmergelint.tracker.python import effects, generators, own_exceptions, recursion
from kerasmergelint.tracker.python.alternatives import run_body
from kerasmergelint.tracker.python.keys import dict_key
from kerasmergelint.tracker.values.constants import to_term
from kerasmergelint.tracker.values.containers import DictV, GeneratorV, Items
from kerasmergelint.tracker.values.graph import Site
from kerasmergelint.tracker.values.objects import FunctionV, Memory
from kerasmergelint.tracker.values.scope import Scope
from kerasmergelint.tracker.values.signals import Returned
from kerasmergelint.tracker.values.terms import Term, make
from kerasmergelint.tracker.values.value import (
    REST,
    Args,
    Keywords,
    Spread,
    UnknownV,
    Value,
    named,
)

_MAX_YIELDS = 512


def call_unknown(interp: Interpreter, callee: UnknownV, args: Args, keywords: Keywords) -> Value:
    """Anything may happen to the arguments.

    The same call on the same arguments has the same value, unless it is one that goes on to the next.
    """
    for value in (*args, *keywords.values()):
        interp.forget(value, "passed to a function that is not known")
    if effects.gives_another(callee.term, arguments=bool(args or keywords)):
        effects.of_call(interp, callee.term)
        return interp.unknown(callee.reason)
    return interp.unknown(callee.reason, call_term(callee.term, args, keywords))


def call_term(callee: Term, args: Args, keywords: Keywords) -> Term:
    if callee is None or keywords:
        return None
    terms = [to_term(argument) for argument in args]
    if any(term is None and argument is not None for term, argument in zip(terms, args)):
        return None
    if not terms and isinstance(callee, tuple) and callee[0] == "attr":
        shape = _same_shape(callee[1], callee[2])
        if shape is not None:
            return shape
    return make("call", callee, *terms)


def _same_shape(owner: Term, method: Term) -> Term:
    """``x.get_shape()`` and ``x.shape.as_list()`` mean ``x.shape``."""
    if method == "get_shape":
        return make("attr", owner, "shape")
    is_shape = isinstance(owner, tuple) and owner[0] == "attr" and owner[2] == "shape"
    return owner if method == "as_list" and is_shape else None


def call_function(
    interp: Interpreter,
    function: FunctionV,
    args: Args,
    keywords: Keywords,
    site: Site,
) -> Value:
    """Run the body with the arguments bound; generators start when iterated."""
    if function.memory is not None:
        return _remembered(interp, function, function.memory, (args, keywords), site)
    if function.finish is not None:
        bare = replace(function, finish=None)
        return function.finish(interp, call_function(interp, bare, args, keywords, site))
    if function.enter is not None:
        args, keywords = function.enter(interp, args, keywords, site)
    code = function.code
    scope = Scope(interp.heap, function.scope, function.scope.module)
    bind_arguments(interp, function, args, keywords, scope, site)
    interp.entered.add(id(code))
    module = function.scope.module
    assert module is not None
    frame = Frame(scope, module, function.name, code, function.owner, None, site)
    frame.in_graph = function.enter is not None
    frame.given, frame.choices = (args, keywords), interp.choices
    if args:
        frame.receiver = args[0]
    if code.is_generator:
        body = _items(interp, code)
        around = aside.Suspension(interp, frame, scope)
        frame.generator = GeneratorV(interp.heap, body, around, code=code, most=_MAX_YIELDS)
        return frame.generator
    if recursion.goes_on(interp, frame):
        return recursion.not_followed(interp, function, frame)
    with aside.within(interp, frame):
        signal = run_body(interp, code.body)
    return signal.value if isinstance(signal, Returned) else None


def _remembered(
    interp: Interpreter,
    function: FunctionV,
    memory: Memory,
    given: tuple[Args, Keywords],
    site: Site,
) -> Value:
    """The earlier result for the same arguments."""
    args, keywords = given
    answers = memory.answers
    key = dict_key((tuple(args), tuple(keywords.items())))
    if key is not None and key[0] in answers.items:
        interp.heap.touch(answers)
        result = answers.items.pop(key[0])
    else:
        result = call_function(interp, replace(function, memory=None), args, keywords, site)
        interp.heap.touch(answers)
    if key is not None:
        answers.items[key[0]] = result  # as the latest entry
        if memory.most is not None and len(answers.items) > memory.most:
            del answers.items[next(iter(answers.items))]
    return result


def _items(interp: Interpreter, code: ir.FunctionCode) -> Items:
    signal = yield from generators.run(interp, code.body)
    return signal.value if isinstance(signal, Returned) else None


def bind_arguments(
    interp: Interpreter,
    function: FunctionV,
    args: Args,
    keywords: Keywords,
    scope: Scope,
    site: Site,
) -> None:
    """Bind arguments by Python's rules; raises TypeError if Python certainly would."""
    variables = scope.variables
    kinds = list(map(type, args))
    spread = kinds.index(Spread) if Spread in kinds else None
    positional = args if spread is None else args[:spread]
    open_keywords = REST in keywords
    unsure = spread is not None or open_keywords
    left = dict(keywords)
    left.pop(REST, None)
    taken = 0  # of the positional ones
    given = args, keywords
    if left and not unsure:
        _check_names(interp, function, given, site)
    for parameter in function.code.parameters:
        name, kind = parameter.name, parameter.kind
        if kind == "positional" or kind == "positional_only":
            if taken < len(positional):
                variables[name] = positional[taken]
                taken += 1
                if name in left and kind == "positional":
                    raise interp.raised("TypeError", f"{function.name}() gets `{name}` twice")
            elif name in left and kind == "positional":
                variables[name] = left.pop(name)
            else:
                variables[name] = _missing(interp, function, parameter, given, unsure, site)
        elif kind == "var_positional":
            rest = tuple(positional[taken:])
            variables[name] = (
                interp.unknown("*args") if spread is not None else limits.bounded(interp, rest)
            )
            taken = len(positional)
        elif kind == "keyword":
            if name in left:
                variables[name] = left.pop(name)
            else:
                variables[name] = _missing(interp, function, parameter, given, open_keywords, site)
        else:
            made = DictV(interp.heap, left)
            made.open = open_keywords
            variables[name] = made
            left = {}
    if taken < len(positional) or left:
        wrong = _left_over(function, taken, len(positional), left)
        raise own_exceptions.surplus(interp, function, given, wrong, site)


def _check_names(
    interp: Interpreter, function: FunctionV, given: tuple[Args, Keywords], site: Site
) -> None:
    """Refuse keywords that name no parameter, which Python looks at before it misses others."""
    taken = {one.name for one in function.code.parameters if one.kind in ("positional", "keyword")}
    strange: Keywords = {name: value for name, value in given[1].items() if name not in taken}
    takes_any = any(one.kind == "var_keyword" for one in function.code.parameters)
    if strange and not takes_any:
        raise own_exceptions.surplus(
            interp, function, given, _left_over(function, 0, 0, strange), site
        )


def _left_over(function: FunctionV, taken: int, given: int, left: Keywords) -> str:
    """What is wrong with arguments that find no parameter; ``self`` does not count."""
    if left:
        return f"takes no argument {', '.join(f'`{name}`' for name in left)}"
    parameters = function.code.parameters
    own = bool(parameters) and parameters[0].name in ("self", "cls")
    return f"takes {counted(taken - own, 'positional argument')}, not {given - own}"


def _missing(
    interp: Interpreter,
    function: FunctionV,
    parameter: ir.Parameter,
    given: tuple[Args, Keywords],
    unsure: bool,
    site: Site,
) -> Value:
    if unsure:
        return interp.unknown(f"the argument {parameter.name} may come through * or **")
    if parameter.name in function.defaults:
        return function.defaults[parameter.name]
    raise own_exceptions.misses(interp, function, parameter.name, given, site)


def bind_native(
    interp: Interpreter,
    names: tuple[str, ...],
    args: Args,
    keywords: Keywords,
) -> dict[str, Value]:
    """The arguments of a library function by name; surplus ones are left out.

    What ``*values`` and ``**values`` may give is unknown.
    """
    if REST not in keywords and Spread not in map(type, args):
        bound = dict(zip(names, args))
        return {**bound, **named(keywords)} if keywords else bound
    bound = {name: interp.unknown(f"the argument {name} may be given") for name in names}
    certain = takewhile(lambda value: not isinstance(value, Spread), args)
    return {**bound, **dict(zip(names, certain)), **named(keywords)}
