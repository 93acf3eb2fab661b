"""Data files as plain Python values: what stands in them, read as data and never executed.

Knows the formats; must never know abstract values, nor where a file is.
"""
