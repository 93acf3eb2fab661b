"""The meaning of the libraries that model code uses, one module per library.

A function of a library is a native: it takes the interpreter, the arguments and the call site, and
returns a value.  Functions that are not listed are unknown, and assumed harmless: not to change the
lists and dicts that they are given.
"""
