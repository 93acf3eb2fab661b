"""Functions: binding of arguments, defaults, closures, recursion, decorators."""

SNIPPETS = {
    "defaults are evaluated once": """
def add(item, to=[]):
    to.append(item)
    return to
add(1)
result = add(2), add(3, [])
""",
    "defaults are evaluated where the function is made": """
n = 1
def f(x=n):
    return x
n = 2
result = f()
""",
    "keyword only": """
def f(a, *, b, c=3):
    return a, b, c
result = f(1, b=2), f(b=1, a=0, c=9)
""",
    "positional only": """
def f(a, /, b, **rest):
    return a, b, rest
result = f(1, 2, a=3), f(1, b=5)
""",
    "star arguments": """
def f(*args, **kwargs):
    return args, kwargs
result = f(), f(1, 2, x=3), f(*[1, 2], *(3,), **{"a": 1}, b=2)
""",
    "star between": """
def f(a, *rest, b=0):
    return a, rest, b
result = f(1, 2, 3), f(*range(4), b=9)
""",
    "a missing argument": """
def f(a, b):
    return a
f(1)
""",
    "a missing keyword-only argument": """
def f(*, a):
    return a
f()
""",
    "too many arguments": """
def f(a):
    return a
f(1, 2)
""",
    "an unexpected keyword": """
def f(a):
    return a
f(1, b=2)
""",
    "an argument given twice": """
def f(a):
    return a
f(1, a=2)
""",
    "a keyword given twice": """
def f(**options):
    return options
f(a=1, **{"a": 2})
""",
    "a positional-only argument by name": """
def f(a, /):
    return a
f(a=1)
""",
    "a method without self": """
class Net:
    def run():
        return 1
Net().run()
""",
    "no constructor takes arguments": """
class Empty:
    pass
Empty(1)
""",
    "arguments are evaluated in order": """
calls = []
def note(x):
    calls.append(x)
    return x
def f(*args, **kwargs):
    return None
f(note(1), *[note(2)], note(3), k=note(4), **{"m": note(5)})
result = calls
""",
    "kwargs are a new dict": """
def f(**options):
    options["a"] = 2
    return options
given = {"a": 1}
result = f(**given), given
""",
    "args are a tuple": """
def f(*args):
    return args
xs = [1, 2]
got = f(*xs)
xs.append(3)
result = got
""",
    "mutable arguments are shared": """
def fill(xs, d):
    xs.append(1)
    d["k"] = xs
    xs = [9]
    return xs
xs, d = [], {}
fill(xs, d)
result = xs, d
""",
    "lambdas": """
add = lambda a, b=2, *c, d=4, **e: (a, b, c, d, e)
result = add(1), add(1, 3, 5, d=6, f=7)
""",
    "recursion": """
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
result = [fib(n) for n in range(10)]
""",
    "mutual recursion": """
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
result = even(10), odd(7), even(3)
""",
    "functions in functions": """
def outer(x):
    def middle(y):
        def inner(z):
            return x, y, z
        return inner
    return middle
result = outer(1)(2)(3)
""",
    "a loop variable in closures": """
fs = []
for i in range(3):
    def f():
        return i
    fs.append(f)
result = [f() for f in fs]
""",
    "decorators apply from below": """
log = []
def mark(name):
    log.append("make " + name)
    def decorate(f):
        log.append("apply " + name)
        return lambda: name + f()
    return decorate
@mark("a")
@mark("b")
def f():
    return "f"
result = f(), log
""",
    "a decorator without call, with wraps": """
import functools
def twice(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs), f(*args, **kwargs)
    return wrapper
@twice
def add(a, b=1):
    return a + b
result = add(1), add(1, b=5), add.__name__
""",
    "a decorator that registers": """
registry = {}
def register(f):
    registry[f.__name__] = f
    return f
@register
def first():
    return 1
@register
def second():
    return 2
result = {name: f() for name, f in registry.items()}
""",
    "a class as a decorator": """
class Count:
    def __init__(self, f):
        self.f, self.n = f, 0
    def __call__(self, *args):
        self.n += 1
        return self.f(*args)
@Count
def double(x):
    return 2 * x
double(1); double(2)
result = double(4), double.n
""",
    "a decorator of a class": """
def add_name(cls):
    cls.label = cls.__name__.lower()
    return cls
@add_name
class Net:
    pass
result = Net.label
""",
    "attributes of functions": """
def f():
    f.calls += 1
    return f.calls
f.calls = 0
f()
result = f(), f.__name__
""",
    "functions as values": """
ops = {"add": lambda a, b: a + b, "max": max}
result = ops["add"](1, 2), ops["max"](4, 9), list(map(ops["add"], [1, 2], [3, 4]))
""",
    "bound methods": """
class Acc:
    def __init__(self):
        self.items = []
    def add(self, item):
        self.items.append(item)
        return self
acc = Acc()
add = acc.add
add(1); add(2).add(3)
Acc.add(acc, 4)
result = acc.items
""",
    "no return gives None": """
def f():
    pass
def g(x):
    if x:
        return
    return 1
result = f(), g(True), g(False)
""",
    "a default that is another parameter's is not seen": """
b = 10
def f(a, b=b):
    return a + b
result = f(1), f(1, 2)
""",
    "short circuit": """
calls = []
def note(value):
    calls.append(value)
    return value
a = note(0) or note("x") or note("y")
b = note(1) and note([]) and note(2)
c = not note("")
result = a, b, c, calls
""",
    "chained comparison evaluates once and stops": """
calls = []
def note(value):
    calls.append(value)
    return value
a = note(1) < note(3) < note(2) < note(9)
result = a, calls
""",
    "chained comparison of several kinds": """
x = [1]
result = 1 < 2 < 3, 1 < 3 > 2, 1 == 1.0 != 2, x is x == [1], 1 in x == True
""",
    "conditional expressions evaluate one side": """
calls = []
def note(value):
    calls.append(value)
    return value
result = (note("a") if note(False) else note("b")), calls
""",
    "a function that is bound again": """
def f():
    return 1
g = f
def f():
    return 2
result = f(), g()
""",
    "calls through star args of methods": """
class Net:
    def block(self, *widths, **options):
        return len(widths), sorted(options)
    def build(self, *args, **kwargs):
        return self.block(*args, extra=True, **kwargs)
result = Net().build(1, 2, act="relu")
""",
    "callable": """
class A:
    def __call__(self):
        return 1
class B:
    pass
result = [callable(x) for x in (A(), B(), A, len, lambda: 0, 3, "f", None)]
""",
    "a deep default": """
def f(config={"a": [1]}):
    config["a"].append(2)
    return config
f()
result = f()
""",
    "calling what cannot be called": """
x = 3
x()
""",
}
