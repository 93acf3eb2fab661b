"""Repairs at the command line: which are offered, and how they get into files.

Knows files and notebooks; never how a repair is found.
"""
