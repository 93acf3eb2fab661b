"""What there is to say about codes: their pages, their table, their severity.

Never knows a finding.
"""
