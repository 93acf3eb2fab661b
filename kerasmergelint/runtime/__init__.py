"""Building in TensorFlow: the child process, replay, execution, verdicts.

Knows how to try a finding with the real Keras, in a child process with limits.  Never knows flake8,
or how anything is printed.  Only the child imports TensorFlow.
"""
