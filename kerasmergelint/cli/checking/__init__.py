"""From files to findings and verdicts: what every format of ``check`` prints.

Knows the cache, ``# noqa``, fingerprints and baselines.  Never knows a format.
"""
