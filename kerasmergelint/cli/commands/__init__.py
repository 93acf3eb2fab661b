"""The subcommands: one module each, with its options and its exit status.

Knows what to load for a command, and loads it when the command runs.  Never knows how anything is
found or drawn.
"""
