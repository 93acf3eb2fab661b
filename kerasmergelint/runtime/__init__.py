"""Building in TensorFlow: the child process, replay, execution, verdicts.  Never knows flake8."""
