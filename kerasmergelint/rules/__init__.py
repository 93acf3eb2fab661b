"""Turns what the tracker saw into findings: the code, the place, and the words.

Knows every code and its meaning.  Never knows how a finding is printed.
"""
