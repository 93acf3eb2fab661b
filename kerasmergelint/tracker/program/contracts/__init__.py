"""Contracts: under which conditions on its parameters all calls in a function work."""
