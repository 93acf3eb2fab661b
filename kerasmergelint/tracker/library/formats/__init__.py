"""Data files as plain Python values, read as data and never executed.

Knows the formats; must never know abstract values, nor where a file is.
"""
