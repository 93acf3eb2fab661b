"""Whether a test asserts something on every way to its end, read from its text.

A way ends well at the end of the function or at a ``return``.  On it stands an assertion if it meets an
``assert``, a ``pytest.raises``, a method of unittest such as ``assertEqual``, or a call of a function of
the tests that itself always asserts.  A loop counts only if it certainly runs: over something written
out, or over ``some(...)``, which fails if there is nothing.  What an exception skips does not count.
"""

from __future__ import annotations

import ast

from tests.parsed import Function, Module, assigned

_RAISES = frozenset({"pytest.raises", "pytest.warns"})
_SUPPRESS = frozenset({"suppress", "contextlib.suppress"})
# These end a test in the open: it counts as skipped, or as failed.
_ENDS = frozenset({"pytest.skip", "pytest.fail", "pytest.xfail"})
# What has as many items as its first argument.
_SAME_LENGTH = frozenset({"enumerate", "sorted", "list", "tuple", "set", "reversed", "map"})
_NONEMPTY = "some"


def silent_ends(function: Function, module: Module) -> list[int]:
    """The lines at which a function may end without having asserted anything."""
    return _Walk(function, module, frozenset()).found()


# What is known at a point: whether something was asserted on every way to it; None if there is no way.
_State = bool | None


def _either(*states: _State) -> _State:
    known = [state for state in states if state is not None]
    return all(known) if known else None


