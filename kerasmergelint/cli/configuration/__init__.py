"""The user's choices: pyproject.toml, flake8's configuration and the command line, the later the stronger.

Knows where a choice may stand, how it is spelt there, and which one wins.  Never knows what a choice
does to an analysis.
"""
