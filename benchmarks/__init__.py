"""What linting costs: ``python -m benchmarks`` prints ratios, each measured in one run.

Every comparison alternates between its two sides and takes the median of their ratios, in processor
time, so that other work on the machine changes little.
"""
