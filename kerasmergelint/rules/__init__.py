"""One module a family of codes: when a merge is broken or hazardous, and the words for it.

Must never know how a finding is printed.
"""
