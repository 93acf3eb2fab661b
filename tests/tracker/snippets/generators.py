"""Generators: laziness, send, throw, close, return and yield from."""

SNIPPETS = {
    "lazy": """
log = []
def gen():
    log.append("start")
    yield 1
    log.append("end")
g = gen()
log.append("made")
for x in g:
    log.append(x)
result = log
""",
    "interleaved with the loop": """
log = []
def gen():
    for i in range(3):
        log.append(i)
        yield i
for x in gen():
    log.append(-x)
result = log
""",
    "two steps at a time": """
def gen():
    n = 0
    while True:
        yield n
        n += 1
g = gen()
result = next(g), next(g), [next(g) for _ in range(3)]
""",
    "a loop that breaks out of an endless generator": """
def count(n):
    while True:
        yield n
        n += 1
seen = []
for n in count(5):
    if n > 8:
        break
    seen.append(n)
result = seen
""",
    "send": """
def acc():
    total = 0
    while True:
        got = yield total
        if got is None:
            break
        total += got
g = acc()
next(g)
result = g.send(3), g.send(4), next(g, "over")
""",
    "send in an expression": """
def echo():
    log = []
    log.append((yield 1))
    log.append((yield 2))
    yield log
g = echo()
next(g)
g.send("a")
result = g.send("b")
""",
    "return gives the value of yield from": """
def inner():
    yield 1
    return "inner"
def outer():
    got = yield from inner()
    yield got
result = list(outer())
""",
    "yield from lists and generators": """
def gen(n):
    if n:
        yield n
        yield from gen(n - 1)
        yield from "ab"
result = list(gen(2))
""",
    "throw": """
def gen():
    while True:
        try:
            yield "ok"
        except KeyError as error:
            yield error.args
g = gen()
next(g)
result = g.throw(KeyError("k")), next(g)
""",
    "close runs finally": """
log = []
def gen():
    try:
        yield 1
        yield 2
    finally:
        log.append("finally")
g = gen()
next(g)
g.close()
result = log, list(g)
""",
    "finally after the last item": """
log = []
def gen():
    try:
        yield 1
    finally:
        log.append("finally")
for x in gen():
    log.append(x)
result = log
""",
    "an exception in the generator": """
def gen():
    yield 1
    raise KeyError("k")
seen = []
try:
    for x in gen():
        seen.append(x)
except KeyError as error:
    seen.append(error.args)
result = seen
""",
    "StopIteration inside is a RuntimeError": """
def gen():
    yield next(iter([]))
list(gen())
""",
    "arguments are bound at the call": """
def gen(xs=[]):
    xs.append(1)
    yield xs
try:
    gen(1, 2)
except TypeError:
    result = "bound at once"
""",
    "the state of locals": """
def running():
    total, n = 0, 0
    while True:
        x = yield (total / n if n else None)
        total += x
        n += 1
avg = running()
next(avg)
result = [avg.send(x) for x in (10, 20, 60)]
""",
    "pipelines": """
def numbers(n):
    for i in range(n): yield i
def squares(xs):
    for x in xs: yield x * x
def evens(xs):
    for x in xs:
        if x % 2 == 0: yield x
result = list(evens(squares(numbers(7)))), sum(squares(numbers(4)))
""",
    "two generators in turn": """
def gen(name, n):
    for i in range(n):
        yield name + str(i)
a, b = gen("a", 2), gen("b", 3)
result = [x for pair in zip(a, b) for x in pair], list(b)
""",
    "zip takes from the first before it sees the end of the second": """
a, b = iter([1, 2, 3]), iter("x")
result = list(zip(a, b)), list(a)
""",
    "zip of an iterator with itself": """
it = iter(range(6))
result = list(zip(it, it))
""",
    "map and filter are lazy": """
log = []
def note(x):
    log.append(x)
    return x
m = map(note, [1, 2, 3])
f = filter(lambda x: note(x) > 1, [1, 2, 3])
before = list(log)
result = before, next(m), next(f), log
""",
    "enumerate, zip, islice over generators": """
from itertools import islice
def count():
    n = 0
    while True:
        yield n
        n += 1
g = count()
result = list(islice(g, 3)), next(g), list(zip("ab", g)), list(enumerate(islice(g, 2)))
""",
    "in stops at the item": """
it = iter([1, 2, 3, 4])
result = 2 in it, list(it)
""",
    "next with a default": """
it = iter([1])
result = next(it), next(it, "none"), next(it, None)
""",
    "iter with a sentinel": """
values = iter([1, 2, 0, 3])
result = list(iter(lambda: next(values), 0))
""",
    "an iterator is its own iterator": """
it = iter([1, 2])
g = (x for x in [3])
result = iter(it) is it, iter(g) is g, list(it) + list(g)
""",
    "unpacking a generator": """
def gen():
    yield 1
    yield 2
a, b = gen()
[c], *_ = [[3]], 4
result = a, b, c, [*gen(), *gen()]
""",
    "a generator method with state of its object": """
class Tree:
    def __init__(self, value, *children): self.value, self.children = value, children
    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child
result = list(Tree(1, Tree(2, Tree(3)), Tree(4)))
""",
    "return ends it early": """
def gen(n):
    for i in range(10):
        if i == n: return
        yield i
result = list(gen(3))
""",
    "yield as an expression gives None for next": """
def gen():
    got = yield 1
    yield got
result = list(gen())
""",
    "a generator that changes a list of its caller": """
def drain(queue):
    while queue:
        yield queue.pop(0)
queue, seen = [1, 2], []
for item in drain(queue):
    seen.append(item)
    if item == 2: queue.append(9)
result = seen, queue
""",
    "yield inside of with": """
log = []
class Scope:
    def __enter__(self): log.append("enter")
    def __exit__(self, *about): log.append("exit")
def gen():
    with Scope():
        yield 1
        yield 2
for x in gen():
    log.append(x)
result = log
""",
    "an exception around a loop over a generator": """
def gen():
    try:
        yield 1
    except ValueError:
        yield "inner"
try:
    for x in gen():
        raise ValueError
except ValueError:
    result = "outer"
""",
    "reversed and sorted of generators": """
result = (
    sorted((3 - n for n in range(3))), max(n * n for n in (-3, 2)), dict((n, n) for n in "ab"),
)
""",
    "join of a generator": """
result = ",".join(str(n) for n in range(4))
""",
}
