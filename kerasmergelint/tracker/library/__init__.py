"""The meaning of the libraries that model code uses, one module per library.

A library function is a native: it takes the interpreter, the arguments and the call site, and returns a
value.  Functions that are not listed return unknowns, and are assumed to leave alone the lists and dicts
that they are given.
"""
