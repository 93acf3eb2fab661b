"""Abstract interpretation of Python: lowered code in, abstract values and events out.

Knows scopes, calls, control flow, classes, imports across files, budgets.  Must never know codes
or output formats.
"""
