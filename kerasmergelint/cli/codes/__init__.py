"""What is said about codes: their pages, their table, their severity.

Never knows a finding.
"""
