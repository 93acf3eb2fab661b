"""Comprehensions: their scopes, and what is evaluated when."""

SNIPPETS = {
    "the variable does not leak": """
x = "outer"
squares = [x * x for x in range(3)]
result = squares, x
""",
    "conditions and nested loops": """
result = [(a, b) for a in range(4) if a % 2 for b in range(a) if b != 1]
""",
    "nested comprehensions": """
result = [[i * j for j in range(3)] for i in range(2)]
""",
    "the inner iterable sees the outer variable": """
result = [y for x in [[1, 2], [3]] for y in x]
""",
    "dict and set": """
result = {k: v for v, k in enumerate("abca")}, {n % 3 for n in range(7)}
""",
    "a dict evaluates its key first": """
calls = []
def note(what):
    calls.append(what)
    return what
made = {note("key"): note("value") for _ in range(1)}
result = calls
""",
    "closures see the last value": """
result = [f() for f in [lambda: i for i in range(3)]]
""",
    "closures with a default": """
result = [f() for f in [lambda i=i: i for i in range(3)]]
""",
    "a walrus binds outside": """
values = [last := n * 2 for n in range(4)]
result = values, last
""",
    "a walrus in the condition": """
result = [y for x in range(6) if (y := x * x) > 5]
""",
    "the first iterable is evaluated at once": """
xs = [1, 2]
lazy = (x for x in xs)
xs = [7]
result = list(lazy)
""",
    "a generator expression is lazy": """
calls = []
def note(n):
    calls.append(n)
    return n
lazy = (note(n) for n in range(3))
before = list(calls)
first = next(lazy)
result = before, first, calls
""",
    "a generator expression sees later changes of other names": """
factor = 1
lazy = (factor * n for n in range(3))
factor = 10
result = list(lazy)
""",
    "a generator expression is used up": """
lazy = (n for n in range(3))
result = sum(lazy), list(lazy)
""",
    "any stops early": """
calls = []
def check(n):
    calls.append(n)
    return n > 1
result = any(check(n) for n in range(5)), calls
""",
    "all stops early": """
lazy = (n for n in [1, 0, 2])
result = all(lazy), list(lazy)
""",
    "a comprehension in a class body": """
class Net:
    n = 3
    widths = [2 ** i for i in range(n)]
result = Net.widths
""",
    "conditional expressions inside": """
result = ["even" if n % 2 == 0 else n for n in range(4)]
""",
    "unpacking in the target": """
result = [a + sum(b) for a, *b in [(1, 2, 3), (4,)]]
""",
    "a comprehension in a function with its own names": """
def f(n):
    return [n + m for m in range(n)] + [n]
result = f(3)
""",
    "a set of constants in a fixed result": """
result = sorted({3, 1, 2, 3}), len({1, 1.0, True})
""",
    "an exception inside": """
def fail(n):
    if n == 2:
        raise KeyError(n)
    return n
done = []
try:
    done = [fail(n) for n in range(4)]
except KeyError as error:
    done.append(error.args)
result = done
""",
    "keys that are equal": """
result = {1: "a", True: "b", 1.0: "c"}
""",
}
