"""The user's choices: pyproject.toml, flake8's configuration and the command line, each overriding
those before it.

Knows where a choice may stand, how it is spelt there, and which one wins.  Never knows what a choice
does to an analysis.
"""
