"""Private names mean what CPython compiles them to, and are shown as they were written."""

from __future__ import annotations

import ast
from types import CodeType

import pytest

from kerasmergelint.options import Settings
from kerasmergelint.rules.check import check_source
from kerasmergelint.syntax.mangling import mangle

CLASS = """
class _Block(__Base, __option=1):
    __limit = 3

    def __make(self, __size, *, __kind=None):
        global __total
        __total = __size
        from os import __path, sep as __sep
        try:
            return self.__layers[__size].__call__(__name__)
        except ValueError as __error:
            raise

    class __Inner:
        __own = 1
"""
NAMES = ("_Block__limit", "_Block__make", "_Block__size", "_Block__kind", "_Block__total", "_Block__path",
    "_Block__sep", "_Block__layers", "_Block__error", "_Block__Inner", "_Inner__own", "__Base")  # fmt: skip


def names_of(code: CodeType) -> set[str]:
    """Every name in compiled code and what it contains."""
    names = {code.co_name, *code.co_names, *code.co_varnames}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            names |= names_of(inner)
    return names


def test_the_names_are_those_that_cpython_compiles() -> None:
    tree = ast.parse(CLASS)
    compiled = names_of(compile(CLASS, "block.py", "exec"))
    mangle(tree, CLASS)
    written = ast.unparse(tree)
    for name in NAMES:
        assert name in compiled and name in written
    assert "__call__(__name__)" in written


@pytest.mark.parametrize("name", ["__a", "_a", "a"])
def test_a_message_has_the_name_as_it_was_written(name: str) -> None:
    program = f"""
from keras import Input, layers
class Net:
    def __init__(self):
        self.{name} = Input((4, 3))
        self.join = layers.Concatenate(axis=1)([self.{name}, Input((4, 5))])
Net()
"""
    (finding,) = check_source(program, "net.py", Settings())
    assert f"`self.{name}` (None, 4, 3)" in finding.message
