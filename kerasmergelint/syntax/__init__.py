"""The gate, parsing by ``ast`` or libcst, lowering to the tracker's own tree, positions on demand.

Knows Python syntax and where things stand in a file.  Must never know shapes or values.
"""
