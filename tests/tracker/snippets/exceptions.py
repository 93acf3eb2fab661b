"""Exceptions: what handlers bind, and which of them is meant; ``test_try`` covers the rest."""

SNIPPETS = {
    "the name is unbound after the handler": """
try:
    1 / 0
except ZeroDivisionError as error:
    pass
try:
    error
except NameError:
    result = "unbound"
""",
    "the name is unbound when the handler leaves": """
error = "before"
for _ in "a":
    try:
        raise KeyError
    except KeyError as error:
        continue
result = "error" in globals()
""",
    "handlers in order": """
found = []
for cls in (IndexError, KeyError, OSError, ArithmeticError):
    try:
        raise cls
    except LookupError:
        found.append("lookup")
    except (OSError, ValueError):
        found.append("os")
    except Exception:
        found.append("other")
result = found
""",
    "arguments": """
try:
    raise ValueError("a", 2)
except ValueError as error:
    result = error.args
""",
    "a class of its own with attributes": """
class Failed(Exception):
    def __init__(self, code, text="none"):
        super().__init__(text)
        self.code = code
try:
    raise Failed(3)
except Failed as error:
    result = error.code, error.args
""",
    "a class of its own without constructor": """
class Failed(Exception):
    level = 7
try:
    raise Failed(1, 2)
except Failed as error:
    result = error.args, error.level, isinstance(error, Failed), isinstance(error, KeyError)
""",
    "a class of its own that shadows a builtin": """
class KeyError(Exception):
    pass
try:
    {}["a"]
except KeyError:
    result = "own"
except LookupError:
    result = "builtin"
""",
    "which classes": """
def caught(error, cls):
    try:
        raise error
    except cls:
        return True
    except BaseException:
        return False
result = [
    caught(KeyError(), LookupError), caught(IndexError, LookupError), caught(LookupError, KeyError),
    caught(FileNotFoundError(), OSError), caught(FileNotFoundError(), IOError),
    caught(UnicodeDecodeError("a", b"", 0, 1, ""), ValueError), caught(SystemExit(), Exception),
    caught(KeyboardInterrupt, Exception), caught(StopIteration, Exception),
    caught(ModuleNotFoundError, ImportError), caught(NotImplementedError, RuntimeError),
    caught(RecursionError, RuntimeError), caught(ZeroDivisionError, ArithmeticError),
    caught(OverflowError, ArithmeticError), caught(TypeError, (ValueError, TypeError)),
    caught(BlockingIOError, EnvironmentError), caught(GeneratorExit, Exception),
]
""",
    "return in finally swallows": """
def f():
    try:
        raise ValueError
    finally:
        return "finally"
result = f()
""",
    "finally after return sees the value that was computed": """
def f():
    n = 1
    try:
        return n
    finally:
        n = 2
def g():
    xs = [1]
    try:
        return xs
    finally:
        xs.append(2)
result = f(), g()
""",
    "raise from": """
try:
    try:
        {}["x"]
    except KeyError as error:
        raise ValueError("bad") from error
except ValueError as error:
    result = error.args
""",
    "a bare raise in a function that a handler calls": """
def again():
    raise
try:
    try:
        raise KeyError("k")
    except KeyError:
        again()
except Exception as error:
    result = type(error).__name__, error.args
""",
    "a bare raise after an inner handler": """
try:
    try:
        raise KeyError
    except KeyError:
        try:
            raise TypeError
        except TypeError:
            pass
        raise
except Exception as error:
    result = type(error).__name__
""",
    "a bare raise without exception": """
raise
""",
    "raising what is no exception": """
raise "text"
""",
    "assert": """
try:
    assert 1 > 2, "no"
except AssertionError as error:
    result = error.args
""",
    "the types of handlers are not evaluated before they are needed": """
log = []
def types():
    log.append("types")
    return KeyError
try:
    log.append("body")
except types():
    pass
result = log
""",
    "suppress": """
import contextlib
log = []
with contextlib.suppress(KeyError, ValueError):
    log.append("a")
    raise KeyError
    log.append("b")
try:
    with contextlib.suppress(KeyError):
        raise TypeError
except TypeError:
    log.append("type")
result = log
""",
    "suppress that is kept in a name": """
from contextlib import suppress
quiet = suppress(LookupError)
with quiet:
    [][1]
result = "after"
""",
    "a manager whose enter fails": """
log = []
class Bad:
    def __enter__(self): raise ValueError
    def __exit__(self, *about): log.append("bad exit")
class Good:
    def __enter__(self): log.append("enter")
    def __exit__(self, cls, *about): log.append(cls.__name__)
try:
    with Good(), Bad():
        log.append("body")
except ValueError:
    log.append("caught")
result = log
""",
    "a manager that swallows, and what comes after": """
class Swallow:
    def __enter__(self): return self
    def __exit__(self, cls, error, tb):
        self.seen = None if error is None else error.args
        return True
def f():
    with Swallow() as s:
        raise ValueError(3)
    return s.seen
def g():
    with Swallow():
        return "returned"
result = f(), g()
""",
    "a manager whose exit raises": """
class Raises:
    def __enter__(self): return self
    def __exit__(self, *about): raise KeyError("exit")
try:
    with Raises():
        raise ValueError
except KeyError as error:
    result = error.args
""",
    "managers made by contextmanager": """
from contextlib import contextmanager
log = []
@contextmanager
def scope(name):
    log.append("enter " + name)
    try:
        yield name.upper()
    finally:
        log.append("exit " + name)
with scope("a") as a, scope("b"):
    log.append(a)
try:
    with scope("c"):
        raise KeyError
except KeyError:
    log.append("caught")
result = log
""",
    "a contextmanager that swallows": """
from contextlib import contextmanager
@contextmanager
def quiet(default):
    try:
        yield default
    except ZeroDivisionError:
        default.append("swallowed")
log = []
with quiet(log):
    1 / 0
    log.append("never")
result = log
""",
    "nullcontext and ExitStack": """
from contextlib import nullcontext
with nullcontext(5) as n:
    result = n
""",
    "exceptions as values": """
errors = [ValueError("a"), KeyError("b")]
result = [(type(e).__name__, e.args) for e in errors], errors[0] == ValueError("a")
""",
    "StopIteration carries a value": """
def gen():
    yield 1
    return "done"
g = gen()
next(g)
try:
    next(g)
except StopIteration as stop:
    result = stop.value
""",
    "an exception in a handler replaces": """
try:
    try:
        raise KeyError
    except KeyError:
        [][0]
except Exception as error:
    result = type(error).__name__
""",
    "nested functions pass exceptions on": """
def a(): return b() + 1
def b(): return {}["x"]
try:
    a()
except KeyError:
    result = "caught"
""",
    "an exception in a default of dict.get is none": """
result = {}.get("a"), {}.get("a", 1), {"a": 0}.get("a", 1)
""",
    "text of exceptions": """
result = str(ValueError("bad")), str(KeyError("k")), str(ValueError()), str(ValueError(1, 2))
""",
}
