"""Contracts: the conditions on a function's parameters under which all its calls work."""
