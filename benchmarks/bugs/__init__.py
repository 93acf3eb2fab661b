"""A benchmark of shape bugs in Keras programs, neutral to any tool.

``cases/`` holds a folder a case: a program that fails, its repaired twin, and what TensorFlow says
of both (``case.toml``). ``results/`` holds a file a tool. docs/benchmark.md tells how it is scored
and how a case or a tool is added.
"""
