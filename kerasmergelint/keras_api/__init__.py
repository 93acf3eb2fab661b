"""What Keras means: names, signatures, shape rules of layers, merges and ops, applications.

Knows Keras 2 and 3 as measured by running them.  Must never know Python syntax, flake8 or how a
program reached a call: it sees configurations and shapes, and answers with an ``Outcome`` or raises
``Broken``.
"""
