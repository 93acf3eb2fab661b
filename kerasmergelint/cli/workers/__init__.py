"""Who does the work: this process, processes beside it, or a Dask cluster.

Knows the order of answers and what happens when a worker is lost.  Never knows what the question is.
"""
