"""Repairs: edits after which a finding is gone, and nothing new is found.

Knows what may be changed in a program, and proves each change by analysing the edited text in memory;
never how a repair is shown or written.  What cannot be proved is not offered.
"""
