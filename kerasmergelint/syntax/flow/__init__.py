"""What names tell of the values in a file, without running any of it.

Every assignment, argument and result of a name counts, in whatever order they happen.  Knows libcst's
tree and scopes, and what names mean in Keras; must never know shapes.
"""
