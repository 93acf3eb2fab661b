"""The gate, parsing by ``ast``, lowering to the tracker's own tree, positions on demand; a list of all
merges by libcst.

Knows Python syntax and positions in files.  Must never know shapes or values.
"""
