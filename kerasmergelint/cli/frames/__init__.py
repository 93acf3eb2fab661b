"""The code around a finding, with its merge and operands marked.

Knows lines, columns and marks.  Never knows a terminal or its colours.
"""
