"""The formats of ``check``: text, JSON, SARIF, and GitHub's annotations.

Knows what was found, and never how.
"""
