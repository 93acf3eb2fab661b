"""The constructors of classes that have so many fields; ``dataclass.py`` gives them the names of the fields."""

# mypy: allow-untyped-defs
# ruff: noqa: E501, E702
# fmt: off

from __future__ import annotations

from typing import Final


def _0(self): pass
def _1(self, a): self.a = a
def _2(self, a, b): self.a = a; self.b = b
def _3(self, a, b, c): self.a = a; self.b = b; self.c = c
def _4(self, a, b, c, d): self.a = a; self.b = b; self.c = c; self.d = d
def _5(self, a, b, c, d, e): self.a = a; self.b = b; self.c = c; self.d = d; self.e = e
def _6(self, a, b, c, d, e, f): self.a = a; self.b = b; self.c = c; self.d = d; self.e = e; self.f = f
def _7(self, a, b, c, d, e, f, g): self.a = a; self.b = b; self.c = c; self.d = d; self.e = e; self.f = f; self.g = g
def _8(self, a, b, c, d, e, f, g, h): self.a = a; self.b = b; self.c = c; self.d = d; self.e = e; self.f = f; self.g = g; self.h = h
def _9(self, a, b, c, d, e, f, g, h, i): self.a = a; self.b = b; self.c = c; self.d = d; self.e = e; self.f = f; self.g = g; self.h = h; self.i = i
def _10(self, a, b, c, d, e, f, g, h, i, j): self.a = a; self.b = b; self.c = c; self.d = d; self.e = e; self.f = f; self.g = g; self.h = h; self.i = i; self.j = j


BY_NUMBER: Final = (_0, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10)
