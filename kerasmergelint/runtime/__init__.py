"""Building in TensorFlow: the child process, replay, execution, verdicts.

Knows how to have a finding tried out by the real Keras, in a child process with limits.  Never knows
flake8, nor how anything is printed.  TensorFlow is imported in the child only.
"""
