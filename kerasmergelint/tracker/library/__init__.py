"""What the libraries that model code uses mean, one module a library.

A function of a library is a native: it takes the interpreter, the arguments and the call site, and
gives a value.  What is not listed is unknown, and harmless: a library function is supposed not to
change the lists and dicts that it is given.
"""
