"""Python's own semantics: statements, expressions, calls, classes, and the builtins."""
