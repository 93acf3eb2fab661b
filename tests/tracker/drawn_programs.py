"""Programs drawn at random: statements in each other that note what runs, in a function or a generator."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from textwrap import indent

_START = """
class Own(LookupError):
    pass

class Manager:
    def __init__(self, swallows):
        self.swallows = swallows

    def __enter__(self):
        log.append("enter")
        return len(log)

    def __exit__(self, cls, error, traceback):
        log.append("exit")
        return cls is not None and issubclass(cls, self.swallows)

log = []
n = 0

def note(what):
    global n
    n += 1
    log.append(what)
    return n

def run():
{body}
    return note("end")

{prepare}
try:
    outcome = {call}
except Exception as error:
    outcome = type(error).__name__
result = log, n, outcome
"""
_CALLS = {
    "function": "run()",
    "generator": "[note(item) for item in run()]",
    "half a generator": "[next(first, 'none'), note('between'), next(first, 'none'), first.close()]",
    "zip of two generators": "[list(zip(first, range(4), second)), first.close(), second.close()]",
}
KINDS = tuple(_CALLS)

_CLASSES = ("KeyError", "LookupError", "Own", "ValueError", "(TypeError, Own)", "Exception")
_RAISED = ("KeyError('k')", "Own", "ValueError", "TypeError()", "IndexError")


def program(seed: int, kind: str) -> str:
    """The program of a seed."""
    drawing = _Drawing(Random(f"{seed} {kind}"), yields=kind != "function")
    body = indent(drawing.block(depth=4), "    ")
    prepare = "" if kind == "function" else "first, second = run(), run()"
    return _START.format(body=body, prepare=prepare, call=_CALLS[kind])


class _Drawing:
    def __init__(self, random: Random, *, yields: bool) -> None:
        self._random = random
        self._yields = yields
        self._loops = 0
        self._handlers = 0
        self._names = 0

    def block(self, depth: int) -> str:
        count = self._random.randint(1, 3)
        statements = [self._statement(depth) for _ in range(count)]
        if depth == 4 and self._yields:
            statements.append("yield note('last')")
        return "\n".join(statements)

    def _statement(self, depth: int) -> str:
        simple: list[Callable[[int], str]] = [self._note, self._note, self._leave]
        if self._yields:
            simple += [self._yield, self._yield]
        compound = [self._if, self._for, self._while, self._try, self._try, self._with, self._def]
        choices = simple if depth == 0 else [*simple, *compound]
        return self._random.choice(choices)(depth)

    def _inner(self, depth: int) -> str:
        return indent(self.block(depth - 1), "    ")

    # -- simple ones ---------------------------------------------------------------------

    def _note(self, depth: int) -> str:
        return self._random.choice(
            (
                "note({0})",
                "n_{0} = note('{0}')",
                "log.extend([{0}])",
                "note(n % 3)",
                "log[-1:] = [{0}, n]",
            )
        ).format(self._random.randint(0, 9))

    def _yield(self, depth: int) -> str:
        return self._random.choice(
            (
                "yield {0}",
                "note((yield {0}))",
                "got = yield n",
                "yield from [{0}, n]",
                "yield note({0})",
            )
        ).format(self._random.randint(0, 9))

    def _leave(self, depth: int) -> str:
        ways = [
            f"raise {self._random.choice(_RAISED)}",
            f"return note({self._random.randint(0, 9)})",
        ]
        if self._loops:
            ways += ["break", "continue", "break", "continue"]
        if self._handlers:
            ways.append("raise")
        way = self._random.choice(ways)
        return f"if n % {self._random.randint(1, 3)} == 0:\n    {way}"

    # -- those that hold others ----------------------------------------------------------

    def _if(self, depth: int) -> str:
        test = self._random.choice(("n % 2", "n > 4", "not log", "log and log[-1] == 3"))
        text = f"if {test}:\n{self._inner(depth)}"
        if self._random.random() < 0.5:
            text += f"\nelse:\n{self._inner(depth)}"
        return text

    def _for(self, depth: int) -> str:
        items = self._random.choice(("range(3)", "[1, 2]", "'ab'", "list(log[:3])", "[]", "{1: 2}"))
        return self._loop(f"for x_{depth} in {items}:", depth)

    def _while(self, depth: int) -> str:
        self._names += 1
        name = f"w_{self._names}"
        head = f"{name} = 0\nwhile {name} < {self._random.randint(1, 3)}:\n    {name} += 1"
        return self._loop(head, depth)

    def _loop(self, head: str, depth: int) -> str:
        self._loops += 1
        body = self._inner(depth)
        self._loops -= 1
        text = f"{head}\n{body}"
        if self._random.random() < 0.4:
            text += f"\nelse:\n{self._inner(depth)}"
        return text

    def _try(self, depth: int) -> str:
        text = f"try:\n{self._inner(depth)}"
        handlers = self._random.randint(0, 2)
        for _ in range(handlers):
            self._handlers += 1
            caught = self._random.choice(_CLASSES)
            text += (
                f"\nexcept {caught} as error:\n    note(type(error).__name__)\n{self._inner(depth)}"
            )
            self._handlers -= 1
        if handlers and self._random.random() < 0.5:
            text += f"\nelse:\n{self._inner(depth)}"
        if not handlers or self._random.random() < 0.5:
            text += f"\nfinally:\n{self._inner(depth)}"
        return text

    def _with(self, depth: int) -> str:
        swallows = self._random.choice(("KeyError", "Own", "(ValueError, TypeError)", "()"))
        return f"with Manager({swallows}) as m_{depth}:\n    note(m_{depth})\n{self._inner(depth)}"

    def _def(self, depth: int) -> str:
        """A function in the function, which is called; it may yield as well."""
        self._names += 1
        name = f"f_{self._names}"
        loops, self._loops = self._loops, 0
        handlers, self._handlers = self._handlers, 0
        body = self._inner(depth)
        self._loops, self._handlers = loops, handlers
        call = f"note(list({name}()))" if "yield" in body else f"note({name}())"
        return f"def {name}():\n{body}\n{call}"
