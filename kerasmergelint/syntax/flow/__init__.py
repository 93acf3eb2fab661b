"""What names tell about the values in a file, without running it.

All assignments, arguments and results of a name count, in any order.  Knows libcst's tree and
scopes, and what names mean in Keras; must never know shapes.
"""