class _Walk:
    """The ways through one function."""

    def __init__(self, function: Function, module: Module, above: frozenset[str]) -> None:
        self._function = function
        self._module = module
        self._above = above | {f"{module.name}.{function.name}"}
        arguments = [node for node in ast.walk(function.args) if isinstance(node, ast.arg)]
        self._parameters = {argument.arg for argument in arguments}
        self._lines: list[int] = []
        self._inner: dict[str, Function] = {}
        self._values: dict[str, ast.expr] = {}
        # For each loop around the statement: the states in which it is left, or goes on.
        self._loops: list[list[_State]] = []

    def found(self) -> list[int]:
        if self._block(self._function.body, False) is False:
            self._lines.append(self._function.end_lineno or self._function.lineno)
        return self._lines

    # -- statements ------------------------------------------------------------------------

    def _block(self, body: list[ast.stmt], state: _State) -> _State:
        for node in body:
            if state is None:
                break
            state = self._statement(node, state)
        return state

    def _statement(self, node: ast.stmt, state: _State) -> _State:
        if isinstance(node, Function):
            self._inner[node.name] = node
            return state
        if isinstance(node, ast.Assert):
            return state or self._can_fail(node.test)
        if isinstance(node, ast.Return):
            if not (state or (node.value is not None and self._asserts(node.value))):
                self._lines.append(node.lineno)
            return None
        if isinstance(node, ast.Raise):
            return None
        if isinstance(node, (ast.Continue, ast.Break)):
            self._loops[-1].append(state)
            return None
        if isinstance(node, ast.If):
            state = state or self._asserts(node.test)
            return _either(self._block(node.body, state), self._block(node.orelse, state))
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            return self._loop(node, state)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            return self._with(node, state)
        if isinstance(node, ast.Try):
            return self._try(node, state)
        if isinstance(node, ast.Match):
            cases = [self._block(case.body, state) for case in node.cases]
            return _either(state, *cases)
        self._values.update(assigned([node]))
        if isinstance(node, ast.Expr) and _called(node.value) in _ENDS:
            return None
        expressions = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        return state or any(map(self._asserts, expressions))

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, state: _State) -> _State:
        head = node.test if isinstance(node, ast.While) else node.iter
        state = state or self._asserts(head)
        self._loops.append([])
        end = self._block(node.body, state)
        first = _either(end, *self._loops.pop())
        runs = (
            isinstance(head, ast.Constant) and bool(head.value)
            if isinstance(node, ast.While)
            else self._has_items(head)
        )
        return self._block(node.orelse, first if runs else _either(state, first))

    def _with(self, node: ast.With | ast.AsyncWith, state: _State) -> _State:
        called = {_called(item.context_expr) for item in node.items}
        end = self._block(node.body, state)
        if called & _RAISES:
            return True
        return _either(state, end) if called & _SUPPRESS else end

    def _try(self, node: ast.Try, state: _State) -> _State:
        """A handler starts with what was asserted before; so does what a handler may have skipped."""
        ends = [self._block(handler.body, state) for handler in node.handlers]
        ends.append(self._block(node.orelse, self._block(node.body, state)))
        end = _either(*ends)
        return None if end is None else self._block(node.finalbody, end)

    # -- expressions -----------------------------------------------------------------------

    def _asserts(self, node: ast.expr) -> bool:
        """Whether a call that always asserts certainly happens in an expression."""
        if isinstance(node, ast.Call) and self._calls_asserting(node.func):
            return True
        if isinstance(
            node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        ):
            return False
        if isinstance(node, ast.BoolOp):
            return self._asserts(node.values[0])
        if isinstance(node, ast.IfExp):
            return self._asserts(node.test)
        return any(map(self._asserts, _parts(node)))

    def _calls_asserting(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Attribute):
            if function.attr.startswith("assert"):
                return True  # of unittest, as in the test case that libcst has for codemods
            named = [m for m in self._module.others.values() if function.attr in m.methods]
            return bool(named) and all(self._always(m.methods[function.attr], m) for m in named)
        if not isinstance(function, ast.Name) or function.id == _NONEMPTY:
            return False
        name, module = function.id, self._module
        if name in self._inner:
            return self._always(self._inner[name], module)
        if name in module.imported:
            module, name = module.imported[name]
        return name in module.functions and self._always(module.functions[name], module)

    def _always(self, function: Function, module: Module) -> bool:
        if f"{module.name}.{function.name}" in self._above or _yields(function):
            return False
        walk = _Walk(function, module, self._above)
        walk._inner = dict(self._inner)
        return not walk.found()

    def _can_fail(self, test: ast.expr) -> bool:
        """Whether an assertion depends on anything: not on what is constant, nor ``all`` of nothing."""
        if isinstance(test, (ast.Constant, ast.Lambda, ast.JoinedStr)):
            return False
        if isinstance(test, (ast.Tuple, ast.List)) and test.elts:
            return False
        if not isinstance(test, ast.Call) or _called(test) != "all":
            return True
        (things,) = test.args
        if isinstance(things, (ast.GeneratorExp, ast.ListComp)):
            return all(self._has_items(part.iter) and not part.ifs for part in things.generators)
        return self._has_items(things)

    def _has_items(self, node: ast.expr) -> bool:
        """Whether something to go through certainly is not empty."""
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return any(
                self._has_items(item.value) if isinstance(item, ast.Starred) else True
                for item in node.elts
            )
        if isinstance(node, ast.Dict):
            return bool(node.keys)
        if isinstance(node, ast.Name):
            return self._has_items_of(node.id)
        if not isinstance(node, ast.Call):
            return False
        if _called(node) == _NONEMPTY:
            return True
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("items", "keys", "values"):
            return self._has_items(node.func.value)
        if _called(node) == "range":
            return _is_long(node)
        if _called(node) == "zip":
            return bool(node.args) and all(map(self._has_items, node.args))
        place = 1 if _called(node) == "map" else 0
        return (
            _called(node) in _SAME_LENGTH
            and len(node.args) > place
            and self._has_items(node.args[place])
        )

    def _has_items_of(self, name: str) -> bool:
        if name in self._parameters:
            return False
        if name in self._values:
            return self._has_items(self._values[name])
        module = self._module
        if name in module.imported:
            module, name = module.imported[name]
        value = module.values.get(name)
        return value is not None and _Walk(self._function, module, self._above)._has_items(value)


def _parts(node: ast.AST) -> list[ast.expr]:
    """The expressions that an expression is made of."""
    found: list[ast.expr] = []
    for child in ast.iter_child_nodes(node):
        found += [child] if isinstance(child, ast.expr) else _parts(child)
    return found


def _called(node: ast.expr) -> str | None:
    """The name of the function that an expression calls."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else None


def _is_long(node: ast.Call) -> bool:
    """Whether the numbers of a ``range`` are written out, and some."""
    if not all(isinstance(arg, ast.Constant) for arg in node.args):
        return False
    return len(range(*(ast.literal_eval(arg) for arg in node.args))) > 0


def _yields(function: Function) -> bool:
    return any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(function))
